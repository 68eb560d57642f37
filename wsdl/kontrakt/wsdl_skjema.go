package kontrakt

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/beevik/etree"
)

// skjema are the declarations of all schemas of a WSDL, by their expanded names.
type skjema struct {
	elementer, komplekse, enkle, grupper map[qnavn]*etree.Element
	kvalifisert                          map[*etree.Element]bool // schemas whose local elements are in their namespace
	skritt                               int                     // taken through the type at hand
}

func skjemaAv(roots []*etree.Element) *skjema {
	s := &skjema{elementer: map[qnavn]*etree.Element{}, komplekse: map[qnavn]*etree.Element{}, enkle: map[qnavn]*etree.Element{},
		grupper: map[qnavn]*etree.Element{}, kvalifisert: map[*etree.Element]bool{}}
	kinds := map[string]map[qnavn]*etree.Element{"element": s.elementer, "complexType": s.komplekse, "simpleType": s.enkle, "group": s.grupper}
	for _, root := range roots {
		s.kvalifisert[root] = root.SelectAttrValue("elementFormDefault", "") == "qualified"
		for _, e := range root.ChildElements() {
			if into := kinds[e.Tag]; into != nil && e.NamespaceURI() == nsSkjema {
				into[qnavn{root.SelectAttrValue("targetNamespace", ""), e.SelectAttrValue("name", "")}] = e
			}
		}
	}
	return s
}

// deklarasjon is one element in the content of another.
type deklarasjon struct {
	element   *etree.Element
	navn      string
	valgfri   bool // may be left out
	gjentas   bool // may occur any number of times
	enGang    bool // may occur once at most
	iNavnerom bool // is in the schema's namespace
	valg      bool // stands in a choice or an all: its order says nothing
}

// maksSkritt is how many elements of a schema are gone through for one type: far above any, so that types and groups
// that hold themselves end.
const maksSkritt = 10_000

// innhold are the elements that a type's content has, in order, whatever sequences, groups and extensions they stand in.
func (s *skjema) innhold(typ *etree.Element) []deklarasjon {
	var found []deklarasjon
	s.skritt = 0
	s.samle(typ, deklarasjon{enGang: true}, &found, 0)
	return found
}

func (s *skjema) samle(e *etree.Element, about deklarasjon, into *[]deklarasjon, depth int) {
	for _, child := range e.ChildElements() {
		if s.skritt++; s.skritt > maksSkritt || depth > maksDybde {
			return
		}
		inside := about
		inside.valgfri = about.valgfri || child.SelectAttrValue("minOccurs", "1") == "0"
		switch most := child.SelectAttrValue("maxOccurs", "1"); most {
		case "unbounded":
			inside.gjentas, inside.enGang = true, false
		default:
			if n, err := strconv.Atoi(most); err != nil || n != 1 {
				inside.enGang = false
			}
		}
		switch child.Tag {
		case "element":
			inside.deklarer(s, child)
			*into = append(*into, inside)
		case "choice":
			inside.valg, inside.valgfri = true, true
			s.samle(child, inside, into, depth+1)
		case "all":
			inside.valg = true
			s.samle(child, inside, into, depth+1)
		case "sequence", "complexContent", "restriction":
			s.samle(child, inside, into, depth+1)
		case "extension":
			if base := s.komplekse[utvidet(child, child.SelectAttrValue("base", ""))]; base != nil {
				s.samle(base, inside, into, depth+1)
			}
			s.samle(child, inside, into, depth+1)
		case "group":
			if group := s.grupper[utvidet(child, child.SelectAttrValue("ref", ""))]; group != nil {
				s.samle(group, inside, into, depth+1)
			}
		}
	}
}

// deklarer takes a declaration's name and namespace; one with ref is the global element.
func (k *deklarasjon) deklarer(s *skjema, e *etree.Element) {
	k.element = e
	if ref := e.SelectAttrValue("ref", ""); ref != "" {
		name := utvidet(e, ref)
		k.navn, k.iNavnerom = name.lokal, name.ns != ""
		if global := s.elementer[name]; global != nil {
			k.element = global
		}
		return
	}
	k.navn = e.SelectAttrValue("name", "")
	root := e
	for root.Parent() != nil && root.Tag != "schema" {
		root = root.Parent()
	}
	k.iNavnerom = s.kvalifisert[root]
	if form := e.SelectAttrValue("form", ""); form != "" {
		k.iNavnerom = form == "qualified"
	}
}

// komplekstype is the complex type of an element, named or its own; nil when it has none.
func (s *skjema) komplekstype(e *etree.Element) *etree.Element {
	if own := e.SelectElement("complexType"); own != nil {
		return own
	}
	return s.komplekse[utvidet(e, e.SelectAttrValue("type", ""))]
}

// godtar says whether an element's simple type takes a text, as far as its enumerations, patterns and lengths tell.
func (s *skjema) godtar(e *etree.Element, text string) bool {
	typ := e.SelectElement("simpleType")
	name := utvidet(e, e.SelectAttrValue("type", ""))
	for range maksDybde {
		if typ == nil {
			if typ = s.enkle[name]; typ == nil {
				return name.ns != nsSkjema || innebygd(name.lokal, text)
			}
		}
		restriction := typ.SelectElement("restriction")
		if restriction == nil {
			return true // a list or a union: not told apart
		}
		if !fasetter(restriction, text) {
			return false
		}
		typ, name = restriction.SelectElement("simpleType"), utvidet(restriction, restriction.SelectAttrValue("base", ""))
	}
	return true
}

// opplistet are the values that an element's own simple type lists, none where it lists none.
func (s *skjema) opplistet(e *etree.Element) []string {
	typ := e.SelectElement("simpleType")
	if typ == nil {
		typ = s.enkle[utvidet(e, e.SelectAttrValue("type", ""))]
	}
	var listed []string
	if typ != nil {
		for _, f := range typ.FindElements("restriction/enumeration") {
			listed = append(listed, f.SelectAttrValue("value", ""))
		}
	}
	return listed
}

// fasetter says whether one restriction takes a text.
func fasetter(restriction *etree.Element, text string) bool {
	var values, patterns []string
	for _, f := range restriction.ChildElements() {
		value := f.SelectAttrValue("value", "")
		n, _ := strconv.Atoi(value)
		length := len([]rune(text))
		switch {
		case f.Tag == "enumeration":
			values = append(values, value)
		case f.Tag == "pattern":
			patterns = append(patterns, value)
		case f.Tag == "minLength" && length < n, f.Tag == "maxLength" && length > n, f.Tag == "length" && length != n:
			return false
		}
	}
	matches := func(p string) bool {
		form, err := regexp.Compile(`^(?:` + p + `)$`)
		return err != nil || form.MatchString(text) // what Go cannot read is not held against it
	}
	return (values == nil || slices.Contains(values, text)) && (patterns == nil || slices.ContainsFunc(patterns, matches))
}

// innebygd says whether one of XML Schema's own types takes a text, of those that a leaf is likely to have.
func innebygd(typ, text string) bool {
	switch typ {
	case "boolean":
		return slices.Contains([]string{"true", "false", "1", "0"}, text)
	case "date":
		return datoInn(text)
	case "int", "integer", "long", "short", "nonNegativeInteger", "positiveInteger":
		_, err := strconv.Atoi(text)
		return err == nil
	case "decimal", "double", "float":
		_, err := strconv.ParseFloat(text, 64)
		return err == nil && !strings.ContainsAny(text, "eE")
	}
	return true
}
