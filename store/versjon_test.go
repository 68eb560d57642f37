package store

import (
	"fmt"
	"path/filepath"
	"testing"

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
		if err := c.Script(fmt.Sprintf("DROP TABLE IF EXISTS arbeidstakerliste; PRAGMA user_version = %d", n)); err != nil {
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
	if err := Read(ctx, path, func(*Tx) error { return nil }); err != nil {
		t.Error(err)
	}
	if err := replace(); err != nil {
		t.Fatal(err)
	}
	if now := minted(); now != before {
		t.Errorf("minted %d, and anew %d", before, now)
	}
}
