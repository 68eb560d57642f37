package logg

import (
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// forlegg is a log that mutations are made on copies of.
type forlegg struct {
	filer
	gammel      string // the same log as it was earlier
	noekkel     noekkel
	start, hode int64
	ankere      []Anker // the last of the head, exported after everything else
}

// lagForlegg writes a log, of which rows have been removed already when kuttet is true.
func lagForlegg(t *testing.T, kuttet bool) *forlegg {
	t.Helper()
	l, f := nyLogg(t)
	skriv(t, l, 40)
	if kuttet {
		if n, err := l.Slett(t.Context(), dag.Add(20*time.Minute), Rad{Bruker: "drift"}); err != nil || n != 20 {
			t.Fatal(n, err)
		}
	}
	m := &forlegg{filer: f, gammel: f.logg + ".gammel", noekkel: l.noekkel}
	for range 3 {
		skriv(t, l, 20)
		a, err := l.Anker(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		m.ankere = append(m.ankere, a)
		if len(m.ankere) == 1 {
			c := raaForbindelse(t, f.logg)
			script(t, c, "VACUUM INTO '"+m.gammel+"'")
			c.Close()
		}
	}
	l.Close()
	c := raaForbindelse(t, f.logg)
	script(t, c, "PRAGMA journal_mode = DELETE") // so that a copy is one file
	c.Close()
	r := feilfri(t, f, m.ankere...)
	m.start, m.hode = r.Foerste-1, r.Siste
	return m
}

func TestThousandMutationsAreFound(t *testing.T) {
	bases := []*forlegg{lagForlegg(t, false), lagForlegg(t, true)}
	names := slices.Sorted(maps.Keys(endringer))
	copied := filepath.Join(t.TempDir(), "kopi")
	found := 0
	const mutations = 1000
	for i := range mutations {
		m, name := bases[i/len(names)%2], names[i%len(names)]
		kopier(t, m.logg, copied, 0o600)
		c := raaForbindelse(t, copied)
		script(t, c, "PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY")
		endringer[name](&endring{c, m, rand.New(rand.NewPCG(uint64(i), 2)), t})
		c.Close()
		r, err := Verify(t.Context(), copied, m.filer.noekkel, m.ankere)
		if err == nil && r.Feilfri() {
			t.Errorf("mutation %d, %s, was not found", i, name)
			continue
		}
		if err != nil {
			t.Errorf("mutation %d, %s: %v", i, name, err)
		}
		found++
	}
	t.Logf("%d of %d found, %d kinds", found, mutations, len(names))
	for _, m := range bases {
		feilfri(t, m.filer, m.ankere...)
	}
}

func TestVerifySaysWhatItCouldNotCheck(t *testing.T) {
	m := lagForlegg(t, true)
	early := Anker{Nr: 3}
	r, err := Verify(t.Context(), m.logg, "", append([]Anker{early}, m.ankere...))
	if err != nil || !r.Feilfri() || len(r.Uproevd) != 2 {
		t.Errorf("%v %v %v", err, r.Funn, r.Uproevd)
	}
	if r, err = Verify(t.Context(), m.logg, m.filer.noekkel+".borte", nil); err != nil || !r.Feilfri() || len(r.Uproevd) != 1 {
		t.Errorf("%v %v %v", err, r.Funn, r.Uproevd)
	}
	if err := os.WriteFile(m.filer.noekkel, []byte("short\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Verify(t.Context(), m.logg, m.filer.noekkel, nil); err == nil {
		t.Error("a key file that is none is no error")
	}
}

func TestFindingsNameTheRow(t *testing.T) {
	m := lagForlegg(t, false)
	c := raaForbindelse(t, m.logg)
	script(t, c, "UPDATE rad SET personer = x'01' WHERE nr = 7; DELETE FROM rad WHERE nr = 20")
	c.Close()
	r, err := Verify(t.Context(), m.logg, m.filer.noekkel, m.ankere)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(r.Funn, []Funn{{Kjedebrudd, 7}, {Hull, 21}}) {
		t.Errorf("%v", r.Funn)
	}
}
