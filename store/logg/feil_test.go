package logg

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"aareg/store/sqlite"
)

// raaForbindelse is a connection to a log's file that knows nothing of logs.
func raaForbindelse(t testing.TB, path string) *sqlite.Conn {
	t.Helper()
	c, err := sqlite.Open(sqlite.URI(path, "mode", "rw"))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func script(t testing.TB, c *sqlite.Conn, sql string) {
	t.Helper()
	if err := c.Script(sql); err != nil {
		t.Fatal(err)
	}
}

// feiler says that a row is refused, that the log knows, and that the error holds no number.
func feiler(t *testing.T, l *Logg, r *Rad) error {
	t.Helper()
	err := l.Skriv(t.Context(), r)
	if err == nil || l.Ready() == nil {
		t.Fatalf("Skriv says %v, Ready %v", err, l.Ready())
	}
	if r.Nr != 0 {
		t.Errorf("a row that was not written has number %d", r.Nr)
	}
	for _, p := range r.Personer {
		if strings.Contains(err.Error(), fmt.Sprint(p)) || strings.Contains(err.Error(), Nummer(p)) {
			t.Error("the error holds a person's number")
		}
	}
	return err
}

// kommer says that the log comes back by itself, and writes.
func kommer(t *testing.T, l *Logg) {
	t.Helper()
	if err := kommerTilbake(l); err != nil {
		t.Fatal(err)
	}
}

func TestLockedLogFailsAndComesBack(t *testing.T) {
	l, f := nyLogg(t)
	skriv(t, l, 3)
	other := raaForbindelse(t, f.logg)
	defer other.Close()
	script(t, other, "BEGIN IMMEDIATE")
	feiler(t, l, prosa(3, person(3)))
	script(t, other, "ROLLBACK")
	kommer(t, l)
	if r := feilfri(t, f); r.Rader != 4 {
		t.Errorf("%d rows, not 4", r.Rader)
	}
}

func TestFullDiskFailsAWholeGroupAndComesBack(t *testing.T) {
	l, f := nyLogg(t)
	skriv(t, l, 3)
	full := errors.New("the limit is set")
	err := l.endre(t.Context(), func(tx *tx) error {
		// This connection's limit; it stands for the disk's until the log gives the connection up.
		if err := tx.conn.Script("PRAGMA max_page_count = 1"); err != nil {
			return err
		}
		var many []uint64
		for i := range 30_000 {
			many = append(many, person(i))
		}
		p, err := lagPost(prosa(3, many...))
		if err != nil {
			return err
		}
		small, err := lagPost(prosa(4, person(4)))
		if err != nil {
			return err
		}
		if err := tx.leggAlle([]*oppdrag{{post: small}, {post: p}}); !kode(err, sqliteFull) {
			return fmt.Errorf("written to a full disk: %w", err)
		}
		return full
	})
	if !errors.Is(err, full) || l.Ready() == nil {
		t.Fatalf("%v, Ready %v", err, l.Ready())
	}
	kommer(t, l)
	if r := feilfri(t, f); r.Rader != 4 {
		t.Errorf("%d rows, not 4: half a group was written", r.Rader)
	}
}

func TestLogThatIsMovedIsNotWritten(t *testing.T) {
	for _, suffix := range []string{"", "-wal"} {
		l, f := nyLogg(t)
		skriv(t, l, 3)
		if err := os.Rename(f.logg+suffix, f.logg+".borte"); err != nil {
			t.Fatal(err)
		}
		feiler(t, l, prosa(3, person(3)))
		if err := os.Rename(f.logg+".borte", f.logg+suffix); err != nil {
			t.Fatal(err)
		}
		kommer(t, l)
		feilfri(t, f)
	}
}

func TestRowLeavesTheQueueWithItsContext(t *testing.T) {
	l, f := nyLogg(t)
	other := raaForbindelse(t, f.logg)
	defer other.Close()
	script(t, other, "BEGIN IMMEDIATE")
	taken := make(chan error)
	go func() { taken <- l.Skriv(context.Background(), prosa(1, person(1))) }()
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	time.Sleep(50 * time.Millisecond) // for the writer to take the first
	if err := l.Skriv(ctx, prosa(2, person(2))); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
	script(t, other, "ROLLBACK")
	if err := <-taken; err != nil {
		t.Error(err)
	}
	if r := feilfri(t, f); r.Rader != 1 {
		t.Errorf("%d rows, not 1", r.Rader)
	}
}

func TestClosedLogRefuses(t *testing.T) {
	l, _ := nyLogg(t)
	skriv(t, l, 1)
	l.Close()
	if err := l.Skriv(t.Context(), prosa(1)); !errors.Is(err, errLukket) || !errors.Is(l.Ready(), errLukket) {
		t.Errorf("%v, Ready %v", err, l.Ready())
	}
}

func TestBrokenChainStopsTheLogForGood(t *testing.T) {
	for name, harm := range map[string]string{
		"head went back":       `DELETE FROM rad WHERE nr > 2; UPDATE punkt SET (nr, kjede, hittil, etterslep, hmac) = (SELECT nr, kjede, hittil, etterslep, hmac FROM gammel.punkt WHERE merke = 1) WHERE merke = 1`,
		"head not signed":      `UPDATE punkt SET hmac = zeroblob(32) WHERE merke = 1`,
		"start not signed":     `UPDATE punkt SET hittil = 0 WHERE merke = 0`,
		"head is gone":         `DELETE FROM punkt WHERE merke = 1`,
		"last row changed":     `UPDATE rad SET personer = x'01' WHERE nr = 5`,
		"last row removed":     `DELETE FROM rad WHERE nr = 5`,
		"row added":            `INSERT INTO rad SELECT 6, hittil, innhold, personer, kjede FROM rad WHERE nr = 5`,
		"another log in place": `DELETE FROM rad; DELETE FROM punkt; INSERT INTO rad SELECT * FROM annen.rad; INSERT INTO punkt SELECT * FROM annen.punkt`,
	} {
		t.Run(name, func(t *testing.T) {
			l, f := nyLogg(t)
			skriv(t, l, 2)
			c := raaForbindelse(t, f.logg)
			defer c.Close()
			script(t, c, "VACUUM INTO '"+f.logg+".gammel'")
			skriv(t, l, 3)
			another := filer{f.logg + ".annen", f.noekkel}
			skriv(t, another.lag(t), 7)
			script(t, c, "ATTACH '"+f.logg+".gammel' AS gammel; ATTACH '"+another.logg+"' AS annen; VACUUM main INTO '"+f.logg+".hel'; BEGIN; "+harm+"; COMMIT")
			if err := feiler(t, l, prosa(9, person(9))); !errors.Is(err, ErrBrutt) {
				t.Errorf("%v", err)
			}
			script(t, c, "ATTACH '"+f.logg+".hel' AS hel; BEGIN; DELETE FROM rad; DELETE FROM punkt; INSERT INTO rad SELECT * FROM hel.rad; INSERT INTO punkt SELECT * FROM hel.punkt; COMMIT")
			if err := feiler(t, l, prosa(9, person(9))); !errors.Is(err, ErrBrutt) {
				t.Errorf("after it was put right: %v", err)
			}
			if err := f.aapne(t).Skriv(t.Context(), prosa(9, person(9))); err != nil {
				t.Errorf("opened anew after it was put right: %v", err)
			}
		})
	}
}

func TestWrongKeyOpensForReadingOnly(t *testing.T) {
	l, f := nyLogg(t)
	skriv(t, l, 3)
	other, _ := nyLogg(t)
	other.Close()
	wrong := filer{f.logg, f.noekkel + ".annen"}
	if err := lagNoekkel(wrong.noekkel); err != nil {
		t.Fatal(err)
	}
	opened := wrong.aapne(t)
	if err := feiler(t, opened, prosa(3, person(3))); !errors.Is(err, ErrBrutt) {
		t.Errorf("%v", err)
	}
	if got := len(rader(t, wrong)); got != 3 {
		t.Errorf("%d rows read", got)
	}
}
