package logg

import (
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// sidestoerrelse is the size of SQLite's pages.
const sidestoerrelse = 4096

// nullet visits a copy of a log with each page of one of its files in turn set to zeros.
func nullet(t *testing.T, whole filer, suffix string, visit func(f filer, page int)) {
	t.Helper()
	b, err := os.ReadFile(whole.logg + suffix)
	if err != nil {
		t.Fatal(err)
	}
	f := filer{whole.logg + ".kopi", whole.noekkel}
	pages := len(b) / sidestoerrelse
	for page := range pages {
		for _, s := range []string{"", indeksEndelse} {
			kopier(t, whole.logg+s, f.logg+s, 0o600)
		}
		damaged := append([]byte{}, b...)
		clear(damaged[page*sidestoerrelse : (page+1)*sidestoerrelse])
		if err := os.WriteFile(f.logg+suffix, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		visit(f, page)
	}
	if pages < 5 {
		t.Errorf("only %d pages", pages)
	}
}

// medIndeks is a log of some pages with its index, closed.
func medIndeks(t *testing.T) filer {
	t.Helper()
	l, f := nyLogg(t)
	for turn := range 3 {
		skriv(t, l, 40)
		var many []uint64
		for i := range storRad + 1 {
			many = append(many, person(1000*turn+i))
		}
		for range 2 {
			if err := l.Skriv(t.Context(), prosa(40, many...)); err != nil {
				t.Fatal(err)
			}
		}
		more := many[:700]
		if err := l.Skriv(t.Context(), prosa(40, more...)); err != nil {
			t.Fatal(err)
		}
	}
	funnet(t, l, Filter{Personer: []uint64{person(1)}})
	l.Close()
	return f
}

func TestDamagedPageOfTheLogIsAnErrorAndWritesNothingWrong(t *testing.T) {
	whole := medIndeks(t)
	want, err := innholdet(t, whole)
	if err != nil {
		t.Fatal(err)
	}
	nullet(t, whole, "", func(f filer, page int) {
		r, err := Verify(t.Context(), f.logg, f.noekkel, nil)
		if err == nil && r.Feilfri() {
			got, err := innholdet(t, f)
			if diff := cmp.Diff(want, got); diff != "" || err != nil {
				t.Errorf("page %d: verify sees nothing, and the rows differ: %v", page, err)
			}
			return
		}
		l, err := Open(f.logg, f.noekkel)
		if err != nil {
			return // refused
		}
		defer l.Close()
		ready := l.Ready()
		err = l.Skriv(t.Context(), prosa(1, person(1)))
		if ready != nil && err == nil {
			t.Errorf("page %d: not ready, and yet written", page)
		}
		var got []*Rad
		err = l.Soek(t.Context(), Filter{Til: dag.AddDate(0, 0, 1)}, func(r *Rad) error { got = append(got, r); return nil })
		if err == nil && cmp.Diff(want, got[:min(len(got), len(want))]) != "" {
			t.Errorf("page %d: other rows are read, without an error", page)
		}
		if _, err := l.Slett(t.Context(), dag.AddDate(0, 0, 1), Rad{}); err == nil {
			t.Errorf("page %d: rows are removed that were not looked at", page)
		}
	})
}

func TestDamagedPageOfTheIndexIsMadeAnew(t *testing.T) {
	whole := medIndeks(t)
	ask := Filter{Personer: []uint64{person(3), person(900), person(2500)}}
	want := funnet(t, whole.aapne(t), ask)
	nullet(t, whole, indeksEndelse, func(f filer, page int) {
		l, err := Open(f.logg, f.noekkel)
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		if diff := cmp.Diff(want, funnet(t, l, ask)); diff != "" {
			t.Errorf("page %d (-want +got)\n%s", page, diff)
		}
		if err := l.Skriv(t.Context(), prosa(1, person(1), person(900))); err != nil {
			t.Error(err)
		}
		if _, err := l.Slett(t.Context(), dag.Add(30*time.Minute), Rad{}); err != nil {
			t.Errorf("page %d: %v", page, err)
		}
	})
}
