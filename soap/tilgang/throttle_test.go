package tilgang

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// fra is a wrong password for a user, or the right one, from somewhere.
func fra(source netip.Addr, navn, passord string) Legitimasjon {
	return Legitimasjon{Brukernavn: navn, Passord: passord, Kilde: source}
}

const ms = time.Millisecond

// guess tries wrong passwords, each another, and counts what came of it.
func (v *verden) guess(source netip.Addr, navn string, times int) (wrong, refused int) {
	v.tb.Helper()
	for n := range times {
		_, err := v.port.Slipp(context.Background(), fra(source, navn, fmt.Sprintf("gjetning-%d", n)))
		switch {
		case errors.Is(err, ErrUgyldigBruker):
			wrong++
		case errors.Is(err, ErrForMange):
			refused++
		default:
			v.tb.Fatalf("guess %d: %v", n, err)
		}
	}
	return wrong, refused
}

// TestGuessingIsSlowedAndThenRefused is thirty wrong passwords from one source, for a user that there is and for one
// that there is not: the two cannot be told apart.
func TestGuessingIsSlowedAndThenRefused(t *testing.T) {
	v := nyVerden(t)
	k := v.konsument(etat, standard)
	v.login(k, "etat", nil)
	v.login(k, "annen", nil)
	delays := []time.Duration{100 * ms, 200 * ms, 400 * ms, 800 * ms, 1600 * ms}
	for len(delays) < perUser.refused-perUser.free {
		delays = append(delays, maxDelay)
	}
	for n, navn := range []string{"etat", "finnes-ikke"} {
		source := netip.AddrFrom4([4]byte{198, 51, 100, byte(n)})
		hashes := v.hashes.Load()
		wrong, refused := v.guess(source, navn, 30)
		if wrong != 20 || refused != 10 || v.hashes.Load()-hashes != 40 {
			t.Errorf("login %d: %d wrong, %d refused, %d hashes", n, wrong, refused, v.hashes.Load()-hashes)
		}
		if diff := cmp.Diff(delays, v.slept()); diff != "" {
			t.Errorf("login %d: delays (-want +got):\n%s", n, diff)
		}
	}
	v.inn(v.port, fra(kontor, "annen", passord))
	if slept := v.slept(); len(slept) > 0 {
		t.Errorf("somebody else waited %v", slept)
	}
	guesser := netip.AddrFrom4([4]byte{198, 51, 100, 0})
	v.ute(v.port, fra(guesser, "etat", passord), ErrForMange) // it may have guessed right
	v.inn(v.port, fra(kontor, "etat", passord))               // nobody knows the user there
	if diff := cmp.Diff([]time.Duration{maxDelay}, v.slept()); diff != "" {
		t.Errorf("others slow the user, delays (-want +got):\n%s", diff)
	}
	v.pass(window - time.Second)
	v.ute(v.port, fra(guesser, "etat", passord), ErrForMange)
	v.pass(time.Second)
	if v.inn(v.port, fra(guesser, "etat", passord)); len(v.slept()) > 0 {
		t.Error("after the window it waited")
	}
}

// TestGuessingFromManySourcesDoesNotLockTheUserOut: it slows the user who comes from elsewhere, and does not even that to
// one who comes from where it has come before.
func TestGuessingFromManySourcesDoesNotLockTheUserOut(t *testing.T) {
	v := nyVerden(t)
	v.login(v.konsument(etat, standard), "etat", nil)
	v.inn(v.port, fra(kontor, "etat", passord))
	v.pass(24 * time.Hour)
	wrong, refused := 0, 0
	for n := range 100 {
		w, r := v.guess(netip.AddrFrom4([4]byte{198, 51, 100, byte(n)}), "etat", 1)
		wrong, refused = wrong+w, refused+r
	}
	if wrong != 100 || refused != 0 || len(v.slept()) != 100-perUser.free {
		t.Errorf("%d wrong, %d refused", wrong, refused)
	}
	v.inn(v.port, fra(kontor, "ETAT", passord))
	if slept := v.slept(); len(slept) > 0 {
		t.Errorf("it waited %v", slept)
	}
	v.inn(v.port, fra(fremmed, "etat", passord))
	if diff := cmp.Diff([]time.Duration{maxDelay}, v.slept()); diff != "" {
		t.Errorf("from elsewhere, delays (-want +got):\n%s", diff)
	}
}

