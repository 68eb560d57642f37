package kontrakt

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

// krevVerktoey skips a test on a machine without a tool, unless the tools are required: a skipped proof must not look
// like one.
func krevVerktoey(t *testing.T, tool, debianPackage string) {
	t.Helper()
	if _, err := exec.LookPath(tool); err == nil {
		return
	}
	if os.Getenv("AAREG_REQUIRE_TOOLS") == "1" {
		t.Fatalf("%s is required and not installed (%s)", tool, debianPackage)
	}
	t.Skipf("SKIPPED: %s is not installed (%s), the page is not proven", tool, debianPackage)
}

// chromium opens a page without a window, in a profile of its own, and gives what it prints.
func chromium(t *testing.T, flags ...string) string {
	t.Helper()
	krevVerktoey(t, "chromium", "chromium")
	profile, err := os.MkdirTemp("", "profil")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(profile) }) // what is left of the browser may still write there
	cmd := exec.Command("chromium", append([]string{"--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
		"--user-data-dir=" + profile}, flags...)...)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("chromium: %v", err)
	}
	return string(out)
}

// sidefil writes the page of a result to a file, with something put before its end.
func sidefil(t *testing.T, r *Resultat, extra string) string {
	t.Helper()
	page := rapportAv(t, rapporter(r, Visning{})["HTML"])
	file := filepath.Join(t.TempDir(), "side.html")
	if err := os.WriteFile(file, []byte(strings.Replace(page, "</body>", extra+"</body>", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// maaling has the browser tell what it made of the page: how many groups of breaches and how many rows it shows, how many
// of these carry a sign, how many of the marks stand outside what is seen of their box, and by how many pixels the page
// is wider than the window.
const maaling = `<script>
const alle = s => [...document.querySelectorAll(s)];
const ute = alle("details[open] .dok").filter(d => { const m = d.querySelector(".her") || d.querySelector(".i"), a = d.getBoundingClientRect();
  return m && (m.getBoundingClientRect().bottom > a.bottom + 1 || m.getBoundingClientRect().top < a.top - 1); });
document.documentElement.dataset.maalt = [alle("article.brudd").length, alle(".feltene .rad").length, alle(".feltene .rad .tegn").filter(e => e.textContent).length, ute.length,
  document.documentElement.scrollWidth - document.documentElement.clientWidth].join(" ");
</script>`

func TestPageFitsItsWindowAndShowsEveryRow(t *testing.T) {
	r := proeve(t)
	file, want := sidefil(t, r, maaling), strconv.Itoa(len(r.grupper(false)))+" 281 281 0 0"
	for _, width := range []string{"1280", "820", "500"} {
		dom := chromium(t, "--window-size="+width+",900", "--dump-dom", "file://"+file)
		m := regexp.MustCompile(`data-maalt="([^"]*)"`).FindStringSubmatch(dom)
		if m == nil {
			t.Fatal("the page measured nothing")
		}
		if m[1] != want {
			t.Errorf("at %s pixels: groups, rows, signs, marks out of sight and overflow are %s, want %s", width, m[1], want)
		}
	}
}

func TestPrintedPageIsA4AndWhole(t *testing.T) {
	krevVerktoey(t, "pdftotext", "poppler-utils")
	r := proeve(t)
	pdf := filepath.Join(t.TempDir(), "side.pdf")
	chromium(t, "--no-pdf-header-footer", "--print-to-pdf="+pdf, "file://"+sidefil(t, r, ""))
	info, err := exec.Command("pdfinfo", pdf).Output()
	if err != nil {
		t.Fatal(err)
	}
	if !regexp.MustCompile(`Page size:.*\(A4\)`).Match(info) {
		t.Errorf("the pages are not A4:\n%s", info)
	}
	raw, err := exec.Command("pdftotext", "-layout", pdf, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	text := string(raw)
	if n := strings.Count(text, "Answer "); n != len(regexp.MustCompile(`<figcaption>Answer`).FindAllString(rapportAv(t, rapporter(r, Visning{})["HTML"]), -1)) {
		t.Errorf("%d answers are printed, though they are folded on a screen", n)
	}
	rows := regexp.MustCompile(`(?m)^ {0,6}([0-9]{1,3}) +(?:✗|–|○|✓|✓✓) `).FindAllStringSubmatch(text, -1)
	for i, row := range rows {
		if row[1] != strconv.Itoa(i+1) {
			t.Fatalf("row %s is printed as the %dth", row[1], i+1)
		}
	}
	if len(rows) != 281 {
		t.Errorf("%d rows are printed", len(rows))
	}
	dense := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text)
	if !strings.Contains(dense, "antallTimerForTimelønnet") {
		t.Error("ø is not printed as it is written")
	}
}
