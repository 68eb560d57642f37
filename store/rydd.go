package store

import (
	"maps"
	"slices"
)

// forlat says that an arbeidsforhold has left its parties, or that a source has taken back what it told of somebody:
// when nothing else holds them, their numbers must not stay.
func (b *beroert) forlat(parties ...int64) {
	for _, id := range parties {
		if id != 0 {
			b.forlatt[id] = true
		}
	}
}

// rydd removes those who were left and whom neither a source nor an arbeidsforhold nor a unit holds any more.
func (t *Tx) rydd() error {
	for _, id := range slices.Sorted(maps.Keys(t.beroert.forlatt)) {
		// A unit of which nothing was told but that others belong to it is told of no more when none does.
		err := t.exec(`UPDATE aktoer SET oppgitt = 0 WHERE aktoer = ?1 AND slag = 1 AND navn = '' AND NOT EXISTS
			(SELECT 1 FROM enhet WHERE overordnet = ?1 UNION ALL SELECT 1 FROM tidligere_overordnet WHERE overordnet = ?1)`, id)
		if err != nil {
			return err
		}
		var told bool
		found, err := t.one(`SELECT oppgitt = 1 FROM aktoer WHERE aktoer = ?1`, []any{id}, &told)
		if err != nil {
			return err
		}
		if !found || told {
			continue
		}
		if err := t.dropAktoer(id); err != nil {
			return err
		}
	}
	return nil
}

// dropAktoer removes a row that nothing names any more, and of which nothing else is kept.
func (t *Tx) dropAktoer(id int64) error {
	for _, query := range []string{
		`SELECT 1 FROM arbeidsforhold WHERE arbeidstaker = ?1 LIMIT 1`,
		`SELECT 1 FROM arbeidsforhold WHERE arbeidsgiver = ?1 LIMIT 1`,
		`SELECT 1 FROM arbeidsforhold WHERE opplysningspliktig = ?1 LIMIT 1`,
		`SELECT 1 FROM enhet WHERE overordnet = ?1 LIMIT 1`,
		`SELECT 1 FROM tidligere_overordnet WHERE overordnet = ?1 LIMIT 1`,
	} {
		var one int64
		if named, err := t.one(query, []any{id}, &one); err != nil || named {
			return err
		}
	}
	delete(t.beroert.personer, id)
	for _, query := range []string{
		`DELETE FROM person WHERE aktoer = ?1`, `DELETE FROM enhet WHERE aktoer = ?1`,
		`DELETE FROM tidligere_nummer WHERE aktoer = ?1`, `DELETE FROM aktoer WHERE aktoer = ?1`,
	} {
		if err := t.exec(query, id); err != nil {
			return err
		}
	}
	return nil
}
