package store

import (
	"encoding/binary"
	"encoding/hex"
	"errors"
	"strings"
)

// errDok says that a packed document is not one: the register is damaged.
var errDok = errors.New("packed document is damaged")

// pakker writes the parts of a packed document: numbers as varints, text with its length before it, codes as their
// number in the kodebok.
type pakker struct {
	b    []byte
	kode func(kodeverk string, v Kodeverdi) uint64
}

func (p *pakker) number(n uint64) { p.b = binary.AppendUvarint(p.b, n) }
func (p *pakker) dato(d Dato)     { p.number(uint64(d)) }
func (p *pakker) maaned(m Maaned) { p.number(uint64(m)) }

func (p *pakker) text(s string) {
	p.number(uint64(len(s)))
	p.b = append(p.b, s...)
}

func (p *pakker) verdi(kodeverk string, v Kodeverdi) {
	if v == (Kodeverdi{}) {
		p.number(0)
		return
	}
	p.number(p.kode(kodeverk, v))
}

// utpakker reads what pakker wrote. The document is one string, and its texts are parts of it. After the first
// thing that is not right everything reads as zero and err is set.
type utpakker struct {
	s     string
	at    uint // how far it has been read
	koder *kodebok
	err   error
}

// begin reads another document.
func (u *utpakker) begin(s string) { u.s, u.at = s, 0 }

// more says whether there is more to read.
func (u *utpakker) more() bool { return u.at < uint(len(u.s)) }

func (u *utpakker) fail() uint64 {
	u.s, u.at, u.err = "", 0, errDok
	return 0
}

func (u *utpakker) number() uint64 {
	if u.at < uint(len(u.s)) && u.s[u.at] < 0x80 { // as nearly all are
		u.at++
		return uint64(u.s[u.at-1])
	}
	return u.longNumber()
}

func (u *utpakker) longNumber() uint64 {
	var n uint64
	for i := uint(0); u.at+i < uint(len(u.s)) && i < binary.MaxVarintLen64; i++ {
		c := u.s[u.at+i]
		n |= uint64(c&0x7f) << (7 * i)
		if c < 0x80 {
			u.at += i + 1
			return n
		}
	}
	return u.fail()
}

func (u *utpakker) dato() Dato     { return Dato(u.number()) }
func (u *utpakker) maaned() Maaned { return Maaned(u.number()) }

func (u *utpakker) text() string {
	s, at := u.s, u.at+1
	var n uint
	if at <= uint(len(s)) && s[at-1] < 0x80 { // number, here in one: most of a document are texts
		n = uint(s[at-1])
	} else {
		n = uint(u.longNumber())
		s, at = u.s, u.at
	}
	if n > uint(len(s))-at {
		u.fail()
		return ""
	}
	u.at = at + n
	return s[at : at+n]
}

func (u *utpakker) desimal() Desimal     { return Desimal(u.text()) }
func (u *utpakker) tidspunkt() Tidspunkt { return Tidspunkt(u.text()) }

func (u *utpakker) verdi() Kodeverdi {
	n := u.number()
	if n >= uint64(len(u.koder.verdier)) {
		u.fail()
		return Kodeverdi{}
	}
	return u.koder.verdier[n]
}

// count reads how many of something follow; more than there are bytes left is damage, not a reason to make room.
func (u *utpakker) count() int {
	n := u.number()
	if n > uint64(len(u.s))-uint64(u.at) {
		return int(u.fail())
	}
	return int(n)
}

// packList and unpackList write and read a list, its length first.
func packList[T any](p *pakker, list []T, pack func(*pakker, *T)) {
	p.number(uint64(len(list)))
	for i := range list {
		pack(p, &list[i])
	}
}

// The list that was read before into the same place gives its memory, and that of its elements' lists.
func unpackList[T any](u *utpakker, list []T, unpack func(*utpakker, *T)) []T {
	n := u.count()
	if n > cap(list) {
		list = make([]T, n)
	}
	list = list[:n]
	for i := range list {
		unpack(u, &list[i])
	}
	return list
}

// packUUID reads 8-4-4-4-12 hexadecimal digits into 16 bytes; nil for no uuid.
func packUUID(s string) ([]byte, error) {
	if s == "" {
		return nil, nil
	}
	b, err := hex.DecodeString(strings.ReplaceAll(s, "-", ""))
	if err != nil || len(b) != 16 || len(s) != 36 || !strings.EqualFold(unpackUUID(b), s) {
		return nil, errors.New("arbeidsforhold: uuid: not a uuid")
	}
	return b, nil
}

func unpackUUID(b []byte) string {
	if len(b) != 16 {
		return ""
	}
	text := make([]byte, 0, 36)
	for i, group := range [...][]byte{b[:4], b[4:6], b[6:8], b[8:10], b[10:]} {
		if i > 0 {
			text = append(text, '-')
		}
		text = hex.AppendEncode(text, group)
	}
	return string(text)
}
