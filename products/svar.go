// Package products knows what the six products answer: each handler reads its request, asks the store, and writes
// the answer's leaves in the order of the field specification, tags as literals. It knows nothing of SOAP, HTTP or
// SQL, and does not read the field table, so that the table can judge it.
package products

import (
	"io"
	"strconv"
	"sync"
	"unicode/utf8"

	"aareg/store"
)

// Query is what a question brings along besides its own fields: the register, from where it is seen, and limits.
type Query struct {
	Store *store.Store
	View  store.View

	// MaxArbeidsforhold is how many arbeidsforhold one answer of hentArbeidsgiver holds, MaxTreff how many hits a
	// treffliste holds; more is `trunkert`.
	MaxArbeidsforhold, MaxTreff int
}

// InvalidRequest says which element of a question broke which rule. Problem is Norwegian, is read by the caller,
// and never quotes the value.
type InvalidRequest struct {
	Tag, Problem string
}

func (e *InvalidRequest) Error() string { return e.Tag + ": " + e.Problem }

// flushAt is how many bytes of an answer are gathered before they leave; a shorter answer leaves in one piece.
const flushAt = 64 << 10

// Svar writes one answer, leaf after leaf, without white space between elements. It is the only place where a tag
// becomes bytes. A handler calls Status when all data has been copied out of the register: from then on only
// writing can fail.
type Svar struct {
	buf     []byte
	w       io.Writer
	head    func([]byte) []byte
	spell   func(tag string) string // nil: as it is given
	begun   bool
	flushed bool
	err     error

	begrenset bool    // whether there is a tree; without one everything is written
	nivaaer   []nivaa // the groups of the tree that the writer is in, the answer itself first
	utelatt   int     // how many groups deep the writer is in one that is left out

	loggfoeres bool
	kode       Statuskode
	antall     int
	personer   []uint64
}

var svarPool = sync.Pool{New: func() any { return &Svar{buf: make([]byte, 0, flushAt+8<<10)} }}

// NewSvar starts an answer to w. head appends what stands before the first leaf; it is called once, by Status.
func NewSvar(w io.Writer, head func([]byte) []byte) *Svar {
	s := svarPool.Get().(*Svar)
	*s = Svar{buf: s.buf[:0], w: w, head: head, nivaaer: s.nivaaer[:0], personer: s.personer[:0]}
	return s
}

// Spell makes the answer write every tag as spell says; nil, as after NewSvar, writes them as the field specification
// prints them. A tag has one spelling wherever it stands, since the writer does not know the group it is in.
func (s *Svar) Spell(spell func(tag string) string) { s.spell = spell }

// Spell2015 is how the 2015 dialect spells a tag of an answer: the field table's column dialekt_2015.
func Spell2015(tag string) string {
	switch tag {
	case "Kommunenr":
		return "kommunenr"
	case "oppfoert", "oppoert":
		return "opphoert"
	case "Arbeidstaker":
		return "arbeidstaker"
	case "antallTimerForTimelønnet":
		return "antallTimerForTimeloennet"
	}
	return tag
}

// Begun says whether the outcome was decided; until then nothing has been written and an error is still a fault.
func (s *Svar) Begun() bool { return s.begun }

// End appends what stands after the last leaf. It returns the bytes that have not left yet, and whether others
// have left before them; an error means that the answer was cut.
func (s *Svar) End(tail string) (rest []byte, streamed bool, err error) {
	s.buf = append(s.buf, tail...)
	return s.buf, s.flushed, s.err
}

// Release gives the answer's buffer back; nothing that End returned may be used after it.
func (s *Svar) Release() {
	s.w, s.head = nil, nil
	svarPool.Put(s)
}

// Status writes statuskode and statustekst, which every answer begins with.
func (s *Svar) Status(kode Statuskode) {
	s.begun, s.kode = true, kode
	s.buf = s.head(s.buf)
	for _, leaf := range [...][2]string{{"statuskode", string(kode)}, {"statustekst", statustekst[kode]}} {
		s.open(leaf[0])
		s.buf = appendText(s.buf, leaf[1])
		s.close(leaf[0])
	}
}

// Open begins a group.
func (s *Svar) Open(tag string) {
	if !s.begrenset || s.enter(tag) {
		s.open(tag)
	}
}

// Close ends a group.
func (s *Svar) Close(tag string) {
	if !s.begrenset || s.leave() {
		s.close(tag)
	}
}

// leaf begins a leaf; false says that there is nothing more to write of it.
func (s *Svar) leaf(tag string) bool {
	if s.begrenset && !s.shows(tag) {
		return false
	}
	s.open(tag)
	return true
}

func (s *Svar) open(tag string) {
	if s.spell != nil {
		tag = s.spell(tag)
	}
	s.buf = append(append(append(s.buf, '<'), tag...), '>')
}

func (s *Svar) close(tag string) {
	if s.spell != nil {
		tag = s.spell(tag)
	}
	s.buf = append(append(append(s.buf, "</"...), tag...), '>')
	if len(s.buf) >= flushAt {
		s.flush()
	}
}

func (s *Svar) flush() {
	if s.err == nil {
		_, s.err = s.w.Write(s.buf)
		s.flushed = true
	}
	s.buf = s.buf[:0]
}

// Text writes a leaf; "" is an empty leaf, never a missing one.
func (s *Svar) Text(tag, value string) {
	if s.leaf(tag) {
		s.buf = appendText(s.buf, value)
		s.close(tag)
	}
}

// Number writes a whole number.
func (s *Svar) Number(tag string, n int64) {
	if s.leaf(tag) {
		s.buf = strconv.AppendInt(s.buf, n, 10)
		s.close(tag)
	}
}

// Bool writes true or false.
func (s *Svar) Bool(tag string, b bool) {
	if s.leaf(tag) {
		s.buf = strconv.AppendBool(s.buf, b)
		s.close(tag)
	}
}

// Dato writes åååå-mm-dd.
func (s *Svar) Dato(tag string, d store.Dato) {
	if s.leaf(tag) {
		s.buf = d.AppendISO(s.buf)
		s.close(tag)
	}
}

// NorskDato writes dd.mm.åååå.
func (s *Svar) NorskDato(tag string, d store.Dato) {
	if s.leaf(tag) {
		s.buf = d.AppendNorsk(s.buf)
		s.close(tag)
	}
}

// Maaned writes åååå-mm.
func (s *Svar) Maaned(tag string, m store.Maaned) {
	if s.leaf(tag) {
		s.buf = m.AppendISO(s.buf)
		s.close(tag)
	}
}

// appendText appends text as XML character data: markup escaped, carriage return kept as a reference, what is no
// XML character replaced by U+FFFD.
func appendText(b []byte, s string) []byte {
	from := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= 0x20 && c < utf8.RuneSelf && c != '&' && c != '<' && c != '>' {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if ref, replace := reference(r, size); replace {
			b = append(append(b, s[from:i]...), ref...)
			from = i + size
		}
		i += size
	}
	return append(b, s[from:]...)
}

func reference(r rune, size int) (string, bool) {
	switch {
	case r == '&':
		return "&amp;", true
	case r == '<':
		return "&lt;", true
	case r == '>':
		return "&gt;", true
	case r == '\r':
		return "&#xD;", true
	case r == '\t' || r == '\n':
		return "", false
	case r < 0x20, r == 0xFFFE, r == 0xFFFF, r == utf8.RuneError && size == 1:
		return "\uFFFD", true
	}
	return "", false
}
