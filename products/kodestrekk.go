package products

import (
	"sync/atomic"

	"aareg/store"
)

// kodestrekk is a stretch that hangs on two codes and flags alone: codes with their texts are most of a row's letters.
type kodestrekk struct {
	a, b  store.Kodeverdi
	flagg uint8
	strekkplass
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

// koder writes what write writes of two codes and flags: once, and then copied. The codes are kept, so their texts must be such
// as stay, as the kodebok's do; and the same texts in the same place are quicker to compare.
func (s *Svar) koder(a, b *store.Kodeverdi, flagg uint8, write func()) {
	s.enGang(finnKoder(a, b, flagg|s.dialekt*strekk2015), write)
}

// finnKoder is the place of codes; nil when all places that they may have are others'.
func finnKoder(a, b *store.Kodeverdi, flagg uint8) *strekkplass {
	at := kodeplass(a, b, flagg)
	for i := range uint64(forsoek) {
		plass := &kodestrekker[(at+i)%uint64(len(kodestrekker))]
		der := plass.Load()
		if der == nil {
			plass.CompareAndSwap(nil, &kodestrekk{a: *a, b: *b, flagg: flagg})
			der = plass.Load() // this one, or what somebody else has put there
		}
		if der.flagg == flagg && der.b == *b && der.a == *a {
			return &der.strekkplass
		}
	}
	return nil
}

// kodeplass is the first place that codes may have. What tells them apart is mostly the end of the second one.
func kodeplass(a, b *store.Kodeverdi, flagg uint8) uint64 {
	h := uint64(len(a.Kode)+len(b.Beskrivelse))<<5 | uint64(flagg)
	if n := min(len(b.Kode), 6); n > 0 {
		h = h<<48 ^ lastWord(b.Kode, n)
	}
	return h * 0x9e3779b97f4a7c15 >> (64 - kodebits)
}
