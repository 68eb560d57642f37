package main

import (
	"fmt"
	"strings"

	"aareg/wsdl/felt"

	"github.com/beevik/etree"
)

// schemaOf builds the schema of a dialect from its rows: global elements, then a
// named complex type for every root and group, then the simple types that the
// leaves use. Named types and flat sequences only, since old clients trip over
// anything else.
func schemaOf(dialekt felt.Dialekt, rows []felt.Rad) (*document, error) {
	d := newDocument()
	schema := child(&d.Element, "xs:schema", "xmlns:xs", nsSchema, "xmlns:aareg2", targetXSD, "targetNamespace", targetXSD)
	s := &schemaBuilder{schema: schema, dialekt: dialekt, rows: felt.Declared(rows), used: map[string]bool{}}
	operations := dialekt.Operations()
	for i, o := range operations {
		spek := felt.Operations()[i]
		for _, root := range []struct{ name, typ, text string }{
			{o.Navn, requestType(o), "Spørring " + o.Avsnitt + ".1" + s.spelling(o.Navn2015, spek.Navn)},
			{o.Respons, answerType(o), "Svar " + o.Avsnitt + ".2" + s.spelling(o.Respons2015, spek.Respons)},
		} {
			describe(child(schema, "xs:element", "name", root.name, "type", "aareg2:"+root.typ), root.text)
		}
	}
	for _, o := range operations {
		if err := s.complexType(requestType(o), o, felt.Request, ""); err != nil {
			return nil, err
		}
		if err := s.complexType(answerType(o), o, felt.Respons, ""); err != nil {
			return nil, err
		}
	}
	for _, f := range formsOf(dialekt) {
		s.simpleType(f)
	}
	return d, nil
}

type schemaBuilder struct {
	schema  *etree.Element
	dialekt felt.Dialekt
	rows    []felt.Rad
	used    map[string]bool // names of the simple types in use
}

// complexType adds the type of one root or group, then those of its groups.
func (s *schemaBuilder) complexType(name string, o felt.Operasjon, retning, sti string) error {
	sequence := child(child(s.schema, "xs:complexType", "name", name), "xs:sequence")
	var groups []felt.Rad
	for _, r := range felt.Select(s.rows, o.Navn, retning) {
		if r.Parent() != sti {
			continue
		}
		typ := groupType(o, r.Sti)
		if r.IsGroup() {
			groups = append(groups, r)
		} else {
			var err error
			if typ, err = formOf(s.dialekt, r); err != nil {
				return fmt.Errorf("%s %s %s: %w", r.Operasjon, r.Retning, r.Sti, err)
			}
			s.used[typ] = true
		}
		e := child(sequence, "xs:element", "name", r.Tag, "type", "aareg2:"+typ)
		if !r.Mandatory() || r.Blokk != "" {
			e.CreateAttr("minOccurs", "0")
		}
		if r.Repeats() {
			e.CreateAttr("maxOccurs", "unbounded")
		}
		describe(e, s.text(r))
	}
	for _, g := range groups {
		if err := s.complexType(groupType(o, g.Sti), o, retning, g.Sti); err != nil {
			return err
		}
	}
	return nil
}

func (s *schemaBuilder) simpleType(f form) {
	if !s.used[f.name] {
		return
	}
	restriction := child(child(s.schema, "xs:simpleType", "name", f.name), "xs:restriction", "base", "xs:string")
	for _, v := range f.values {
		child(restriction, "xs:enumeration", "value", v)
	}
	if f.notEmpty {
		child(restriction, "xs:minLength", "value", "1")
	}
	if f.pattern != "" {
		child(restriction, "xs:pattern", "value", f.pattern)
	}
}

// text is what the document says about a field, and how its spelling is known.
func (s *schemaBuilder) text(r felt.Rad) string {
	text := r.Ledetekst
	if r.Beskrivelse != "" {
		text += ": " + r.Beskrivelse
	}
	if s.dialekt == felt.D2015 && r.Verdi2015.Navn != "" {
		text += " (2015-dialekten: verdien " + known(r.Verdi2015) + ", og brukes ikke i svar)"
	}
	return text + s.spelling(r.Tag2015, r.TagISpek)
}

// spelling tells verified and inferred names of the 2015 dialect apart; it is
// "" where the name is the field specification's.
func (s *schemaBuilder) spelling(name felt.Skrivemaate, spek string) string {
	if s.dialekt != felt.D2015 || name.Navn == "" {
		return ""
	}
	return " (2015-dialekten: " + known(name) + "; feltbeskrivelsen skriver " + spek + ")"
}

func known(name felt.Skrivemaate) string {
	if name.Bekreftet {
		return name.Navn + " er bekreftet i skjemaet fra 2015"
	}
	return name.Navn + " er sannsynlig, ikke bekreftet"
}

func requestType(o felt.Operasjon) string { return capital(o.Navn) + "Type" }

func answerType(o felt.Operasjon) string { return o.Respons + "SvarType" }

var ascii = strings.NewReplacer("æ", "ae", "ø", "oe", "å", "aa")

// groupType names the type of a group of an answer by its path: unique, ASCII,
// and with a capital, without which gowsdl ties the type to a namespace.
func groupType(o felt.Operasjon, sti string) string {
	name := o.Respons
	for segment := range strings.SplitSeq(sti, "/") {
		name += capital(ascii.Replace(segment))
	}
	return name + "Type"
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
