package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// TestMain is also the servers that a measurement starts from its own program.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && servers[os.Args[1]] != nil {
		if err := servers[os.Args[1]](os.Args[2:]); err != nil {
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// allShapes are those that are questions a second; what else there is, the test asks for itself.
const allShapes = "^hent(Arbeidsforhold|Arbeidstaker.*|Antall.*|Arbeidsgiver, [15].*|Treffliste.*)$"

// TestSmallRegisterIsMeasuredInEveryWay goes through a whole measurement, short, of a small register. Nothing is said of times.
func TestSmallRegisterIsMeasuredInEveryWay(t *testing.T) {
	if testing.Short() {
		t.Skip("builds and serves programs: make test does")
	}
	b, err := newBench(t.Context(), settings{cache: t.TempDir(), out: t.TempDir(), profile: true, persons: 900, only: allShapes, pace: pace{rounds: 1, turn: 20 * time.Millisecond}})
	if err != nil {
		t.Fatal(err)
	}
	defer b.close()
	r, err := b.table(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{}
	for _, m := range r.Measured {
		seen[m.Run]++
		if m.PerSecond <= 0 || m.Ratio <= 0 || m.CPU <= 0 || m.Bytes <= 0 || m.PrivateMiB <= 0 || m.P99 < m.P50 || m.P50 < m.FirstByte {
			t.Errorf("%+v", m)
		}
	}
	for run, want := range map[string]int{runStatic: 8, runOpen: 8, runLogged: 4, runGzip: 3, runGzipStatic: 3, runFiltered: 2, runNaive: 2} {
		if seen[run] != want {
			t.Errorf("%d shapes were measured with %q, want %d", seen[run], run, want)
		}
	}
	if profiles, err := filepath.Glob(filepath.Join(b.out, "*.prof")); err != nil || len(profiles) != 8 {
		t.Errorf("profiles: %q, %v", profiles, err)
	}
	o := &others{}
	if _, err := b.longest(o); err != nil {
		t.Fatal(err)
	}
	if o.start, err = b.start(t.Context(), b.ours); err != nil || *o.start <= 0 || *o.firstByte <= 0 || *o.firstByteLogged <= 0 {
		t.Errorf("%+v, %v", o, err)
	}
	written(t, r)
}

func written(t *testing.T, r *report) {
	folder := t.TempDir()
	if err := r.write(folder, "bench"); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(folder, "bench.json"))
	if err != nil {
		t.Fatal(err)
	}
	var back report
	if err := json.Unmarshal(text, &back); err != nil || len(back.Measured) != len(r.Measured) || len(back.Verdicts) != len(r.Verdicts) {
		t.Errorf("%d and %d lines were written: %v", len(back.Measured), len(back.Verdicts), err)
	}
	if text, err = os.ReadFile(filepath.Join(folder, "bench.md")); err != nil || len(text) == 0 {
		t.Errorf("%d bytes of Markdown: %v", len(text), err)
	}
}

func TestRegisterIsMadeOnceUntilTheProgramMakesAnother(t *testing.T) {
	if testing.Short() {
		t.Skip("builds and serves programs: make test does")
	}
	b, err := newBench(t.Context(), settings{cache: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer b.close()
	p, err := b.build(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	first, err := b.registers.get(t.Context(), p.aareg, 60)
	if err != nil {
		t.Fatal(err)
	}
	again, err := b.registers.get(t.Context(), p.aareg, 60)
	if err != nil || again != first {
		t.Errorf("the second time: %+v, the first: %+v, %v", again, first, err)
	}
	other, err := b.registers.get(t.Context(), p.aareg, 90)
	if err != nil || other.file == first.file {
		t.Errorf("of another size: %+v, %v", other, err)
	}
}
