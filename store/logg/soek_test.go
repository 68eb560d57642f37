package logg

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// funnet are the numbers of the rows that a search finds.
func funnet(t testing.TB, l *Logg, f Filter) []int64 {
	t.Helper()
	numbers := []int64{}
	if err := l.Soek(t.Context(), f, func(r *Rad) error { numbers = append(numbers, r.Nr); return nil }); err != nil {
		t.Fatal(err)
	}
	return numbers
}

// tilfeldigLogg has rows in nearly the order of time: some late by seconds, some by hours, one far ahead.
func tilfeldigLogg(t *testing.T, l *Logg, rows int) (all []*Rad) {
	t.Helper()
	random := rand.New(rand.NewPCG(9, uint64(rows)))
	for i := range rows {
		r := prosa(i, person(random.IntN(60)), person(random.IntN(60)))
		r.Tid = r.Tid.Add(-time.Duration(random.IntN(300)) * time.Second)
		if i%50 == 20 {
			r.Tid = r.Tid.Add(-3 * time.Hour)
		}
		if i == rows*3/4 {
			r.Tid = r.Tid.Add(10 * time.Hour)
		}
		if i%40 == 7 {
			for p := range storRad + 50 {
				r.Personer = append(r.Personer, person(30+p))
			}
		}
		r.Avslag = i%7 == 0
		if i%5 == 0 {
			r.Produkt = "hentArbeidsgiver"
		}
		if err := l.Skriv(t.Context(), r); err != nil {
			t.Fatal(err)
		}
		all = append(all, r)
	}
	return all
}

// ventet are the numbers of the rows that a filter asks for, one by one.
func ventet(all []*Rad, f Filter) []int64 {
	numbers := []int64{}
	for _, r := range all {
		asked := len(f.Personer) == 0 || slices.ContainsFunc(r.Personer, func(p uint64) bool { return slices.Contains(f.Personer, p) })
		late := !f.Fra.IsZero() && r.Tid.Before(f.Fra) || !f.Til.IsZero() && !r.Tid.Before(f.Til)
		if asked && !late && (f.Konsument == "" || r.Orgnr == f.Konsument) && (f.Produkt == "" || r.Produkt == f.Produkt) &&
			(f.Slag == "" || r.Slag == f.Slag) && (!f.BareAvslag || r.Avslag) {
			numbers = append(numbers, r.Nr)
		}
	}
	return numbers
}

func TestSearchFindsExactlyWhatWasAskedFor(t *testing.T) {
	l, f := nyLogg(t)
	all := tilfeldigLogg(t, l, 400)
	random := rand.New(rand.NewPCG(4, 4))
	hits := 0
	for i := range 300 {
		var ask Filter
		if i%2 == 0 {
			for range 1 + random.IntN(3) {
				ask.Personer = append(ask.Personer, person(random.IntN(70)))
			}
		}
		if i%3 == 0 {
			ask.Fra = dag.Add(time.Duration(random.IntN(500)-50) * time.Minute)
		}
		if i%4 > 1 {
			ask.Til = dag.Add(time.Duration(random.IntN(500)-50) * time.Minute)
		}
		if i%5 == 0 {
			ask.Konsument = all[random.IntN(400)].Orgnr
		}
		if i%7 == 0 {
			ask.Produkt = "hentArbeidsgiver"
		}
		ask.BareAvslag = i%11 == 0
		got := funnet(t, l, ask)
		if diff := cmp.Diff(ventet(all, ask), got); diff != "" {
			t.Fatalf("search %d (-want +got)\n%s", i, diff)
		}
		hits += len(got)
	}
	if hits < 1000 {
		t.Errorf("only %d hits in all", hits)
	}
	if n := len(funnet(t, l, Filter{Slag: Eksport})); n != 0 {
		t.Errorf("%d rows of a kind that was not written", n)
	}
	feilfri(t, f)
}

func TestIndexFollowsTheLog(t *testing.T) {
	l, f := nyLogg(t)
	ask := Filter{Personer: []uint64{person(5)}}
	add := func(persons ...uint64) {
		t.Helper()
		if err := l.Skriv(t.Context(), prosa(0, persons...)); err != nil {
			t.Fatal(err)
		}
	}
	expect := func(why string, want ...int64) {
		t.Helper()
		if diff := cmp.Diff(want, funnet(t, l, ask)); diff != "" {
			t.Errorf("%s (-want +got)\n%s", why, diff)
		}
	}
	add(person(5))
	add(person(6))
	expect("new index", 1)
	add(person(4), person(5))
	expect("caught up", 1, 3)
	if err := os.Remove(f.logg + ".indeks"); err != nil {
		t.Fatal(err)
	}
	expect("removed", 1, 3)
	if err := os.WriteFile(f.logg+".indeks", []byte("no database, but more than a hundred bytes of something else that somebody has written to this file, whatever for"), 0o600); err != nil {
		t.Fatal(err)
	}
	expect("damaged", 1, 3)
	other, another := nyLogg(t)
	skriv(t, other, 7)
	funnet(t, other, ask)
	kopier(t, another.logg+".indeks", f.logg+".indeks", 0o600)
	expect("another log's", 1, 3)
	info, err := os.Stat(f.logg + ".indeks")
	if err != nil || info.Mode() != 0o600 {
		t.Errorf("%v %v", info, err)
	}
}

func TestSearchStopsWithItsContextAndItsVisitor(t *testing.T) {
	l, _ := nyLogg(t)
	skriv(t, l, 5)
	enough := errors.New("enough")
	for _, ask := range []Filter{{}, {Personer: []uint64{person(1), person(2), person(3), person(4), person(5), person(6), person(7), person(8), person(9)}}} {
		ctx, cancel := context.WithCancel(t.Context())
		if err := l.Soek(ctx, ask, func(*Rad) error { return enough }); ask.Personer == nil && !errors.Is(err, enough) {
			t.Errorf("%v", err)
		}
		cancel()
		if err := l.Soek(ctx, ask, func(*Rad) error { return nil }); !errors.Is(err, context.Canceled) {
			t.Errorf("%v", err)
		}
	}
}

func TestPersonsSinceAreThoseThatWereGiven(t *testing.T) {
	l, _ := nyLogg(t)
	all := tilfeldigLogg(t, l, 120)
	trick := prosa(500, person(1))
	trick.Konsument, trick.Saksreferanse = 2, `"konsument":1,`
	if err := l.Skriv(t.Context(), trick); err != nil {
		t.Fatal(err)
	}
	since := dag.Add(40 * time.Minute)
	var want, got [][]uint64
	for _, r := range all {
		if r.Konsument == 1 && !r.Avslag && !r.Tid.Before(since) {
			want = append(want, slices.Compact(slices.Sorted(slices.Values(r.Personer))))
		}
	}
	err := l.PersonerSiden(t.Context(), 1, since, func(personer []uint64) error { got = append(got, personer); return nil })
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" || len(want) == 0 {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
