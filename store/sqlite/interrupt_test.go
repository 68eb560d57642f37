package sqlite

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	sqlite3 "modernc.org/sqlite/lib"
)

// endless counts until it is interrupted.
const endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"

// soon is longer than an interrupt takes to come.
const soon = 20 * time.Millisecond

// count counts under a context, as far as some number; at the tenth row it calls tenth.
func count(c *Conn, under context.Context, rows int, tenth func()) error {
	if under != nil {
		c.InterruptOn(under)
		defer c.Uninterrupted()
	}
	enough := errors.New("enough")
	n := 0
	err := c.Each(endless, nil, func(*Stmt) error {
		if n++; n == 10 {
			tenth()
		}
		if n == rows {
			return enough
		}
		return nil
	})
	if err == enough {
		return nil
	}
	return err
}

func TestInterruptedIsWhatAContextWasToldOfAndNothingElse(t *testing.T) {
	c, err := Open(URI(filepath.Join(t.TempDir(), "prov.db"), "mode", "rwc"))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	shared, end := context.WithCancel(t.Context())
	defer end()
	other, endOther := context.WithCancel(t.Context())
	defer endOther()
	nothing := func() {}
	for _, under := range []context.Context{shared, shared, other} { // what is followed already is not followed again
		if err := count(c, under, 1000, nothing); err != nil {
			t.Errorf("before its context ended: %v", err)
		}
	}
	if err := count(c, shared, 1000, func() { endOther(); time.Sleep(soon) }); err != nil {
		t.Errorf("interrupted by the context before: %v", err)
	}
	if err := count(c, nil, 1000, func() { end(); time.Sleep(soon) }); err != nil {
		t.Errorf("interrupted after Uninterrupted: %v", err)
	}
	again, endAgain := context.WithCancel(t.Context())
	defer endAgain()
	if err := count(c, again, 1000, nothing); err != nil {
		t.Error(err)
	}
	err = count(c, again, -1, endAgain)
	if refused := new(Error); !errors.As(err, &refused) || refused.Code() != sqlite3.SQLITE_INTERRUPT {
		t.Errorf("not interrupted when its context ended: %v", err)
	}
}
