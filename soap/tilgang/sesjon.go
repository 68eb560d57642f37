package tilgang

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"hash"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Noekkel signs session ids. Every replica that has it can check one without shared state.
type Noekkel []byte

// Utsted makes a session id: `<unix seconds>.<login number>#<27 base64 characters>`, the last a keyed hash of the rest,
// cut to 20 bytes. It is a bearer secret: never log it.
func (k Noekkel) Utsted(at time.Time, innlogging int64) string {
	b := strconv.AppendInt(make([]byte, 0, 64), at.Unix(), 10)
	b = strconv.AppendInt(append(b, '.'), innlogging, 10)
	s := k.signers()
	mac := s.pool.Get().(hash.Hash)
	mac.Reset()
	mac.Write(b)
	sum := mac.Sum(make([]byte, 0, sha256.Size))
	s.pool.Put(mac)
	return string(base64.RawStdEncoding.AppendEncode(append(b, '#'), sum[:20]))
}

// signers are hashes with a key in them: to put it in costs as much as to sign.
type signers struct {
	key  string
	pool sync.Pool
}

// latest are those of the key that was used last: a program has one.
var latest atomic.Pointer[signers]

func (k Noekkel) signers() *signers {
	s := latest.Load()
	if s == nil || s.key != string(k) {
		s = &signers{key: string(k)}
		s.pool.New = func() any { return hmac.New(sha256.New, []byte(s.key)) }
		latest.Store(s)
	}
	return s
}

// Les checks a session id, which must be to the letter what Utsted makes, and tells when it was issued and to which
// login. Whether it is still in force is not its business.
func (k Noekkel) Les(sesjonsid string) (at time.Time, innlogging int64, ok bool) {
	if len(k) == 0 {
		return time.Time{}, 0, false // anybody can make those
	}
	issued, rest, _ := strings.Cut(sesjonsid, ".")
	number, _, _ := strings.Cut(rest, "#")
	seconds, err := strconv.ParseInt(issued, 10, 64)
	if err != nil {
		return time.Time{}, 0, false
	}
	if innlogging, err = strconv.ParseInt(number, 10, 64); err != nil || seconds < 0 || innlogging < 0 {
		return time.Time{}, 0, false
	}
	at = time.Unix(seconds, 0)
	// The whole text is compared, so that there is one spelling of each: no sign, no leading zero, no other padding.
	if !hmac.Equal([]byte(k.Utsted(at, innlogging)), []byte(sesjonsid)) {
		return time.Time{}, 0, false
	}
	return at, innlogging, true
}
