package store

import (
	"fmt"
	"testing"
)

// manyHansen is a register in which 5000 employees have one etternavn, and some have others that sound or begin alike.
func manyHansen(tb testing.TB) *Store {
	tb.Helper()
	s, err := InMemory()
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { s.Close() })
	fornavn := []string{"Kari", "Ola", "Anne Marie", "Per", "Åse", "Bjørn", "Ingrid", "Nils"}
	err = s.Update(ctx, func(tx *Tx) error {
		for i := range 6500 {
			p := Person{Foedselsnr: fmt.Sprintf("0181%07d", i), Navn: Navn{Etternavn: "Hansen", Fornavn: fornavn[i%8]}, Kjoenn: "K", Foedselsdato: 19700101}
			switch {
			case i >= 6300:
				p.Navn.Etternavn = fmt.Sprintf("Hansen %c%cvik", 'A'+i%26, 'a'+i/26%26)
			case i >= 6000:
				p.Navn.Etternavn = "Hanzen"
			case i >= 5000:
				p.Navn.Etternavn = "Hanssen"
			}
			if i%50 == 0 {
				p.TidligereNavn = []Navn{{Etternavn: "Vik", Fornavn: p.Navn.Fornavn}}
			}
			if err := tx.PutPerson(&p); err != nil {
				return err
			}
			if err := tx.PutArbeidsforhold(jobb(int64(1000+i), p.Foedselsnr)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

// hansensoek are searches of which each shows 1000 hits.
var hansensoek = []struct {
	name string
	soek Personsoek
}{
	{"exact", Personsoek{Navn: Navn{Etternavn: "Hansen"}, Maks: 1000}},
	{"phonetic", Personsoek{Navn: Navn{Etternavn: "Hansen"}, Fonetisk: true, Maks: 1000}},
	{"phonetic, few of them whole", Personsoek{Navn: Navn{Etternavn: "Hanzen"}, Fonetisk: true, Maks: 1000}},
	{"by fornavn as well", Personsoek{Navn: Navn{Etternavn: "Hanzen", Fornavn: "Anne"}, Fonetisk: true, Maks: 1000}},
}

func BenchmarkSoekArbeidstakere(b *testing.B) {
	s := manyHansen(b)
	for _, q := range hansensoek {
		b.Run(q.name, func(b *testing.B) {
			b.ReportAllocs()
			n := 0
			for range b.N {
				hits, _, err := s.SoekArbeidstakere(ctx, seesAll, q.soek)
				if err != nil {
					b.Fatal(err)
				}
				n = len(hits)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/hit")
		})
	}
}

// TestAHitCostsNoMoreThanItsShareOfAPiece states what 1000 hits of 5000 candidates take: statements and rows, and allocations
// that follow the pieces and not the hits.
func TestAHitCostsNoMoreThanItsShareOfAPiece(t *testing.T) {
	s := manyHansen(t)
	pieces := 1000/stykkeposter + 1
	for i, want := range []struct {
		arbeid arbeid
		allocs float64
	}{
		{arbeid{2, 1 + pieces}, 100},
		{arbeid{2, 1 + pieces}, 100},
	} {
		q := hansensoek[i]
		ask := func() {
			if hits, found, err := s.SoekArbeidstakere(ctx, seesAll, q.soek); err != nil || len(hits) != 1000 || found != 1001 {
				t.Fatalf("%s: %d of %d: %v", q.name, len(hits), found, err)
			}
		}
		if got := spent(s, ask); got != want.arbeid {
			t.Errorf("%s: %+v, want %+v", q.name, got, want.arbeid)
		}
		if n := testing.AllocsPerRun(5, ask); n > want.allocs {
			t.Errorf("%s: %.0f allocations, want at most %.0f", q.name, n, want.allocs)
		} else {
			t.Logf("%s: %.0f allocations", q.name, n)
		}
	}
}
