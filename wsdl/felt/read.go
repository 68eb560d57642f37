package felt

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
)

// columns is the header of the table, in the order of the columns.
var columns = []string{"operasjon", "retning", "sti", "ledetekst", "beskrivelse", "krav",
	"tag_i_spek", "type", "antall", "blokk", "dialekt_2015", "merknad"}

// types are the values of column type that are not a closed list (kode:a|b).
var types = []string{"gruppe", "tekst", "heltall", "desimaltall", "sann_usann", "sann_usann_inn",
	"dato_åååå-mm-dd", "dato_dd.mm.åååå", "dato_inn", "periode_åååå-mm", "aar",
	"kommunenr", "postnr", "fylkenr", "personnr", "arbeidsforholdid", "siffer 9 eller 11"}

var (
	tagForm  = regexp.MustCompile(`^[A-Za-zæøå][A-Za-z0-9_æøå]*$`)
	kodeForm = regexp.MustCompile(`^kode:[a-zA-Z0-9_]+(\|[a-zA-Z0-9_]+)+$`)

	// dialektForm is a tag, or a value with a plus before it, and how it is known.
	dialektForm = regexp.MustCompile(`^(\+?)([A-Za-z][A-Za-z0-9_]*) \((bekreftet|sannsynlig)\)$`)
)

// printedTwice is the one element that the document prints twice.
const printedTwice = "hentTrefflisteArbeidsgiver request fonetisk"

// Read reads a table in the form of felter.csv and checks that it hangs
// together. Errors read "file:line:column: problem", both counted from 1, the
// column in bytes; the first problem is returned.
func Read(r io.Reader, file string) ([]Rad, error) {
	in := csv.NewReader(r)
	in.FieldsPerRecord = -1
	t := &reader{in: in, file: file, seen: map[string]bool{}}
	for {
		record, err := in.Read()
		switch {
		case errors.Is(err, io.EOF):
			return t.finish()
		case err != nil:
			return nil, t.syntax(err)
		}
		if err := t.record(record); err != nil {
			return nil, err
		}
	}
}

// reader holds what is known of the rows before the present one.
type reader struct {
	in     *csv.Reader
	file   string
	header bool
	rows   []Rad
	seen   map[string]bool
	line   int // line of the present row
}

func (t *reader) syntax(err error) error {
	var p *csv.ParseError
	if errors.As(err, &p) {
		return fmt.Errorf("%s:%d:%d: %w", t.file, p.Line, p.Column, p.Err)
	}
	return fmt.Errorf("%s: %w", t.file, err)
}

// wrong is an error at the field of the present record with the named column.
func (t *reader) wrong(column, format string, args ...any) error {
	line, col := t.in.FieldPos(slices.Index(columns, column))
	return fmt.Errorf("%s:%d:%d: %s: %s", t.file, line, col, column, fmt.Sprintf(format, args...))
}

func (t *reader) record(f []string) error {
	t.line, _ = t.in.FieldPos(0)
	if len(f) != len(columns) {
		return fmt.Errorf("%s:%d:1: %d columns, want %d", t.file, t.line, len(f), len(columns))
	}
	if !t.header {
		t.header = true
		for i, c := range columns {
			if f[i] != c {
				return t.wrong(c, "header says %q", f[i])
			}
		}
		return nil
	}
	if last, _ := t.in.FieldPos(len(f) - 1); last != t.line || strings.Contains(f[len(f)-1], "\n") {
		return t.wrong("merknad", "a row must be one line")
	}
	r := Rad{Operasjon: f[0], Retning: f[1], Sti: f[2], Ledetekst: f[3], Beskrivelse: f[4], Krav: f[5],
		Tag: f[2][strings.LastIndexByte(f[2], '/')+1:], TagISpek: f[6], Type: f[7], Antall: f[8],
		Blokk: f[9], Merknad: f[11]}
	for _, check := range []func(Rad) error{t.place, t.tag, t.form, t.parent} {
		if err := check(r); err != nil {
			return err
		}
	}
	if err := t.dialekt(&r, f[10]); err != nil {
		return err
	}
	t.seen[r.key()] = true
	t.rows = append(t.rows, r)
	return nil
}

// place checks that operations and directions come in the document's order.
func (t *reader) place(r Rad) error {
	now := position(r)
	switch {
	case now < 0:
		return t.wrong("operasjon", "%q %q is not one of the six operations in a direction", r.Operasjon, r.Retning)
	case len(t.rows) == 0 && now != 0:
		return t.wrong("operasjon", "the table begins with %s", r.Operasjon)
	case len(t.rows) > 0:
		if before := position(t.rows[len(t.rows)-1]); now != before && now != before+1 {
			return t.wrong("operasjon", "%s %s is out of order", r.Operasjon, r.Retning)
		}
	}
	return nil
}

