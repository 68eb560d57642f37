// Package tilgang is who may ask, and what: it lets a caller in by session, password, password digest or certificate,
// slows down and refuses who guesses, and says what the rights of whoever was let in come to for a question. It reads no
// message and writes no answer: the border asks it, logs what came of it, and tells the caller no more than that.
// No error of it holds a user name, a secret or a person's number.
package tilgang

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"runtime"
	"sync"
	"time"

	"github.com/alexedwards/argon2id"

	"aareg/store/konsument"
	"aareg/store/logg"
)

// Config is what a Port is built of.
type Config struct {
	Konsumenter *konsument.Register
	// Logg tells after a restart whom a consumer was told of earlier in the day; nil: the count begins with the process.
	Logg *logg.Logg
	// Levetid is how long a session id is good for; 0 is an hour.
	Levetid time.Duration
	// Now is the clock; nil is time.Now.
	Now func() time.Time
}

// Port is the gate that callers come in by. It is safe for concurrent use.
type Port struct {
	konsumenter *konsument.Register
	logg        *logg.Logg
	levetid     time.Duration
	now         func() time.Time
	oslo        *time.Location // where days begin
	started     time.Time

	compare  func(passord, hash string) (bool, error) // argon2id; tests count its calls
	sleep    func(ctx context.Context, d time.Duration) error
	dummy    string        // the hash of a password that nobody has
	hashing  chan struct{} // a place for each hash that may be worked on at once
	verified *verified
	throttle *throttle
	nonces   *nonces

	mu   sync.Mutex
	rett map[int64]*rett // by consumer, made when it first asks
}

const standardLevetid = time.Hour

// New makes a port. The error is about the configuration.
func New(c Config) (*Port, error) {
	if c.Konsumenter == nil {
		return nil, errors.New("tilgang: no consumers")
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Levetid == 0 {
		c.Levetid = standardLevetid
	}
	oslo, err := time.LoadLocation("Europe/Oslo")
	if err != nil {
		return nil, fmt.Errorf("tilgang: %w", err)
	}
	p := &Port{konsumenter: c.Konsumenter, logg: c.Logg, levetid: c.Levetid, now: c.Now, oslo: oslo, started: c.Now(),
		compare: argon2id.ComparePasswordAndHash, sleep: sleep, dummy: konsument.Nobodys(), hashing: make(chan struct{}, runtime.GOMAXPROCS(0)),
		verified: newVerified(), throttle: newThrottle(), nonces: newNonces(), rett: map[int64]*rett{}}
	return p, nil
}

// Ready is nil when it can be told who may ask.
func (p *Port) Ready() error {
	_, err := p.konsumenter.Bilde()
	return err
}

// Legitimasjon is all that a caller brings to prove who it is.
type Legitimasjon struct {
	Sesjonsid           string
	Brukernavn, Passord string
	Digest              *Digest    // instead of Passord
	Sertifikat          string     // orgnr of a client certificate that was verified
	Kilde               netip.Addr // where the call comes from
}

// Digest is a WS-Security password digest (OASIS WSS UsernameToken Profile 1.0, § 3.1): Verdi is the base64 of the SHA-1
// of Nonce, Created and the password. The user is Legitimasjon.Brukernavn.
type Digest struct {
	Nonce          []byte // decoded
	Created, Verdi string // as they were written
}

// credentials says whether the caller brings more than a session and a certificate.
func (l *Legitimasjon) credentials() bool {
	return l.Brukernavn != "" || l.Passord != "" || l.Digest != nil
}

// Why a caller was not let in. Each is one error whatever lies behind it.
var (
	ErrUgyldigBruker = errors.New("the caller is not who it says, or may not come in")
	ErrSesjonUtloept = errors.New("the session is not in force")
	ErrForMange      = errors.New("too many failed logins")
)

// Avvist is an ErrUgyldigBruker of somebody whose user name is known, or of nobody's (Konsument and Innlogging nil), for
// the audit log alone. Where the login may not be used, whether the password was right is not told.
type Avvist struct {
	Konsument  *konsument.Konsument
	Innlogging *konsument.Innlogging
	Aarsak     string // "feil passord", …
}

func (a *Avvist) Error() string { return ErrUgyldigBruker.Error() }

// Unwrap is ErrUgyldigBruker.
func (a *Avvist) Unwrap() error { return ErrUgyldigBruker }

// Innlogget is a caller that was let in.
type Innlogget struct {
	Innlogging *konsument.Innlogging
	Konsument  *konsument.Konsument
	// Sesjonsid goes into the answer: the one that the caller came with, otherwise a fresh one. It is a bearer secret.
	Sesjonsid string

	form konsument.Tilgangsform // the way in, see Form
	port *Port
	rett *rett
}

// Avslag is the error of a question that a right is missing for.
type Avslag struct {
	// Rettighet is what the audit log says was missing: "produkt hentArbeidstaker", "felt
	// hentTrefflisteArbeidstaker/kjoenn" (an element of the question), "personerPerDoegn" or "spoersmaalPerSekund".
	Rettighet string
	// ForMange says that a quota has no room, now or (0) ever.
	ForMange bool
}

func (a *Avslag) Error() string { return "a right is missing: " + a.Rettighet }
