package tilgang

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"aareg/store/konsument"
)

func TestUserNamesFoldCaseAndPasswordsDoNot(t *testing.T) {
	v := nyVerden(t)
	nr := v.login(v.konsument(etat, standard), "Etat-Ørn", nil)
	for _, navn := range []string{"Etat-Ørn", "ETAT-ØRN", "etat-ørn"} {
		if i := v.inn(v.port, bruker(navn, passord)); i.Innlogging.Nr != nr || i.Konsument.Orgnr != etat {
			t.Errorf("%s is login %d of %s", navn, i.Innlogging.Nr, i.Konsument.Orgnr)
		}
	}
	for _, wrong := range []string{strings.ToUpper(passord), strings.ToLower(passord), passord + " ", ""} {
		v.ute(v.port, bruker("etat-ørn", wrong), ErrUgyldigBruker)
	}
}

func TestLegacyLoginTriesUpperCaseToo(t *testing.T) {
	v := nyVerden(t)
	k := v.konsument(etat, standard)
	v.login(k, "gammel", func(i *konsument.Innlogging) { i.Passord, i.Legacy = hashOf(t, "PASSORD7"), true })
	v.login(k, "blandet", func(i *konsument.Innlogging) { i.Legacy = true })
	v.login(k, "vanlig", func(i *konsument.Innlogging) { i.Passord = hashOf(t, "PASSORD7") })
	v.inn(v.port, bruker("GAMMEL", "PASSORD7"))
	v.inn(v.port, bruker("GAMMEL", "Passord7"))
	v.inn(v.port, bruker("blandet", passord)) // the password is tried as it was typed first
	v.ute(v.port, bruker("vanlig", "passord7"), ErrUgyldigBruker)
}

// TestSessionAndCredentialsHaveTheirOrder is the whole order of precedence.
func TestSessionAndCredentialsHaveTheirOrder(t *testing.T) {
	v := nyVerden(t)
	k := v.konsument(etat, standard)
	a, b := v.login(k, "anna", nil), v.login(k, "bente", nil)
	first := v.inn(v.port, bruker("anna", passord))
	sesjon := first.Sesjonsid
	v.pass(time.Minute)
	for _, c := range []struct {
		name  string
		l     Legitimasjon
		login int64
		same  bool // the answer repeats the session
		want  error
	}{
		{"the session alone", Legitimasjon{Sesjonsid: sesjon}, a, true, nil},
		{"the session and its user", Legitimasjon{Sesjonsid: sesjon, Brukernavn: "ANNA", Passord: "feil-feil"}, a, true, nil},
		{"the session and a password of nobody", Legitimasjon{Sesjonsid: sesjon, Passord: "feil-feil"}, a, true, nil},
		{"the session and another user", Legitimasjon{Sesjonsid: sesjon, Brukernavn: "bente", Passord: passord}, b, false, nil},
		{"the session and another user's wrong password", Legitimasjon{Sesjonsid: sesjon, Brukernavn: "bente", Passord: "feil-feil"}, 0, false, ErrUgyldigBruker},
		{"a bad session and a user", Legitimasjon{Sesjonsid: sesjon + "x", Brukernavn: "anna", Passord: passord}, a, false, nil},
		{"a bad session and a wrong password", Legitimasjon{Sesjonsid: sesjon + "x", Brukernavn: "anna", Passord: "feil-feil"}, 0, false, ErrUgyldigBruker},
		{"a bad session alone", Legitimasjon{Sesjonsid: sesjon + "x"}, 0, false, ErrSesjonUtloept},
		{"a remembered password and a digest that is wrong", Legitimasjon{Brukernavn: "anna", Passord: passord, Digest: &Digest{}}, 0, false, ErrUgyldigBruker},
		{"nothing", Legitimasjon{}, 0, false, ErrUgyldigBruker},
	} {
		i, err := v.port.Slipp(context.Background(), c.l)
		switch {
		case !errors.Is(err, c.want):
			t.Errorf("%s: got %v, want %v", c.name, err, c.want)
		case err == nil && (i.Innlogging.Nr != c.login || (i.Sesjonsid == sesjon) != c.same):
			t.Errorf("%s: login %d, the session is repeated: %v", c.name, i.Innlogging.Nr, i.Sesjonsid == sesjon)
		}
	}
}

func TestCertificateNamesTheConsumer(t *testing.T) {
	v := nyVerden(t)
	mine, other := v.konsument(etat, standard), v.konsument(fond, standard)
	medSertifikat := v.login(mine, "", func(i *konsument.Innlogging) { i.Slag, i.Passord = konsument.MedSertifikat, "" })
	v.login(mine, "mine", nil)
	v.login(other, "andre", nil)
	if i := v.inn(v.port, Legitimasjon{Sertifikat: etat}); i.Innlogging.Nr != medSertifikat {
		t.Errorf("login %d", i.Innlogging.Nr)
	}
	v.ute(v.port, Legitimasjon{Sertifikat: fond}, ErrUgyldigBruker) // no certificate login
	v.ute(v.port, Legitimasjon{Sertifikat: "233000019"}, ErrUgyldigBruker)
	sesjon := v.inn(v.port, bruker("andre", passord)).Sesjonsid
	v.inn(v.port, Legitimasjon{Brukernavn: "mine", Passord: passord, Sertifikat: etat})
	v.ute(v.port, Legitimasjon{Brukernavn: "andre", Passord: passord, Sertifikat: etat}, ErrUgyldigBruker) // also cached
	v.inn(v.port, Legitimasjon{Sesjonsid: sesjon, Sertifikat: fond})
	v.ute(v.port, Legitimasjon{Sesjonsid: sesjon, Sertifikat: etat}, ErrSesjonUtloept)
	v.ute(v.port, Legitimasjon{Sesjonsid: sesjon + "x", Sertifikat: etat}, ErrSesjonUtloept)
	v.must(v.reg.EndreInnlogging(medSertifikat, func(i *konsument.Innlogging) error { i.Sperret = true; return nil }))
	v.ute(v.port, Legitimasjon{Sertifikat: etat}, ErrUgyldigBruker)
}

