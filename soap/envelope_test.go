package soap

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aareg/wsdl"
)

// outcome is what a question got: the HTTP status, and the fault's codes.
type outcome struct {
	Status             int
	Code, Gruppe, Feil string
}

func outcomeOf(r reply) outcome {
	o := outcome{Status: r.status}
	if r.root == nil {
		return o
	}
	for _, path := range []string{"//faultcode", "//soap:Value"} {
		if code := r.root.FindElement(path); code != nil {
			o.Code = code.Text()
		}
	}
	o.Gruppe, o.Feil, _ = r.feil()
	return o
}

var (
	komplett200      = outcome{Status: http.StatusOK}
	konvolutt        = outcome{http.StatusInternalServerError, "soap:Client", "forespoersel", "ugyldigKonvolutt"}
	misunderstood    = outcome{http.StatusInternalServerError, "soap:MustUnderstand", "", ""}
	versionMismatch  = outcome{http.StatusInternalServerError, "soap:VersionMismatch", "", ""}
	ukjent           = outcome{http.StatusInternalServerError, "soap:Client", "forespoersel", "ukjentOperasjon"}
	ugyldigSpoersmal = outcome{http.StatusInternalServerError, "soap:Client", "forespoersel", "ugyldigForespoersel"}
	stor             = outcome{http.StatusInternalServerError, "soap:Client", "forespoersel", "forStor"}
)

