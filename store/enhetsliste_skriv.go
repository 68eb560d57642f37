package store

import (
	"maps"
	"slices"

	"aareg/store/sqlite"
)

var enhetslistene = newStykketabell("enhetsliste")

// beroerteEnheter are units whose entries must be made anew, and the entries that lists have of them, by code: of these
// only the places.
type beroerteEnheter struct {
	enheter map[int64]bool
	borte   map[string][]stykkepost
}

func newBeroerteEnheter() beroerteEnheter {
	return beroerteEnheter{map[int64]bool{}, map[string][]stykkepost{}}
}

// touchEnhet says that a unit or an old employer is about to change: the entries that lists have of it are told by what
// is stored of it now.
func (t *Tx) touchEnhet(id int64) error {
	b := &t.beroert
	if b.alt || b.enheter.enheter[id] {
		return nil
	}
	if b.follow(); b.alt {
		return nil
	}
	b.enheter.enheter[id] = true
	return t.enhetsposter(`WHERE n.aktoer = ?1`, []any{id}, func(kode string, p stykkepost) error {
		b.enheter.borte[kode] = append(b.enheter.borte[kode], stykkepost{sortering: p.sortering, id: p.id})
		return nil
	})
}

// enhetsposter calls add for each entry, with the code of its list, of the units that a condition tells. What an entry
// holds is overwritten by the next.
func (t *Tx) enhetsposter(where string, args []any, add func(kode string, p stykkepost) error) error {
	rows := func(scan func(*sqlite.Stmt) error) error {
		return t.each(`SELECT `+enhetsnavnkolonner+` FROM enhetsnavn n `+enhetsnavnkilder+` `+where+` ORDER BY n.aktoer, n.navn`, args, scan)
	}
	p := pakker{kode: t.kode}
	return eachEnhet(rows, func(alle enhetsnavnene) error {
		for i := range alle {
			n, h := &alle[i], alle.hode(i)
			p.b = p.b[:0]
			if err := packEnhetsnavn(&p, n, &h); err != nil {
				return err
			}
			post := stykkepost{n.sortering, n.id(i), h.merke(), p.b}
			for _, kode := range n.koder() {
				if err := add(kode, post); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// repairEnhetslister brings the entries of changed units into their lists.
func (t *Tx) repairEnhetslister() error {
	b := &t.beroert.enheter
	nye := map[string][]stykkepost{}
	for _, id := range slices.Sorted(maps.Keys(b.enheter)) {
		err := t.enhetsposter(`WHERE n.aktoer = ?1`, []any{id}, func(kode string, p stykkepost) error {
			p.pakke = slices.Clone(p.pakke)
			nye[kode] = append(nye[kode], p)
			return nil
		})
		if err != nil {
			return err
		}
	}
	codes := slices.Concat(slices.Collect(maps.Keys(b.borte)), slices.Collect(maps.Keys(nye)))
	slices.Sort(codes)
	for _, kode := range slices.Compact(codes) {
		if err := t.repairEnhetsliste(kode, b.borte[kode], nye[kode]); err != nil {
			return err
		}
	}
	return nil
}

func (t *Tx) repairEnhetsliste(kode string, gone, added []stykkepost) error {
	var liste int64
	found, err := t.one(`SELECT liste FROM enhetsord WHERE kode = ?1`, []any{kode}, &liste)
	if err == nil && !found {
		liste, err = t.insert(nyttEnhetsord, kode)
	}
	if err != nil {
		return err
	}
	hode, err := t.repairStykker(&enhetslistene, liste, gone, added)
	if err == nil && hode.fra == nil {
		err = t.exec(`DELETE FROM enhetsord WHERE liste = ?1`, liste)
	}
	return err
}

const nyttEnhetsord = `INSERT INTO enhetsord (kode) VALUES (?1)`

// enhetspost is where all entries lie until they are sorted.
const enhetspost = `CREATE TEMP TABLE enhetspost (kode TEXT NOT NULL, sortering BLOB NOT NULL, id BLOB NOT NULL, merke INTEGER NOT NULL,
	pakke BLOB NOT NULL)`

// packEnhetslister makes all lists anew.
func (t *Tx) packEnhetslister() error {
	for _, query := range []string{enhetslistene.alle, `DELETE FROM enhetsord`, enhetspost} {
		if err := t.exec(query); err != nil {
			return err
		}
	}
	err := t.enhetsposter("", nil, func(kode string, p stykkepost) error {
		return t.exec(`INSERT INTO temp.enhetspost VALUES (?1, ?2, ?3, ?4, ?5)`, kode, p.sortering, p.id, int64(p.merke), p.pakke)
	})
	if err != nil {
		return err
	}
	skriver := stykkeskriver{tx: t, tabell: &enhetslistene, ferdig: func(int64, stykkehode) error { return nil }}
	var kode string
	var liste int64
	err = t.each(`SELECT kode, sortering, id, merke, pakke FROM temp.enhetspost ORDER BY kode, sortering, id`, nil, func(row *sqlite.Stmt) (err error) {
		if string(row.Bytes(0)) != kode {
			kode = string(row.Bytes(0))
			if liste, err = t.insert(nyttEnhetsord, kode); err != nil {
				return err
			}
		}
		return skriver.add(liste, &stykkepost{row.Bytes(1), row.Bytes(2), uint64(row.Int64(3)), row.Bytes(4)})
	})
	if err == nil {
		err = skriver.flush()
	}
	if err != nil {
		return err
	}
	return t.exec(`DROP TABLE temp.enhetspost`)
}
