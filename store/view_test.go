package store

import (
	"errors"
	"fmt"
	"testing"
)

// TestEveryGradeAndSetting goes through all grades of two parties and all settings: data needs the right to both
// grades; the code is that of the strictest; one grade that may not be known of hides the whole.
func TestEveryGradeAndSetting(t *testing.T) {
	for taker := Ugradert; taker <= StrengtFortroligUtland; taker++ {
		for giver := Ugradert; giver <= StrengtFortroligUtland; giver++ {
			s := newStore(t)
			update(t, s, func(tx *Tx) error {
				j := jobb(1, takerNr)
				j.Arbeidssted, j.Opplysningspliktig = Part{"Person", annenNr}, Part{}
				return errors.Join(tx.PutPerson(&Person{Foedselsnr: takerNr, Adressebeskyttelse: taker}),
					tx.PutPerson(&Person{Foedselsnr: annenNr, Adressebeskyttelse: giver}), tx.PutArbeidsforhold(j))
			})
			for i := range 9 {
				v := View{Today: 20250615, Fortrolig: Innsyn(i % 3), StrengtFortrolig: Innsyn(i / 3)}
				name := fmt.Sprintf("grades %d and %d, fortrolig %d, strengt %d", taker, giver, v.Fortrolig, v.StrengtFortrolig)
				settings := []Innsyn{v.innsyn(taker), v.innsyn(giver)}
				want := error(nil)
				switch weakest := min(settings[0], settings[1]); {
				case weakest == InnsynIngen:
					want = ErrIngen
				case weakest == InnsynKode && (taker > Fortrolig || giver > Fortrolig):
					want = ErrStrengtFortrolig
				case weakest == InnsynKode:
					want = ErrFortrolig
				}
				if _, err := s.Arbeidsforhold(ctx, v, 1); !errors.Is(err, want) {
					t.Errorf("%s: arbeidsforhold %v, want %v", name, err, want)
				}
				a, err := s.Arbeidsgiver(ctx, v, annenNr, Filter{})
				if shown := err == nil && a.Liste.AntallTot == 1; shown != (want == nil) {
					t.Errorf("%s: the employer's list shows it: %v (%v)", name, shown, err)
				}
				_, antall, err := s.AntallArbeidstakere(ctx, v, annenNr)
				if counted := err == nil && antall == 1; counted != (want == nil) {
					t.Errorf("%s: it is counted: %v (%v)", name, counted, err)
				}
			}
		}
	}
}

func TestNobodyWithoutArbeidsforholdIsFound(t *testing.T) {
	s := newStore(t)
	update(t, s, func(tx *Tx) error {
		return errors.Join(tx.PutPerson(&Person{Foedselsnr: takerNr, Adressebeskyttelse: StrengtFortrolig}),
			tx.PutPerson(&Person{Foedselsnr: annenNr, Navn: Navn{Etternavn: "Borger"}}))
	})
	kode := View{Today: 20250615, Fortrolig: InnsynKode, StrengtFortrolig: InnsynKode}
	for _, v := range []View{kode, seesAll} {
		for _, nummer := range []string{takerNr, annenNr} {
			_, taker := s.Arbeidstaker(ctx, v, nummer, Filter{})
			_, giver := s.Arbeidsgiver(ctx, v, nummer, Filter{})
			_, _, antall := s.AntallArbeidstakere(ctx, v, nummer)
			for _, err := range []error{taker, giver, antall} {
				if !errors.Is(err, ErrIngen) {
					t.Errorf("a citizen is found: %v", err)
				}
			}
		}
		if _, found, err := s.SoekArbeidstakere(ctx, v, Personsoek{Navn: Navn{Etternavn: "Borger"}, Maks: 10}); found != 0 || !errors.Is(err, ErrIngen) {
			t.Errorf("a citizen is in a hit list: %d %v", found, err)
		}
	}
}
