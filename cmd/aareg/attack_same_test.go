package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aareg/wsdl"
)

// checkSameAnswer dresses one question in everything that XML and clients allow: the answer must not change.
func checkSameAnswer(t *testing.T, p *program) {
	const (
		ns       = wsdl.NamespaceAareg2
		children = "<arbeidsgiverId>210002111</arbeidsgiverId><datofra>2001-02-03</datofra>"
		wsu      = `xmlns:wsu="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd" wsu:Id="id-1"`
	)
	arbeidsgiver := func(children string) string { return envelope(element("hentArbeidsgiver", children)) }
	same(t, p, arbeidsgiver(children), map[string]string{
		"N01 default namespaces": `<Envelope xmlns="` + soap11NS + `"><Body><hentArbeidsgiver xmlns="` + ns + `">` +
			`<arbeidsgiverId xmlns="">210002111</arbeidsgiverId><datofra xmlns="">2001-02-03</datofra></hentArbeidsgiver></Body></Envelope>`,
		"N02 any prefix": `<ø:Envelope xmlns:ø="` + soap11NS + `"><ø:Body><_.-1:hentArbeidsgiver xmlns:_.-1="` + ns + `">` + children +
			`</_.-1:hentArbeidsgiver></ø:Body></ø:Envelope>`,
		"N02 one prefix for two things": `<p:Envelope xmlns:p="` + soap11NS + `"><p:Body><p:hentArbeidsgiver xmlns:p="` + ns + `">` + children +
			`</p:hentArbeidsgiver></p:Body></p:Envelope>`,
		"N03 namespaces declared on the Body": `<s:Envelope xmlns:s="` + soap11NS + `"><s:Body xmlns:a="` + ns + `">` +
			element("hentArbeidsgiver", children) + `</s:Body></s:Envelope>`,
		"N03 namespaces declared where nobody needs them": arbeidsgiver(strings.ReplaceAll(children, "<datofra>", `<datofra xmlns:q="urn:q">`)),
		"N04 comments":              "<!-- a -->" + arbeidsgiver("<!-- <b> --><arbeidsgiverId>21000<!-- -->2111</arbeidsgiverId><datofra>2001-02-03</datofra>") + "<!-- -->",
		"N05 CDATA":                 arbeidsgiver("<arbeidsgiverId><![CDATA[210]]>002111</arbeidsgiverId><datofra><![CDATA[2001-02-03]]></datofra>"),
		"N06 white space":           "\n" + strings.ReplaceAll(arbeidsgiver(children), "><", ">\r\n\t <"),
		"N06 white space in values": arbeidsgiver("<arbeidsgiverId>\n210002111\n</arbeidsgiverId><datofra> 2001-02-03 </datofra>"),
		"N07 references":            arbeidsgiver("<arbeidsgiverId>&#50;&#x31;0002111</arbeidsgiverId><datofra>2001&#45;02-03</datofra>"),
		"N08 xsi:type": arbeidsgiver(`<arbeidsgiverId xmlns:xsd="http://www.w3.org/2001/XMLSchema" xsi:type="xsd:string">210002111</arbeidsgiverId>` +
			`<datofra xsi:type="unbound:date">2001-02-03</datofra>`),
		"N08 xsi:schemaLocation": arbeidsgiver(strings.Replace(children, "<datofra>", `<datofra xsi:schemaLocation="urn:u http://192.0.2.1/u.xsd">`, 1)),
		"N09 wsu:Id":             strings.Replace(arbeidsgiver(strings.Replace(children, "<datofra>", "<datofra "+wsu+">", 1)), "<s:Body>", "<s:Body "+wsu+">", 1),
		"N10 date with Z":        arbeidsgiver(strings.Replace(children, "02-03<", "02-03Z<", 1)),
		"N10 date with offset":   arbeidsgiver(strings.Replace(children, "02-03<", "02-03+14:00<", 1)),
		"N10 empty optional":     arbeidsgiver(children + "<datotil/><lovgivning xsi:nil='true'/>"),
		"N10 end tags with room": strings.ReplaceAll(arbeidsgiver(children), "</datofra>", "</datofra\n>"),
		"N10 a declaration":      `<?xml version='1.0' encoding='utf-8' standalone='yes' ?>` + arbeidsgiver(children),
	})
	treff := func(fonetisk string) string {
		return envelope(element("hentTrefflisteArbeidstaker", "<etternavn>Åsen</etternavn><fonetisk>"+fonetisk+"</fonetisk>"))
	}
	same(t, p, treff("true"), map[string]string{"N10 boolean 1": treff("1"), "N10 boolean True": treff("True")})
	same(t, p, treff("false"), map[string]string{"N10 boolean 0": treff("0")})
}

func same(t *testing.T, p *program, plain string, dressed map[string]string) {
	t.Helper()
	want := p.send(t, post(textXML, plain))
	if want.outcome != komplett {
		t.Fatalf("the plain question got %q", want.outcome)
	}
	for name, question := range dressed {
		t.Run(name, func(t *testing.T) {
			got := p.send(t, post("text/xml", question))
			if diff := cmp.Diff(bodyOf(want.text), bodyOf(got.text)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", got.outcome, diff)
			}
		})
	}
}
