package main

import (
	"fmt"
	"strings"
	"testing"
)

// checkDocuments sends documents that mean harm: the XML and SOAP rows of the attacks.
func checkDocuments(t *testing.T, p *program) {
	expect(t, p, xmlAttacks(notXML, dtds()))
	expect(t, p, xmlAttacks(notXML, map[string]string{
		"processing instruction before the root": "<?php x?>" + envelope(antall),
		"processing instruction inside":          envelope("<?x y?>" + antall),
		"processing instruction behind":          envelope(antall) + "<?x y?>",
		"stylesheet":                             `<?xml-stylesheet href="http://127.0.0.1:9/x.xsl"?>` + envelope(antall),
	}))
	expect(t, p, xmlAttacks(notXML, broken()))
	expect(t, p, charsetAttacks())
	expect(t, p, sizes())
	expect(t, p, structures())
}

func dtds() map[string]string {
	entity := func(declarations string) string {
		return "<!DOCTYPE a [" + declarations + "]>" + envelope(element("hentArbeidstaker", "<foedselsnr>&e;</foedselsnr>"))
	}
	laughs := `<!ENTITY e0 "ha">`
	for i := range 20 {
		laughs += fmt.Sprintf(`<!ENTITY e%d "%s">`, i+1, strings.Repeat(fmt.Sprintf("&e%d;", i), 10))
	}
	return map[string]string{
		"billion laughs":              entity(laughs + `<!ENTITY e "&e20;">`),
		"quadratic blow-up":           entity(`<!ENTITY e "` + strings.Repeat("a", 100_000) + `">`),
		"recursive entity":            entity(`<!ENTITY e "&f;"><!ENTITY f "&e;">`),
		"DTD in lower case":           "<!doctype a>" + envelope(antall),
		"DTD behind a long comment":   "<!--" + strings.Repeat(" ", 200_000) + "--><!DOCTYPE a>" + envelope(antall),
		"DTD in UTF-16":               utf16Of("<!DOCTYPE a>"+envelope(antall), true),
		"DTD inside":                  envelope("<!DOCTYPE a>" + antall),
		"entity of a file":            entity(`<!ENTITY e SYSTEM "file:///etc/hostname">`),
		"entity of a web page":        entity(`<!ENTITY e SYSTEM "http://127.0.0.1:9/e">`),
		"public entity":               entity(`<!ENTITY e PUBLIC "-//x" "http://127.0.0.1:9/e">`),
		"parameter entity":            entity(`<!ENTITY % p SYSTEM "http://127.0.0.1:9/p">%p;`),
		"external DTD":                `<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd">` + envelope(antall),
		"markup declaration, no more": "<!ELEMENT a ANY>" + envelope(antall),
	}
}

// broken are documents that no parser may take.
func broken() map[string]string {
	ask := func(value string) string {
		return envelope(element("hentArbeidstaker", "<foedselsnr>"+value+"</foedselsnr>"))
	}
	return map[string]string{
		"unterminated":             "<a>",
		"unterminated comment":     envelope(antall) + "<!--",
		"cut in a tag":             envelope(antall)[:40],
		"cut in a reference":       envelope("&am"),
		"two roots":                envelope(antall) + envelope(antall),
		"duplicate attribute":      envelope(`<x a="" a=""/>`),
		"unbound prefix":           envelope("<u:x/>"),
		"null byte":                ask("\x00"),
		"null byte at the end":     envelope(antall) + "\x00",
		"control character":        ask("\x1B[2J"),
		"reference to null":        ask("&#0;"),
		"reference without end":    ask("&#65"),
		"reference beyond Unicode": ask("&#x110000;"),
		"unknown entity":           ask("&nbsp;"),
		"crossed tags":             envelope("<a:x><a:y></a:x></a:y>"),
		"invalid UTF-8":            ask("\xFF"),
		"overlong":                 ask("\xC0\xAF"),
		"surrogate in UTF-8":       ask("\xED\xA0\x80"),
		"UTF-32":                   "\xFF\xFE\x00\x00<\x00\x00\x00a\x00\x00\x00/\x00\x00\x00>\x00\x00\x00",
		"UTF-16 without its mark":  utf16Of(envelope(antall), false)[2:],
		"EBCDIC":                   "\x4C\x6F\xA7\x94\x93\x40\xA5\x85\x99\xA2\x89\x96\x95",
		"U+FFFE":                   ask("\uFFFE"),
	}
}

func charsetAttacks() []attack {
	return []attack{
		{"UTF-7 by the header", post("text/xml; charset=utf-7", "+ADw-a/+AD4-"), "415"},
		{"UTF-7 by the declaration", post("text/xml", `<?xml version="1.0" encoding="UTF-7"?>+ADw-a/+AD4-`), "415"},
		{"UTF-32 by the header", post("text/xml; charset=utf-32", envelope(antall)), "415"},
		{"EBCDIC by the header", post("text/xml; charset=ibm037", "\x4C"), "415"},
		{"unknown charset", post("text/xml; charset=x-none", envelope(antall)), "415"},
		{"two charsets", post("text/xml; charset=utf-8; charset=iso-8859-1", envelope(antall)), "415"},
		{"UTF-16 in the header alone", post("text/xml; charset=utf-16", envelope(antall)), "415"},
		{"mark and header in conflict: the mark", post("text/xml; charset=iso-8859-1", "\xEF\xBB\xBF"+envelope(antall)), komplett},
	}
}