// position counts the parts of the document: request of 2.1 is 0, its answer 1, …
func position(r Rad) int {
	i := slices.IndexFunc(Operations(), func(o Operasjon) bool { return o.Navn == r.Operasjon })
	j := slices.Index([]string{Request, Respons}, r.Retning)
	if i < 0 || j < 0 {
		return -1
	}
	return 2*i + j
}

func (t *reader) tag(r Rad) error {
	switch {
	case !tagForm.MatchString(r.Tag):
		return t.wrong("sti", "%q is not a tag", r.Tag)
	case r.TagISpek != r.Tag && r.Merknad == "":
		return t.wrong("tag_i_spek", "%q differs from the tag without a remark", r.TagISpek)
	case t.seen[r.key()] && r.key() != printedTwice:
		return t.wrong("sti", "%s occurs twice", r.Sti)
	}
	return nil
}

func (t *reader) form(r Rad) error {
	switch {
	case !slices.Contains(types, r.Type) && !kodeForm.MatchString(r.Type):
		return t.wrong("type", "%q is not a known type", r.Type)
	case !slices.Contains([]string{"1", "0..1", "0..n"}, r.Antall):
		return t.wrong("antall", "%q is not 1, 0..1 or 0..n", r.Antall)
	case r.Repeats() && !r.IsGroup():
		return t.wrong("antall", "only a group can repeat")
	case r.Blokk != "" && (r.Blokk != "data" || r.Retning == Request || r.Parent() != ""):
		return t.wrong("blokk", "%q: only rows below the root of an answer can be data", r.Blokk)
	case r.Retning == Respons && r.Krav != "":
		return t.wrong("krav", "%q in an answer", r.Krav)
	case r.Retning == Request && r.Krav != "M" && r.Krav != "O":
		return t.wrong("krav", "%q is not M or O", r.Krav)
	case r.Retning == Request && r.Krav == "O" && r.Mandatory():
		return t.wrong("antall", "an optional question field must be 0..1")
	case r.Retning == Request && r.IsGroup():
		return t.wrong("type", "a question has no groups")
	}
	return nil
}

// dialekt reads column dialekt_2015. Of questions nothing is known, so they have
// the same tags in both dialects, and the border need not translate them.
func (t *reader) dialekt(r *Rad, cell string) error {
	if cell == "" {
		return nil
	}
	parts := dialektForm.FindStringSubmatch(cell)
	if parts == nil {
		return t.wrong("dialekt_2015", "%q is not a tag or +value with (bekreftet) or (sannsynlig)", cell)
	}
	spelt := Skrivemaate{parts[2], parts[3] == "bekreftet"}
	isValue := parts[1] == "+"
	switch {
	case r.Retning == Request:
		return t.wrong("dialekt_2015", "a question has the same tags in both dialects")
	case isValue && r.Kodeliste() == nil:
		return t.wrong("dialekt_2015", "only a closed list can have another value")
	case isValue && slices.Contains(r.Kodeliste(), spelt.Navn), !isValue && spelt.Navn == r.Tag:
		return t.wrong("dialekt_2015", "%s is no difference", spelt.Navn)
	case isValue:
		r.Verdi2015 = spelt
	default:
		r.Tag2015 = spelt
	}
	return nil
}

// parent checks that a row stands inside its group: the one before it, or one
// of the groups that are still open there.
func (t *reader) parent(r Rad) error {
	if err := t.noEmptyGroup(r); err != nil {
		return err
	}
	if r.Parent() == "" {
		return nil
	}
	if len(t.rows) > 0 {
		before := t.rows[len(t.rows)-1]
		same := position(before) == position(r)
		inside := before.IsGroup() && before.Sti == r.Parent()
		if same && (inside || strings.HasPrefix(before.Sti, r.Parent()+"/")) {
			return nil
		}
	}
	return t.wrong("sti", "%s does not stand inside %s", r.Sti, r.Parent())
}

// noEmptyGroup refuses a row that leaves the group before it without content.
func (t *reader) noEmptyGroup(r Rad) error {
	if len(t.rows) == 0 {
		return nil
	}
	before := t.rows[len(t.rows)-1]
	if before.IsGroup() && (position(before) != position(r) || r.Parent() != before.Sti) {
		return t.wrong("sti", "the group %s before it is empty", before.Sti)
	}
	return nil
}

// finish checks what can only be known at the end of the file.
func (t *reader) finish() ([]Rad, error) {
	if len(t.rows) == 0 {
		return nil, fmt.Errorf("%s:1:1: no rows", t.file)
	}
	last := t.rows[len(t.rows)-1]
	if want := 2*len(Operations()) - 1; position(last) != want || last.IsGroup() {
		return nil, fmt.Errorf("%s:%d:1: the table ends too early, in %s %s", t.file, t.line, last.Operasjon, last.Retning)
	}
	return t.rows, nil
}
