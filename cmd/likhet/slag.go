package main

import (
	"fmt"
	"math/rand/v2"
	"strconv"

	"aareg/store"
)

// slag is what kind of number a question asks for.
type slag string

const (
	vanlig          slag = "in force"
	tidligere       slag = "former"
	fortrolig       slag = "kode 7"
	strengt         slag = "kode 6"
	ukjent          slag = "nobody's"
	ugyldig         slag = "against the rules"
	fortalt         slag = "of the demo register's stories"
	vedSkiftet      slag = "begins or has ended at the midnight"
	doed            slag = "dead"
	utenRolle       slag = "in the register, and not in this role"
	flere           slag = "of more than one"
	etterStoerrelse slag = "an employer, by its size"
	hovedenhet      slag = "hovedenhet"
	opphoert        slag = "ceased"
	overdratt       slag = "transferred, or has lost a unit so"
	personlig       slag = "a person who employs"
	gammel          slag = "from before Enhetsregisteret"
	medSkjermet     slag = "employs somebody protected"
	stoerst         slag = "the largest employer"
	utstedt         slag = "minted"
)

// nummerliste are numbers by kind.
type nummerliste map[slag][]string

func (n nummerliste) legg(s slag, nummer string) { n[s] = append(n[s], nummer) }

// utgangspunkt is what questions are drawn from, by kind: a kind that no register has would never be asked for, and so is
// an error.
type utgangspunkt struct {
	*verden
	personnumre, arbeidsgivernumre, forholdsnumre nummerliste
	arbeidstakere                                 []*store.Person // who have an arbeidsforhold, and a name
	arbeidsgiverpersoner                          []*store.Person
}

func (w *verden) utgangspunkt(r *rand.Rand) (*utgangspunkt, error) {
	u := &utgangspunkt{verden: w, personnumre: nummerliste{}, arbeidsgivernumre: nummerliste{}, forholdsnumre: nummerliste{}}
	stories := w.fortellinger.utenMengde()
	employs, works := map[string]bool{}, map[string]bool{}
	for i := range w.utvalg.forhold {
		f := &w.utvalg.forhold[i]
		employs[f.Arbeidssted.Ident], works[f.Arbeidstaker.Ident] = true, true
		u.leggForhold(f, stories)
	}
	for i := range w.utvalg.personer {
		u.leggPerson(&w.utvalg.personer[i], works, employs, stories)
	}
	u.leggEnheter(employs, stories)
	u.leggFremmede(r)
	for what, list := range map[string]nummerliste{"person": u.personnumre, "employer": u.arbeidsgivernumre, "arbeidsforhold": u.forholdsnumre} {
		for _, share := range andeler[what] {
			if len(list[share.slag]) == 0 {
				return nil, fmt.Errorf("nothing to ask for: the register has no %s that is %s", what, share.slag)
			}
		}
	}
	return u, nil
}

// andel is how often a kind is drawn, beside the others.
type andel struct {
	slag slag
	vekt int
}

var andeler = map[string][]andel{
	"person": {{vanlig, 45}, {tidligere, 8}, {fortrolig, 8}, {strengt, 6}, {ukjent, 5}, {ugyldig, 3}, {fortalt, 12}, {vedSkiftet, 8},
		{doed, 3}, {utenRolle, 3}, {flere, 1}},
	"employer": {{etterStoerrelse, 20}, {vanlig, 20}, {hovedenhet, 14}, {opphoert, 5}, {overdratt, 5}, {personlig, 6}, {tidligere, 2},
		{fortrolig, 2}, {strengt, 2}, {gammel, 4}, {utenRolle, 4}, {ukjent, 3}, {ugyldig, 1}, {fortalt, 8}, {vedSkiftet, 5}, {medSkjermet, 8}, {flere, 1}, {stoerst, 1}},
	"arbeidsforhold": {{vanlig, 45}, {fortrolig, 9}, {strengt, 7}, {vedSkiftet, 10}, {utstedt, 4}, {ukjent, 6}, {ugyldig, 2}, {fortalt, 18}},
}

// grad is the kind that a grade makes.
func grad(g store.Gradering) slag {
	switch g {
	case store.Ugradert:
		return vanlig
	case store.Fortrolig:
		return fortrolig
	}
	return strengt
}

