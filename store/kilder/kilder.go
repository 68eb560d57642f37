// Package kilder reads the files that today's sources deliver: Aa-registeret's arbeidsforhold in their several shapes,
// Enhetsregisteret's units, person documents, and aareg's own NDJSON. It tells the shape of every record by its keys
// and turns it into the register's own types. It decides nothing about the register: what is done with what it read is
// the business of whoever asked.
//
// Nothing is dropped silently: what a record holds and the register has no place for is counted in Merknader by name,
// never by value, and a record that cannot be used is a Feil.
package kilder

import (
	"fmt"
	"strings"

	"aareg/store"
)

// Sted is where a record stands.
type Sted struct {
	Fil   string // as it was named, "-" for standard input
	Linje int    // its first line, from 1; of what is not JSON, the line where that shows
	Nr    int    // its number in the file, from 1
}

func (s Sted) String() string { return fmt.Sprintf("%s:%d: record %d", s.Fil, s.Linje, s.Nr) }

// Post is what a record says: one of the pointers is set.
type Post struct {
	Arbeidsforhold     *store.Arbeidsforhold
	Enhet              *Enhet
	Person             *store.Person
	GammelArbeidsgiver *store.GammelArbeidsgiver
	Hendelse           *Hendelse
	Register           *store.Registerhode // the head of aareg's own NDJSON
}

// Enhet is a unit, and what the shape it came in leaves out: what was known of that before stays.
type Enhet struct {
	store.Enhet
	Slettet           bool // a deleted unit: number, name, form and last day alone
	UtenTidligereNavn bool // the shape has no former names (CSV)
}

// Hva says what happened to the object of a Hendelse.
type Hva uint8

// Endret is new or changed: the object itself must come with the import. Slettet is gone from its register: an
// arbeidsforhold is deleted, a unit has ceased. Fjernet must be forgotten by all who have a copy.
const (
	Endret Hva = iota + 1
	Slettet
	Fjernet
)

// Noekkel names an object: exactly one kind of it.
type Noekkel struct {
	ArbeidsforholdId int64  `json:"navArbeidsforholdId,omitempty"`
	UUID             string `json:"navUuid,omitempty"`
	Orgnr            string `json:"organisasjonsnummer,omitempty"`
	Foedselsnr       string `json:"foedselsnr,omitempty"`
}

// Hendelse is an event: a key, and what happened to it. Of one key the one with the highest Rekkefoelge holds.
type Hendelse struct {
	Hva         Hva
	Noekkel     Noekkel
	Rekkefoelge int64
}

// Feil is a record that cannot be used. Its text names file, line, record, shape and field, never a value.
type Feil struct {
	Sted    Sted
	Form    string // the shape it was taken for, empty when it is of none
	Felt    string // the path of keys to what is wrong, empty when it is the record as a whole
	Problem string
	Raa     []byte // the record as it was read, for those who set it aside; it holds values
}

func (f *Feil) Error() string {
	parts := []string{f.Sted.String()}
	if f.Form != "" {
		parts[0] += " (" + f.Form + ")"
	}
	if f.Felt != "" {
		parts = append(parts, f.Felt)
	}
	return strings.Join(append(parts, f.Problem), ": ")
}

// feltfeil is what a reader of records says is wrong: a field and a fixed sentence.
type feltfeil struct{ felt, problem string }

func (f *feltfeil) Error() string { return f.felt + ": " + f.problem }

func feil(felt, problem string) error { return &feltfeil{felt, problem} }
