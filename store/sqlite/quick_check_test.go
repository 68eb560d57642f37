package sqlite

import (
	"path/filepath"
	"testing"
	"time"
)

// TestCheckMakesWay: a look through a file sleeps for as long as it works, whether it looks at pages or at rows.
func TestCheckMakesWay(t *testing.T) {
	var worked, slept time.Duration
	realClock := clock
	clock = func() time.Duration { worked += worksFor / 10; return worked + slept }
	sleep = func(d time.Duration) { slept += d }
	t.Cleanup(func() { clock, sleep = realClock, time.Sleep })
	for name, c := range map[string]struct{ rows, size int }{"pages": {40 * stepsAtATime, 3000}, "rows": {40 * stepsAtATime, 3}} {
		t.Run(name, func(t *testing.T) {
			conn, err := Open(URI(filepath.Join(t.TempDir(), "prov.db"), "mode", "rwc"))
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			err = conn.Script("CREATE TABLE fylt (side BLOB NOT NULL)")
			if err == nil {
				err = conn.Exec(`WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1) INSERT INTO fylt SELECT zeroblob(?2) FROM n`, c.rows, c.size)
			}
			if err != nil {
				t.Fatal(err)
			}
			worked = 0
			if verdict, err := conn.QuickCheck(); err != nil || verdict != "ok" {
				t.Fatal(verdict, err)
			}
			if slept == 0 || slept > worked {
				t.Errorf("it worked for %v and slept for %v", worked, slept)
			}
			slept = 0
		})
	}
}
