package store

import (
	"errors"
	"testing"
)

// A person is deleted under a former number, too, unless several have had it: then nobody knows who is meant.
func TestPersonIsDeletedUnderAFormerNumber(t *testing.T) {
	const formerNr, sharedNr, otherNr = "12829249969", "08835849733", "24847449892"
	s := newStore(t)
	update(t, s, func(tx *Tx) error {
		return errors.Join(
			tx.PutPerson(&Person{Foedselsnr: takerNr, TidligereNumre: []string{formerNr, sharedNr}, Navn: Navn{Etternavn: "Ulv"}}),
			tx.PutPerson(&Person{Foedselsnr: otherNr, TidligereNumre: []string{sharedNr}, Navn: Navn{Etternavn: "Rev"}}))
	})
	update(t, s, func(tx *Tx) error {
		for nummer, want := range map[string]error{sharedNr: ErrIkkeEntydig, annenNr: ErrIngen} {
			if err := tx.DeletePerson(nummer); err != want {
				t.Errorf("deleted under a number that several or none have had: %v, want %v", err, want)
			}
		}
		return tx.DeletePerson(formerNr)
	})
	if left := dump(t, s, `SELECT etternavn FROM personnavn`); len(left) != 1 || string(left[0]) != "Rev" {
		t.Errorf("left are %s", left)
	}
	if left := dump(t, s, `SELECT nummer FROM aktoer`); len(left) != 1 || string(left[0]) != otherNr {
		t.Errorf("%d numbers are left in force", len(left))
	}
}
