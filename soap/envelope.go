package soap

import (
	"encoding/xml"
	"net/http"
)

// version is one of the two SOAP versions that are spoken: an envelope is answered in its own.
type version struct {
	namespace    string
	contentTypes []string // the Content-Type of answers, to the letter: old clients compare it. Nobody may change it
	actor        string   // the attribute that says who a header block is for
	us           []string
	sender       string
	senderStatus int // HTTP, of a fault that is the sender's; one that is ours is 500
	receiver     string
	detail       string
}

var soap11 = &version{
	namespace:    "http://schemas.xmlsoap.org/soap/envelope/",
	contentTypes: []string{"text/xml; charset=utf-8"},
	actor:        "actor",
	us:           []string{"", "http://schemas.xmlsoap.org/soap/actor/next"},
	sender:       "soap:Client",
	senderStatus: http.StatusInternalServerError,
	receiver:     "soap:Server",
	detail:       "detail",
}

var soap12 = &version{
	namespace:    "http://www.w3.org/2003/05/soap-envelope",
	contentTypes: []string{"application/soap+xml; charset=utf-8"},
	actor:        "role",
	us: []string{"", "http://www.w3.org/2003/05/soap-envelope/role/next",
		"http://www.w3.org/2003/05/soap-envelope/role/ultimateReceiver"},
	sender:       "soap:Sender",
	senderStatus: http.StatusBadRequest,
	receiver:     "soap:Receiver",
	detail:       "soap:Detail",
}

// maxHeaderBlocks is the limit of header blocks in one envelope.
const maxHeaderBlocks = 32

// envelope is what a question's envelope holds: the header blocks that are for us, and the operation.
type envelope struct {
	blocks    []*element
	operation *element
}

// versionOf is the SOAP version of a document's root.
func versionOf(root *element) (*version, error) {
	if root.Name.Local != "Envelope" {
		return nil, ugyldigSOAP("Rotelementet er ikke en SOAP-konvolutt.")
	}
	switch root.Name.Space {
	case soap11.namespace:
		return soap11, nil
	case soap12.namespace:
		return soap12, nil
	}
	return nil, errVersionMismatch
}

func ugyldigSOAP(regel string) error { return &feil{kode: ugyldigKonvolutt, melding: regel} }

// open reads the envelope: at most one Header, then one Body with one element, nothing else. A block that must be
// understood and is not is an error of type mustUnderstand, found before anything is processed.
func (v *version) open(root *element) (envelope, error) {
	if !root.blank() {
		return envelope{}, ugyldigSOAP("Det står tekst direkte i Envelope.")
	}
	header, body, err := v.parts(root.First)
	if err != nil {
		return envelope{}, err
	}
	blocks, err := v.blocks(header)
	if err != nil {
		return envelope{}, err
	}
	switch {
	case !body.blank():
		return envelope{}, ugyldigSOAP("Det står tekst direkte i Body.")
	case body.First == nil || body.First.Next != nil:
		return envelope{}, ugyldigSOAP("Body skal ha nøyaktig ett element.")
	}
	return envelope{blocks, body.First}, v.understood(blocks)
}

// parts takes the envelope's children apart, of which first is the first; header is nil when there is none.
func (v *version) parts(first *element) (header, body *element, err error) {
	body = first
	if first != nil && first.Name == v.name("Header") {
		header, body = first, first.Next
	}
	if body == nil || body.Name != v.name("Body") {
		return nil, nil, ugyldigSOAP("Envelope skal ha høyst én Header og deretter én Body.")
	}
	if body.Next != nil {
		return nil, nil, ugyldigSOAP("Envelope har et element etter Body.")
	}
	return header, body, nil
}

func (v *version) name(local string) xml.Name { return xml.Name{Space: v.namespace, Local: local} }

// blocks are the header blocks that are addressed to this service. Others are none of its business.
func (v *version) blocks(header *element) (ours []*element, err error) {
	switch {
	case header == nil:
		return nil, nil
	case !header.blank():
		return nil, ugyldigSOAP("Det står tekst direkte i Header.")
	case header.hasMoreThan(maxHeaderBlocks):
		return nil, forStort("Header har for mange elementer.")
	}
	ours = make([]*element, 0, 4)
	for block := header.First; block != nil; block = block.Next {
		if block.Name.Space == "" {
			return nil, ugyldigSOAP("Et element i Header er ikke i noe navnerom.")
		}
		for _, us := range v.us {
			if block.attr(v.namespace, v.actor) == us {
				ours = append(ours, block)
			}
		}
	}
	return ours, nil
}

// understood refuses blocks that the sender insists on and that mean nothing here.
func (v *version) understood(blocks []*element) error {
	var unknown mustUnderstand
	for _, block := range blocks {
		switch block.attr(v.namespace, "mustUnderstand") {
		case "", "0", "false":
		case "1", "true":
			if !understandsBlock(block.Name) {
				unknown = append(unknown, block.Name)
			}
		default:
			return ugyldigSOAP("mustUnderstand har en ugyldig verdi.")
		}
	}
	if unknown != nil {
		return unknown
	}
	return nil
}

// Everything that is sent begins and ends with these; prefixes never vary, since old clients read them literally.
const (
	xsiNamespace = "http://www.w3.org/2001/XMLSchema-instance"
	bodyEnd      = "</soap:Body></soap:Envelope>"
)

// appendStart begins an envelope: everything before the header blocks.
func (v *version) appendStart(b []byte) []byte {
	b = append(b, `<?xml version="1.0" encoding="UTF-8"?><soap:Envelope xmlns:soap="`...)
	b = append(b, v.namespace...)
	return append(b, `" xmlns:xsi="`+xsiNamespace+`">`...)
}
