package store

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
)

// Numbers that no source delivers are minted between utstedtFra and utstedtTil, both included.
const (
	utstedtFra = 1_000_000_000
	utstedtTil = 1<<31 - 1
)

// utstedtId is the n-th minted arbeidsforholdId: a permutation of the numbers there are, keyed, so that ids cannot
// be counted through and no two meet. It is a Feistel network over 32 bits, walked until it lands among them.
func utstedtId(key []byte, n uint32) int64 {
	for {
		n = feistel(key, n)
		if n <= utstedtTil-utstedtFra {
			return utstedtFra + int64(n)
		}
	}
}

func feistel(key []byte, n uint32) uint32 {
	left, right := uint16(n>>16), uint16(n)
	for round := range byte(4) {
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte{round, byte(right >> 8), byte(right)})
		left, right = right, left^binary.BigEndian.Uint16(mac.Sum(nil))
	}
	return uint32(left)<<16 | uint32(right)
}
