package innlesing_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"aareg/store"
	"aareg/store/kilder"
)

// verden is a small labour market that changes at random, and tells of every change as a record of aareg's own format.
type verden struct {
	*rand.Rand
	t              *testing.T
	personer       []*borger
	enheter, gamle []string
	jobber         []*jobb // in force; the first employers have most of them
	borte          []*jobb // deleted before this batch
	slettet        []*jobb // in this batch
	nr             int     // of the last arbeidsforhold, number and name
	linjer         []string
}

// borger is a person with the numbers that they have had, have and will have.
type borger struct {
	numre []string
	naa   int  // the place of the one in force
	rundt bool // all have been in force, and they began anew
}

// jobb is an arbeidsforhold as it was last told of.
type jobb struct {
	store.Arbeidsforhold
	utsteder bool // the register gave it its number
}

const (
	verdenPersoner = 60
	verdenEnheter  = 14
	verdenGamle    = 3
	verdenGivere   = 20 // beside units and old employers, persons
)

func nyVerden(t *testing.T, seed uint64) *verden {
	v := &verden{Rand: rand.New(rand.NewPCG(seed, 4)), t: t}
	for i := range verdenPersoner {
		b := &borger{naa: 1}
		for j := range 5 {
			b.numre = append(b.numre, fnr(t, 5*i+j))
		}
		v.personer = append(v.personer, b)
	}
	for i := range verdenEnheter {
		v.enheter = append(v.enheter, orgnr(t, i))
	}
	for i := range verdenGamle {
		v.gamle = append(v.gamle, fmt.Sprintf("30000000%d", i+1))
	}
	return v
}

func (v *verden) si(p kilder.Post) { v.linjer = append(v.linjer, line(v.t, p)) }

func (v *verden) slett(k kilder.Noekkel) {
	v.si(kilder.Post{Hendelse: &kilder.Hendelse{Hva: kilder.Fjernet, Noekkel: k}})
}

// dag is what happens between two imports: a few things, or much at one place.
func (v *verden) dag() []string {
	v.linjer = nil
	v.borte, v.slettet = append(v.borte, v.slettet...), nil
	for range 1 + v.IntN(12) {
		v.hending()
	}
	switch v.IntN(10) {
	case 0, 1, 2:
		v.masseansettelse()
	case 3:
		v.masseoppsigelse()
	}
	return v.linjer
}

// hending is one thing that happens.
func (v *verden) hending() {
	switch n := v.IntN(100); {
	case n < 25 && len(v.jobber) < 600:
		v.ansett(v.giver(), v.taker(), v.dato())
	case n < 60 && len(v.jobber) > 0:
		v.endre(v.jobber[v.IntN(len(v.jobber))])
	case n < 68 && len(v.jobber) > 0:
		v.avslutt(v.IntN(len(v.jobber)))
	case n < 70 && len(v.borte) > 0:
		v.gjenopprett()
	case n < 83:
		v.person(v.personer[v.IntN(len(v.personer))])
	case n < 88:
		b := v.personer[v.IntN(len(v.personer))]
		v.slett(kilder.Noekkel{Foedselsnr: b.numre[b.naa]})
	case n < 96:
		v.enhet(v.IntN(len(v.enheter)))
	case n < 98:
		v.slett(kilder.Noekkel{Orgnr: v.enheter[v.IntN(len(v.enheter))]})
	default:
		nr := v.gamle[v.IntN(len(v.gamle))]
		v.si(kilder.Post{GammelArbeidsgiver: &store.GammelArbeidsgiver{Arbeidsgivernr: nr, Navn: v.navn("SAGBRUK")}})
	}
}

func (v *verden) navn(word string) string {
	v.nr++
	return fmt.Sprintf("%s NR %d", word, v.nr)
}

// dato is a day within ten years.
func (v *verden) dato() store.Dato { return store.Dato(20150101).AddDays(v.IntN(3650)) }

// giver is an employer: mostly one of the first two.
func (v *verden) giver() store.Part {
	i := v.IntN(verdenGivere)
	if v.IntN(3) > 0 {
		i = v.IntN(2)
	}
	switch {
	case i < verdenEnheter:
		return store.Part{Type: "Underenhet", Ident: v.enheter[i]}
	case i < verdenEnheter+verdenGamle:
		return store.Part{Type: "Arbeidsgivernummer", Ident: v.gamle[i-verdenEnheter]}
	}
	return store.Part{Type: "Person", Ident: v.ident(v.personer[i])}
}

func (v *verden) taker() store.Part {
	i := v.IntN(len(v.personer))
	if i < 25 && v.IntN(6) > 0 { // few are hired of these, so that some have nothing at all
		i = 25 + v.IntN(len(v.personer)-25)
	}
	return store.Part{Type: "Person", Ident: v.ident(v.personer[i])}
}

// ident is a number of a person: the one in force, or now and then one that was or will be.
func (v *verden) ident(b *borger) string {
	if v.IntN(10) > 0 {
		return b.numre[b.naa]
	}
	return b.numre[v.IntN(len(b.numre))]
}

func (v *verden) pliktig() store.Part {
	switch v.IntN(10) {
	case 0:
		return store.Part{}
	case 1:
		return v.taker()
	}
	return store.Part{Type: "Hovedenhet", Ident: v.enheter[2+v.IntN(4)]}
}

var yrker = []store.Kodeverdi{{Kode: "1210147", Beskrivelse: "STYRER (BARNEHAGE)"}, {Kode: "8340101", Beskrivelse: "MATROS"}, {Kode: "2541105"},
	{Kode: "8340101"}, {Kode: "0000000", Beskrivelse: "GAMMEL STILLING"}}

func (v *verden) ansett(giver, taker store.Part, start store.Dato) {
	v.nr++
	j := &jobb{Arbeidsforhold: store.Arbeidsforhold{
		ID: fmt.Sprintf("%06d", v.nr), Type: store.Kodeverdi{Kode: "ordinaertArbeidsforhold"},
		Arbeidstaker: taker, Arbeidssted: giver, Opplysningspliktig: v.pliktig(),
		Ansettelsesperiode:   store.Ansettelsesperiode{Startdato: start},
		Rapporteringsordning: store.Kodeverdi{Kode: "A_ORDNINGEN"},
	}}
	switch v.IntN(3) {
	case 0:
		j.UUID, j.utsteder = uuid(v.nr), true
	case 1:
		j.ArbeidsforholdId = 40_000_000 + int64(v.nr)
	default:
		j.UUID, j.ArbeidsforholdId = uuid(v.nr), 40_000_000+int64(v.nr)
	}
	v.avtale(j)
	v.jobber = append(v.jobber, j)
	v.fortell(j)
}

func (v *verden) avtale(j *jobb) {
	j.Ansettelsesdetaljer = append(slices.Clone(j.Ansettelsesdetaljer), store.Ansettelsesdetaljer{
		Type: "Ordinaer", Yrke: yrker[v.IntN(len(yrker))], AvtaltStillingsprosent: store.Desimal(fmt.Sprintf("%d.0", v.IntN(101))),
		Gyldighetsperiode: store.Periode{Fom: v.dato()},
	})
}

func (v *verden) fortell(j *jobb) {
	told := j.Arbeidsforhold
	v.si(kilder.Post{Arbeidsforhold: &told})
}
