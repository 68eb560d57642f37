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

// expand makes an element of a start tag: the tag's own declarations come into force, then names are expanded, and
// attributes compared, as written and expanded.
func (s *scope) expand(t xml.StartElement) (*element, error) {
	for i, a := range t.Attr {
		if !isName(a.Name) {
			return nil, ugyldigXML("Et navn er ikke gyldig etter reglene for navnerom.")
		}
		for _, earlier := range t.Attr[:i] {
			if earlier.Name == a.Name {
				return nil, ugyldigXML("Et attributt er gitt to ganger.")
			}
		}
		if err := s.declare(a); err != nil {
			return nil, err
		}
	}
	e := &element{Prefix: t.Name.Space}
	var err error
	if e.Name, err = s.resolve(t.Name, s.bound[""]); err != nil {
		return nil, err
	}
	for _, a := range t.Attr {
		if _, declares := declaredPrefix(a.Name); declares {
			continue
		}
		name, err := s.resolve(a.Name, "")
		if err != nil {
			return nil, err
		}
		for _, earlier := range e.Attr {
			if earlier.Name == name {
				return nil, ugyldigXML("Et attributt er gitt to ganger.")
			}
		}
		e.Attr = append(e.Attr, xml.Attr{Name: name, Value: a.Value})
	}
	return e, nil
}

func declaredPrefix(n xml.Name) (prefix string, declares bool) {
	switch {
	case n.Space == "xmlns":
		return n.Local, true
	case n.Space == "" && n.Local == "xmlns":
		return "", true
	}
	return "", false
}

// declare brings a namespace declaration into force; other attributes it leaves alone. A prefix cannot be unbound,
// and xml and xmlns keep their meaning, and their namespaces to themselves.
func (s *scope) declare(a xml.Attr) error {
	prefix, declares := declaredPrefix(a.Name)
	if !declares {
		return nil
	}
	switch {
	case prefix != "" && a.Value == "",
		prefix == "xmlns", a.Value == xmlnsNamespace,
		(prefix == "xml") != (a.Value == xmlNamespace):
		return ugyldigXML("En navneromserklæring er ikke gyldig.")
	}
	namespace, was := s.bound[prefix]
	s.undo = append(s.undo, binding{prefix, namespace, was})
	s.bound[prefix] = a.Value
	return nil
}

func (s *scope) resolve(raw xml.Name, unprefixed string) (xml.Name, error) {
	if !isName(raw) {
		return xml.Name{}, ugyldigXML("Et navn er ikke gyldig etter reglene for navnerom.")
	}
	if raw.Space == "" {
		return xml.Name{Space: unprefixed, Local: raw.Local}, nil
	}
	namespace, ok := s.bound[raw.Space]
	if !ok {
		return xml.Name{}, ugyldigXML("Et prefiks er ikke bundet til noe navnerom.")
	}
	return xml.Name{Space: namespace, Local: raw.Local}, nil
}

// isName says whether a name that the parser took is one with namespaces: no further colon, and what stands behind
// the colon begins like a name. The parser has checked every other character.
func isName(raw xml.Name) bool {
	first, _ := utf8.DecodeRuneInString(raw.Local)
	return isNameStart(first) && !strings.Contains(raw.Local, ":") && !strings.Contains(raw.Space, ":")
}

// isNameStart is the production NameStartChar of XML 1.0, fifth edition, without the colon.
func isNameStart(r rune) bool {
	if r < utf8.RuneSelf {
		return r == '_' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z'
	}
	for _, span := range nameStart {
		if r >= span[0] && r <= span[1] {
			return true
		}
	}
	return false
}

var nameStart = [...][2]rune{
	{0xC0, 0xD6}, {0xD8, 0xF6}, {0xF8, 0x2FF}, {0x370, 0x37D}, {0x37F, 0x1FFF}, {0x200C, 0x200D}, {0x2070, 0x218F},
	{0x2C00, 0x2FEF}, {0x3001, 0xD7FF}, {0xF900, 0xFDCF}, {0xFDF0, 0xFFFD}, {0x10000, 0xEFFFF},
}
