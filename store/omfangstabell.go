package store

import (
	"context"
	"encoding/json"
	"fmt"
)

// omfangstabell is, on each connection, what the Omfang of lately come to: for each role, who is inside it. Minus a slag
// is everybody of that slag.
const omfangstabell = `CREATE TEMP TABLE omfang (omfang INTEGER, rolle INTEGER, aktoer INTEGER, PRIMARY KEY (omfang, rolle, aktoer)) WITHOUT ROWID`

// fyllOmfang fills the table with an Omfang: its number (?1), and as JSON (?2) Personer first, then Arbeidsgivere; NULL is
// everybody. A unit brings all units below it. Where every employer is inside, a personal one still must be among Personer.
var fyllOmfang = [...]string{
	`INSERT OR IGNORE INTO temp.omfang
		SELECT ?1, ` + rolleArbeidstaker + `, a.aktoer FROM json_each(?2) n CROSS JOIN aktoer a ON a.nummer = n.value AND a.slag = 2
		UNION ALL SELECT ?1, ` + rolleArbeidstaker + `, t.aktoer FROM json_each(?2) n CROSS JOIN tidligere_nummer t ON t.nummer = n.value
		UNION ALL SELECT ?1, ` + rolleArbeidstaker + `, -2 WHERE ?2 IS NULL`,
	`INSERT INTO temp.omfang
		WITH RECURSIVE navngitt (aktoer) AS (
			SELECT a.aktoer FROM json_each(?2) n CROSS JOIN aktoer a ON a.nummer = n.value
			UNION SELECT t.aktoer FROM json_each(?2) n CROSS JOIN tidligere_nummer t ON t.nummer = n.value
			UNION SELECT e.aktoer FROM navngitt CROSS JOIN enhet e ON e.overordnet = navngitt.aktoer)
		SELECT ?1, ` + rolleArbeidsgiver + `, aktoer FROM navngitt
		UNION ALL SELECT ?1, ` + rolleArbeidsgiver + `, column1 FROM (VALUES (-1), (-3)) WHERE ?2 IS NULL
		UNION ALL SELECT ?1, ` + rolleArbeidsgiver + `, aktoer FROM temp.omfang WHERE omfang = ?1 AND rolle = ` + rolleArbeidstaker + ` AND ?2 IS NULL`,
}

// What is kept of Omfang on one connection: some 20 MB in memory.
const (
	omfangMax      = 256
	omfangraderMax = 1 << 20
)

// omfangene are the Omfang that a connection's table holds, all of one state of the register.
type omfangene struct {
	kjente  map[*Omfang]*kjentOmfang // nil: what the table holds is worth nothing
	versjon int64                    // the state, as PRAGMA data_version has it
	siste   int64                    // the last number that was given; none is given twice
	rader   int64
	bruk    int64 // counts the uses
}

// kjentOmfang is what the table has an Omfang under, with how many rows, and when it was used last.
type kjentOmfang struct{ nummer, rader, brukt int64 }

// setOmfang makes an Omfang that of the question under way. It is called within its transaction: what the table holds
// must be of the snapshot that the question reads. It says whether the table was written.
func (r *reader) setOmfang(ctx context.Context, o *Omfang) (wrote bool, err error) {
	if r.omfang = 0; o == nil {
		return false, nil
	}
	var versjon int64
	if _, err := r.one(ctx, `PRAGMA data_version`, nil, &versjon); err != nil {
		return false, err
	}
	m := &r.omfangene
	k := m.kjente[o]
	if versjon != m.versjon || k == nil {
		wrote = true
		if k, err = r.fyll(ctx, o, versjon); err != nil {
			return wrote, fmt.Errorf("omfang: %w", err)
		}
	}
	m.bruk++
	k.brukt, r.omfang = m.bruk, k.nummer
	return wrote, nil
}

// fyll writes an Omfang into the table, and makes room for it.
func (r *reader) fyll(ctx context.Context, o *Omfang, versjon int64) (*kjentOmfang, error) {
	m := &r.omfangene
	if m.kjente == nil || versjon != m.versjon {
		if _, err := r.exec(ctx, `DELETE FROM temp.omfang`); err != nil {
			return nil, err
		}
		m.kjente, m.rader, m.versjon = map[*Omfang]*kjentOmfang{}, 0, versjon
	}
	m.siste++
	k := &kjentOmfang{nummer: m.siste}
	for i, numbers := range [][]string{o.Personer, o.Arbeidsgivere} {
		rader, err := r.exec(ctx, fyllOmfang[i], k.nummer, jsonListe(numbers))
		if err != nil {
			return nil, err
		}
		k.rader += rader
	}
	for len(m.kjente) > 0 && (len(m.kjente) >= omfangMax || m.rader+k.rader > omfangraderMax) {
		if err := r.glemEldste(ctx); err != nil {
			return nil, err
		}
	}
	m.kjente[o] = k
	m.rader += k.rader
	return k, nil
}

// glemEldste drops the Omfang that was used longest ago.
func (r *reader) glemEldste(ctx context.Context) error {
	m := &r.omfangene
	var eldste *Omfang
	for o, k := range m.kjente {
		if eldste == nil || k.brukt < m.kjente[eldste].brukt {
			eldste = o
		}
	}
	k := m.kjente[eldste]
	delete(m.kjente, eldste)
	m.rader -= k.rader
	_, err := r.exec(ctx, `DELETE FROM temp.omfang WHERE omfang = ?1`, k.nummer)
	return err
}

// glem says that nobody knows what the table holds: the transaction that wrote it may have been undone.
func (m *omfangene) glem() { m.kjente = nil }

// jsonListe is a list as SQLite's json_each reads it, nil for everybody.
func jsonListe(numbers []string) any {
	if numbers == nil {
		return nil
	}
	text, _ := json.Marshal(numbers) // strings always can
	return string(text)
}
