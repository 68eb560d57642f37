package store

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"aareg/store/sqlite"
)

// personrader are the names of persons that have words to be found by, with what their entries hold.
const personrader = `SELECT n.aktoer, n.liste, n.historisk, n.etternavn, n.fornavn, n.mellomnavn, a.nummer, a.gradering,
		a.som_arbeidstaker, a.som_arbeidsgiver, p.kjoenn, p.foedselsdato, p.doedsdato
	FROM personnavn n JOIN aktoer a USING (aktoer) JOIN person p USING (aktoer) WHERE n.liste IS NOT NULL`

// add takes a row of personrader.
func (k *personkilde) add(row *sqlite.Stmt) error {
	var n navnekilde
	var aktoer int64
	err := row.Scan(&aktoer, &n.liste, &n.historisk, &n.Etternavn, &n.Fornavn, &n.Mellomnavn, &k.nummer, &k.gradering,
		&k.somArbeidstaker, &k.somArbeidsgiver, &k.kjoenn, &k.Foedt, &k.Doed)
	k.navn = append(k.navn, n)
	return err
}

// packPersonlister makes the lists of persons' names anew, all of them. The entries are made person by person, since one
// knows of the person's other names, and sorted into their lists by SQLite, which needs no memory for it.
func (t *Tx) packPersonlister() error {
	for _, query := range []string{
		personliste.alle, `UPDATE etternavn SET merke = 0, fra = NULL`,
		`CREATE TEMP TABLE navnepost (liste INTEGER, sortering BLOB, id BLOB, merke INTEGER, pakke BLOB)`,
	} {
		if err := t.exec(query); err != nil {
			return err
		}
	}
	if err := t.lesNavneposter(); err != nil {
		return err
	}
	skriver := stykkeskriver{tx: t, tabell: &personliste, ferdig: t.setEtternavn}
	err := t.each(`SELECT liste, merke, sortering, id, pakke FROM temp.navnepost ORDER BY liste, sortering, id`, nil, func(row *sqlite.Stmt) error {
		p := stykkepost{merke: uint64(row.Int64(1)), sortering: row.Bytes(2), id: row.Bytes(3), pakke: row.Bytes(4)}
		return skriver.add(row.Int64(0), &p)
	})
	if err == nil {
		err = skriver.flush()
	}
	if err == nil {
		err = t.exec(`DROP TABLE temp.navnepost`)
	}
	if err != nil {
		return err
	}
	var tomme []int64
	err = t.eachID(`SELECT liste FROM etternavn WHERE fra IS NULL`, nil, func(liste int64) error {
		tomme = append(tomme, liste)
		return nil
	})
	for _, liste := range tomme {
		err = cmp.Or(err, t.dropEtternavn(liste))
	}
	return err
}

// lesNavneposter makes the entries of all names.
func (t *Tx) lesNavneposter() error {
	var pakker personpakker
	var k personkilde
	before := int64(0)
	flush := func() error {
		err := pakker.poster(&k, func(liste int64, p *stykkepost) error {
			return t.exec(`INSERT INTO temp.navnepost VALUES (?1, ?2, ?3, ?4, ?5)`, liste, p.sortering, p.id, int64(p.merke), p.pakke)
		})
		k.navn = k.navn[:0]
		return err
	}
	err := t.each(personrader+` ORDER BY n.aktoer, n.navn`, nil, func(row *sqlite.Stmt) error {
		if aktoer := row.Int64(0); aktoer != before {
			before = aktoer
			if err := flush(); err != nil {
				return err
			}
		}
		return k.add(row)
	})
	if err != nil {
		return err
	}
	return flush()
}

// navneendring is what has changed in a list of names.
type navneendring struct{ gone, added []stykkepost }

// navneplass is where a list had a name.
type navneplass struct {
	liste int64
	stykkepost
}

// roerNavn says that a person's entries must be made anew. It is called before anything changes that decides where they
// stand (a name, the number): the places that the lists have them in are found by it, and kept.
func (t *Tx) roerNavn(id int64) error {
	if _, known := t.beroert.navn[id]; known || t.beroert.alt {
		return nil
	}
	var plasser []navneplass
	err := t.navneposter(id, func(liste int64, p *stykkepost) error {
		plasser = append(plasser, navneplass{liste, stykkepost{sortering: p.sortering, id: p.id}})
		return nil
	})
	t.beroert.navn[id] = plasser
	return err
}

