package store

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestAQuestionCostsSoManyStatementsAndRows holds what each product asks of the register. A change that makes one cost
// more, or less, says so here.
func TestAQuestionCostsSoManyStatementsAndRows(t *testing.T) {
	s := onDisk(t)
	const personer, jobber = 300, 8
	update(t, s, func(tx *Tx) error {
		err := tx.PutEnhet(enhet(underenhetNr, "Sykehjemmet", "BEDR", ""))
		for i := range personer {
			if err == nil {
				err = tx.PutPerson(&Person{Foedselsnr: tellende(i), Navn: Navn{Etternavn: "Nordmann", Fornavn: "Kari"}})
			}
			for j := range jobber {
				if err == nil {
					err = tx.PutArbeidsforhold(jobb(int64(jobber*i+j+1), tellende(i)))
				}
			}
		}
		return err
	})
	finnes(s, 1) // whose parties are remembered
	got := costs(t, s)
	want := map[string]arbeid{
		"hentArbeidsforhold":                     {setninger: 1, rader: 1},
		"hentArbeidstaker, 8":                    {setninger: 1, rader: 1},
		"hentAntallArbeidstakere":                {setninger: 1, rader: 1},
		"hentArbeidsgiver, 100 of 2400":          {setninger: 3, rader: 42}, // 38 rows of heads, which say how many there are
		"hentArbeidsgiver, 2000 of 2400":         {setninger: 3, rader: 42},
		"hentTrefflisteArbeidstaker, 10 of 300":  {setninger: 2, rader: 2},
		"hentTrefflisteArbeidstaker, 200 of 300": {setninger: 2, rader: 5}, // 64 names a row
		"hentTrefflisteArbeidsgiver":             {setninger: 1, rader: 1},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(arbeid{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// costs asks one question of each kind, each of somebody who was not asked for since the last commit.
func costs(t *testing.T, s *Store) map[string]arbeid {
	got := map[string]arbeid{}
	ask := func(name string, question func() error) {
		glemGivere(s)
		got[name] = spent(s, func() {
			if err := question(); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		})
	}
	ask("hentArbeidsforhold", func() error { _, err := s.Arbeidsforhold(ctx, seesAll, 17); return err })
	ask("hentArbeidstaker, 8", func() error { _, err := s.Arbeidstaker(ctx, seesAll, tellende(7), Filter{}); return err })
	ask("hentAntallArbeidstakere", func() error { _, _, err := s.AntallArbeidstakere(ctx, seesAll, underenhetNr); return err })
	for _, shown := range []int{100, 2000} {
		ask(fmt.Sprintf("hentArbeidsgiver, %d of 2400", shown), func() error {
			h, err := s.Arbeidsgiver(ctx, seesAll, underenhetNr, Filter{})
			if err != nil {
				return err
			}
			defer h.Liste.Close()
			for _, err := range h.Liste.Rader(shown) {
				if err != nil {
					return err
				}
			}
			return nil
		})
	}
	for _, maks := range []int{10, 200} {
		ask(fmt.Sprintf("hentTrefflisteArbeidstaker, %d of 300", maks), func() error {
			_, _, err := s.SoekArbeidstakere(ctx, seesAll, Personsoek{Navn: Navn{Etternavn: "Nordmann"}, Maks: maks})
			return err
		})
	}
	ask("hentTrefflisteArbeidsgiver", func() error {
		_, _, err := s.SoekEnheter(ctx, seesAll, Enhetssoek{Navn: "Sykehjemmet", Maks: 10})
		return err
	})
	return got
}
