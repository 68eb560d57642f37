package innlesing_test

import (
	"path/filepath"
	"testing"
	"time"

	"aareg/fixtures/generer"
	"aareg/store/innlesing"
)

// What is delivered again, and says the same, is unchanged: in a day's changes and in a full import.
func TestTheSameAgainIsUnchanged(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "filer")
	if err := generer.SkrivFiler(t.Context(), dir, generer.Valg{Personer: 300, Seed: 7}, func(int64, int64) {}); err != nil {
		t.Fatal(err)
	}
	db := filepath.Join(t.TempDir(), "aareg.db")
	for round, full := range []bool{true, false, true} {
		s, err := innlesing.Importer(t.Context(), innlesing.Valg{DB: db, Filer: []string{dir}, Full: full, Naa: time.Now})
		if err != nil {
			t.Fatal(err)
		}
		for slag, n := range s.Teller {
			want := innlesing.Teller{Lest: n.Lest, Uendret: n.Lest}
			if round == 0 {
				want = innlesing.Teller{Lest: n.Lest, Ny: n.Lest}
			}
			if n != want {
				t.Errorf("round %d, %s: %+v, want %+v", round, innlesing.Slagnavn[slag], n, want)
			}
		}
	}
}
