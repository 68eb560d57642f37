package soap

import (
	"fmt"
	"strings"
)

func (p *parser) endTag() error {
	p.at += len("</")
	if p.endsAsUsual() {
		p.close()
		return nil
	}
	raw, err := p.name()
	if err != nil {
		return err
	}
	p.space()
	if !p.skip(">") {
		return p.broken("Et sluttmerke er ikke avsluttet")
	}
	if len(p.open) == 0 || p.open[len(p.open)-1].raw != raw { // B4.11
		return ugyldigXML("Et sluttmerke passer ikke til startmerket.")
	}
	p.close()
	return nil
}

// endsAsUsual reads what is left of an end tag that has the name it should, and no white space.
func (p *parser) endsAsUsual() bool {
	if len(p.open) == 0 {
		return false
	}
	after, named := strings.CutPrefix(p.text[p.at:], p.open[len(p.open)-1].raw)
	if !named || !strings.HasPrefix(after, ">") {
		return false
	}
	p.at = len(p.text) - len(after) + len(">")
	return true
}

func (p *parser) close() {
	o := &p.open[len(p.open)-1]
	if len(o.glued) > 0 {
		o.element.Text = string(o.glued)
	}
	p.names.reset(o.bindings)
	p.open = p.open[:len(p.open)-1]
}

func (p *parser) startTag() error {
	from := p.at
	p.at += len("<")
	if err := p.room(); err != nil {
		return err
	}
	raw, err := p.name()
	if err != nil {
		return err
	}
	if err := p.attributes(from); err != nil {
		return err
	}
	empty := p.skip("/")
	if !p.skip(">") {
		return p.broken("Et startmerke er ikke avsluttet")
	}
	if p.at-from > maxTag { // B5
		return errTag
	}
	bindings := p.names.mark()
	e := p.newElement()
	if err := p.names.expand(e, raw, p.given); err != nil {
		return err
	}
	p.link(e)
	p.open = p.open[:len(p.open)+1] // there is room for maxDepth
	o := &p.open[len(p.open)-1]
	*o = openElement{raw: raw, element: e, bindings: bindings, glued: o.glued[:0]}
	if empty {
		p.close()
	}
	return nil
}

var errTag = forStort(fmt.Sprintf("Et element har et startmerke over %d KiB.", maxTag>>10))

// room says whether one more element may begin here.
func (p *parser) room() error {
	p.elements++
	switch {
	case p.root != nil && len(p.open) == 0: // B4.6
		return ugyldigXML("Dokumentet har mer enn ett rotelement.")
	case p.elements > maxElements: // B4.12, B5
		return forStort(fmt.Sprintf("Dokumentet har mer enn %d elementer.", maxElements))
	case len(p.open) >= maxDepth: // B4.12, B5
		return forStort(fmt.Sprintf("Dokumentet er dypere enn %d nivåer.", maxDepth))
	}
	return nil
}

// attributes reads the attributes of a tag that began at from, and leaves off at what ends it. Names are as written.
func (p *parser) attributes(from int) error {
	p.given = p.given[:0]
	for {
		apart := p.space()
		if p.at == len(p.text) || p.text[p.at] == '>' || p.text[p.at] == '/' {
			return nil
		}
		if !apart { // B4.7
			return ugyldigXML("Det mangler mellomrom mellom to attributter.")
		}
		if len(p.given) == maxAttributes { // B4.12, B5
			return forStort(fmt.Sprintf("Et element har mer enn %d attributter.", maxAttributes))
		}
		a, err := p.attribute()
		if err != nil {
			return err
		}
		if p.at-from > maxTag { // B4.12, B5
			return errTag
		}
		for _, earlier := range p.given {
			if earlier.name == a.name { // B4.8, as written
				return ugyldigXML("Et attributt er gitt to ganger.")
			}
		}
		p.given = append(p.given, a)
	}
}

// rawAttr is an attribute with its name as written and its value as it is meant.
type rawAttr struct{ name, value string }

func (p *parser) attribute() (rawAttr, error) {
	name, err := p.name()
	if err != nil {
		return rawAttr{}, err
	}
	p.space()
	if !p.skip("=") {
		return rawAttr{}, p.broken("Et attributt mangler verdi")
	}
	p.space()
	quote := ""
	switch {
	case p.skip(`"`):
		quote = `"`
	case p.skip("'"):
		quote = "'"
	default: // B4.7
		return rawAttr{}, p.broken("En attributtverdi mangler anførselstegn")
	}
	raw, _, closed := strings.Cut(p.text[p.at:], quote)
	if !closed || strings.Contains(raw, "<") { // B4.7
		return rawAttr{}, p.broken("En attributtverdi er ikke avsluttet, eller inneholder <")
	}
	p.at += len(raw) + len(quote)
	value, err := attributeValue(raw)
	return rawAttr{name, value}, err
}

func (p *parser) name() (string, error) {
	name := leadingName(p.text[p.at:])
	switch {
	case name == "":
		return "", p.broken("Et navn mangler eller har ugyldige tegn")
	case len(name) > maxName: // B4.12, B5
		return "", forStort(fmt.Sprintf("Et navn er lengre enn %d byte.", maxName))
	}
	p.at += len(name)
	return name, nil
}

// space skips white space and says whether there was any.
func (p *parser) space() bool {
	from := p.at
	for p.at < len(p.text) && isSpace(p.text[p.at]) {
		p.at++
	}
	return p.at > from
}

func (p *parser) skip(mark string) bool {
	if !strings.HasPrefix(p.text[p.at:], mark) {
		return false
	}
	p.at += len(mark)
	return true
}

// broken is for what is not well-formed; the line is where the tag, text, comment or section stands.
func (p *parser) broken(regel string) error {
	return ugyldigXML(fmt.Sprintf("%s, linje %d.", regel, 1+strings.Count(p.text[:p.at], "\n")))
}
