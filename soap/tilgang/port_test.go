package tilgang

import (
	"context"
	"errors"
	"net/netip"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/alexedwards/argon2id"

	"aareg/store/konsument"
)

// cheap are hashes that tests can make and check many of. They are as real as others.
var cheap = &argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}

func hashOf(tb testing.TB, passord string) string {
	tb.Helper()
	h, err := argon2id.CreateHash(passord, cheap)
	if err != nil {
		tb.Fatal(err)
	}
	return h
}

// verden is a register of consumers and ports to it, with a clock that stands still until it is moved, and sleep that
// takes no time.
type verden struct {
	tb     testing.TB
	path   string
	reg    *konsument.Register
	port   *Port
	hashes atomic.Int64

	mu     sync.Mutex
	now    time.Time
	sleeps []time.Duration
}

const (
	etat, fond = "211000015", "222000017" // of the synthetic range
	passord    = "Riktig-1234"
)

var (
	kontor   = netip.MustParseAddr("192.0.2.10")
	fremmed  = netip.MustParseAddr("198.51.100.7")
	alle     = konsument.Omfang{Alle: true}
	standard = konsument.Rettigheter{Produkter: konsument.Produkter(), Felter: konsument.Produkter(), Arbeidsgivere: alle, Personer: alle,
		PersonerPerDoegn: konsument.Ubegrenset, SpoersmaalPerSekund: konsument.Ubegrenset}
)

func nyVerden(tb testing.TB) *verden {
	tb.Helper()
	v := &verden{tb: tb, path: filepath.Join(tb.TempDir(), "konsumenter.db"), now: time.Date(2026, 3, 10, 9, 0, 0, 0, time.UTC)}
	var err error
	if v.reg, err = konsument.Create(v.path); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { v.reg.Close() })
	v.port = v.newPort(v.reg)
	return v
}

func (v *verden) newPort(reg *konsument.Register) *Port {
	v.tb.Helper()
	p, err := New(Config{Konsumenter: reg, Now: v.clock})
	if err != nil {
		v.tb.Fatal(err)
	}
	v.instrument(p)
	p.dummy = hashOf(v.tb, "nobody's")
	return p
}

// instrument counts hashes and notes sleeps.
func (v *verden) instrument(p *Port) {
	compare := p.compare
	p.compare = func(passord, hash string) (bool, error) {
		v.hashes.Add(1)
		return compare(passord, hash)
	}
	p.sleep = func(ctx context.Context, d time.Duration) error {
		v.mu.Lock()
		defer v.mu.Unlock()
		v.sleeps = append(v.sleeps, d)
		return ctx.Err()
	}
}

func (v *verden) clock() time.Time {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.now
}

func (v *verden) pass(d time.Duration) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.now = v.now.Add(d)
}

// slept are the delays since it was last asked.
func (v *verden) slept() []time.Duration {
	v.mu.Lock()
	defer v.mu.Unlock()
	s := v.sleeps
	v.sleeps = nil
	return s
}

func (v *verden) konsument(orgnr string, rett konsument.Rettigheter) int64 {
	v.tb.Helper()
	nr, err := v.reg.LeggTil(konsument.Konsument{Orgnr: orgnr, Navn: "ETATEN", Hjemmel: "lov", Formaal: "formål", Behandlingsgrunnlag: "art. 6 nr. 1 e",
		Tilgang: []konsument.Tilgangsform{konsument.API}, Fra: 20260101, Til: 20261231, Rettigheter: rett})
	v.must(err)
	return nr
}

func (v *verden) login(konsumentNr int64, navn string, change func(*konsument.Innlogging)) int64 {
	v.tb.Helper()
	i := konsument.Innlogging{Konsument: konsumentNr, Brukernavn: navn, Slag: konsument.MedPassord, Passord: hashOf(v.tb, passord)}
	if change != nil {
		change(&i)
	}
	nr, err := v.reg.LeggTilInnlogging(i)
	v.must(err)
	return nr
}

func (v *verden) must(err error) {
	v.tb.Helper()
	if err != nil {
		v.tb.Fatal(err)
	}
}

// inn lets a caller in who must be.
func (v *verden) inn(p *Port, l Legitimasjon) *Innlogget {
	v.tb.Helper()
	i, err := p.Slipp(context.Background(), l)
	v.must(err)
	return i
}

func (v *verden) ute(p *Port, l Legitimasjon, want error) {
	v.tb.Helper()
	if _, err := p.Slipp(context.Background(), l); !errors.Is(err, want) {
		v.tb.Errorf("got %v, want %v", err, want)
	}
}

func bruker(navn, passord string) Legitimasjon {
	return Legitimasjon{Brukernavn: navn, Passord: passord, Kilde: kontor}
}

func TestPortWithoutConsumersIsNotMade(t *testing.T) {
	if _, err := New(Config{}); err == nil {
		t.Error("a port was made")
	}
}

// TestUnreadableConsumersLetNobodyIn: what the error is, is the operator's business, so it is none of the three.
func TestUnreadableConsumersLetNobodyIn(t *testing.T) {
	v := nyVerden(t)
	v.login(v.konsument(etat, standard), "etat", nil)
	v.must(os.Remove(v.path))
	_, err := v.port.Slipp(context.Background(), bruker("etat", passord))
	if err == nil || errors.Is(err, ErrUgyldigBruker) || errors.Is(err, ErrSesjonUtloept) || errors.Is(err, ErrForMange) {
		t.Errorf("got %v", err)
	}
}
