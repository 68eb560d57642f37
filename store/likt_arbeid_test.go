package store

import (
	"errors"
	"fmt"
	"testing"
)

// spent is what a question costs on whatever connection takes it.
func spent(s *Store, ask func()) arbeid {
	sum := func() (a arbeid) {
		hver(s, func(r *reader) { a.setninger, a.rader = a.setninger+r.arbeid.setninger, a.rader+r.arbeid.rader })
		return a
	}
	before := sum()
	ask()
	after := sum()
	return arbeid{after.setninger - before.setninger, after.rader - before.rader}
}

// hver visits every connection that questions wait for. It takes all of them at once: who lets snapshots go takes one out,
// too, and puts it back behind the others.
func hver(s *Store, visit func(*reader)) {
	readers := s.naa.Load().readers
	all := make([]*reader, cap(readers))
	for i := range all {
		all[i] = <-readers
		visit(all[i])
	}
	for _, r := range all {
		readers <- r
	}
}

// asked is somebody, or nobody, whom questions are about: numbers, a name, and arbeidsforhold.
type asked struct {
	numre []string
	navn  string
	ids   []int64
}

// questions are the ways to ask for somebody directly, or by name; each asks once for each number or id.
var questions = []struct {
	product string
	ask     func(*Store, View, asked) []error
}{
	{"2.1", func(s *Store, v View, a asked) (errs []error) {
		for _, n := range a.numre {
			_, _, err := s.AntallArbeidstakere(ctx, v, n)
			errs = append(errs, err)
		}
		return errs
	}},
	{"2.2", func(s *Store, v View, a asked) (errs []error) {
		for _, n := range a.numre {
			_, err := s.Arbeidsgiver(ctx, v, n, Filter{})
			errs = append(errs, err)
		}
		return errs
	}},
	{"2.3", func(s *Store, v View, a asked) (errs []error) {
		for _, n := range a.numre {
			_, err := s.Arbeidstaker(ctx, v, n, Filter{})
			errs = append(errs, err)
		}
		return errs
	}},
	{"2.4, persons", func(s *Store, v View, a asked) []error {
		_, _, err := s.SoekPersonligeArbeidsgivere(ctx, v, Personsoek{Navn: Navn{Etternavn: a.navn}, Maks: 10})
		return []error{err}
	}},
	{"2.4, units", func(s *Store, v View, a asked) []error {
		_, _, err := s.SoekEnheter(ctx, v, Enhetssoek{Navn: a.navn, InkluderOpphoerte: true, Maks: 10})
		return []error{err}
	}},
	{"2.5", func(s *Store, v View, a asked) []error {
		_, _, err := s.SoekArbeidstakere(ctx, v, Personsoek{Navn: Navn{Etternavn: a.navn}, Maks: 10})
		return []error{err}
	}},
	{"2.6", func(s *Store, v View, a asked) (errs []error) {
		for _, id := range a.ids {
			_, err := s.Arbeidsforhold(ctx, v, id)
			errs = append(errs, err)
		}
		return errs
	}},
}

var nobody = asked{[]string{"01839999999", "01839999998"}, "Ingensteds", []int64{9001, 9002, 9003}}

// persons makes one of each grade: employee, employer and opplysningspliktig, under two numbers.
func persons(t *testing.T, s *Store) (all [4]asked) {
	citizen := &Person{Foedselsnr: annenNr, Navn: Navn{Etternavn: "Borger"}}
	update(t, s, func(tx *Tx) error {
		err := errors.Join(tx.PutPerson(citizen), tx.PutEnhet(enhet(underenhetNr, "Utafor", "BEDR", "")), tx.PutEnhet(enhet(hovedenhetNr, "Innafor", "AS", "")))
		for g := range all {
			nummer, former, navn := fmt.Sprintf("0181000000%d", g), fmt.Sprintf("0282000000%d", g), fmt.Sprintf("Vern%c", 'a'+g)
			id := int64(10 * (g + 1))
			taker, giver, pliktig := jobb(id, nummer), jobb(id+1, annenNr), jobb(id+2, annenNr)
			giver.Arbeidssted, pliktig.Opplysningspliktig = Part{"Person", nummer}, Part{"Person", nummer}
			err = errors.Join(err, tx.PutArbeidsforhold(taker), tx.PutArbeidsforhold(giver), tx.PutArbeidsforhold(pliktig), tx.PutPerson(
				&Person{Foedselsnr: nummer, TidligereNumre: []string{former}, Navn: Navn{Etternavn: navn}, Adressebeskyttelse: Gradering(g)}))
			all[g] = asked{[]string{nummer, former}, navn, []int64{id, id + 1, id + 2}}
		}
		return err
	})
	return all
}

