package store

import (
	"fmt"
	"maps"
	"slices"

	"aareg/store/sqlite"
)

// telle says that employers' arbeidsforhold, or the units below them, are not what they were: arbeidstakere there, and in
// all units above, must be counted anew.
func (b *beroert) telle(employers ...int64) {
	for _, id := range employers {
		if !b.alt && id != 0 {
			b.tellinger[id] = true
		}
	}
}

// teller counts ahead the arbeidstakere of employers and of the units above them. In memory it has the arbeidsforhold of one
// tree of units, 24 bytes each, and the days of one unit.
type teller struct {
	tx        *Tx
	alle      bool
	anew      map[int64]bool // whose rows are still to be written, unless it is alle
	tilsatte  []tilsatt
	barn      []int64 // the units below those that are being counted
	hendelser hendelser
	pakker    pakker
}

// tellAlle counts for everybody.
func (t *Tx) tellAlle() error {
	if err := t.exec(`DELETE FROM arbeidstakerantall`); err != nil {
		return err
	}
	c := teller{tx: t, alle: true}
	for _, tops := range []string{
		`SELECT aktoer FROM aktoer WHERE slag <> 1 AND som_arbeidsgiver <> 0`,
		`SELECT aktoer FROM enhet WHERE overordnet IS NULL`,
	} {
		if err := t.eachID(tops, nil, c.tre); err != nil {
			return err
		}
	}
	return t.eachID(iRing, nil, c.ring)
}

// iRing are units without a top above them, since sources say that they, or some above, belong to each other.
const iRing = `SELECT aktoer FROM enhet WHERE overordnet IS NOT NULL AND aktoer NOT IN (
	WITH RECURSIVE tre (aktoer) AS (SELECT aktoer FROM enhet WHERE overordnet IS NULL
		UNION ALL SELECT e.aktoer FROM tre t JOIN enhet e ON e.overordnet = t.aktoer)
	SELECT aktoer FROM tre)`

// tellBeroerte counts for those that a change has touched and all units above them.
func (t *Tx) tellBeroerte() error {
	c := teller{tx: t, anew: map[int64]bool{}}
	var tops []int64
	for _, id := range slices.Sorted(maps.Keys(t.beroert.tellinger)) {
		for !c.anew[id] {
			c.anew[id] = true
			var over int64
			if _, err := t.one(`SELECT overordnet FROM enhet WHERE aktoer = ?1`, []any{id}, &over); err != nil {
				return err
			}
			if over == 0 {
				tops = append(tops, id)
				break
			}
			id = over
		}
	}
	for _, id := range tops {
		if err := c.tre(id); err != nil {
			return err
		}
	}
	for _, id := range slices.Sorted(maps.Keys(c.anew)) { // what no top leads to
		if err := c.ring(id); err != nil {
			return err
		}
	}
	return nil
}

const tilsatteVed = `SELECT arbeidstaker, begyntdato, sluttetdato, skjerming FROM arbeidsforhold WHERE arbeidsgiver = ?1`

// tre counts for a unit at the top and for all below it, each arbeidsforhold being read once.
func (c *teller) tre(top int64) error {
	c.tilsatte = c.tilsatte[:0]
	return c.gren(top)
}

// gren counts for a unit and for all below it, and leaves their arbeidsforhold behind those that were there.
func (c *teller) gren(enhet int64) error {
	first, barn := len(c.tilsatte), len(c.barn)
	if err := c.les(tilsatteVed, enhet); err != nil {
		return err
	}
	err := c.tx.eachID(`SELECT aktoer FROM enhet WHERE overordnet = ?1`, []any{enhet}, func(id int64) error {
		c.barn = append(c.barn, id)
		return nil
	})
	if err != nil {
		return err
	}
	for i, end := barn, len(c.barn); i < end; i++ {
		if err := c.gren(c.barn[i]); err != nil {
			return err
		}
	}
	c.barn = c.barn[:barn]
	return c.skriv(enhet, c.tilsatte[first:])
}

// ring counts for a unit without a top above it, which may be below itself.
func (c *teller) ring(enhet int64) error {
	c.tilsatte = c.tilsatte[:0]
	err := c.les(under+`SELECT f.arbeidstaker, f.begyntdato, f.sluttetdato, f.skjerming
		FROM under u JOIN arbeidsforhold f ON f.arbeidsgiver = u.aktoer`, nil, enhet)
	if err != nil {
		return err
	}
	return c.skriv(enhet, c.tilsatte)
}

func (c *teller) les(query string, args ...any) error {
	return c.tx.each(query, args, func(row *sqlite.Stmt) error {
		f := tilsatt{person: row.Int64(0), fra: Dato(row.Int64(1)), til: aldri, skjerming: skjerming(row.Int64(3))}
		if sluttet := Dato(row.Int64(2)); sluttet != 0 {
			f.til = dagenEtter(sluttet)
		}
		c.tilsatte = append(c.tilsatte, f)
		return nil
	})
}

// skriv writes the days of a unit, if they are asked for, given the arbeidsforhold there and below.
func (c *teller) skriv(enhet int64, tilsatte []tilsatt) error {
	if !c.alle && !c.anew[enhet] {
		return nil
	}
	if !c.alle {
		delete(c.anew, enhet)
		if err := c.tx.exec(`DELETE FROM arbeidstakerantall WHERE aktoer = ?1`, enhet); err != nil {
			return err
		}
	}
	c.hendelser.finn(tilsatte)
	skriver := antallskriver{teller: c, enhet: enhet}
	for i := 0; i < len(c.hendelser); {
		day, now := c.hendelser[i].dato, skriver.sist
		for ; i < len(c.hendelser) && c.hendelser[i].dato == day; i++ {
			now.legg(c.hendelser[i])
		}
		if err := skriver.add(day, now); err != nil {
			return err
		}
	}
	return skriver.flush()
}

// antallsdel is how many days a row of arbeidstakerantall has.
const antallsdel = 64

// antallskriver writes the days of a unit, in rows of antallsdel.
type antallskriver struct {
	*teller
	enhet    int64
	fra, til Dato // the first and the last day of the row
	n        int  // how many it has
	sist     bemanning
}

// add adds a day, unless nothing changes on it.
func (w *antallskriver) add(day Dato, now bemanning) error {
	if now == w.sist {
		return nil
	}
	if w.n == 0 {
		w.fra, w.til, w.sist = day, day, bemanning{} // a row tells all
	}
	w.pakker.number(uint64(day - w.til))
	packBemanning(&w.pakker, w.sist, now)
	w.til, w.sist = day, now
	if w.n++; w.n == antallsdel {
		return w.flush()
	}
	return nil
}

func (w *antallskriver) flush() error {
	if w.n == 0 {
		return nil
	}
	err := w.tx.exec(`INSERT INTO arbeidstakerantall VALUES (?1, ?2, ?3)`, w.enhet, w.fra, w.pakker.b)
	w.pakker.b, w.n = w.pakker.b[:0], 0
	if err != nil {
		return fmt.Errorf("arbeidstakerantall: %w", err)
	}
	return nil
}
