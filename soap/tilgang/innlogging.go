package tilgang

import (
	"context"
	"fmt"
	"strings"
	"time"

	"aareg/store/konsument"
)

// Slipp lets a caller in, or says ErrUgyldigBruker, ErrSesjonUtloept or ErrForMange; any other error is ours, or the
// context's. In this order: a session in force is enough, when no other user is named beside it; then credentials
// decide; a session alone that is not in force is ErrSesjonUtloept, for whatever reason, since clients then repeat with
// credentials; a certificate alone lets its consumer's certificate login in. Beside a session or credentials a
// certificate must be of the login's own consumer; the session of a certificate login is good with the certificate alone.
func (p *Port) Slipp(ctx context.Context, l Legitimasjon) (*Innlogget, error) {
	b, err := p.konsumenter.Bilde()
	if err != nil {
		return nil, fmt.Errorf("tilgang: %w", err)
	}
	now := p.now()
	if login := p.session(b, &l, now); login != nil {
		return p.letIn(b, login, l.Sesjonsid), nil
	}
	var login *konsument.Innlogging
	switch {
	case l.credentials():
		if login, err = p.credentials(ctx, b, &l, now); err != nil {
			return nil, err
		}
	case l.Sesjonsid != "":
		return nil, ErrSesjonUtloept
	default:
		if login = b.Sertifikat(l.Sertifikat); l.Sertifikat == "" || !p.admits(b, login, &l, now) {
			return nil, ErrUgyldigBruker
		}
	}
	return p.letIn(b, login, Noekkel(b.Noekkel).Utsted(issued(login, now), login.Nr)), nil
}

// issued is when a new session counts as issued: now, but always after those that are revoked.
func issued(login *konsument.Innlogging, now time.Time) time.Time {
	if now.Unix() <= login.Etter {
		return time.Unix(login.Etter+1, 0)
	}
	return now
}

func (p *Port) letIn(b *konsument.Bilde, login *konsument.Innlogging, sesjonsid string) *Innlogget {
	k := b.Konsument(login.Konsument)
	return &Innlogget{Innlogging: login, Konsument: k, Sesjonsid: sesjonsid, form: konsument.API, port: p, rett: p.rights(k)}
}

// fromTheFuture is how much the clock of the replica that issued a session may be ahead.
const fromTheFuture = time.Minute

// session is the login whose session is given and in force, nil for none.
func (p *Port) session(b *konsument.Bilde, l *Legitimasjon, now time.Time) *konsument.Innlogging {
	at, nr, ok := Noekkel(b.Noekkel).Les(l.Sesjonsid)
	if !ok {
		return nil
	}
	login := b.Innlogging(nr)
	switch {
	case !p.admits(b, login, l, now):
	case login.Slag == konsument.MedSertifikat && l.Sertifikat == "":
	case l.Brukernavn != "" && konsument.Fold(l.Brukernavn) != konsument.Fold(login.Brukernavn):
	case at.Unix() <= login.Etter, now.Sub(at) >= p.levetid, at.Sub(now) > fromTheFuture:
	default:
		return login
	}
	return nil
}

// admits says whether a login, nil for none, may be used at all by whoever has the caller's certificate.
func (p *Port) admits(b *konsument.Bilde, login *konsument.Innlogging, l *Legitimasjon, now time.Time) bool {
	if login == nil || login.Sperret {
		return false
	}
	k := b.Konsument(login.Konsument)
	today, _ := p.day(now)
	return k != nil && k.Gyldig(today) && (l.Sertifikat == "" || l.Sertifikat == k.Orgnr)
}

// credentials is the login that the caller has the password of. Every failure is the same amount of work, whatever is
// wrong: a login that may not be used is none, and a hash that nobody has the password of stands in for its own.
func (p *Port) credentials(ctx context.Context, b *konsument.Bilde, l *Legitimasjon, now time.Time) (*konsument.Innlogging, error) {
	known := b.Bruker(l.Brukernavn)
	login := known
	if !p.admits(b, login, l, now) || login.Slag != konsument.MedPassord {
		login = nil
	}
	p.throttle.follow(b.Versjon)
	a := p.throttle.attempt(l.Kilde, konsument.Fold(l.Brukernavn))
	remembered := func() bool { return !p.throttle.guessed(a, now) && p.verified.has(b.Versjon, login, a.both, l, now) }
	if remembered() {
		return login, nil
	}
	if err := p.throttle.hold(ctx, a, now, p.sleep); err != nil {
		return nil, err
	}
	select {
	case p.hashing <- struct{}{}:
		defer func() { <-p.hashing }()
	case <-ctx.Done():
		return nil, fmt.Errorf("login: %w", ctx.Err())
	}
	// Others were before: of a crowd with the same credentials the first has worked for all, and a crowd that guesses
	// must not get by because it came all at once.
	now = p.now()
	if remembered() {
		return login, nil
	}
	if err := p.throttle.again(a, now); err != nil {
		return nil, err
	}
	if !p.proves(login, l, now) {
		p.throttle.failed(a, now)
		return nil, p.turnedAway(b, known, now)
	}
	p.throttle.succeeded(a, now)
	p.verified.put(b.Versjon, login, a.both, l, now)
	return login, nil
}

// turnedAway is ErrUgyldigBruker, with what the audit log may know of it.
func (p *Port) turnedAway(b *konsument.Bilde, login *konsument.Innlogging, now time.Time) error {
	if login == nil {
		return &Avvist{Aarsak: "ukjent bruker"}
	}
	k := b.Konsument(login.Konsument)
	today, _ := p.day(now)
	avvist := &Avvist{Konsument: k, Innlogging: login, Aarsak: "feil passord"}
	switch {
	case login.Sperret:
		avvist.Aarsak = "innloggingen er sperret"
	case k.Sperret:
		avvist.Aarsak = "konsumenten er sperret"
	case !k.Gyldig(today):
		avvist.Aarsak = "avtalen gjelder ikke i dag"
	}
	return avvist
}

// proves says whether the password, or the digest of one, is the login's. Whatever fails has cost two hashes; what the
// hash of nobody's password says is not asked.
func (p *Port) proves(login *konsument.Innlogging, l *Legitimasjon, now time.Time) bool {
	if l.Digest != nil {
		if p.fits(login, l.Digest, now) {
			return true
		}
		login = nil
	}
	hash := p.dummy
	if login != nil && login.Passord != "" {
		hash = login.Passord
	}
	// No text is the password of an error: a hash that cannot be read has none.
	ok, err := p.compare(l.Passord, hash)
	if ok && err == nil && hash != p.dummy {
		return true
	}
	legacy := hash != p.dummy && login.Legacy
	if !legacy {
		hash = p.dummy
	}
	ok, err = p.compare(strings.ToUpper(l.Passord), hash)
	return ok && err == nil && legacy
}
