package logg

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"aareg/store/sqlite"
)

// medRester is how many pages of a file hold remains.
func medRester(t *testing.T, c *sqlite.Conn) (n int) {
	t.Helper()
	err := c.Each("SELECT pgno, data FROM sqlite_dbpage", nil, func(s *sqlite.Stmt) error {
		if from, to := rester(s.Bytes(1), s.Int64(0)); from < to {
			n++
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestRemainsOfMovedRowsAreOverwritten puts rows in and takes rows out at random, as the log does at its edge and its
// index everywhere, until SQLite has laid pages out anew.
func TestRemainsOfMovedRowsAreOverwritten(t *testing.T) {
	l, f := nyLogg(t)
	l.Close()
	c := raaForbindelse(t, f.logg)
	defer c.Close()
	script(t, c, "PRAGMA synchronous = OFF; PRAGMA secure_delete = ON; CREATE TABLE prov (n INTEGER PRIMARY KEY, b BLOB); CREATE INDEX prov_b ON prov (b); BEGIN")
	random := rand.New(rand.NewPCG(5, 5))
	content := func() []byte { return bytes.Repeat([]byte("REST"), 1+random.IntN(120)) }
	for range 20_000 {
		n := random.IntN(3000)
		if err := c.Exec("INSERT INTO prov VALUES (?1, ?2) ON CONFLICT DO UPDATE SET b = ?2", n, content()); err != nil {
			t.Fatal(err)
		}
		if err := c.Exec("DELETE FROM prov WHERE n = ?1", random.IntN(3000)); err != nil {
			t.Fatal(err)
		}
	}
	script(t, c, "COMMIT")
	if medRester(t, c) == 0 {
		t.Fatal("no page holds remains: this test would find nothing")
	}
	before := sum(t, c)
	if err := skrubb(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	if n := medRester(t, c); n > 0 {
		t.Errorf("%d pages hold remains", n)
	}
	if after := sum(t, c); after != before || before == 0 {
		t.Errorf("%d rows, and then %d", before, after)
	}
	script(t, c, "DELETE FROM prov")
	for pgno := int64(1); ; pgno++ {
		data, err := lesSide(c, pgno)
		if err != nil {
			t.Fatal(err)
		}
		if data == nil {
			break
		}
		if bytes.Contains(data, []byte("RESTREST")) {
			t.Errorf("page %d holds what was removed", pgno)
		}
	}
}

// sum is a number of the rows, after the file has been found to be whole.
func sum(t *testing.T, c *sqlite.Conn) (rows int) {
	t.Helper()
	var said string
	if _, err := c.One("PRAGMA integrity_check", nil, &said); err != nil || said != "ok" {
		t.Fatal(said, err)
	}
	if _, err := c.One("SELECT count(*) FROM prov", nil, &rows); err != nil {
		t.Fatal(err)
	}
	return rows
}
