package kontrakt

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/beevik/etree"

	"aareg/wsdl"
)

// The namespaces of the two SOAP versions.
const (
	ns11 = "http://schemas.xmlsoap.org/soap/envelope/"
	ns12 = "http://www.w3.org/2003/05/soap-envelope"
)

// Limits on what is read as XML: far above any answer, and low enough that a hostile one can neither exhaust memory
// nor the stack.
const (
	maksDybde      = 64
	maksElementer  = 1_000_000
	maksAttributer = 64
)

// les reads a document: UTF-8, well-formed, one root, no document type. The error holds nothing of its text.
func les(kropp []byte) (*etree.Element, error) {
	switch {
	case bytes.HasPrefix(kropp, []byte("\xef\xbb\xbf")):
		return nil, errors.New("begins with a byte order mark")
	case !utf8.Valid(kropp):
		return nil, errors.New("is not UTF-8")
	}
	if err := overse(kropp); err != nil {
		return nil, err
	}
	doc := etree.NewDocument()
	if err := doc.ReadFromBytes(kropp); err != nil {
		return nil, errors.New("is not well-formed XML" + paaLinje(err))
	}
	root := doc.Root()
	if root == nil || len(doc.ChildElements()) != 1 {
		return nil, errors.New("is not well-formed XML: it has not one root")
	}
	return root, nil
}

// paaLinje is where a document stops being well-formed, as far as the reader tells.
func paaLinje(err error) string {
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) {
		return fmt.Sprintf(" in line %d", syntax.Line)
	}
	return ""
}

// overse goes through a document once, before a tree is made of it: it counts, and finds what the tree does not show.
func overse(kropp []byte) error {
	in := xml.NewDecoder(bytes.NewReader(kropp))
	in.CharsetReader = func(string, io.Reader) (io.Reader, error) { return nil, errCharset }
	depth, elements := 0, 0
	for {
		token, err := in.RawToken()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case errors.Is(err, errCharset):
			return errors.New("declares another encoding than UTF-8")
		case err != nil:
			return errors.New("is not well-formed XML" + paaLinje(err))
		}
		switch t := token.(type) {
		case xml.StartElement:
			if err := enGangHver(t.Attr); err != nil {
				return err
			}
			depth, elements = depth+1, elements+1
		case xml.EndElement:
			depth--
		case xml.Directive:
			return errors.New("has a document type")
		case xml.CharData:
			if depth == 0 && strings.TrimSpace(string(t)) != "" {
				return errors.New("is not well-formed XML: there is text outside its root")
			}
		}
		if depth < 0 || depth > maksDybde || elements > maksElementer {
			return fmt.Errorf("is not nested properly, or deeper than %d, or has more than %d elements", maksDybde, maksElementer)
		}
	}
}

var errCharset = errors.New("charset")

func enGangHver(given []xml.Attr) error {
	if len(given) > maksAttributer {
		return fmt.Errorf("has an element with more than %d attributes", maksAttributer)
	}
	for i, a := range given {
		for _, b := range given[:i] {
			if a.Name == b.Name {
				return errors.New("is not well-formed XML: an attribute is given twice")
			}
		}
	}
	return nil
}

// konvolutt is an envelope taken apart.
type konvolutt struct {
	root    *etree.Element
	hode    *etree.Element // nil without one
	kropp   *etree.Element // the body
	innhold *etree.Element // the body's first element, nil when it has none
}

// is12 says whether the envelope is one of SOAP 1.2.
func (k *konvolutt) is12() bool { return k.root.NamespaceURI() == ns12 }

// aapne reads an envelope of either version, whatever stands in it but processing instructions, which SOAP does not
// have (SOAP 1.1, 3): text behind one would not be seen.
func aapne(kropp []byte) (*konvolutt, error) {
	root, err := les(kropp)
	if err != nil {
		return nil, err
	}
	if harInstruks(bytes.TrimPrefix(kropp, []byte("<?xml "))) {
		return nil, errors.New("has a processing instruction")
	}
	return konvoluttAv(root)
}

// harInstruks says whether a document has a processing instruction behind its declaration.
func harInstruks(kropp []byte) bool {
	if !bytes.Contains(kropp, []byte("<?")) {
		return false
	}
	in := xml.NewDecoder(bytes.NewReader(kropp))
	for {
		token, err := in.RawToken()
		if err != nil {
			return false
		}
		if _, met := token.(xml.ProcInst); met {
			return true
		}
	}
}

func konvoluttAv(root *etree.Element) (*konvolutt, error) {
	ns := root.NamespaceURI()
	if root.Tag != "Envelope" || ns != ns11 && ns != ns12 {
		return nil, errors.New("is no SOAP envelope")
	}
	k := &konvolutt{root: root}
	for _, child := range root.ChildElements() {
		switch {
		case child.NamespaceURI() == ns && child.Tag == "Header" && k.hode == nil && k.kropp == nil:
			k.hode = child
		case child.NamespaceURI() == ns && child.Tag == "Body" && k.kropp == nil:
			k.kropp = child
		default:
			return nil, errors.New("has more in its envelope than a Header and a Body")
		}
	}
	if k.kropp == nil {
		return nil, errors.New("has no Body in its envelope")
	}
	if inside := k.kropp.ChildElements(); len(inside) > 0 {
		k.innhold = inside[0]
	}
	return k, nil
}

// operasjon is the tag of a question's root, "" when it is in another namespace than the operations. Of a question that
// could not be read it is what it was meant for.
func (k *konvolutt) operasjon(ment string) string {
	switch {
	case k == nil:
		return ment
	case k.innhold == nil || k.innhold.NamespaceURI() != wsdl.NamespaceAareg2:
		return ""
	}
	return k.innhold.Tag
}

// textAt is the text of the first element at a path, "" where there is none.
func textAt(e *etree.Element, tags ...string) string {
	for _, tag := range tags {
		if e = e.SelectElement(tag); e == nil {
			return ""
		}
	}
	return e.Text()
}

// hasText says whether something else than white space stands between an element's children.
func hasText(e *etree.Element) bool {
	for _, c := range e.Child {
		if text, ok := c.(*etree.CharData); ok && strings.TrimSpace(text.Data) != "" {
			return true
		}
	}
	return false
}
