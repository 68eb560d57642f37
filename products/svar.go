// Package products knows what the six products answer: each handler reads its request, asks the store, and writes
// the answer's leaves in the order of the field specification, with the tags of tagger.go. It knows nothing of SOAP,
// HTTP or SQL, and does not read the field table, so that the table can judge it.
//
// # What writing costs
//
// No allocation, whatever the answer (TestWritingAnAnswerAllocatesNothing), but for what is kept to be written again (strekk.go);
// and of the time that the same record takes as a tree of elements some 5 % (BenchmarkArbeidsforhold: x-etree). In leaves with
// a number of eleven digits, which take some ten nanoseconds each:
//
//	0.4         an element that a consumer's tree (Felter) leaves out
//	0.5 to 0.8  start and end of a group, an empty leaf, a date
//	1.2 to 1.5  twenty letters, Norwegian ones among them; hours that are reckoned
//	1.7         a code whose text comes from a list
//	1.8         an arbeidsforhold's codes in a list, some 300 bytes, where they have been written before
//	3           a text with an & in it
//
// A tree that names everything makes an answer take 1.4 times as long.
package products

import (
	"io"
	"sync"

	"aareg/store"
)

// Query is what a question brings along besides its own fields: the register, from where it is seen, and limits.
type Query struct {
	Store *store.Store
	View  store.View

	// MaxArbeidsforhold is how many arbeidsforhold one answer of hentArbeidsgiver holds, MaxTreff how many hits a
	// treffliste holds; more is `trunkert`.
	MaxArbeidsforhold, MaxTreff int

	// Hopp is how many arbeidsforhold or hits are passed over: the answer shows those that come after them. Only the look-up
	// page, which shows long lists in pages, asks so; over SOAP it is 0.
	Hopp int
}

// etter is what a list shows after those that are passed over.
func etter[T any](liste []T, hopp int) []T { return liste[min(hopp, len(liste)):] }

// InvalidRequest says which element of a question broke which rule. Problem is Norwegian, is read by the caller,
// and never quotes the value.
type InvalidRequest struct {
	Tag, Problem string
}

func (e *InvalidRequest) Error() string { return e.Tag + ": " + e.Problem }

// An answer leaves in pieces, each of them in one write: to a proxy beside it a write costs as much as copying some fifty
// thousand bytes, and a segment that has little in it as much as a full one; and a client that has read all there is must be
// woken for the next piece, which costs as much again. The first piece, with what HTTP puts in front of it, is one segment of
// the widest network there is (loopback: 65,483 bytes), so that it is there soon; the others are ten each, with what HTTP puts
// around them (as many bytes whatever their length), which the processor's second cache holds; a shorter answer leaves in one
// piece.
const (
	segment = 65_483
	flushAt = segment - 483
	stykke  = 10*segment - len("12345\r\n\r\n")
)

// Svar writes one answer, leaf after leaf, without white space between elements. It is the only place where a tag
// becomes bytes. A handler calls Status when all data has been copied out of the register: from then on only
// writing can fail.
type Svar struct {
	buf     []byte // of which the first n have been written
	n       int
	foerste []byte  // the memory of the first piece, when others follow
	neste   *[]byte // and theirs
	w       io.Writer
	head    func([]byte) []byte
	dialekt uint8
	begun   bool
	flushed bool
	flushes int // how often what had been written was let go
	err     error

	begrenset bool    // whether there is a tree; without one everything is written
	nivaaer   []nivaa // the groups of the tree that the writer is in, the answer itself first
	utelatt   int     // how many groups deep the writer is in one that is left out

	loggfoeres bool
	kode       Statuskode
	antall     int
	personer   []uint64
}

var svarPool = sync.Pool{New: func() any { return &Svar{buf: make([]byte, flushAt)} }}

// stykkePool is the memory of the pieces that follow the first.
var stykkePool = sync.Pool{New: func() any { return new(make([]byte, stykke)) }}

// NewSvar starts an answer to w. head appends what stands before the first leaf; it is called once, by Status.
func NewSvar(w io.Writer, head func([]byte) []byte) *Svar {
	s := svarPool.Get().(*Svar)
	*s = Svar{buf: s.buf, w: w, head: head, nivaaer: s.nivaaer[:0], personer: s.personer[:0]}
	return s
}

// Dialekt2015 makes the answer write every tag as the 2015 dialect spells it; without it, as after NewSvar, tags are
// as the field specification prints them.
func (s *Svar) Dialekt2015() { s.dialekt = d2015 }

// Begun says whether the outcome was decided; until then nothing has been written and an error is still a fault.
func (s *Svar) Begun() bool { return s.begun }

