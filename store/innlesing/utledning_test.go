package innlesing_test

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What follows from the rest (protection, roles, employers' lists) is made anew in a full import, for everybody, and
// mended in an incremental one, for those whom it touched. Both must come to the same, whatever happened: lists grow
// beyond a piece and shrink to nothing, persons change grades, names and numbers, and one takes over what was known
// under another number.
func TestADaysChangesDeriveWhatAFullImportDerives(t *testing.T) {
	seeds, days := 2, 60
	if testing.Short() {
		seeds, days = 1, 40
	}
	for seed := range seeds {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			v, r := nyVerden(t, uint64(seed)), newRegister(t)
			var lists reach
			for day := range days {
				lines := v.dag()
				r.take(lines, shrinking)
				if day%5 != 4 {
					continue
				}
				lists.see(t, open(t, r.db))
				if !sameAsFull(t, v, r) {
					t.Fatalf("after day %d, which told\n%s", day, cmp.Diff(nil, lines))
				}
			}
			sameInPlace(t, r)
			if lists.longest < 200 || lists.largest <= 64 {
				t.Errorf("the lists came no further than %+v", lists)
			}
		})
	}
}

// sameAsFull says whether the register is what a full import of its export makes, and holds what it was told of.
func sameAsFull(t *testing.T, v *verden, r *register) bool {
	t.Helper()
	got := r.dump()
	if diff := diff(r.again().dump(), got, "kode"); diff != "" {
		t.Errorf("(-full import +day by day):\n%s", diff)
	}
	if orphans := rows(t, open(t, r.db), eierloese); len(orphans) > 0 {
		t.Errorf("nothing holds these any more:\n%s", strings.Join(orphans, "\n"))
	}
	if n := len(got["arbeidsforhold"]); n != len(v.jobber) {
		t.Errorf("%d arbeidsforhold, want %d", n, len(v.jobber))
	}
	intact(t, r.db)
	return !t.Failed()
}

// eierloese are those whom neither a source has told of nor anything names.
const eierloese = `SELECT a.slag, a.nummer FROM aktoer a WHERE a.oppgitt = 0
	AND a.aktoer NOT IN (SELECT arbeidstaker FROM arbeidsforhold UNION SELECT arbeidsgiver FROM arbeidsforhold
		UNION SELECT opplysningspliktig FROM arbeidsforhold WHERE opplysningspliktig IS NOT NULL)`

// sameInPlace fails when a full import of the register's own export changes it, or when one more day does not go on
// from there.
func sameInPlace(t *testing.T, r *register) {
	t.Helper()
	before := r.dump()
	r.take(r.export(), full)
	if diff := diff(before, r.dump()); diff != "" {
		t.Errorf("(-before +after a full import of the same):\n%s", diff)
	}
	intact(t, r.db)
}

// reach is how far the lists of a register have come: entries in the longest, and in the largest piece.
type reach struct{ longest, largest int }

func (r *reach) see(t *testing.T, db *sql.DB) {
	t.Helper()
	length := map[string]int{}
	for _, p := range pieces(t, db) {
		length[p.giver] += len(p.entries)
		r.longest, r.largest = max(r.longest, length[p.giver]), max(r.largest, len(p.entries))
	}
}
