package kilder

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
)

// xmlelement is an element of a record. What is asked for is marked as read, so that everything else can be named.
// Names are local ones: the replies that are kept use different namespaces.
type xmlelement struct {
	navn  string
	tekst string
	lest  bool
	attr  []xmlattributt
	barn  []*xmlelement
	over  *xmlelement
	dybde int
}

type xmlattributt struct {
	navn, verdi string
	lest        bool
}

// lesPost reads the element that a record is.
func lesPost(tekst []byte) (*xmlelement, error) {
	d := xml.NewDecoder(bytes.NewReader(tekst))
	for {
		token, err := d.Token()
		if err != nil {
			return nil, feil("", "not valid XML")
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		e, err := lesElement(d, start, nil)
		if own := new(feltfeil); err != nil && !errors.As(err, &own) {
			return nil, feil("", "not valid XML")
		}
		return e, err
	}
}

// lesElement reads an element up to its end.
func lesElement(d *xml.Decoder, start xml.StartElement, over *xmlelement) (*xmlelement, error) {
	e := nyttElement(start, over)
	if e.dybde > maksXMLdybde {
		return nil, feil("", "elements nested deeper than any reply")
	}
	var text []byte
	for {
		token, err := d.Token()
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		if err != nil {
			return nil, err
		}
		switch token := token.(type) {
		case xml.CharData:
			text = append(text, token...)
		case xml.StartElement:
			child, err := lesElement(d, token, e)
			if err != nil {
				return nil, err
			}
			e.barn = append(e.barn, child)
		case xml.EndElement:
			e.tekst = string(bytes.TrimSpace(text))
			return e, nil
		}
	}
}

// nyttElement leaves out the attributes that are about the XML: namespaces, and that an element is empty.
func nyttElement(start xml.StartElement, over *xmlelement) *xmlelement {
	e := &xmlelement{navn: start.Name.Local, over: over}
	if over != nil {
		e.dybde = over.dybde + 1
	}
	for _, a := range start.Attr {
		if a.Name.Space != "xmlns" && a.Name.Local != "xmlns" && a.Name.Local != "nil" {
			e.attr = append(e.attr, xmlattributt{navn: a.Name.Local, verdi: strings.TrimSpace(a.Value)})
		}
	}
	return e
}

// alle are the children of a name; an element that is missing has none.
func (e *xmlelement) alle(navn string) (children []*xmlelement) {
	if e == nil {
		return nil
	}
	for _, child := range e.barn {
		if child.navn == navn {
			children = append(children, child)
		}
	}
	return children
}

// attributt is an attribute's value, "" when it is missing.
func (e *xmlelement) attributt(navn string) string {
	if e == nil {
		return ""
	}
	for i := range e.attr {
		if e.attr[i].navn == navn {
			e.attr[i].lest = true
			return e.attr[i].verdi
		}
	}
	return ""
}

// ulest counts everything in the element that nobody read and that says something, by its path. Rows that were replaced
// by others are counted as such.
func (e *xmlelement) ulest(m *Merknader) {
	if erstattetRad(e) {
		m.bemerk(erstattetDel)
		return
	}
	path := e.sti(false)
	for _, a := range e.attr {
		if !a.lest && a.verdi != "" {
			m.utenPlass(strings.TrimPrefix(path+".@", ".") + xmlnavn(a.navn))
		}
	}
	if !e.lest && e.tekst != "" {
		if path == "" {
			path = "text beside the elements"
		}
		m.utenPlass(path)
	}
	for _, child := range e.barn {
		child.ulest(m)
	}
}

// sti is the path to the element within its record, with numbers for those that have sisters of their name: arbeidsavtale[2].yrke.
// A record's own path is "".
func (e *xmlelement) sti(numbered bool) string {
	if e.over == nil {
		if e.navn == "arbeidsforhold" {
			return ""
		}
		return xmlnavn(e.navn)
	}
	name := xmlnavn(e.navn)
	if sisters := e.over.alle(e.navn); numbered && len(sisters) > 1 {
		for i, sister := range sisters {
			if sister == e {
				name += "[" + strconv.Itoa(i) + "]"
			}
		}
	}
	if over := e.over.sti(numbered); over != "" {
		return over + "." + name
	}
	return name
}

// xmlnavn is the name of an element or attribute as it may be printed.
func xmlnavn(navn string) string {
	if erNavn(strings.ToLower(navn[:1]) + navn[1:]) {
		return navn
	}
	return "?"
}