// sizes are documents that cost memory: what is over 256 KiB falls by its length, what fits it by a limit of the gate.
func sizes() (attacks []attack) {
	const fits = 250_000 // bytes
	attributes := func(n int, format string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i)
		}
		return "<a" + b.String() + "/>"
	}
	fitting := map[string]string{
		"nesting of 1e3":                     deep(1000),
		"nesting of 3e4":                     deep(fits / 7),
		"nesting that is not closed":         strings.Repeat("<x>", fits/3),
		"attributes":                         attributes(20_000, ` a%d=""`),
		"huge name":                          "<" + strings.Repeat("a", fits) + "/>",
		"huge attribute":                     `<a b="` + strings.Repeat("b", fits) + `"/>`,
		"siblings":                           "<a>" + strings.Repeat("<b/>", fits/4) + "</a>",
		"namespace bomb":                     attributes(12_000, ` xmlns:n%d="u"`),
		"names that collide":                 attributes(2000, ` Aa%dBB=""`),
		"huge text":                          envelope(element("hentArbeidstaker", "<foedselsnr>"+strings.Repeat("1", fits)+"</foedselsnr>")),
		"huge CDATA":                         envelope(element("hentArbeidstaker", "<foedselsnr><![CDATA["+strings.Repeat("1", fits)+"]]></foedselsnr>")),
		"references without number":          envelope(element("hentArbeidstaker", "<foedselsnr>"+strings.Repeat("&#49;", fits/5)+"</foedselsnr>")),
		"namespaces declared level by level": strings.Repeat(`<a xmlns:p="u">`, 1000) + strings.Repeat("</a>", 1000),
	}
	for name, document := range fitting {
		attacks = append(attacks, attack{name, post(textXML, document), tooMuch})
	}
	attacks = append(attacks, attack{"huge comment", post(textXML, "<!--"+strings.Repeat("c", fits)+"-->"+envelope(antall)), komplett})
	for name, document := range map[string]string{
		"nesting of 1e6":     strings.Repeat("<x>", 1_000_000),
		"attributes, 1e6":    attributes(1_000_000, ` a%d=""`),
		"siblings, 2e6":      "<a>" + strings.Repeat("<b/>", 2_000_000) + "</a>",
		"20 MB of text":      "<a>" + strings.Repeat("x", 20_000_000) + "</a>",
		"20 MB of a comment": "<!--" + strings.Repeat("x", 20_000_000) + "-->",
		"20 MB of a name":    "<" + strings.Repeat("x", 20_000_000) + "/>",
	} {
		attacks = append(attacks, attack{name, post(textXML, document), "413"}, attack{name + ", chunked", chunked(document), "413"})
	}
	return attacks
}

// chunked is the same without its length in the head.
func chunked(document string) string {
	return fmt.Sprintf("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n",
		len(document), document)
}

func structures() []attack {
	open := `<s:Envelope xmlns:s="` + soap11NS + `" xmlns:a="` + "urn:x" + `">`
	insist := func(attributes string) string {
		return post(textXML, envelopeOf(soap11NS, `<u:x xmlns:u="urn:u" s:mustUnderstand="1"`+attributes+`/>`, antall))
	}
	// Wrapping: the question that was signed is moved into a header block, and another one stands in the Body.
	signed := `<w:Security xmlns:w="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd">` +
		`<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo><ds:Reference URI="#id-1"/></ds:SignedInfo></ds:Signature></w:Security>` +
		`<u:old xmlns:u="urn:u"><s:Body Id="id-1">` + element("hentArbeidsforhold", "") + `</s:Body></u:old>`
	return []attack{
		{"wrong envelope namespace", post(textXML, envelopeOf("urn:soap", "", antall)), "500 soap:VersionMismatch"},
		{"wrong envelope namespace in SOAP 1.2", post(soapXML, envelopeOf("urn:soap", "", antall)), "500 soap:VersionMismatch"},
		{"mustUnderstand for us", insist(""), "500 soap:MustUnderstand"},
		{"mustUnderstand for the next", insist(` s:actor="` + nextURI + `"`), "500 soap:MustUnderstand"},
		{"mustUnderstand for another", insist(` s:actor="urn:other"`), komplett},
		{"no Body", post(textXML, open+"<s:Header/></s:Envelope>"), notSOAP},
		{"two Bodies", post(textXML, open+"<s:Body/><s:Body/></s:Envelope>"), notSOAP},
		{"two operations", post(textXML, envelope(antall+antall)), notSOAP},
		{"unknown operation", post(textXML, envelope(element("slettAlt", ""))), unknownOp},
		{"trailer", post(textXML, open+`<s:Body/><x xmlns="u"/></s:Envelope>`), notSOAP},
		{"signature wrapping: the Body is what is executed", post(textXML, envelopeOf(soap11NS, signed, antall)), komplett},
		{"SOAPAction of 60 kB", post(textXML, envelope(antall), `SOAPAction: "`+strings.Repeat("a", 60_000)+`"`), "431"},
		{"SOAPAction of another operation never counts", post(textXML, envelope(element("hentArbeidsforhold", "")), `SOAPAction: "hentAntallArbeidstakere"`), badValue},
	}
}
