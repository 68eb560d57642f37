// Package felt reads the field table: felter.csv, one row for each row of the
// field specification, in the order of the document. The table is what the
// WSDL, the schema and FELTER.md are generated from, and what answers are
// judged against in tests; its remark column is the log of every decision.
//
// It must not import anything of this module, since the generator runs when
// the generated files are gone, and no handler may read it: the table judges
// the handlers, whose tags are literals of products/tagger.go.
package felt

import (
	"bytes"
	_ "embed"
	"slices"
	"strings"
)

// The two directions of a row, as column retning spells them.
const (
	Request = "request"
	Respons = "respons"
)

// fileName is the name that errors about the embedded table carry.
const fileName = "felter.csv"

//go:embed felter.csv
var source []byte

// Rad is one row of the table: one field of one product in one direction.
type Rad struct {
	Operasjon   string // request root, e.g. hentArbeidsgiver
	Retning     string // Request or Respons
	Sti         string // tags from below the root, separated by /
	Ledetekst   string // the document's label
	Beskrivelse string // the document's description, lists written with commas
	Krav        string // M or O in a request, empty in an answer
	Tag         string // last segment of Sti: the tag as it is written
	TagISpek    string // the tag as the document prints it, line breaks as spaces
	Type        string // gruppe, tekst, heltall, kode:a|b, dato_åååå-mm-dd, …
	Antall      string // occurrences within the parent: 1, 0..1 or 0..n
	Blokk       string // "data" for the rows that stand or fall together below the root
	Merknad     string // why the row is not a plain copy, or what was decided

	// Column dialekt_2015, of answers alone: the tag as the 2015 dialect writes it, in the column `kommunenr (bekreftet)`,
	// or the value that its closed list has more, `+opphoert (sannsynlig)`. At most one of them; empty where it does not differ.
	Tag2015, Verdi2015 Skrivemaate
}

// IsGroup tells whether the row has rows below it instead of text.
func (r Rad) IsGroup() bool { return r.Type == "gruppe" }

// Parent is the path of the enclosing group, empty directly below the root.
func (r Rad) Parent() string {
	i := strings.LastIndexByte(r.Sti, '/')
	return r.Sti[:max(i, 0)]
}

// Mandatory tells whether the element occurs exactly once within its parent.
// A mandatory row of a data block is so only where the block is (column blokk).
func (r Rad) Mandatory() bool { return r.Antall == "1" }

// Repeats tells whether the element may occur any number of times.
func (r Rad) Repeats() bool { return r.Antall == "0..n" }

// Kodeliste is the closed list of values of a row of type kode, else nil.
func (r Rad) Kodeliste() []string {
	liste, ok := strings.CutPrefix(r.Type, "kode:")
	if !ok {
		return nil
	}
	return strings.Split(liste, "|")
}

// Operasjon is one of the six products. Its names in the 2015 dialect stand
// here, as those of tags stand in the table: AntallAnsatte is read in the public
// head of the real schema, the operation's name follows from the platform's rule
// that a response root is the operation without hent.
type Operasjon struct {
	Navn    string // request root and operation, e.g. hentArbeidsgiver
	Respons string // response root: Navn without hent
	Avsnitt string // section of the field specification, 2.1 to 2.6
	Tittel  string // heading of the section

	Navn2015, Respons2015 Skrivemaate // the roots as the 2015 dialect names them
}

// Operations lists the six products in the order of the document, with the
// names of dialect Spek.
func Operations() []Operasjon {
	return []Operasjon{
		{Navn: "hentAntallArbeidstakere", Respons: "AntallArbeidstakere", Avsnitt: "2.1", Tittel: "Antall arbeidstakere",
			Navn2015: Skrivemaate{"hentAntallAnsatte", false}, Respons2015: Skrivemaate{"AntallAnsatte", true}},
		{Navn: "hentArbeidsgiver", Respons: "Arbeidsgiver", Avsnitt: "2.2", Tittel: "Arbeidsgiver"},
		{Navn: "hentArbeidstaker", Respons: "Arbeidstaker", Avsnitt: "2.3", Tittel: "Arbeidstaker"},
		{Navn: "hentTrefflisteArbeidsgiver", Respons: "TrefflisteArbeidsgiver", Avsnitt: "2.4", Tittel: "Treffliste arbeidsgiver"},
		{Navn: "hentTrefflisteArbeidstaker", Respons: "TrefflisteArbeidstaker", Avsnitt: "2.5", Tittel: "Treffliste arbeidstaker"},
		{Navn: "hentArbeidsforhold", Respons: "Arbeidsforhold", Avsnitt: "2.6", Tittel: "Arbeidsforhold"},
	}
}

// table is the embedded table; a malformed one stops the program at start-up.
var table = mustRead()

func mustRead() []Rad {
	rows, err := Read(bytes.NewReader(source), fileName)
	if err != nil {
		panic(err)
	}
	return rows
}

// Table returns a copy of all rows, in the order of the document, with the tags
// of dialect Spek.
func Table() []Rad { return slices.Clone(table) }

// Select returns the rows of one operation in one direction, in their order.
func Select(rows []Rad, operasjon, retning string) []Rad {
	var found []Rad
	for _, r := range rows {
		if r.Operasjon == operasjon && r.Retning == retning {
			found = append(found, r)
		}
	}
	return found
}

// Declared returns the rows that are elements of their own: where a path is
// printed twice (fonetisk of hentTrefflisteArbeidsgiver, once for each form of
// the search) only the last row stays, so that the element comes at the end.
func Declared(rows []Rad) []Rad {
	last := map[string]int{}
	for i, r := range rows {
		last[r.key()] = i
	}
	var found []Rad
	for i, r := range rows {
		if last[r.key()] == i {
			found = append(found, r)
		}
	}
	return found
}

// key identifies the element that a row describes.
func (r Rad) key() string { return r.Operasjon + " " + r.Retning + " " + r.Sti }
