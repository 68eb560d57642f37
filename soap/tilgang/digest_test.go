package tilgang

import (
	"context"
	"crypto/sha1"
	"encoding/base64"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"aareg/store/konsument"
)

// digest is a token as the profile has it: Base64(SHA-1(nonce + created + password)).
func digest(navn, nonce string, created time.Time, passord string) Legitimasjon {
	text := created.UTC().Format("2006-01-02T15:04:05.000Z")
	sum := sha1.Sum([]byte(nonce + text + passord))
	return Legitimasjon{Brukernavn: navn, Kilde: kontor,
		Digest: &Digest{Nonce: []byte(nonce), Created: text, Verdi: base64.StdEncoding.EncodeToString(sum[:])}}
}

func medDigest(i *konsument.Innlogging) { i.Digest = passord }

// TestDigestOfTheProfileIsTaken: the value was computed apart from this program, with OpenSSL.
func TestDigestOfTheProfileIsTaken(t *testing.T) {
	v := nyVerden(t)
	v.now = time.Date(2026, 3, 10, 8, 59, 59, 0, time.UTC)
	v.port = v.newPort(v.reg)
	v.pass(time.Second)
	v.login(v.konsument(etat, standard), "etat", medDigest)
	v.inn(v.port, Legitimasjon{Brukernavn: "ETAT",
		Digest: &Digest{Nonce: []byte("0123456789abcdef"), Created: "2026-03-10T09:00:00Z", Verdi: "D88cvTQJYEloI+7nO0kle32lKgk="}})
	if got := v.hashes.Load(); got != 0 {
		t.Errorf("%d hashes", got)
	}
}

func TestDigestIsTakenOnceAndInItsTime(t *testing.T) {
	v := nyVerden(t)
	k := v.konsument(etat, standard)
	v.login(k, "etat", medDigest)
	v.login(k, "annen", medDigest)
	v.pass(time.Hour)
	for _, c := range []struct {
		name string
		l    Legitimasjon
		want error
	}{
		{"now", digest("etat", "n1", v.now, passord), nil},
		{"the same again", digest("etat", "n1", v.now, passord), ErrUgyldigBruker},
		{"its nonce at another time", digest("etat", "n1", v.now.Add(-time.Second), passord), ErrUgyldigBruker},
		{"its nonce by another login", digest("annen", "n1", v.now, passord), nil},
		{"five minutes old", digest("etat", "n2", v.now.Add(-skew), passord), nil},
		{"older", digest("etat", "n3", v.now.Add(-skew-time.Second), passord), ErrUgyldigBruker},
		{"five minutes ahead", digest("etat", "n4", v.now.Add(skew), passord), nil},
		{"further ahead", digest("etat", "n5", v.now.Add(skew+time.Second), passord), ErrUgyldigBruker},
		{"of another password", digest("etat", "n6", v.now, passord+"x"), ErrUgyldigBruker},
		{"of the password in upper case", digest("etat", "n7", v.now, "RIKTIG-1234"), ErrUgyldigBruker},
		{"no nonce", digest("etat", "", v.now, passord), ErrUgyldigBruker},
	} {
		if _, err := v.port.Slipp(context.Background(), c.l); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, err, c.want)
		}
	}
	// One that was made five minutes ahead may come again as late as ten minutes after.
	ahead := digest("etat", "n4", v.now.Add(skew), passord)
	for range 2 * skew / time.Minute {
		v.pass(time.Minute)
		v.ute(v.port, ahead, ErrUgyldigBruker)
	}
}

// TestDigestFromBeforeTheStartIsRefused: the process before may have taken it.
func TestDigestFromBeforeTheStartIsRefused(t *testing.T) {
	v := nyVerden(t)
	v.login(v.konsument(etat, standard), "etat", medDigest)
	v.pass(time.Minute)
	l := digest("etat", "n1", v.now, passord)
	v.inn(v.port, l)
	v.pass(time.Second)
	restarted := v.newPort(v.reg)
	v.ute(restarted, l, ErrUgyldigBruker)
	v.inn(restarted, digest("etat", "n2", v.now, passord))
}

func TestDigestThatManySendAtOnceIsTakenOnce(t *testing.T) {
	v := nyVerden(t)
	v.login(v.konsument(etat, standard), "etat", medDigest)
	l := digest("etat", "n1", v.now, passord)
	var taken atomic.Int64
	var all sync.WaitGroup
	for range 16 {
		all.Go(func() {
			if _, err := v.port.Slipp(context.Background(), l); err == nil {
				taken.Add(1)
			}
		})
	}
	all.Wait()
	if taken.Load() != 1 {
		t.Errorf("taken %d times", taken.Load())
	}
}

// TestFullMemoryOfNoncesTakesNoNewOne: forgetting one would let it be replayed.
func TestFullMemoryOfNoncesTakesNoNewOne(t *testing.T) {
	n := &nonces{seen: newRecent[mac, struct{}](2*skew, 4)}
	at := time.Date(2026, 3, 10, 9, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		nonce string
		after time.Duration
		want  bool
	}{{"a", 0, true}, {"b", 0, true}, {"c", time.Second, false}, {"a", time.Second, false}, {"c", 2 * skew, true}, {"a", 3 * skew, false},
		{"d", 4 * skew, true}} {
		if got := n.once(1, []byte(c.nonce), at.Add(c.after)); got != c.want {
			t.Errorf("%s after %v: %v", c.nonce, c.after, got)
		}
	}
}
