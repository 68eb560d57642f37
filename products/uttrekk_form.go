package products

import (
	"bytes"
	"fmt"

	"aareg/store"
)

// Uttrekksform is how an extract is written. Columns and elements that the field profile leaves out are not there at all;
// every record has nr, its number in the extract from 1 on, and statuskode, which § 2.6 would answer with: komplett, or the
// grade of a protected person whose data the consumer may have.
//
//   - csv (RFC 4180, UTF-8, CRLF): a heading, and for each arbeidsforhold a row and one for each entry of its lists. The
//     column radtype says what a row is about; nr, statuskode, arbeidsforholdId and the numbers of the parties stand on all of
//     them, everything else where it belongs. A text that begins with = + - @ ' or a control character gets a ' before it, so
//     that no spreadsheet takes it for a formula; whoever reads the file by program takes that one ' away. A carriage return
//     in a text is left out. At the end come rows of the radtype utfall, with a statuskode of those who have no data here and in
//     nr how many were answered so, and the last row of a whole extract: ferdig, and in nr how many arbeidsforhold there are.
//   - xml: one element uttrekk in the namespace Uttrekksnavnerom with an arbeidsforhold for each; a list is its element
//     repeated, and what is empty is left out. An extract that was cut is not well-formed; a whole one ends with <ferdig>.
//   - ndjson: a JSON object for each arbeidsforhold, a line each; what is empty is left out. The last line of a whole extract
//     is {"ferdig":true,"antall":n}, with utfall beside it.
type Uttrekksform struct {
	Format string // "csv", "xml" or "ndjson"
	// BOM begins CSV with a byte order mark, by which Excel knows UTF-8, and Semikolon splits its columns by semicolon, which
	// Excel expects where numbers have a comma. The other formats have neither.
	BOM, Semikolon bool
}

// Uttrekksnavnerom is the namespace of an extract as XML.
const Uttrekksnavnerom = "urn:aareg:uttrekk:1"

// uttrekksskriver writes records to a buffer, which is emptied between them.
type uttrekksskriver interface {
	begynn() error
	post(nr int, a *store.HentetArbeidsforhold) error
	slutt(*Uttrekkssum) error
}

func (f Uttrekksform) skriver(buf *bytes.Buffer, grupper []uttrekksgruppe) (uttrekksskriver, error) {
	if len(grupper) == 0 {
		return nil, ErrIngenFelt
	}
	switch {
	case f.Format == "csv":
		return newCSVSkriver(buf, f, grupper), nil
	case f.BOM || f.Semikolon:
		return nil, fmt.Errorf("uttrekk: %s has neither byte order mark nor semicolons", f.Format)
	case f.Format == "xml":
		return newXMLSkriver(buf, grupper), nil
	case f.Format == "ndjson":
		return newJSONSkriver(buf, grupper), nil
	}
	return nil, fmt.Errorf("uttrekk: there is no format %q", f.Format)
}

// synlige are the columns that a profile lets be seen; a group of which there is none is not there.
func synlige(viser func(rett string) bool) (grupper []uttrekksgruppe) {
	for _, g := range uttrekksgrupper {
		var felter []Uttrekksfelt
		for _, f := range g.felter {
			if viser(f.Rett) {
				felter = append(felter, f)
			}
		}
		if g.felter = felter; len(felter) > 0 {
			grupper = append(grupper, g)
		}
	}
	return grupper
}

// utfallene are the outcomes without data in their order.
var utfallene = []Statuskode{Ingen, IkkeEntydig, FortroligKode, StrengtFortrolig}
