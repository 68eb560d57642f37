package store

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// within is the view of one who may have the data of whomever an Omfang has.
func within(o *Omfang) View {
	v := seesAll
	v.Omfang = o
	return v
}

// workers makes a unit below a hovedenhet and one employee after the other, and returns their numbers.
func workers(t *testing.T, s *Store, n int) (numre []string) {
	t.Helper()
	update(t, s, func(tx *Tx) error {
		err := errors.Join(tx.PutEnhet(enhet(hovedenhetNr, "Hoved", "AS", "")), tx.PutEnhet(enhet(underenhetNr, "Under", "BEDR", hovedenhetNr)))
		for i := range n {
			numre = append(numre, fmt.Sprintf("0181%07d", i))
			err = errors.Join(err, tx.PutArbeidsforhold(jobb(int64(1+i), numre[i])))
		}
		return err
	})
	return numre
}

func antallWithin(t *testing.T, s *Store, o *Omfang) int {
	t.Helper()
	_, antall, err := s.AntallArbeidstakere(ctx, within(o), underenhetNr)
	if err != nil {
		t.Fatal(err)
	}
	return antall
}

func TestOmfangIsReckonedOnceAndAnewWhenTheRegisterChanges(t *testing.T) {
	path := filepath.Join(t.TempDir(), "register.db")
	s, err := Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	numre := workers(t, s, 3)
	o := &Omfang{Personer: numre[:2]}
	cost := func() arbeid { return spent(s, func() { antallWithin(t, s, o) }) }
	rounds := func() (costs []arbeid) {
		for range cap(s.naa.Load().readers) {
			costs = append(costs, cost())
		}
		return costs
	}
	for _, change := range []func(*Tx) error{
		func(*Tx) error { return nil },
		func(tx *Tx) error { return tx.PutArbeidsforhold(jobb(100, numre[2])) },
	} {
		if err := Amend(ctx, path, nil, change); err != nil { // as another process does
			t.Fatal(err)
		}
		first := rounds()
		for i, c := range rounds() {
			if c.setninger >= first[i].setninger {
				t.Errorf("connection %d: %+v the first time, %+v the second", i, first[i], c)
			}
		}
	}
	if got := antallWithin(t, s, o); got != 2 {
		t.Errorf("%d inside, want 2", got)
	}
	update(t, s, func(tx *Tx) error {
		return tx.PutPerson(&Person{Foedselsnr: numre[2], TidligereNumre: []string{"02820000001"}})
	})
	if got := antallWithin(t, s, &Omfang{Personer: append(numre[:2:2], "02820000001")}); got != 3 {
		t.Errorf("%d inside by number and former number, want 3", got)
	}
	update(t, s, func(tx *Tx) error {
		return tx.PutPerson(&Person{Foedselsnr: "01819999999", TidligereNumre: numre[:1:1]})
	})
	if got := antallWithin(t, s, o); got != 2 {
		t.Errorf("%d inside after one got a new number, want 2", got)
	}
}

func TestListsOfAnOmfangThatAreNilAreEverybodyAndEmptyOnesNobody(t *testing.T) {
	s := newStore(t)
	numre := workers(t, s, 3)
	none := []string{}
	for i, c := range []struct {
		o    *Omfang
		want int
		err  error
	}{
		{nil, 3, nil},
		{&Omfang{}, 3, nil},
		{&Omfang{Personer: none}, 0, nil},
		{&Omfang{Personer: numre[1:]}, 2, nil},
		{&Omfang{Arbeidsgivere: none}, 0, ErrIngen},
		{&Omfang{Arbeidsgivere: []string{hovedenhetNr}}, 3, nil},
		{&Omfang{Arbeidsgivere: []string{hovedenhetNr}, Personer: numre[:1]}, 1, nil},
		{&Omfang{Arbeidsgivere: []string{`"]`, "'", "\x00", ""}}, 0, ErrIngen},
	} {
		_, got, err := s.AntallArbeidstakere(ctx, within(c.o), underenhetNr)
		if got != c.want || !errors.Is(err, c.err) {
			t.Errorf("Omfang %d: %d (%v), want %d (%v)", i, got, err, c.want, c.err)
		}
	}
}

