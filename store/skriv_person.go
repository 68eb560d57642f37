package store

import (
	"errors"
	"fmt"

	"aareg/store/sqlite"
)

// PutPerson stores a person in the place of what was known under the number and the former ones. Who was known under
// a former number is that person from now on. A number that is a former one of somebody else is refused: the two
// sources contradict each other, and the protection of one must not be lost by the other.
func (t *Tx) PutPerson(p *Person) error {
	if err := p.check(); err != nil {
		return err
	}
	if err := t.putPerson(p); err != nil {
		return fmt.Errorf("person: %w", err)
	}
	return nil
}

func (t *Tx) putPerson(p *Person) error {
	id, known, err := t.personUnder(p)
	if err != nil {
		return err
	}
	var stored *Person
	if known {
		if stored, err = t.person(id); err != nil {
			return err
		}
		if stored != nil && p.Same(stored) {
			t.Utfall = Uendret
			return nil
		}
	}
	if stored != nil {
		t.forget(append(stored.TidligereNumre, stored.Foedselsnr)...)
	}
	t.forget(append(p.TidligereNumre, p.Foedselsnr)...)
	if !known {
		if id, err = t.insertPerson(p); err != nil {
			return err
		}
	}
	t.beroert.follow()
	if err := t.roerNavn(id); err != nil {
		return err
	}
	if err := t.takeOver(id, p.TidligereNumre); err != nil {
		return err
	}
	if known {
		if err := t.touchPerson(id, p.Adressebeskyttelse); err != nil {
			return err
		}
	}
	t.Utfall = Lagret
	if stored != nil {
		t.Utfall = Skiftet
		if err := t.exec(`DELETE FROM tidligere_nummer WHERE aktoer = ?1`, id); err != nil {
			return err
		}
		if err := t.dropPersonnavn(id); err != nil {
			return err
		}
	}
	if known {
		if err := t.updatePerson(id, p); err != nil {
			return err
		}
	}
	return t.writeNumreOgNavn(id, p)
}

// touchPerson says that the arbeidsforhold of a person must be looked at. In a new register, whose lists are made when
// all is in, only a new protection is a reason.
func (t *Tx) touchPerson(id int64, now Gradering) error {
	if t.ny {
		var before Gradering
		if _, err := t.one(`SELECT gradering FROM aktoer WHERE aktoer = ?1`, []any{id}, &before); err != nil || before == now {
			return err
		}
	}
	t.beroert.personer[id] = true
	return nil
}

func (t *Tx) insertPerson(p *Person) (id int64, err error) {
	id, err = t.insert(`INSERT INTO aktoer (slag, nummer, navn, gradering, oppgitt) VALUES (?1, ?2, ?3, ?4, ?5)`,
		slagPerson, p.Foedselsnr, p.Navn.Efnavn(), int(p.Adressebeskyttelse), p.oppgitt())
	if err != nil {
		return 0, err
	}
	kjoenn, foedt := t.kjoennOgFoedsel(p)
	return id, t.exec(`INSERT INTO person VALUES (?1, ?2, ?3, ?4)`, id, kjoenn, foedt, p.Doedsdato)
}

func (t *Tx) updatePerson(id int64, p *Person) error {
	err := t.exec(`UPDATE aktoer SET nummer = ?2, navn = ?3, gradering = ?4, oppgitt = ?5 WHERE aktoer = ?1`,
		id, p.Foedselsnr, p.Navn.Efnavn(), int(p.Adressebeskyttelse), p.oppgitt())
	if err != nil {
		return err
	}
	kjoenn, foedt := t.kjoennOgFoedsel(p)
	return t.exec(`UPDATE person SET kjoenn = ?2, foedselsdato = ?3, doedsdato = ?4 WHERE aktoer = ?1`, id, kjoenn, foedt, p.Doedsdato)
}

// kjoennOgFoedsel are those that the source told, or those of the number when it has taken back what it told.
func (t *Tx) kjoennOgFoedsel(p *Person) (string, Dato) {
	if p.Slettet && t.Utled != nil {
		return t.Utled(p.Foedselsnr)
	}
	return p.Kjoenn, p.Foedselsdato
}

func (t *Tx) writeNumreOgNavn(id int64, p *Person) error {
	if p.Slettet {
		t.beroert.forlat(id)
	}
	for _, nummer := range p.TidligereNumre {
		if nummer == p.Foedselsnr {
			continue
		}
		if t.ny {
			t.tidligere[nummer] = true
		}
		if err := t.exec(`INSERT OR IGNORE INTO tidligere_nummer VALUES (?1, ?2)`, nummer, id); err != nil {
			return err
		}
	}
	for i, navn := range append([]Navn{p.Navn}, p.TidligereNavn...) {
		if err := t.putPersonnavn(id, navn, i > 0); err != nil {
			return err
		}
	}
	return nil
}

