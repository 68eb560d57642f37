package logg

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"strings"
)

// punkt is a point in the chain: a row, or the place before the first.
type punkt struct {
	nr    int64
	kjede [sha256.Size]byte
	// hittil is the latest time of this row and all before it, in Unix milliseconds. Rows come nearly, not exactly, in
	// order of time, since they wait for one another and clocks are set; but this one never falls.
	hittil int64
	// etterslep is by how many milliseconds at most the time of a row was behind the latest before it.
	etterslep int64
}

// neste is the point of the row that follows.
func (p punkt) neste(tid int64, avtrykk [sha256.Size]byte) punkt {
	n := punkt{nr: p.nr + 1, hittil: tid, etterslep: p.etterslep}
	if p.hittil > tid {
		n.hittil, n.etterslep = p.hittil, max(p.etterslep, p.hittil-tid)
	}
	n.kjede = ledd(p.kjede, n.nr, n.hittil, avtrykk)
	return n
}

// ledd is the chain hash of a row: SHA-256 of the chain hash before it, its number, its hittil (both as 8 bytes, big
// endian) and the digest of its content.
func ledd(before [sha256.Size]byte, nr, hittil int64, avtrykk [sha256.Size]byte) [sha256.Size]byte {
	b := make([]byte, 0, 2*sha256.Size+16)
	b = append(b, before[:]...)
	b = binary.BigEndian.AppendUint64(b, uint64(nr))
	b = binary.BigEndian.AppendUint64(b, uint64(hittil))
	return sha256.Sum256(append(b, avtrykk[:]...))
}

// merke is which of the two signed points of a log it is.
type merke int

const (
	start merke = iota // the row before the first that is kept, and in a new log 32 random bytes that no other log has
	hode               // the newest row
)

// noekkel is the key that start and head are signed with.
type noekkel []byte

// signer is the HMAC-SHA-256 of a point.
func (k noekkel) signer(m merke, p punkt) []byte {
	h := hmac.New(sha256.New, k)
	b := fmt.Appendf(nil, "aareg logg %d\n", m)
	b = binary.BigEndian.AppendUint64(b, uint64(p.nr))
	b = binary.BigEndian.AppendUint64(b, uint64(p.hittil))
	b = binary.BigEndian.AppendUint64(b, uint64(p.etterslep))
	h.Write(append(b, p.kjede[:]...))
	return h.Sum(nil)
}

var errNoekkel = errors.New("a key file is 64 hexadecimal digits")

// lesNoekkel reads a key file: 32 bytes as hexadecimal digits, and a line feed.
func lesNoekkel(path string) (noekkel, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("key of the audit log: %w", err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, errors.New("key of the audit log: others may read it: chmod 600")
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("key of the audit log: %w", err)
	}
	k, err := hex.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(k) != sha256.Size {
		return nil, fmt.Errorf("key of the audit log: %w", errNoekkel)
	}
	return k, nil
}

// lagNoekkel makes a key file, for the owner to read, unless there is one.
func lagNoekkel(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, os.ErrExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("key of the audit log: %w", err)
	}
	k := make([]byte, sha256.Size)
	rand.Read(k)
	_, err = fmt.Fprintf(f, "%x\n", k)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		os.Remove(path)
		return fmt.Errorf("key of the audit log: %w", err)
	}
	return nil
}
