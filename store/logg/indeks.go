package logg

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"

	"aareg/store/sqlite"
)

// storRad is the number of persons from which on a row is not in the index person by person, but looked into whenever
// somebody is asked for: extracts of everybody would make the index larger than the log.
const storRad = 1000

const (
	indeksID      = 0x41415249 // "AARI"
	indeksVersjon = 1
)

// The index: the rows of each person; the rows of very many; and from which row (start) to which the log is in it, the
// last with its chain hash, so that the index of another log is known for what it is.
const lagIndeks = `
CREATE TABLE oppslag (person INTEGER NOT NULL, nr INTEGER NOT NULL, PRIMARY KEY (person, nr)) WITHOUT ROWID, STRICT;
CREATE TABLE stor (nr INTEGER PRIMARY KEY) STRICT;
CREATE TABLE dekket (id INTEGER PRIMARY KEY, start INTEGER NOT NULL, nr INTEGER NOT NULL, kjede BLOB NOT NULL) STRICT;`

// indeksEndelse follows the name of the log's file in that of its index.
const indeksEndelse = ".indeks"

func (l *Logg) indeksfil() string { return l.path + indeksEndelse }

// slaaOpp is the numbers of the rows in [from, to) that may hold any of these persons, rising. indexed is false when
// there is no index and none can be made. One that turns out to be damaged is made anew.
func (l *Logg) slaaOpp(ctx context.Context, c *sqlite.Conn, personer []uint64, from, to int64) (numbers []int64, indexed bool, err error) {
	for range 2 {
		ix, err := l.aapneIndeks()
		if err != nil {
			return nil, false, nil
		}
		_, err = ajour(ctx, ix, c)
		if err == nil {
			numbers, err = nevnt(ix, personer, from, to)
		}
		ix.Close()
		if err == nil {
			return numbers, true, nil
		}
		if kode(err, sqliteReadonly) {
			return nil, false, nil // whoever may only read it cannot bring it up to date
		}
		if !kode(err, sqliteCorrupt, sqliteConstraint) {
			return nil, false, fmt.Errorf("index: %w", err)
		}
		if err := l.fjernIndeks(); err != nil {
			return nil, false, fmt.Errorf("index: %w", err)
		}
	}
	return nil, false, nil
}

// nevnt is what the index says.
func nevnt(ix *sqlite.Conn, personer []uint64, from, to int64) (numbers []int64, err error) {
	take := func(s *sqlite.Stmt) error {
		numbers = append(numbers, s.Int64(0))
		return nil
	}
	for _, p := range personer {
		if err := ix.Each("SELECT nr FROM oppslag WHERE person = ?1 AND nr >= ?2 AND nr < ?3", []any{int64(p), from, to}, take); err != nil {
			return nil, err
		}
	}
	if err := ix.Each("SELECT nr FROM stor WHERE nr >= ?1 AND nr < ?2", []any{from, to}, take); err != nil {
		return nil, err
	}
	slices.Sort(numbers)
	return slices.Compact(numbers), nil
}

// aapneIndeks opens the index, and makes it anew when there is none or what is there is none.
func (l *Logg) aapneIndeks() (*sqlite.Conn, error) {
	ix, err := proevIndeks(l.indeksfil())
	if !errors.Is(err, errFremmed) && !kode(err, sqliteCorrupt, sqliteNotADB) {
		return ix, err
	}
	if err := l.fjernIndeks(); err != nil {
		return nil, err
	}
	return proevIndeks(l.indeksfil())
}

func (l *Logg) fjernIndeks() error {
	for _, suffix := range []string{"-journal", ""} {
		if err := os.Remove(l.indeksfil() + suffix); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return nil
}

func proevIndeks(path string) (*sqlite.Conn, error) {
	// Only so that it is the owner's, and not when it is there: to close a file gives up all locks on it (fcntl), those
	// of SQLite in this process too.
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL, 0o600)
	if err == nil {
		f.Close()
	} else if !errors.Is(err, os.ErrExist) {
		return nil, err
	}
	ix, err := sqlite.Open(sqlite.URI(path, "mode", "rw"))
	if err != nil {
		return nil, err
	}
	if err := klargjoer(ix); err != nil {
		ix.Close()
		return nil, err
	}
	return ix, nil
}

