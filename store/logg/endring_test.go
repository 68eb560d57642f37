package logg

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"aareg/store/sqlite"
)

// endring is one mutation of a copy that is open in c.
type endring struct {
	c      *sqlite.Conn
	m      *forlegg
	random *rand.Rand
	t      *testing.T
}

func (e *endring) sql(format string, args ...any) {
	e.t.Helper()
	script(e.t, e.c, fmt.Sprintf(format, args...))
}

// nr is one of the rows.
func (e *endring) nr() int64 { return e.m.start + 1 + e.random.Int64N(e.m.hode-e.m.start) }

// to are two different rows.
func (e *endring) to() (int64, int64) {
	a := e.nr()
	for {
		if b := e.nr(); a != b {
			return min(a, b), max(a, b)
		}
	}
}

// bit turns one bit of a blob over, or adds a byte to an empty one.
func (e *endring) bit(column, table, where string) {
	var b []byte
	if found, err := e.c.One("SELECT "+column+" FROM "+table+" WHERE "+where, nil, &b); err != nil || !found {
		e.t.Fatal(found, err)
	}
	if len(b) == 0 {
		b = []byte{0}
	} else {
		b[e.random.IntN(len(b))] ^= 1 << e.random.IntN(8)
	}
	e.sql("UPDATE %s SET %s = x'%x' WHERE %s", table, column, b, where)
}

// nyKjede hashes every row anew and signs start and head with a key.
func (e *endring) nyKjede(k noekkel) {
	first, err := lesPunkt(e.c, nil, start)
	if err != nil {
		e.t.Fatal(err)
	}
	last := first
	var updates []string
	err = e.c.Each("SELECT nr, innhold, personer FROM rad ORDER BY nr", nil, func(s *sqlite.Stmt) error {
		row, err := lesRad(s.Int64(0), s.Bytes(1), s.Bytes(2))
		if err != nil {
			return err
		}
		last = last.neste(row.Tid.UnixMilli(), avtrykk(s.Bytes(1), s.Bytes(2)))
		updates = append(updates, fmt.Sprintf("UPDATE rad SET nr = %d, hittil = %d, kjede = x'%x' WHERE nr = %d", last.nr, last.hittil, last.kjede, s.Int64(0)))
		return nil
	})
	if err != nil {
		e.t.Fatal(err)
	}
	e.sql("%s", strings.Join(updates, ";"))
	for m, p := range map[merke]punkt{start: first, hode: last} {
		if err := skrivPunkt(e.c, k, m, p); err != nil {
			e.t.Fatal(err)
		}
	}
}

// startEtter makes a row the start, signed with a key, and removes all up to there.
func (e *endring) startEtter(nr int64, k noekkel) {
	p := punkt{nr: nr}
	var kjede []byte
	if _, err := e.c.One("SELECT hittil, kjede FROM rad WHERE nr = ?1", []any{nr}, &p.hittil, &kjede); err != nil {
		e.t.Fatal(err)
	}
	copy(p.kjede[:], kjede)
	e.sql("DELETE FROM rad WHERE nr <= %d", nr)
	if err := skrivPunkt(e.c, k, start, p); err != nil {
		e.t.Fatal(err)
	}
}

// midt is a row before which and after which there are others.
func (e *endring) midt() int64 { return e.m.start + 2 + e.random.Int64N(e.m.hode-e.m.start-3) }

// fremmed is another key than the log's.
func (e *endring) fremmed() noekkel {
	k := make(noekkel, 32)
	for i := range k {
		k[i] = byte(e.random.Uint32())
	}
	return k
}

// medPersoner is a row with persons, which the row that tells of removed ones has none of.
func (e *endring) medPersoner() int64 {
	for {
		nr, persons := e.nr(), 0
		if _, err := e.c.One("SELECT length(personer) FROM rad WHERE nr = ?1", []any{nr}, &persons); err != nil {
			e.t.Fatal(err)
		}
		if persons > 0 {
			return nr
		}
	}
}

// bytt lets two rows that are not alike change columns.
func (e *endring) bytt(columns ...string) {
	for {
		a, b := e.to()
		alike := 0
		if _, err := e.c.One("SELECT count(*) FROM rad x JOIN rad y USING (personer) WHERE x.nr = ?1 AND y.nr = ?2", []any{a, b}, &alike); err != nil {
			e.t.Fatal(err)
		}
		if alike > 0 {
			continue
		}
		list := strings.Join(columns, ", ")
		e.sql("CREATE TEMP TABLE bytte AS SELECT nr, %s FROM rad WHERE nr IN (%d, %d)", list, a, b)
		e.sql("UPDATE rad SET (%s) = (SELECT %s FROM bytte WHERE nr = %d) WHERE nr = %d", list, list, b, a)
		e.sql("UPDATE rad SET (%s) = (SELECT %s FROM bytte WHERE nr = %d) WHERE nr = %d", list, list, a, b)
		return
	}
}

// leggTil appends a row with the right hash, and leaves the head.
func (e *endring) leggTil() {
	head, err := lesPunkt(e.c, e.m.noekkel, hode)
	if err != nil {
		e.t.Fatal(err)
	}
	p, err := lagPost(prosa(e.random.IntN(1000), person(e.random.IntN(1000))))
	if err == nil {
		_, err = (&tx{conn: e.c, hode: head}).legg(&p)
	}
	if err != nil {
		e.t.Fatal(err)
	}
}

// gammel puts the rows and the signed points of an earlier state in place.
func (e *endring) gammel() {
	e.sql("ATTACH '%s' AS gammel", e.m.gammel)
	e.sql("DELETE FROM rad; DELETE FROM punkt; INSERT INTO rad SELECT * FROM gammel.rad; INSERT INTO punkt SELECT * FROM gammel.punkt")
}

// nyttHode hashes all rows anew after a change, and leaves the signed head as it was.
func (e *endring) nyttHode() {
	e.sql("CREATE TEMP TABLE hode AS SELECT * FROM punkt")
	e.bytt("innhold", "personer")
	e.nyKjede(e.m.noekkel)
	e.sql("DELETE FROM punkt; INSERT INTO punkt SELECT * FROM temp.hode")
}
