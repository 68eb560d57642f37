package tilgang

import (
	"crypto/sha1" // the profile has no other
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/binary"
	"sync"
	"time"

	"aareg/store/konsument"
)

// skew is how far Created of a digest may be from now, to either side.
const skew = 5 * time.Minute

// fits says whether a digest was made of the login's password, just now, and never came before. One that was Created
// before this process started is refused: the process before may have taken it already.
func (p *Port) fits(login *konsument.Innlogging, d *Digest, now time.Time) bool {
	secret := ""
	if login != nil {
		secret = login.Digest
	}
	h := sha1.New()
	h.Write(d.Nonce)
	h.Write([]byte(d.Created))
	h.Write([]byte(secret))
	verdi, err := base64.StdEncoding.DecodeString(d.Verdi)
	if subtle.ConstantTimeCompare(h.Sum(nil), verdi) != 1 || err != nil || secret == "" || len(d.Nonce) == 0 {
		return false
	}
	created, err := time.Parse(time.RFC3339, d.Created)
	if err != nil || created.Before(p.started) || now.Sub(created).Abs() > skew {
		return false
	}
	return p.nonces.once(login.Nr, d.Nonce, now)
}

// maxNonces is how many nonces are remembered at most; a million is 800 digest logins a second.
const maxNonces = 1_000_000

// nonces remembers the nonces of right digests as long as one could be taken again. When there is no more room it takes
// no new ones, since one that was forgotten could be replayed.
type nonces struct {
	mu   sync.Mutex
	seen recent[mac, struct{}]
}

// A digest that was Created skew ahead of the clock is good for twice that.
func newNonces() *nonces { return &nonces{seen: newRecent[mac, struct{}](2*skew, maxNonces)} }

// once says whether a login's nonce comes for the first time.
func (n *nonces) once(innlogging int64, nonce []byte, now time.Time) bool {
	key := mac(sha256.Sum256(append(binary.BigEndian.AppendUint64(nil, uint64(innlogging)), nonce...)))
	n.mu.Lock()
	defer n.mu.Unlock()
	if _, seen := n.seen.get(key, now); seen || n.seen.full(now) {
		return false
	}
	n.seen.put(key, struct{}{}, now)
	return true
}
