package soap

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// xmlDecl is the production XMLDecl of XML 1.0, of version 1.0 alone; its second or third group is the encoding.
var xmlDecl = regexp.MustCompile(`^<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:"1\.0"|'1\.0')` +
	`(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(?:"([A-Za-z][A-Za-z0-9._-]*)"|'([A-Za-z][A-Za-z0-9._-]*)'))?` +
	`(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\r\n]*\?>`)

// expectDeclaration compares what is read of a declaration with what the production says.
func expectDeclaration(t *testing.T, text string) (valid bool) {
	t.Helper()
	var wantEncoding, wantRest string
	found := xmlDecl.FindStringSubmatch(text)
	if found != nil {
		wantEncoding, wantRest = found[1]+found[2], text[len(found[0]):]
	}
	encoding, rest, valid := declaration([]byte(text))
	if valid != (found != nil) || string(encoding) != wantEncoding || string(rest) != wantRest {
		t.Errorf("%q: %v, encoding %q, rest %q; the production says %v, %q, %q", text, valid, encoding, rest, found != nil, wantEncoding, wantRest)
	}
	return valid
}

// TestDeclarationIsReadAsTheProductionSays builds declarations of pieces that belong there and pieces that do not.
func TestDeclarationIsReadAsTheProductionSays(t *testing.T) {
	pieces := []string{"<?xml", " ", "\n\t", "version", "=", `"1.0"`, "'1.0'", `"1.1"`, "encoding", `"utf-8"`, "'ISO-8859-1'", `"8859"`, `""`,
		"standalone", `"yes"`, "'no'", `"1"`, "?>", ">", "<a/>"}
	whole := []string{"<?xml", " ", "version", "=", `"1.0"`, " ", "encoding", "=", `"utf-8"`, "\n", "standalone", "=", "'no'", "?>", "<a/>"}
	draw := rand.New(rand.NewPCG(1, 2))
	valid := 0
	for range 20_000 {
		some := append([]string(nil), whole...)
		for range draw.IntN(4) {
			at := draw.IntN(len(some))
			switch piece := pieces[draw.IntN(len(pieces))]; draw.IntN(3) {
			case 0:
				some[at] = piece
			case 1:
				some[at] = ""
			default:
				some[at] += piece
			}
		}
		if expectDeclaration(t, strings.Join(some, "")) {
			valid++
		}
	}
	if valid < 1000 || valid > 19_000 {
		t.Errorf("%d of 20000 were valid, which tries one side only", valid)
	}
}

func FuzzDeclaration(f *testing.F) {
	f.Add(`<?xml version="1.0" encoding='utf-8' standalone = "no"?><a/>`)
	f.Fuzz(func(t *testing.T, text string) { expectDeclaration(t, text) })
}

// TestParserReadsEachDocumentAsIfItWereTheFirst has one parser read all kinds of documents, one after the other.
func TestParserReadsEachDocumentAsIfItWereTheFirst(t *testing.T) {
	documents := map[string]string{
		"question": good, "question in SOAP 1.2": question12(brukersesjon(innloggingOK), taker("<x>1</x>")),
		"pieces": "<a>1<b/>2<b>\r\n</b><![CDATA[3]]>&#x34;</a>", "namespaces": `<p:a xmlns:p="u" xmlns="v"><b p:c="d" e=""/></p:a>`,
		"many elements": "<a>" + strings.Repeat("<b>1</b>", 2*slabSize) + "</a>", "text": "<a>text</a>", "nothing": "<a/>",
	}
	for name, document := range illFormed {
		documents[name] = document
	}
	p := newParser()
	for range 3 {
		for name, document := range documents { // in another order each time
			root, err := p.gate([]byte(document), "")
			fresh, wantErr := gate([]byte(document), "")
			if (err == nil) != (wantErr == nil) {
				t.Fatalf("%s: %v, by a fresh parser %v", name, err, wantErr)
			}
			if err == nil {
				if diff := cmp.Diff(sketch(fresh), sketch(root)); diff != "" {
					t.Fatalf("%s (-fresh +used):\n%s", name, diff)
				}
			}
			if p.elements > slabSize {
				p = newParser()
			}
			p.forget()
		}
	}
}

func TestEightBytesArePrintableWhenEachIs(t *testing.T) {
	for at := range 8 {
		for c := range 256 {
			for _, others := range []byte{0x20, 'a', 0x7F} {
				var eight uint64
				for i := range 8 {
					b := others
					if i == at {
						b = byte(c)
					}
					eight |= uint64(b) << (8 * i)
				}
				if got, want := isPrintable(eight), c >= 0x20 && c < 0x80; got != want {
					t.Fatalf("%#x at %d among %#x: %v, want %v", c, at, others, got, want)
				}
			}
		}
	}
}