// TestRememberedLoginIsNoOracle: who guesses right when no more attempts are left is refused like who guesses wrong,
// although the user itself is remembered, and goes on undisturbed where it is.
func TestRememberedLoginIsNoOracle(t *testing.T) {
	v := nyVerden(t)
	v.login(v.konsument(etat, standard), "etat", nil)
	v.inn(v.port, fra(kontor, "etat", passord))
	v.guess(fremmed, "etat", 30)
	v.ute(v.port, fra(fremmed, "etat", passord), ErrForMange)
	hashes := v.hashes.Load()
	v.guess(kontor, "etat", guesses-1) // beside it; with some that are refused
	v.inn(v.port, fra(kontor, "etat", passord))
	v.guess(kontor, "etat", 1)
	v.ute(v.port, fra(kontor, "etat", passord), ErrForMange)
	if got := v.hashes.Load() - hashes; got != 2*int64(perUser.refused) {
		t.Errorf("%d hashes", got)
	}
}

// TestSourceThatGuessesDoesNotLockOutOthersBehindIt who are known: by session, by what is remembered, by what was.
func TestSourceThatGuessesDoesNotLockOutOthersBehindIt(t *testing.T) {
	v := nyVerden(t)
	k := v.konsument(etat, standard)
	v.login(k, "kjent", nil)
	v.login(k, "husket", nil)
	v.login(k, "ukjent", nil)
	sesjon := v.inn(v.port, fra(kontor, "kjent", passord)).Sesjonsid
	v.pass(10 * time.Minute)
	v.inn(v.port, fra(kontor, "husket", passord))
	wrong, refused := 0, 0
	for n := range 100 {
		w, r := v.guess(kontor, fmt.Sprintf("navn-%d", n), 1)
		wrong, refused = wrong+w, refused+r
	}
	if wrong != perSource.refused || refused != 100-perSource.refused {
		t.Errorf("%d wrong, %d refused", wrong, refused)
	}
	hashes := v.hashes.Load()
	v.slept()
	v.inn(v.port, Legitimasjon{Sesjonsid: sesjon, Kilde: kontor})
	v.inn(v.port, fra(kontor, "husket", passord))
	if got := v.hashes.Load() - hashes; got != 0 {
		t.Errorf("%d hashes", got)
	}
	v.inn(v.port, fra(kontor, "kjent", passord)) // no longer remembered
	if slept := v.slept(); len(slept) > 0 {
		t.Errorf("they waited %v", slept)
	}
	v.ute(v.port, fra(kontor, "ukjent", passord), ErrForMange)
	v.inn(v.port, fra(fremmed, "ukjent", passord))
}

// TestKnownUserIsMeasuredByItsOwnFailures where it is known; and what it was known by is forgotten in time.
func TestKnownUserIsMeasuredByItsOwnFailures(t *testing.T) {
	v := nyVerden(t)
	v.login(v.konsument(etat, standard), "etat", nil)
	v.inn(v.port, fra(kontor, "etat", passord))
	v.pass(verifiedFor)
	if wrong, refused := v.guess(kontor, "etat", 30); wrong != 20 || refused != 10 {
		t.Errorf("%d wrong, %d refused", wrong, refused)
	}
	v.ute(v.port, fra(kontor, "etat", passord), ErrForMange)
	v.pass(lately)
	v.guess(fremmed, "etat", 20)
	v.slept()
	v.inn(v.port, fra(kontor, "etat", passord))
	if diff := cmp.Diff([]time.Duration{maxDelay}, v.slept()); diff != "" {
		t.Errorf("forgotten, delays (-want +got):\n%s", diff)
	}
}

// TestSourceIsAnAddressAndInIPv6ItsNetwork: nobody has one address of IPv6.
func TestSourceIsAnAddressAndInIPv6ItsNetwork(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{{"192.0.2.1", "192.0.2.1", true}, {"192.0.2.1", "192.0.2.2", false}, {"192.0.2.1", "::ffff:192.0.2.1", true},
		{"2001:db8:1:2::1", "2001:db8:1:2:ffff::1", true}, {"2001:db8:1:2::1", "2001:db8:1:3::1", false}, {"fe80::1%eth0", "fe80::2%eth1", true},
		{"2001:db8::1", "192.0.2.1", false}} {
		if got := network(netip.MustParseAddr(c.a)) == network(netip.MustParseAddr(c.b)); got != c.same {
			t.Errorf("%s and %s: %v", c.a, c.b, got)
		}
	}
	if network(netip.Addr{}) == network(netip.IPv4Unspecified()) {
		t.Error("no address is one")
	}
}