// TestWhomAViewMayNotKnowOfCostsWhatNobodyCosts: the outcome, the statements and the rows of a question about a protected
// person, or one outside, are those of a question about an id that nobody has.
func TestWhomAViewMayNotKnowOfCostsWhatNobodyCosts(t *testing.T) {
	s := newStore(t)
	graded := persons(t, s)
	unit := asked{[]string{underenhetNr, underenhetNr}, "Utafor", nobody.ids}
	kode, data := seesAll, seesAll
	kode.Fortrolig, kode.StrengtFortrolig = InnsynKode, InnsynKode
	kode.Omfang, data.Omfang = &Omfang{Arbeidsgivere: []string{hovedenhetNr}}, &Omfang{Arbeidsgivere: []string{hovedenhetNr}, Personer: []string{annenNr}}
	few := seesAll
	few.Omfang = &Omfang{Personer: []string{annenNr}}
	for _, c := range []struct {
		name string
		view View
		who  []asked
	}{
		{"ingen", nothing, graded[Fortrolig:]},
		{"ingen of fortrolig alone", View{Today: seesAll.Today, StrengtFortrolig: InnsynData}, graded[Fortrolig:StrengtFortrolig]},
		{"ingen of strengt fortrolig alone", View{Today: seesAll.Today, Fortrolig: InnsynKode}, graded[StrengtFortrolig:]},
		{"outside the employers, kode", kode, append(graded[:], unit)},
		{"outside employers and persons, data", data, append(graded[:], unit)},
		{"outside the persons, data", few, graded[:]},
	} {
		for _, q := range questions {
			if c.name == "outside the persons, data" && q.product == "2.4, units" {
				continue // every unit is inside
			}
			for range cap(s.naa.Load().readers) { // every connection has prepared what it asks, and knows the Omfang
				for _, who := range append(c.who, nobody) {
					q.ask(s, c.view, who)
				}
			}
			asked := 0
			want := spent(s, func() { asked = len(q.ask(s, c.view, nobody)) })
			for i, who := range c.who {
				var errs []error
				got := spent(s, func() { errs = q.ask(s, c.view, who) })
				for _, err := range errs {
					if !errors.Is(err, ErrIngen) {
						t.Errorf("§ %s, %s, number %d: %v", q.product, c.name, i, err)
					}
				}
				if got != want {
					t.Errorf("§ %s, %s, number %d: %+v, of nobody %+v", q.product, c.name, i, got, want)
				}
			}
			t.Logf("§ %s, %s: %d statements and %d rows for %d questions, about each of %d and about nobody", q.product, c.name,
				want.setninger, want.rader, asked, len(c.who))
		}
	}
}

// What is found with the right does cost: the comparison above would see a difference.
func TestCostOfAQuestionIsCounted(t *testing.T) {
	s := newStore(t)
	graded := persons(t, s)
	for _, q := range questions {
		who := graded[StrengtFortrolig]
		if q.product == "2.4, units" {
			who.navn = "Utafor"
		}
		if found, none := spent(s, func() { q.ask(s, seesAll, who) }), spent(s, func() { q.ask(s, seesAll, nobody) }); found.rader <= none.rader {
			t.Errorf("§ %s: %+v for somebody, %+v for nobody", q.product, found, none)
		}
	}
}
