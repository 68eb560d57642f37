package logg

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// innholdet is all that a log says, or an error.
func innholdet(t *testing.T, f filer) (rows []*Rad, err error) {
	t.Helper()
	l, err := Open(f.logg, f.noekkel)
	if err != nil {
		return nil, err
	}
	defer l.Close()
	err = l.Soek(t.Context(), Filter{}, func(r *Rad) error {
		rows = append(rows, r)
		return nil
	})
	return rows, err
}

func TestFlippedBytesOfTheFileAreFoundOrChangeNothing(t *testing.T) {
	m := lagForlegg(t, true)
	want, err := innholdet(t, m.filer)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(m.logg)
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(6, 6))
	flipped := filer{filepath.Join(t.TempDir(), "kopi"), m.filer.noekkel}
	found := 0
	for range 300 {
		b := append([]byte{}, whole...)
		at := random.IntN(len(b))
		b[at] ^= byte(1 + random.IntN(255))
		if err := os.WriteFile(flipped.logg, b, 0o600); err != nil {
			t.Fatal(err)
		}
		r, err := Verify(t.Context(), flipped.logg, flipped.noekkel, m.ankere)
		if err != nil || !r.Feilfri() {
			found++
			continue
		}
		got, err := innholdet(t, flipped)
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("a byte at %d was changed, verify does not see it, and the rows differ: %v", at, err)
		}
	}
	if found < 100 {
		t.Errorf("only %d of 300 found", found)
	}
}

func TestTamperedIndexIsFound(t *testing.T) {
	for name, harm := range map[string]string{
		"a look-up hidden":           "DELETE FROM oppslag WHERE (person, nr) = (SELECT person, nr FROM oppslag ORDER BY nr LIMIT 1)",
		"a look-up added":            "INSERT INTO oppslag (person, nr) VALUES (1, 30)",
		"moved to another person":    "UPDATE oppslag SET person = person + 1 WHERE nr = 33",
		"moved to another row":       "UPDATE OR REPLACE oppslag SET nr = nr + 1 WHERE nr = 33",
		"a row of many hidden":       "DELETE FROM stor",
		"a row taken as one of many": "INSERT INTO stor (nr) VALUES (33)",
	} {
		t.Run(name, func(t *testing.T) {
			l, f := nyLogg(t)
			skriv(t, l, 25)
			var many []uint64
			for i := range storRad + 1 {
				many = append(many, person(i))
			}
			if err := l.Skriv(t.Context(), prosa(25, many...)); err != nil {
				t.Fatal(err)
			}
			skriv(t, l, 25)
			if _, err := l.Slett(t.Context(), dag.Add(10*time.Minute), Rad{}); err != nil {
				t.Fatal(err)
			}
			funnet(t, l, Filter{Personer: []uint64{person(1)}})
			skriv(t, l, 5) // these are not in the index yet, and need not be
			feilfri(t, f)
			c := raaForbindelse(t, f.logg+indeksEndelse)
			script(t, c, harm)
			c.Close()
			r, err := Verify(t.Context(), f.logg, f.noekkel, nil)
			if diff := cmp.Diff([]Funn{{IndeksAvvik, 0}}, r.Funn); diff != "" || err != nil {
				t.Errorf("%v (-want +got)\n%s", err, diff)
			}
			if err := os.Remove(f.logg + indeksEndelse); err != nil {
				t.Fatal(err)
			}
			feilfri(t, f)
		})
	}
}

func TestUnreadableIndexIsSaid(t *testing.T) {
	l, f := nyLogg(t)
	skriv(t, l, 3)
	if err := os.WriteFile(f.logg+indeksEndelse, make([]byte, 5000), 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := Verify(t.Context(), f.logg, f.noekkel, nil)
	if err != nil || !r.Feilfri() || len(r.Uproevd) != 1 {
		t.Errorf("%v %v %v", err, r.Funn, r.Uproevd)
	}
}

func TestLongReportIsCut(t *testing.T) {
	l, f := nyLogg(t)
	skrivMange(t, l, 0, maxFunn+40, func(i int) *Rad { return prosa(i, person(i)) })
	c := raaForbindelse(t, f.logg)
	defer c.Close()
	script(t, c, "UPDATE rad SET personer = x'01'")
	r, err := Verify(t.Context(), f.logg, f.noekkel, nil)
	if err != nil || len(r.Funn) != maxFunn || r.Flere != 40 {
		t.Errorf("%v: %d and %d more", err, len(r.Funn), r.Flere)
	}
	if got := r.Funn[2].String(); got != "row 3: "+string(Kjedebrudd) {
		t.Errorf("%q", got)
	}
}

func TestVerifyEndsWithItsContext(t *testing.T) {
	l, f := nyLogg(t)
	skriv(t, l, 3)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Verify(ctx, f.logg, f.noekkel, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if _, err := l.Anker(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if _, err := l.Slett(ctx, dag, Rad{}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

func TestFileThatIsNoLogIsRefused(t *testing.T) {
	f := nyeFiler(t)
	l := f.lag(t)
	l.Close()
	c := raaForbindelse(t, f.logg)
	script(t, c, "PRAGMA user_version = 99")
	c.Close()
	for _, path := range []string{f.logg, f.noekkel, f.logg + ".ingen"} {
		if _, err := Open(path, f.noekkel); err == nil {
			t.Errorf("%s opens", filepath.Base(path))
		}
		if _, err := Verify(t.Context(), path, f.noekkel, nil); err == nil {
			t.Errorf("%s verifies", filepath.Base(path))
		}
	}
	if _, err := Open(f.logg, f.noekkel+".ingen"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%v", err)
	}
	if _, err := Create(filepath.Join(f.logg, "under"), f.noekkel); err == nil {
		t.Error("created where no file can be")
	}
	if _, err := Create(f.logg+".ny", filepath.Join(f.logg, "under")); err == nil {
		t.Error("created without a key file")
	}
}

func TestRemovalWaitsForReadersAndSaysWhenTheyStay(t *testing.T) {
	l, f := nyLogg(t)
	skriv(t, l, 20)
	reader := raaForbindelse(t, f.logg)
	defer reader.Close()
	script(t, reader, "BEGIN; SELECT count(*) FROM rad")
	ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
	defer cancel()
	if n, err := l.Slett(ctx, dag.Add(10*time.Minute), Rad{}); err == nil || n != 10 {
		t.Errorf("%d %v", n, err)
	}
	time.AfterFunc(200*time.Millisecond, func() { script(t, reader, "COMMIT") })
	if n, err := l.Slett(t.Context(), dag.Add(10*time.Minute), Rad{}); err != nil || n != 0 {
		t.Errorf("%d %v", n, err)
	}
	if info, err := os.Stat(f.logg + "-wal"); err != nil || info.Size() != 0 {
		t.Errorf("the write-ahead log still holds what was removed: %v %v", info, err)
	}
	feilfri(t, f)
}
