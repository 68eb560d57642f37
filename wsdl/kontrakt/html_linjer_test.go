package kontrakt

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// visLinjer writes lines as text: marks, depth, content.
func visLinjer(lines []linje) string {
	var out strings.Builder
	for _, l := range lines {
		out.WriteString(strings.Repeat("  ", l.Dybde) + l.Foer + l.Verdi + l.Etter)
		if l.Merke != "" {
			out.WriteString(" <<" + l.Merke)
		}
		if l.Hull > 0 {
			out.WriteString("… " + flertall(l.Hull, "line"))
		}
		out.WriteString("\n")
	}
	return out.String()
}

func TestDocumentIsLaidOutOneElementALine(t *testing.T) {
	const doc = `<s:Envelope><s:Header><a>1</a><b>2</b></s:Header><s:Body><r:Svar><navn>Å &amp; Ø</navn><liste><x/><y></y></liste></r:Svar></s:Body></s:Envelope>`
	const want = `<s:Envelope>
  <s:Header>
    … 2 lines
  </s:Header>
  <s:Body>
    <r:Svar> <<i
      <navn>Å &amp; Ø</navn> <<her
      <liste>
        <x/>
        <y></y> <<her
      </liste>
    </r:Svar>
  </s:Body>
</s:Envelope>
`
	lines := linjer(doc)
	for _, sti := range []string{"navn", "liste/y"} {
		if !merk(lines, sti) {
			t.Errorf("nothing is at %s", sti)
		}
	}
	merkNaer(lines, "mangler/under")
	if d := cmp.Diff(want, visLinjer(brettHode(lines))); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestMalformedDocumentIsLaidOutWhole(t *testing.T) {
	const doc = "hei\n<a><b>c</d><e x='1'>f</a></g><h"
	const want = "hei\n<a>\n  <b>\n    c\n    </d>\n    <e x='1'>\n      f\n</a>\n</g>\n<h\n"
	if d := cmp.Diff(want, visLinjer(linjer(doc))); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestLongDocumentIsCutToItsBeginningAndItsMarks(t *testing.T) {
	doc := "<E><Body><r>" + strings.Repeat("<a>0123456789</a>", 2000) + "<z>her</z>" + strings.Repeat("<a>0123456789</a>", 500) + "</r></Body></E>"
	lines := linjer(doc)
	merk(lines, "z")
	kept := kutt(lines)
	size, left := 0, 0
	for _, l := range kept {
		size += l.size()
		left += l.Hull
	}
	if size > sideBytes || left+len(kept)-2 != len(lines) {
		t.Errorf("%d bytes in %d lines and %d left out, of %d", size, len(kept), left, len(lines))
	}
	if text := visLinjer(kept); !strings.Contains(text, "<z>her</z> <<her") || !strings.HasPrefix(text, "<E>\n") {
		t.Error("the beginning or the mark is gone")
	}
}

func TestPageStaysSmallWhenEverythingIsBroken(t *testing.T) {
	r := proeve(t)
	alleBrutt(r)
	long := bytes.Repeat([]byte("<feilmelding>æøå</feilmelding>"), 1000)
	for i := range r.Utfall[:200] {
		r.Utfall[i].Svar.Kropp = long
	}
	if page := rapportAv(t, rapporter(r, Visning{})["HTML"]); len(page) > 8<<20 {
		t.Errorf("the page has %d bytes", len(page))
	}
}
