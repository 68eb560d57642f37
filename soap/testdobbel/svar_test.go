package testdobbel

import (
	"errors"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestTableIsTrue: every question of the table gets what it says, and no code of an operation is without one.
func TestTableIsTrue(t *testing.T) {
	s := start(t)
	seen := map[string][]string{}
	for _, r := range Tabell() {
		got := s.ask(r.Operasjon, r.Felt)
		if got.kode() != r.Kode {
			t.Errorf("%s for %s is %s", r.Operasjon, r.Kode, got.kode())
		}
		if want := map[bool]string{true: "register", false: "magic " + r.Kode}[r.Register]; got.from != want {
			t.Errorf("%s for %s is said to come from %q, want %q", r.Operasjon, r.Kode, got.from, want)
		}
		seen[r.Operasjon] = append(seen[r.Operasjon], got.kode())
	}
	for _, o := range operasjoner {
		for _, kode := range append(o.koder(), "komplett") {
			if !slices.Contains(seen[o.navn], kode) {
				t.Errorf("%s: nothing gets %s", o.navn, kode)
			}
		}
	}
	if len(seen) != 6 {
		t.Errorf("%d operations", len(seen))
	}
}

// TestScenarioPlaysItsEffect: each of them, over a real connection.
func TestScenarioPlaysItsEffect(t *testing.T) {
	s := start(t)
	plain := s.ask("hentArbeidstaker", kari)
	for _, c := range []struct {
		effect string
		holds  func(got reply, err error, took time.Duration) bool
	}{
		{`"statuskode":"fortrolig"`, func(got reply, _ error, _ time.Duration) bool { return got.kode() == "fortrolig" && got.status == 200 }},
		{`"feil":"ikkeTilgang"`, func(got reply, _ error, _ time.Duration) bool {
			return got.kode() == "ikkeTilgang" && got.status == 500
		}},
		{`"http":503`, func(got reply, err error, _ time.Duration) bool { return got.status == 503 && err == nil }},
		{`"latency":"120ms"`, func(got reply, _ error, took time.Duration) bool {
			return took >= 120*time.Millisecond && cmp.Equal(got.body, plain.body)
		}},
		{`"latency":"60ms-90ms"`, func(got reply, _ error, took time.Duration) bool {
			return took >= 60*time.Millisecond && cmp.Equal(got.body, plain.body)
		}},
		{`"dribble":{"bytes":1000,"every":"10ms"}`, func(got reply, _ error, took time.Duration) bool {
			return took >= time.Duration(len(plain.body)/1000)*10*time.Millisecond && cmp.Equal(got.body, plain.body)
		}},
		{`"transport":"reset"`, func(_ reply, err error, _ time.Duration) bool { return errors.Is(err, syscall.ECONNRESET) }},
		{`"transport":"empty"`, func(_ reply, err error, _ time.Duration) bool { return errors.Is(err, io.EOF) }},
		{`"transport":"garbage"`, func(got reply, err error, _ time.Duration) bool {
			return err == nil && got.status == 200 && got.kode() == ""
		}},
		{`"transport":"truncated"`, func(got reply, err error, _ time.Duration) bool {
			return errors.Is(err, io.ErrUnexpectedEOF) && cmp.Equal(got.body, plain.body[:len(plain.body)/2])
		}},
		{`"name":"expected"`, func(got reply, _ error, _ time.Duration) bool {
			return got.from == "scenario 1" && cmp.Equal(got.body, plain.body)
		}},
	} {
		s.must("PUT", "/scenarios", `{"seed":1,"scenarios":[{"operasjon":"hentArbeidstaker","felt":{"foedselsnr":"12838049808"},`+c.effect+`}]}`)
		began := time.Now()
		got, err := s.try("hentArbeidstaker", kari)
		if !c.holds(got, err, time.Since(began)) {
			t.Errorf("%s: status %d, %q, %d bytes, error %v", c.effect, got.status, got.kode(), len(got.body), err)
		}
		if other := s.ask("hentArbeidstaker", "foedselsnr=12829249969"); other.kode() != "komplett" ||
			other.from != "register; no scenario matches; the nearest is scenario 1: foedselsnr differs" {
			t.Errorf("%s: another person gets %s from %q", c.effect, other.kode(), other.from)
		}
	}
}

func TestTimesIsASequence(t *testing.T) {
	s := start(t)
	s.must("PUT", "/scenarios", `{"scenarios":[{"operasjon":"hentArbeidstaker","feil":"sesjonUtloept","times":2},{"operasjon":"hentArbeidstaker","http":502,"times":1}]}`)
	var got []string
	for range 4 {
		r := s.ask("hentArbeidstaker", kari)
		got = append(got, r.kode()+" "+r.from)
	}
	want := []string{"sesjonUtloept scenario 1", "sesjonUtloept scenario 1", " scenario 2", "komplett register; scenario 1 is used up"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestSameQuestionGetsTheSameBytes: the questions of the cases, in several orders and of two doubles.
func TestSameQuestionGetsTheSameBytes(t *testing.T) {
	files, err := filepath.Glob("../../fixtures/*/*/request.xml")
	if err != nil || len(files) < 500 {
		t.Fatalf("%d questions found: %v", len(files), err)
	}
	answers := map[string]string{}
	order := rand.New(rand.NewPCG(1, 2))
	for range 2 {
		s := start(t)
		order.Shuffle(len(files), func(i, j int) { files[i], files[j] = files[j], files[i] })
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got, err := s.post(text)
			if err != nil {
				t.Fatal(err)
			}
			if first, asked := answers[file]; asked {
				if diff := cmp.Diff(first, string(got.body)); diff != "" {
					t.Errorf("%s (-first +now):\n%s", file, diff)
				}
			}
			answers[file] = string(got.body)
		}
	}
}

func TestLatencyIsDrawnFromTheSeedAndTheQuestion(t *testing.T) {
	spread := func(seed string) *Scenarios {
		set, err := parseScenarios([]byte(`{"seed":` + seed + `,"scenarios":[{"operasjon":"hentArbeidstaker","latency":"100ms-2s"}]}`))
		if err != nil {
			t.Fatal(err)
		}
		return set
	}
	drawn := map[time.Duration]bool{}
	for _, seed := range []string{"1", "2"} {
		for _, status := range []string{"", "alle", "aktiv"} {
			q := told("hentArbeidstaker", "statusArbeidsforhold", status)
			set := spread(seed)
			d := set.Scenarios[0].Latency.draw(set.Seed, 0, q)
			if d < 100*time.Millisecond || d > 2*time.Second || d != set.Scenarios[0].Latency.draw(set.Seed, 0, q) {
				t.Errorf("drew %s", d)
			}
			drawn[d] = true
		}
	}
	if len(drawn) < 5 {
		t.Errorf("six draws are %d times", len(drawn))
	}
}

func TestRefusedQuestionsAreFaultsAsAlways(t *testing.T) {
	s := start(t)
	got, err := s.post([]byte("<x>"))
	if err != nil || got.kode() != "ugyldigXml" || got.from != "refused" || got.status != http.StatusInternalServerError {
		t.Errorf("%s from %q, status %d (%v)", got.kode(), got.from, got.status, err)
	}
}
