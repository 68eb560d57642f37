package store

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// modell is a small made-up register as plain lists, against which the store's answers are judged: every rule of who
// exists for a view is written here once more, without SQL, without anything derived and without regard to time.
type modell struct {
	rnd     *rand.Rand
	enheter []*modellpart
	gamle   []*modellpart
	folk    []*modellpart
	jobber  []*modelljobb
}

// modellpart is somebody who can be a party.
type modellpart struct {
	slag       int
	numre      []string // the one in force, then former ones
	gradering  Gradering
	oppgitt    bool // a source has told of it, if only (nevnt) as the unit above another
	nevnt      bool
	navn       []string // of a person the etternavn; the one in force, then former ones
	kjoenn     string
	enhkode    string
	overordnet *modellpart
	forlot     []*modellpart
	opphoert   bool
}

type modelljobb struct {
	id                    int64
	taker, giver, pliktig *modellpart // pliktig may be nil
	som                   string      // the number that taker was reported under
	begynt, sluttet       Dato
	ny                    bool
}

const modelldag = Dato(20250615)

var modellnavn = []string{"Alm", "Berg", "Dal", "Eik", "Foss", "Alm Berg", "Dal Eik"}

func (m *modell) one(list []*modellpart) *modellpart { return list[m.rnd.IntN(len(list))] }

// chance is true n times of ten.
func (m *modell) chance(n int) bool { return m.rnd.IntN(10) < n }

func (m *modell) navn() (navn []string) {
	for range 1 + m.rnd.IntN(2) {
		navn = append(navn, modellnavn[m.rnd.IntN(len(modellnavn))])
	}
	return navn
}

func newModell(seed uint64) *modell {
	m := &modell{rnd: rand.New(rand.NewPCG(seed, 1))}
	for i := range 30 {
		e := &modellpart{slag: slagEnhet, numre: []string{fmt.Sprintf("2100%05d", i)}, oppgitt: i < 26, navn: m.navn(), enhkode: "BEDR"}
		switch {
		case i < 5:
			e.enhkode = "AS"
		case i < 9:
			e.enhkode, e.overordnet = "ORGL", m.one(m.enheter)
		case i < 24:
			e.overordnet = m.one(m.enheter[:9])
		}
		if i >= 9 && i < 24 && m.chance(7) {
			e.forlot = []*modellpart{m.one(m.enheter[:9])}
		}
		e.opphoert = i > 4 && e.oppgitt && m.chance(2)
		if !e.oppgitt {
			e.enhkode, e.navn = "", nil
		}
		m.enheter = append(m.enheter, e)
	}
	for _, e := range m.enheter[24:26] {
		e.overordnet = m.enheter[26]
	}
	m.enheter[26].oppgitt, m.enheter[26].nevnt = true, true
	for i := range 6 {
		m.gamle = append(m.gamle, &modellpart{slag: slagGammel, numre: []string{fmt.Sprintf("3000000%02d", i)}, oppgitt: i < 4, navn: m.navn()[:1]})
	}
	m.gamle[4].navn, m.gamle[5].navn = nil, nil
	m.gamle[0].numre = m.enheter[10].numre // one number, two employers
	m.makeFolk()
	m.gamle[1].numre = m.folk[0].numre[:1]
	for i := range 260 {
		m.jobber = append(m.jobber, m.newJobb(int64(1000+i)))
	}
	return m
}

func (m *modell) makeFolk() {
	for i := range 60 {
		p := &modellpart{slag: slagPerson, numre: []string{fmt.Sprintf("0181%07d", i)}, oppgitt: i < 55}
		if p.oppgitt {
			p.navn, p.kjoenn = m.navn(), []string{"K", "M", ""}[m.rnd.IntN(3)]
			p.gradering = []Gradering{0, 0, 0, 1, 2, 3}[m.rnd.IntN(6)]
			for n := range m.rnd.IntN(3) {
				p.numre = append(p.numre, fmt.Sprintf("0282%06d%d", i, n))
			}
		}
		m.folk = append(m.folk, p)
	}
	const shared = "03830000000" // that two have had, and arbeidsforhold were reported under
	m.folk[1].numre, m.folk[2].numre = append(m.folk[1].numre, shared), append(m.folk[2].numre, shared)
	m.folk = append(m.folk, &modellpart{slag: slagPerson, numre: []string{shared}})
	m.gradeStandIn()
}

// gradeStandIn makes the one of the shared number as protected as those who have had it.
func (m *modell) gradeStandIn() {
	m.folk[len(m.folk)-1].gradering = max(m.folk[1].gradering, m.folk[2].gradering)
}

