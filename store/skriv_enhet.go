package store

import (
	"encoding/json"
	"fmt"
	"strings"

	"aareg/store/sqlite"
)

// PutEnhet stores a unit in the place of what was known under its number.
func (t *Tx) PutEnhet(e *Enhet) error {
	if err := e.check(); err != nil {
		return err
	}
	if err := t.putEnhet(e); err != nil {
		return fmt.Errorf("enhet: %w", err)
	}
	return nil
}

func (t *Tx) putEnhet(e *Enhet) error {
	id, found, err := t.aktoerUnder(slagEnhet, e.Orgnr)
	if err != nil {
		return err
	}
	t.Utfall = Lagret
	told := false
	if found {
		var stored *Enhet
		if stored, told, err = t.enhet(id); err != nil {
			return err
		}
		if told && e.Same(stored) {
			t.Utfall = Uendret
			return nil
		}
		if told {
			t.Utfall = Skiftet
			if err := t.forlatOverordnede(stored); err != nil {
				return err
			}
		}
	} else if id, err = t.nyAktoer(slagEnhet, e.Orgnr); err != nil {
		return err
	}
	if err := t.touchEnhet(id); err != nil {
		return err
	}
	if err := t.putEnhetsdata(id, e); err != nil {
		return err
	}
	if err := t.putTidligereOverordnet(id, told, e.TidligereOverordnet); err != nil {
		return err
	}
	return t.putEnhetsnavn(id, told, e.Navn, e.TidligereNavn)
}

// forlatOverordnede says that a unit may belong to those no more that it belonged to.
func (t *Tx) forlatOverordnede(e *Enhet) error {
	for _, over := range append([]TidligereOverordnet{{Orgnr: e.OverordnetEnhet}}, e.TidligereOverordnet...) {
		id, found, err := t.aktoerUnder(slagEnhet, over.Orgnr)
		if err != nil {
			return err
		}
		if found {
			t.beroert.forlat(id)
		}
	}
	return nil
}

// overordnet is the row of a unit that another says it belongs to, which tells of it.
func (t *Tx) overordnet(orgnr string) (int64, error) {
	id, err := t.aktoer(slagEnhet, orgnr)
	if err != nil {
		return 0, err
	}
	return id, t.exec(`UPDATE aktoer SET oppgitt = 1 WHERE aktoer = ?1 AND oppgitt = 0`, id)
}

// flytt says that a unit is about to belong to another (0: none), if it is.
func (t *Tx) flytt(id, til int64) error {
	if t.beroert.alt {
		return nil
	}
	var fra int64
	if _, err := t.one(`SELECT overordnet FROM enhet WHERE aktoer = ?1`, []any{id}, &fra); err != nil || fra == til {
		return err
	}
	t.beroert.telle(fra, til)
	return nil
}

func (t *Tx) putTidligereOverordnet(id int64, known bool, former []TidligereOverordnet) error {
	if known {
		if err := t.exec(`DELETE FROM tidligere_overordnet WHERE enhet = ?1`, id); err != nil {
			return err
		}
	}
	for _, f := range former {
		over, err := t.overordnet(f.Orgnr)
		if err != nil {
			return err
		}
		if err := t.exec(`INSERT OR REPLACE INTO tidligere_overordnet VALUES (?1, ?2, ?3)`, over, id, f.Til); err != nil {
			return err
		}
	}
	return nil
}

