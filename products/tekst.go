package products

import (
	"encoding/binary"
	"math/bits"
	"unicode/utf8"
)

// putText writes as much of a text as may stand in XML as it is, and returns how much that was: all of nearly every
// text. It reads and writes eight bytes at a time, so b has 8 bytes more than the text.
func putText(b []byte, s string) int {
	if len(s) < 8 {
		return putMarked(b, s, 0)
	}
	i := 0
	for ; i <= len(s)-8; i += 8 {
		w := word(s[i:])
		binary.LittleEndian.PutUint64(b[i:], w)
		if special(w) != 0 {
			return putMarked(b, s, i)
		}
	}
	last := len(s) - 8 // the last eight, some of which may have been written
	w := word(s[last:])
	binary.LittleEndian.PutUint64(b[last:], w)
	if special(w) != 0 {
		return putMarked(b, s, i)
	}
	return len(s)
}

// putMarked is putText from a place on, where there may be something special.
func putMarked(b []byte, s string, i int) int {
	for i < len(s) {
		var w uint64
		if rest := len(s) - i; rest >= 8 {
			w = word(s[i:])
		} else {
			w = lastWord(s, rest)
		}
		binary.LittleEndian.PutUint64(b[i:], w)
		marked := special(w)
		if marked == 0 {
			i += 8
			continue
		}
		i += bits.TrailingZeros64(marked) / 8
		if !twoBytes(s[i:]) {
			return i
		}
		b[i], b[i+1] = s[i], s[i+1]
		i += 2
	}
	return len(s)
}

// lastWord is the last n bytes of a text, 1 to 7, the first lowest, and spaces after them.
func lastWord(s string, n int) uint64 {
	if len(s) >= 8 {
		return word(s[len(s)-8:])>>(64-8*n) | spaces<<(8*n)
	}
	w, s := uint64(spaces)<<(8*n), s[len(s)-n:]
	if n >= 4 { // the first four and the last four, which may be the same
		return w | uint64(halfWord(s)) | uint64(halfWord(s[n-4:]))<<(8*(n-4))
	}
	return w | uint64(s[0]) | uint64(s[n/2])<<(8*(n/2)) | uint64(s[n-1])<<(8*(n-1))
}

// halfWord is the first four bytes of a text, as word is the first eight.
func halfWord(s string) uint32 {
	_ = s[3]
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
}

// word is the first eight bytes of a text; the compiler makes one load of it.
func word(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

const (
	ones   = 0x0101010101010101 // one in each of eight bytes
	highs  = 0x80 * ones
	spaces = ' ' * ones
)

// special marks, by their highest bit, the bytes that may need another form in XML: controls, markup, and all beyond
// ASCII. Only the lowest mark is sure: the subtractions may carry above it.
func special(w uint64) uint64 {
	amp := w ^ '&'*ones
	angle := (w | 2*ones) ^ '>'*ones // < and > differ in this bit
	return (w | (w-spaces)&^w | (amp-ones)&^amp | (angle-ones)&^angle) & highs
}

// twoBytes says whether a text begins with a character of two bytes, U+0080 to U+07FF: the Norwegian letters are of
// those, and XML has them all.
func twoBytes(s string) bool {
	return len(s) >= 2 && s[0] >= 0xC2 && s[0] <= 0xDF && s[1]&0xC0 == 0x80
}

// text writes text between tags as XML character data: markup escaped, carriage return kept as a reference, what is no
// XML character replaced by U+FFFD.
func (s *Svar) text(value string) {
	for {
		n := putText(s.room(len(value)), value)
		s.n += n
		if value = value[n:]; value == "" {
			return
		}
		r, size := utf8.DecodeRuneInString(value)
		s.wrote(append(s.written(), reference(r, value[:size])...))
		value = value[size:]
	}
}

// reference is what is written for a character of a text.
func reference(r rune, text string) string {
	switch {
	case r == '&':
		return "&amp;"
	case r == '<':
		return "&lt;"
	case r == '>':
		return "&gt;"
	case r == '\r':
		return "&#xD;"
	case r == '\t' || r == '\n':
		return text
	case r < 0x20, r == 0xFFFE, r == 0xFFFF, r == utf8.RuneError && len(text) == 1:
		return "\uFFFD"
	}
	return text
}
