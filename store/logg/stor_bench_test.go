package logg

import (
	"os"
	"strconv"
	"testing"
	"time"
)

// benchRader is how many rows the log of BenchmarkLes has: AAREG_BENCH_RADER=1000000 for a large one.
func benchRader() int {
	if n, err := strconv.Atoi(os.Getenv("AAREG_BENCH_RADER")); err == nil {
		return n
	}
	return 20_000
}

// BenchmarkLes reads one log in each way: verified, searched by person with the index still to be made and with it
// made, by an hour, by consumer, and as quotas are restored; and at last removed from.
func BenchmarkLes(b *testing.B) {
	l, f := nyLogg(b)
	rows := benchRader()
	for from := 0; from < rows; from += gruppeRader {
		if err := l.endre(b.Context(), func(t *tx) error {
			for i := from; i < min(rows, from+gruppeRader); i++ {
				p, err := lagPost(prosa(i, person(i), person(7*i+1), person(13*i+2)))
				if err == nil {
					_, err = t.legg(&p)
				}
				if err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			b.Fatal(err)
		}
	}
	hour := dag.Add(time.Duration(rows/2) * time.Minute)
	search := func(ask Filter) func() error {
		return func() error { return l.Soek(b.Context(), ask, func(*Rad) error { return nil }) }
	}
	for _, c := range []struct {
		name string
		run  func() error
	}{
		{"verify", func() error { _, err := Verify(b.Context(), f.logg, f.noekkel, nil); return err }},
		{"index", func() error { os.Remove(l.indeksfil()); return search(Filter{Personer: []uint64{person(1)}})() }},
		{"person", search(Filter{Personer: []uint64{person(1)}})},
		{"hour", search(Filter{Fra: hour, Til: hour.Add(time.Hour)})},
		{"consumer", search(Filter{Konsument: "210000001"})},
		{"quotas", func() error {
			return l.PersonerSiden(b.Context(), 1, dag, func([]uint64) error { return nil })
		}},
		{"remove half", func() error {
			_, err := l.Slett(b.Context(), dag.Add(time.Duration(rows/2)*time.Minute), Rad{})
			return err
		}},
	} {
		b.Run(c.name, func(b *testing.B) {
			for range b.N {
				if err := c.run(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
