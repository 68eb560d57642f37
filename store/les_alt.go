package store

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"

	"aareg/store/sqlite"
)

// Antall counts what is in a register.
type Antall struct {
	Arbeidsforhold     int
	Personer           int // of whom a source has told
	Enheter            int // of which a source has told, ceased ones too
	EnheterIDrift      int // of those, the ones that have not ceased
	UkjentePersoner    int `json:"-"` // that arbeidsforhold name and no source has told of: nobody knows whether they are protected
	GamleArbeidsgivere int // that arbeidsforhold name, whether a source has told of them or not
}

// Antall counts what is in the register now.
func (t *Tx) Antall() (a Antall, err error) {
	if _, err = t.one(`SELECT count(*) FROM arbeidsforhold`, nil, &a.Arbeidsforhold); err != nil {
		return a, err
	}
	_, err = t.one(`SELECT coalesce(sum(slag = 2 AND oppgitt = 1), 0), coalesce(sum(slag = 1 AND oppgitt = 1), 0), coalesce(sum(slag = 3), 0),
			coalesce(sum(slag = 2 AND oppgitt = 0), 0)
		FROM aktoer`, nil, &a.Personer, &a.Enheter, &a.GamleArbeidsgivere, &a.UkjentePersoner)
	if err != nil {
		return a, err
	}
	_, err = t.one(`SELECT count(*) FROM enhet e JOIN aktoer a USING (aktoer)
		WHERE e.opphoert = 0 AND e.opphoersdato = 0 AND a.oppgitt = 1`, nil, &a.EnheterIDrift)
	return a, err
}

// SistAntall is what was counted when the register was imported last, or what is counted now when it never was.
func (t *Tx) SistAntall() (a Antall, err error) {
	var kept string
	found, err := t.one(getVerdi, []any{"antall"}, &kept)
	if err != nil {
		return a, err
	}
	if !found || json.Unmarshal([]byte(kept), &a) != nil {
		return t.Antall()
	}
	return a, nil
}

// HuskAntall keeps what was counted.
func (t *Tx) HuskAntall(a Antall) error {
	kept, err := json.Marshal(a)
	if err != nil {
		return err
	}
	return t.exec(setVerdi, "antall", string(kept))
}

// Enheter calls each with every unit of which a source has told, in the order that they came in.
func (t *Tx) Enheter(each func(*Enhet) error) error {
	return t.eachTold(slagEnhet, func(id int64) error {
		e, _, err := t.enhet(id)
		if err != nil {
			return err
		}
		return each(e)
	})
}

// Personer calls each with every person of whom a source has told, or has taken back what it told (Slettet), in the order
// that they came in.
func (t *Tx) Personer(each func(*Person) error) error {
	return t.eachID(`SELECT aktoer FROM aktoer WHERE slag = 2 AND oppgitt <> 0 ORDER BY aktoer`, nil, func(id int64) error {
		p, err := t.person(id)
		if err != nil {
			return err
		}
		return each(p)
	})
}

// GamleArbeidsgivere calls each with every old employer of whom a source has told.
func (t *Tx) GamleArbeidsgivere(each func(*GammelArbeidsgiver) error) error {
	return t.eachTold(slagGammel, func(id int64) error {
		var g GammelArbeidsgiver
		if _, err := t.one(`SELECT nummer, navn FROM aktoer WHERE aktoer = ?1`, []any{id}, &g.Arbeidsgivernr, &g.Navn); err != nil {
			return err
		}
		return each(&g)
	})
}

func (t *Tx) eachTold(slag int, each func(id int64) error) error {
	return t.eachID(`SELECT aktoer FROM aktoer WHERE slag = ?1 AND oppgitt = 1 ORDER BY aktoer`, []any{slag}, each)
}

func (t *Tx) eachID(query string, args []any, each func(id int64) error) error {
	return t.each(query, args, func(row *sqlite.Stmt) error {
		var id int64
		if err := row.Scan(&id); err != nil {
			return err
		}
		return each(id)
	})
}

