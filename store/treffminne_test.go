package store

import (
	"errors"
	"math/rand/v2"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

// TestHitsInMemoryThatIsUsedAgain draws searches, and gives all of them the same memory: each finds what it finds in memory of
// its own.
func TestHitsInMemoryThatIsUsedAgain(t *testing.T) {
	var minne Treffminne
	r := &navneregister{t: t, s: newStore(t), rnd: rand.New(rand.NewPCG(1, 5))}
	r.fyll(400, 600)
	w := newEnhetsverden(t, 1)
	update(t, w.s, func(tx *Tx) (err error) {
		for i := range verdensenheter {
			err = errors.Join(err, tx.PutEnhet(w.enhet(i)))
		}
		return err
	})
	v, found := View{Today: 20250615, Fortrolig: InnsynData}, 0
	for range 400 {
		soek := r.soek()
		want, n, _ := r.s.SoekArbeidstakere(ctx, v, soek)
		soek.Minne = &minne
		got, _, _ := r.s.SoekArbeidstakere(ctx, v, soek)
		if diff := gocmp.Diff(want, got, gocmp.AllowUnexported(Persontreff{}, livsloep{})); diff != "" {
			t.Fatalf("%+v (-own +given):\n%s", soek, diff)
		}
		enhetssoek := w.soek()
		units, m, _ := w.s.SoekEnheter(ctx, v, enhetssoek)
		enhetssoek.Minne = &minne
		same, _, _ := w.s.SoekEnheter(ctx, v, enhetssoek)
		if diff := gocmp.Diff(units, same, gocmp.AllowUnexported(Enhetstreff{})); diff != "" {
			t.Fatalf("%+v (-own +given):\n%s", enhetssoek, diff)
		}
		found += min(n, 1) + min(m, 1)
	}
	if found < 400 {
		t.Errorf("%d of 800 searches found something", found)
	}
}

// TestHitsInMemoryThatIsThereAllocateNothing: what is left is of the search itself.
func TestHitsInMemoryThatIsThereAllocateNothing(t *testing.T) {
	const most = 25
	minne, names, units := new(Treffminne), manyHansen(t), enhetsbenk(t)
	for _, q := range hansensoek[:2] { // those that are answered from one list
		q.soek.Minne = minne
		if n := testing.AllocsPerRun(5, func() { _, _, _ = names.SoekArbeidstakere(ctx, seesAll, q.soek) }); n > most {
			t.Errorf("%s: %.0f allocations", q.name, n)
		} else {
			t.Logf("%s: %.0f allocations", q.name, n)
		}
	}
	for _, q := range benkesoek {
		q.soek.Minne = minne
		if n := testing.AllocsPerRun(5, func() { _, _, _ = units.SoekEnheter(ctx, seesAll, q.soek) }); n > most {
			t.Errorf("%s: %.0f allocations", q.navn, n)
		} else {
			t.Logf("%s: %.0f allocations", q.navn, n)
		}
	}
}

func TestWhatIsFullStaysWhereItIs(t *testing.T) {
	var lager tekstlager
	first := lager.kopi("first")
	for range 3 << 10 {
		lager.kopi("what does not fit leaves those before alone")
	}
	if first != "first" {
		t.Errorf("a copy has become %q", first)
	}
	var list []int
	one := enTil(&list)
	*one = 1
	for range 100 {
		*enTil(&list) = 2
	}
	if *one != 1 {
		t.Error("one has moved")
	}
}

// TestMemoryThatIsLargeIsNotKept: that of a thousand hits is.
func TestMemoryThatIsLargeIsNotKept(t *testing.T) {
	names, units := manyHansen(t), enhetsbenk(t)
	for maks, large := range map[int]bool{1000: false, 5000: true} {
		taken, given := new(Treffminne), new(Treffminne)
		_, _, err := names.SoekArbeidstakere(ctx, seesAll, Personsoek{Navn: Navn{Etternavn: "Hansen"}, Maks: maks, Minne: taken})
		_, _, failed := units.SoekEnheter(ctx, seesAll, Enhetssoek{Navn: "Bakken", Fonetisk: true, Maks: maks, Minne: given})
		if err != nil || failed != nil || taken.stort() != large || given.stort() != large {
			t.Errorf("%d hits: too large to keep %v and %v (%v, %v)", maks, taken.stort(), given.stort(), err, failed)
		}
	}
	(*Treffminne)(nil).Release()
}