// TestCrowdThatGuessesAllAtOnceGetsNoFurther than one that guesses in turn, but for those that are already at it; and no
// more hashes are worked on at once than there are places.
func TestCrowdThatGuessesAllAtOnceGetsNoFurther(t *testing.T) {
	v := nyVerden(t)
	v.login(v.konsument(etat, standard), "etat", nil)
	var atOnce, most atomic.Int64
	compare := v.port.compare
	v.port.compare = func(passord, hash string) (bool, error) {
		if n := atOnce.Add(1); n > most.Load() {
			most.Store(n)
		}
		defer atOnce.Add(-1)
		runtime.Gosched() // so that others come to it, if they may
		return compare(passord, hash)
	}
	var all sync.WaitGroup
	for n := range 200 {
		all.Go(func() {
			_, err := v.port.Slipp(context.Background(), fra(fremmed, "etat", fmt.Sprintf("gjetning-%d", n)))
			if !errors.Is(err, ErrUgyldigBruker) && !errors.Is(err, ErrForMange) {
				t.Errorf("got %v", err)
			}
		})
	}
	all.Wait()
	if got, limit := v.hashes.Load(), int64(2*(perUser.refused+cap(v.port.hashing))); got > limit {
		t.Errorf("%d hashes, at most %d", got, limit)
	}
	if got := most.Load(); got > int64(cap(v.port.hashing)) {
		t.Errorf("%d hashes at once", got)
	}
}

// TestFewMayWaitAtOnce: whoever comes when they all are waiting is refused, and none of them holds a place for a hash.
func TestFewMayWaitAtOnce(t *testing.T) {
	v := nyVerden(t)
	k := v.konsument(etat, standard)
	v.login(k, "etat", nil)
	v.login(k, "annen", nil)
	v.guess(fremmed, "etat", perUser.free)
	asleep, wake := make(chan struct{}), make(chan struct{})
	v.port.sleep = func(context.Context, time.Duration) error {
		asleep <- struct{}{}
		<-wake
		return nil
	}
	var all sync.WaitGroup
	for range maxWaiting {
		all.Go(func() { _, _ = v.port.Slipp(context.Background(), fra(fremmed, "etat", "feil-feil")) })
	}
	for range maxWaiting {
		<-asleep
	}
	v.ute(v.port, fra(fremmed, "etat", "feil-feil"), ErrForMange)
	v.inn(v.port, fra(kontor, "annen", passord))
	close(wake)
	all.Wait()
	if v.port.throttle.waiting != 0 {
		t.Errorf("%d still wait", v.port.throttle.waiting)
	}
}

func TestWaitEndsWithTheContext(t *testing.T) {
	v := nyVerden(t)
	v.login(v.konsument(etat, standard), "etat", nil)
	v.guess(fremmed, "etat", 20-1)
	v.port.sleep = sleep // the real one
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := v.port.Slipp(ctx, fra(fremmed, "etat", passord)); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// TestMemoryOfAFloodIsBounded, and what came last is in it.
func TestMemoryOfAFloodIsBounded(t *testing.T) {
	r := newRecent[int, int](time.Minute, 100)
	at := time.Date(2026, 3, 10, 9, 0, 0, 0, time.UTC)
	for n := range 1000 {
		r.put(n, n, at)
		if len(r.now)+len(r.before) > 100 {
			t.Fatalf("%d entries after %d", len(r.now)+len(r.before), n)
		}
	}
	for n := 950; n < 1000; n++ {
		if _, found := r.get(n, at); !found {
			t.Errorf("%d is forgotten", n)
		}
	}
}

func TestRecentRemembersAtLeastItsTimeAndAtMostTwice(t *testing.T) {
	at := time.Date(2026, 3, 10, 9, 0, 0, 0, time.UTC)
	for first := range 60 {
		r := newRecent[string, int](time.Minute, 100)
		r.get("x", at) // the generation begins
		put := at.Add(time.Duration(first) * time.Second)
		r.put("x", 1, put)
		for after, want := range map[time.Duration]bool{time.Minute - time.Second: true, 2 * time.Minute: false} {
			s := recent[string, int]{life: r.life, max: r.max, turned: r.turned, now: r.now, before: r.before}
			if _, got := s.get("x", put.Add(after)); got != want {
				t.Errorf("put %v into a generation, asked %v after: %v", put.Sub(at), after, got)
			}
		}
	}
}
