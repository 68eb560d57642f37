package sqlite

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestURINamesAFileWhateverItIsCalledAndAllSettings(t *testing.T) {
	got := URI("/var/a b?c#d%20/ø.db", "mode", "rw", "_pragma", "busy_timeout(1)", "_pragma", "secure_delete(1)")
	want := "file:/var/a%20b%3Fc%23d%2520/%C3%B8.db?_pragma=busy_timeout%281%29&_pragma=secure_delete%281%29&mode=rw"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	file := filepath.Join(t.TempDir(), "a b?c#d%20 ø.db")
	c, err := Open(URI(file, "mode", "rwc"))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if err := c.Script("CREATE TABLE a (b)"); err != nil {
		t.Fatal(err)
	}
	if found, err := filepath.Glob(filepath.Join(filepath.Dir(file), "*.db")); err != nil || !cmp.Equal(found, []string{file}) {
		t.Errorf("made: %v, %v", found, err)
	}
}

func TestQueriesGiveTheRowsThatStatementsHaveWritten(t *testing.T) {
	c, err := Open(URI(filepath.Join(t.TempDir(), "prov.db"), "mode", "rwc"))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if err := c.Exec("CREATE TABLE ord (nr INTEGER PRIMARY KEY, ord TEXT)"); err != nil {
		t.Fatal(err)
	}
	for nr, ord := range []string{"null", "en", "to"} {
		if err := c.Exec("INSERT INTO ord VALUES (?1, ?2)", nr, ord); err != nil {
			t.Fatal(err)
		}
	}
	var refused *Error
	if err := c.Exec("INSERT INTO ord VALUES (?1, ?2)", 2, "tre"); !errors.As(err, &refused) || !refused.Constraint() {
		t.Errorf("a row twice: %v", err)
	}
	const from = "SELECT nr, ord FROM ord WHERE nr >= ?1 ORDER BY nr"
	var nr int
	var ord string
	for first, want := range map[int]bool{1: true, 3: false} {
		nr, ord = -1, ""
		found, err := c.One(from, []any{first}, &nr, &ord)
		if err != nil || found != want || found && (nr != 1 || ord != "en") || !found && nr != -1 {
			t.Errorf("the first from %d: %v, %d %q, %v", first, found, nr, ord, err)
		}
	}
	enough := errors.New("enough")
	var read []string
	for _, end := range []error{nil, enough, nil} { // what was ended early begins anew
		read = nil
		err := c.Each(from, []any{0}, func(row *Stmt) error { read = append(read, string(row.Bytes(1))); return end })
		if err != end {
			t.Errorf("ended by %v: %v", end, err)
		}
		if want := map[bool]int{true: 3, false: 1}[end == nil]; len(read) != want {
			t.Errorf("ended by %v: read %v", end, read)
		}
	}
	if diff := cmp.Diff([]string{"null", "en", "to"}, read); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestDataVersionTellsOfOthersChangesAlone(t *testing.T) {
	file := URI(filepath.Join(t.TempDir(), "prov.db"), "mode", "rwc")
	one, err := Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer one.Close()
	other, err := Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if err := one.Script("PRAGMA journal_mode = WAL; CREATE TABLE a (b)"); err != nil {
		t.Fatal(err)
	}
	version := func() int64 {
		v, err := one.DataVersion()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	last := version()
	for range 3 {
		if err := one.Exec("INSERT INTO a VALUES (1)"); err != nil {
			t.Fatal(err)
		}
		if now := version(); now != last || now == 0 {
			t.Error("an own change shows, or there is no version")
		}
		if err := other.Exec("INSERT INTO a VALUES (2)"); err != nil {
			t.Fatal(err)
		}
		// Within a transaction that keeps others out, as the audit log asks.
		if err := one.Script("BEGIN IMMEDIATE"); err != nil {
			t.Fatal(err)
		}
		now := version()
		if now == last {
			t.Error("a change of another does not show")
		}
		last = now
		if err := one.Script("COMMIT"); err != nil {
			t.Fatal(err)
		}
	}
}

// TestLongParametersAreNotKept: a statement that had some is none the worse for it, and has given their memory back.
func TestLongParametersAreNotKept(t *testing.T) {
	c, err := Open(URI(filepath.Join(t.TempDir(), "prov.db"), "mode", "rwc"))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	const query = "SELECT length(?1), ?2"
	for _, length := range []int{10, cellKept, 10 * cellKept, 3, 0, cellKept} {
		var n, two int
		if found, err := c.One(query, []any{strings.Repeat("å", length), 2}, &n, &two); err != nil || !found || n != length || two != 2 {
			t.Errorf("%d letters: %v, %d letters and %d; %v", length, found, n, two, err)
		}
		if kept := c.stmts[query].size; kept > cellKept {
			t.Errorf("%d bytes are kept after %d letters", kept, length)
		}
	}
}
