package kilder

import (
	"bytes"
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// Merknad is something that was noticed: of a shape, what.
type Merknad struct{ Form, Hva string }

// Merknader counts what was noticed while reading: keys that the register has no place for, and what was done by
// rule. They are names and sentences, never values.
type Merknader struct {
	Former    map[string]int  // records by shape
	UtenPlass map[Merknad]int // keys without a place in the register, by their path
	Bemerket  map[Merknad]int // what was done by rule, in a sentence
	form      string          // the shape being read
	leser     *jsontext.Decoder
	stier     map[string]string // paths that were named, so that naming them again costs no memory
}

// NewMerknader makes an empty count.
func NewMerknader() *Merknader {
	return &Merknader{
		Former: map[string]int{}, UtenPlass: map[Merknad]int{}, Bemerket: map[Merknad]int{},
		leser: jsontext.NewDecoder(new(bytes.Buffer)), stier: map[string]string{},
	}
}

// Add adds another count to this one.
func (m *Merknader) Add(other *Merknader) {
	for form, n := range other.Former {
		m.Former[form] += n
	}
	for k, n := range other.UtenPlass {
		m.UtenPlass[k] += n
	}
	for k, n := range other.Bemerket {
		m.Bemerket[k] += n
	}
}

// Sorted is a count in the order of shapes and names.
func Sorted(count map[Merknad]int) []Merknad {
	return slices.SortedFunc(maps.Keys(count), func(x, y Merknad) int {
		return cmp.Or(strings.Compare(x.Form, y.Form), strings.Compare(x.Hva, y.Hva))
	})
}

func (m *Merknader) bemerk(sentence string) { m.Bemerket[Merknad{m.form, sentence}]++ }

func (m *Merknader) utenPlass(path string) { m.UtenPlass[Merknad{m.form, path}]++ }

// ukjent counts the members of an object that its reader did not know (the field tagged ",embed"), each under the
// path of its object, which is "" or ends in a dot. A member that is null or empty says nothing and is not counted.
func (m *Merknader) ukjent(path string, members jsontext.Value) {
	if len(members) == 0 {
		return
	}
	m.leser.Reset(bytes.NewBuffer(members), igjenlest)
	if _, err := m.leser.ReadToken(); err != nil {
		return
	}
	for m.leser.PeekKind() == '"' {
		name, err := m.leser.ReadValue()
		if err != nil {
			return
		}
		var kept [128]byte // the name is gone when the value is read
		key := append(append(kept[:0], path...), name[1:len(name)-1]...)
		value, err := m.leser.ReadValue()
		if err != nil {
			return
		}
		if !tom(value) {
			m.utenPlass(m.sti(key, len(path)))
		}
	}
}

// igjenlest says that these members have been looked at before.
var igjenlest = jsontext.AllowDuplicateNames(true)

// sti is a path whose last key, as it stands in the JSON text, begins at a place.
func (m *Merknader) sti(path []byte, key int) string {
	named, known := m.stier[string(path)]
	if !known {
		named = string(path[:key]) + noekkelnavn(string(path[key:]))
		if len(m.stier) < kjenteFormer {
			m.stier[string(path)] = named
		}
	}
	return named
}

// tom says whether a value says nothing: null, "", [] or {}, whatever white space is in it.
func tom(v jsontext.Value) bool {
	switch v.Kind() {
	case 'n':
		return true
	case '"', '[', '{':
		return len(bytes.TrimSpace(v[1:len(v)-1])) == 0 && (v.Kind() != '"' || len(v) == 2)
	}
	return false
}
