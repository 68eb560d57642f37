package products

import (
	"encoding/binary"
	"math/bits"
	"strconv"

	"aareg/store"
)

// Dato writes åååå-mm-dd.
func (s *Svar) Dato(tag *Tag, d store.Dato) {
	if s.begrenset && !s.shows(tag) {
		return
	}
	b, at := s.start(tag, 0)
	if d != 0 {
		at += putISO(b[at:], uint32(d))
	}
	s.end(tag, b, at)
}

// NorskDato writes dd.mm.åååå.
func (s *Svar) NorskDato(tag *Tag, d store.Dato) {
	if s.begrenset && !s.shows(tag) {
		return
	}
	b, at := s.start(tag, 0)
	if d != 0 {
		at += putNorsk(b[at:], uint32(d))
	}
	s.end(tag, b, at)
}

// Maaned writes åååå-mm.
func (s *Svar) Maaned(tag *Tag, m store.Maaned) {
	if s.begrenset && !s.shows(tag) {
		return
	}
	b, at := s.start(tag, 0)
	if m != 0 {
		at += putISO(b[at:], uint32(m)*100) - len("-00")
	}
	s.end(tag, b, at)
}

// putISO and putNorsk write the date of a number yyyymmdd as it is read, and return its length. They are
// Dato.AppendISO and Dato.AppendNorsk with the places of the digits known.
func putISO(b []byte, d uint32) int {
	b = b[:10]
	w := digits(d)
	year, month, day := w&0xffff_ffff, w>>32&0xffff, w>>48
	binary.LittleEndian.PutUint64(b, year|'-'<<32|month<<40|'-'<<56)
	binary.LittleEndian.PutUint16(b[8:], uint16(day))
	return len(b)
}

func putNorsk(b []byte, d uint32) int {
	b = b[:10]
	w := digits(d)
	binary.LittleEndian.PutUint16(b, uint16(w>>48))
	b[2] = '.'
	binary.LittleEndian.PutUint16(b[3:], uint16(w>>32))
	b[5] = '.'
	binary.LittleEndian.PutUint32(b[6:], uint32(w))
	return len(b)
}

// putNumber writes a whole number, and returns its length. Most are of eight digits at most.
func putNumber(b []byte, n int64) int {
	if uint64(n) >= 100_000_000 {
		return len(strconv.AppendInt(b[:0], n, 10))
	}
	w := digits(uint32(n))
	const last = 1 << 56 // a bit of the last digit, which is written whatever it is
	zeros := bits.TrailingZeros64(w&^('0'*ones)|last) / 8
	binary.LittleEndian.PutUint64(b, w>>(8*zeros))
	return 8 - zeros
}

// digits are the eight digits of a number as text, the first lowest. All eight are found at once: the number is halved into
// two of four digits, these into four of two, and these into eight, each in its part of the word; a product and a shift
// divide all parts by 100 or 10.
func digits(n uint32) uint64 {
	const zeros = 0x3030303030303030
	w := uint64(n/10000) | uint64(n%10000)<<32
	upper := w * 10486 >> 20 & 0x7f_0000_007f // the hundreds
	w = upper | (w-upper*100)<<16
	upper = w * 103 >> 10 & 0xf_000f_000f_000f // the tens
	w = upper | (w-upper*10)<<8
	return w | zeros
}
