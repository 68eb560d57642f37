package soap

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// parser builds the tree of one document out of raw tokens, and checks what RawToken does not: that tags match, that
// there is one root, that nothing but white space and comments stands outside it, that markup inside tags is
// separated, that references are to characters, names, and the limits.
type parser struct {
	text     []byte
	decoder  *xml.Decoder
	names    scope
	open     []openElement
	root     *element
	elements int
}

// openElement is an element whose end has not come: its name as written is what the end tag must repeat.
type openElement struct {
	raw      xml.Name
	element  *element
	bindings int
}

func parse(text []byte) (*element, error) {
	p := &parser{text: text, decoder: xml.NewDecoder(bytes.NewReader(text)), names: newScope()}
	for {
		from := p.decoder.InputOffset()
		token, err := p.decoder.RawToken()
		if errors.Is(err, io.EOF) {
			return p.end()
		}
		if err != nil {
			line, _ := p.decoder.InputPos()
			return nil, ugyldigXML(fmt.Sprintf("Dokumentet er ikke velformet, linje %d.", line))
		}
		if err := p.token(token, text[from:p.decoder.InputOffset()]); err != nil {
			return nil, err
		}
	}
}

func (p *parser) end() (*element, error) {
	if p.root == nil {
		return nil, ugyldigXML("Dokumentet har ikke noe rotelement.")
	}
	if len(p.open) > 0 {
		return nil, ugyldigXML("Dokumentet slutter før rotelementet er avsluttet.")
	}
	return p.root, nil
}

func (p *parser) token(token xml.Token, raw []byte) error {
	switch t := token.(type) {
	case xml.StartElement:
		return p.start(t, raw)
	case xml.EndElement:
		return p.finish(t)
	case xml.CharData:
		return p.chars(t, raw)
	case xml.Comment:
		return nil
	}
	return ugyldigXML("DTD og behandlingsinstrukser er ikke tillatt.")
}

func (p *parser) start(t xml.StartElement, raw []byte) error {
	if p.root != nil && len(p.open) == 0 {
		return ugyldigXML("Dokumentet har mer enn ett rotelement.")
	}
	if err := p.limits(t); err != nil {
		return err
	}
	if err := checkTag(raw); err != nil {
		return err
	}
	bindings := p.names.mark()
	e, err := p.names.expand(t)
	if err != nil {
		return err
	}
	if len(p.open) == 0 {
		p.root = e
	} else {
		parent := p.open[len(p.open)-1].element
		parent.Children = append(parent.Children, e)
	}
	p.open = append(p.open, openElement{raw: t.Name, element: e, bindings: bindings})
	return nil
}

func (p *parser) limits(t xml.StartElement) error {
	p.elements++
	switch {
	case p.elements > maxElements:
		return forStort(fmt.Sprintf("Dokumentet har mer enn %d elementer.", maxElements))
	case len(p.open) >= maxDepth:
		return forStort(fmt.Sprintf("Dokumentet er dypere enn %d nivåer.", maxDepth))
	case len(t.Attr) > maxAttributes:
		return forStort(fmt.Sprintf("Et element har mer enn %d attributter.", maxAttributes))
	case tooLong(t.Name):
		return forStort(fmt.Sprintf("Et navn er lengre enn %d byte.", maxName))
	}
	for _, a := range t.Attr {
		if tooLong(a.Name) {
			return forStort(fmt.Sprintf("Et navn er lengre enn %d byte.", maxName))
		}
	}
	return nil
}

func tooLong(n xml.Name) bool { return len(n.Space)+1+len(n.Local) > maxName }

func (p *parser) finish(t xml.EndElement) error {
	if len(p.open) == 0 || p.open[len(p.open)-1].raw != t.Name {
		return ugyldigXML("Et sluttmerke passer ikke til startmerket.")
	}
	p.names.reset(p.open[len(p.open)-1].bindings)
	p.open = p.open[:len(p.open)-1]
	return nil
}

func (p *parser) chars(t xml.CharData, raw []byte) error {
	if len(p.open) == 0 {
		if len(bytes.Trim(raw, space)) > 0 {
			return ugyldigXML("Det står tekst utenfor rotelementet.")
		}
		return nil
	}
	if !bytes.HasPrefix(raw, []byte("<![CDATA[")) {
		if err := checkReferences(raw); err != nil {
			return err
		}
	}
	e := p.open[len(p.open)-1].element
	e.Text = append(e.Text, t...)
	return nil
}

// checkTag looks at a start tag as written: white space between attributes, which the parser does not ask for, and
// references in their values.
func checkTag(raw []byte) error {
	var quote byte
	for i, c := range raw {
		switch {
		case quote == 0 && (c == '"' || c == '\''):
			quote = c
		case quote != 0 && c == quote:
			quote = 0
			if i+1 < len(raw) && !strings.ContainsRune(space+"/>", rune(raw[i+1])) {
				return ugyldigXML("Det mangler mellomrom mellom to attributter.")
			}
		}
	}
	return checkReferences(raw)
}

// checkReferences refuses references to what is no character: the parser turns them into U+FFFD.
func checkReferences(raw []byte) error {
	for {
		_, after, found := bytes.Cut(raw, []byte("&#"))
		if !found {
			return nil
		}
		number, rest, _ := bytes.Cut(after, []byte(";"))
		base := 10
		if hex, ok := bytes.CutPrefix(number, []byte("x")); ok {
			number, base = hex, 16
		}
		n, err := strconv.ParseUint(string(number), base, 21)
		if err != nil || !isChar(rune(n)) {
			return ugyldigXML("En tegnreferanse viser til noe som ikke er et tegn i XML.")
		}
		raw = rest
	}
}