const heleArbeidsforhold = `SELECT f.arbeidsforhold_id, f.utstedt_id, f.uuid, f.begyntdato, f.sluttetdato, f.dok,
		t.nummer, g.nummer, coalesce(o.nummer, '')
	FROM arbeidsforhold f JOIN aktoer t ON t.aktoer = f.arbeidstaker JOIN aktoer g ON g.aktoer = f.arbeidsgiver
	LEFT JOIN aktoer o ON o.aktoer = f.opplysningspliktig `

func (t *Tx) scanArbeidsforhold(row *sqlite.Stmt) (*Arbeidsforhold, error) {
	var a Arbeidsforhold
	var uuid []byte
	var dok string
	err := row.Scan(&a.ArbeidsforholdId, &a.UtstedtId, &uuid, &a.Ansettelsesperiode.Startdato, &a.Ansettelsesperiode.Sluttdato, &dok,
		&a.Arbeidstaker.Ident, &a.Arbeidssted.Ident, &a.Opplysningspliktig.Ident)
	if err != nil {
		return nil, err
	}
	a.UUID = unpackUUID(uuid)
	u := utpakker{s: dok, koder: t.koder}
	return &a, unpackArbeidsforhold(&u, &a)
}

// AlleArbeidsforhold calls each with every arbeidsforhold, by number.
func (t *Tx) AlleArbeidsforhold(each func(*Arbeidsforhold) error) error {
	return t.each(heleArbeidsforhold+`ORDER BY f.arbeidsforhold_id`, nil, func(row *sqlite.Stmt) error {
		a, err := t.scanArbeidsforhold(row)
		if err != nil {
			return err
		}
		return each(a)
	})
}

// Arbeidsforhold is what is stored under a uuid or, where that is empty or unknown, under a number; nil for nothing.
func (t *Tx) Arbeidsforhold(uuid string, number int64) (a *Arbeidsforhold, err error) {
	packed, err := packUUID(uuid)
	if err != nil {
		return nil, err
	}
	scan := func(row *sqlite.Stmt) error {
		a, err = t.scanArbeidsforhold(row)
		return err
	}
	if packed != nil {
		err = t.each(heleArbeidsforhold+`WHERE f.uuid = ?1`, []any{packed}, scan)
	}
	if err == nil && a == nil && number != 0 {
		err = t.each(heleArbeidsforhold+`WHERE f.arbeidsforhold_id = ?1 OR f.utstedt_id = ?1`, []any{number}, scan)
	}
	return a, err
}

// Hode is what the register knows of itself beside its records, and how many those are.
func (t *Tx) Hode() (*Registerhode, error) {
	if err := t.loadUtsteder(); err != nil {
		return nil, err
	}
	h := Registerhode{Format: registerformat, Utstedelsesnoekkel: t.utsteder.key, Utstedt: t.utsteder.utstedt}
	_, err := t.one(`SELECT (SELECT count(*) FROM arbeidsforhold) + (SELECT count(*) FROM aktoer WHERE oppgitt = 1 OR slag = 2 AND oppgitt <> 0)`,
		nil, &h.Poster)
	return &h, err
}

// Read reads the register at path in one snapshot, without opening it for questions. Nothing can be put.
func Read(ctx context.Context, path string, read func(*Tx) error) error {
	file, err := filepath.EvalSymlinks(path)
	if err != nil {
		return fmt.Errorf("read register: %w", err)
	}
	return outcome(lesFil(ctx, file, read))
}

// Integrity has SQLite look through the whole register, indexes against tables, too.
func (t *Tx) Integrity() error {
	var verdict string
	if _, err := t.one(`PRAGMA integrity_check(1)`, nil, &verdict); err != nil {
		return err
	}
	if verdict != "ok" {
		return fmt.Errorf("%w: the register is damaged", ErrUtilgjengelig)
	}
	return nil
}
