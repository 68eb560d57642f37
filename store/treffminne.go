package store

import "sync"

// Treffminne is memory that a search may be given for its hits. They and their texts may be in it until it is released. A
// thousand hits take a quarter of a megabyte, or twice that (and several where they are few among many names): made anew for
// each question that would cost as much as finding them.
type Treffminne struct {
	tekst tekstlager

	personer []Persontreff
	treff    []*Persontreff
	rekke    []plassert
	noekler  []byte

	hele, andre []enhetskopi
	enheter     []Enhetstreff
	enhetene    []*Enhetstreff
	linjer      []string
}

var treffminner = sync.Pool{New: func() any { return new(Treffminne) }}

// NewTreffminne is memory that nobody uses.
func NewTreffminne() *Treffminne { return treffminner.Get().(*Treffminne) }

// Of so many hits, or bytes of texts, memory is not kept for others.
const (
	mangeTreff = 1 << 11
	mangeTegn  = 1 << 20
)

// Release gives it back, if there is any. Nothing of the hits in it may be used afterwards.
func (m *Treffminne) Release() {
	if m != nil && !m.stort() {
		treffminner.Put(m)
	}
}

func (m *Treffminne) stort() bool {
	return cap(m.personer)+cap(m.enheter) > mangeTreff || cap(m.tekst) > mangeTegn
}

// ellerNytt is the memory, or new.
func (m *Treffminne) ellerNytt() *Treffminne {
	if m == nil {
		return new(Treffminne)
	}
	return m
}

// tekstlager keeps copies of texts.
type tekstlager []byte

// kopi is a copy of a text. It stays when there comes to be more than there is room for: whoever has copies keeps what is full.
func (t *tekstlager) kopi(tekst string) string {
	if cap(*t)-len(*t) < len(tekst) {
		*t = make([]byte, 0, max(2*cap(*t), len(tekst), 4<<10))
	}
	start := len(*t)
	*t = append(*t, tekst...)
	return borrowed((*t)[start:])
}

// enTil is room for one more, which may have something of another in it. Those before stay where they are: a list that is full
// is left to who has pointers into it, and a new one begun.
func enTil[T any](list *[]T) *T {
	if len(*list) == cap(*list) {
		*list = make([]T, 0, max(2*cap(*list), 32))
	}
	*list = (*list)[:len(*list)+1]
	return &(*list)[len(*list)-1]
}
