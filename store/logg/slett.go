package logg

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"time"

	"aareg/store/sqlite"
)

// Minstetid is how long a row is kept at least: Slett refuses a time that is nearer.
const Minstetid = 31 * 24 * time.Hour

// Parameters of the row that tells of removed rows: the first and the last number, and the time before which they were.
const (
	tagFraNr = "fraNr"
	tagTilNr = "tilNr"
	tagFoer  = "foer"
)

// A round of Slett is one transaction, and removes no more than this, so that others who write do not wait too long.
const (
	rundeRader = 10_000
	rundeBytes = 64 << 20
)

// errForNytt says that rows were to be removed that are to be kept longer.
var errForNytt = fmt.Errorf("audit log: rows are kept for %d days at least", Minstetid/(24*time.Hour))

// Slett removes the rows from before a time, oldest first, and says how many. A row whose time lies in the future tells
// nothing: it goes with those after it. The newest row stays. Each round of rows is one transaction that removes them,
// moves the start, and appends a row that tells which; who is that row as far as it tells who did it (Bruker,
// Konsument, …), its time, kind, count and parameters are set here. Nothing to remove appends none.
//
// When it returns without error, the removed bytes are in no file of the log any more; for that it looks at every page.
// An error with antall > 0 says that rows were removed, but not all, or not from all files: it is to be run again.
func (l *Logg) Slett(ctx context.Context, before time.Time, who Rad) (antall int, err error) {
	now := l.naa()
	if now.Sub(before) < Minstetid {
		return 0, errForNytt
	}
	for {
		var n int
		err := l.endre(ctx, func(t *tx) (err error) {
			n, err = t.slettRunde(ctx, before, now, who)
			return err
		})
		if err != nil {
			return antall, err
		}
		if n == 0 {
			break
		}
		antall += n
	}
	if err := l.toem(ctx); err != nil {
		return antall, fmt.Errorf("audit log: overwrite what was removed: %w", err)
	}
	if _, err := os.Stat(l.indeksfil()); errors.Is(err, os.ErrNotExist) {
		return antall, nil
	}
	return antall, l.les(ctx, func(c *sqlite.Conn) error { return l.ryddIndeks(ctx, c) })
}

// slettRunde removes rows in the transaction.
func (t *tx) slettRunde(ctx context.Context, before, now time.Time, who Rad) (antall int, err error) {
	cut, err := t.grense(ctx, before, now)
	if err != nil || cut.nr == t.start.nr {
		return 0, err
	}
	if err := t.conn.Exec("DELETE FROM rad WHERE nr <= ?1", cut.nr); err != nil {
		return 0, err
	}
	antall = int(cut.nr - t.start.nr)
	who.Tid, who.Slag, who.Antall, who.Utfall = now, Sletting, antall, "slettet"
	who.Parametre = []Parameter{
		{tagFraNr, strconv.FormatInt(t.start.nr+1, 10)},
		{tagTilNr, strconv.FormatInt(cut.nr, 10)},
		{tagFoer, before.UTC().Format(time.RFC3339)},
	}
	who.Personer = nil
	p, err := lagPost(&who)
	if err != nil {
		return 0, err
	}
	t.start, t.nyStart = cut, true
	_, err = t.legg(&p)
	return antall, err
}

var errNok = errors.New("enough rows")

// grense is the last row that goes, or the start when none does. Rows that were changed are evidence, and stop it.
func (t *tx) grense(ctx context.Context, before, now time.Time) (punkt, error) {
	cut, last, size := t.start, t.start, 0
	err := t.conn.Each("SELECT nr, hittil, innhold, personer, kjede FROM rad ORDER BY nr", nil, func(s *sqlite.Stmt) error {
		here := punkt{nr: s.Int64(0), hittil: s.Int64(1)}
		innhold, personer := s.Bytes(2), s.Bytes(3)
		here.kjede = ledd(last.kjede, here.nr, here.hittil, avtrykk(innhold, personer))
		if here.nr != last.nr+1 || string(here.kjede[:]) != string(s.Bytes(4)) {
			return fmt.Errorf("%w: at row %d", ErrBrutt, here.nr)
		}
		tid, err := tidAv(innhold)
		if err != nil {
			return fmt.Errorf("row %d: %w", here.nr, err)
		}
		size += len(innhold) + len(personer)
		old := tid.Before(before)
		if here.nr == t.hode.nr || !old && !tid.After(now) || here.nr-t.start.nr > rundeRader || size > rundeBytes && cut.nr > t.start.nr {
			return errNok
		}
		if last = here; old {
			cut = here
		}
		return ctx.Err()
	})
	if errors.Is(err, errNok) {
		err = nil
	}
	return cut, err
}

// slettetTil is up to which row a row tells that rows were removed; 0 for none.
func slettetTil(innhold []byte) int64 {
	var r Rad
	if !bytes.Contains(innhold, felt("slag", Sletting)) || lesInnhold(innhold, &r) != nil {
		return 0
	}
	for _, p := range r.Parametre {
		if p.Tag == tagTilNr {
			nr, _ := strconv.ParseInt(p.Verdi, 10, 64)
			return nr
		}
	}
	return 0
}

// How long the write-ahead log is waited for, and in what steps: while it is being emptied nobody else can write, so
// each try is short.
const (
	toemFrist = 10 * time.Second
	toemSteg  = 100 * time.Millisecond
)

var errLeses = errors.New("somebody reads an older state for so long that it cannot be emptied; run it again")

// toem overwrites what remains of removed rows, brings the write-ahead log into the file and empties it.
func (l *Logg) toem(ctx context.Context) error {
	c, err := sqlite.Open(sqlite.URI(l.path, "mode", "rw"))
	if err != nil {
		return err
	}
	defer c.Close()
	if err := skrubb(ctx, c); err != nil {
		return err
	}
	if err := c.Script("PRAGMA busy_timeout = 100"); err != nil {
		return err
	}
	for deadline := time.Now().Add(toemFrist); ; time.Sleep(toemSteg) {
		busy, err := c.EmptyLog()
		if err != nil && !kode(err, sqliteBusy) {
			return err
		}
		if !busy && err == nil {
			return nil
		}
		if time.Now().After(deadline) {
			return errLeses
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
}