// forStor is the size of an employer from which it is asked for as the largest alone: its answers are many megabytes.
const forStor = 5000

func (u *utgangspunkt) leggForhold(f *forhold, stories *utvalg) {
	id := strconv.FormatInt(f.ArbeidsforholdId, 10)
	if f.ArbeidsforholdId == 0 {
		id = strconv.FormatInt(f.UtstedtId, 10)
	}
	if f.UtstedtId != 0 {
		u.forholdsnumre.legg(utstedt, strconv.FormatInt(f.UtstedtId, 10))
	}
	u.forholdsnumre.legg(grad(u.gradering(f)), id)
	if len(u.hos[f.Arbeidssted.Ident]) < forStor {
		u.arbeidsgivernumre.legg(etterStoerrelse, f.Arbeidssted.Ident)
		if u.gradering(f) != store.Ugradert {
			u.arbeidsgivernumre.legg(medSkjermet, f.Arbeidssted.Ident)
			if over := f.Opplysningspliktig.Ident; over != "" {
				u.arbeidsgivernumre.legg(medSkjermet, over)
			}
		}
	}
	if f.begynner() == u.skifte || f.sluttet() == u.skifte {
		u.forholdsnumre.legg(vedSkiftet, id)
		u.personnumre.legg(vedSkiftet, f.Arbeidstaker.Ident)
		u.arbeidsgivernumre.legg(vedSkiftet, f.Arbeidssted.Ident)
	}
	if f.Arbeidssted.Type == "Arbeidsgivernummer" {
		u.arbeidsgivernumre.legg(gammel, f.Arbeidssted.Ident) // most are known by their arbeidsforhold alone
	}
	if stories.finnes[f.Arbeidstaker.Ident] {
		u.forholdsnumre.legg(fortalt, id)
	}
}

func (u *utgangspunkt) leggPerson(p *store.Person, works, employs map[string]bool, stories *utvalg) {
	nummer := p.Foedselsnr
	if employs[nummer] {
		u.leggArbeidsgiverperson(p, stories)
	} else if len(u.arbeidsgivernumre[utenRolle]) < fremmede {
		u.arbeidsgivernumre.legg(utenRolle, nummer)
	}
	for _, former := range p.TidligereNumre {
		u.personnumre.legg(tidligere, former)
		if stories.finnes[nummer] {
			u.personnumre.legg(flere, former) // the stories are about numbers that several have had
		}
	}
	if p.Doedsdato != 0 {
		u.personnumre.legg(doed, nummer)
	}
	if stories.finnes[nummer] {
		u.personnumre.legg(fortalt, nummer)
	}
	if !works[nummer] {
		u.personnumre.legg(utenRolle, nummer)
		return
	}
	u.personnumre.legg(grad(p.Adressebeskyttelse), nummer)
	if p.Navn.Etternavn != "" {
		u.arbeidstakere = append(u.arbeidstakere, p)
	}
}

func (u *utgangspunkt) leggArbeidsgiverperson(p *store.Person, stories *utvalg) {
	nummer := p.Foedselsnr
	u.arbeidsgivernumre.legg(personlig, nummer)
	if p.Adressebeskyttelse != store.Ugradert {
		u.arbeidsgivernumre.legg(grad(p.Adressebeskyttelse), nummer)
	}
	for _, former := range p.TidligereNumre {
		u.arbeidsgivernumre.legg(tidligere, former)
		if stories.finnes[nummer] {
			u.arbeidsgivernumre.legg(flere, former)
		}
	}
	if stories.finnes[nummer] {
		u.arbeidsgivernumre.legg(fortalt, nummer)
	}
	if p.Navn.Etternavn != "" {
		u.arbeidsgiverpersoner = append(u.arbeidsgiverpersoner, p)
	}
}

