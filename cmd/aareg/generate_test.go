package main

import (
	"io"
	"os"
	"path/filepath"
	"testing"

	"aareg/store/sqlite"
)

// bytesEach is how many bytes an arbeidsforhold may take in a small register, with everything that is derived from it.
const bytesEach = 1000

func TestAnArbeidsforholdTakesSoManyBytesAndNoStatisticsAreKept(t *testing.T) {
	file := filepath.Join(t.TempDir(), "register.db")
	if err := generate(t.Context(), []string{"--persons", "2000", "--db", file}, io.Discard, io.Discard); err != nil {
		t.Fatal(err)
	}
	c, err := sqlite.Open(sqlite.URI(file, "mode", "ro"))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	var arbeidsforhold, statistics int64
	if _, err := c.One("SELECT count(*) FROM arbeidsforhold", nil, &arbeidsforhold); err != nil {
		t.Fatal(err)
	}
	// With samples of values SQLite plans a statement anew each time its parameters change.
	if _, err := c.One("SELECT count(*) FROM sqlite_schema WHERE name LIKE 'sqlite_stat%'", nil, &statistics); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	each := info.Size() / arbeidsforhold
	t.Logf("%d arbeidsforhold, %d bytes each", arbeidsforhold, each)
	if each > bytesEach || statistics != 0 {
		t.Errorf("%d bytes each, at most %d; %d tables of statistics", each, bytesEach, statistics)
	}
}
