package soap

import (
	"fmt"
	"strings"
)

// parser builds the tree of one document. It is a scanner of its own because encoding/xml cannot be held to the rules
// from outside without reading each tag twice. A limit is checked before anything is allocated for what exceeds it;
// names and plain values are slices of the text.
type parser struct {
	text     string
	at       int
	names    scope
	open     []openElement
	root     *element
	elements int
}

// openElement is an element whose end has not come: its name as written is what the end tag must repeat.
type openElement struct {
	raw      string
	element  *element
	bindings int
}

func parse(text string) (*element, error) {
	p := &parser{text: text, names: newScope()}
	for p.at < len(text) {
		if err := p.next(); err != nil {
			return nil, err
		}
	}
	switch { // B4.6: one root, and the whole text was read
	case p.root == nil:
		return nil, ugyldigXML("Dokumentet har ikke noe rotelement.")
	case len(p.open) > 0:
		return nil, ugyldigXML("Dokumentet slutter før rotelementet er avsluttet.")
	}
	return p.root, nil
}

// next reads one tag, comment or CDATA section, or the text up to the next of them.
func (p *parser) next() error {
	rest := p.text[p.at:]
	switch {
	case rest[0] != '<':
		return p.chars(upTo(rest, "<"))
	case strings.HasPrefix(rest, "</"):
		return p.endTag()
	case strings.HasPrefix(rest, "<!--"):
		return p.comment(rest[4:])
	case strings.HasPrefix(rest, "<![CDATA["):
		return p.cdata(rest[9:])
	case strings.HasPrefix(rest, "<!"): // B4.5: refused at its first two characters
		return ugyldigXML("DTD og andre erklæringer er ikke tillatt.")
	case strings.HasPrefix(rest, "<?"): // B4.5, and B4.4 for a declaration behind the beginning
		return ugyldigXML("Behandlingsinstrukser er ikke tillatt.")
	}
	return p.startTag()
}

func upTo(text, mark string) string {
	before, _, _ := strings.Cut(text, mark)
	return before
}

// chars takes text as written, references and all.
func (p *parser) chars(raw string) error {
	p.at += len(raw)
	if len(p.open) == 0 {
		if len(trim(raw)) > 0 { // B4.6: a reference is not white space here
			return ugyldigXML("Det står tekst utenfor rotelementet.")
		}
		return nil
	}
	if strings.Contains(raw, "]]>") {
		return p.broken("Teksten inneholder ]]>")
	}
	e := p.open[len(p.open)-1].element
	var err error
	e.Text, err = appendResolved(e.Text, raw, "")
	return err
}

func (p *parser) comment(rest string) error {
	content, after, closed := strings.Cut(rest, "--")
	if !closed || !strings.HasPrefix(after, ">") {
		return p.broken("En kommentar er ikke avsluttet, eller inneholder --")
	}
	p.at += len("<!---->") + len(content)
	return nil
}

func (p *parser) cdata(rest string) error {
	content, _, closed := strings.Cut(rest, "]]>")
	switch {
	case len(p.open) == 0: // B4.6
		return ugyldigXML("Det står tekst utenfor rotelementet.")
	case !closed:
		return p.broken("En CDATA-seksjon er ikke avsluttet")
	}
	p.at += len("<![CDATA[]]>") + len(content)
	e := p.open[len(p.open)-1].element
	e.Text = appendLines(e.Text, content)
	return nil
}

func (p *parser) endTag() error {
	p.at += len("</")
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

func (p *parser) close() {
	p.names.reset(p.open[len(p.open)-1].bindings)
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
	attributes, err := p.attributes(from)
	if err != nil {
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
	e, err := p.names.expand(raw, attributes)
	if err != nil {
		return err
	}
	if len(p.open) == 0 {
		p.root = e
	} else {
		parent := p.open[len(p.open)-1].element
		parent.Children = append(parent.Children, e)
	}
	p.open = append(p.open, openElement{raw: raw, element: e, bindings: bindings})
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
func (p *parser) attributes(from int) ([]rawAttr, error) {
	var given []rawAttr
	for {
		apart := p.space()
		if p.at == len(p.text) || p.text[p.at] == '>' || p.text[p.at] == '/' {
			return given, nil
		}
		if !apart { // B4.7
			return nil, ugyldigXML("Det mangler mellomrom mellom to attributter.")
		}
		if len(given) == maxAttributes { // B4.12, B5
			return nil, forStort(fmt.Sprintf("Et element har mer enn %d attributter.", maxAttributes))
		}
		a, err := p.attribute()
		if err != nil {
			return nil, err
		}
		if p.at-from > maxTag { // B4.12, B5
			return nil, errTag
		}
		for _, earlier := range given {
			if earlier.name == a.name { // B4.8, as written
				return nil, ugyldigXML("Et attributt er gitt to ganger.")
			}
		}
		given = append(given, a)
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

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

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
