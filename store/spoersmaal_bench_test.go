package store

import (
	"errors"
	"fmt"
	"path/filepath"
	"testing"
)

// benkregister is a register in a file: persons of 8 arbeidsforhold each, under the numbers of tellende.
func benkregister(tb testing.TB, persons int) *Store {
	tb.Helper()
	s, err := Create(filepath.Join(tb.TempDir(), "register.db"))
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { s.Close() })
	err = s.Update(tb.Context(), func(tx *Tx) error {
		err := tx.PutEnhet(enhet(underenhetNr, "Sykehjemmet", "BEDR", ""))
		for i := range persons {
			err = errors.Join(err, tx.PutPerson(&Person{Foedselsnr: tellende(i), Navn: Navn{Etternavn: "Nordmann", Fornavn: "Kari"}}))
			for j := range 8 {
				err = errors.Join(err, tx.PutArbeidsforhold(jobb(int64(8*i+j+1), tellende(i))))
			}
		}
		return err
	})
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

func tellende(i int) string { return fmt.Sprintf("018150%05d", i) }

func BenchmarkArbeidsforhold(b *testing.B) {
	s := benkregister(b, 2000)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		a, err := s.Arbeidsforhold(ctx, seesAll, int64(1+i*7919%16000))
		if err != nil {
			b.Fatal(err)
		}
		a.Release()
	}
}

func BenchmarkArbeidstakerMed8(b *testing.B) {
	s := benkregister(b, 2000)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		p, err := s.Arbeidstaker(ctx, seesAll, tellende(i*7919%2000), Filter{})
		if err != nil {
			b.Fatal(err)
		}
		p.Release()
	}
}
