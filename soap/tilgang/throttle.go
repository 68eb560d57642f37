package tilgang

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"net/netip"
	"sync"
	"time"
)

// What failed logins cost whoever causes them: after a few, each next one takes longer, and after more there is none
// until the window, which begins with the first failure, has passed.
const (
	window     = 15 * time.Minute
	firstDelay = 100 * time.Millisecond // doubled with every failure
	maxDelay   = 2 * time.Second
	// maxWaiting is how many may wait out a delay at once, for all callers together; more are refused.
	maxWaiting = 64
	// lately is how long a user and source that have succeeded together count as known; jobs that run once a week do.
	lately = 8 * 24 * time.Hour
	// guesses is how many attempts by a user and source together, refused ones among them, it takes until what is
	// remembered of them is not believed either: a guesser beside the user could hit it.
	guesses     = 100
	maxFailures = 1 << 18
	maxKnown    = 1 << 16
)

// limit is how many failures are free, and from how many on there is no further attempt.
type limit struct{ free, refused int }

// A source may be many users behind one address.
var (
	perUser   = limit{5, 20}
	perSource = limit{10, 60}
)

// delay is how long an attempt waits after n failures in the window.
func (l limit) delay(n int) time.Duration {
	if n < l.free {
		return 0
	}
	return min(firstDelay<<min(n-l.free, 10), maxDelay)
}

// throttle counts failed logins by user name, whoever has it or nobody, and by source. What others do from elsewhere slows a
// user and does not refuse them: else anybody could keep anybody out. A user and source that have
// lately succeeded together are measured by their own failures alone, whatever others do. Its memory is bounded, and
// has nothing in it but keyed hashes. refuse, knows, measure, count and add are called with the lock held.
type throttle struct {
	key []byte

	mu       sync.Mutex
	versjon  int64 // of the consumers, when the failures were counted
	failures recent[mac, failures]
	known    recent[mac, time.Time] // by user and source: when they last succeeded
	waiting  int
}

type failures struct {
	n     int
	since time.Time
}

func newThrottle() *throttle {
	return &throttle{key: newKey(), failures: newRecent[mac, failures](window, maxFailures),
		known: newRecent[mac, time.Time](lately, maxKnown)}
}

// follow forgets failures when the consumers have changed: whoever runs the service has done something about them.
func (t *throttle) follow(versjon int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.versjon != versjon {
		t.versjon = versjon
		t.failures.clear()
	}
}

// attempt is what one login is counted under.
type attempt struct{ user, source, both mac }

func (t *throttle) attempt(source netip.Addr, user string) attempt {
	from := network(source)
	return attempt{t.mac("user", user, ""), t.mac("source", "", from), t.mac("both", user, from)}
}

func (t *throttle) mac(kind, user, source string) (sum mac) {
	h := hmac.New(sha256.New, t.key)
	fmt.Fprintf(h, "%s %q %q", kind, source, user)
	h.Sum(sum[:0])
	return sum
}

// network is what counts as one source: an address, of IPv6 the /64 that one subscriber has all of.
func network(source netip.Addr) string {
	source = source.Unmap().WithZone("")
	if source.Is6() {
		prefix, _ := source.Prefix(64) // 64 is a length that it may have
		return prefix.String()
	}
	return source.String()
}

// hold lets an attempt wait for as long as its failures have earned, or refuses it with ErrForMange.
func (t *throttle) hold(ctx context.Context, a attempt, now time.Time, sleep func(context.Context, time.Duration) error) error {
	delay, err := t.enter(a, now)
	if err != nil || delay == 0 {
		return err
	}
	defer t.leave()
	if err := sleep(ctx, delay); err != nil {
		return fmt.Errorf("login: %w", err)
	}
	return nil
}

// enter takes a place among those that wait, when there is a delay.
func (t *throttle) enter(a attempt, now time.Time) (delay time.Duration, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delay, refused := t.measure(a, now)
	if refused || delay > 0 && t.waiting >= maxWaiting {
		return 0, t.refuse(a, now)
	}
	if delay > 0 {
		t.waiting++
	}
	return delay, nil
}

func (t *throttle) leave() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.waiting--
}

// again says whether an attempt that has waited is refused after all.
func (t *throttle) again(a attempt, now time.Time) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if _, refused := t.measure(a, now); refused {
		return t.refuse(a, now)
	}
	return nil
}

// refuse counts an attempt by who may be remembered. It does not count others: they cost nothing, and a flood of them
// would make the throttle forget.
func (t *throttle) refuse(a attempt, now time.Time) error {
	if t.knows(a, now) {
		t.add(a.both, now)
	}
	return ErrForMange
}

// guessed says whether so many were tried that who is remembered must prove it anew.
func (t *throttle) guessed(a attempt, now time.Time) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.count(a.both, now).n >= guesses
}

func (t *throttle) knows(a attempt, now time.Time) bool {
	at, known := t.known.get(a.both, now)
	return known && now.Sub(at) < lately
}

// measure is what the failures so far have earned an attempt.
func (t *throttle) measure(a attempt, now time.Time) (delay time.Duration, refused bool) {
	if t.knows(a, now) {
		n := t.count(a.both, now).n
		return perUser.delay(n), n >= perUser.refused
	}
	user, source, both := t.count(a.user, now).n, t.count(a.source, now).n, t.count(a.both, now).n
	return max(perUser.delay(user), perSource.delay(source)), both >= perUser.refused || source >= perSource.refused
}

// count is how many failures there are in the window that is open.
func (t *throttle) count(key mac, now time.Time) failures {
	f, _ := t.failures.get(key, now)
	if now.Sub(f.since) >= window {
		return failures{since: now}
	}
	return f
}

func (t *throttle) failed(a attempt, now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, key := range []mac{a.user, a.source, a.both} {
		t.add(key, now)
	}
}

func (t *throttle) add(key mac, now time.Time) {
	f := t.count(key, now)
	f.n++
	t.failures.put(key, f, now)
}

// succeeded does not forget failures: whoever has one login could go on guessing another.
func (t *throttle) succeeded(a attempt, now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.known.put(a.both, now, now)
}

// sleep waits, but not longer than the context.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
