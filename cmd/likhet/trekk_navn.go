package main

import (
	"strings"

	"aareg/store"
)

// trefflisteArbeidstaker searches for somebody who works.
func (t *trekning) trefflisteArbeidstaker() []felt {
	p := en(t, t.arbeidstakere)
	if t.av(100) < 12 { // protected persons are few
		p = t.skjermetNavn(t.arbeidstakere, p)
	}
	fields := append(t.navn(p), felt{"fonetisk", t.ja(50)})
	fields = append(fields, t.foedt(p)...)
	return t.felter(append(fields, felt{"kjoenn", t.kjoenn(p)}, felt{"maksAntall", t.maksAntall()})...)
}

// skjermetNavn is a protected person, p when a few draws find none.
func (t *trekning) skjermetNavn(list []*store.Person, p *store.Person) *store.Person {
	for range 400 {
		if other := en(t, list); other.Adressebeskyttelse != store.Ugradert {
			return other
		}
	}
	return p
}

// trefflisteArbeidsgiver searches for a unit, or for a person who employs.
func (t *trekning) trefflisteArbeidsgiver() []felt {
	if t.av(100) < 35 {
		return t.personligArbeidsgiver()
	}
	e := &t.enheter[t.av(len(t.enheter))]
	name := e.Navn
	if len(e.TidligereNavn) > 0 && t.av(2) == 0 {
		name = e.TidligereNavn[0].Navn
	}
	if len(t.gamle) > 0 && t.av(100) < 3 {
		name = en(t, t.gamle).Navn
	}
	where := &e.Forretningsadresse
	if t.av(100) < 10 {
		where = &t.enheter[t.av(len(t.enheter))].Forretningsadresse
	}
	var kommunenr, postnr, fylkenr string
	switch t.av(10) {
	case 0, 1:
		kommunenr = where.Kommunenr
	case 2:
		postnr = where.Postnr
	case 3:
		fylkenr = where.Kommunenr[:min(2, len(where.Kommunenr))]
	case 4:
		kommunenr, postnr = where.Kommunenr, where.Postnr
	}
	return t.felter(felt{"orgnavn", t.deler(name)}, felt{"kommunenr", kommunenr}, felt{"postnr", postnr}, felt{"fylkenr", fylkenr},
		felt{"inkluderOpphoerte", t.ja(50)}, felt{"fonetisk", t.ja(50)})
}

func (t *trekning) personligArbeidsgiver() []felt {
	p := en(t, t.arbeidsgiverpersoner)
	if t.av(100) < 20 {
		p = t.skjermetNavn(t.arbeidsgiverpersoner, p)
	}
	fields := append(t.navn(p), t.foedt(p)...)
	fields = append(fields, felt{"kjoenn", t.kjoenn(p)}, felt{"fonetisk", t.ja(50)})
	if t.av(100) < 30 {
		fields = append(fields, felt{"inkluderOpphoerte", t.ja(50)})
	}
	if t.av(100) < 2 { // a criterion of the other form
		fields = append(fields, felt{"kommunenr", "0301"})
	}
	return t.felter(fields...)
}

// navn is somebody's name, or a former one, with or without the first name and the middle one.
func (t *trekning) navn(p *store.Person) []felt {
	name := p.Navn
	if len(p.TidligereNavn) > 0 && t.av(100) < 60 {
		name = en(t, p.TidligereNavn)
	}
	fields := []felt{{"etternavn", t.deler(name.Etternavn)}}
	if t.av(2) == 0 {
		fields = append(fields, felt{"fornavn", t.deler(name.Fornavn)})
	}
	if t.av(100) < 40 {
		fields = append(fields, felt{"mellomnavn", t.deler(name.Mellomnavn)})
	}
	return fields
}

// deler is a name as somebody may ask for it: whole, some of its words in any order, in another case, misspelt, that of
// nobody, or with what means something in other searches.
func (t *trekning) deler(name string) string {
	words := strings.FieldsFunc(name, func(r rune) bool { return r == ' ' || r == '-' })
	switch draw := t.av(100); {
	case len(words) > 1 && draw < 30:
		name = en(t, words)
	case len(words) > 2 && draw < 45:
		name = words[len(words)-1] + " " + words[0]
	case len(words) > 1 && draw < 55:
		name = strings.Join(words, "-")
	}
	switch draw := t.av(100); {
	case draw < 10:
		name = strings.ToLower(name)
	case draw < 20:
		name = strings.ToUpper(name)
	case draw < 40:
		name = en(t, feilskrivere).Replace(name)
	case draw < 42:
		name = name[:len(name)/2]
	case draw < 44:
		name += "%"
	case draw < 46:
		name = "Finnesikke " + name
	}
	return strings.ToValidUTF8(name, "")
}

// feilskrivere write names as they are heard.
var feilskrivere = []*strings.Replacer{
	strings.NewReplacer("aa", "å", "Aa", "Å"),
	strings.NewReplacer("å", "aa", "Å", "Aa"),
	strings.NewReplacer("k", "c", "K", "C"),
	strings.NewReplacer("c", "k", "C", "K", "ch", "k"),
	strings.NewReplacer("v", "w", "V", "W"),
	strings.NewReplacer("s", "z", "S", "Z"),
	strings.NewReplacer("ll", "l", "nn", "n", "ss", "s", "tt", "t"),
	strings.NewReplacer("l", "ll", "n", "nn", "s", "ss"),
	strings.NewReplacer("sen", "son"),
	strings.NewReplacer("i", "y", "y", "i"),
	strings.NewReplacer("ø", "ö", "æ", "ä"),
	strings.NewReplacer("t", "th", "d", "dh"),
}
