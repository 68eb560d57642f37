package store

import (
	"fmt"
	"strconv"

	"aareg/store/sqlite"
)

// personMed is whoever has the number now, else the only person who has had it. ErrIngen when there is nobody,
// ErrIkkeEntydig when several have had the number.
func (t *Tx) personMed(nummer string) (id int64, err error) {
	id, found, err := t.aktoerUnder(slagPerson, nummer)
	if err != nil || found {
		return id, err
	}
	var holders int
	_, err = t.one(`SELECT count(*), min(aktoer) FROM tidligere_nummer WHERE nummer = ?1`, []any{nummer}, &holders, &id)
	switch {
	case err != nil:
		return 0, err
	case holders == 0:
		return 0, ErrIngen
	case holders > 1:
		return 0, ErrIkkeEntydig
	}
	return id, nil
}

// NumreTil are all numbers of the person who has a number now, or is the only one who has had it: the one in force first,
// then those of the former ones that nobody else has had. Delte counts the former ones that others have had, too: what
// was asked under them may be about the others. ErrIngen and ErrIkkeEntydig are as for DeletePerson.
func (t *Tx) NumreTil(nummer string) (numre []string, delte int, err error) {
	id, err := t.personMed(nummer)
	if err != nil {
		return nil, 0, err
	}
	var iKraft string
	if _, err := t.one(`SELECT nummer FROM aktoer WHERE aktoer = ?1`, []any{id}, &iKraft); err != nil {
		return nil, 0, err
	}
	numre = []string{iKraft}
	err = t.each(`SELECT n.nummer, EXISTS (SELECT 1 FROM tidligere_nummer o WHERE o.nummer = n.nummer AND o.aktoer <> ?1)
			OR EXISTS (SELECT 1 FROM aktoer a WHERE a.nummer = n.nummer AND a.slag = ?2 AND a.aktoer <> ?1)
		FROM tidligere_nummer n WHERE n.aktoer = ?1 ORDER BY n.nummer`, []any{id, slagPerson}, func(row *sqlite.Stmt) error {
		var former string
		var shared bool
		if err := row.Scan(&former, &shared); err != nil {
			return err
		}
		if shared {
			delte++
		} else {
			numre = append(numre, former)
		}
		return nil
	})
	return numre, delte, err
}

// Personnumre are all numbers of all persons in the register, in force and former, as numbers below 10^11: rising, each
// once. Persons of whom only arbeidsforhold have told are among them.
func (t *Tx) Personnumre() ([]uint64, error) {
	var numre []uint64
	err := t.each(`SELECT nummer FROM aktoer WHERE slag = ?1 UNION SELECT nummer FROM tidligere_nummer ORDER BY 1`, []any{slagPerson},
		func(row *sqlite.Stmt) error {
			text := string(row.Bytes(0))
			n, err := strconv.ParseUint(text, 10, 64)
			if err != nil || !digits(text, 11) {
				return fmt.Errorf("%w: the number of a person is not one", ErrUtilgjengelig)
			}
			numre = append(numre, n)
			return nil
		})
	return numre, err
}