func (m *modell) newJobb(id int64) *modelljobb {
	j := &modelljobb{id: id, taker: m.one(m.folk[4:]), begynt: Dato(20100101).AddDays(m.rnd.IntN(6000)), ny: m.chance(5)}
	if m.chance(1) {
		j.taker = m.one(m.folk)
	}
	j.som = j.taker.numre[0]
	if n := len(j.taker.numre); n > 1 && j.taker.numre[n-1][:2] == "02" { // not the shared one: it is not known whose
		j.som = j.taker.numre[m.rnd.IntN(n)]
	}
	switch {
	case m.chance(6):
		if j.giver = m.one(m.enheter); j.giver.nevnt && m.chance(8) { // seldom an employer itself
			j.giver = m.enheter[0]
		}
	case m.chance(7):
		j.giver = m.one(m.folk[:25])
	default:
		j.giver = m.one(m.gamle)
	}
	switch {
	case m.chance(5):
		j.pliktig = m.one(m.enheter)
	case m.chance(3):
		j.pliktig = m.one(m.folk[:25])
	}
	if m.chance(5) {
		j.sluttet = j.begynt.AddDays(m.rnd.IntN(4000))
	}
	return j
}

// The records that the store is given.

func (p *modellpart) part() Part {
	if p.slag == slagGammel {
		return Part{"Arbeidsgivernummer", p.numre[0]}
	}
	return Part{"", p.numre[0]}
}

func (p *modellpart) put(tx *Tx) error {
	switch {
	case !p.oppgitt || p.nevnt:
		return nil
	case p.slag == slagGammel:
		return tx.PutGammelArbeidsgiver(&GammelArbeidsgiver{p.numre[0], p.navn[0]})
	case p.slag == slagPerson:
		r := &Person{Foedselsnr: p.numre[0], TidligereNumre: p.numre[1:], Navn: Navn{Etternavn: p.navn[0]}, Kjoenn: p.kjoenn, Adressebeskyttelse: p.gradering}
		for _, former := range p.navn[1:] {
			r.TidligereNavn = append(r.TidligereNavn, Navn{Etternavn: former})
		}
		return tx.PutPerson(r)
	}
	r := enhet(p.numre[0], p.navn[0], p.enhkode, "")
	r.Opphoert = p.opphoert
	if p.overordnet != nil {
		r.OverordnetEnhet = p.overordnet.numre[0]
	}
	for _, former := range p.navn[1:] {
		r.TidligereNavn = append(r.TidligereNavn, TidligereEnhetsnavn{Navn: former})
	}
	for _, left := range p.forlot {
		r.TidligereOverordnet = append(r.TidligereOverordnet, TidligereOverordnet{Orgnr: left.numre[0], Til: 20200101})
	}
	return tx.PutEnhet(r)
}

func (j *modelljobb) put(tx *Tx) error {
	r := jobb(j.id, j.som)
	r.Arbeidssted, r.Opplysningspliktig = j.giver.part(), Part{}
	if j.pliktig != nil {
		r.Opplysningspliktig = j.pliktig.part()
	}
	r.Ansettelsesperiode.Startdato, r.Ansettelsesperiode.Sluttdato = j.begynt, j.sluttet
	if !j.ny {
		r.Rapporteringsordning.Kode = "FOER_A_ORDNINGEN"
	}
	return tx.PutArbeidsforhold(r)
}

func (m *modell) parter() []*modellpart { return slices.Concat(m.enheter, m.gamle, m.folk) }

func (m *modell) store(t *testing.T, s *Store) {
	t.Helper()
	update(t, s, func(tx *Tx) (err error) {
		for _, p := range m.parter() {
			err = errors.Join(err, p.put(tx))
		}
		for _, j := range m.jobber {
			err = errors.Join(err, j.put(tx))
		}
		return err
	})
}

// change changes something in model and store that decides who exists for whom.
func (m *modell) change(t *testing.T, s *Store) {
	t.Helper()
	update(t, s, func(tx *Tx) error {
		p, e := m.one(m.folk[:55]), m.one(m.enheter[9:24])
		p.gradering = Gradering(m.rnd.IntN(4))
		m.gradeStandIn()
		e.overordnet = m.one(m.enheter[:9])
		i := m.rnd.IntN(len(m.jobber))
		m.jobber[i] = m.newJobb(m.jobber[i].id)
		return errors.Join(p.put(tx), e.put(tx), m.jobber[i].put(tx))
	})
}
