package logg

import (
	"bytes"
	"encoding/binary"
	"errors"
	"iter"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// finnes says whether bytes stand anywhere in the files of a log.
func finnes(t *testing.T, f filer, forms ...[]byte) bool {
	t.Helper()
	files, err := filepath.Glob(f.logg + "*")
	if err != nil || len(files) < 2 {
		t.Fatal(files, err)
	}
	for _, path := range files {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, form := range forms {
			if bytes.Contains(b, form) {
				t.Logf("in %s", filepath.Base(path))
				return true
			}
		}
	}
	return false
}

// iIndeksen is at how many places of the index's file these persons stand, as keys.
func iIndeksen(t *testing.T, f filer, personer iter.Seq[uint64]) (n int) {
	t.Helper()
	keys := map[[6]byte]bool{}
	for p := range personer {
		keys[[6]byte(binary.BigEndian.AppendUint64(nil, p)[2:])] = true
	}
	b, err := os.ReadFile(f.logg + ".indeks")
	if err != nil {
		t.Fatal(err)
	}
	for i := range len(b) - 6 {
		if keys[[6]byte(b[i:])] {
			n++
		}
	}
	return n
}

// skrivMange writes rows from many goroutines, i rising from and up to.
func skrivMange(t *testing.T, l *Logg, from, to int, row func(i int) *Rad) {
	t.Helper()
	work := make(chan int)
	var done sync.WaitGroup
	for range 64 {
		done.Go(func() {
			for i := range work {
				if err := l.Skriv(t.Context(), row(i)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for i := from; i < to; i++ {
		work <- i
	}
	close(work)
	done.Wait()
}

// TestRemovedRowsLeaveNoByte removes thousands of rows in several turns, with rows written and looked up between.
func TestRemovedRowsLeaveNoByte(t *testing.T) {
	l, f := nyLogg(t)
	// One number for each turn, which is in every row of it, in every form that it is stored in: packed as the smallest of
	// a row, as a key of the index (6 bytes, big endian), and in the parameters.
	number := func(turn int) uint64 { return 1_81_00_00000 + uint64(turn)*77_777 }
	forms := func(turn int) [][]byte {
		return [][]byte{binary.AppendUvarint(nil, number(turn)), binary.BigEndian.AppendUint64(nil, number(turn))[2:],
			[]byte(Nummer(number(turn))), []byte("foedselsnr-" + strconv.Itoa(turn) + "-")}
	}
	// And one for each row, so that those of all turns are mixed in the index.
	own := func(turn, i int) uint64 { return 2_81_00_00000 + uint64(i)*7_919%3000*1009 + uint64(turn) }
	begins := func(turn int) time.Time { return dag.AddDate(0, 0, 60*turn) }
	row := func(i int) *Rad {
		turn := i / 3000
		r := prosa(i, number(turn), own(turn, i%3000))
		r.Tid = begins(turn).Add(time.Duration(i%3000) * time.Minute)
		r.Parametre = []Parameter{{"foedselsnr", "foedselsnr-" + strconv.Itoa(turn) + "- " + Nummer(number(turn))}}
		if i%1000 == 999 {
			for p := range 5000 {
				r.Personer = append(r.Personer, 40_81_00_00000+uint64(p)*1009)
			}
		}
		return r
	}
	for turn := range 4 {
		l.naa = func() time.Time { return begins(turn + 1) }
		skrivMange(t, l, 3000*turn, 3000*(turn+1), row)
		funnet(t, l, Filter{Personer: []uint64{number(turn)}})
		if turn == 0 {
			continue
		}
		if !finnes(t, f, forms(turn-1)...) {
			t.Fatal("the rows are not found before they are removed: this test would find nothing")
		}
		n, err := l.Slett(t.Context(), begins(turn), Rad{Bruker: "drift"})
		if err != nil || n < 3000 {
			t.Fatal(n, err)
		}
		if n, err = l.Slett(t.Context(), begins(turn), Rad{Bruker: "drift"}); err != nil || n != 0 {
			t.Fatal(n, err)
		}
		for earlier := range turn {
			if finnes(t, f, forms(earlier)...) {
				t.Errorf("turn %d: bytes of the rows of turn %d are still there", turn, earlier)
			}
			if n := iIndeksen(t, f, func(yield func(uint64) bool) {
				for i := range 3000 {
					yield(own(earlier, i))
				}
			}); n > 0 {
				t.Errorf("turn %d: %d numbers of turn %d are still in the index", turn, n, earlier)
			}
		}
		feilfri(t, f)
	}
}

func TestRemovalIsToldByARow(t *testing.T) {
	l, f := nyLogg(t)
	skriv(t, l, 30)
	before := dag.Add(12 * time.Minute)
	if n, err := l.Slett(t.Context(), before, Rad{Bruker: "drift", Konsument: 0}); err != nil || n != 12 {
		t.Fatal(n, err)
	}
	var told []*Rad
	if err := l.Soek(t.Context(), Filter{Slag: Sletting}, func(r *Rad) error { told = append(told, r); return nil }); err != nil {
		t.Fatal(err)
	}
	if len(told) != 1 || time.Since(told[0].Tid) > time.Minute {
		t.Fatalf("%d rows", len(told))
	}
	want := &Rad{Nr: 31, Tid: told[0].Tid, Slag: Sletting, Bruker: "drift", Utfall: "slettet", Antall: 12,
		Parametre: []Parameter{{"fraNr", "1"}, {"tilNr", "12"}, {"foer", "2026-03-02T08:12:00Z"}}}
	if diff := cmp.Diff(want, told[0]); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if r := feilfri(t, f); r.Foerste != 13 || r.Siste != 31 || r.Rader != 19 {
		t.Errorf("%+v", r)
	}
}

func TestRemovalOfManyIsManyWholeRounds(t *testing.T) {
	l, f := nyLogg(t)
	const rows = rundeRader + 1500
	skrivMange(t, l, 0, rows, func(i int) *Rad { r := prosa(0, person(i)); r.Tid = dag; return r })
	if n, err := l.Slett(t.Context(), dag.Add(time.Hour), Rad{Bruker: "drift"}); err != nil || n != rows {
		t.Fatal(n, err)
	}
	if told := funnet(t, l, Filter{Slag: Sletting}); len(told) != 2 {
		t.Errorf("told by %d rows", len(told))
	}
	feilfri(t, f)
}

func TestRowsOfAMonthAreKept(t *testing.T) {
	l, _ := nyLogg(t)
	if _, err := l.Slett(t.Context(), time.Now().Add(-Minstetid+time.Hour), Rad{}); !errors.Is(err, errForNytt) {
		t.Errorf("%v", err)
	}
}

func TestRowOfTheFutureDoesNotStopRemoval(t *testing.T) {
	l, f := nyLogg(t)
	skriv(t, l, 5)
	wrong := prosa(5, person(1))
	wrong.Tid = time.Now().Add(1000 * time.Hour)
	if err := l.Skriv(t.Context(), wrong); err != nil {
		t.Fatal(err)
	}
	skriv(t, l, 5)
	if n, err := l.Slett(t.Context(), dag.Add(3*time.Minute), Rad{}); err != nil || n != 3 {
		t.Errorf("%d %v", n, err)
	}
	if n, err := l.Slett(t.Context(), dag.Add(time.Hour), Rad{}); err != nil || n != 8 {
		t.Errorf("%d %v", n, err)
	}
	feilfri(t, f)
}

func TestBrokenLogIsNotPruned(t *testing.T) {
	l, f := nyLogg(t)
	skriv(t, l, 20)
	c := raaForbindelse(t, f.logg)
	defer c.Close()
	script(t, c, "UPDATE rad SET personer = x'01' WHERE nr = 4")
	if n, err := l.Slett(t.Context(), dag.Add(10*time.Minute), Rad{}); !errors.Is(err, ErrBrutt) || n != 0 {
		t.Errorf("%d %v", n, err)
	}
}
