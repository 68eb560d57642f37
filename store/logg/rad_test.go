package logg

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestRowsComeBackAsTheyWereWritten(t *testing.T) {
	l, f := nyLogg(t)
	full := prosa(0, person(3), person(1), person(2), person(1))
	full.Databehandler, full.Bruker, full.Referanse, full.Klientip, full.Videresendt = "310000000", "drift", "r1", "192.0.2.1", "198.51.100.2"
	full.Avslag, full.Beskyttet = true, true
	full.Tid = time.Date(2026, 3, 29, 2, 30, 0, 123_456_789, time.FixedZone("", 3600))
	rows := []*Rad{full, {Tid: dag, Slag: Innlogging, Utfall: "ugyldigBruker"}, prosa(2, 0, personTak-1)}
	var want []*Rad
	for _, r := range rows {
		if err := l.Skriv(t.Context(), r); err != nil {
			t.Fatal(err)
		}
		w := *r
		w.Tid = r.Tid.UTC().Truncate(time.Millisecond)
		w.Personer = slices.Compact(slices.Sorted(slices.Values(r.Personer)))
		want = append(want, &w)
	}
	var got []*Rad
	if err := l.Soek(t.Context(), Filter{}, func(r *Rad) error { got = append(got, r); return nil }); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if got[0].Nr != 1 || got[2].Nr != 3 || !slices.Equal(rows[0].Personer, []uint64{person(3), person(1), person(2), person(1)}) {
		t.Error("numbers do not rise from 1, or the writer's own list was changed")
	}
	feilfri(t, f)
}

func TestSameRowIsTheSameBytes(t *testing.T) {
	one, err := lagPost(prosa(1, person(1), person(2)))
	if err != nil {
		t.Fatal(err)
	}
	again := prosa(1, person(2), person(1), person(2))
	again.Antall = 2
	two, err := lagPost(again)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(one.innhold, two.innhold) || !bytes.Equal(one.personer, two.personer) || one.avtrykk != two.avtrykk {
		t.Error("they differ")
	}
}

func TestRowThatIsNoneIsRefusedAndHarmsNothing(t *testing.T) {
	l, f := nyLogg(t)
	for name, r := range map[string]*Rad{
		"no time":      {Slag: Svar},
		"no kind":      {Tid: dag},
		"not a number": {Tid: dag, Slag: Svar, Personer: []uint64{personTak}},
	} {
		if err := l.Skriv(t.Context(), r); err == nil || r.Nr != 0 {
			t.Errorf("%s: written", name)
		}
	}
	if err := l.Ready(); err != nil {
		t.Error(err)
	}
	if r := feilfri(t, f); r.Rader != 0 {
		t.Errorf("%d rows", r.Rader)
	}
}

func TestDamagedPersonsAreAnError(t *testing.T) {
	for _, packed := range [][]byte{{0x80}, {5, 0}, {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01}, {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01}} {
		if personer, err := pakkUt(packed); err == nil {
			t.Errorf("%x is read as %d persons", packed, len(personer))
		}
	}
}

func TestManyWritersMakeOneChain(t *testing.T) {
	f := nyeFiler(t)
	logs := []*Logg{f.lag(t), f.aapne(t)}
	var done sync.WaitGroup
	var mu sync.Mutex
	numbers := map[int64]string{}
	for g := range 40 {
		done.Go(func() {
			random := rand.New(rand.NewPCG(uint64(g), 3))
			for i := range 10 {
				r := prosa(1000*g+i, person(random.IntN(100)))
				if err := logs[g%2].Skriv(t.Context(), r); err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				numbers[r.Nr] = r.Korrelasjon
				mu.Unlock()
			}
		})
	}
	done.Wait()
	if r := feilfri(t, f); r.Rader != 400 || len(numbers) != 400 {
		t.Fatalf("%d rows, %d numbers", r.Rader, len(numbers))
	}
	for nr, row := range rader(t, f) {
		if numbers[nr] != row.Korrelasjon {
			t.Errorf("row %d is not the one whose writer was told so", nr)
		}
	}
}

func TestCreateRefusesALogThatExists(t *testing.T) {
	l, f := nyLogg(t)
	skriv(t, l, 2)
	if _, err := Create(f.logg, f.noekkel); err == nil {
		t.Error("created over another")
	}
	feilfri(t, f)
}
