package store

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// PutPerson stores a person in the place of what was known under the number or, when the number is new, under a
// former one: then the person has changed number.
func (t *Tx) PutPerson(p *Person) error {
	if err := p.check(); err != nil {
		return err
	}
	id, err := t.personUnder(p)
	if err != nil {
		return fmt.Errorf("person: %w", err)
	}
	t.beroert[id] = true
	clear(t.kjente) // a former number may lead here now
	steps := []func() error{
		func() error {
			return t.exec(`UPDATE aktoer SET nummer = ?2, navn = ?3, gradering = ?4 WHERE aktoer = ?1`,
				id, p.Foedselsnr, p.Navn.Efnavn(), int(p.Adressebeskyttelse))
		},
		func() error {
			return t.exec(`UPDATE person SET kjoenn = ?2, foedselsdato = ?3, doedsdato = ?4 WHERE aktoer = ?1`,
				id, p.Kjoenn, p.Foedselsdato, p.Doedsdato)
		},
		func() error { return t.exec(`DELETE FROM nummer WHERE aktoer = ?1`, id) },
		func() error {
			return t.dropNames(`DELETE FROM personnavn WHERE aktoer = ?1 RETURNING navn, ord, fonetisk`,
				`DELETE FROM etternavnord WHERE fonetisk = ?1 AND ord = ?2 AND navn = ?3`, id)
		},
	}
	for _, nummer := range append([]string{p.Foedselsnr}, p.TidligereNumre...) {
		steps = append(steps, func() error { return t.exec(`INSERT OR IGNORE INTO nummer VALUES (?1, ?2)`, nummer, id) })
	}
	for i, navn := range append([]Navn{p.Navn}, p.TidligereNavn...) {
		steps = append(steps, func() error { return t.putPersonnavn(id, navn, i > 0) })
	}
	return run("person", steps)
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

func (t *Tx) personUnder(p *Person) (id int64, err error) {
	for _, nummer := range append([]string{p.Foedselsnr}, p.TidligereNumre...) {
		found, err := t.one(`SELECT aktoer FROM aktoer WHERE nummer = ?1 AND slag = ?2`, []any{nummer, slagPerson}, &id)
		if found || err != nil {
			return id, err
		}
	}
	return t.aktoer(slagPerson, p.Foedselsnr)
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
	return t.eachWord(`INSERT OR IGNORE INTO etternavnord VALUES (?1, ?2, ?3)`, navn, keys)
}

// eachWord runs a statement for each word, and for each code, of a name's first field.
func (t *Tx) eachWord(query string, navn int64, keys navnenoekler) error {
	for fonetisk, key := range []string{keys.ord, keys.fonetisk} {
		first, _, _ := strings.Cut(key, feltskille)
		for _, w := range strings.Fields(first) {
			if err := t.exec(query, fonetisk, w, navn); err != nil {
				return err
			}
		}
	}
	return nil
}

// dropNames deletes the names of somebody, and the words that led to them.
func (t *Tx) dropNames(names, word string, aktoer int64) error {
	dropped := map[int64]navnenoekler{}
	err := t.each(names, []any{aktoer}, func(rows *sql.Rows) error {
		var navn int64
		var keys navnenoekler
		err := rows.Scan(&navn, &keys.ord, &keys.fonetisk)
		dropped[navn] = keys
		return err
	})
	if err != nil {
		return err
	}
	for navn, keys := range dropped {
		if err := t.eachWord(word, navn, keys); err != nil {
			return err
		}
	}
	return nil
}

// PutEnhet stores a unit in the place of what was known under its number.
func (t *Tx) PutEnhet(e *Enhet) error {
	if err := e.check(); err != nil {
		return err
	}
	id, err := t.aktoer(slagEnhet, e.Orgnr)
	if err != nil {
		return fmt.Errorf("enhet: %w", err)
	}
	t.beroert[id] = true
	steps := []func() error{
		func() error { return t.putEnhetsdata(id, e) },
		func() error { return t.exec(`DELETE FROM tidligere_overordnet WHERE enhet = ?1`, id) },
		func() error { return t.putEnhetsnavn(id, e.Navn, e.TidligereNavn) },
	}
	for _, former := range e.TidligereOverordnet {
		steps = append(steps, func() error {
			over, err := t.aktoer(slagEnhet, former.Orgnr)
			if err != nil {
				return err
			}
			return t.exec(`INSERT OR REPLACE INTO tidligere_overordnet VALUES (?1, ?2, ?3)`, over, id, former.Til)
		})
	}
	return run("enhet", steps)
}

func (t *Tx) putEnhetsdata(id int64, e *Enhet) error {
	var over any
	if e.OverordnetEnhet != "" {
		overordnet, err := t.aktoer(slagEnhet, e.OverordnetEnhet)
		if err != nil {
			return err
		}
		over = overordnet
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
		func() error { return t.exec(`UPDATE aktoer SET navn = ?2 WHERE aktoer = ?1`, id, navn) },
		func() error {
			return t.dropNames(`DELETE FROM enhetsnavn WHERE aktoer = ?1 RETURNING navn, ord, fonetisk`,
				`DELETE FROM enhetsnavnord WHERE fonetisk = ?1 AND ord = ?2 AND navn = ?3`, id)
		},
	}
	for i, n := range append([]TidligereEnhetsnavn{{Navn: navn}}, former...) {
		if n.Navn == "" {
			continue
		}
		steps = append(steps, func() error {
			keys := wordKeys(enhetsord(n.Navn))
			navn, err := t.insert(`INSERT INTO enhetsnavn (aktoer, historisk, fra, til, tekst, ord, fonetisk, sortering)
				VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)`, id, i > 0, n.Fra, n.Til, n.Navn, keys.ord, keys.fonetisk, sortKey(n.Navn))
			if err != nil {
				return err
			}
			return t.eachWord(`INSERT OR IGNORE INTO enhetsnavnord VALUES (?1, ?2, ?3)`, navn, keys)
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
	t.beroert[id] = true
	return t.putEnhetsnavn(id, g.Navn, nil)
}

// navnelinje is how long a line of a unit's name is: Enhetsregisteret cut longer names there, also inside a word,
// and copies join the lines with a space.
const navnelinje = 35

// enhetsord are the words of a unit's name; a name that was cut inside a word has that word whole, too.
func enhetsord(navn string) []string {
	w := words(navn)
	runes := []rune(navn)
	if len(runes) <= navnelinje+1 || runes[navnelinje] != ' ' {
		return w
	}
	joined := words(string(runes[:navnelinje]) + string(runes[navnelinje+1:]))
	for _, word := range joined {
		if !slices.Contains(w, word) {
			w = append(w, word)
		}
	}
	return w
}

// navnenoekler are what a name is matched by: its words and their phonetic codes, words split by space, fields by
// feltskille.
type navnenoekler struct{ ord, fonetisk string }

const feltskille = "\x1f"

func wordKeys(words []string) navnenoekler {
	codes := make([]string, len(words))
	for i, w := range words {
		codes[i] = phonetic(w)
	}
	return navnenoekler{strings.Join(words, " "), strings.Join(codes, " ")}
}

func nameKeys(fields ...string) navnenoekler {
	ord, fonetisk := make([]string, len(fields)), make([]string, len(fields))
	for i, field := range fields {
		k := wordKeys(words(field))
		ord[i], fonetisk[i] = k.ord, k.fonetisk
	}
	return navnenoekler{strings.Join(ord, feltskille), strings.Join(fonetisk, feltskille)}
}

func (a Adresse) empty() bool {
	return len(a.Linjer) == 0 && a.Postnr+a.Poststed+a.Kommunenr+a.Kommune+a.Landkode+a.Land == ""
}
