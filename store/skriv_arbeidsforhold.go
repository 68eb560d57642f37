package store

import (
	"database/sql"
	"errors"
	"fmt"
	"strconv"
)

// PutArbeidsforhold stores an arbeidsforhold in the place of what was known under its uuid, or under its number
// where there is no uuid. One without a number gets one, for ever. Parties that nobody has told of yet are made.
func (t *Tx) PutArbeidsforhold(a *Arbeidsforhold) error {
	if err := a.check(); err != nil {
		return err
	}
	a = a.normalised()
	uuid, err := packUUID(a.UUID)
	if err != nil {
		return err
	}
	row, err := t.arbeidsforholdUnder(uuid, a.ArbeidsforholdId)
	if err != nil {
		return fmt.Errorf("arbeidsforhold: %w", err)
	}
	parties, s, err := t.parties(a)
	if err != nil {
		return fmt.Errorf("arbeidsforhold: %w", err)
	}
	p := pakker{kode: t.kode}
	packArbeidsforhold(&p, a)
	if err := t.storeKoder(); err != nil {
		return fmt.Errorf("arbeidsforhold: %w", err)
	}
	err = t.exec(`INSERT INTO arbeidsforhold (arbeidsforhold, arbeidsforhold_id, utstedt_id, uuid, arbeidstaker, arbeidsgiver,
			opplysningspliktig, begyntdato, sluttetdato, dok, skjerming)
		VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
		ON CONFLICT (arbeidsforhold) DO UPDATE SET (arbeidsforhold_id, utstedt_id, uuid, arbeidstaker, arbeidsgiver,
			opplysningspliktig, begyntdato, sluttetdato, dok, skjerming) = (?2, ?3, coalesce(?4, uuid), ?5, ?6, ?7, ?8, ?9, ?10, ?11)`,
		row.rowid, row.shown, row.minted, uuid, parties[0], parties[1], sql.NullInt64{Int64: parties[2], Valid: parties[2] != 0},
		a.Ansettelsesperiode.Startdato, a.Ansettelsesperiode.Sluttdato, p.b, int(s))
	if err != nil {
		return fmt.Errorf("arbeidsforhold: %w", err)
	}
	return nil
}

// arbeidsforholdrad is where an arbeidsforhold is stored, or is to be.
type arbeidsforholdrad struct {
	rowid   sql.NullInt64 // none: a new row
	shown   int64
	minted  sql.NullInt64
	uuid    []byte
	parties [3]int64
}

func (t *Tx) storedAs(condition string, arg any) (rad arbeidsforholdrad, err error) {
	_, err = t.one(`SELECT arbeidsforhold, arbeidsforhold_id, utstedt_id, uuid, arbeidstaker, arbeidsgiver,
		coalesce(opplysningspliktig, 0) FROM arbeidsforhold WHERE `+condition, []any{arg},
		&rad.rowid, &rad.shown, &rad.minted, &rad.uuid, &rad.parties[0], &rad.parties[1], &rad.parties[2])
	return rad, err
}

// arbeidsforholdUnder is the row of what comes with a uuid, a number (0: none) or both. What was stored under the
// number alone, before the uuid was known, is the same arbeidsforhold; another one's number is refused.
func (t *Tx) arbeidsforholdUnder(uuid []byte, delivered int64) (rad arbeidsforholdrad, err error) {
	if uuid != nil {
		if rad, err = t.storedAs(`uuid = ?1`, uuid); err != nil {
			return rad, err
		}
	}
	if delivered != 0 {
		numbered, err := t.storedAs(`arbeidsforhold_id = ?1 OR utstedt_id = ?1`, delivered)
		if err != nil {
			return rad, err
		}
		if rad, err = t.same(rad, numbered, uuid, delivered); err != nil {
			return rad, err
		}
		rad.shown = delivered
	}
	if rad.rowid.Valid {
		t.touch(rad.parties)
	}
	if rad.shown == 0 {
		rad.shown, err = t.mint()
		rad.minted = sql.NullInt64{Int64: rad.shown, Valid: true}
	}
	return rad, err
}

// same is the one row of an arbeidsforhold that was found under its uuid, under its number, or under both.
func (t *Tx) same(rad, numbered arbeidsforholdrad, uuid []byte, delivered int64) (arbeidsforholdrad, error) {
	switch {
	case !numbered.rowid.Valid || numbered.rowid == rad.rowid:
		return rad, nil
	case numbered.minted.Int64 == delivered, numbered.uuid != nil && uuid != nil:
		return rad, errors.New("navArbeidsforholdId: is the number of another arbeidsforhold")
	case !rad.rowid.Valid:
		return numbered, nil
	}
	t.touch(numbered.parties)
	return rad, t.exec(`DELETE FROM arbeidsforhold WHERE arbeidsforhold = ?1`, numbered.rowid)
}

// touch says that what follows from the arbeidsforhold of these parties must be made anew.
func (t *Tx) touch(parties [3]int64) {
	for _, party := range parties {
		if party != 0 {
			t.beroert[party] = true
		}
	}
}