func (u *utgangspunkt) leggEnheter(employs map[string]bool, stories *utvalg) {
	over, largest := map[string]bool{}, ""
	for i := range u.enheter {
		e := &u.enheter[i]
		over[e.OverordnetEnhet] = true
		if len(u.hos[e.Orgnr]) > len(u.hos[largest]) {
			largest = e.Orgnr
		}
	}
	u.arbeidsgivernumre.legg(stoerst, largest)
	for i := range u.enheter {
		e := &u.enheter[i]
		switch {
		case over[e.Orgnr]:
			u.arbeidsgivernumre.legg(hovedenhet, e.Orgnr)
		case employs[e.Orgnr]:
			u.arbeidsgivernumre.legg(vanlig, e.Orgnr)
		default:
			u.arbeidsgivernumre.legg(utenRolle, e.Orgnr)
		}
		if e.Opphoert || e.Opphoersdato != 0 {
			u.arbeidsgivernumre.legg(opphoert, e.Orgnr)
		}
		for _, former := range e.TidligereOverordnet {
			u.arbeidsgivernumre.legg(overdratt, e.Orgnr)
			u.arbeidsgivernumre.legg(overdratt, former.Orgnr)
		}
		if stories.finnes[e.Orgnr] {
			u.arbeidsgivernumre.legg(fortalt, e.Orgnr)
		}
	}
	for i := range u.gamle {
		u.arbeidsgivernumre.legg(gammel, u.gamle[i].Arbeidsgivernr)
		if stories.finnes[u.gamle[i].Arbeidsgivernr] {
			u.arbeidsgivernumre.legg(fortalt, u.gamle[i].Arbeidsgivernr)
		}
	}
}

// fremmede is how many numbers of nobody there are to ask for.
const fremmede = 100

// leggFremmede adds numbers that nobody has: near those that somebody has, and so of made-up people's kind.
func (u *utgangspunkt) leggFremmede(r *rand.Rand) {
	for len(u.personnumre[ukjent]) < fremmede || len(u.personnumre[ugyldig]) < fremmede {
		near := u.personnumre[vanlig][r.IntN(len(u.personnumre[vanlig]))]
		nummer := near[:6] + fmt.Sprintf("%05d", r.IntN(100_000))
		switch {
		case u.finnes[nummer]:
		case store.ValidFoedselsnr(nummer):
			u.personnumre.legg(ukjent, nummer)
		case len(u.personnumre[ugyldig]) < fremmede:
			u.personnumre.legg(ugyldig, nummer)
		}
	}
	for len(u.arbeidsgivernumre[ukjent]) < fremmede || len(u.arbeidsgivernumre[ugyldig]) < fremmede {
		nummer := u.enheter[r.IntN(len(u.enheter))].Orgnr[:5] + fmt.Sprintf("%04d", r.IntN(10_000))
		switch {
		case u.finnes[nummer]:
		case store.ValidOrgnr(nummer):
			u.arbeidsgivernumre.legg(ukjent, nummer)
		case len(u.arbeidsgivernumre[ugyldig]) < fremmede:
			u.arbeidsgivernumre.legg(ugyldig, nummer)
		}
	}
	u.arbeidsgivernumre[ugyldig] = append(u.arbeidsgivernumre[ugyldig], "12345678", "2100000111", "A10000011")
	u.forholdsnumre[ukjent] = []string{"0", "999999999999999999", "1000000000", "2147483647"}
	u.forholdsnumre[ugyldig] = []string{"1234567890123456789", "-1", "48000401a", " "}
	for range fremmede {
		u.forholdsnumre.legg(ukjent, strconv.Itoa(r.IntN(100_000_000)))
	}
}

// mange is how many bear a name, or work at an employer, that is of the crowd of the demo register and of no story.
const mange = 100

// utenMengde is the demo register without its crowd.
func (u *utvalg) utenMengde() *utvalg {
	names := map[string]int{}
	for i := range u.personer {
		names[u.personer[i].Navn.Etternavn]++
	}
	stories := &utvalg{finnes: map[string]bool{}}
	for i := range u.personer {
		if p := &u.personer[i]; names[p.Navn.Etternavn] < mange {
			stories.finnes[p.Foedselsnr] = true
		}
	}
	for i := range u.enheter {
		if e := &u.enheter[i]; e.Organisasjonsform.Kode != "BRL" {
			stories.finnes[e.Orgnr] = true
		}
	}
	for i := range u.gamle {
		stories.finnes[u.gamle[i].Arbeidsgivernr] = true
	}
	return stories
}
