package tilgang

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"aareg/store/konsument"
	"aareg/store/logg"
)

func kvote(personer int) konsument.Rettigheter {
	rett := standard
	rett.PersonerPerDoegn = personer
	return rett
}

var forMangePersoner = Avslag{"personerPerDoegn", true}

// TestDifferentPersonsADayAreLimited: whoever was told of once may be told of again, and an answer that goes over is
// refused whole and counts nobody.
func TestDifferentPersonsADayAreLimited(t *testing.T) {
	v := nyVerden(t)
	i := v.with(kvote(5))
	for _, step := range []struct {
		personer []uint64
		want     Avslag
	}{
		{nil, Avslag{}},
		{[]uint64{1, 2, 3, 3, 3}, Avslag{}},
		{[]uint64{1, 2, 3}, Avslag{}},
		{[]uint64{3, 4, 5, 6}, forMangePersoner},
		{[]uint64{4, 4, 5}, Avslag{}},
		{[]uint64{6}, forMangePersoner},
		{[]uint64{1, 2, 3, 4, 5}, Avslag{}},
		{nil, Avslag{}},
	} {
		if got := avslag(t, i.Utlever(step.personer)); got != step.want {
			t.Errorf("%v: %+v", step.personer, got)
		}
	}
}

// TestDayIsNorways: it begins at 23 UTC in winter and at 22 in summer.
func TestDayIsNorways(t *testing.T) {
	for _, midnight := range []time.Time{time.Date(2026, 2, 3, 23, 0, 0, 0, time.UTC), time.Date(2026, 7, 3, 22, 0, 0, 0, time.UTC),
		time.Date(2026, 3, 28, 23, 0, 0, 0, time.UTC), time.Date(2026, 3, 29, 22, 0, 0, 0, time.UTC)} { // around a day of 23 hours
		v := nyVerden(t)
		v.now = midnight.Add(-time.Second)
		i := v.with(kvote(1))
		if got := avslag(t, i.Utlever([]uint64{1})); got != (Avslag{}) {
			t.Errorf("before %v: %+v", midnight, got)
		}
		if got := avslag(t, i.Utlever([]uint64{2})); got != forMangePersoner {
			t.Errorf("before %v, the second: %+v", midnight, got)
		}
		v.pass(time.Second)
		if got := avslag(t, i.Utlever([]uint64{2})); got != (Avslag{}) {
			t.Errorf("at %v: %+v", midnight, got)
		}
	}
}

func TestQuotaIsTheConsumersWhateverItsLogins(t *testing.T) {
	v := nyVerden(t)
	first := v.with(kvote(2))
	v.login(first.Konsument.Nr, "annen", nil)
	v.login(v.konsument(fond, kvote(2)), "fond", nil)
	second, other := v.inn(v.port, bruker("annen", passord)), v.inn(v.port, bruker("fond", passord))
	v.must(first.Utlever([]uint64{1, 2}))
	if got := avslag(t, second.Utlever([]uint64{3})); got != forMangePersoner {
		t.Errorf("another login: %+v", got)
	}
	v.must(other.Utlever([]uint64{3, 4}))
}

// TestChangedQuotaCountsOn: more room, less, none, and no limit at all, which keeps no set.
func TestChangedQuotaCountsOn(t *testing.T) {
	v := nyVerden(t)
	i := v.with(kvote(2))
	v.must(i.Utlever([]uint64{1, 2}))
	for _, step := range []struct {
		kvote    int
		personer []uint64
		want     Avslag
		kept     int
	}{{3, []uint64{3}, Avslag{}, 3}, {3, []uint64{4}, forMangePersoner, 3}, {1, []uint64{1, 2, 3}, Avslag{}, 3}, {1, []uint64{4}, forMangePersoner, 3},
		{konsument.Ubegrenset, []uint64{5, 6, 7, 8}, Avslag{}, 0}} {
		v.must(v.reg.Endre(i.Konsument.Nr, func(k *konsument.Konsument) error { k.Rettigheter.PersonerPerDoegn = step.kvote; return nil }))
		i = v.inn(v.port, bruker("etat", passord))
		if got := avslag(t, i.Utlever(step.personer)); got != step.want {
			t.Errorf("quota %d, %v: %+v", step.kvote, step.personer, got)
		}
		if got := len(i.rett.doegn.personer); got != step.kept {
			t.Errorf("quota %d, %v: %d persons kept", step.kvote, step.personer, got)
		}
	}
}

