package main

import (
	"bytes"
	"compress/gzip"
	"io"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"aareg/wsdl"
)

const (
	tomt    = "<Envelope/>" // what stands in documents that are not looked at
	nextURI = "http://schemas.xmlsoap.org/soap/actor/next"
	roleURI = "http://www.w3.org/2003/05/soap-envelope/role/"
)

// checkRules shows each rule of SOAP 1.1, SOAP 1.2 and WS-I Basic Profile that the service keeps, by its number.
func checkRules(t *testing.T, p *program) {
	expect(t, p, httpRules())
	expect(t, p, charsetRules())
	expect(t, p, xmlRules())
	expect(t, p, soapRules())
	expect(t, p, soap12Rules())
	expect(t, p, choices())
	t.Run("H04 the address follows the host", func(t *testing.T) {
		got := p.send(t, "GET "+wsdl.Endpoint+"?wsdl HTTP/1.1\r\nHost: aareg.example.no:8080\r\n\r\n")
		if diff := cmp.Diff(string(wsdl.Flat("http://aareg.example.no:8080")), got.text); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
	t.Run("H18 answers are compressed when asked", func(t *testing.T) { checkGzip(t, p) })
	t.Run("H19 a connection is kept", func(t *testing.T) { checkKeepAlive(t, p) })
	checkSameAnswer(t, p)
}

func get(method, target string) string {
	return method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n"
}

func httpRules() []attack {
	plain := envelope(antall)
	chunked := "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\nTransfer-Encoding: chunked\r\n\r\n" +
		strconv.FormatInt(int64(len(plain)), 16) + "\r\n" + plain + "\r\n0\r\n\r\n"
	return []attack{
		{"H01 WSDL by GET", get("GET", wsdl.Endpoint+"?wsdl"), "200"},
		{"H02 WSDL by HEAD", get("HEAD", wsdl.Endpoint+"?wsdl"), "200"},
		{"H03 WSDL in capitals", get("GET", wsdl.Endpoint+"?WSDL"), "200"},
		{"H05 schema by GET", get("GET", wsdl.PathAareg2), "200"},
		{"H06 other methods are not allowed", get("PUT", wsdl.Endpoint), "405 POST"},
		{"H07 GET without wsdl is not allowed", get("GET", wsdl.Endpoint), "405 POST"},
		{"H11 a media type is needed", post("", plain), "415"},
		{"H12 text/plain is refused", post("text/plain", plain), "415"},
		{"H12 JSON is refused", post("application/json", "{}"), "415"},
		{"H12 a form is refused", post("application/x-www-form-urlencoded", "a=b"), "415"},
		{"H12 multipart is refused", post(`multipart/related; type="text/xml"; boundary=b`, "--b\r\n\r\n"+plain+"\r\n--b--"), "415"},
		{"H12 application/xml is refused", post("application/xml", plain), "415"},
		{"H13 SOAPAction absent", post(textXML, plain), komplett},
		{"H13 SOAPAction empty", post(textXML, plain, "SOAPAction:"), komplett},
		{"H13 SOAPAction of two quotes", post(textXML, plain, `SOAPAction: ""`), komplett},
		{"H13 SOAPAction of two apostrophes", post(textXML, plain, "SOAPAction: ''"), komplett},
		{"H13 SOAPAction unquoted", post(textXML, plain, "SOAPAction: urn:hentAntallArbeidstakere"), komplett},
		{"H13 SOAPAction of another operation", post(textXML, plain, `SOAPAction: "hentArbeidstaker"`), komplett},
		{"H13 SOAPAction twice", post(textXML, plain, `SOAPAction: "a"`, `SOAPAction: "b"`), komplett},
		{"H14 media type in capitals", post("TEXT/XML; CHARSET=UTF-8", plain), komplett},
		{"H14 charset in quotes", post(`text/xml; charset="utf-8"`, plain), komplett},
		{"H15 media type without charset", post("text/xml", plain), komplett},
		{"H15 SOAP 1.2 with action", post(`application/soap+xml; charset=utf-8; action="urn:x"`, envelopeOf(soap12NS, "", antall)), komplett},
		{"H15 SOAP 1.2 with an unquoted action", post("application/soap+xml;charset=utf-8;action=http://x/y", envelopeOf(soap12NS, "", antall)), komplett},
		{"H15 SOAP 1.2 without action", post("application/soap+xml", envelopeOf(soap12NS, "", antall)), komplett},
		{"H16 chunked", chunked, komplett},
		{"H17 HTTP/1.0", "POST / HTTP/1.0\r\nContent-Type: text/xml\r\nContent-Length: " + strconv.Itoa(len(plain)) + "\r\n\r\n" + plain, komplett},
		{"H20 Expect", post(textXML, plain, "Expect: 100-continue"), komplett},
		{"H21 a question of 256 KiB is read", post(textXML, plain+strings.Repeat(" ", 256<<10-len(plain))), komplett},
		{"H21 one byte more is not", post(textXML, plain+strings.Repeat(" ", 256<<10-len(plain)+1)), "413"},
	}
}

// utf16Of is text as UTF-16 with its byte order mark.
func utf16Of(text string, bigEndian bool) string {
	var b []byte
	for _, unit := range utf16.Encode([]rune("\uFEFF" + text)) {
		if bigEndian {
			b = append(b, byte(unit>>8), byte(unit))
		} else {
			b = append(b, byte(unit), byte(unit>>8))
		}
	}
	return string(b)
}

func charsetRules() []attack {
	plain := envelope(antall)
	soek := func(name string) string {
		return envelope(element("hentTrefflisteArbeidstaker", "<etternavn>"+name+"</etternavn><fonetisk>false</fonetisk>"))
	}
	const latin1 = `<?xml version="1.0" encoding="ISO-8859-1"?>`
	return []attack{
		{"E01 byte order mark", post(textXML, "\xEF\xBB\xBF"+plain), komplett},
		{"E02 UTF-16 big endian", post("text/xml; charset=utf-16", utf16Of(soek("Åsen"), true)), komplett},
		{"E02 UTF-16 little endian", post("text/xml", utf16Of(`<?xml version="1.0" encoding="UTF-16"?>`+soek("Åsen"), false)), komplett},
		{"E03 ISO-8859-1 by the header", post("text/xml; charset=ISO-8859-1", soek("\xC5sen")), komplett},
		{"E04 ISO-8859-1 by the declaration", post("text/xml", latin1+soek("\xC5sen")), komplett},
		{"E05 the header wins over the declaration", post(textXML, latin1+soek("Åsen")), komplett},
		{"E06 invalid UTF-8", post(textXML, soek("\xC5sen")), notXML},
		{"E06 control character", post(textXML, soek("\x01")), notXML},
		{"E06 reference to a control character", post(textXML, soek("&#1;")), notXML},
		{"E06 reference to a surrogate", post(textXML, soek("&#xD800;")), notXML},
		{"E07 unknown charset in the header", post("text/xml; charset=ebcdic-cp-no", plain), "415"},
		{"E07 unknown charset in the declaration", post("text/xml", `<?xml version="1.0" encoding="EBCDIC-CP-NO"?>`+plain), "415"},
	}
}

func xmlRules() []attack {
	plain := envelope(antall)
	return []attack{
		{"X01 cut off", post(textXML, plain[:len(plain)-5]), notXML},
		{"X01 junk behind", post(textXML, plain+"x"), notXML},
		{"X01 a second root", post(textXML, plain+plain), notXML},
		{"X01 empty", post(textXML, ""), notXML},
		{"X02 duplicate attributes", post(textXML, `<Envelope a="1" a="2"/>`), notXML},
		{"X02 duplicate attributes by namespace", post(textXML, `<Envelope xmlns:p="u" xmlns:q="u" p:a="" q:a=""/>`), notXML},
		{"X03 undeclared prefix", post(textXML, "<s:Envelope/>"), notXML},
		{"X03 empty binding", post(textXML, `<Envelope xmlns:p=""/>`), notXML},
		{"X03 undefined entity", post(textXML, "<Envelope>&nbsp;</Envelope>"), notXML},
		{"X04 misplaced declaration", post(textXML, ` <?xml version="1.0"?>`+tomt), notXML},
		{"X05 DTD", post(textXML, "<!DOCTYPE Envelope>"+plain), notXML},
		{"X06 processing instruction", post(textXML, "<?x y?>"+plain), notXML},
		{"X07 depth", post(textXML, deep(33)), tooMuch},
	}
}

func soapRules() []attack {
	unknown := func(attributes string) string {
		return post(textXML, envelopeOf(soap11NS, `<u:x xmlns:u="urn:u" `+attributes+"/>", antall))
	}
	brukersesjon := `<b:Brukersesjon xmlns:b="` + wsdl.NamespaceBrukersesjon + `" s:mustUnderstand="1"><sesjonsid>x</sesjonsid></b:Brukersesjon>`
	open := `<s:Envelope xmlns:s="` + soap11NS + `" xmlns:a="` + wsdl.NamespaceAareg2 + `">`
	body := "<s:Body>" + antall + "</s:Body>"
	styled := strings.Replace(envelope(antall), "<s:Envelope", `<s:Envelope s:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"`, 1)
	return []attack{
		{"S01 unknown envelope namespace", post(textXML, envelopeOf("http://www.w3.org/2001/12/soap-envelope", "", antall)), "500 soap:VersionMismatch"},
		{"S02 version follows the envelope", post(textXML, envelopeOf(soap12NS, "", element("x", ""))), "400 soap:Sender ukjentOperasjon"},
		{"S03 no Body", post(textXML, open+"</s:Envelope>"), notSOAP},
		{"S03 empty Body", post(textXML, envelope("")), notSOAP},
		{"S03 two children", post(textXML, envelope(antall+antall)), notSOAP},
		{"S03 unknown operation", post(textXML, envelope(element("hentAlt", ""))), unknownOp},
		{"S03 wrong namespace", post(textXML, envelope(`<hentArbeidstaker xmlns="urn:u"/>`)), unknownOp},
		{"S03 no namespace", post(textXML, envelope("<hentArbeidstaker/>")), unknownOp},
		{"S04 element after Body", post(textXML, open+body+`<x xmlns="u"/></s:Envelope>`), notSOAP},
		{"S04 two Bodies", post(textXML, open+body+body+"</s:Envelope>"), notSOAP},
		{"S05 unknown header that must be understood", unknown(`s:mustUnderstand="1"`), "500 soap:MustUnderstand"},
		{"S06 the same for the next", unknown(`s:mustUnderstand="1" s:actor="` + nextURI + `"`), "500 soap:MustUnderstand"},
		{"S07 the same for somebody else", unknown(`s:mustUnderstand="1" s:actor="urn:other"`), komplett},
		{"S08 an unknown header that need not be", unknown(`s:mustUnderstand="0"`), komplett},
		{"S08 before the operation is looked at", post(textXML, envelopeOf(soap11NS, `<u:x xmlns:u="urn:u" s:mustUnderstand="1"/>`, "<x/>")), "500 soap:MustUnderstand"},
		{"S09 Brukersesjon is understood", post(textXML, envelopeOf(soap11NS, brukersesjon, antall)), komplett},
		{"S10 encodingStyle on the Envelope", post(textXML, styled), komplett},
	}
}

func soap12Rules() []attack {
	unknown := func(role string) string {
		return post(soapXML, envelopeOf(soap12NS, `<u:x xmlns:u="urn:u" s:mustUnderstand="true" s:role="`+role+`"/>`, antall))
	}
	return []attack{
		{"S01 unknown envelope namespace in SOAP 1.2", post(soapXML, envelopeOf("urn:soap", "", antall)), "500 soap:VersionMismatch"},
		{"S05 no role", unknown(""), "500 soap:MustUnderstand"},
		{"S06 next", unknown(roleURI + "next"), "500 soap:MustUnderstand"},
		{"S06 ultimateReceiver", unknown(roleURI + "ultimateReceiver"), "500 soap:MustUnderstand"},
		{"S07 none", unknown(roleURI + "none"), komplett},
		{"S07 somebody else", unknown("urn:other"), komplett},
		{"S11 a fault of the sender is 400", post(soapXML, envelopeOf(soap12NS, "", element("hentArbeidsforhold", ""))), "400 soap:Sender ugyldigForespoersel"},
		{"S11 not even XML", post(soapXML, "<"), "400 soap:Sender ugyldigXml"},
		{"S12 encodingStyle in SOAP 1.2", post(soapXML, envelopeOf(soap12NS, "",
			`<a:hentAntallArbeidstakere s:encodingStyle="`+soap12NS+`/encoding/none"><orgnr>210000011</orgnr></a:hentAntallArbeidstakere>`)), komplett},
	}
}

// choices are what the texts leave open, as it was decided.
func choices() []attack {
	ask := func(children string) string { return post(textXML, envelope(element("hentArbeidsgiver", children))) }
	const id = "<arbeidsgiverId>210002111</arbeidsgiverId>"
	return []attack{
		{"O01 missing", ask(""), badValue},
		{"O02 empty", ask("<arbeidsgiverId/>"), badValue},
		{"O03 repeated", ask(id + id), badValue},
		{"O04 nil", ask(`<arbeidsgiverId xsi:nil="true"/>`), badValue},
		{"O04 nil and optional", ask(id + `<lovgivning xsi:nil="1"/>`), komplett},
		{"O05 spaces around values", ask("<arbeidsgiverId>\r\n 210002111\t</arbeidsgiverId>"), komplett},
		{"O06 unknown child", ask(id + "<x>1</x>"), badValue},
		{"O06 unknown child that is empty", ask(id + "<x/>"), komplett},
		{"O07 child in its root's namespace", ask("<a:arbeidsgiverId>210002111</a:arbeidsgiverId>"), komplett},
		{"O08 child in another namespace", ask(`<u:arbeidsgiverId xmlns:u="urn:u">210002111</u:arbeidsgiverId>`), badValue},
		{"O09 element inside a leaf", ask("<arbeidsgiverId><b>210002111</b></arbeidsgiverId>"), badValue},
		{"O10 other order", ask("<lovgivning>alle</lovgivning>" + id), komplett},
	}
}

func checkGzip(t *testing.T, p *program) {
	want := bodyOf(p.send(t, post(textXML, envelope(stor))).text)
	got := p.send(t, post(textXML, envelope(stor), "Accept-Encoding: gzip"))
	if got.header.Get("Content-Encoding") != "gzip" || got.header.Get("Content-Type") != textXML {
		t.Fatalf("Content-Encoding %q, Content-Type %q", got.header.Get("Content-Encoding"), got.header.Get("Content-Type"))
	}
	unpacked, err := gzip.NewReader(strings.NewReader(got.text))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(unpacked)
	if err != nil || len(want) == 0 || !bytes.Equal(text[len(text)-len(want):], []byte(want)) {
		t.Errorf("the compressed answer is another one (%v)", err)
	}
}

// checkKeepAlive asks on one connection, a fault and a document among the questions, and the line behind a body that old
// clients send.
func checkKeepAlive(t *testing.T, p *program) {
	client := newGoodClient(t, p)
	defer client.conn.Close()
	var got []string
	for _, request := range []string{good, post(textXML, "<"), post("text/plain", "x"), get("GET", wsdl.Endpoint), good + "\r\n", good} {
		if _, err := io.WriteString(client.conn, request); err != nil {
			t.Fatal(err)
		}
		got = append(got, receive(client.from, false).outcome)
	}
	if diff := cmp.Diff([]string{komplett, notXML, "415", "405 POST", komplett, komplett}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// bodyOf is the answer from its Body on: the header has a new sesjonsid each time.
func bodyOf(text string) string {
	at := strings.Index(text, "<soap:Body>")
	if at < 0 {
		return ""
	}
	return text[at:]
}
