package felt

import (
	"path"
	"slices"
)

// Dialekt is a way to spell the contract. The field specification prints tags
// that the real schema of 2015 spells otherwise, where it can be seen or guessed.
type Dialekt string

// The two dialects. Any other value is taken for Spek.
const (
	Spek  Dialekt = "spek" // as the field specification prints it
	D2015 Dialekt = "2015" // with the spellings of column dialekt_2015
)

// Skrivemaate is how the 2015 dialect writes a name or a value; the zero value
// says that it does as the field specification.
type Skrivemaate struct {
	Navn string
	// Bekreftet tells that it was read in the public head of the real schema;
	// otherwise it is inferred (the column says sannsynlig).
	Bekreftet bool
}

// or is the name in the dialect, otherwise the one of the specification.
func (s Skrivemaate) or(spek string) string {
	if s.Navn == "" {
		return spek
	}
	return s.Navn
}

// String is the spelling as the column holds it, "" for none.
func (s Skrivemaate) String() string {
	switch {
	case s.Navn == "":
		return ""
	case s.Bekreftet:
		return s.Navn + " (bekreftet)"
	}
	return s.Navn + " (sannsynlig)"
}

// Dialekt2015 is column dialekt_2015: the tag's spelling, or the value that the
// closed list has more, with a plus before it.
func (r Rad) Dialekt2015() string {
	if r.Verdi2015.Navn != "" {
		return "+" + r.Verdi2015.String()
	}
	return r.Tag2015.String()
}

// Operations lists the six products with the dialect's names, in the order of
// the document.
func (d Dialekt) Operations() []Operasjon {
	operations := Operations()
	if d != D2015 {
		return operations
	}
	for i, o := range operations {
		operations[i].Navn, operations[i].Respons = o.Navn2015.or(o.Navn), o.Respons2015.or(o.Respons)
	}
	return operations
}

// Table returns a copy of all rows with the dialect's Operasjon, Sti, Tag and
// Type: as many as Table has and in the same order, so that a row is the same
// field in both.
func (d Dialekt) Table() []Rad {
	if d != D2015 {
		return Table()
	}
	return slices.Clone(table2015)
}

var table2015 = spell2015(Table())

// spell2015 writes rows as the 2015 dialect does; each group stands before what it holds.
func spell2015(rows []Rad) []Rad {
	operations := map[string]string{}
	for _, o := range Operations() {
		operations[o.Navn] = o.Navn2015.or(o.Navn)
	}
	groups := map[string]string{} // path in the dialect, by the row's key
	for i, r := range rows {
		key, parent := r.key(), r
		parent.Sti = r.Parent()
		r.Tag = r.Tag2015.or(r.Tag)
		r.Sti = path.Join(groups[parent.key()], r.Tag)
		groups[key] = r.Sti
		if r.Verdi2015.Navn != "" {
			r.Type += "|" + r.Verdi2015.Navn
		}
		r.Operasjon = operations[r.Operasjon]
		rows[i] = r
	}
	return rows
}
