package oppslag

import (
	"strings"
	"testing"

	"github.com/beevik/etree"
	"github.com/google/go-cmp/cmp"
)

// TestRowsEscapeWhatIsNotMarkup: whatever a register holds is text in the table, in cells, in headings and in buttons.
func TestRowsEscapeWhatIsNotMarkup(t *testing.T) {
	const evil = `"><script>'&amp;` + "`"
	answer := &tabell{Kolonner: []string{evil, evil, evil}, Rader: [][]celle{{
		{Kolonne: evil, Verdi: evil},
		{Kolonne: evil, Verdi: evil, Vei: &vei{evil, evil, evil, evil}},
		{Kolonne: evil},
	}, {{Kolonne: evil}, {Kolonne: evil}, {Kolonne: evil}}}}
	picture := BildeTabell{Kolonner: []string{evil, evil}, Rader: []BildeRad{
		{Celler: []string{evil, evil}, Vei: &BildeVei{evil, evil, evil}}, {Celler: []string{evil, evil}}}}
	for what, c := range map[string]struct {
		drawn string
		want  []string // the elements in their order
	}{
		"answer":  {string(answer.Kropp()), []string{"tr", "th", "td", "button", "span", "td", "tr", "td", "td", "td"}},
		"picture": {string(picture.Kropp()), []string{"tr", "th", "button", "td", "tr", "th", "td"}},
	} {
		d := etree.NewDocument()
		if err := d.ReadFromString("<tbody>" + c.drawn + "</tbody>"); err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		var got []string
		for _, e := range nedover(d.Root()) {
			got = append(got, e.Tag)
			for _, name := range []string{"data-navn", "name", "value"} {
				if a := e.SelectAttr(name); a != nil && a.Value != evil {
					t.Errorf("%s: %s is %q", what, name, a.Value)
				}
			}
			if text := strings.TrimSpace(e.Text()); text != "" && text != evil {
				t.Errorf("%s: a text is %q", what, text)
			}
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: elements (-want +got):\n%s", what, diff)
		}
	}
}

// nedover are the elements below one, in the order of the document.
func nedover(e *etree.Element) (found []*etree.Element) {
	for _, child := range e.ChildElements() {
		found = append(append(found, child), nedover(child)...)
	}
	return found
}