// personUnder is the row of a person: that of the number, else that of a former one which nobody else has had; false
// when there is none. A number that somebody else has had is stale.
func (t *Tx) personUnder(p *Person) (id int64, known bool, err error) {
	id, told, known, err := t.inForce(p.Foedselsnr)
	if _, merged := t.sammen[id]; err == nil && merged {
		err = errStaleNumber
	}
	if err != nil || known && told {
		return id, known, err
	}
	// In a new register, whoever is in force under a former number becomes one with the person when all is in.
	for _, nummer := range p.TidligereNumre {
		if known || t.ny {
			break
		}
		if id, known, err = t.aktoerUnder(slagPerson, nummer); err != nil {
			return 0, false, err
		}
		if shared, err := t.others(nummer, id); err != nil {
			return 0, false, err
		} else if shared {
			id, known = 0, false
		}
	}
	stale, err := t.others(p.Foedselsnr, id)
	if err == nil && stale {
		err = errStaleNumber
	}
	return id, known, err
}

// inForce is whoever has a number now, and whether a source has told of them.
func (t *Tx) inForce(nummer string) (id int64, told, found bool, err error) {
	found, err = t.one(`SELECT aktoer, oppgitt <> 0 FROM aktoer WHERE nummer = ?1 AND slag = ?2`, []any{nummer, slagPerson}, &id, &told)
	return id, told, found, err
}

var errStaleNumber = errors.New("foedselsnr: is a former number of somebody else")

// Person is what a source has told of whoever has a number now, nil when none has.
func (t *Tx) Person(nummer string) (*Person, error) {
	id, found, err := t.aktoerUnder(slagPerson, nummer)
	if err != nil || !found {
		return nil, err
	}
	p, err := t.person(id)
	if err != nil || p == nil || p.Slettet {
		return nil, err
	}
	return p, nil
}

// Numre are all numbers that find whoever has a number now, none when nobody has it.
func (t *Tx) Numre(nummer string) (all []string, err error) {
	err = t.each(`SELECT nummer FROM aktoer WHERE nummer = ?1 AND slag = ?2 UNION
		SELECT n.nummer FROM aktoer a JOIN tidligere_nummer n USING (aktoer) WHERE a.nummer = ?1 AND a.slag = ?2 ORDER BY 1`,
		[]any{nummer, slagPerson}, func(row *sqlite.Stmt) error {
			var found string
			err := row.Scan(&found)
			all = append(all, found)
			return err
		})
	return all, err
}

// person is what a source has told of a person, nil when none has. Of somebody of whom one has taken back what it told,
// that is the numbers and the grade alone.
func (t *Tx) person(id int64) (*Person, error) {
	var p Person
	var told int
	_, err := t.one(`SELECT a.nummer, a.gradering, a.oppgitt, p.kjoenn, p.foedselsdato, p.doedsdato
		FROM aktoer a JOIN person p USING (aktoer) WHERE a.aktoer = ?1`, []any{id},
		&p.Foedselsnr, &p.Adressebeskyttelse, &told, &p.Kjoenn, &p.Foedselsdato, &p.Doedsdato)
	if err != nil {
		return nil, err
	}
	switch told {
	case 0:
		return nil, nil
	case tattTilbake:
		p = Person{Slettet: true, Foedselsnr: p.Foedselsnr, Adressebeskyttelse: p.Adressebeskyttelse}
	}
	err = t.each(`SELECT nummer FROM tidligere_nummer WHERE aktoer = ?1 ORDER BY nummer`, []any{id}, func(row *sqlite.Stmt) error {
		p.TidligereNumre = append(p.TidligereNumre, string(row.Bytes(0)))
		return nil
	})
	if err != nil {
		return nil, err
	}
	return &p, t.each(`SELECT historisk, etternavn, fornavn, mellomnavn FROM personnavn WHERE aktoer = ?1 ORDER BY navn`, []any{id},
		func(row *sqlite.Stmt) error {
			var historisk bool
			var n Navn
			err := row.Scan(&historisk, &n.Etternavn, &n.Fornavn, &n.Mellomnavn)
			if historisk {
				p.TidligereNavn = append(p.TidligereNavn, n)
			} else {
				p.Navn = n
			}
			return err
		})
}

func (t *Tx) dropPersonnavn(id int64) error {
	return t.exec(`DELETE FROM personnavn WHERE aktoer = ?1`, id)
}

func (t *Tx) putPersonnavn(id int64, n Navn, historisk bool) error {
	if n == (Navn{}) {
		return nil
	}
	liste, err := t.etternavnliste(n.Etternavn)
	if err != nil {
		return err
	}
	return t.exec(`INSERT INTO personnavn (aktoer, historisk, liste, etternavn, fornavn, mellomnavn) VALUES (?1, ?2, ?3, ?4, ?5, ?6)`,
		id, historisk, liste, n.Etternavn, n.Fornavn, n.Mellomnavn)
}
