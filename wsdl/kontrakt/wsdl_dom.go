package kontrakt

import (
	"context"
	"net/url"
	"slices"

	"github.com/beevik/etree"

	"aareg/wsdl"
	"aareg/wsdl/felt"
)

// wsdldom is the judging of one WSDL.
type wsdldom struct {
	*dom
	dokumenter *dokumenter
	skjema     *skjema
	merknader  []string
}

// DoemWSDL fetches the WSDL of an endpoint and judges it against the table: operations, messages, headers and faults
// as contract.md says, and each row declared at its place, as often as the table says, with a type that takes its
// values. Prefixes, names of types and where schemas stand are its own affair. The notes say what is no breach, and yet
// a reader should know.
func (d *Dommer) DoemWSDL(ctx context.Context, s *Spoerrer) (found []Brudd, notes []string) {
	documents, err := hentWSDL(ctx, s)
	if err != nil {
		return []Brudd{{Regel: "wsdl", Tekst: "the WSDL (?wsdl): " + err.Error()}}, nil
	}
	w := &wsdldom{dom: d.newDom(""), dokumenter: documents, skjema: skjemaAv(documents.skjemaer)}
	for _, problem := range documents.problemer {
		w.meld("wsdl", 0, "", "the WSDL %s", problem)
	}
	w.tjeneste()
	for _, o := range d.operasjoner {
		w.operasjon = o
		w.operasjonen(o)
		w.dokument(o, felt.Request, o.Navn)
		w.dokument(o, felt.Respons, o.Respons)
	}
	found = w.brudd()
	d.tellBrudd(found)
	return found, w.merknader
}

// alle are the WSDLs' own elements with that tag.
func (w *wsdldom) alle(tag string) []*etree.Element {
	var found []*etree.Element
	for _, root := range w.dokumenter.definisjoner {
		for _, e := range root.ChildElements() {
			if e.Tag == tag && e.NamespaceURI() == nsWSDL {
				found = append(found, e)
			}
		}
	}
	return found
}

// iWSDL is an element below another in the namespace of the WSDL or of its SOAP binding, by tag and, unless it is "",
// name.
func iWSDL(parent *etree.Element, ns, tag, name string) *etree.Element {
	if parent == nil {
		return nil
	}
	for _, e := range parent.ChildElements() {
		if e.Tag == tag && e.NamespaceURI() == ns && (name == "" || e.SelectAttrValue("name", "") == name) {
			return e
		}
	}
	return nil
}

// tjeneste judges the service: an address that can be asked. It may be another one than was judged, as behind a gateway
// that does not tell; clients that read the WSDL go there.
func (w *wsdldom) tjeneste() {
	for _, service := range w.alle("service") {
		for _, port := range service.ChildElements() {
			if address := iWSDL(port, nsWSDLSOAP, "address", ""); address != nil {
				location := address.SelectAttrValue("location", "")
				at, err := url.Parse(location)
				if err != nil || at.Scheme != "http" && at.Scheme != "https" || at.Host == "" {
					w.meld("wsdl", 0, "service/port/address", "soap:address is no http or https URL of a host")
				} else if named := endepunkt(location); named != endepunkt(w.dokumenter.spoerrer.URL) {
					w.merknader = append(w.merknader, "the WSDL sends clients to another address than was judged: "+utdrag(named))
				}
				return
			}
		}
	}
	w.meld("wsdl", 0, "service/port/address", "there is no port with a soap:address")
}

// operasjonen judges one operation in port type and binding.
func (w *wsdldom) operasjonen(o felt.Operasjon) {
	var port, bound, binding *etree.Element
	for _, p := range w.alle("portType") {
		if e := iWSDL(p, nsWSDL, "operation", o.Navn); e != nil {
			port = e
		}
	}
	for _, b := range w.alle("binding") {
		soap := iWSDL(b, nsWSDLSOAP, "binding", "")
		if e := iWSDL(b, nsWSDL, "operation", o.Navn); e != nil && soap != nil {
			bound, binding = e, soap
		}
	}
	if port == nil {
		w.meld("wsdl", 0, "portType/"+o.Navn, "the operation is missing")
		return
	}
	w.melding(port, o, "input", qnavn{wsdl.NamespaceAareg2, o.Navn})
	w.melding(port, o, "output", qnavn{wsdl.NamespaceAareg2, o.Respons})
	w.melding(port, o, "fault", qnavn{wsdl.NamespaceFeil, "feil"})
	if bound == nil {
		w.meld("wsdl", 0, "binding/"+o.Navn, "the operation has no SOAP 1.1 binding")
		return
	}
	w.binding(binding, bound, o)
}

