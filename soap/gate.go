package soap

import (
	"bytes"
	"encoding/xml"
	"regexp"
	"strings"
	"unicode/utf8"
)

// The gate's limits. The largest legal request is under 4 KiB, with WS-Security under 32 KiB; the parser builds a
// whole tag before anything can be counted, so a tag is measured before it is parsed.
const (
	maxBody       = 256 << 10 // bytes as they came
	maxTag        = 16 << 10  // bytes from < to >
	maxDepth      = 32
	maxAttributes = 64 // of one tag, namespace declarations included
	maxElements   = 2000
	maxName       = 256 // bytes, prefix included
)

// element is one element of a checked document. Names are expanded; Prefix is only for messages and comparisons.
// Attributes are without the namespace declarations. Text is the character data directly in the element, glued.
type element struct {
	Name     xml.Name
	Prefix   string
	Attr     []xml.Attr
	Children []*element
	Text     []byte
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
func (e *element) blank() bool { return len(bytes.Trim(e.Text, space)) == 0 }

// space is the white space of XML: less than Unicode's.
const space = " \t\r\n"

func trim(s string) string { return strings.Trim(s, space) }

// gate turns the bytes of a request into one checked document. It is the only reader of request bytes: encoding/xml
// alone lets more than half of the documents pass that a parser must refuse, so what it does not check is checked
// here and in the gate's other files. charset is that of the Content-Type, "" when it names none. The error is a
// *feil (ugyldigXml, forStor), or a *statusError for a charset that is not read.
func gate(body []byte, charset string) (*element, error) {
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
	if err := scanMarkup(text); err != nil {
		return nil, err
	}
	return parse(text)
}

func ugyldigXML(regel string) error { return &feil{kode: ugyldigXml, melding: regel} }

func forStort(regel string) error { return &feil{kode: forStor, melding: regel} }

// checkChars refuses what is not UTF-8, and what is no character of XML, in comments too.
func checkChars(text []byte) error {
	for i := 0; i < len(text); {
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

// isChar is the production Char of XML 1.0.
func isChar(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' ||
		r >= 0x20 && r <= 0xD7FF || r >= 0xE000 && r <= 0xFFFD || r >= 0x10000 && r <= 0x10FFFF
}

// declaration is the production XMLDecl of XML 1.0; its second or third group is the encoding.
var declaration = regexp.MustCompile(`^<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:"1\.0"|'1\.0')` +
	`(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(?:"([A-Za-z][A-Za-z0-9._-]*)"|'([A-Za-z][A-Za-z0-9._-]*)'))?` +
	`(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\r\n]*\?>`)

// cutDeclaration takes away the declaration, which may stand at the very beginning only: parse refuses it elsewhere
// as a processing instruction.
func cutDeclaration(text []byte) ([]byte, error) {
	if !bytes.HasPrefix(text, []byte("<?xml")) {
		return text, nil
	}
	found := declaration.Find(text)
	if found == nil {
		return nil, ugyldigXML("XML-deklarasjonen er ikke gyldig.")
	}
	return text[len(found):], nil
}

// scanMarkup walks from tag to tag before the parser does: it refuses a DTD or a processing instruction at its first
// two characters, and a tag that is longer than maxTag. Whether the rest is well-formed is for parse to say.
func scanMarkup(text []byte) error {
	for {
		at := bytes.IndexByte(text, '<')
		if at < 0 {
			return nil
		}
		text = text[at:]
		var end int
		switch {
		case bytes.HasPrefix(text, []byte("<!--")):
			end = endOf(text, 4, "-->")
		case bytes.HasPrefix(text, []byte("<![CDATA[")):
			end = endOf(text, 9, "]]>")
		case bytes.HasPrefix(text, []byte("<!")):
			return ugyldigXML("DTD og andre erklæringer er ikke tillatt.")
		case bytes.HasPrefix(text, []byte("<?")):
			return ugyldigXML("Behandlingsinstrukser er ikke tillatt.")
		default:
			end = tagEnd(text)
			if end > maxTag {
				return forStort("Et element har et startmerke over 16 KiB.")
			}
		}
		text = text[end:]
	}
}

func endOf(text []byte, from int, mark string) int {
	at := bytes.Index(text[from:], []byte(mark))
	if at < 0 {
		return len(text)
	}
	return from + at + len(mark)
}

// tagEnd is the length of the tag that text begins with: a > in quotes does not end it.
func tagEnd(text []byte) int {
	var quote byte
	for i, c := range text {
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return i + 1
		}
	}
	return len(text)
}
