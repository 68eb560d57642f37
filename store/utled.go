package store

import (
	"database/sql"
	"fmt"
	"maps"
	"slices"
)

// derive makes anew what follows from the rest, for everybody that the change touched: the protection of
// arbeidsforhold, what each aktoer is (employee, employer, for whom to see), and the packed lists of employers.
func (t *Tx) derive() error {
	for id := range t.endret {
		if err := t.protect(id); err != nil {
			return fmt.Errorf("derive: %w", err)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(t.beroert)) {
		err := t.exec(`UPDATE aktoer SET
			som_arbeidstaker = (SELECT coalesce(sum(DISTINCT 1 << skjerming), 0) FROM arbeidsforhold WHERE arbeidstaker = ?1),
			som_arbeidsgiver = (SELECT coalesce(sum(DISTINCT 1 << skjerming), 0) FROM arbeidsforhold WHERE arbeidsgiver = ?1)
			WHERE aktoer = ?1`, id)
		if err != nil {
			return fmt.Errorf("derive: %w", err)
		}
		if err := t.packListe(id); err != nil {
			return fmt.Errorf("derive: %w", err)
		}
	}
	return nil
}

// protect sets the protection of all arbeidsforhold that a changed person is a party of; all their parties are
// touched, since lists hold names and numbers.
func (t *Tx) protect(id int64) error {
	type parties struct {
		row   int64
		now   skjerming
		who   [3]int64
		grade [3]Gradering
	}
	var found []parties
	for _, query := range []string{
		partiesOf + `WHERE f.arbeidstaker = ?1`, partiesOf + `WHERE f.arbeidsgiver = ?1`, partiesOf + `WHERE f.opplysningspliktig = ?1`,
	} {
		err := t.each(query, []any{id}, func(rows *sql.Rows) error {
			var f parties
			err := rows.Scan(&f.row, &f.now, &f.who[0], &f.who[1], &f.who[2], &f.grade[0], &f.grade[1], &f.grade[2])
			found = append(found, f)
			return err
		})
		if err != nil {
			return err
		}
	}
	for _, f := range found {
		if s := skjermingOf(f.grade[:]...); s != f.now {
			if err := t.exec(`UPDATE arbeidsforhold SET skjerming = ?2 WHERE arbeidsforhold = ?1`, f.row, int(s)); err != nil {
				return err
			}
		}
		t.touch(f.who)
	}
	return nil
}

const partiesOf = `SELECT f.arbeidsforhold, f.skjerming, f.arbeidstaker, f.arbeidsgiver, coalesce(f.opplysningspliktig, 0),
	t.gradering, g.gradering, coalesce(o.gradering, 0)
	FROM arbeidsforhold f JOIN aktoer t ON t.aktoer = f.arbeidstaker JOIN aktoer g ON g.aktoer = f.arbeidsgiver
	LEFT JOIN aktoer o ON o.aktoer = f.opplysningspliktig `

// packListe packs an employer's list anew.
func (t *Tx) packListe(arbeidsgiver int64) error {
	if err := t.dropListe(arbeidsgiver); err != nil {
		return err
	}
	var deler [][]byte
	p := pakker{kode: t.kode}
	n := 0
	err := t.each(`SELECT f.arbeidsforhold_id, f.begyntdato, f.sluttetdato, f.skjerming, f.dok, a.nummer, a.navn
		FROM arbeidsforhold f JOIN aktoer a ON a.aktoer = f.arbeidstaker
		WHERE f.arbeidsgiver = ?1 ORDER BY f.begyntdato DESC, f.arbeidsforhold_id`, []any{arbeidsgiver},
		func(rows *sql.Rows) error {
			if err := t.packRow(&p, rows); err != nil {
				return err
			}
			if n++; n%listedel == 0 {
				deler, p.b = append(deler, p.b), nil
			}
			return nil
		})
	if err != nil {
		return err
	}
	if len(p.b) > 0 {
		deler = append(deler, p.b)
	}
	if len(deler) > 1<<16 {
		return fmt.Errorf("an employer has more than %d arbeidsforhold", listedel<<16)
	}
	for i, dok := range deler {
		if err := t.exec(`INSERT INTO arbeidsgiverliste VALUES (?1, ?2)`, arbeidsgiver<<16|int64(i), dok); err != nil {
			return err
		}
	}
	return nil
}

func (t *Tx) dropListe(arbeidsgiver int64) error {
	return t.exec(`DELETE FROM arbeidsgiverliste WHERE del BETWEEN ?1 AND ?1 | 65535`, arbeidsgiver<<16)
}

func (t *Tx) packRow(p *pakker, rows *sql.Rows) error {
	var a Arbeidsforhold
	var s int
	var dok string
	var taker Navngitt
	err := rows.Scan(&a.ArbeidsforholdId, &a.Ansettelsesperiode.Startdato, &a.Ansettelsesperiode.Sluttdato, &s, &dok,
		&taker.Nummer, &taker.Navn)
	if err != nil {
		return err
	}
	u := utpakker{s: dok, koder: t.koder}
	if err := unpackArbeidsforhold(&u, &a); err != nil {
		return err
	}
	r := a.listerad(skjerming(s))
	r.Arbeidstaker = taker
	packListerad(p, &r)
	return nil
}