// navneposter are the entries of a person as the register is now.
func (t *Tx) navneposter(id int64, add func(liste int64, p *stykkepost) error) error {
	var k personkilde
	if err := t.each(personrader+` AND n.aktoer = ?1 ORDER BY n.navn`, []any{id}, k.add); err != nil {
		return err
	}
	return new(personpakker).poster(&k, add)
}

// repairPersonlister brings the entries of changed persons into their places.
func (t *Tx) repairPersonlister() error {
	lister := map[int64]*navneendring{}
	endring := func(liste int64) *navneendring {
		if lister[liste] == nil {
			lister[liste] = &navneendring{}
		}
		return lister[liste]
	}
	for liste := range t.beroert.etternavn {
		endring(liste)
	}
	for id, plasser := range t.beroert.navn {
		for _, p := range plasser {
			e := endring(p.liste)
			e.gone = append(e.gone, p.stykkepost)
		}
		err := t.navneposter(id, func(liste int64, p *stykkepost) error {
			e := endring(liste)
			ny := *p
			ny.pakke = slices.Clone(p.pakke)
			e.added = append(e.added, ny)
			return nil
		})
		if err != nil {
			return err
		}
	}
	for _, liste := range slices.Sorted(maps.Keys(lister)) {
		h, err := t.repairStykker(&personliste, liste, lister[liste].gone, lister[liste].added)
		if err != nil {
			return fmt.Errorf("names: %w", err)
		}
		if err := t.setEtternavn(liste, h); err != nil {
			return err
		}
	}
	return nil
}

// setEtternavn keeps the head of a list; without names in it the list, and the words that lead to it, are gone.
func (t *Tx) setEtternavn(liste int64, h stykkehode) error {
	if h.fra == nil {
		return t.dropEtternavn(liste)
	}
	return t.exec(`UPDATE etternavn SET merke = ?2, fra = ?3 WHERE liste = ?1 AND (merke, fra) IS NOT (?2, ?3)`, liste, int64(h.merke), h.fra)
}

func (t *Tx) dropEtternavn(liste int64) error {
	var keys navnenoekler
	found, err := t.one(`SELECT ord, fonetisk FROM etternavn WHERE liste = ?1`, []any{liste}, &keys.ord, &keys.fonetisk)
	if err != nil || !found {
		return err
	}
	if err := t.eachWord(`DELETE FROM etternavnord WHERE fonetisk = ?1 AND ord = ?2 AND liste = ?3`, liste, keys, 1); err != nil {
		return err
	}
	clear(t.etternavn)
	return t.exec(`DELETE FROM etternavn WHERE liste = ?1`, liste)
}

// etternavnMax is how many etternavn a change remembers: some 20 MB.
const etternavnMax = 1 << 17

// etternavnliste is the list for names with an etternavn, made when there is none; nil for one that has no words.
func (t *Tx) etternavnliste(etternavn string) (any, error) {
	w := words(etternavn)
	if len(w) == 0 {
		return nil, nil
	}
	ord := strings.Join(w, " ")
	if liste, known := t.etternavn[ord]; known {
		return liste, nil
	}
	var liste int64
	found, err := t.one(`SELECT liste FROM etternavn WHERE ord = ?1`, []any{ord}, &liste)
	if err == nil && !found {
		liste, err = t.nyEtternavnliste(wordKeys(w))
	}
	if len(t.etternavn) == etternavnMax {
		clear(t.etternavn)
	}
	t.etternavn[ord] = liste
	return liste, err
}

func (t *Tx) nyEtternavnliste(keys navnenoekler) (liste int64, err error) {
	liste, err = t.insert(`INSERT INTO etternavn (ord, fonetisk) VALUES (?1, ?2)`, keys.ord, keys.fonetisk)
	if err != nil {
		return 0, err
	}
	if !t.beroert.alt {
		t.beroert.etternavn[liste] = true
	}
	return liste, t.eachWord(`INSERT OR IGNORE INTO etternavnord VALUES (?1, ?2, ?3)`, liste, keys, 1)
}
