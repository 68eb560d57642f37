package soap

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
)

// gate is what a parser that has read nothing before makes of a document.
func gate(document []byte, charset string) (*element, error) {
	return newParser().gate(document, charset)
}

// refusalOf is the code that the gate refuses a document with, "" when it lets it in.
func refusalOf(document, charset string) string {
	_, err := gate([]byte(document), charset)
	var known *feil
	var below *statusError
	switch {
	case err == nil:
		return ""
	case errors.As(err, &known):
		return string(known.kode)
	case errors.As(err, &below):
		return fmt.Sprint(below.status)
	}
	return "an error of no known type"
}

// illFormed are documents that every parser must refuse, and what SOAP forbids.
var illFormed = map[string]string{
	"empty":                          "",
	"only white space":               " \n",
	"only a declaration":             `<?xml version="1.0"?>`,
	"only a comment":                 "<!-- -->",
	"cut in a tag":                   "<a",
	"cut before the end":             "<a><b></b>",
	"two roots":                      "<a/><b/>",
	"text before the root":           "x<a/>",
	"text behind the root":           "<a/>x",
	"reference behind the root":      "<a/>&#32;",
	"CDATA behind the root":          "<a/><![CDATA[ ]]>",
	"a second byte order mark":       "\xEF\xBB\xBF\xEF\xBB\xBF<a/>",
	"end without start":              "</a>",
	"wrong end":                      "<a></b>",
	"end by another prefix":          `<p:a xmlns:p="u" xmlns:q="u"></q:a>`,
	"crossed":                        "<a><b></a></b>",
	"DTD":                            "<!DOCTYPE a><a/>",
	"DTD in lower case":              "<!doctype a><a/>",
	"DTD behind the root":            "<a/><!DOCTYPE a>",
	"entities":                       `<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>`,
	"markup declaration in the root": "<a><!ELEMENT a ANY></a>",
	"processing instruction":         "<?a b?><a/>",
	"processing instruction inside":  "<a><?a b?></a>",
	"processing instruction behind":  "<a/><?a b?>",
	"stylesheet":                     `<?xml-stylesheet href="x"?><a/>`,
	"declaration behind space":       ` <?xml version="1.0"?><a/>`,
	"declaration inside":             `<a><?xml version="1.0"?></a>`,
	"declaration without version":    `<?xml encoding="UTF-8"?><a/>`,
	"declaration 1.1":                `<?xml version="1.1"?><a/>`,
	"declaration in capitals":        `<?XML version="1.0"?><a/>`,
	"declaration unquoted":           `<?xml version=1.0?><a/>`,
	"declaration with mixed quotes":  `<?xml version="1.0'?><a/>`,
	"declaration in wrong order":     `<?xml version="1.0" standalone="yes" encoding="UTF-8"?><a/>`,
	"declaration with standalone 1":  `<?xml version="1.0" standalone="1"?><a/>`,
	"declaration without space":      `<?xml version="1.0"encoding="UTF-8"?><a/>`,
	"declaration with more":          `<?xml version="1.0" x="y"?><a/>`,
	"declaration open":               `<?xml version="1.0"><a/>`,
	"duplicate attribute":            `<a b="1" b="2"/>`,
	"duplicate attribute expanded":   `<a xmlns:p="u" xmlns:q="u" p:b="1" q:b="2"/>`,
	"duplicate namespace":            `<a xmlns:p="u" xmlns:p="u"/>`,
	"no space between attributes":    `<a b="1"c="2"/>`,
	"attribute without quotes":       `<a b=1/>`,
	"attribute without value":        `<a b/>`,
	"< in an attribute":              `<a b="<"/>`,
	"unbound prefix":                 `<p:a/>`,
	"unbound attribute prefix":       `<a p:b="c"/>`,
	"prefix bound in a sibling":      `<a><b xmlns:p="u"/><p:c/></a>`,
	"empty binding":                  `<a xmlns:p=""/>`,
	"xmlns bound":                    `<a xmlns:xmlns="u"/>`,
	"xmlns as a prefix":              `<xmlns:a/>`,
	"xml bound to another":           `<a xmlns:xml="u"/>`,
	"another bound to xml":           `<a xmlns:p="http://www.w3.org/XML/1998/namespace"/>`,
	"default bound to xml":           `<a xmlns="http://www.w3.org/XML/1998/namespace"/>`,
	"bound to xmlns":                 `<a xmlns:p="http://www.w3.org/2000/xmlns/"/>`,
	"colon first":                    `<:a/>`,
	"colon last":                     `<a:/>`,
	"two colons":                     `<a:b:c xmlns:a="u"/>`,
	"local name begins with a digit": `<p:1 xmlns:p="u"/>`,
	"attribute with colon first":     `<a :b="c"/>`,
	"declaration of an empty prefix": `<a xmlns:="u"/>`,
	"name begins with a digit":       `<1/>`,
	"null":                           "<a>\x00</a>",
	"control character":              "<a>\x01</a>",
	"control character in a comment": "<a><!-- \x01 --></a>",
	"U+FFFE":                         "<a>\uFFFE</a>",
	"invalid UTF-8":                  "<a>\xFF</a>",
	"invalid UTF-8 in a comment":     "<a><!-- \xFF --></a>",
	"overlong":                       "<a>\xC0\xBC</a>",
	"surrogate in UTF-8":             "<a>\xED\xA0\x80</a>",
	"reference to null":              "<a>&#0;</a>",
	"reference to a control":         "<a>&#1;</a>",
	"reference to a surrogate":       "<a>&#xD800;</a>",
	"reference to U+FFFE":            "<a>&#xFFFE;</a>",
	"reference beyond Unicode":       "<a>&#x110000;</a>",
	"reference far beyond":           "<a>&#99999999999999999999;</a>",
	"reference in an attribute":      `<a b="&#xD800;"/>`,
	"reference in capitals":          "<a>&#X41;</a>",
	"reference without a number":     "<a>&#;</a>",
	"reference without an end":       "<a>&#65</a>",
	"entity":                         "<a>&nbsp;</a>",
	"bare ampersand":                 "<a>a & b</a>",
	"]]> in text":                    "<a>]]></a>",
	"-- in a comment":                "<a><!-- -- --></a>",
	"half a comment":                 "<a/><!--",
	"UTF-32":                         "\xFF\xFE\x00\x00<\x00\x00\x00a\x00\x00\x00/\x00\x00\x00>\x00\x00\x00",
	"UTF-16 without its mark":        string(utf16Bytes("<a/>", false)[2:]),
	"UTF-16 cut in half":             "\xFF\xFE<",
	"UTF-16 and half a character":    string(utf16Bytes("<a/>", true)) + " ",
	"UTF-16 with half a pair":        "\xFE\xFF\x00<\x00a\x00>\xD8\x00\x00x\x00<\x00/\x00a\x00>",
	"UTF-16 with a lone surrogate":   "\xFE\xFF\x00<\x00a\xD8\x00\x00/\x00>",
	"UTF-16 ending in a surrogate":   "\xFE\xFF\xD8\x00",
	"DTD in UTF-16":                  string(utf16Bytes("<!DOCTYPE a><a/>", true)),
}