func (t *Tx) putEnhetsdata(id int64, e *Enhet) error {
	var over int64
	if e.OverordnetEnhet != "" {
		var err error
		if over, err = t.overordnet(e.OverordnetEnhet); err != nil {
			return err
		}
	}
	if err := t.flytt(id, over); err != nil {
		return err
	}
	var post []byte
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
		WHERE aktoer = ?1`, id, e.Organisasjonsform.Kode, e.Organisasjonsform.Beskrivelse, orNull(over),
		strings.Join(f.Linjer, "\n"), f.Postnr, f.Poststed, f.Kommunenr, f.Kommune, f.Landkode, f.Land, string(post),
		e.Registreringsdato, e.Stiftelsesdato, e.Oppstartsdato, e.Opphoert, e.Opphoersdato, e.Virksomhetsoverdragelse)
}

func (t *Tx) putEnhetsnavn(id int64, known bool, navn string, former []TidligereEnhetsnavn) error {
	if err := t.exec(`UPDATE aktoer SET navn = ?2, oppgitt = 1 WHERE aktoer = ?1`, id, navn); err != nil {
		return err
	}
	if known {
		if err := t.dropEnhetsnavn(id); err != nil {
			return err
		}
	}
	for i, n := range append([]TidligereEnhetsnavn{{Navn: navn}}, former...) {
		if n.Navn == "" {
			continue
		}
		keys := nameKeys(n.Navn, kuttedeOrd(n.Navn))
		err := t.exec(`INSERT INTO enhetsnavn (aktoer, historisk, fra, til, tekst, ord, fonetisk) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)`, id, i > 0, n.Fra, n.Til, n.Navn, keys.ord, keys.fonetisk)
		if err != nil {
			return err
		}
	}
	return nil
}

func (t *Tx) dropEnhetsnavn(id int64) error {
	return t.exec(`DELETE FROM enhetsnavn WHERE aktoer = ?1`, id)
}

// Enhet is what is known of a unit, nil when nothing is but that another says it belongs to it.
func (t *Tx) Enhet(orgnr string) (*Enhet, error) {
	id, found, err := t.aktoerUnder(slagEnhet, orgnr)
	if err != nil || !found {
		return nil, err
	}
	e, told, err := t.enhet(id)
	if err != nil || !told || e.Navn == "" {
		return nil, err
	}
	return e, nil
}

func (t *Tx) enhet(id int64) (e *Enhet, told bool, err error) {
	e = &Enhet{}
	f := &e.Forretningsadresse
	var lines, post string
	_, err = t.one(`SELECT a.nummer, a.oppgitt, coalesce(o.nummer, ''), e.enhkode, e.enhtype_beskr, e.fadresse, e.fpostnr,
			e.fpoststed, e.kommunenr, e.kommune, e.landkode, e.land, e.postadresse, e.registreringsdato, e.stiftelsesdato,
			e.oppstartsdato, e.opphoert, e.opphoersdato, e.virksomhetsoverdragelse
		FROM aktoer a JOIN enhet e USING (aktoer) LEFT JOIN aktoer o ON o.aktoer = e.overordnet WHERE a.aktoer = ?1`, []any{id},
		&e.Orgnr, &told, &e.OverordnetEnhet, &e.Organisasjonsform.Kode, &e.Organisasjonsform.Beskrivelse, &lines, &f.Postnr,
		&f.Poststed, &f.Kommunenr, &f.Kommune, &f.Landkode, &f.Land, &post, &e.Registreringsdato, &e.Stiftelsesdato,
		&e.Oppstartsdato, &e.Opphoert, &e.Opphoersdato, &e.Virksomhetsoverdragelse)
	if err != nil || !told {
		return e, told, err
	}
	if lines != "" {
		f.Linjer = strings.Split(lines, "\n")
	}
	if post != "" && json.Unmarshal([]byte(post), &e.Postadresse) != nil {
		return e, told, errDok
	}
	if e.Navn, e.TidligereNavn, err = t.enhetsnavn(id); err != nil {
		return e, told, err
	}
	return e, told, t.each(`SELECT a.nummer, o.til FROM tidligere_overordnet o JOIN aktoer a ON a.aktoer = o.overordnet
		WHERE o.enhet = ?1 ORDER BY a.nummer`, []any{id}, func(row *sqlite.Stmt) error {
		var f TidligereOverordnet
		err := row.Scan(&f.Orgnr, &f.Til)
		e.TidligereOverordnet = append(e.TidligereOverordnet, f)
		return err
	})
}

// enhetsnavn are the names of a unit or an old employer, in the order that they were delivered in.
func (t *Tx) enhetsnavn(id int64) (navn string, former []TidligereEnhetsnavn, err error) {
	err = t.each(`SELECT historisk, tekst, fra, til FROM enhetsnavn WHERE aktoer = ?1 ORDER BY navn`, []any{id}, func(row *sqlite.Stmt) error {
		var historisk bool
		var n TidligereEnhetsnavn
		err := row.Scan(&historisk, &n.Navn, &n.Fra, &n.Til)
		if historisk {
			former = append(former, n)
		} else {
			navn = n.Navn
		}
		return err
	})
	return navn, former, err
}

// PutGammelArbeidsgiver stores an employer from before Enhetsregisteret.
func (t *Tx) PutGammelArbeidsgiver(g *GammelArbeidsgiver) error {
	if err := g.check(); err != nil {
		return err
	}
	id, found, err := t.aktoerUnder(slagGammel, g.Arbeidsgivernr)
	if err == nil && !found {
		id, err = t.nyAktoer(slagGammel, g.Arbeidsgivernr)
	}
	if err != nil {
		return fmt.Errorf("arbeidsgiver: %w", err)
	}
	t.Utfall = Lagret
	if found {
		t.Utfall = Skiftet
		if navn, _, err := t.enhetsnavn(id); err != nil || navn == g.Navn && navn != "" {
			t.Utfall = Uendret
			return err
		}
	}
	if err := t.touchEnhet(id); err != nil {
		return fmt.Errorf("arbeidsgiver: %w", err)
	}
	t.beroert.taker(id) // a source may have it as one
	return t.putEnhetsnavn(id, found, g.Navn, nil)
}