func TestVerifiedLoginIsRememberedForFiveMinutes(t *testing.T) {
	v := nyVerden(t)
	v.login(v.konsument(etat, standard), "etat", nil)
	hashed := func(want int64, what string) {
		t.Helper()
		before := v.hashes.Load()
		v.inn(v.port, bruker("etat", passord))
		if got := v.hashes.Load() - before; got != want {
			t.Errorf("%s: %d hashes, want %d", what, got, want)
		}
	}
	hashed(1, "the first")
	v.pass(5*time.Minute - time.Second)
	hashed(0, "before five minutes")
	v.pass(time.Second)
	hashed(1, "after five minutes")
	v.ute(v.port, bruker("etat", passord+"x"), ErrUgyldigBruker)
	hashed(0, "after somebody guessed")
}

// TestAnyChangeForgetsVerifiedLogins: of the login itself, of its consumer, of another one, by another process.
func TestAnyChangeForgetsVerifiedLogins(t *testing.T) {
	v := nyVerden(t)
	k := v.konsument(etat, standard)
	nr := v.login(k, "etat", nil)
	second, err := konsument.Open(v.path)
	v.must(err)
	defer second.Close()
	nytt := hashOf(t, "Nytt-passord-1")
	for name, change := range map[string]func() error{
		"rights":          func() error { return v.reg.Endre(k, func(k *konsument.Konsument) error { k.Navn += "X"; return nil }) },
		"another login":   func() error { v.login(k, "annen", nil); return nil },
		"another process": func() error { return second.Endre(k, func(k *konsument.Konsument) error { k.Navn += "Y"; return nil }) },
	} {
		v.inn(v.port, bruker("etat", passord))
		v.must(change())
		before := v.hashes.Load()
		v.inn(v.port, bruker("etat", passord))
		if v.hashes.Load() == before {
			t.Errorf("%s: the login was still remembered", name)
		}
	}
	v.must(second.EndreInnlogging(nr, func(i *konsument.Innlogging) error { i.Passord = nytt; return nil }))
	v.ute(v.port, bruker("etat", passord), ErrUgyldigBruker)
	v.inn(v.port, bruker("etat", "Nytt-passord-1"))
}

// TestPasswordFoundRightBeforeAChangeIsNotRememberedAfter it: somebody else has seen the new picture meanwhile.
func TestPasswordFoundRightBeforeAChangeIsNotRememberedAfter(t *testing.T) {
	memory, login, l, at := newVerified(), &konsument.Innlogging{Nr: 1}, bruker("etat", passord), time.Now()
	for _, c := range []struct {
		seen, found int64
		want        bool
	}{{1, 1, true}, {2, 1, false}} {
		memory.has(c.seen, login, mac{}, &l, at)
		memory.put(c.found, login, mac{}, &l, at)
		if got := memory.has(c.seen, login, mac{}, &l, at); got != c.want {
			t.Errorf("found right in picture %d, asked in %d: %v", c.found, c.seen, got)
		}
	}
}

// TestRememberedLoginIsLookedAtOnEachCall: the last day of an agreement passes without any change.
func TestRememberedLoginIsLookedAtOnEachCall(t *testing.T) {
	v := nyVerden(t)
	v.login(v.konsument(etat, standard), "etat", nil)
	v.now = time.Date(2026, 12, 31, 22, 59, 0, 0, time.UTC) // a minute before midnight in Norway
	sesjon := v.inn(v.port, bruker("etat", passord)).Sesjonsid
	v.inn(v.port, bruker("etat", passord))
	v.pass(time.Minute)
	v.ute(v.port, bruker("etat", passord), ErrUgyldigBruker)
	v.ute(v.port, Legitimasjon{Sesjonsid: sesjon}, ErrSesjonUtloept)
}

// TestCrowdWithTheSameCredentialsIsHashedFewTimes: not once for each, although they all come at once; and none of them
// is slowed.
func TestCrowdWithTheSameCredentialsIsHashedFewTimes(t *testing.T) {
	v := nyVerden(t)
	v.login(v.konsument(etat, standard), "etat", nil)
	const crowd = 64
	var all sync.WaitGroup
	for range crowd {
		all.Go(func() { v.inn(v.port, bruker("etat", passord)) })
	}
	all.Wait()
	if got := v.hashes.Load(); got > int64(cap(v.port.hashing)) {
		t.Errorf("%d hashes for a crowd of %d", got, crowd)
	}
	if slept := v.slept(); len(slept) > 0 {
		t.Errorf("%d of the crowd were slowed", len(slept))
	}
}

func TestWaitForAHashEndsWithTheContext(t *testing.T) {
	v := nyVerden(t)
	v.login(v.konsument(etat, standard), "etat", nil)
	for range cap(v.port.hashing) {
		v.port.hashing <- struct{}{}
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error)
	go func() {
		_, err := v.port.Slipp(ctx, bruker("etat", passord))
		done <- err
	}()
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if got := v.hashes.Load(); got != 0 {
		t.Errorf("%d hashes", got)
	}
}
