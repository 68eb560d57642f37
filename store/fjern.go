package store

import "errors"

// DeleteEnhet forgets what is known of a unit (Enhetsregisteret: Fjernet). Its number stays while arbeidsforhold or
// other units name it. ErrIngen when nobody has told of it.
func (t *Tx) DeleteEnhet(orgnr string) error {
	id, found, err := t.aktoerUnder(slagEnhet, orgnr)
	if err != nil {
		return err
	}
	if !found {
		return ErrIngen
	}
	if err := t.dropEnhetsnavn(id); err != nil {
		return err
	}
	t.Utfall = Slettet
	for _, query := range []string{
		`UPDATE aktoer SET navn = '', oppgitt = 0 WHERE aktoer = ?1`,
		`DELETE FROM tidligere_overordnet WHERE enhet = ?1`,
		`DELETE FROM enhet WHERE aktoer = ?1`,
		`INSERT INTO enhet VALUES (?1, '', '', NULL, '', '', '', '', '', '', '', '', 0, 0, 0, 0, 0, 0)`,
	} {
		if err := t.exec(query, id); err != nil {
			return err
		}
	}
	return t.dropAktoer(id, `SELECT 1 FROM enhet WHERE overordnet = ?1 UNION ALL SELECT 1 FROM tidligere_overordnet WHERE overordnet = ?1 LIMIT 1`,
		`DELETE FROM enhet WHERE aktoer = ?1`)
}

// DeletePerson forgets what is known of a person, whoever has the number now. The numbers and the protection stay while
// arbeidsforhold name the person. ErrIngen when nobody has the number.
func (t *Tx) DeletePerson(nummer string) error {
	id, found, err := t.aktoerUnder(slagPerson, nummer)
	if err != nil {
		return err
	}
	if !found {
		return ErrIngen
	}
	if err := t.forget(id); err != nil {
		return err
	}
	if err := t.dropPersonnavn(id); err != nil {
		return err
	}
	t.Utfall = Slettet
	t.beroert.personer[id] = true
	for _, query := range []string{
		`UPDATE aktoer SET navn = '', oppgitt = 0 WHERE aktoer = ?1`,
		`UPDATE person SET kjoenn = '', foedselsdato = 0, doedsdato = 0 WHERE aktoer = ?1`,
	} {
		if err := t.exec(query, id); err != nil {
			return err
		}
	}
	return t.dropAktoer(id, ``, `DELETE FROM person WHERE aktoer = ?1`)
}

// dropAktoer removes a row that nothing names any more: no arbeidsforhold, and nothing that the query finds.
func (t *Tx) dropAktoer(id int64, named, data string) error {
	queries := []string{
		`SELECT 1 FROM arbeidsforhold WHERE arbeidstaker = ?1 LIMIT 1`,
		`SELECT 1 FROM arbeidsforhold WHERE arbeidsgiver = ?1 LIMIT 1`,
		`SELECT 1 FROM arbeidsforhold WHERE opplysningspliktig = ?1 LIMIT 1`,
	}
	if named != "" {
		queries = append(queries, named)
	}
	for _, query := range queries {
		var one int64
		if found, err := t.one(query, []any{id}, &one); err != nil || found {
			return err
		}
	}
	delete(t.beroert.personer, id)
	for _, query := range []string{data, `DELETE FROM nummer WHERE aktoer = ?1`, `DELETE FROM aktoer WHERE aktoer = ?1`} {
		if err := t.exec(query, id); err != nil {
			return err
		}
	}
	return nil
}

// HarGammelArbeidsgiver says whether a source has told of an old employer.
func (t *Tx) HarGammelArbeidsgiver(nummer string) (told bool, err error) {
	_, err = t.one(`SELECT oppgitt FROM aktoer WHERE nummer = ?1 AND slag = ?2`, []any{nummer, slagGammel}, &told)
	return told, err
}

// KjennerPerson says whether a source has told of a person under any of the numbers, and whether anything names one.
func (t *Tx) KjennerPerson(p *Person) (told, named bool, err error) {
	for _, nummer := range append([]string{p.Foedselsnr}, p.TidligereNumre...) {
		var here bool
		found, err := t.one(`SELECT max(a.oppgitt) FROM nummer n JOIN aktoer a USING (aktoer) WHERE n.nummer = ?1 AND a.slag = ?2
			HAVING count(*) > 0`, []any{nummer, slagPerson}, &here)
		if err != nil {
			return false, false, err
		}
		told, named = told || here && nummer == p.Foedselsnr, named || found
	}
	return told, named, nil
}

// Gradert keeps the protection alone of a person whom arbeidsforhold name and of whom nothing else may be kept.
func (t *Tx) Gradert(p *Person) error {
	id, found, err := t.aktoerUnder(slagPerson, p.Foedselsnr)
	if err != nil || !found {
		return err
	}
	t.beroert.personer[id] = true
	return errors.Join(t.forget(id), t.exec(`UPDATE aktoer SET gradering = ?2 WHERE aktoer = ?1`, id, int(p.Adressebeskyttelse)))
}
