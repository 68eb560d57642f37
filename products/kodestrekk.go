package products

import (
	"bytes"
	"sync/atomic"

	"aareg/store"
)

// kodestrekk is a stretch that hangs on two codes and flags alone: codes with their texts are most of a row's letters.
type kodestrekk struct {
	a, b   store.Kodeverdi
	flagg  uint8
	strekk []byte
}

// The flags of a kodestrekk: what it is of, and in which dialect. An arbeidsforhold's begins with its type and ends with the
// yrke of its agreement, if it has one; a hit's has the organisation form of the unit.
const (
	strekk2015 = 1 << iota
	strekkAOrdningen
	strekkAvtale
	strekkEnhet
	strekkHistorisk
)

// kodestrekker are the first that were written, for all answers: less than three megabytes together. They stay, each in one of
// the forsoek places that are its own; where others have these, codes are written anew each time. One that gave its place to
// the next would cost more than it saves as soon as two take turns.
var kodestrekker [1 << kodebits]atomic.Pointer[kodestrekk]

const (
	kodebits = 12
	forsoek  = 4
)

// kodeplass is the first place that codes may have.
func kodeplass(a, b *store.Kodeverdi, flagg uint8) uint64 {
	h := uint64(len(a.Kode))<<5 | uint64(flagg)
	if n := min(len(b.Kode), 6); n > 0 {
		h = h<<48 ^ lastWord(b.Kode, n)
	}
	return h * 0x9e3779b97f4a7c15 >> (64 - kodebits)
}

// finnKoder is the stretch of codes, or else the place that it is to have; neither when all its places are others'.
func finnKoder(a, b *store.Kodeverdi, flagg uint8) (strekk []byte, ledig *atomic.Pointer[kodestrekk]) {
	at := kodeplass(a, b, flagg)
	for i := range uint64(forsoek) {
		plass := &kodestrekker[(at+i)%uint64(len(kodestrekker))]
		switch der := plass.Load(); {
		case der == nil:
			return nil, plass
		case der.flagg == flagg && der.b == *b && der.a == *a:
			return der.strekk, nil
		}
	}
	return nil, nil
}

// koder writes what write writes of two codes and flags: once, and then copied.
func (s *Svar) koder(a, b *store.Kodeverdi, flagg uint8, write func()) {
	flagg |= s.dialekt * strekk2015
	strekk, ledig := finnKoder(a, b, flagg)
	if s.igjen(strekk) {
		return
	}
	begin := s.her()
	write()
	if strekk := s.siden(begin); strekk != nil && ledig != nil {
		ledig.CompareAndSwap(nil, &kodestrekk{*a, *b, flagg, bytes.Clone(strekk)})
	}
}
