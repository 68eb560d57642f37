package oppslag

import (
	"bytes"
	"context"
	"log/slog"
	"net/http/httptest"
	"path/filepath"
	"sync"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/alexedwards/argon2id"

	"aareg/fixtures"
	"aareg/soap"
	"aareg/soap/tilgang"
	"aareg/store"
	"aareg/store/konsument"
	"aareg/store/logg"
	"aareg/wsdl/felt"
)

// tjeneste is the page over real HTTP, in front of the border and the demo register.
type tjeneste struct {
	*httptest.Server
	oppslag     *Oppslag
	register    *store.Store
	konsumenter *konsument.Register // nil where everybody may look
	logg        *logg.Logg

	mu  sync.Mutex
	now time.Time
	ut  bytes.Buffer // what was logged
}

func (s *tjeneste) clock() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now
}

func (s *tjeneste) pass(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = s.now.Add(d)
}

// Write takes the program's log.
func (s *tjeneste) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.ut.Write(p)
}

// nyTjeneste is the page for everybody.
func nyTjeneste(t *testing.T) *tjeneste {
	t.Helper()
	return start(t, &tjeneste{}, nil)
}

// nyMedKonsumenter is the page for those who log in, with an audit log.
func nyMedKonsumenter(t *testing.T) *tjeneste {
	t.Helper()
	s, dir := &tjeneste{}, t.TempDir()
	var err error
	if s.konsumenter, err = konsument.Create(filepath.Join(dir, "konsumenter.db")); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.konsumenter.Close() })
	if s.logg, err = logg.Create(filepath.Join(dir, "logg.db"), filepath.Join(dir, "logg.key")); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.logg.Close() })
	port, err := tilgang.New(tilgang.Config{Konsumenter: s.konsumenter, Logg: s.logg, Now: s.clock})
	if err != nil {
		t.Fatal(err)
	}
	return start(t, s, port)
}

// demo is the demo register that all tests share. TestNameIsTextAndNeverMarkup adds a unit to it.
var demo = sync.OnceValues(fixtures.Demo)

func start(t *testing.T, s *tjeneste, port *tilgang.Port) *tjeneste {
	t.Helper()
	s.now = time.Date(2025, 6, 15, 9, 0, 0, 0, time.UTC)
	var err error
	if s.register, err = demo(); err != nil {
		t.Fatal(err)
	}
	config := soap.Config{Store: s.register, Port: port, Logg: s.logg, Now: s.clock, Log: slog.New(slog.NewJSONHandler(s, nil)),
		MaxArbeidsforhold: 1000, MaxTreff: 1000, View: func() store.View {
			return store.View{Today: fixtures.Today, Fortrolig: store.InnsynKode, StrengtFortrolig: store.InnsynKode}
		}}
	short := config
	short.MaxArbeidsforhold, short.MaxTreff = 50, 50
	s.oppslag, err = New(Config{Service: soap.NewHandler(short), Rader: 50, MaksArbeidsforhold: 1000, MaksTreff: 1000, Innlogging: port != nil, Today: func() store.Dato { return fixtures.Today },
		Now: s.clock, Log: config.Log})
	if err != nil {
		t.Fatal(err)
	}
	config.Oppslag = s.oppslag
	s.Server = httptest.NewTLSServer(soap.NewHandler(config))
	t.Cleanup(s.Close)
	return s
}

const passord = "Et-langt-passord-1"

// hashed is the hash of passord, a cheap one.
var hashed = sync.OnceValue(func() string {
	h, err := argon2id.CreateHash(passord, &argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32})
	if err != nil {
		panic(err)
	}
	return h
})

// konsument adds a consumer that may look everything up about everybody but the protected, and its login, whose password
// is passord. change may change it.
func (s *tjeneste) konsument(t *testing.T, orgnr, bruker string, change func(*konsument.Konsument)) int64 {
	t.Helper()
	k := konsument.Konsument{Orgnr: orgnr, Navn: "ETATEN", Hjemmel: "loven § 1", Formaal: "saksbehandling", Behandlingsgrunnlag: "art. 6 nr. 1 e",
		Tilgang: []konsument.Tilgangsform{konsument.WebOppslag}, Rettigheter: konsument.Rettigheter{Produkter: konsument.Produkter(), Felter: konsument.Produkter(),
			Arbeidsgivere: konsument.Omfang{Alle: true}, Personer: konsument.Omfang{Alle: true}, PersonerPerDoegn: konsument.Ubegrenset, SpoersmaalPerSekund: konsument.Ubegrenset}}
	if change != nil {
		change(&k)
	}
	nr, err := s.konsumenter.LeggTil(k)
	if err == nil {
		_, err = s.konsumenter.LeggTilInnlogging(konsument.Innlogging{Konsument: nr, Brukernavn: bruker, Slag: konsument.MedPassord, Passord: hashed()})
	}
	if err != nil {
		t.Fatal(err)
	}
	return nr
}

// inn logs in.
func (k *klient) inn(t *testing.T, bruker string) paa {
	t.Helper()
	return k.post(t, "/oppslag/logginn", felter("brukernavn", bruker, "passord", passord))
}

// rader are the audit log's rows.
func (s *tjeneste) rader(t *testing.T) (rows []*logg.Rad) {
	t.Helper()
	if err := s.logg.Soek(context.Background(), logg.Filter{}, func(r *logg.Rad) error { rows = append(rows, r); return nil }); err != nil {
		t.Fatal(err)
	}
	return rows
}

// operasjoner are the six products' names.
func operasjoner() (names []string) {
	for _, o := range felt.Operations() {
		names = append(names, o.Navn)
	}
	return names
}