// kjent is a party that was looked up, and its grade.
type kjent struct {
	aktoer    int64
	gradering Gradering
}

// kjenteMax is how many parties a change remembers.
const kjenteMax = 100_000

// parties are the rows of arbeidstaker, arbeidsgiver and opplysningspliktig, 0 when there is none of the last, and
// the protection of an arbeidsforhold between them as they are graded now.
func (t *Tx) parties(a *Arbeidsforhold) (ids [3]int64, s skjerming, err error) {
	for i, part := range []Part{a.Arbeidstaker, a.Arbeidssted, a.Opplysningspliktig} {
		if part.Ident == "" && i == 2 {
			break
		}
		k, known := t.kjente[part]
		if !known {
			if k, err = t.lookUp(part); err != nil {
				return ids, s, err
			}
		}
		ids[i], s = k.aktoer, s|skjermingOf(k.gradering)
	}
	t.touch(ids)
	return ids, s, nil
}

func (t *Tx) lookUp(part Part) (k kjent, err error) {
	if k.aktoer, err = t.party(part); err != nil {
		return k, err
	}
	if len(t.kjente) == kjenteMax {
		clear(t.kjente)
	}
	_, err = t.one(`SELECT gradering FROM aktoer WHERE aktoer = ?1`, []any{k.aktoer}, &k.gradering)
	t.kjente[part] = k
	return k, err
}

func (t *Tx) party(part Part) (id int64, err error) {
	slag := slagEnhet
	switch {
	case part.Type == "Arbeidsgivernummer" && (digits(part.Ident, 9) || digits(part.Ident, 11)):
		return t.aktoer(slagGammel, part.Ident)
	case digits(part.Ident, 11):
		slag = slagPerson
	case !digits(part.Ident, 9):
		return 0, errors.New("a party's ident is neither 9 nor 11 digits")
	}
	if slag == slagPerson {
		return t.personParty(part.Ident)
	}
	return t.aktoer(slag, part.Ident)
}

// personParty is the person under a number: whoever has it now, else the only one who has had it. When several have
// had it, nobody knows who is meant: it is somebody of whom nothing else is known, but as protected as any of them.
func (t *Tx) personParty(nummer string) (id int64, err error) {
	found, err := t.one(`SELECT aktoer FROM aktoer WHERE nummer = ?1 AND slag = ?2`, []any{nummer, slagPerson}, &id)
	if found || err != nil {
		return id, err
	}
	var holders int
	var strictest Gradering
	_, err = t.one(`SELECT count(*), coalesce(min(n.aktoer), 0), coalesce(max(a.gradering), 0)
		FROM nummer n JOIN aktoer a USING (aktoer) WHERE n.nummer = ?1 AND a.slag = ?2`, []any{nummer, slagPerson}, &holders, &id, &strictest)
	if err != nil || holders == 1 {
		return id, err
	}
	if id, err = t.aktoer(slagPerson, nummer); err != nil {
		return 0, err
	}
	return id, t.exec(`UPDATE aktoer SET gradering = ?2 WHERE aktoer = ?1`, id, int(strictest))
}

// mint draws the next number that no arbeidsforhold has.
func (t *Tx) mint() (int64, error) {
	var key []byte
	if found, err := t.one(`SELECT verdi FROM register WHERE noekkel = 'utstedelsesnoekkel'`, nil, &key); err != nil || !found {
		return 0, errors.Join(errors.New("the register has no key for new numbers"), err)
	}
	for {
		var text string
		err := t.each(`INSERT INTO register VALUES ('utstedt', '1')
			ON CONFLICT DO UPDATE SET verdi = CAST(verdi + 1 AS TEXT) RETURNING verdi`, nil,
			func(rows *sql.Rows) error { return rows.Scan(&text) })
		if err != nil {
			return 0, err
		}
		n, err := strconv.ParseUint(text, 10, 32)
		if err != nil || n > utstedtTil-utstedtFra {
			return 0, errors.New("there are no more numbers to give out")
		}
		id := utstedtId(key, uint32(n))
		var taken int64
		found, err := t.one(`SELECT 1 FROM arbeidsforhold WHERE arbeidsforhold_id = ?1 OR utstedt_id = ?1`, []any{id}, &taken)
		if err != nil || !found {
			return id, err
		}
	}
}

// DeleteArbeidsforhold removes the arbeidsforhold under a number, shown or minted; ErrIngen when there is none.
func (t *Tx) DeleteArbeidsforhold(id int64) error {
	rad, err := t.storedAs(`arbeidsforhold_id = ?1 OR utstedt_id = ?1`, id)
	if err != nil {
		return err
	}
	if !rad.rowid.Valid {
		return ErrIngen
	}
	t.touch(rad.parties)
	return t.exec(`DELETE FROM arbeidsforhold WHERE arbeidsforhold = ?1`, rad.rowid)
}
