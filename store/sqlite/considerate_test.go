package sqlite

import (
	"path/filepath"
	"testing"
	"time"
)

// TestCheckMakesWay: a look through a file sleeps after every few of its pages.
func TestCheckMakesWay(t *testing.T) {
	slept := 0
	sleep = func(time.Duration) { slept++ }
	t.Cleanup(func() { sleep = time.Sleep })
	c, err := Open(URI(filepath.Join(t.TempDir(), "prov.db"), "mode", "rwc"))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	const times = 10
	err = c.Script("CREATE TABLE fylt (side BLOB)")
	if err == nil {
		err = c.Exec(`WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1) INSERT INTO fylt SELECT zeroblob(3000) FROM n`,
			times*pagesAtATime) // one on each page
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, considerate := range []bool{false, true} {
		if considerate {
			c.Considerate()
		}
		var verdict string
		if _, err := c.One("PRAGMA quick_check(1)", nil, &verdict); err != nil || verdict != "ok" {
			t.Fatal(verdict, err)
		}
		if considerate != (slept >= times) {
			t.Errorf("considerate %v: it slept %d times", considerate, slept)
		}
	}
}
