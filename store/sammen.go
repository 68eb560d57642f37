package store

import (
	"fmt"
	"maps"
	"slices"

	"aareg/store/sqlite"
)

// takeOver makes whoever else is in force under one of the former numbers one with the person: at once, or in a new
// register when all is in. Somebody of whom only the number is known, and whose number others have had, too, stays a
// standIn: who is meant, nobody knows.
func (t *Tx) takeOver(id int64, former []string) error {
	for _, nummer := range former {
		other, told, found, err := t.inForce(nummer)
		if err != nil {
			return err
		}
		if _, merged := t.sammen[other]; !found || other == id || merged {
			continue
		}
		t.forget(nummer)
		if t.ny {
			if told {
				t.sammen[other] = id
			}
			continue
		}
		shared, err := t.others(nummer, id)
		switch {
		case err != nil:
			return err
		case shared && !told:
			t.standIns[other] = true
			continue
		}
		t.beroert.personer[id] = true
		if err := t.merge(other, id); err != nil {
			return fmt.Errorf("former number: %w", err)
		}
	}
	return nil
}

// mergeAll takes, in a new register, the steps that takeOver left: whoever is in force under a number that one other
// has had is that other; under a number that several have had, of whom nothing else is known, is a standIn.
func (t *Tx) mergeAll() error {
	err := t.each(`SELECT a.aktoer, a.oppgitt <> 0, count(*), min(n.aktoer) FROM tidligere_nummer n
		JOIN aktoer a ON a.nummer = n.nummer AND a.slag = 2 AND a.aktoer <> n.aktoer GROUP BY a.aktoer`, nil, func(row *sqlite.Stmt) error {
		var other, holder int64
		var told bool
		var holders int
		err := row.Scan(&other, &told, &holders, &holder)
		if _, merged := t.sammen[other]; merged {
			return err
		}
		if holders > 1 && !told {
			t.standIns[other] = true
		} else {
			t.sammen[other] = holder
		}
		return err
	})
	if err != nil {
		return err
	}
	for _, other := range slices.Sorted(maps.Keys(t.sammen)) {
		id := t.sammen[other]
		for next, merged := t.sammen[id]; merged && next != other; next, merged = t.sammen[id] {
			id = next
		}
		t.beroert.personer[id] = true
		if err := t.merge(other, id); err != nil {
			return fmt.Errorf("former number: %w", err)
		}
	}
	return nil
}

// gradeStandIns makes standIns as protected as any of those who have had their number.
func (t *Tx) gradeStandIns() error {
	for id := range t.standIns {
		t.beroert.personer[id] = true
		err := t.exec(`UPDATE aktoer SET gradering = (SELECT coalesce(max(h.gradering), 0) FROM tidligere_nummer n
			JOIN aktoer h ON h.aktoer = n.aktoer WHERE n.nummer = aktoer.nummer) WHERE aktoer = ?1`, id)
		if err != nil {
			return err
		}
	}
	return nil
}

// merge gives the arbeidsforhold and former numbers of one row of a person to another row, and removes the first.
func (t *Tx) merge(other, id int64) error {
	if err := t.roerNavn(other); err != nil {
		return err
	}
	if err := t.dropPersonnavn(other); err != nil {
		return err
	}
	if err := t.dropListe(other); err != nil {
		return err
	}
	if err := t.dropTakerliste(other); err != nil {
		return err
	}
	t.beroert.telle(id, other)
	err := t.eachID(`SELECT DISTINCT arbeidsgiver FROM arbeidsforhold WHERE arbeidstaker = ?1`, []any{other}, func(employer int64) error {
		t.beroert.telle(employer)
		return nil
	})
	if err != nil {
		return err
	}
	for _, query := range []string{
		`UPDATE OR IGNORE tidligere_nummer SET aktoer = ?1 WHERE aktoer = ?2`,
		`UPDATE arbeidsforhold SET arbeidstaker = ?1 WHERE arbeidstaker = ?2`,
		`UPDATE arbeidsforhold SET arbeidsgiver = ?1 WHERE arbeidsgiver = ?2`,
		`UPDATE arbeidsforhold SET opplysningspliktig = ?1 WHERE opplysningspliktig = ?2`,
	} {
		if err := t.exec(query, id, other); err != nil {
			return err
		}
	}
	for _, query := range []string{
		`DELETE FROM tidligere_nummer WHERE aktoer = ?1`, `DELETE FROM person WHERE aktoer = ?1`, `DELETE FROM aktoer WHERE aktoer = ?1`,
	} {
		if err := t.exec(query, other); err != nil {
			return err
		}
	}
	return nil
}
