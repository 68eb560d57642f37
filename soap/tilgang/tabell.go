package tilgang

import (
	"slices"

	"aareg/products"
	"aareg/store/konsument"
	"aareg/wsdl/felt"
)

// Tabell is what rights come to, for people to read: whoever runs the service, or whoever asks what it may.
type Tabell struct {
	Profil    string        `json:"profil"`
	Produkter []Produktrett `json:"produkter"` // all six, in the order of the field specification
	Uttrekk   Uttrekksrett  `json:"uttrekk"`
	// Arbeidsgivere and Personer are how many may be seen, konsument.Ubegrenset for everybody.
	Arbeidsgivere int `json:"arbeidsgivere"`
	Personer      int `json:"personer"`
	// Fortrolig and StrengtFortrolig are "ingen", "kode" or "data".
	Fortrolig        string `json:"fortrolig"`
	StrengtFortrolig string `json:"strengtFortrolig"`
	// Ukjente are field rights that name no row, and have no effect.
	Ukjente []string `json:"ukjente,omitempty"`
	// The quotas: 0 is none, konsument.Ubegrenset no limit.
	PersonerPerDoegn    int `json:"personerPerDoegn"`
	SpoersmaalPerSekund int `json:"spoersmaalPerSekund"`
}

// Produktrett is what rights come to for one product.
type Produktrett struct {
	Navn    string `json:"navn"`
	Avsnitt string `json:"avsnitt"`
	Tillatt bool   `json:"tillatt"`
	// How many leaves of the answer are shown, written empty, and left out; together all.
	Vist    int `json:"vist"`
	Toemt   int `json:"toemt"`
	Utelatt int `json:"utelatt"`
	// Blader are the leaves of the answer, in its order.
	Blader []Blad `json:"-"`
	// Sperret are the elements of the question that may not be used.
	Sperret []string `json:"sperret,omitempty"`
}

// Uttrekksrett is what rights come to for extracts, and for what only they show.
type Uttrekksrett struct {
	Tillatt bool `json:"tillatt"` // extracts may be made
	// How many rows of the extract's own are inside the field profile, and left out; together all.
	Vist    int `json:"vist"`
	Utelatt int `json:"utelatt"`
	// Rader are all of them, in the extract's order; Felter those that are inside.
	Rader  []Blad   `json:"-"`
	Felter []string `json:"felter,omitempty"`
}

// Blad is a leaf of an answer, and what rights make of it.
type Blad struct {
	Sti string // of the field table; of a row of the extract's own, the right's name
	Vis products.Visning
}

// Tabell is what the consumer may here: without an audit log there are no extracts.
func (i *Innlogget) Tabell() Tabell {
	t := TabellAv(i.Konsument)
	t.Uttrekk.Tillatt = t.Uttrekk.Tillatt && i.port.logg != nil
	return t
}

// TabellAv is what a consumer's rights come to.
func TabellAv(k *konsument.Konsument) Tabell {
	r := &k.Rettigheter
	t := Tabell{Profil: r.Profil, Arbeidsgivere: size(r.Arbeidsgivere), Personer: size(r.Personer),
		Fortrolig: konsument.InnsynOrd(r.Fortrolig), StrengtFortrolig: konsument.InnsynOrd(r.StrengtFortrolig),
		PersonerPerDoegn: r.PersonerPerDoegn, SpoersmaalPerSekund: r.SpoersmaalPerSekund}
	for _, f := range r.Felter {
		if !ErRad(f) {
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
	t.Uttrekk = uttrekksrett(k, p)
	return t
}

// egneRader are the rows of the extract's own, in its order, each once.
var egneRader = func() (rows []string) {
	for _, f := range products.Uttrekksfelter() {
		if f.Egen() && !slices.Contains(rows, f.Rett) {
			rows = append(rows, f.Rett)
		}
	}
	return rows
}()

func uttrekksrett(k *konsument.Konsument, p *profil) (u Uttrekksrett) {
	for _, row := range egneRader {
		b := Blad{row, products.Utelates}
		if visesEgen(k.Rettigheter.Felter, row) {
			b.Vis = products.Vises
			u.Vist++
			u.Felter = append(u.Felter, row)
		}
		u.Rader = append(u.Rader, b)
	}
	u.Utelatt = len(u.Rader) - u.Vist
	some := u.Vist > 0 || slices.ContainsFunc(products.Uttrekksfelter(), func(f products.Uttrekksfelt) bool { return p.inside[f.Rett] })
	u.Tillatt = some && slices.Contains(k.Tilgang, konsument.Uttrekk)
	return u
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

// ErRad says whether a field right names an answer, or a row of one, or rows of the extract's own. One that does not has no
// effect.
func ErRad(name string) bool { return rowNames[name] || products.UttrekksRett(name) }

func size(o konsument.Omfang) int {
	if o.Alle {
		return konsument.Ubegrenset
	}
	return len(o.Nummer)
}

// count lists and counts the leaves below a group of an answer; a nil tree shows all of them.
func (r *Produktrett) count(group *element, f *products.Felter) {
	for n, child := range group.under {
		shown := f
		if f != nil && f.Vis != products.Utelates {
			shown = f.Under[n]
		}
		if child.IsGroup() {
			r.count(child, shown)
			continue
		}
		b := Blad{Sti: child.Sti, Vis: products.Vises}
		if shown != nil {
			b.Vis = shown.Vis
		}
		r.Blader = append(r.Blader, b)
		switch b.Vis {
		case products.Vises:
			r.Vist++
		case products.Toemmes:
			r.Toemt++
		case products.Utelates:
			r.Utelatt++
		}
	}
}
