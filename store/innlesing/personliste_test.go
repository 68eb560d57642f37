package innlesing_test

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"testing"

	"aareg/store"
)

// personsFound are all hits of a search for each etternavn, by its sound, in their order: what the lists of persons' names
// say, wherever they are cut.
func personsFound(t *testing.T, path string, db *sql.DB) (lines []string) {
	t.Helper()
	s, err := store.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	view := store.View{Today: 20250615, Fortrolig: store.InnsynData, StrengtFortrolig: store.InnsynData}
	for _, name := range rows(t, db, `SELECT ord AS '' FROM etternavn ORDER BY 1`) {
		word := strings.Trim(name, `="`+" ")
		soek := store.Personsoek{Navn: store.Navn{Etternavn: word}, Fonetisk: true, Maks: 1 << 20}
		takers, _, err := s.SoekArbeidstakere(t.Context(), view, soek)
		givers, found, failed := s.SoekPersonligeArbeidsgivere(t.Context(), view, soek)
		for _, err := range []error{err, failed} {
			if err != nil && !errors.Is(err, store.ErrIngen) {
				t.Fatal(err)
			}
		}
		lines = append(lines, fmt.Sprintf("%q: %d employees, %d employers", word, len(takers), found))
		for _, hit := range append(takers, givers...) {
			lines = append(lines, fmt.Sprintf("%q: %+v", word, *hit))
		}
	}
	return lines
}
