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
	a.normalise()
	uuid, err := packUUID(a.UUID)
	if err != nil {
		return err
	}
	row, err := t.arbeidsforholdUnder(uuid, a.ArbeidsforholdId)
	if err != nil {
		return fmt.Errorf("arbeidsforhold: %w", err)
	}
	parties, err := t.parties(a)
	if err != nil {
		return fmt.Errorf("arbeidsforhold: %w", err)
	}
	p := pakker{kode: t.kode}
	packArbeidsforhold(&p, a)
	if err := t.storeKoder(); err != nil {
		return fmt.Errorf("arbeidsforhold: %w", err)
	}
	err = t.exec(`INSERT INTO arbeidsforhold (arbeidsforhold, arbeidsforhold_id, utstedt_id, uuid, arbeidstaker, arbeidsgiver,
			opplysningspliktig, begyntdato, sluttetdato, dok)
		VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
		ON CONFLICT (arbeidsforhold) DO UPDATE SET (arbeidsforhold_id, utstedt_id, uuid, arbeidstaker, arbeidsgiver,
			opplysningspliktig, begyntdato, sluttetdato, dok) = (?2, ?3, coalesce(?4, uuid), ?5, ?6, ?7, ?8, ?9, ?10)`,
		row.rowid, row.shown, row.minted, uuid, parties[0], parties[1], sql.NullInt64{Int64: parties[2], Valid: parties[2] != 0},
		a.Ansettelsesperiode.Startdato, a.Ansettelsesperiode.Sluttdato, p.b)
	if err != nil {
		return fmt.Errorf("arbeidsforhold: %w", err)
	}
	return nil
}

// arbeidsforholdrad is where an arbeidsforhold is stored, or is to be.
type arbeidsforholdrad struct {
	rowid  any // nil: a new row
	shown  int64
	minted sql.NullInt64
}

func (t *Tx) arbeidsforholdUnder(uuid []byte, delivered int64) (rad arbeidsforholdrad, err error) {
	var rowid int64
	var before [3]int64
	into := []any{&rowid, &rad.shown, &rad.minted, &before[0], &before[1], &before[2]}
	found, err := t.one(storedAs+`uuid = ?1`, []any{uuid}, into...)
	if err == nil && !found && delivered != 0 {
		found, err = t.one(storedAs+`arbeidsforhold_id = ?1 AND (uuid IS NULL OR ?2 IS NULL)`, []any{delivered, uuid}, into...)
	}
	if err != nil {
		return rad, err
	}
	if found {
		rad.rowid = rowid
		for _, party := range before {
			t.beroert[party] = true
		}
	}
	switch {
	case delivered != 0:
		rad.shown = delivered
	case !found:
		if rad.shown, err = t.mint(); err != nil {
			return rad, err
		}
		rad.minted = sql.NullInt64{Int64: rad.shown, Valid: true}
	}
	return rad, nil
}

const storedAs = `SELECT arbeidsforhold, arbeidsforhold_id, utstedt_id, arbeidstaker, arbeidsgiver, coalesce(opplysningspliktig, 0)
	FROM arbeidsforhold WHERE `

// parties are the rows of arbeidstaker, arbeidsgiver and opplysningspliktig, 0 when there is none of the last.
func (t *Tx) parties(a *Arbeidsforhold) (ids [3]int64, err error) {
	for i, part := range []Part{a.Arbeidstaker, a.Arbeidssted, a.Opplysningspliktig} {
		if part.Ident == "" && i == 2 {
			break
		}
		id, known := t.kjente[part]
		if !known {
			if id, err = t.party(part); err != nil {
				return ids, err
			}
			if len(t.kjente) == kjenteMax {
				clear(t.kjente)
			}
			t.kjente[part] = id
		}
		ids[i], t.beroert[id] = id, true
	}
	return ids, nil
}

// kjenteMax is how many parties a change remembers the rows of.
const kjenteMax = 100_000

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
		// Whoever once had the number, when nobody has it now and only one has had it.
		found, err := t.one(`SELECT min(n.aktoer) FROM nummer n JOIN aktoer a USING (aktoer)
			WHERE n.nummer = ?1 AND a.slag = 2 AND NOT EXISTS (SELECT 1 FROM aktoer WHERE nummer = ?1 AND slag = 2)
			GROUP BY n.nummer HAVING count(*) = 1`, []any{part.Ident}, &id)
		if found || err != nil {
			return id, err
		}
	}
	return t.aktoer(slag, part.Ident)
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
	var rowid int64
	var before [3]int64
	found, err := t.one(`SELECT arbeidsforhold, arbeidstaker, arbeidsgiver, coalesce(opplysningspliktig, 0) FROM arbeidsforhold
		WHERE arbeidsforhold_id = ?1 OR utstedt_id = ?1`, []any{id}, &rowid, &before[0], &before[1], &before[2])
	if err != nil {
		return err
	}
	if !found {
		return ErrIngen
	}
	for _, party := range before {
		t.beroert[party] = true
	}
	return t.exec(`DELETE FROM arbeidsforhold WHERE arbeidsforhold = ?1`, rowid)
}
