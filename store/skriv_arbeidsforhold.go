package store

import (
	"bytes"
	"errors"
	"fmt"

	"aareg/store/sqlite"
)

// PutArbeidsforhold stores an arbeidsforhold in the place of what was known under its uuid, or under its number
// where there is no uuid. One without a number gets one, for ever. Parties that nobody has told of yet are made. What
// is given is brought into the form that is stored: periods in days, lists in the order of answers.
func (t *Tx) PutArbeidsforhold(a *Arbeidsforhold) error {
	if err := a.check(); err != nil {
		return err
	}
	a.normalise()
	uuid, err := packUUID(a.UUID)
	if err != nil {
		return err
	}
	if err := t.putArbeidsforhold(a, uuid); err != nil {
		return fmt.Errorf("arbeidsforhold: %w", err)
	}
	return nil
}

func (t *Tx) putArbeidsforhold(a *Arbeidsforhold, uuid []byte) error {
	rad := arbeidsforholdrad{shown: a.ArbeidsforholdId, minted: a.UtstedtId, uuid: uuid,
		begynt: a.Ansettelsesperiode.Startdato, sluttet: a.Ansettelsesperiode.Sluttdato}
	var err error
	if rad.parties, rad.skjerming, err = t.parties(a); err == nil {
		err = t.putRad(a, &rad)
	}
	if err != nil {
		t.beroert.forlat(rad.parties[:]...) // they may have been made for it
	}
	return err
}

func (t *Tx) putRad(a *Arbeidsforhold, rad *arbeidsforholdrad) error {
	t.pakker.b, t.pakker.kode = t.pakker.b[:0], t.kode
	packArbeidsforhold(&t.pakker, a)
	rad.dok = t.pakker.b
	if err := t.storeKoder(); err != nil {
		return err
	}
	rad.numbers = [3]string{a.Arbeidstaker.Ident, a.Arbeidssted.Ident, a.Opplysningspliktig.Ident}
	utfall, err := t.asBefore(rad)
	if err != nil {
		return err
	}
	if t.ny && rad.shown != 0 && rad.shown < utstedtFra {
		// Nearly everything in a new register is met for the first time: what is not, the unique indexes refuse. Without
		// a journal a statement that fails cannot be undone; this one inserts one row, whose unique keys SQLite looks
		// up before it writes any.
		err := t.insertArbeidsforhold(rad)
		var refused *sqlite.Error
		if !errors.As(err, &refused) || !refused.Constraint() {
			t.Utfall = utfall
			return err
		}
	}
	err = t.replaceArbeidsforhold(rad)
	if t.Utfall == Lagret {
		t.Utfall = utfall
	}
	return err
}

// replaceArbeidsforhold stores the row in the place of the one that it is, if there is one.
func (t *Tx) replaceArbeidsforhold(rad *arbeidsforholdrad) error {
	old, err := t.arbeidsforholdUnder(rad.uuid, rad.shown)
	if err != nil {
		return err
	}
	rad.keepKeys(&old)
	if rad.minted != 0 && rad.minted != old.minted {
		other, err := t.storedAs(underNummer, rad.minted)
		if err != nil {
			return err
		}
		if other.shown != old.shown {
			return errors.New("utstedtArbeidsforholdId: is the number of another arbeidsforhold")
		}
	}
	if rad.shown == 0 {
		if rad.shown, err = t.mint(); err != nil {
			return err
		}
		rad.minted = rad.shown
	}
	if old.shown == 0 {
		return t.insertArbeidsforhold(rad)
	}
	sameColumns := rad.sameColumns(&old)
	if sameColumns && bytes.Equal(rad.dok, old.dok) {
		t.Utfall = Uendret
		return nil
	}
	t.Utfall = Skiftet
	if sameColumns { // most changes are: nothing that an index or a role hangs on
		t.beroert.rad(rad.parties[0], rad.parties[1], rad.shown, listeplass{rad.begynt, rad.shown})
		return t.exec(`UPDATE arbeidsforhold SET dok = ?1 WHERE arbeidsforhold_id = ?2`, rad.dok, rad.shown)
	}
	t.touch(&old)
	t.touch(rad)
	return t.exec(`UPDATE arbeidsforhold SET (arbeidsforhold_id, utstedt_id, uuid, arbeidstaker, arbeidsgiver,
			opplysningspliktig, begyntdato, sluttetdato, skjerming, dok) = (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
		WHERE arbeidsforhold_id = ?11`, append(rad.columns(), old.shown)...)
}

func (t *Tx) insertArbeidsforhold(rad *arbeidsforholdrad) error {
	err := t.exec(`INSERT INTO arbeidsforhold (arbeidsforhold_id, utstedt_id, uuid, arbeidstaker, arbeidsgiver,
			opplysningspliktig, begyntdato, sluttetdato, skjerming, dok)
		VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)`, rad.columns()...)
	if err != nil {
		return err
	}
	t.Utfall = Lagret
	t.beroert.rolle(rad.parties[:2]...)
	t.beroert.telle(rad.parties[1])
	t.beroert.rad(rad.parties[0], rad.parties[1], rad.shown, listeplass{})
	return nil
}

