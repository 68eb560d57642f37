package kontrakt

import (
	_ "embed"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"aareg/wsdl/felt"
)

// Avvik is a deviation that was declared beforehand: what it covers is reported as accepted and is no violation.
type Avvik struct {
	Regel     string // the rule that is deviated from, one of Regler
	Operasjon string // the operation whose answers deviate, * for all
	Sti       string // the row, or the place that the rule names, * for all
	// Som is how it is written instead: of ukjent_element the tag, of konvolutt the tag of the root, of format a type
	// of the table, as sann_usann_inn or dato_åååå-mm-dd. Empty covers whatever breaks the rule at that place.
	Som     string
	Hvorfor string // why it is accepted; reports show it
	Kilde   string // where it was declared: file:line
	brukt   bool
}

// avvikKolonner is the heading of a file of deviations.
var avvikKolonner = []string{"regel", "operasjon", "sti", "som", "hvorfor"}

//go:embed lempelig.csv
var lempelig string

// Lempelig are the deviations of the lenient profile, what the field specification spells in two ways or leaves open,
// for a table that has the rows of felt.Table, in whatever dialect.
func Lempelig(rader []felt.Rad) []Avvik {
	found, err := LesAvvik(strings.NewReader(lempelig), "lempelig.csv", felt.Operations(), felt.Table())
	if err != nil {
		panic(err) // it is embedded, and a test reads it
	}
	for n := range found {
		a := &found[n]
		i := slices.IndexFunc(felt.Table(), func(r felt.Rad) bool {
			return r.Retning == felt.Respons && r.Operasjon == a.Operasjon && r.Sti == a.Sti
		})
		a.Operasjon, a.Sti = rader[i].Operasjon, rader[i].Sti // each names a row, as a test sees to
	}
	return found
}

// LesAvvik reads declared deviations: CSV in UTF-8 with the columns regel, operasjon, sti, som, hvorfor, that heading
// first, # before a comment. A rule, an operation, a path or a type that nobody knows is an error with its line.
func LesAvvik(r io.Reader, file string, operasjoner []felt.Operasjon, rader []felt.Rad) ([]Avvik, error) {
	in := newCSV(r)
	var found []Avvik
	for heading := true; ; heading = false {
		record, err := in.Read()
		if errors.Is(err, io.EOF) {
			return found, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		line, _ := in.FieldPos(0)
		if err := iTegn(record, heading); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, line, err)
		}
		if heading {
			if !slices.Equal(record, avvikKolonner) {
				return nil, fmt.Errorf("%s:%d: the heading must be %s", file, line, strings.Join(avvikKolonner, ","))
			}
			continue
		}
		if len(record) != len(avvikKolonner) {
			return nil, fmt.Errorf("%s:%d: %d columns, want %d", file, line, len(record), len(avvikKolonner))
		}
		a := Avvik{Regel: record[0], Operasjon: record[1], Sti: record[2], Som: record[3], Hvorfor: record[4],
			Kilde: fmt.Sprintf("%s:%d", file, line)}
		if err := a.check(operasjoner, rader); err != nil {
			return nil, fmt.Errorf("%s: %w", a.Kilde, err)
		}
		found = append(found, a)
	}
}

// iTegn takes the mark off the first line of a file, and refuses what is not UTF-8: it would be read as something else.
func iTegn(record []string, first bool) error {
	if first {
		record[0] = strings.TrimPrefix(record[0], "\ufeff")
	}
	if slices.ContainsFunc(record, func(field string) bool { return !utf8.ValidString(field) }) {
		return errors.New("is not UTF-8")
	}
	return nil
}

// newCSV reads lines with commas, # before a comment, and spaces after commas.
func newCSV(r io.Reader) *csv.Reader {
	in := csv.NewReader(r)
	in.Comment, in.TrimLeadingSpace, in.FieldsPerRecord = '#', true, -1
	return in
}

func (a *Avvik) check(operasjoner []felt.Operasjon, rader []felt.Rad) error {
	isRow := func(r felt.Rad) bool {
		return r.Retning == felt.Respons && r.Sti == a.Sti && (a.Operasjon == "*" || a.Operasjon == r.Operasjon)
	}
	switch {
	case Regler[a.Regel] == "":
		return fmt.Errorf("regel: there is no rule %q", a.Regel)
	case a.Operasjon != "*" && !slices.ContainsFunc(operasjoner, func(o felt.Operasjon) bool { return o.Navn == a.Operasjon }):
		return fmt.Errorf("operasjon: there is no operation %q", a.Operasjon)
	case strings.TrimSpace(a.Hvorfor) == "":
		return errors.New("hvorfor: a deviation needs its reason")
	case a.Som == "":
		return nil
	case a.Regel == "konvolutt":
		return nil
	case a.Regel != "ukjent_element" && a.Regel != "format":
		return fmt.Errorf("som: must be empty for the rule %s", a.Regel)
	case a.Sti != "*" && !slices.ContainsFunc(rader, isRow):
		return fmt.Errorf("sti: no answer of %s has a row %q", a.Operasjon, a.Sti)
	case a.Regel == "format" && !isType(a.Som):
		return fmt.Errorf("som: %q is no type of a leaf", a.Som)
	}
	return nil
}

// covers says whether the deviation is one from a rule at a place.
func (a *Avvik) covers(regel, operasjon, sti string) bool {
	return a.Regel == regel && (a.Operasjon == "*" || a.Operasjon == operasjon) && (a.Sti == "*" || a.Sti == sti)
}

// unnskyld finds the deviation that covers a rule at a place and passes a test of how it is written instead, and notes
// that it was met.
func (d *Dommer) unnskyld(regel, operasjon, sti string, som func(string) bool) string {
	for i := range d.avvik {
		if a := &d.avvik[i]; a.covers(regel, operasjon, sti) && som(a.Som) {
			a.brukt = true
			return a.Hvorfor
		}
	}
	return ""
}

// Ubrukt are the declared deviations that nothing needed.
func (d *Dommer) Ubrukt() []Avvik {
	return slices.DeleteFunc(slices.Clone(d.avvik), func(a Avvik) bool { return a.brukt })
}
