package main

import (
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"aareg/store/sqlite"
)

// TestWithoutTheLogNothingIsTold holds the audit log so that it cannot be written, and then spoils it: of every product,
// whatever it is asked, no answer goes out meanwhile but a fault; when the log can be written again, answers do; when it
// is no longer what was written, never again.
func TestWithoutTheLogNothingIsTold(t *testing.T) {
	long(t)
	log := filepath.Join(t.TempDir(), "logg.db")
	c := newConsumers(t)
	c.add(t, "bruker", nil)
	s := start(t, "--konsumenter", c.path, "--logg", log)
	questions := append(subjects[0][:], "hentArbeidsgiver/trunkert", "hentArbeidstaker/ingen", "hentArbeidstaker/fortrolig", "hentArbeidstaker/mangler_foedselsnr")
	told := func(fault bool) {
		t.Helper()
		var asking sync.WaitGroup
		for _, name := range questions {
			q := question(t, name)
			asking.Go(func() {
				got := answerTo(t, http.DefaultClient, s.address, q, httpBasic("bruker", passord))
				if fault && (got.kode != "feilIBackOffice" || strings.Contains(got.body, "statuskode")) || !fault && got.kode == "feilIBackOffice" {
					t.Errorf("%s: %d %s", name, got.status, got.kode)
				}
			})
		}
		asking.Wait()
	}
	ready := func() int {
		resp, err := http.Get(s.address + "/readyz")
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		return resp.StatusCode
	}
	told(false)

	other, err := sqlite.Open(sqlite.URI(log, "mode", "rw"))
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	script(t, other, "BEGIN IMMEDIATE")
	told(true)
	if got := ready(); got != http.StatusServiceUnavailable {
		t.Errorf("ready without a log: %d", got)
	}
	script(t, other, "ROLLBACK")
	told(false)
	if got := ready(); got != http.StatusOK {
		t.Errorf("not ready with a log: %d", got)
	}

	script(t, other, "DELETE FROM rad WHERE nr = (SELECT max(nr) FROM rad)")
	told(true)
	if got := ready(); got != http.StatusServiceUnavailable {
		t.Errorf("ready with a broken log: %d", got)
	}
}

func script(t *testing.T, c *sqlite.Conn, sql string) {
	t.Helper()
	if err := c.Script(sql); err != nil {
		t.Fatal(err)
	}
}
