package store

import (
	"encoding/json"
	"fmt"
	"strings"
)

// PutEnhet stores a unit in the place of what was known under its number.
func (t *Tx) PutEnhet(e *Enhet) error {
	if err := e.check(); err != nil {
		return err
	}
	id, err := t.aktoer(slagEnhet, e.Orgnr)
	if err != nil {
		return fmt.Errorf("enhet: %w", err)
	}
	steps := []func() error{
		func() error { return t.putEnhetsdata(id, e) },
		func() error { return t.exec(`DELETE FROM tidligere_overordnet WHERE enhet = ?1`, id) },
		func() error { return t.putEnhetsnavn(id, e.Navn, e.TidligereNavn) },
	}
	for _, former := range e.TidligereOverordnet {
		steps = append(steps, func() error {
			over, err := t.overordnet(former.Orgnr)
			if err != nil {
				return err
			}
			return t.exec(`INSERT OR REPLACE INTO tidligere_overordnet VALUES (?1, ?2, ?3)`, over, id, former.Til)
		})
	}
	return run("enhet", steps)
}

// overordnet is the row of a unit that another says it belongs to, which tells of it.
func (t *Tx) overordnet(orgnr string) (int64, error) {
	id, err := t.aktoer(slagEnhet, orgnr)
	if err != nil {
		return 0, err
	}
	return id, t.exec(`UPDATE aktoer SET oppgitt = 1 WHERE aktoer = ?1`, id)
}

func (t *Tx) putEnhetsdata(id int64, e *Enhet) error {
	var over any
	if e.OverordnetEnhet != "" {
		id, err := t.overordnet(e.OverordnetEnhet)
		if err != nil {
			return err
		}
		over = id
	}
	post := []byte{}
	if !e.Postadresse.empty() {
		var err error
		if post, err = json.Marshal(e.Postadresse); err != nil {
			return err
		}
	}
	f := e.Forretningsadresse
	return t.exec(`UPDATE enhet SET (enhkode, enhtype_beskr, overordnet, fadresse, fpostnr, fpoststed, kommunenr, kommune,
		landkode, land, postadresse, registreringsdato, stiftelsesdato, oppstartsdato, opphoert, opphoersdato,
		virksomhetsoverdragelse) = (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)
		WHERE aktoer = ?1`, id, e.Organisasjonsform.Kode, e.Organisasjonsform.Beskrivelse, over,
		strings.Join(f.Linjer, "\n"), f.Postnr, f.Poststed, f.Kommunenr, f.Kommune, f.Landkode, f.Land, string(post),
		e.Registreringsdato, e.Stiftelsesdato, e.Oppstartsdato, e.Opphoert, e.Opphoersdato, e.Virksomhetsoverdragelse)
}

func (t *Tx) putEnhetsnavn(id int64, navn string, former []TidligereEnhetsnavn) error {
	steps := []func() error{
		func() error { return t.exec(`UPDATE aktoer SET navn = ?2, oppgitt = 1 WHERE aktoer = ?1`, id, navn) },
		func() error {
			return t.dropNames(`DELETE FROM enhetsnavn WHERE aktoer = ?1 RETURNING navn, ord, fonetisk`,
				`DELETE FROM enhetsnavnord WHERE fonetisk = ?1 AND ord = ?2 AND navn = ?3`, 2, id)
		},
	}
	for i, n := range append([]TidligereEnhetsnavn{{Navn: navn}}, former...) {
		if n.Navn == "" {
			continue
		}
		steps = append(steps, func() error {
			keys := nameKeys(n.Navn, kuttedeOrd(n.Navn))
			navn, err := t.insert(`INSERT INTO enhetsnavn (aktoer, historisk, fra, til, tekst, ord, fonetisk, sortering)
				VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)`, id, i > 0, n.Fra, n.Til, n.Navn, keys.ord, keys.fonetisk, sortKey(n.Navn))
			if err != nil {
				return err
			}
			return t.eachWord(`INSERT OR IGNORE INTO enhetsnavnord VALUES (?1, ?2, ?3)`, navn, keys, 2)
		})
	}
	return run("navn", steps)
}

// PutGammelArbeidsgiver stores an employer from before Enhetsregisteret.
func (t *Tx) PutGammelArbeidsgiver(g *GammelArbeidsgiver) error {
	if err := g.check(); err != nil {
		return err
	}
	id, err := t.aktoer(slagGammel, g.Arbeidsgivernr)
	if err != nil {
		return fmt.Errorf("arbeidsgiver: %w", err)
	}
	return t.putEnhetsnavn(id, g.Navn, nil)
}
