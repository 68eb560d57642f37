package wsdl

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/beevik/etree"
)

// candidate is a document for the schema validator, and the verdict it should get.
type candidate struct {
	name  string
	root  *etree.Element
	valid bool
}

// requireXmllint skips a test on a machine without the validator, unless the
// tools are required: a skipped proof must not look like one.
func requireXmllint(t *testing.T) {
	t.Helper()
	if _, err := exec.LookPath("xmllint"); err == nil {
		return
	}
	if os.Getenv("AAREG_REQUIRE_TOOLS") == "1" {
		t.Fatal("xmllint is required and not installed (libxml2-utils)")
	}
	t.Skip("SKIPPED: xmllint is not installed (libxml2-utils), the schema is not proven")
}

// judge has xmllint validate the candidates and reports each wrong verdict.
func judge(t *testing.T, schema string, candidates []candidate) {
	t.Helper()
	requireXmllint(t)
	if len(candidates) == 0 {
		t.Fatal("no documents to judge")
	}
	folder, schema := t.TempDir(), absolute(t, schema)
	var files []string
	for i, c := range candidates {
		d := etree.NewDocumentWithRoot(c.root)
		files = append(files, strconv.Itoa(i)+".xml")
		if err := d.WriteToFile(filepath.Join(folder, files[i])); err != nil {
			t.Fatal(err)
		}
	}
	verdicts, said := map[string]bool{}, ""
	for batch := range slices.Chunk(files, 500) {
		cmd := exec.Command("xmllint", append([]string{"--nonet", "--noout", "--schema", schema}, batch...)...)
		cmd.Dir = folder
		// The exit code only says that some document is invalid: the verdicts count.
		output, _ := cmd.CombinedOutput()
		said += string(output)
	}
	for line := range strings.Lines(said) {
		line = strings.TrimSpace(line)
		if file, refused := strings.CutSuffix(line, " fails to validate"); refused {
			verdicts[file] = false
		} else if file, passed := strings.CutSuffix(line, " validates"); passed {
			verdicts[file] = true
		}
	}
	for i, c := range candidates {
		got, judged := verdicts[files[i]]
		if !judged {
			t.Fatalf("%s: xmllint gave no verdict:\n%s", c.name, said)
		}
		if got != c.valid {
			t.Errorf("%s: valid is %v, want %v\n%s", c.name, got, c.valid, about(said, files[i]))
		}
	}
}

// about picks what xmllint said of one file.
func about(said, file string) string {
	var lines []string
	for line := range strings.Lines(said) {
		if strings.HasPrefix(line, file+":") {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "")
}

func absolute(t *testing.T, path string) string {
	t.Helper()
	path, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	return path
}
