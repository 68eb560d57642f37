package store

import (
	"fmt"
	"maps"
	"slices"
)

// takeOver makes whoever else is in force under one of the former numbers one with the person: at once, or in a new
// register when all is in, since before that their arbeidsforhold cannot be looked up.
func (t *Tx) takeOver(id int64, former []string) error {
	for _, nummer := range former {
		other, found, err := t.aktoerUnder(slagPerson, nummer)
		if err != nil {
			return err
		}
		if _, merged := t.sammen[other]; !found || other == id || merged {
			continue
		}
		if err := t.forget(other, nil, nil); err != nil {
			return err
		}
		if t.ny {
			t.sammen[other] = id
			continue
		}
		t.beroert.personer[id] = true
		if err := t.merge(other, id); err != nil {
			return fmt.Errorf("former number: %w", err)
		}
	}
	return nil
}

// mergeAll takes the steps that takeOver left.
func (t *Tx) mergeAll() error {
	for _, other := range slices.Sorted(maps.Keys(t.sammen)) {
		id := t.sammen[other]
		for next, merged := t.sammen[id]; merged; next, merged = t.sammen[id] {
			id = next
		}
		t.beroert.personer[id] = true
		if err := t.merge(other, id); err != nil {
			return fmt.Errorf("former number: %w", err)
		}
	}
	return nil
}

// merge gives the arbeidsforhold of one row of a person to another row, and removes the first.
func (t *Tx) merge(other, id int64) error {
	if err := t.dropPersonnavn(other); err != nil {
		return err
	}
	if err := t.dropListe(other); err != nil {
		return err
	}
	for _, query := range []string{
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