func expectOutcomes(t *testing.T, contentType string, cases map[string]struct {
	question string
	want     outcome
}) {
	t.Helper()
	s := newService(t, testOperations)
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, outcomeOf(s.ask(t, contentType, c.question))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestEnvelopeHasOneHeaderThenOneBodyWithOneElement(t *testing.T) {
	const open, end = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/">`, `</s:Envelope>`
	body := "<s:Body>" + taker("") + "</s:Body>"
	expectOutcomes(t, xmlType, map[string]struct {
		question string
		want     outcome
	}{
		"body alone":               {open + body + end, komplett200},
		"header and body":          {open + "<s:Header/>" + body + end, komplett200},
		"white space and comments": {open + "\n<!-- --><s:Header>\n</s:Header> " + body + "\n" + end, komplett200},
		"encodingStyle": {`<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" s:encodingStyle=` +
			`"http://schemas.xmlsoap.org/soap/encoding/">` + body + end, komplett200},
		"no envelope":                  {taker(""), konvolutt},
		"empty envelope":               {open + end, konvolutt},
		"no body":                      {open + "<s:Header/>" + end, konvolutt},
		"body in no namespace":         {open + "<Body>" + taker("") + "</Body>" + end, konvolutt},
		"two headers":                  {open + "<s:Header/><s:Header/>" + body + end, konvolutt},
		"two bodies":                   {open + body + body + end, konvolutt},
		"header behind body":           {open + body + "<s:Header/>" + end, konvolutt},
		"element behind body":          {open + body + `<x xmlns="u"/>` + end, konvolutt},
		"element before body":          {open + `<x xmlns="u"/>` + body + end, konvolutt},
		"empty body":                   {open + "<s:Body/>" + end, konvolutt},
		"two operations":               {open + "<s:Body>" + taker("") + taker("") + "</s:Body>" + end, konvolutt},
		"text in envelope":             {open + "x" + body + end, konvolutt},
		"text in header":               {open + "<s:Header>x</s:Header>" + body + end, konvolutt},
		"text in body":                 {open + "<s:Body>x" + taker("") + "</s:Body>" + end, konvolutt},
		"text alone in body":           {open + "<s:Body>x</s:Body>" + end, konvolutt},
		"unqualified header":           {open + "<s:Header><x/></s:Header>" + body + end, konvolutt},
		"32 header blocks":             {question11(strings.Repeat(`<x xmlns="u"/>`, 32), taker("")), komplett200},
		"33 header blocks":             {question11(strings.Repeat(`<x xmlns="u"/>`, 33), taker("")), stor},
		"unknown SOAP version":         {envelopeIn("http://www.w3.org/2001/12/soap-envelope", "", taker("")), versionMismatch},
		"envelope without a namespace": {"<Envelope><Body/></Envelope>", versionMismatch},
	})
}

func TestVersionFollowsTheEnvelopeAndIsAnsweredInKind(t *testing.T) {
	s := newService(t, testOperations)
	const soapType = "application/soap+xml; charset=utf-8"
	for name, c := range map[string]struct{ contentType, question, want string }{
		"1.1":              {xmlType, question11("", taker("")), xmlType},
		"1.2":              {soapType, question12("", taker("")), soapType},
		"1.2 in text/xml":  {xmlType, question12("", taker("")), soapType},
		"1.1 in soap+xml":  {soapType, question11("", taker("")), xmlType},
		"1.2 with action":  {soapType + `; action="urn:x"`, question12("", taker("")), soapType},
		"action unquoted":  {"application/soap+xml;charset=utf-8;action=http://x/y", question12("", taker("")), soapType},
		"broken XML":       {xmlType, "<a", xmlType},
		"broken XML, 1.2":  {soapType, "<a", soapType},
		"no envelope, 1.2": {soapType, "<a/>", soapType},
	} {
		t.Run(name, func(t *testing.T) {
			got := s.ask(t, c.contentType, c.question)
			namespace := map[string]string{xmlType: soap11.namespace, soapType: soap12.namespace}[c.want]
			if diff := cmp.Diff([]string{c.want, namespace, "soap"}, []string{got.header.Get("Content-Type"),
				got.root.NamespaceURI(), got.root.Space}); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestHeaderBlocksThatMustBeUnderstoodAre(t *testing.T) {
	const next, other = "http://schemas.xmlsoap.org/soap/actor/next", "urn:somebody-else"
	block := func(attributes string) string { return question11(`<u:x xmlns:u="u" `+attributes+`/>`, taker("")) }
	ours := func(namespace, name string) string {
		return question11(`<u:`+name+` xmlns:u="`+namespace+`" s:mustUnderstand="1"/>`, taker(""))
	}
	expectOutcomes(t, xmlType, map[string]struct {
		question string
		want     outcome
	}{
		"not insisted on":       {block(""), komplett200},
		"0":                     {block(`s:mustUnderstand="0"`), komplett200},
		"1":                     {block(`s:mustUnderstand="1"`), misunderstood},
		"true":                  {block(`s:mustUnderstand="true"`), misunderstood},
		"next":                  {block(`s:mustUnderstand="1" s:actor="` + next + `"`), misunderstood},
		"for somebody else":     {block(`s:mustUnderstand="1" s:actor="` + other + `"`), komplett200},
		"no boolean":            {block(`s:mustUnderstand="yes"`), konvolutt},
		"of no namespace":       {block(`mustUnderstand="1"`), komplett200},
		"Brukersesjon":          {ours(wsdl.NamespaceBrukersesjon, "Brukersesjon"), komplett200},
		"Transaksjon":           {ours(wsdl.NamespaceTransaksjon, "Transaksjon"), komplett200},
		"WS-Security":           {ours(securityName.Space, "Security"), komplett200},
		"Transaksjon of others": {ours(wsdl.NamespaceBrukersesjon, "Transaksjon"), misunderstood},
		"before the operation is looked at": {
			question11(`<u:x xmlns:u="u" s:mustUnderstand="1"/>`, "<nothing/>"), misunderstood},
	})
}

func TestSOAP12RolesDecideWhoMustUnderstand(t *testing.T) {
	const role = "http://www.w3.org/2003/05/soap-envelope/role/"
	block := func(role string) string {
		return question12(`<u:x xmlns:u="u" s:mustUnderstand="true" s:role="`+role+`"/>`, taker(""))
	}
	expectOutcomes(t, "application/soap+xml", map[string]struct {
		question string
		want     outcome
	}{
		"no role":          {block(""), misunderstood},
		"next":             {block(role + "next"), misunderstood},
		"ultimateReceiver": {block(role + "ultimateReceiver"), misunderstood},
		"none":             {block(role + "none"), komplett200},
		"somebody else":    {block("urn:somebody-else"), komplett200},
	})
}

func TestSOAP12FaultsNameHeaderBlocksAndVersions(t *testing.T) {
	s := newService(t, testOperations)
	const soapType = "application/soap+xml"
	for name, question := range map[string]string{
		"MustUnderstand": question11(`<u:x xmlns:u="u" s:mustUnderstand="1"/>`, taker("")), "VersionMismatch": envelopeIn("u", "", ""),
	} {
		if header := s.ask11(t, question).soapHeader(); header != "" {
			t.Errorf("SOAP 1.1, %s: header %s", name, header)
		}
	}
	header := `<u:x xmlns:u="urn:one" s:mustUnderstand="1"/><v:y xmlns:v="urn:two" s:mustUnderstand="1"/>`
	for name, c := range map[string]struct{ question, want string }{
		"NotUnderstood": {question12(header, taker("")), `<soap:Header>` +
			`<soap:NotUnderstood qname="ukjent:x" xmlns:ukjent="urn:one"></soap:NotUnderstood>` +
			`<soap:NotUnderstood qname="ukjent:y" xmlns:ukjent="urn:two"></soap:NotUnderstood></soap:Header>`},
		"no name that could be anything": {question12(`<u:x xmlns:u="a b" s:mustUnderstand="1"/>`, taker("")), ""},
		"Upgrade": {envelopeIn("urn:soap", "", ""), `<soap:Header><soap:Upgrade>` +
			`<soap:SupportedEnvelope qname="env:Envelope" xmlns:env="http://www.w3.org/2003/05/soap-envelope"></soap:SupportedEnvelope>` +
			`<soap:SupportedEnvelope qname="env:Envelope" xmlns:env="http://schemas.xmlsoap.org/soap/envelope/"></soap:SupportedEnvelope>` +
			`</soap:Upgrade></soap:Header>`},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, s.ask(t, soapType, c.question).soapHeader()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