// melding judges the message of one direction: document/literal bare has one part, which is the root element.
func (w *wsdldom) melding(port *etree.Element, o felt.Operasjon, direction string, want qnavn) {
	at := "portType/" + o.Navn + "/" + direction
	e := iWSDL(port, nsWSDL, direction, "")
	if e == nil {
		w.meld("wsdl", 0, at, "is not declared")
		return
	}
	parts := w.deler(utvidet(e, e.SelectAttrValue("message", "")).lokal)
	if len(parts) != 1 {
		w.meld("wsdl", 0, at, "the message has %d parts; bare has one", len(parts))
		return
	}
	if got := utvidet(parts[0], parts[0].SelectAttrValue("element", "")); got != want {
		w.meld("wsdl", 0, at, "the message is {%s}%s, must be {%s}%s", utdrag(got.ns), utdrag(got.lokal), want.ns, want.lokal)
	} else if w.skjema.elementer[want] == nil {
		w.meld("wsdl", 0, at, "no schema declares {%s}%s", want.ns, want.lokal)
	}
}

// deler are the parts of a message.
func (w *wsdldom) deler(name string) []*etree.Element {
	for _, m := range w.alle("message") {
		if m.SelectAttrValue("name", "") == name {
			return m.SelectElements("part")
		}
	}
	return nil
}

// hoder are the header blocks that each direction declares.
var hoder = map[string][]qnavn{
	"input":  {{wsdl.NamespaceBrukersesjon, "Brukersesjon"}, {wsdl.NamespaceTransaksjon, "Transaksjon"}},
	"output": {{wsdl.NamespaceBrukersesjon, "Brukersesjon"}, {wsdl.NamespaceTransaksjon, "Transaksjonsinfo"}},
}

// transportHTTP is how SOAP over HTTP is named in a binding (WSDL 1.1, 3.3).
const transportHTTP = "http://schemas.xmlsoap.org/soap/http"

// binding judges how an operation is bound: over HTTP, style document, literal, soapAction empty, both headers, the fault.
func (w *wsdldom) binding(binding, bound *etree.Element, o felt.Operasjon) {
	at := "binding/" + o.Navn
	style := binding.SelectAttrValue("style", "document")
	if own := iWSDL(bound, nsWSDLSOAP, "operation", ""); own != nil {
		style = own.SelectAttrValue("style", style)
		if own.SelectAttrValue("soapAction", "") != "" {
			w.meld("wsdl", 0, at, "soapAction is not empty")
		}
	}
	if got := binding.SelectAttrValue("transport", ""); got != transportHTTP {
		w.meld("wsdl", 0, at, "the transport is %q, must be %s", utdrag(got), transportHTTP)
	}
	if style != "document" {
		w.meld("wsdl", 0, at, "the style is %s, must be document", utdrag(style))
	}
	for _, direction := range []string{"input", "output"} {
		e := iWSDL(bound, nsWSDL, direction, "")
		if body := iWSDL(e, nsWSDLSOAP, "body", ""); body == nil || body.SelectAttrValue("use", "") != "literal" {
			w.meld("wsdl", 0, at+"/"+direction, "the body is not literal")
			continue
		}
		var declared []qnavn
		for _, h := range e.ChildElements() {
			if h.Tag != "header" || h.NamespaceURI() != nsWSDLSOAP {
				continue
			}
			for _, p := range w.deler(utvidet(h, h.SelectAttrValue("message", "")).lokal) {
				if p.SelectAttrValue("name", "") == h.SelectAttrValue("part", "") {
					declared = append(declared, utvidet(p, p.SelectAttrValue("element", "")))
				}
			}
		}
		for _, want := range hoder[direction] {
			if !slices.Contains(declared, want) {
				w.meld("wsdl", 0, at+"/"+direction, "the header %s is not declared", want.lokal)
			}
		}
	}
	if fault := iWSDL(bound, nsWSDL, "fault", ""); iWSDL(fault, nsWSDLSOAP, "fault", "") == nil {
		w.meld("wsdl", 0, at+"/fault", "the fault is not bound")
	}
}