// End appends what stands after the last leaf. It returns the bytes that have not left yet, and whether others
// have left before them; an error means that the answer was cut.
func (s *Svar) End(tail string) (rest []byte, streamed bool, err error) {
	s.wrote(append(s.written(), tail...))
	return s.written(), s.flushed, s.err
}

// Release gives the answer's buffer back; nothing that End returned may be used after it.
func (s *Svar) Release() {
	if s.neste != nil {
		stykkePool.Put(s.neste)
		s.buf, s.foerste, s.neste = s.foerste, nil, nil
	}
	s.w, s.head = nil, nil
	if len(s.buf) == flushAt { // else a text or the end did not fit it
		svarPool.Put(s)
	}
}

// Status writes statuskode and statustekst, which every answer begins with.
func (s *Svar) Status(kode Statuskode) {
	s.begun, s.kode = true, kode
	s.wrote(s.head(s.written()))
	tree := s.begrenset
	s.begrenset = false
	s.Text(tagStatuskode, string(kode))
	s.Text(tagStatustekst, statustekst[kode])
	s.begrenset = tree
}

// Open begins a group.
func (s *Svar) Open(tag *Tag) {
	if !s.begrenset || s.enter(tag) {
		s.begin(tag)
	}
}

// Close ends a group.
func (s *Svar) Close(tag *Tag) {
	if !s.begrenset || s.leave() {
		s.end(tag, s.room(0), 0)
	}
}

// Text writes a leaf; "" is an empty leaf, never a missing one.
func (s *Svar) Text(tag *Tag, value string) {
	if s.begrenset && !s.shows(tag) {
		return
	}
	// start and end, here in one: most leaves are texts.
	m, b := &tag.skrevet[s.dialekt], s.room(len(value))
	*(*[markupSize]byte)(b) = m.start
	n := putText(b[m.nStart:], value)
	at := m.nStart + n
	if n < len(value) {
		s.n += at
		s.text(value[n:])
		b, at = s.room(0), 0
	}
	*(*[markupSize]byte)(b[at:]) = m.slutt
	s.n += at + m.nSlutt
}

// Number writes a whole number.
func (s *Svar) Number(tag *Tag, n int64) {
	if !s.begrenset || s.shows(tag) {
		b, at := s.start(tag, 0)
		s.end(tag, b, at+putNumber(b[at:], n))
	}
}

// Bool writes true or false.
func (s *Svar) Bool(tag *Tag, is bool) {
	if is {
		s.Text(tag, "true")
	} else {
		s.Text(tag, "false")
	}
}

// leafSize is how many bytes a leaf may need besides a text: both tags, a number or a date, and the eight bytes that
// putText writes at a time.
const leafSize = 2*markupSize + 32

// room is where the answer goes on, with room for a leaf with a text of n bytes. What is gathered leaves first where that
// would be too much together.
func (s *Svar) room(n int) []byte {
	if len(s.buf)-s.n < n+leafSize {
		s.flush(n + leafSize)
	}
	return s.buf[s.n:]
}

// start puts a start tag in the room for a leaf with a text of n bytes, and returns the room and where the text goes.
func (s *Svar) start(tag *Tag, n int) (room []byte, at int) {
	room = s.room(n)
	m := &tag.skrevet[s.dialekt]
	*(*[markupSize]byte)(room) = m.start
	return room, m.nStart
}

// begin writes a start tag alone.
func (s *Svar) begin(tag *Tag) {
	_, n := s.start(tag, 0)
	s.n += n
}

// end puts an end tag behind the first n bytes of the room, and counts all as written.
func (s *Svar) end(tag *Tag, room []byte, n int) {
	m := &tag.skrevet[s.dialekt]
	*(*[markupSize]byte)(room[n:]) = m.slutt
	s.n += n + m.nSlutt
}

// flush lets what is gathered leave, and makes room for n bytes. It stays out of room, which is part of every leaf.
//
//go:noinline
func (s *Svar) flush(n int) {
	s.flushes++
	if s.n > 0 && s.err == nil {
		_, s.err = s.w.Write(s.written())
		s.flushed = true
	}
	if s.flushed && s.neste == nil {
		s.neste = stykkePool.Get().(*[]byte)
		s.foerste, s.buf = s.buf, *s.neste
	}
	if s.n = 0; len(s.buf) < n {
		s.buf = make([]byte, n)
	}
}

// written is what has been written and has not left; wrote takes it back when something was appended to it.
func (s *Svar) written() []byte { return s.buf[:s.n] }

func (s *Svar) wrote(b []byte) { s.buf, s.n = b[:cap(b)], len(b) }
