package main

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// built is the program, once a test has asked for it.
var built struct {
	once sync.Once
	dir  string
	err  error
}

func TestMain(m *testing.M) {
	code := m.Run()
	if built.dir != "" {
		os.RemoveAll(built.dir)
	}
	os.Exit(code)
}

// program builds aareg.
func program(t *testing.T) string {
	t.Helper()
	built.once.Do(func() {
		if built.dir, built.err = os.MkdirTemp("", "likhet"); built.err != nil {
			return
		}
		if out, err := exec.Command("go", "build", "-o", built.dir, "aareg/cmd/aareg").CombinedOutput(); err != nil {
			built.err = fmt.Errorf("%w: %s", err, out)
		}
	})
	if built.err != nil {
		t.Fatal(built.err)
	}
	return filepath.Join(built.dir, "aareg")
}

// annerledes is a program that serves with other flags than it is told.
func annerledes(t *testing.T, flags string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "aareg")
	text := fmt.Sprintf("#!/bin/sh\ncase $1 in serve) exec %[1]s \"$@\" %[2]s;; esac\nexec %[1]s \"$@\"\n", program(t), flags)
	if err := os.WriteFile(path, []byte(text), 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}

// smaa is a run that takes seconds.
func smaa(t *testing.T, before, after string, days int) *rapport {
	t.Helper()
	r, err := sammenlikn(t.Context(), &valg{foer: before, etter: after, personer: 60, spoersmaal: 150, seed: 1, samtidig: 4, dager: days}, func(text string) { t.Log(text) })
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestProgramAnswersLikeItself is also the proof that all that differs by nature is cut: two servers share nothing.
func TestProgramAnswersLikeItself(t *testing.T) {
	if testing.Short() {
		t.Skip("builds and serves programs: make test does")
	}
	r := smaa(t, program(t), program(t), 2)
	if !r.like() {
		var text strings.Builder
		if err := r.skriv(&text); err != nil {
			t.Fatal(err)
		}
		t.Errorf("it does not answer like itself:\n%s", text.String())
	}
	asked := map[string]int{}
	for k, n := range r.utfall {
		asked[k.konsument] += n
	}
	if want := map[string]int{"data": 350, "ingen": 350, "arbeidsgivere": 175, "personer": 117, "dobbel": 76}; !maps.Equal(want, asked) {
		t.Errorf("(-want +got):\n%s", cmp.Diff(want, asked))
	}
}

func TestProgramThatAnswersOtherwiseIsFound(t *testing.T) {
	if testing.Short() {
		t.Skip("builds and serves programs: make test does")
	}
	for name, flags := range map[string]string{"on another day": "--today 2025-11-30", "with another limit": "--max-treff 39"} {
		t.Run(name, func(t *testing.T) {
			if r := smaa(t, program(t), annerledes(t, flags), 1); r.ulike == 0 || r.like() || r.foerste == "" {
				t.Errorf("%d of %d answers differ, and that they are alike is %v", r.ulike, r.svar, r.like())
			}
		})
	}
}

// TestOnlyFormsOfWhatDiffersByNatureAreCut: what stands where a session or a time does, and is none, stays.
func TestOnlyFormsOfWhatDiffersByNatureAreCut(t *testing.T) {
	const session = "<sesjonsid>1796000000.7#AAAAAAAAAAAAAAAAAAAAAAAAAAA</sesjonsid>"
	for _, tt := range []struct {
		name, text, want string
		status           int
	}{
		{"a session and a time", session + "<total>PT0.001234S</total>" + hodeSlutt + "<a/>", "<sesjonsid>…</sesjonsid><total>…</total>" + hodeSlutt + "<a/>", 200},
		{"no session", "<sesjonsid>1#A</sesjonsid><total>PT1S</total>" + hodeSlutt, "<sesjonsid>1#A</sesjonsid><total>PT1S</total>" + hodeSlutt, 200},
		{"in the body", hodeSlutt + session + "Referanse: 0123456789ab", hodeSlutt + session + "Referanse: 0123456789ab", 200},
		{"a reference of a fault", "Referanse: 0123456789ab, Referanse: 0123456789AB", "Referanse: …, Referanse: 0123456789AB", 500},
	} {
		s := &svar{status: tt.status, tekst: []byte(tt.text)}
		s.masker()
		if diff := cmp.Diff(tt.want, string(s.tekst)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

// TestSameSeedDrawsTheSameQuestions: and another one others; and every filter comes.
func TestSameSeedDrawsTheSameQuestions(t *testing.T) {
	w := smaaVerden(t)
	draw := func(seed uint64) string {
		random := rand.New(rand.NewPCG(seed, 2))
		u, err := w.utgangspunkt(random)
		if err != nil {
			t.Fatal(err)
		}
		var lines strings.Builder
		for _, q := range (&trekning{random, u}).spoersmaal(3000) {
			lines.WriteString(q.ord() + "\n")
		}
		return lines.String()
	}
	first := draw(1)
	if diff := cmp.Diff(first, draw(1)); diff != "" {
		t.Errorf("the same seed (-want +got):\n%s", diff)
	}
	if first == draw(2) {
		t.Error("another seed draws the same")
	}
	for _, filter := range []string{"statusArbeidsforhold=aktive lovgivning=ny datofra=", "lovgivning=gammel datotil=",
		"statusArbeidsforhold=opphoert lovgivning=gammel", " maksAntall=", " fdato=", " alderfra=", " mellomnavn=", " kommunenr=", " postnr=", " fylkenr=",
		"inkluderOpphoerte=false fonetisk=true", "(SOAP 1.2)", "(gzip)", "(details)", "(UTF-16)"} {
		if !strings.Contains(first, filter) {
			t.Errorf("no question with %s", filter)
		}
	}
}

// smaaVerden is what a build makes a register of.
func smaaVerden(t *testing.T) *verden {
	t.Helper()
	dir := t.TempDir()
	sider := []*side{{navn: "before", program: program(t)}, {navn: "after", program: program(t)}}
	for _, s := range sider {
		s.mappe = filepath.Join(dir, s.navn)
		if err := os.Mkdir(s.mappe, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	w, difference, err := lagRegistre(t.Context(), &valg{personer: 60, seed: 1}, dir, sider, func(string) {})
	if err != nil {
		t.Fatal(err)
	}
	if difference != "" {
		t.Errorf("the same program makes another register:\n%s", difference)
	}
	return w
}
