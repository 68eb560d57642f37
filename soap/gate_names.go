package soap

import (
	"encoding/xml"
	"strings"
	"unicode/utf8"
)

const (
	xmlNamespace   = "http://www.w3.org/XML/1998/namespace"
	xmlnsNamespace = "http://www.w3.org/2000/xmlns/"
)

// scope is the namespace bindings in force ("" is the default namespace), and how to undo them: a map, so that many
// declarations do not make each look-up long.
type scope struct {
	bound map[string]string
	undo  []binding
}

type binding struct {
	prefix, namespace string
	was               bool
}

func newScope() scope { return scope{bound: map[string]string{"xml": xmlNamespace}} }

// forget unbinds every prefix but xml.
func (s *scope) forget() {
	s.reset(0)
	clear(s.undo[:cap(s.undo)])
}

func (s *scope) mark() int { return len(s.undo) }

func (s *scope) reset(mark int) {
	for ; len(s.undo) > mark; s.undo = s.undo[:len(s.undo)-1] {
		last := s.undo[len(s.undo)-1]
		if last.was {
			s.bound[last.prefix] = last.namespace
		} else {
			delete(s.bound, last.prefix)
		}
	}
}

// expand gives an element what its start tag says: the tag's own declarations come into force, then names are expanded
// and the expanded names of attributes compared.
func (s *scope) expand(e *element, raw string, attributes []rawAttr) (err error) {
	declarations := 0
	for _, a := range attributes {
		if prefix, declares := declaredPrefix(a.name); declares {
			declarations++
			if err := s.declare(prefix, a.value); err != nil {
				return err
			}
		}
	}
	if e.Name, err = s.resolve(raw, s.bound[""]); err != nil {
		return err
	}
	if len(attributes) == declarations {
		return nil
	}
	e.Attr = make([]xml.Attr, 0, len(attributes)-declarations)
	for _, a := range attributes {
		if _, declares := declaredPrefix(a.name); declares {
			continue
		}
		name, err := s.resolve(a.name, "")
		if err != nil {
			return err
		}
		if e.has(name) { // B4.8, expanded
			return ugyldigXML("Et attributt er gitt to ganger.")
		}
		e.Attr = append(e.Attr, xml.Attr{Name: name, Value: a.value})
	}
	return nil
}

func (e *element) has(name xml.Name) bool {
	for _, a := range e.Attr {
		if a.Name == name {
			return true
		}
	}
	return false
}

func declaredPrefix(raw string) (prefix string, declares bool) {
	if raw == "xmlns" {
		return "", true
	}
	return strings.CutPrefix(raw, "xmlns:")
}

// declare brings a namespace declaration into force. A prefix cannot be unbound, and xml and xmlns keep their
// meaning, and their namespaces to themselves (B4.10).
func (s *scope) declare(prefix, value string) error {
	switch {
	case prefix != "" && value == "",
		prefix == "xmlns", value == xmlnsNamespace,
		(prefix == "xml") != (value == xmlNamespace):
		return ugyldigXML("En navneromserklæring er ikke gyldig.")
	}
	namespace, was := s.bound[prefix]
	s.undo = append(s.undo, binding{prefix, namespace, was})
	s.bound[prefix] = value
	return nil
}

// resolve expands a name as written.
func (s *scope) resolve(raw, unprefixed string) (xml.Name, error) {
	prefix, local, prefixed := strings.Cut(raw, ":")
	if !prefixed {
		return xml.Name{Space: unprefixed, Local: raw}, nil
	}
	namespace, bound := s.bound[prefix]
	if !bound { // B4.10
		return xml.Name{}, ugyldigXML("Et prefiks er ikke bundet til noe navnerom.")
	}
	return xml.Name{Space: namespace, Local: local}, nil
}

// leadingName is the name that text begins with, prefix included (B4.9): each half an NCName, and at most one colon.
// It is "" when there is none.
func leadingName(text string) string {
	colon, needed := false, beginsName
	for i, r := range text {
		switch {
		case nameKind(r)&needed != 0:
			needed = goesOnInName
		case r == ':' && needed == goesOnInName && !colon:
			colon, needed = true, beginsName
		case r == ':' || needed == beginsName:
			return ""
		default:
			return text[:i]
		}
	}
	return "" // a document does not end in a name
}

// What a character may do in a name.
const (
	beginsName = 1 << iota
	goesOnInName
)

func nameKind(r rune) int {
	if r < utf8.RuneSelf {
		return int(asciiKinds[r])
	}
	return kindOf(r)
}

func kindOf(r rune) int {
	switch {
	case isNameStart(r):
		return beginsName | goesOnInName
	case isNameChar(r):
		return goesOnInName
	}
	return 0
}

// asciiKinds is kindOf of the characters that most names are made of.
var asciiKinds = func() (kinds [utf8.RuneSelf]uint8) {
	for c := range kinds {
		kinds[c] = uint8(kindOf(rune(c)))
	}
	return kinds
}()

// isNameStart is the production NameStartChar of XML 1.0, fifth edition, without the colon.
func isNameStart(r rune) bool {
	if r < utf8.RuneSelf {
		return r == '_' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z'
	}
	return within(r, nameStart[:])
}

// isNameChar is the production NameChar of XML 1.0, fifth edition, without the colon.
func isNameChar(r rune) bool {
	if r < utf8.RuneSelf {
		return isNameStart(r) || r == '-' || r == '.' || r >= '0' && r <= '9'
	}
	return isNameStart(r) || within(r, nameMore[:])
}

func within(r rune, spans [][2]rune) bool {
	for _, span := range spans {
		if r >= span[0] && r <= span[1] {
			return true
		}
	}
	return false
}

var (
	nameStart = [...][2]rune{
		{0xC0, 0xD6}, {0xD8, 0xF6}, {0xF8, 0x2FF}, {0x370, 0x37D}, {0x37F, 0x1FFF}, {0x200C, 0x200D}, {0x2070, 0x218F},
		{0x2C00, 0x2FEF}, {0x3001, 0xD7FF}, {0xF900, 0xFDCF}, {0xFDF0, 0xFFFD}, {0x10000, 0xEFFFF},
	}
	nameMore = [...][2]rune{{0xB7, 0xB7}, {0x300, 0x36F}, {0x203F, 0x2040}}
)
