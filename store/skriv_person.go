package store

import (
	"errors"
	"fmt"
)

// PutPerson stores a person in the place of what was known under the number and the former ones. Who was known under
// a former number is that person from now on. A number that is a former one of somebody else is refused: the two
// sources contradict each other, and the protection of one must not be lost by the other.
func (t *Tx) PutPerson(p *Person) error {
	if err := p.check(); err != nil {
		return err
	}
	id, err := t.personUnder(p)
	if err != nil {
		return fmt.Errorf("person: %w", err)
	}
	clear(t.kjente) // a former number may lead here now
	steps := []func() error{
		func() error { return t.takeOver(id, p.TidligereNumre) },
		func() error {
			return t.exec(`UPDATE aktoer SET nummer = ?2, navn = ?3, gradering = ?4, oppgitt = 1 WHERE aktoer = ?1`,
				id, p.Foedselsnr, p.Navn.Efnavn(), int(p.Adressebeskyttelse))
		},
		func() error {
			return t.exec(`UPDATE person SET kjoenn = ?2, foedselsdato = ?3, doedsdato = ?4 WHERE aktoer = ?1`,
				id, p.Kjoenn, p.Foedselsdato, p.Doedsdato)
		},
		func() error { return t.exec(`DELETE FROM nummer WHERE aktoer = ?1`, id) },
		func() error { return t.dropPersonnavn(id) },
	}
	for _, nummer := range append([]string{p.Foedselsnr}, p.TidligereNumre...) {
		steps = append(steps, func() error { return t.exec(`INSERT OR IGNORE INTO nummer VALUES (?1, ?2)`, nummer, id) })
	}
	for i, navn := range append([]Navn{p.Navn}, p.TidligereNavn...) {
		steps = append(steps, func() error { return t.putPersonnavn(id, navn, i > 0) })
	}
	return run("person", steps)
}

// personUnder is the row of a person: that of the number, else that of a former one, else a new one. A row that was
// there is looked at when the change is whole.
func (t *Tx) personUnder(p *Person) (id int64, err error) {
	for _, nummer := range append([]string{p.Foedselsnr}, p.TidligereNumre...) {
		found, err := t.one(`SELECT aktoer FROM aktoer WHERE nummer = ?1 AND slag = ?2`, []any{nummer, slagPerson}, &id)
		if err != nil {
			return 0, err
		}
		if found {
			t.endret[id] = true
			return id, nil
		}
	}
	var other int64
	found, err := t.one(`SELECT a.aktoer FROM nummer n JOIN aktoer a USING (aktoer) WHERE n.nummer = ?1 AND a.slag = ?2`,
		[]any{p.Foedselsnr, slagPerson}, &other)
	if err != nil {
		return 0, err
	}
	if found {
		return 0, errors.New("foedselsnr: is a former number of somebody else")
	}
	return t.aktoer(slagPerson, p.Foedselsnr)
}

// takeOver makes whoever else is in force under one of the former numbers one with the person.
func (t *Tx) takeOver(id int64, former []string) error {
	for _, nummer := range former {
		var other int64
		found, err := t.one(`SELECT aktoer FROM aktoer WHERE nummer = ?1 AND slag = ?2 AND aktoer <> ?3`,
			[]any{nummer, slagPerson, id}, &other)
		if err != nil {
			return err
		}
		if !found {
			continue
		}
		steps := []func() error{func() error { return t.dropPersonnavn(other) }, func() error { return t.dropListe(other) }}
		for _, query := range []string{
			`UPDATE arbeidsforhold SET arbeidstaker = ?1 WHERE arbeidstaker = ?2`,
			`UPDATE arbeidsforhold SET arbeidsgiver = ?1 WHERE arbeidsgiver = ?2`,
			`UPDATE arbeidsforhold SET opplysningspliktig = ?1 WHERE opplysningspliktig = ?2`,
		} {
			steps = append(steps, func() error { return t.exec(query, id, other) })
		}
		for _, query := range []string{
			`DELETE FROM nummer WHERE aktoer = ?1`, `DELETE FROM person WHERE aktoer = ?1`, `DELETE FROM aktoer WHERE aktoer = ?1`,
		} {
			steps = append(steps, func() error { return t.exec(query, other) })
		}
		t.endret[id] = true
		if err := run("former number", steps); err != nil {
			return err
		}
	}
	return nil
}

func (t *Tx) dropPersonnavn(id int64) error {
	return t.dropNames(`DELETE FROM personnavn WHERE aktoer = ?1 RETURNING navn, ord, fonetisk`,
		`DELETE FROM etternavnord WHERE fonetisk = ?1 AND ord = ?2 AND navn = ?3`, 1, id)
}

// run takes the steps of one change; the first that fails ends it.
func run(doing string, steps []func() error) error {
	for _, step := range steps {
		if err := step(); err != nil {
			return fmt.Errorf("%s: %w", doing, err)
		}
	}
	return nil
}

func (t *Tx) putPersonnavn(id int64, n Navn, historisk bool) error {
	if n == (Navn{}) {
		return nil
	}
	fields := []string{n.Etternavn, n.Fornavn, n.Mellomnavn}
	keys := nameKeys(fields...)
	navn, err := t.insert(`INSERT INTO personnavn (aktoer, historisk, etternavn, fornavn, mellomnavn, ord, fonetisk, sortering)
		VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)`, id, historisk, n.Etternavn, n.Fornavn, n.Mellomnavn,
		keys.ord, keys.fonetisk, sortKey(fields...))
	if err != nil {
		return err
	}
	return t.eachWord(`INSERT OR IGNORE INTO etternavnord VALUES (?1, ?2, ?3)`, navn, keys, 1)
}
