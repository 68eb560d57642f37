package products

import "aareg/store"

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
// Dato.AppendISO and Dato.AppendNorsk with the digits in pairs and their places known.
func putISO(b []byte, d uint32) int {
	b = b[:10]
	pair(b, d/1000000)
	pair(b[2:], d/10000)
	b[4] = '-'
	pair(b[5:], d/100)
	b[7] = '-'
	pair(b[8:], d)
	return len(b)
}

func putNorsk(b []byte, d uint32) int {
	b = b[:10]
	pair(b, d)
	b[2] = '.'
	pair(b[3:], d/100)
	b[5] = '.'
	pair(b[6:], d/1000000)
	pair(b[8:], d/10000)
	return len(b)
}

// pair writes the last two digits of a number.
func pair(b []byte, n uint32) {
	n %= 100
	b[0], b[1] = byte('0'+n/10), byte('0'+n%10)
}
