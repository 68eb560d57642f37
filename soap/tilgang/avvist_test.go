package tilgang

import (
	"context"
	"encoding/base64"
	"errors"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"

	"aareg/store/konsument"
)

// dear are hashes that take long enough for everything else not to matter, and not so long as real ones.
var dear = &argon2id.Params{Memory: 2 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// avvist is a register with logins that may not come in, or not in every way.
type avvist struct {
	*verden
	replayed Legitimasjon
	stale    string // a session that was revoked
	hash     string // of everybody's password
}

func nyAvvist(t *testing.T) *avvist {
	v := &avvist{verden: nyVerden(t)}
	var err error
	v.hash, err = argon2id.CreateHash(passord, dear)
	v.must(err)
	with := func(change func(*konsument.Innlogging)) func(*konsument.Innlogging) {
		return func(i *konsument.Innlogging) {
			i.Passord = v.hash
			if change != nil {
				change(i)
			}
		}
	}
	k, other := v.konsument(etat, standard), v.konsument(fond, standard)
	v.login(k, "rett", with(nil))
	v.login(k, "gammel", with(func(i *konsument.Innlogging) { i.Legacy = true }))
	v.login(k, "med-digest", with(medDigest))
	v.login(k, "uten-passord", func(i *konsument.Innlogging) { i.Passord = "" })
	v.login(k, "sperret", with(func(i *konsument.Innlogging) { i.Sperret, i.Digest = true, passord }))
	v.must(v.reg.FjernInnlogging(v.login(k, "fjernet", with(nil))))
	v.login(k, "", func(i *konsument.Innlogging) { i.Slag, i.Passord = konsument.MedSertifikat, "" })
	v.login(other, "andres", with(nil))
	for n, change := range []func(*konsument.Konsument){func(k *konsument.Konsument) { k.Sperret = true },
		func(k *konsument.Konsument) { k.Til = 20260309 }, func(k *konsument.Konsument) { k.Fra = 20260311 }} {
		nr := v.konsument([]string{"211000031", "211000058", "211000066"}[n], standard)
		v.login(nr, []string{"sperret-etat", "utgaatt", "fremtidig"}[n], with(nil))
		v.login(nr, "", func(i *konsument.Innlogging) { i.Slag, i.Passord = konsument.MedSertifikat, "" })
		v.must(v.reg.Endre(nr, func(k *konsument.Konsument) error { change(k); return nil }))
	}
	return v
}

// ways are all ways to bring credentials that are not good enough. Each is asked of a port of its own, just started.
func (v *avvist) ways() map[string]Legitimasjon {
	cert := func(l Legitimasjon, orgnr string) Legitimasjon { l.Sertifikat = orgnr; return l }
	broken := func(l Legitimasjon, change func(d *Digest)) Legitimasjon { change(l.Digest); return l }
	now := v.clock()
	return map[string]Legitimasjon{
		"no such user":                     bruker("finnes-ikke", passord),
		"wrong password":                   bruker("rett", "Feil-passord-1"),
		"no password":                      bruker("rett", ""),
		"password in lower case":           bruker("rett", strings.ToLower(passord)),
		"password in upper case":           bruker("rett", strings.ToUpper(passord)),
		"password and a space":             bruker("rett", passord+" "),
		"cut password":                     bruker("rett", passord[1:]),
		"very long password":               bruker("rett", strings.Repeat("x", 100_000)),
		"the hash as password":             bruker("rett", v.hash),
		"the password of the stand-in":     bruker("finnes-ikke", "nobody's"),
		"wrong password, legacy":           bruker("gammel", "Feil-passord-1"),
		"password in lower case, legacy":   bruker("gammel", strings.ToLower(passord)), // its upper case is not the password either
		"user name and a space":            bruker("rett ", passord),
		"no user name":                     bruker("", passord),
		"digest login's wrong password":    bruker("med-digest", "Feil-passord-1"),
		"login without a password":         bruker("uten-passord", passord),
		"no password of none":              bruker("uten-passord", ""),
		"login disabled":                   bruker("sperret", passord),
		"login removed":                    bruker("fjernet", passord),
		"consumer disabled":                bruker("sperret-etat", passord),
		"agreement over":                   bruker("utgaatt", passord),
		"agreement not begun":              bruker("fremtidig", passord),
		"another consumer's certificate":   cert(bruker("andres", passord), etat),
		"nobody's certificate":             cert(bruker("rett", passord), "233000019"),
		"no secret kept for a digest":      digest("rett", "n1", now, passord),
		"digest of nobody":                 digest("finnes-ikke", "n1", now, passord),
		"digest of a disabled login":       digest("sperret", "n1", now, passord),
		"digest of an empty secret":        digest("rett", "n1", now, ""),
		"digest of another password":       digest("med-digest", "n1", now, "Feil-passord-1"),
		"digest from before the start":     digest("med-digest", "n1", now.Add(-time.Second), passord),
		"digest from the future":           digest("med-digest", "n1", now.Add(skew+time.Second), passord),
		"digest without a nonce":           digest("med-digest", "", now, passord),
		"digest that came before":          v.replayed,
		"digest, another consumer's":       cert(digest("med-digest", "n1", now, passord), fond),
		"digest that is not base64":        broken(digest("med-digest", "n1", now, passord), func(d *Digest) { d.Verdi = "%" }),
		"digest without a value":           broken(digest("med-digest", "n1", now, passord), func(d *Digest) { d.Verdi = "" }),
		"digest of a time in no zone":      broken(digest("med-digest", "n1", now, passord), func(d *Digest) { d.Created = "2026-03-10T09:00:00" }),
		"password as digest":               {Brukernavn: "med-digest", Digest: &Digest{Nonce: []byte("n"), Verdi: base64.StdEncoding.EncodeToString([]byte(passord))}},
		"nothing as digest":                {Brukernavn: "med-digest", Digest: &Digest{}},
		"revoked session, wrong password":  {Sesjonsid: v.stale, Brukernavn: "rett", Passord: "Feil-passord-1"},
		"another's session, none's secret": {Sesjonsid: v.stale, Brukernavn: "andres", Passord: "Feil-passord-1"},
	}
}

// TestEveryBadLoginIsTheSame error and the same work, whatever is wrong: two hashes. The medians are printed.
func TestEveryBadLoginIsTheSame(t *testing.T) {
	v := nyAvvist(t)
	v.pass(time.Minute)
	rett := v.inn(v.port, bruker("rett", passord))
	v.stale = rett.Sesjonsid
	v.must(v.reg.EndreInnlogging(rett.Innlogging.Nr, func(i *konsument.Innlogging) error { i.Etter = v.now.Unix(); return nil }))
	dummy, err := argon2id.CreateHash("nobody's", dear)
	v.must(err)
	took := map[string][]time.Duration{}
	for range 7 {
		for name := range v.ways() {
			port := v.newPort(v.reg)
			port.dummy = dummy
			v.replayed = digest("med-digest", "n0", v.clock(), passord)
			v.inn(port, v.replayed)
			l := v.ways()[name]
			hashes := v.hashes.Load()
			runtime.GC() // what an earlier hash left is not this one's to clear away
			start := time.Now()
			_, err = port.Slipp(context.Background(), l)
			took[name] = append(took[name], time.Since(start))
			if !errors.Is(err, ErrUgyldigBruker) || err.Error() != ErrUgyldigBruker.Error() { // nothing of the reason in its text
				t.Errorf("%s: got %v", name, err)
			}
			if got := v.hashes.Load() - hashes; got != 2 {
				t.Errorf("%s: %d hashes", name, got)
			}
		}
	}
	if len(took) < 20 {
		t.Fatalf("only %d ways", len(took))
	}
	for name, times := range took {
		slices.Sort(times)
		t.Logf("%-34s median %v, fastest %v", name, times[len(times)/2].Round(10*time.Microsecond), times[0].Round(10*time.Microsecond))
	}
	if slept := v.slept(); len(slept) > 0 {
		t.Errorf("some waited: %v", slept)
	}
}

// TestCallerWithoutCredentialsCostsNoHash: there is nothing to find out.
func TestCallerWithoutCredentialsCostsNoHash(t *testing.T) {
	v := nyAvvist(t)
	for _, l := range []Legitimasjon{{}, {Kilde: kontor}, {Sertifikat: "233000019"}, {Sertifikat: fond}, {Sertifikat: "211000031"}} {
		v.ute(v.port, l, ErrUgyldigBruker)
	}
	for _, s := range []string{"x", "1.1#x", Noekkel("k").Utsted(v.now, 1)} {
		v.ute(v.port, Legitimasjon{Sesjonsid: s}, ErrSesjonUtloept)
	}
	if got := v.hashes.Load(); got != 0 {
		t.Errorf("%d hashes", got)
	}
}

// TestNoErrorRepeatsTheCaller: neither user name nor secret nor session is in the text of one.
func TestNoErrorRepeatsTheCaller(t *testing.T) {
	v := nyAvvist(t)
	v.replayed = digest("med-digest", "n0", v.now, passord)
	tried := 0
	for name, l := range v.ways() {
		ctx, cancel := context.WithCancel(context.Background())
		if tried++; tried%2 == 0 {
			for range cap(v.port.hashing) {
				v.port.hashing <- struct{}{} // nobody gets a place, and the context ends
			}
			cancel()
		}
		_, err := v.port.Slipp(ctx, l)
		cancel()
		for len(v.port.hashing) > 0 {
			<-v.port.hashing
		}
		for _, secret := range []string{l.Brukernavn, l.Passord, l.Sesjonsid} {
			if len(secret) > 3 && err != nil && strings.Contains(err.Error(), secret) {
				t.Errorf("%s: the error repeats it", name)
			}
		}
	}
}

// TestAuditLogIsToldWhy a login was refused, and whose it was; nobody else is.
func TestAuditLogIsToldWhy(t *testing.T) {
	v := nyVerden(t)
	k := v.konsument(etat, standard)
	v.login(k, "etat", nil)
	v.login(k, "sperret", func(i *konsument.Innlogging) { i.Sperret = true })
	for navn, want := range map[string]string{"etat": "feil passord", "sperret": "innloggingen er sperret", "finnes-ikke": "ukjent bruker"} {
		_, err := v.port.Slipp(context.Background(), fra(kontor, navn, passord+"x"))
		var avvist *Avvist
		if !errors.As(err, &avvist) || avvist.Aarsak != want || (avvist.Innlogging == nil) != (navn == "finnes-ikke") {
			t.Errorf("%s: %+v", navn, avvist)
		}
	}
}

// TestChangeOfConsumersLiftsWhatGuessesHaveEarned: whoever runs the service can let a user in at once who has forgotten
// the password, by giving a new one.
func TestChangeOfConsumersLiftsWhatGuessesHaveEarned(t *testing.T) {
	v := nyVerden(t)
	k := v.konsument(etat, standard)
	v.login(k, "etat", nil)
	v.guess(kontor, "etat", 30)
	v.ute(v.port, fra(kontor, "etat", passord), ErrForMange)
	v.login(k, "annen", nil)
	v.inn(v.port, fra(kontor, "etat", passord))
}
