package main

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

// drawn is what questions are asked about: numbers and names of a register, none of a protected person.
type drawn struct {
	alle int // arbeidsforhold in the register

	arbeidsforhold []string   // arbeidsforholdId
	arbeidstakere  []string   // employees with seven arbeidsforhold: nobody in a made-up register has more
	arbeidsgivere  []antallet // employers by falling number of arbeidsforhold
	etternavn      []antallet // words of surnames by how many names in force have them
	enhetsord      []antallet // words of the names of units, the same
}

// antallet is how often there is something.
type antallet struct {
	hva    string
	antall int
}

const mostDrawn = 100_000

// draw reads the file of a register as any program could: what is drawn must not come from what is measured.
func draw(ctx context.Context, file string) (d *drawn, err error) {
	db, err := sql.Open("sqlite", "file:"+file+"?mode=ro&_pragma=mmap_size(2147418112)")
	if err != nil {
		return nil, fmt.Errorf("draw: %w", err)
	}
	defer db.Close()
	d = &drawn{}
	if d.arbeidsforhold, err = column(ctx, db, `SELECT arbeidsforhold_id FROM arbeidsforhold WHERE skjerming = 0`); err != nil {
		return nil, err
	}
	if err := db.QueryRowContext(ctx, `SELECT count(*) FROM arbeidsforhold`).Scan(&d.alle); err != nil {
		return nil, fmt.Errorf("draw: %w", err)
	}
	d.arbeidstakere, err = column(ctx, db, `SELECT a.nummer FROM arbeidsforhold f JOIN aktoer a ON a.aktoer = f.arbeidstaker
		GROUP BY f.arbeidstaker HAVING count(*) = 7 AND max(f.skjerming) = 0 AND a.gradering = 0`)
	if err != nil {
		return nil, err
	}
	d.arbeidsgivere, err = counted(ctx, db, `SELECT a.nummer, count(*) FROM arbeidsforhold f JOIN aktoer a ON a.aktoer = f.arbeidsgiver
		WHERE a.slag = 1 GROUP BY f.arbeidsgiver HAVING count(*) >= 10 ORDER BY 2 DESC, 1`)
	if err != nil {
		return nil, err
	}
	if d.etternavn, err = words(ctx, db, `SELECT etternavn FROM personnavn WHERE historisk = 0`); err != nil {
		return nil, err
	}
	if d.enhetsord, err = words(ctx, db, `SELECT tekst FROM enhetsnavn`); err != nil {
		return nil, err
	}
	random := rand.New(rand.NewPCG(3, 4))
	for _, list := range []*[]string{&d.arbeidsforhold, &d.arbeidstakere} {
		random.Shuffle(len(*list), func(i, j int) { (*list)[i], (*list)[j] = (*list)[j], (*list)[i] })
		*list = slices.Clone((*list)[:min(len(*list), mostDrawn)])
	}
	return d, nil
}

func column(ctx context.Context, db *sql.DB, query string) (list []string, err error) {
	err = rows(ctx, db, query, func(scan func(...any) error) error {
		var s string
		err := scan(&s)
		list = append(list, s)
		return err
	})
	return list, err
}

func counted(ctx context.Context, db *sql.DB, query string) (list []antallet, err error) {
	err = rows(ctx, db, query, func(scan func(...any) error) error {
		var a antallet
		err := scan(&a.hva, &a.antall)
		list = append(list, a)
		return err
	})
	return list, err
}

// words counts the words of a column, the most frequent first.
func words(ctx context.Context, db *sql.DB, query string) (list []antallet, err error) {
	counts := map[string]int{}
	err = rows(ctx, db, query, func(scan func(...any) error) error {
		var text string
		err := scan(&text)
		for _, word := range strings.Fields(strings.ToUpper(text)) {
			counts[word]++
		}
		return err
	})
	for word, n := range counts {
		list = append(list, antallet{word, n})
	}
	slices.SortFunc(list, func(a, b antallet) int { return cmp.Or(b.antall-a.antall, strings.Compare(a.hva, b.hva)) })
	return list, err
}

func rows(ctx context.Context, db *sql.DB, query string, each func(scan func(...any) error) error) error {
	r, err := db.QueryContext(ctx, query)
	if err != nil {
		return fmt.Errorf("draw: %w", err)
	}
	defer r.Close()
	for r.Next() {
		if err := each(r.Scan); err != nil {
			return fmt.Errorf("draw: %w", err)
		}
	}
	return r.Err()
}

// nearest are those whose number is nearest to n: at most so many, none farther off than a fiftieth, but one always.
func nearest(list []antallet, n, most int) []antallet {
	near := nearestOf(list, n, most)
	for i, a := range near {
		if i > 0 && abs(a.antall-n) > n/50 {
			return near[:i]
		}
	}
	return near
}

// nearestOf are the so many whose number is nearest to n, however far.
func nearestOf(list []antallet, n, most int) []antallet {
	near := slices.Clone(list)
	slices.SortStableFunc(near, func(a, b antallet) int { return abs(a.antall-n) - abs(b.antall-n) })
	return near[:min(most, len(near))]
}

func abs(n int) int { return max(n, -n) }