func klargjoer(ix *sqlite.Conn) error {
	if err := ix.Script("PRAGMA busy_timeout = 60000; PRAGMA secure_delete = ON; PRAGMA cache_size = -65536; BEGIN IMMEDIATE"); err != nil {
		return err
	}
	var id, version, tables int64
	if _, err := ix.One("SELECT application_id, user_version, (SELECT count(*) FROM sqlite_schema) FROM pragma_application_id, pragma_user_version",
		nil, &id, &version, &tables); err != nil {
		return err
	}
	if id == 0 && tables == 0 {
		return ix.Script(fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d; %s COMMIT", indeksID, indeksVersjon, lagIndeks))
	}
	if id != indeksID || version != indeksVersjon {
		return errFremmed
	}
	return ix.Script("COMMIT")
}

// dekning is which part of a log is in the index.
type dekning struct {
	start, nr int64
	kjede     []byte
}

// ajour brings the index up to date, some rows a transaction, and says whether anything was taken out of it.
func ajour(ctx context.Context, ix, c *sqlite.Conn) (removed bool, err error) {
	for {
		if err := ctx.Err(); err != nil {
			return removed, err
		}
		more, cut, err := ajourSteg(ix, c)
		removed = removed || cut
		if err != nil || !more {
			return removed, err
		}
	}
}

func ajourSteg(ix, c *sqlite.Conn) (more, removed bool, err error) {
	if err := ix.Script("BEGIN IMMEDIATE"); err != nil {
		return false, false, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, ix.Script("ROLLBACK"))
		}
	}()
	d, removed, err := tilpass(ix, c)
	if err != nil {
		return false, false, err
	}
	before := d.nr
	if err := d.leggTil(ix, c); err != nil {
		return false, false, err
	}
	err = ix.Exec("INSERT INTO dekket (id, start, nr, kjede) VALUES (1, ?1, ?2, ?3) ON CONFLICT DO UPDATE SET start = ?1, nr = ?2, kjede = ?3",
		d.start, d.nr, d.kjede)
	if err == nil {
		err = ix.Script("COMMIT")
	}
	return d.nr > before, removed, err
}

// tilpass takes out of the index what is not in the log any more: the rows before its start, or everything, when the
// last row of the index is not in the log as it was.
func tilpass(ix, c *sqlite.Conn) (d dekning, removed bool, err error) {
	first, err := lesPunkt(c, nil, start)
	if err != nil {
		return d, false, err
	}
	found, err := ix.One("SELECT start, nr, kjede FROM dekket", nil, &d.start, &d.nr, &d.kjede)
	if err != nil {
		return d, false, err
	}
	fits := found && d.nr >= first.nr && d.start <= first.nr
	if fits {
		kjede, err := kjedeTil(c, first, d.nr)
		if err != nil {
			return d, false, err
		}
		fits = string(kjede[:]) == string(d.kjede)
	}
	if fits && d.start == first.nr {
		return d, false, nil
	}
	upTo := first.nr
	if !fits {
		d, upTo = dekning{nr: first.nr, kjede: first.kjede[:]}, 1<<63-1
	}
	d.start = first.nr
	for _, remove := range []string{"DELETE FROM oppslag WHERE nr <= ?1", "DELETE FROM stor WHERE nr <= ?1"} {
		if err := ix.Exec(remove, upTo); err != nil {
			return d, false, err
		}
	}
	return d, found, nil
}

// stegPersoner and stegRader end one transaction of ajour.
const (
	stegRader    = 20_000
	stegPersoner = 200_000
)

type treff struct {
	person uint64
	nr     int64
}

// leggTil puts the next rows of the log into the index.
func (d *dekning) leggTil(ix, c *sqlite.Conn) error {
	var hits []treff
	rows := 0
	err := c.Each("SELECT nr, personer, kjede FROM rad WHERE nr > ?1 ORDER BY nr", []any{d.nr}, func(s *sqlite.Stmt) error {
		if rows == stegRader || len(hits) > stegPersoner {
			return errNok
		}
		rows++
		nr, before := s.Int64(0), len(hits)
		if err := hver(s.Bytes(1), func(p uint64) {
			if len(hits)-before <= storRad {
				hits = append(hits, treff{p, nr})
			}
		}); err != nil {
			return fmt.Errorf("row %d: %w", nr, err)
		}
		d.nr, d.kjede = nr, append(d.kjede[:0:0], s.Bytes(2)...)
		if len(hits)-before <= storRad {
			return nil
		}
		hits = hits[:before]
		return ix.Exec("INSERT INTO stor (nr) VALUES (?1)", nr)
	})
	if err != nil && !errors.Is(err, errNok) {
		return err
	}
	// In the order of the table, so that neighbours are written at once.
	slices.SortFunc(hits, func(a, b treff) int { return cmp.Or(cmp.Compare(a.person, b.person), cmp.Compare(a.nr, b.nr)) })
	for _, h := range hits {
		if err := ix.Exec("INSERT INTO oppslag (person, nr) VALUES (?1, ?2)", int64(h.person), h.nr); err != nil {
			return err
		}
	}
	return nil
}

// ryddIndeks takes out of the index what was removed from the log, to the last byte. One that is damaged is removed.
func (l *Logg) ryddIndeks(ctx context.Context, c *sqlite.Conn) error {
	ix, err := l.aapneIndeks()
	if err == nil {
		var removed bool
		if removed, err = ajour(ctx, ix, c); removed && err == nil {
			err = skrubb(ctx, ix)
		}
		ix.Close()
	}
	if kode(err, sqliteCorrupt, sqliteConstraint) {
		err = l.fjernIndeks()
	}
	if err != nil {
		return fmt.Errorf("index of the audit log: %w", err)
	}
	return nil
}
