package store

import (
	"regexp"
	"strings"
	"testing"

	"aareg/store/sqlite"
)

// small is what a plan may go through from one end to the other: what a question has made itself, numbers that it was
// given, constants, and the codes.
var small = regexp.MustCompile(`^SCAN (u|under|navngitt|kode|\d+ CONSTANT ROWS?|CONSTANT ROW|\(subquery-\d+\)|\d+-ROW VALUES CLAUSE|n VIRTUAL TABLE INDEX .*)$`)

// TestNoQuestionScansTheRegister looks at the plans of all statements that the products' questions have run, within an
// Omfang and without. None sorts either; to learn who is inside an Omfang that is new to a connection, and to count
// persons within one, sets are made.
func TestNoQuestionScansTheRegister(t *testing.T) {
	p := &provet{modell: newModell(99), t: t, s: newStore(t), utfall: map[string]int{}}
	p.store(t, p.s)
	for range 40 {
		for _, o := range []*Omfang{nil, p.omfang(), {Personer: p.folk[0].numre}} {
			v := seesAll
			v.Omfang = o
			p.ask(v)
		}
	}
	asked := map[string]bool{}
	hver(p.s, func(r *reader) {
		for query := range r.c.Queries() {
			asked[query] = true
		}
	})
	for i, q := range []avgrenset{arbeidstakerUnder, arbeidsgiverUnder, enhetUnder, enhetIDagUnder, underenheter, {listehoder, takerenInnenfor}, {listedeler, listenInnenfor},
		underTallet[0], underTallet[1], {helEtternavnliste, arbeidstakersoek},
		{andreEtternavnliste, arbeidsgiversoek}, {personstykker, arbeidstakersoek}, {enhetslisten, innenforEnheter}} {
		if !asked[q.alle] || !asked[q.innenfor] {
			t.Errorf("query %d was not asked in both forms", i)
		}
	}
	for i, q := range []avgrenset{antallArbeidstakere, aktivOgHistorikk} {
		if asked[q.alle] || !asked[q.innenfor] {
			t.Errorf("query %d counts what is counted ahead, or was not asked within an Omfang", i)
		}
	}
	lines := 0
	for query := range asked {
		if strings.HasPrefix(query, "PRAGMA") || strings.HasPrefix(query, "DELETE FROM temp.") {
			continue
		}
		for _, line := range plan(t, p.s, query) {
			lines++
			sorts := strings.Contains(line, "TEMP B-TREE") && !strings.HasPrefix(query, "INSERT INTO temp.omfang") && !strings.Contains(line, "count(DISTINCT)")
			if strings.HasPrefix(line, "SCAN") && !small.MatchString(line) || strings.Contains(line, "AUTOMATIC") || sorts {
				t.Errorf("%s in the plan of %s", line, query)
			}
		}
	}
	t.Logf("%d statements, %d steps", len(asked), lines)
}

func plan(t *testing.T, s *Store, query string) (lines []string) {
	t.Helper()
	err := s.read(ctx, nil, func(r *reader, _ *kodebok) error {
		return r.each(ctx, "EXPLAIN QUERY PLAN "+query, nil, func(row *sqlite.Stmt) error {
			var id, parent, unused int
			var line string
			err := row.Scan(&id, &parent, &unused, &line)
			lines = append(lines, line)
			return err
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return lines
}
