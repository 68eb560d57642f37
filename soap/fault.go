package soap

import (
	"encoding/xml"
	"errors"
	"net/http"
	"regexp"
	"strings"

	"github.com/beevik/etree"

	"aareg/wsdl"
)

// errVersionMismatch is an envelope of a SOAP version that is not spoken.
var errVersionMismatch = errors.New("envelope of an unknown SOAP version")

// mustUnderstand are the header blocks that a question insists on and that mean nothing here.
type mustUnderstand []xml.Name

func (mustUnderstand) Error() string { return "header blocks that are not understood" }

// message is what stands in an envelope: header blocks and the body's element, written.
type message struct {
	header, body string
}

// fault is a fault with its detail, and its HTTP status.
func (v *version) fault(f *feil) (status int, written string) {
	tekst := feiltekster[f.kode]
	status, code, reason := v.senderStatus, v.sender, f.melding
	if tekst.gruppe.receiver {
		status, code, reason = http.StatusInternalServerError, v.receiver, tekst.tekst
	}
	fault := v.newFault(code, reason)
	detail := fault.CreateElement(v.detail).CreateElement("feil:feil")
	detail.CreateAttr("xmlns:feil", wsdl.NamespaceFeil)
	detail.CreateElement("feilgruppekode").SetText(tekst.gruppe.kode)
	detail.CreateElement("feilgruppetekst").SetText(tekst.gruppe.tekst)
	detail.CreateElement("feilkode").SetText(string(f.kode))
	detail.CreateElement("feiltekst").SetText(tekst.tekst)
	detail.CreateElement("feilmelding").SetText(f.melding)
	return status, write(fault)
}

// newFault is a fault without detail. Its parts are in no namespace in SOAP 1.1, in the envelope's in 1.2.
func (v *version) newFault(code, reason string) *etree.Element {
	fault := etree.NewElement("soap:Fault")
	if v == soap11 {
		fault.CreateElement("faultcode").SetText(code)
		fault.CreateElement("faultstring").SetText(reason)
		return fault
	}
	fault.CreateElement("soap:Code").CreateElement("soap:Value").SetText(code)
	text := fault.CreateElement("soap:Reason").CreateElement("soap:Text")
	text.CreateAttr("xml:lang", "nb")
	text.SetText(reason)
	return fault
}

// versionMismatch tells which versions are spoken; in SOAP 1.2 also in an Upgrade block, the preferred one first.
func (v *version) versionMismatch() message {
	answer := message{body: write(v.newFault("soap:VersionMismatch", "Konvolutten er ikke SOAP 1.1 eller SOAP 1.2."))}
	if v == soap11 {
		return answer
	}
	upgrade := etree.NewElement("soap:Upgrade")
	for _, spoken := range []*version{soap12, soap11} {
		supported := upgrade.CreateElement("soap:SupportedEnvelope")
		supported.CreateAttr("qname", "env:Envelope")
		supported.CreateAttr("xmlns:env", spoken.namespace)
	}
	answer.header = write(upgrade)
	return answer
}

// mustUnderstand is the fault about such header blocks; in SOAP 1.2 each is named by a block of its own, if its name
// can be repeated.
func (v *version) mustUnderstand(missing mustUnderstand) message {
	answer := message{body: write(v.newFault("soap:MustUnderstand", "Et element i Header skal forstås, men er ukjent her."))}
	if v == soap11 {
		return answer
	}
	for _, name := range missing {
		if plainName(name.Local) != name.Local || !plainURI.MatchString(name.Space) {
			continue
		}
		block := etree.NewElement("soap:NotUnderstood")
		block.CreateAttr("qname", "ukjent:"+name.Local)
		block.CreateAttr("xmlns:ukjent", name.Space)
		answer.header += write(block)
	}
	return answer
}

// plainURI is a namespace that may be repeated to its sender.
var plainURI = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9/:._#-]{1,200}$`)

// write prints an element in the form of all answers: empty elements as two tags, a carriage return as a reference.
func write(e *etree.Element) string {
	doc := etree.NewDocumentWithRoot(e)
	doc.WriteSettings = etree.WriteSettings{CanonicalEndTags: true, CanonicalText: true, CanonicalAttrVal: true}
	var b strings.Builder
	// A strings.Builder cannot fail.
	_, _ = doc.WriteTo(&b)
	return b.String()
}
