package store

import (
	"errors"
	"fmt"
	"path/filepath"
	"testing"
)

// enhetsbenk is a register in a file with 5000 units that sound alike, of which 1000 are spelt as searches ask.
func enhetsbenk(tb testing.TB) *Store {
	tb.Helper()
	s, err := Create(filepath.Join(tb.TempDir(), "register.db"))
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { s.Close() })
	err = s.Update(tb.Context(), func(tx *Tx) error {
		err := tx.PutEnhet(enhet(hovedenhetNr, "BAKKEN EIENDOM AS", "AS", ""))
		for i := range 5000 {
			e := enhet(fmt.Sprintf("2200%05d", i), fmt.Sprintf("%s NR %d BORETTSLAG AVD OSLO", []string{"BAKKEN", "BAKEN", "BACKEN", "BACHEN", "BAKKEEN"}[i%5], i), "BEDR", hovedenhetNr)
			e.Organisasjonsform.Beskrivelse = "Underenhet til næringsdrivende og offentlig forvaltning"
			e.Forretningsadresse = Adresse{[]string{fmt.Sprintf("Bakkeveien %d", i)}, "0150", "OSLO", "0301", "OSLO", "NO", "Norge"}
			if i%5 == 0 {
				e.Postadresse = Adresse{[]string{"Postboks 1434 Sentrum"}, "1544", "VESTBY", "3216", "VESTBY", "NO", "Norge"}
			}
			err = errors.Join(err, tx.PutEnhet(e))
		}
		return err
	})
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

// benkesoek are searches of 5000 candidates, each with 1000 hits in its answer.
var benkesoek = []struct {
	navn  string
	soek  Enhetssoek
	found int
}{
	{"exact", Enhetssoek{Navn: "Bakken", Maks: 1000}, 1001},
	{"exact, three words", Enhetssoek{Navn: "Bakken Oslo borettslag", Maks: 1000}, 1000},
	{"phonetic", Enhetssoek{Navn: "Bakken", Fonetisk: true, Maks: 1000}, 5001},
	{"phonetic, three words", Enhetssoek{Navn: "Bakken Oslo borettslag", Fonetisk: true, Maks: 1000}, 5000},
}

func BenchmarkEnhetstreff(b *testing.B) {
	s := enhetsbenk(b)
	for _, q := range benkesoek {
		b.Run(q.navn, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				hits, _, err := s.SoekEnheter(b.Context(), seesAll, q.soek)
				if err != nil || len(hits) != 1000 {
					b.Fatal(len(hits), err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/1000, "ns/hit")
		})
	}
}
