package store

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aareg/store/sqlite"
)

// TestFullImportTakesThePlaceOfTheVersionBefore: it and what reads a file without opening it for questions read one; nothing
// else does.
func TestFullImportTakesThePlaceOfTheVersionBefore(t *testing.T) {
	path := filepath.Join(t.TempDir(), "register.db")
	replace := func() error {
		return Replace(ctx, path, nil, func(tx, _ *Tx) error {
			j := jobb(0, takerNr)
			j.UUID = "aa4e6000-0000-4000-8000-00000000abcd"
			return tx.PutArbeidsforhold(j)
		})
	}
	minted := func() int64 {
		s, err := Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		p, err := s.Arbeidstaker(ctx, seesAll, takerNr, Filter{})
		if err != nil {
			t.Fatal(err)
		}
		return p.Arbeidsforhold[0].ArbeidsforholdId
	}
	if err := replace(); err != nil {
		t.Fatal(err)
	}
	before := minted()
	version := func(n int) {
		c, err := sqlite.Open(sqlite.URI(path, "mode", "rw"))
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		if err := c.Script(eldre + fmt.Sprintf("PRAGMA user_version = %d", n)); err != nil {
			t.Fatal(err)
		}
	}
	version(eldsteLest - 1)
	if err := replace(); err == nil {
		t.Error("a register of an older version was read")
	}
	version(eldsteLest)
	if s, err := Open(path); err == nil {
		s.Close()
		t.Error("a register of the version before was opened")
	}
	if err := Amend(ctx, path, nil, func(*Tx) error { return nil }); err == nil {
		t.Error("a register of the version before was changed")
	}
	if diff := cmp.Diff([]int64{before}, numre(t, path)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if err := replace(); err != nil {
		t.Fatal(err)
	}
	if now := minted(); now != before {
		t.Errorf("minted %d, and anew %d", before, now)
	}
}

// TestWhatIsToBeDoneWithAnotherVersionIsSaid: it is not what has just failed.
func TestWhatIsToBeDoneWithAnotherVersionIsSaid(t *testing.T) {
	for _, c := range []struct {
		version, eldste int
		says            string
	}{
		{schemaVersion - 1, schemaVersion, "by a full import"},
		{schemaVersion + 1, schemaVersion, "by a newer aareg"},
		{schemaVersion + 1, eldsteLest, "by a newer aareg"},
		{eldsteLest - 1, eldsteLest, "move the file away"},
	} {
		if err := checkHeading(applicationID, c.version, c.eldste); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("version %d where %d and newer are read: %v; want %q", c.version, c.eldste, err, c.says)
		}
	}
	for _, version := range []int{eldsteLest, schemaVersion} {
		if err := checkHeading(applicationID, version, eldsteLest); err != nil {
			t.Errorf("version %d: %v", version, err)
		}
	}
}

// numre are the numbers of arbeidsforhold in a file.
func numre(t *testing.T, path string) (numre []int64) {
	t.Helper()
	err := Read(ctx, path, func(tx *Tx) error {
		return tx.AlleArbeidsforhold(func(a *Arbeidsforhold) error {
			numre = append(numre, a.ArbeidsforholdId)
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return numre
}

// eldre makes of a register's tables those of version 3.
const eldre = `DROP TABLE IF EXISTS arbeidstakerliste;
	CREATE TABLE eldre (arbeidsforhold INTEGER PRIMARY KEY, arbeidsforhold_id INTEGER NOT NULL UNIQUE, utstedt_id INTEGER,
		uuid BLOB UNIQUE, arbeidstaker INTEGER NOT NULL, arbeidsgiver INTEGER NOT NULL, opplysningspliktig INTEGER,
		begyntdato INTEGER NOT NULL, sluttetdato INTEGER NOT NULL, skjerming INTEGER NOT NULL, dok BLOB NOT NULL);
	INSERT INTO eldre SELECT NULL, arbeidsforhold_id, utstedt_id, uuid, arbeidstaker, arbeidsgiver, opplysningspliktig,
		begyntdato, sluttetdato, skjerming, dok FROM arbeidsforhold;
	DROP TABLE arbeidsforhold;
	ALTER TABLE eldre RENAME TO arbeidsforhold; `
