package store

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"hash/crc32"
	"unsafe"
)

// The lists that names are searched in are kept in pieces, so that an answer reads its hits where they lie, in order, and
// a change rewrites a piece and not a list. A table of such lists has three columns:
//
//	del    number of the list << 16 | number of the piece; numbers of pieces ascend, some may be missing
//	merke  the marks of its entries, together
//	dok    four bytes of checksum (CRC-32C, the low byte first), then the entries in order
//
// An entry is its mark, how many bytes its sortering has in common with that of the entry before, the rest of it, its
// id, and what it holds (stykke.add).

// stykkepost is an entry: where it stands in its list, by sortering and then by id, both in the order of their bytes; a
// mark; and what it holds. The mark is a set: a question that asks for none of it passes the entry by, and a piece
// that has none of it is not even read.
type stykkepost struct {
	sortering, id []byte
	merke         uint64
	pakke         []byte
}

func (p *stykkepost) compare(q *stykkepost) int {
	return cmp.Or(bytes.Compare(p.sortering, q.sortering), bytes.Compare(p.id, q.id))
}

// stykkeposter is how many entries a piece has when its list is made.
const stykkeposter = 64

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// kontrollsum is how many bytes the checksum takes.
const kontrollsum = 4

// stykke is a piece that is being packed.
type stykke struct {
	pakker
	n       int
	merke   uint64
	forrige []byte // the sortering of the entry before
}

func (s *stykke) begynn() {
	s.b, s.forrige = append(s.b[:0], make([]byte, kontrollsum)...), s.forrige[:0]
	s.n, s.merke = 0, 0
}

func (s *stykke) add(p *stykkepost) {
	felles := 0
	for felles < len(s.forrige) && felles < len(p.sortering) && s.forrige[felles] == p.sortering[felles] {
		felles++
	}
	s.number(p.merke)
	s.number(uint64(felles))
	for _, part := range [][]byte{p.sortering[felles:], p.id, p.pakke} {
		s.number(uint64(len(part)))
		s.b = append(s.b, part...)
	}
	s.forrige = append(s.forrige[:felles], p.sortering[felles:]...)
	s.merke |= p.merke
	s.n++
}

// dok is the piece as it is stored.
func (s *stykke) dok() []byte {
	binary.LittleEndian.PutUint32(s.b, crc32.Checksum(s.b[kontrollsum:], castagnoli))
	return s.b
}

// stykkeleser walks the entries of pieces without making anything of them: what it tells of an entry is gone with the
// next row of the query, sortering with the next entry. What is to stay is asked for by bevart.
type stykkeleser struct {
	merke     uint64
	sortering []byte
	err       error

	hele, kopien                   string // the piece
	idStart, idSlutt, start, slutt int    // where in it id and pakke stand
}

// begynn begins a piece, where SQLite holds it: a copy is only made of one that has hits.
func (l *stykkeleser) begynn(dok []byte) {
	*l = stykkeleser{sortering: l.sortering[:0]}
	if len(dok) < kontrollsum || binary.LittleEndian.Uint32(dok) != crc32.Checksum(dok[kontrollsum:], castagnoli) {
		l.err = errDok
		return
	}
	l.hele = unsafe.String(unsafe.SliceData(dok), len(dok))
	l.slutt = kontrollsum
}

// next goes to the next entry; false at the end of the piece, and when it is damaged (err).
func (l *stykkeleser) next() bool {
	if l.slutt == len(l.hele) {
		return false
	}
	p := peker{s: l.hele, i: l.slutt}
	l.merke = p.number()
	felles := p.number()
	start, end := p.part()
	l.idStart, l.idSlutt = p.part()
	l.start, l.slutt = p.part()
	if p.damaged || felles > uint64(len(l.sortering)) {
		l.hele, l.slutt, l.err = "", 0, errDok
		return false
	}
	l.sortering = l.sortering[:felles]
	l.sortering = append(l.sortering, l.hele[start:end]...)
	return true
}

func (l *stykkeleser) id() string    { return l.hele[l.idStart:l.idSlutt] }
func (l *stykkeleser) pakke() string { return l.hele[l.start:l.slutt] }

// bevart are id and pakke in memory that stays.
func (l *stykkeleser) bevart(lager *tekstlager) (id, pakke string) {
	if l.kopien == "" {
		l.kopien = lager.kopi(l.hele)
	}
	return l.kopien[l.idStart:l.idSlutt], l.kopien[l.start:l.slutt]
}

// post is the entry, copied.
func (l *stykkeleser) post() stykkepost {
	return stykkepost{bytes.Clone(l.sortering), []byte(l.id()), l.merke, []byte(l.pakke())}
}