func TestManyAnswersAtOnceDoNotGoOverTheQuota(t *testing.T) {
	v := nyVerden(t)
	i := v.with(kvote(100))
	var given atomic.Int64
	var all sync.WaitGroup
	for n := range 16 {
		all.Go(func() {
			for m := range 10 {
				if i.Utlever([]uint64{uint64(n), 1000 + uint64(n*10+m)}) == nil {
					given.Add(1)
				}
			}
		})
	}
	all.Wait()
	if got := len(i.rett.doegn.personer); got > 100 || given.Load() < 99-16 { // each answer adds its own person, and one of 16
		t.Errorf("%d persons in %d answers", got, given.Load())
	}
}

// TestQuotaIsRestoredFromTheLog after a restart: of this consumer, of today, and what was given, not what was refused.
func TestQuotaIsRestoredFromTheLog(t *testing.T) {
	v := nyVerden(t)
	k := v.with(kvote(5)).Konsument.Nr
	dir := t.TempDir()
	l, err := logg.Create(filepath.Join(dir, "logg.db"), filepath.Join(dir, "noekkel"))
	v.must(err)
	defer l.Close()
	midnight := time.Date(2026, 3, 9, 23, 0, 0, 0, time.UTC)
	for _, r := range []logg.Rad{
		{Tid: midnight.Add(-time.Millisecond), Konsument: k, Personer: []uint64{11, 12, 13}},
		{Tid: midnight, Konsument: k, Personer: []uint64{1, 2}},
		{Tid: midnight.Add(time.Hour), Konsument: k, Personer: []uint64{2, 3}},
		{Tid: midnight.Add(time.Hour), Konsument: k, Avslag: true, Personer: []uint64{21, 22, 23}},
		{Tid: midnight.Add(time.Hour), Konsument: k + 1, Personer: []uint64{31, 32, 33}},
	} {
		r.Slag, r.Utfall = logg.Svar, "komplett"
		v.must(l.Skriv(context.Background(), &r))
	}
	p, err := New(Config{Konsumenter: v.reg, Logg: l, Now: v.clock})
	v.must(err)
	i := v.inn(p, bruker("etat", passord))
	for _, step := range []struct {
		personer []uint64
		want     Avslag
	}{{[]uint64{4, 5, 6}, forMangePersoner}, {[]uint64{1, 2, 3}, Avslag{}}, {[]uint64{4, 5}, Avslag{}}, {[]uint64{11}, forMangePersoner}} {
		if got := avslag(t, i.Utlever(step.personer)); got != step.want {
			t.Errorf("%v: %+v", step.personer, got)
		}
	}
	v.must(v.reg.Endre(k, func(k *konsument.Konsument) error { k.Rettigheter.PersonerPerDoegn = 2; return nil }))
	p, err = New(Config{Konsumenter: v.reg, Logg: l, Now: v.clock})
	v.must(err)
	i = v.inn(p, bruker("etat", passord))
	if got := avslag(t, i.Utlever([]uint64{4})); got != forMangePersoner || len(i.rett.doegn.personer) != 2 {
		t.Errorf("a smaller quota: %+v, %d persons kept", got, len(i.rett.doegn.personer))
	}
}

// TestUnreadableLogLetsNothingOut: it is not known whom the consumer was told of. That is no right that is missing.
func TestUnreadableLogLetsNothingOut(t *testing.T) {
	v := nyVerden(t)
	v.with(kvote(5))
	dir := t.TempDir()
	l, err := logg.Create(filepath.Join(dir, "logg.db"), filepath.Join(dir, "noekkel"))
	v.must(err)
	defer l.Close()
	v.must(os.Remove(filepath.Join(dir, "logg.db")))
	p, err := New(Config{Konsumenter: v.reg, Logg: l, Now: v.clock})
	v.must(err)
	i := v.inn(p, bruker("etat", passord))
	for range 2 {
		err := i.Utlever([]uint64{1})
		if _, refused := err.(*Avslag); err == nil || refused {
			t.Errorf("got %v", err)
		}
	}
}

func BenchmarkUtlever(b *testing.B) {
	for _, answer := range []int{1, 1000} {
		b.Run(fmt.Sprintf("%d_persons", answer), func(b *testing.B) {
			v := nyVerden(b)
			i := v.with(kvote(50_000))
			personer := make([]uint64, answer)
			for n := range personer {
				personer[n] = uint64(n)
			}
			for b.Loop() {
				v.must(i.Utlever(personer))
			}
		})
	}
}
