package store

import (
	"errors"
	"reflect"
	"slices"
	"strings"
)

// Navn is one name of a person, as registered.
type Navn struct {
	Etternavn  string `json:"etternavn,omitempty"`
	Fornavn    string `json:"fornavn,omitempty"`
	Mellomnavn string `json:"mellomnavn,omitempty"`
}

// Efnavn is etternavn, mellomnavn, fornavn in one field, one space between (semantics.md "Values").
func (n Navn) Efnavn() string {
	return strings.Join(strings.Fields(n.Etternavn+" "+n.Mellomnavn+" "+n.Fornavn), " ")
}

// Person is what the register keeps of a person. Sex and birth date are registered, never read off the number.
type Person struct {
	Foedselsnr         string    `json:"foedselsnr"` // foedselsnummer or D-number in force, 11 digits
	TidligereNumre     []string  `json:"tidligereNumre,omitempty"`
	Navn               Navn      `json:"navn"`
	TidligereNavn      []Navn    `json:"tidligereNavn,omitempty"`
	Kjoenn             string    `json:"kjoenn,omitempty"` // K, M or empty
	Foedselsdato       Dato      `json:"foedselsdato,omitempty"`
	Doedsdato          Dato      `json:"doedsdato,omitempty"`
	Adressebeskyttelse Gradering `json:"adressebeskyttelse,omitempty"`
	Slettet            bool      `json:"slettet,omitempty"` // numbers and grade alone, for as long as arbeidsforhold name the person
}

func (p *Person) check() error {
	switch {
	case !digits(p.Foedselsnr, 11):
		return errors.New("person: foedselsnr: not 11 digits")
	case p.Slettet && (p.Navn != Navn{} || len(p.TidligereNavn) > 0 || p.Kjoenn != "" || p.Foedselsdato != 0 || p.Doedsdato != 0):
		return errors.New("person: slettet: and more than numbers and adressebeskyttelse")
	case p.Kjoenn != "" && p.Kjoenn != "K" && p.Kjoenn != "M":
		return errors.New("person: kjoenn: neither K nor M")
	}
	for _, n := range p.TidligereNumre {
		if !digits(n, 11) {
			return errors.New("person: tidligereNumre: not 11 digits")
		}
	}
	return nil
}

// slettet is what is left of a person whom a source has taken back.
func (p *Person) slettet() *Person {
	return &Person{Slettet: true, Foedselsnr: p.Foedselsnr, TidligereNumre: p.TidligereNumre, Adressebeskyttelse: p.Adressebeskyttelse}
}

// oppgitt is how a person is marked of whom a source has told, or has taken back what it told.
func (p *Person) oppgitt() int {
	if p.Slettet {
		return tattTilbake
	}
	return 1
}

const tattTilbake = 2

// Same says whether two records say the same of a person: former numbers have no order.
func (p *Person) Same(q *Person) bool { return reflect.DeepEqual(p.tidy(), q.tidy()) }

// tidy is the person as it reads when it has been stored.
func (p *Person) tidy() *Person {
	c := *p
	c.TidligereNumre, c.TidligereNavn = nil, nil
	for _, nummer := range slices.Compact(slices.Sorted(slices.Values(p.TidligereNumre))) {
		if nummer != p.Foedselsnr {
			c.TidligereNumre = append(c.TidligereNumre, nummer)
		}
	}
	for _, n := range p.TidligereNavn {
		if n != (Navn{}) {
			c.TidligereNavn = append(c.TidligereNavn, n)
		}
	}
	return &c
}

// digits says whether s is n ASCII digits.
func digits(s string, n int) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return len(s) == n
}

// livsloep is what age is reckoned from.
type livsloep struct{ Foedt, Doed Dato }

// Alder is the whole years today, of a dead person those at death; false when the birth date is not known.
func (l livsloep) Alder(today Dato) (int, bool) {
	if l.Foedt == 0 {
		return 0, false
	}
	if l.Doed != 0 && l.Doed < today {
		today = l.Doed
	}
	return Alder(l.Foedt, today), true
}
