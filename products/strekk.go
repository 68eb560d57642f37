package products

import (
	"bytes"
	"sync/atomic"
)

// Much of a list is the same in many of its rows: the employer, and codes with their texts. Such a stretch of an answer is
// written once, as everything is, and copied from then on. For a consumer with a tree everything is written each time.

// maxStrekk is the length in bytes of the longest stretch that is copied.
const maxStrekk = 512

// igjen writes a stretch again, and says whether it did: not one that is empty.
func (s *Svar) igjen(strekk []byte) bool {
	if len(strekk) == 0 || s.begrenset {
		return false
	}
	s.n += copy(s.room(len(strekk)), strekk)
	return true
}

// sted is a place in an answer.
type sted struct{ flushes, n int }

// her is where the answer has come to.
func (s *Svar) her() sted {
	s.room(maxStrekk)
	return sted{s.flushes, s.n}
}

// siden is what has been written since, until more is written. It is empty for a consumer with a tree, and when it is too
// long or some of it has left.
func (s *Svar) siden(begin sted) []byte {
	if s.begrenset || s.flushes != begin.flushes || s.n-begin.n > maxStrekk {
		return nil
	}
	return s.buf[begin.n:s.n]
}

// strekkplass is where a stretch is kept for all answers.
type strekkplass struct{ atomic.Pointer[[]byte] }

// enGang writes what write writes, which must be the same each time: once, and then copied from the place. Without a place, and
// for a consumer with a tree, it is written each time.
func (s *Svar) enGang(plass *strekkplass, write func()) {
	if plass == nil || s.begrenset {
		write()
		return
	}
	if kjent := plass.Load(); kjent != nil && s.igjen(*kjent) {
		return
	}
	begin := s.her()
	write()
	if strekk := s.siden(begin); strekk != nil {
		plass.CompareAndSwap(nil, new(bytes.Clone(strekk)))
	}
}
