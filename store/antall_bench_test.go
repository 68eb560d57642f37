package store

import (
	"path/filepath"
	"strconv"
	"testing"
	"time"
)

// BenchmarkAntallArbeidstakere asks how many are employed by employers of three sizes; beside it, how much longer counting
// them takes than all of the question.
func BenchmarkAntallArbeidstakere(b *testing.B) {
	s, err := Create(filepath.Join(b.TempDir(), "register.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	sizes := []int{10, 1000, 40_000}
	numre := employees(b, s, sizes...)
	for i, size := range sizes {
		b.Run(strconv.Itoa(size), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := s.AntallArbeidstakere(ctx, seesAll, numre[i]); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(counting(b, s, numre[i]))*float64(b.N)/float64(b.Elapsed()), "counting/question")
		})
	}
}

// counting is how long it takes to count those who are employed by a unit.
func counting(b *testing.B, s *Store, nummer string) time.Duration {
	b.Helper()
	const rounds = 20
	begun := time.Now()
	err := s.read(ctx, nil, func(r *reader, _ *kodebok) error {
		who, err := r.finn(ctx, seesAll, somArbeidsgiver, nummer, nil)
		if err != nil {
			return err
		}
		for range rounds {
			var antall int
			if _, err := r.oneSeen(ctx, &antallArbeidstakere, []any{who.aktoer, seesAll.Today, seesAll.visible()}, &antall); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return time.Since(begun) / rounds
}
