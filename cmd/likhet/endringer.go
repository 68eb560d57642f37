package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"

	"aareg/store"
	"aareg/store/kilder"
)

// endringer are a day's changes of a register: what is counted or listed ahead at import has to follow them. They are
// drawn about the midnight, so that something begins and ends then that did not before.
type endringer struct {
	*utvalg
	*rand.Rand
	skifte store.Dato
	w      *bufio.Writer
	siste  int64 // the arbeidsforholdId that was given last
}

func (e *endringer) skriv(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	e.w = bufio.NewWriter(f)
	return errors.Join(e.personene(), e.enhetene(), e.forholdene(), e.w.Flush(), f.Close())
}

func (e *endringer) post(p *kilder.Post) error {
	line, err := kilder.Skriv(nil, p)
	if err == nil {
		_, err = e.w.Write(line)
	}
	return err
}

// av ti tusen says yes so often.
func (e *endringer) avTiTusen(n int) bool { return e.IntN(10_000) < n }

// personene: a few marry, become protected, or are so no more, or die.
func (e *endringer) personene() error {
	for i := range e.personer {
		p := e.personer[i]
		switch {
		case p.Slettet:
			continue
		case e.avTiTusen(100):
			other := &e.personer[e.IntN(len(e.personer))]
			if other.Navn.Etternavn == "" || other.Navn.Etternavn == p.Navn.Etternavn {
				continue
			}
			p.TidligereNavn = append([]store.Navn{p.Navn}, p.TidligereNavn...)
			p.Navn.Etternavn = other.Navn.Etternavn
		case e.avTiTusen(40):
			p.Adressebeskyttelse = []store.Gradering{store.Fortrolig, store.StrengtFortrolig, store.StrengtFortroligUtland}[e.IntN(3)]
		case p.Adressebeskyttelse != store.Ugradert && e.avTiTusen(2000):
			p.Adressebeskyttelse = store.Ugradert
		case p.Doedsdato == 0 && e.avTiTusen(20):
			p.Doedsdato = e.dag()
		default:
			continue
		}
		if err := e.post(&kilder.Post{Person: &p}); err != nil {
			return err
		}
	}
	return nil
}

// dag is a day about the midnight.
func (e *endringer) dag() store.Dato { return e.skifte.AddDays(e.IntN(5) - 3) }

// enhetene: a few get another name, are transferred to another unit, or cease.
func (e *endringer) enhetene() error {
	for i := range e.enheter {
		u := e.enheter[i]
		switch {
		case u.Organisasjonsform.Kode == "":
			continue
		case e.avTiTusen(100):
			u.TidligereNavn = append([]store.TidligereEnhetsnavn{{Navn: u.Navn}}, u.TidligereNavn...)
			u.Navn = e.enheter[e.IntN(len(e.enheter))].Navn
		case u.OverordnetEnhet != "" && e.avTiTusen(200):
			other := &e.enheter[e.IntN(len(e.enheter))]
			if other.OverordnetEnhet == "" || other.OverordnetEnhet == u.OverordnetEnhet || other.OverordnetEnhet == u.Orgnr || other.Organisasjonsform.Kode == "ORGL" {
				continue // nowhere to go, or into a circle
			}
			u.TidligereOverordnet = append(u.TidligereOverordnet, store.TidligereOverordnet{Orgnr: u.OverordnetEnhet, Til: e.dag()})
			u.OverordnetEnhet, u.Virksomhetsoverdragelse = other.OverordnetEnhet, e.dag()
		case u.Opphoersdato == 0 && e.avTiTusen(50):
			u.Opphoersdato = e.dag()
		default:
			continue
		}
		if err := e.post(&kilder.Post{Enhet: &kilder.Enhet{Enhet: u}}); err != nil {
			return err
		}
	}
	return nil
}

// forholdene: a few end or begin about the midnight, go on after all, or turn out never to have been; and new ones come.
func (e *endringer) forholdene() error {
	for i := range e.forhold {
		e.siste = max(e.siste, e.forhold[i].ArbeidsforholdId)
	}
	for i := range e.forhold {
		post := kilder.Post{}
		switch {
		case e.avTiTusen(30):
			if e.forhold[i].ArbeidsforholdId == 0 {
				continue
			}
			post.Hendelse = &kilder.Hendelse{Hva: kilder.Fjernet, Noekkel: kilder.Noekkel{ArbeidsforholdId: e.forhold[i].ArbeidsforholdId}}
		case e.avTiTusen(150):
			a, err := e.omdatert(&e.forhold[i])
			if err != nil {
				return err
			}
			post.Arbeidsforhold = a
		default:
			continue
		}
		if err := e.post(&post); err != nil {
			return err
		}
	}
	return nil
}

// omdatert is an arbeidsforhold with other dates; every third is a new one.
func (e *endringer) omdatert(f *forhold) (*store.Arbeidsforhold, error) {
	var line struct {
		Arbeidsforhold store.Arbeidsforhold `json:"arbeidsforhold"`
	}
	if err := json.Unmarshal(f.linje, &line); err != nil {
		return nil, err
	}
	a := &line.Arbeidsforhold
	switch p := &a.Ansettelsesperiode; e.IntN(3) {
	case 0:
		p.Startdato, p.Sluttdato = e.dag(), 0
	case 1:
		p.Sluttdato = max(p.Startdato, e.dag())
	default:
		p.Sluttdato = 0
	}
	if e.IntN(3) == 0 {
		e.siste++
		a.ArbeidsforholdId, a.UtstedtId = e.siste, 0
		a.UUID = fmt.Sprintf("f0f0f0f0-0000-4000-8000-%012d", e.siste)
	}
	return a, nil
}
