package innlesing_test

import (
	"fmt"
	"slices"
	"strconv"

	"aareg/store"
	"aareg/store/kilder"
)

// endre changes an arbeidsforhold in one of the ways that lists, roles and identity hang on.
func (v *verden) endre(j *jobb) {
	switch v.IntN(9) {
	case 0:
		j.Ansettelsesperiode.Startdato = v.dato()
	case 1:
		j.Ansettelsesperiode.Sluttdato = j.Ansettelsesperiode.Startdato.AddDays(v.IntN(1000))
	case 2:
		j.Arbeidssted = v.giver()
	case 3:
		j.Arbeidstaker = v.taker()
	case 4:
		j.Opplysningspliktig = v.pliktig()
	case 5:
		j.Permisjoner = []store.Permisjon{{ID: fmt.Sprint(v.IntN(9)), Type: store.Kodeverdi{Kode: "permisjon"}, Startdato: v.dato(), Prosent: "50.0"}}
	case 6:
		j.UUID = uuid(int(j.nummer()))
	case 7:
		j.ArbeidsforholdId, j.utsteder = 40_000_000+j.nummer(), false
	default:
		v.avtale(j)
	}
	v.fortell(j)
}

// nummer is the arbeidsforhold's own, which its uuid, its number and its id are made of.
func (j *jobb) nummer() (n int64) {
	n, _ = strconv.ParseInt(j.ID, 10, 64) // as ansett wrote it
	return n
}

// noekkel is a key of the arbeidsforhold, one of those it has.
func (v *verden) noekkel(j *jobb) kilder.Noekkel {
	if j.UUID == "" || j.ArbeidsforholdId != 0 && v.IntN(2) == 0 {
		return kilder.Noekkel{ArbeidsforholdId: j.ArbeidsforholdId}
	}
	return kilder.Noekkel{UUID: j.UUID}
}

func (v *verden) avslutt(i int) {
	j := v.jobber[i]
	v.jobber = slices.Delete(v.jobber, i, i+1)
	v.slettet = append(v.slettet, j)
	v.slett(v.noekkel(j))
}

func (v *verden) gjenopprett() {
	i := v.IntN(len(v.borte))
	j := v.borte[i]
	v.borte = slices.Delete(v.borte, i, i+1)
	v.jobber = append(v.jobber, j)
	v.fortell(j)
}

// masseansettelse fills one place of an employer's list, so that pieces of it must be split.
func (v *verden) masseansettelse() {
	giver, start := v.giver(), v.dato()
	for range min(30+v.IntN(120), 700-len(v.jobber)) {
		v.ansett(giver, v.taker(), start.AddDays(v.IntN(20)))
	}
}

// masseoppsigelse empties one place of an employer's list, or all of it.
func (v *verden) masseoppsigelse() {
	giver, from := v.giver(), v.dato()
	to := from.AddDays(200 + v.IntN(1500))
	for i := len(v.jobber) - 1; i >= 0; i-- {
		if p := v.jobber[i].Ansettelsesperiode; v.jobber[i].Arbeidssted == giver && from <= p.Startdato && p.Startdato <= to {
			v.avslutt(i)
		}
	}
}

// person tells of a person: anew, with another name or grade, or with the next number.
func (v *verden) person(b *borger) {
	if v.IntN(5) == 0 {
		b.naa++
		if b.naa == len(b.numre) {
			b.naa, b.rundt = 1, true
		}
	}
	p := store.Person{Foedselsnr: b.numre[b.naa], Navn: store.Navn{Etternavn: v.navn("Dal"), Fornavn: "Blid"}, Kjoenn: "K"}
	if v.IntN(3) == 0 {
		p.Adressebeskyttelse = store.Gradering(v.IntN(4))
	}
	if v.IntN(3) == 0 {
		p.TidligereNavn = []store.Navn{{Etternavn: v.navn("Bakke"), Fornavn: "Blid"}}
	}
	for i, nummer := range b.numre {
		// All that were in force, as they must be, and the one from before all others now and then.
		if i != b.naa && (i > 0 && i <= b.naa || i == 0 && v.IntN(2) == 0 || b.naa == 1 && b.rundt) {
			p.TidligereNumre = append(p.TidligereNumre, nummer)
		}
	}
	v.si(kilder.Post{Person: &p})
}

func (v *verden) enhet(i int) {
	e := store.Enhet{Orgnr: v.enheter[i], Navn: v.navn("VERFT"), Organisasjonsform: store.Kodeverdi{Kode: "BEDR"}}
	if i >= 2 && i < 6 {
		e.Organisasjonsform.Kode = "AS"
	} else if v.IntN(4) > 0 {
		e.OverordnetEnhet = v.enheter[2+v.IntN(4)]
	}
	if v.IntN(4) == 0 {
		e.TidligereNavn = []store.TidligereEnhetsnavn{{Navn: v.navn("MEK")}}
		e.TidligereOverordnet = []store.TidligereOverordnet{{Orgnr: v.enheter[6+v.IntN(2)], Til: v.dato()}}
		if e.TidligereOverordnet[0].Orgnr == e.Orgnr {
			e.TidligereOverordnet = nil
		}
	}
	v.si(kilder.Post{Enhet: &kilder.Enhet{Enhet: e}})
}