func TestConnectionKeepsTheOmfangOfLatelyAndNoMore(t *testing.T) {
	s := newStore(t)
	numre := workers(t, s, 2)
	r := <-s.naa.Load().readers
	defer func() { s.naa.Load().readers <- r }()
	ask := func(o *Omfang) (antall int) {
		err := r.snapshot(ctx, o, func() error {
			who, err := r.finn(ctx, within(o), somArbeidsgiver, underenhetNr, nil)
			if err == nil {
				_, err = r.oneSeen(ctx, &antallArbeidstakere, []any{who.aktoer, seesAll.Today, seesAll.visible()}, &antall)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return antall
	}
	often := &Omfang{Personer: numre}
	for i := range 2*omfangMax + 10 {
		if got := ask(&Omfang{Personer: numre[:1]}); got != 1 {
			t.Fatalf("Omfang %d: %d inside, want 1", i, got)
		}
		if got := ask(often); got != 2 {
			t.Fatalf("the one that is always asked for, time %d: %d inside, want 2", i, got)
		}
	}
	rows := func() (n int64) {
		if _, err := r.one(ctx, `SELECT count(*) FROM temp.omfang`, nil, &n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if m := r.omfangene; len(m.kjente) != omfangMax || m.siste != 2*omfangMax+11 || rows() != m.rader {
		t.Errorf("%d kept of %d, %d rows, %d counted", len(m.kjente), m.siste, rows(), m.rader)
	}
	const long = omfangraderMax/10 + 1 // as if each had so many rows
	for _, k := range r.omfangene.kjente {
		k.rader = long
	}
	r.omfangene.rader = omfangMax * long
	if got := ask(&Omfang{Personer: numre[1:]}); got != 1 || len(r.omfangene.kjente) != 10 || r.omfangene.kjente[often] == nil {
		t.Errorf("%d inside, %d kept where 9 and a short one have room", got, len(r.omfangene.kjente))
	}
}

func TestCancelledWhileItIsReckonedAnOmfangIsStillRight(t *testing.T) {
	s := newStore(t)
	numre := workers(t, s, 5)
	for i := range 5000 {
		numre = append(numre, fmt.Sprintf("0283%07d", i))
	}
	cancelled := 0
	for i := range 30 {
		o := &Omfang{Personer: numre[1:]}
		hasty, cancel := context.WithTimeout(ctx, time.Duration(i)*200*time.Microsecond)
		_, antall, err := s.AntallArbeidstakere(hasty, within(o), underenhetNr)
		cancel()
		if err != nil {
			cancelled++
		} else if antall != 4 {
			t.Errorf("%d inside, want 4", antall)
		}
		for range cap(s.naa.Load().readers) {
			if got := antallWithin(t, s, o); got != 4 {
				t.Fatalf("%d inside after question %d was cancelled, want 4", got, i)
			}
		}
	}
	t.Logf("%d of 30 cancelled", cancelled)
	if cancelled == 0 {
		t.Error("none was cancelled")
	}
}

// A unit has one employee while it is inside, and two while it is not: whoever sees two has mixed two states.
func TestOmfangIsOfTheSnapshotThatIsRead(t *testing.T) {
	s, err := Create(filepath.Join(t.TempDir(), "register.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	const other = "210001018"
	workers(t, s, 1)
	done := make(chan bool)
	var readers sync.WaitGroup
	var both atomic.Int32 // readers who have seen the unit inside and outside
	for range 3 {
		o := &Omfang{Arbeidsgivere: []string{hovedenhetNr}}
		readers.Go(func() {
			seen := map[int]int{}
			for {
				select {
				case <-done:
					return
				default:
				}
				_, antall, err := s.AntallArbeidstakere(ctx, within(o), underenhetNr)
				if antall == 2 || err != nil && !errors.Is(err, ErrIngen) {
					t.Errorf("%d inside: %v", antall, err)
					return
				}
				if seen[antall]++; len(seen) == 2 && seen[antall] == 1 {
					both.Add(1)
				}
			}
		})
	}
	for i := 0; i < 40 || both.Load() < 3 && i < 5000; i++ {
		update(t, s, func(tx *Tx) error {
			if i%2 == 1 {
				return errors.Join(tx.PutEnhet(enhet(underenhetNr, "Under", "BEDR", hovedenhetNr)), tx.DeleteArbeidsforhold(2))
			}
			return errors.Join(tx.PutEnhet(enhet(underenhetNr, "Under", "BEDR", other)), tx.PutArbeidsforhold(jobb(2, annenNr)))
		})
	}
	close(done)
	readers.Wait()
	if both.Load() != 3 {
		t.Errorf("%d of 3 readers have seen both states", both.Load())
	}
}

func TestPersonWhomASourceHasTakenBackIsFound(t *testing.T) {
	s := newStore(t)
	update(t, s, func(tx *Tx) error {
		return errors.Join(tx.PutPerson(&Person{Foedselsnr: takerNr, Navn: Navn{Etternavn: "Borger"}, Adressebeskyttelse: Fortrolig}), tx.PutArbeidsforhold(jobb(1, takerNr)))
	})
	update(t, s, func(tx *Tx) error { return tx.DeletePerson(takerNr) })
	if p, err := s.Arbeidstaker(ctx, seesAll, takerNr, Filter{}); err != nil || len(p.Arbeidsforhold) != 1 {
		t.Errorf("with the right: %v", err)
	}
	if _, err := s.Arbeidstaker(ctx, nothing, takerNr, Filter{}); !errors.Is(err, ErrIngen) {
		t.Errorf("without: %v", err)
	}
}

// Somebody is found by an arbeidsforhold that is both inside and seen, not by one of each.
func TestNobodyIsFoundByOneSeenOutsideAndOneProtectedInside(t *testing.T) {
	const protected = "01810000001"
	s := newStore(t)
	update(t, s, func(tx *Tx) error {
		inside := jobb(2, takerNr)
		inside.Arbeidssted, inside.Opplysningspliktig = Part{"Person", protected}, Part{}
		return errors.Join(tx.PutPerson(&Person{Foedselsnr: takerNr, Navn: Navn{Etternavn: "Borger"}}),
			tx.PutPerson(&Person{Foedselsnr: protected, Adressebeskyttelse: Fortrolig}), tx.PutArbeidsforhold(jobb(1, takerNr)), tx.PutArbeidsforhold(inside))
	})
	for setting, want := range map[Innsyn]error{InnsynIngen: ErrIngen, InnsynKode: ErrIngen, InnsynData: nil} {
		v := View{Today: seesAll.Today, Fortrolig: setting, Omfang: &Omfang{Arbeidsgivere: []string{protected}}}
		if _, err := s.Arbeidstaker(ctx, v, takerNr, Filter{}); !errors.Is(err, want) {
			t.Errorf("setting %d: %v, want %v", setting, err, want)
		}
		if _, _, err := s.SoekArbeidstakere(ctx, v, Personsoek{Navn: Navn{Etternavn: "Borger"}, Maks: 1}); !errors.Is(err, want) {
			t.Errorf("setting %d, by name: %v, want %v", setting, err, want)
		}
	}
}
