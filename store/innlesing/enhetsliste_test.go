package innlesing_test

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"testing"

	"aareg/store"
)

// unitsFound are all hits of a search for each word that the name of a unit or an old employer has, by its sound, in their
// order: what the lists of names say, without regard to how they are packed.
func unitsFound(t *testing.T, path string, db *sql.DB) (lines []string) {
	t.Helper()
	s, err := store.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	asked := map[string]bool{}
	for _, name := range rows(t, db, `SELECT replace(ord, char(31), ' ') AS '' FROM enhetsnavn ORDER BY 1`) {
		for _, word := range strings.Fields(strings.Trim(name, `="`+" ")) {
			if asked[word] {
				continue
			}
			asked[word] = true
			hits, found, err := s.SoekEnheter(t.Context(), store.View{Today: 20250615}, store.Enhetssoek{Navn: word, Fonetisk: true, InkluderOpphoerte: true, Maks: 1 << 20})
			if err != nil && !errors.Is(err, store.ErrIngen) || found != len(hits) {
				t.Fatalf("%d found, %d shown: %v", found, len(hits), err)
			}
			for _, hit := range hits {
				lines = append(lines, fmt.Sprintf("%q: %+v", word, *hit))
			}
		}
	}
	return lines
}
