package tilgang

import (
	"slices"

	"aareg/products"
	"aareg/store"
	"aareg/store/konsument"
	"aareg/wsdl/felt"
)

// Tabell is what rights come to, for people to read: whoever runs the service, or whoever asks what it may.
type Tabell struct {
	Profil    string
	Produkter []Produktrett // all six, in the order of the field specification
	// Arbeidsgivere and Personer are how many may be seen, konsument.Ubegrenset for everybody.
	Arbeidsgivere, Personer int
	// Fortrolig and StrengtFortrolig are "ingen", "kode" or "data".
	Fortrolig, StrengtFortrolig string
	// Ukjente are field rights that name no row, and have no effect.
	Ukjente []string
	// The quotas: 0 is none, konsument.Ubegrenset no limit.
	PersonerPerDoegn, SpoersmaalPerSekund int
}

// Produktrett is what rights come to for one product.
type Produktrett struct {
	Navn, Avsnitt string
	Tillatt       bool
	// How many leaves of the answer are shown, written empty, and left out; together all.
	Vist, Toemt, Utelatt int
	// Sperret are the elements of the question that may not be used.
	Sperret []string
}

// Tabell is what the consumer may.
func (i *Innlogget) Tabell() Tabell { return TabellAv(&i.Konsument.Rettigheter) }

// TabellAv is what rights come to.
func TabellAv(r *konsument.Rettigheter) Tabell {
	t := Tabell{Profil: r.Profil, Arbeidsgivere: size(r.Arbeidsgivere), Personer: size(r.Personer),
		Fortrolig: innsyn[r.Fortrolig], StrengtFortrolig: innsyn[r.StrengtFortrolig],
		PersonerPerDoegn: r.PersonerPerDoegn, SpoersmaalPerSekund: r.SpoersmaalPerSekund}
	for _, f := range r.Felter {
		if !rowNames[f] {
			t.Ukjente = append(t.Ukjente, f)
		}
	}
	p := newProfil(r.Felter)
	for _, o := range felt.Operations() {
		rett := Produktrett{Navn: o.Navn, Avsnitt: o.Avsnitt, Tillatt: slices.Contains(r.Produkter, o.Navn) && p.some[o.Navn]}
		rett.count(answers[o.Navn], p.answer(o.Navn))
		for _, q := range felt.Declared(felt.Select(felt.Table(), o.Navn, felt.Request)) {
			if !p.asks(o.Navn, q.Tag) {
				rett.Sperret = append(rett.Sperret, q.Tag)
			}
		}
		t.Produkter = append(t.Produkter, rett)
	}
	return t
}

// rowNames are all that a field right may name: answers, and rows of them.
var rowNames = func() map[string]bool {
	names := map[string]bool{}
	for _, o := range felt.Operations() {
		names[o.Navn] = true
		for _, row := range felt.Select(felt.Table(), o.Navn, felt.Respons) {
			names[rowName(row)] = true
		}
	}
	return names
}()

var innsyn = map[store.Innsyn]string{store.InnsynIngen: "ingen", store.InnsynKode: "kode", store.InnsynData: "data"}

func size(o konsument.Omfang) int {
	if o.Alle {
		return konsument.Ubegrenset
	}
	return len(o.Nummer)
}

// count counts the leaves below a group of an answer; a nil tree shows all of them.
func (r *Produktrett) count(group *element, f *products.Felter) {
	for n, child := range group.under {
		shown := f
		if f != nil && f.Vis != products.Utelates {
			shown = f.Under[n]
		}
		switch {
		case child.IsGroup():
			r.count(child, shown)
		case shown == nil || shown.Vis == products.Vises:
			r.Vist++
		case shown.Vis == products.Toemmes:
			r.Toemt++
		default:
			r.Utelatt++
		}
	}
}
