package logg

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// TestMain is also the program that tests kill and starve (barn_test.go).
func TestMain(m *testing.M) {
	if task := os.Getenv(barnOppgave); task != "" {
		barn(task)
		return
	}
	os.Exit(m.Run())
}

// filer are the files of one log.
type filer struct{ logg, noekkel string }

func nyeFiler(t testing.TB) filer {
	t.Helper()
	dir := t.TempDir()
	return filer{filepath.Join(dir, "logg"), filepath.Join(dir, "noekkel")}
}

func (f filer) lag(t testing.TB) *Logg {
	t.Helper()
	l, err := Create(f.logg, f.noekkel)
	return lukkes(t, l, err)
}

func (f filer) aapne(t testing.TB) *Logg {
	t.Helper()
	l, err := Open(f.logg, f.noekkel)
	return lukkes(t, l, err)
}

func lukkes(t testing.TB, l *Logg, err error) *Logg {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

func nyLogg(t testing.TB) (*Logg, filer) {
	t.Helper()
	f := nyeFiler(t)
	return f.lag(t), f
}

// dag is the first day of the tests' logs, long enough ago to be removed again.
var dag = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)

// person is the nth made-up person: a number whose month has 80 added, as synthetic numbers have.
func person(n int) uint64 {
	return uint64(1+n%28)*1e9 + uint64(81+n/28%12)*1e7 + uint64(n/336%100)*1e5 + uint64(n*7919%100_000)
}

// prosa is a row as an answer makes it.
func prosa(i int, personer ...uint64) *Rad {
	return &Rad{
		Tid: dag.Add(time.Duration(i) * time.Minute), Slag: Svar, Konsument: int64(1 + i%3), Orgnr: fmt.Sprintf("21000000%d", i%3), Innlogging: int64(1 + i%5),
		Saksreferanse: "sak 1", Adresse: "127.0.0.1:4711", Produkt: "hentArbeidstaker",
		Parametre: []Parameter{{"foedselsnr", "x"}, {"statusArbeidsforhold", `a "quoted" <word>` + "\n"}},
		Utfall:    "ok", Rettighet: "produkt hentArbeidstaker", Profil: "tilsyn", Antall: len(personer), Korrelasjon: fmt.Sprintf("k%d", i),
		Generasjon: 7, Personer: personer,
	}
}

// skriv writes rows, each of one to four persons out of a hundred.
func skriv(t testing.TB, l *Logg, rows int) {
	t.Helper()
	random := rand.New(rand.NewPCG(1, uint64(rows)))
	for i := range rows {
		var personer []uint64
		for range 1 + random.IntN(4) {
			personer = append(personer, person(random.IntN(100)))
		}
		if err := l.Skriv(t.Context(), prosa(i, personer...)); err != nil {
			t.Fatal(err)
		}
	}
}

// feilfri is what Verify says of a log with nothing wrong.
func feilfri(t testing.TB, f filer, ankere ...Anker) Rapport {
	t.Helper()
	r, err := Verify(t.Context(), f.logg, f.noekkel, ankere)
	if err != nil || !r.Feilfri() || len(r.Uproevd) > 0 {
		t.Fatalf("%v %v %v", err, r.Funn, r.Uproevd)
	}
	return r
}
