package store

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A report of who asked for a person must find what was asked under former numbers, and nothing that was asked of others.
func TestAPersonsNumbersAreThoseThatNobodyElseHasHad(t *testing.T) {
	const formerNr, sharedNr, otherNr, toldOfNr = "12829249969", "08835849733", "24847449892", annenNr
	s := newStore(t)
	update(t, s, func(tx *Tx) error {
		return errors.Join(
			tx.PutPerson(&Person{Foedselsnr: takerNr, TidligereNumre: []string{sharedNr, formerNr}}),
			tx.PutPerson(&Person{Foedselsnr: otherNr, TidligereNumre: []string{sharedNr}}),
			tx.PutEnhet(enhet(hovedenhetNr, "Kommune", "KOMM", "")), tx.PutEnhet(enhet(underenhetNr, "Skole", "BEDR", hovedenhetNr)),
			tx.PutArbeidsforhold(jobb(1, toldOfNr)))
	})
	update(t, s, func(tx *Tx) error {
		type found struct {
			Numre []string
			Delte int
		}
		for nummer, want := range map[string]found{
			takerNr: {[]string{takerNr, formerNr}, 1}, formerNr: {[]string{takerNr, formerNr}, 1},
			otherNr: {[]string{otherNr}, 1}, toldOfNr: {[]string{toldOfNr}, 0},
		} {
			numre, delte, err := tx.NumreTil(nummer)
			if diff := cmp.Diff(want, found{numre, delte}); diff != "" || err != nil {
				t.Errorf("numbers of a person (-want +got), %v:\n%s", err, diff)
			}
		}
		for nummer, want := range map[string]error{sharedNr: ErrIkkeEntydig, "12838049999": ErrIngen} {
			if _, _, err := tx.NumreTil(nummer); err != want {
				t.Errorf("numbers of several or of nobody: %v, want %v", err, want)
			}
		}
		all, err := tx.Personnumre()
		if diff := cmp.Diff([]uint64{5919149932, 8835849733, 12829249969, 12838049808, 24847449892}, all); diff != "" || err != nil {
			t.Errorf("numbers of all persons (-want +got), %v:\n%s", err, diff)
		}
		return nil
	})
}
