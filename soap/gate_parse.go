package soap

import "strings"

// parser builds the tree of one document. It is a scanner of its own because encoding/xml cannot be held to the rules
// from outside without reading each tag twice. A limit is checked before anything is allocated for what exceeds it;
// names and plain values are slices of the text. It reads one document after the other in the same memory.
type parser struct {
	text     string
	at       int
	names    scope
	open     []openElement
	given    []rawAttr // of the tag under way
	root     *element
	elements int
	kept     []element // for the first elements of each document
	slab     []element // what is free of them, or of the latest slab
}

// openElement is an element whose end has not come: its name as written is what the end tag must repeat.
type openElement struct {
	raw      string
	element  *element
	last     *element // its latest child
	bindings int
	glued    []byte // its text, when it comes in pieces or is not as it is written
}

func (p *parser) parse(text string) (*element, error) {
	p.text = text
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
	return p.open[len(p.open)-1].add(raw)
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
	o := &p.open[len(p.open)-1]
	o.glue()
	o.glued = appendLines(o.glued, content)
	return nil
}
