package tilgang

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"sync"
	"time"

	"aareg/store/konsument"
)

// How long, and how many, credentials that were right are remembered: clients of the platform's time send them with
// every call.
const (
	verifiedFor = 5 * time.Minute
	maxVerified = 20_000
)

// mac is a keyed hash in place of what must not lie about in memory.
type mac [sha256.Size]byte

// verified remembers which credentials were right, and from where, under a key that only this process has. Any change of
// the consumers makes it forget them all. Somewhere else the same credentials are worked on anew: else whoever guesses
// could go on past every limit until the remembered ones are hit.
type verified struct {
	key []byte

	mu      sync.Mutex
	versjon int64
	logins  recent[mac, time.Time]
}

func newVerified() *verified {
	return &verified{key: newKey(), logins: newRecent[mac, time.Time](verifiedFor, maxVerified)}
}

func newKey() []byte {
	key := make([]byte, 32)
	_, _ = rand.Read(key) // it never fails
	return key
}

func (v *verified) mac(login *konsument.Innlogging, from mac, passord string) (sum mac) {
	h := hmac.New(sha256.New, v.key)
	h.Write(binary.BigEndian.AppendUint64(from[:], uint64(login.Nr)))
	h.Write([]byte(passord))
	h.Sum(sum[:0])
	return sum
}

// has says whether the password was lately found to be the login's, nil for none, by somebody from there (attempt.both)
// and in the same picture of the consumers. Of digests it knows nothing.
func (v *verified) has(versjon int64, login *konsument.Innlogging, from mac, l *Legitimasjon, now time.Time) bool {
	if login == nil || l.Digest != nil {
		return false
	}
	sum := v.mac(login, from, l.Passord)
	v.mu.Lock()
	defer v.mu.Unlock()
	v.follow(versjon)
	at, found := v.logins.get(sum, now)
	return found && now.Sub(at) < verifiedFor
}

func (v *verified) put(versjon int64, login *konsument.Innlogging, from mac, l *Legitimasjon, now time.Time) {
	if l.Digest != nil {
		return
	}
	sum := v.mac(login, from, l.Passord)
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.versjon == versjon { // else the consumers have changed since it was found right
		v.logins.put(sum, now, now)
	}
}

func (v *verified) follow(versjon int64) {
	if v.versjon != versjon {
		v.versjon = versjon
		v.logins.clear()
	}
}
