package soap

import (
	"encoding/binary"
	"encoding/xml"
	"unicode/utf8"
)

// The gate's limits (B4.12, B5). The largest legal request is under 4 KiB, with WS-Security under 32 KiB.
const (
	maxBody       = 256 << 10 // bytes as they came
	maxTag        = 16 << 10  // bytes from < to >
	maxDepth      = 32
	maxAttributes = 64 // of one tag, namespace declarations included
	maxElements   = 2000
	maxName       = 256 // bytes, prefix included
)

// maxAllocated is what one call of the gate allocates at most, in bytes, whatever it is given: the document decoded,
// and its tree. Hostile documents are measured against it.
const maxAllocated = 32 * maxBody

// element is one element of a checked document. Names are expanded.
// Attributes are without the namespace declarations. Text is the character data directly in the element, glued.
type element struct {
	Name        xml.Name
	Attr        []xml.Attr
	Text        string
	First, Next *element // its first child, and the child of its parent that comes after it; nil for none
}

// attr is the value of an attribute, surrounding white space removed; "" when it is not there.
func (e *element) attr(space, local string) string {
	for _, a := range e.Attr {
		if a.Name.Space == space && a.Name.Local == local {
			return trim(a.Value)
		}
	}
	return ""
}

// blank says that no text but white space stands directly in the element.
func (e *element) blank() bool { return trim(e.Text) == "" }

func (e *element) isNamedAs(other *element) bool { return e.Name == other.Name }

func (e *element) hasMoreThan(children int) bool {
	for child := e.First; child != nil; child = child.Next {
		children--
	}
	return children < 0
}

// space is the white space of XML: less than Unicode's.
const space = " \t\r\n"

func trim(s string) string {
	for len(s) > 0 && isSpace(s[0]) {
		s = s[1:]
	}
	for len(s) > 0 && isSpace(s[len(s)-1]) {
		s = s[:len(s)-1]
	}
	return s
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

// gate turns the bytes of a request into one checked document. It is the only reader of request bytes: encoding/xml
// lets more than half of the documents pass that a parser must refuse, so the gate has a scanner of its own, which
// encoding/xml, libxml2 and the W3C's suite are held against in tests. charset is that of the Content-Type, "" when
// it names none. The error is a *feil (ugyldigXml, forStor), or a *statusError for a charset that is not read.
//
// The rules it keeps are numbered where they are kept: B4.1 the size is known and under the limit (by the caller);
// B4.2 the charset is settled; B4.3 characters, before and after references; B4.4 the declaration; B4.5 no DTD, no
// processing instruction; B4.6 one root, nothing outside it, read to the end; B4.7 attributes apart, quoted, without
// <; B4.8 no attribute twice, as written and expanded; B4.9 names; B4.10 prefixes; B4.11 end tags; B4.12 limits, whose
// table is B5.
func (p *parser) gate(body []byte, charset string) (*element, error) {
	text, err := decodeCharset(body, charset)
	if err != nil {
		return nil, err
	}
	if err := checkChars(text); err != nil {
		return nil, err
	}
	text, err = cutDeclaration(text)
	if err != nil {
		return nil, err
	}
	return p.parse(string(text))
}

func ugyldigXML(regel string) error { return &feil{kode: ugyldigXml, melding: regel} }

func forStort(regel string) error { return &feil{kode: forStor, melding: regel} }

// checkChars refuses what is not UTF-8, and what is no character of XML, in comments too (B4.3).
func checkChars(text []byte) error {
	for i := 0; i < len(text); {
		if i+8 <= len(text) && isPrintable(binary.LittleEndian.Uint64(text[i:])) {
			i += 8
			continue
		}
		if c := text[i]; c >= 0x20 && c < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && size == 1 {
			return ugyldigXML("Teksten er ikke gyldig i tegnsettet den er sendt i.")
		}
		if !isChar(r) {
			return ugyldigXML("Teksten inneholder tegn som ikke er tillatt i XML.")
		}
		i += size
	}
	return nil
}

// isPrintable says whether each of eight bytes is at least 0x20 and below utf8.RuneSelf: the subtraction takes the high
// bit from the bytes above, or sets that of the lowest one that is too small.
func isPrintable(eight uint64) bool {
	const spaces, high = 0x2020202020202020, 0x8080808080808080
	return (eight|(eight-spaces))&high == 0
}

// isChar is the production Char of XML 1.0.
func isChar(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' ||
		r >= 0x20 && r <= 0xD7FF || r >= 0xE000 && r <= 0xFFFD || r >= 0x10000 && r <= 0x10FFFF
}