func TestGateRefusesWhatIsNotWellFormed(t *testing.T) {
	for name, document := range illFormed {
		t.Run(name, func(t *testing.T) {
			if got := refusalOf(document, ""); got != string(ugyldigXml) {
				t.Errorf("refusal = %q, want %q", got, ugyldigXml)
			}
		})
	}
}

func TestGateUnderstandsEveryDisguise(t *testing.T) {
	const want = "{u}a[{}b=c, æ](<x>)"
	for name, document := range map[string]string{
		"plain":                `<a xmlns="u" b="c, æ">&lt;x></a>`,
		"declaration":          `<?xml version="1.0"?><a xmlns="u" b="c, æ">&lt;x></a>`,
		"full declaration":     "<?xml\tversion = '1.0' encoding='utf-8' standalone=\"no\" ?>\r\n<a xmlns=\"u\" b=\"c, æ\">&lt;x></a>",
		"byte order mark":      "\xEF\xBB\xBF" + `<?xml version="1.0"?><a xmlns="u" b="c, æ">&lt;x></a>`,
		"prefix":               `<p:a xmlns:p="u" b="c, æ">&lt;x></p:a>`,
		"prefix with ø":        `<ø:a xmlns:ø="u" b="c, æ">&lt;x></ø:a >`,
		"single quotes":        `<a xmlns='u' b='c, æ'>&lt;x></a>`,
		"comments":             `<!-- a --><a xmlns="u" b="c, æ"><!-- <b> -->&lt;<!-- -->x></a><!-- c -->`,
		"CDATA":                `<a xmlns="u" b="c, æ"><![CDATA[<x]]>></a>`,
		"references":           `<a xmlns="u" b="c&#44; &#xE6;">&#60;&#x78;&gt;</a>`,
		"rebound":              `<p:a xmlns:p="u" b="c, æ">&lt;x></p:a>`,
		"xml declared":         `<a xmlns="u" xmlns:xml="http://www.w3.org/XML/1998/namespace" b="c, æ">&lt;x></a>`,
		"white space in tags":  "<a\n xmlns = \"u\"\tb=\"c, æ\"\r\n>&lt;x></a\n>",
		"> in an attribute":    `<a xmlns="u" xmlns:p=">" b="c, æ">&lt;x></a>`,
		"end of line":          "<a xmlns=\"u\" b=\"c,\næ\">&lt;x></a>",
		"line ends as one":     "<a xmlns=\"u\" b=\"c,\r\næ\">&lt;x></a>",
		"reference look-alike": `<a xmlns="u" b="c, æ"><!-- &#0; -->&lt;x></a>`,
	} {
		t.Run(name, func(t *testing.T) {
			root, err := gate([]byte(document), "")
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, sketch(root)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// sketch prints an element in one line.
func sketch(e *element) string {
	var b strings.Builder
	fmt.Fprintf(&b, "{%s}%s", e.Name.Space, e.Name.Local)
	for _, a := range e.Attr {
		fmt.Fprintf(&b, "[{%s}%s=%s]", a.Name.Space, a.Name.Local, a.Value)
	}
	fmt.Fprintf(&b, "(%s)", e.Text)
	for child := e.First; child != nil; child = child.Next {
		b.WriteString(sketch(child))
	}
	return b.String()
}

func TestGateReadsTheCharsetByMarkThenHeaderThenDeclaration(t *testing.T) {
	const (
		declaresLatin1 = `<?xml version="1.0" encoding="ISO-8859-1"?>`
		declaresEBCDIC = `<?xml version="1.0" encoding="EBCDIC-CP-NO"?>`
	)
	for _, c := range []struct{ name, document, charset, want string }{
		{"nothing said is UTF-8", "<a>ø</a>", "", "ø"},
		{"header in capitals", "<a>ø</a>", "UTF-8", "ø"},
		{"header ISO-8859-1", "<a>\xF8</a>", "ISO-8859-1", "ø"},
		{"ISO-8859-1 is read as Windows-1252", "<a>\x80</a>", "iso-8859-1", "€"},
		{"declaration ISO-8859-1", declaresLatin1 + "<a>\xF8</a>", "", "ø"},
		{"header beats declaration", declaresLatin1 + "<a>ø</a>", "utf-8", "ø"},
		{"mark beats header", "\xEF\xBB\xBF<a>ø</a>", "iso-8859-1", "ø"},
		{"mark beats declaration", "\xEF\xBB\xBF" + declaresLatin1 + "<a>ø</a>", "", "ø"},
		{"UTF-16 little endian", string(utf16Bytes(`<?xml version="1.0" encoding="UTF-16"?><a>ø𝄞</a>`, false)), "utf-16", "ø𝄞"},
		{"UTF-16 big endian", string(utf16Bytes("<a>ø𝄞</a>", true)), "", "ø𝄞"},
		{"UTF-16 that says UTF-8", string(utf16Bytes(`<?xml version="1.0" encoding="utf-8"?><a>ø</a>`, false)), "utf-8", "ø"},
		{"header UTF-16 without mark", "<a>ø</a>", "utf-16", "415"},
		{"declaration UTF-16 without mark", `<?xml version="1.0" encoding="UTF-16"?><a>ø</a>`, "", "415"},
		{"UTF-7", "<a>+APg-</a>", "utf-7", "415"},
		{"UTF-32", "<a>ø</a>", "utf-32", "415"},
		{"unknown declaration", declaresEBCDIC + "<a/>", "", "415"},
		{"header beats unknown declaration", declaresEBCDIC + "<a>ø</a>", "utf-8", "ø"},
		{"unknown header", "<a/>", "x-user-defined", "415"},
		{"ISO-8859-1 sent as UTF-8", "<a>\xF8</a>", "utf-8", "ugyldigXml"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := refusalOf(c.document, c.charset)
			if root, err := gate([]byte(c.document), c.charset); err == nil {
				got = root.Text
			}
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func utf16Bytes(text string, bigEndian bool) []byte {
	var b []byte
	for _, unit := range utf16.Encode([]rune("\uFEFF" + text)) {
		if bigEndian {
			b = append(b, byte(unit>>8), byte(unit))
		} else {
			b = append(b, byte(unit), byte(unit>>8))
		}
	}
	return b
}

func TestGateHoldsItsLimits(t *testing.T) {
	attributes := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, ` a%d=""`, i)
		}
		return "<a" + b.String() + "/>"
	}
	for _, c := range []struct {
		name   string
		within func(n int) string
		limit  int
	}{
		{"depth", func(n int) string { return strings.Repeat("<a>", n) + strings.Repeat("</a>", n) }, maxDepth},
		{"elements", func(n int) string { return "<a>" + strings.Repeat("<b/>", n-1) + "</a>" }, maxElements},
		{"attributes", attributes, maxAttributes},
		{"tag", func(n int) string { return `<a b="` + strings.Repeat(">", n-len(`<a b=""/>`)) + `"/>` }, maxTag},
		{"name", func(n int) string { return "<" + strings.Repeat("a", n) + "/>" }, maxName},
		{"attribute name", func(n int) string { return "<a " + strings.Repeat("b", n) + `=""/>` }, maxName},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := []string{refusalOf(c.within(c.limit), ""), refusalOf(c.within(c.limit+1), "")}
			if diff := cmp.Diff([]string{"", string(forStor)}, got); diff != "" {
				t.Errorf("at the limit and above it (-want +got):\n%s", diff)
			}
		})
	}
}

func TestBodyOverTheLimitGets413(t *testing.T) {
	s := newService(t, testOperations)
	pad := func(n int) string { return good + strings.Repeat(" ", n-len(good)) }
	for name, c := range map[string]struct {
		body    string
		chunked bool
		want    int
	}{
		"at the limit":            {pad(maxBody), false, http.StatusOK},
		"above":                   {pad(maxBody + 1), false, http.StatusRequestEntityTooLarge},
		"chunked at the limit":    {pad(maxBody), true, http.StatusOK},
		"chunked above the limit": {pad(maxBody + 1), true, http.StatusRequestEntityTooLarge},
	} {
		t.Run(name, func(t *testing.T) {
			r := s.request(t, http.MethodPost, "/", xmlType, c.body)
			if c.chunked {
				r.ContentLength = -1
			}
			got := s.do(t, r)
			if got.status != c.want || (got.root != nil) != (c.want == http.StatusOK) {
				t.Errorf("status %d, envelope %v; want %d", got.status, got.root != nil, c.want)
			}
		})
	}
}