// arbeidsforholdrad is a row of arbeidsforhold.
type arbeidsforholdrad struct {
	shown, minted   int64 // 0: none; a row that is stored has the first
	uuid            []byte
	parties         [3]int64
	numbers         [3]string // of the parties, as delivered
	begynt, sluttet Dato
	skjerming       skjerming
	dok             []byte
}

// keepKeys takes over the keys that the row had and its source did not deliver.
func (r *arbeidsforholdrad) keepKeys(old *arbeidsforholdrad) {
	if r.shown == 0 {
		r.shown = old.shown
	}
	if r.minted == 0 {
		r.minted = old.minted
	}
	if r.uuid == nil {
		r.uuid = old.uuid
	}
}

// sameColumns says whether two rows differ in their documents at most.
func (r *arbeidsforholdrad) sameColumns(o *arbeidsforholdrad) bool {
	return r.shown == o.shown && r.minted == o.minted && bytes.Equal(r.uuid, o.uuid) && r.parties == o.parties &&
		r.begynt == o.begynt && r.sluttet == o.sluttet && r.skjerming == o.skjerming
}

func (r *arbeidsforholdrad) columns() []any {
	return []any{r.shown, orNull(r.minted), r.uuid, r.parties[0], r.parties[1], orNull(r.parties[2]), r.begynt, r.sluttet,
		int(r.skjerming), r.dok}
}

func orNull(n int64) any {
	if n == 0 {
		return nil
	}
	return n
}

func (t *Tx) storedAs(condition string, arg any) (rad arbeidsforholdrad, err error) {
	_, err = t.one(`SELECT arbeidsforhold_id, utstedt_id, uuid, arbeidstaker, arbeidsgiver,
		opplysningspliktig, begyntdato, sluttetdato, skjerming, dok FROM arbeidsforhold WHERE `+condition, []any{arg},
		&rad.shown, &rad.minted, &rad.uuid, &rad.parties[0], &rad.parties[1], &rad.parties[2],
		&rad.begynt, &rad.sluttet, &rad.skjerming, &rad.dok)
	return rad, err
}

const underNummer = `arbeidsforhold_id = ?1 OR utstedt_id = ?1`

// arbeidsforholdUnder is the row of what comes with a uuid, a number (0: none) or both. What was stored under the
// number alone, before the uuid was known, is the same arbeidsforhold; another one's number is refused.
func (t *Tx) arbeidsforholdUnder(uuid []byte, delivered int64) (rad arbeidsforholdrad, err error) {
	if uuid != nil {
		if rad, err = t.storedAs(`uuid = ?1`, uuid); err != nil {
			return rad, err
		}
	}
	if delivered == 0 {
		return rad, nil
	}
	numbered, err := t.storedAs(underNummer, delivered)
	switch {
	case err != nil || numbered.shown == 0 || numbered.shown == rad.shown:
		return rad, err
	case numbered.minted == delivered, numbered.uuid != nil && uuid != nil:
		return rad, errors.New("navArbeidsforholdId: is the number of another arbeidsforhold")
	case rad.shown == 0:
		return numbered, nil
	}
	t.touch(&numbered)
	return rad, t.exec(deleteArbeidsforhold, numbered.shown)
}

const deleteArbeidsforhold = `DELETE FROM arbeidsforhold WHERE arbeidsforhold_id = ?1`

// touch says that what follows from the arbeidsforhold must be made anew.
func (t *Tx) touch(rad *arbeidsforholdrad) {
	t.beroert.rolle(rad.parties[:2]...)
	t.beroert.forlat(rad.parties[:]...)
	t.beroert.telle(rad.parties[1])
	t.beroert.rad(rad.parties[0], rad.parties[1], rad.shown, listeplass{rad.begynt, rad.shown})
}

// DeleteArbeidsforhold removes the arbeidsforhold under a number, shown or minted; ErrIngen when there is none.
func (t *Tx) DeleteArbeidsforhold(id int64) error {
	rad, err := t.storedAs(underNummer, id)
	return t.deleteArbeidsforhold(rad, err)
}

// DeleteArbeidsforholdUUID removes the arbeidsforhold with a uuid; ErrIngen when there is none.
func (t *Tx) DeleteArbeidsforholdUUID(uuid string) error {
	packed, err := packUUID(uuid)
	if err != nil {
		return err
	}
	rad, err := t.storedAs(`uuid = ?1`, packed)
	return t.deleteArbeidsforhold(rad, err)
}

func (t *Tx) deleteArbeidsforhold(rad arbeidsforholdrad, err error) error {
	if err != nil {
		return err
	}
	if rad.shown == 0 {
		return ErrIngen
	}
	t.touch(&rad)
	t.Utfall = Slettet
	return t.exec(deleteArbeidsforhold, rad.shown)
}
