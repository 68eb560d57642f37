package store

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
	e, _, err := t.enhet(id)
	if err == nil {
		err = t.forlatOverordnede(e)
	}
	if err == nil {
		err = t.flytt(id, 0)
	}
	if err == nil {
		err = t.touchEnhet(id)
	}
	if err == nil {
		err = t.dropEnhetsnavn(id)
	}
	if err != nil {
		return err
	}
	t.Utfall = Slettet
	for _, query := range []string{
		`UPDATE aktoer SET navn = '', oppgitt = EXISTS (SELECT 1 FROM enhet WHERE overordnet = ?1)
			OR EXISTS (SELECT 1 FROM tidligere_overordnet WHERE overordnet = ?1) WHERE aktoer = ?1`,
		`DELETE FROM tidligere_overordnet WHERE enhet = ?1`,
		`DELETE FROM enhet WHERE aktoer = ?1`,
		`INSERT INTO enhet VALUES (?1, '', '', NULL, '', '', '', '', '', '', '', '', 0, 0, 0, 0, 0, 0)`,
	} {
		if err := t.exec(query, id); err != nil {
			return err
		}
	}
	t.beroert.forlat(id)
	return nil
}

// DeletePerson forgets what is known of a person: whoever has the number now, else the only one who has had it. The
// numbers and the protection stay while arbeidsforhold name the person. ErrIngen when there is nobody, ErrIkkeEntydig
// when several have had the number.
func (t *Tx) DeletePerson(nummer string) error {
	id, err := t.personMed(nummer)
	if err != nil {
		return err
	}
	p, err := t.person(id)
	if err != nil {
		return err
	}
	if _, merged := t.sammen[id]; p == nil || p.Slettet || merged {
		return ErrIngen
	}
	err = t.putPerson(p.slettet())
	t.beroert.forlat(id)
	t.Utfall = Slettet
	return err
}

// HarGammelArbeidsgiver says whether a source has told of an old employer.
func (t *Tx) HarGammelArbeidsgiver(nummer string) (told bool, err error) {
	_, err = t.one(`SELECT oppgitt FROM aktoer WHERE nummer = ?1 AND slag = ?2`, []any{nummer, slagGammel}, &told)
	return told, err
}

// KjennerPerson says whether a source has told of a person: of whoever has or has had the number, or has a former one
// now; and whether anything names the person by any number.
func (t *Tx) KjennerPerson(p *Person) (told, named bool, err error) {
	var had bool
	_, err = t.one(`SELECT coalesce(max(a.oppgitt <> 0), 0) FROM tidligere_nummer n JOIN aktoer a USING (aktoer) WHERE n.nummer = ?1`,
		[]any{p.Foedselsnr}, &had)
	for _, nummer := range append([]string{p.Foedselsnr}, p.TidligereNumre...) {
		if err != nil {
			break
		}
		var here, found bool
		_, here, found, err = t.inForce(nummer)
		told, named = told || here, named || found
	}
	return told || had, named || had, err
}
