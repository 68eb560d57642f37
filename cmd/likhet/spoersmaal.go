package main

import (
	"encoding/xml"
	"strings"

	"aareg/wsdl"
)

// felt is an element of a question.
type felt struct{ tag, verdi string }

// spoersmaal is a question, and how it is put.
type spoersmaal struct {
	operasjon string
	felter    []felt
	soap12    bool
	gzip      bool       // the answer may come packed
	detaljer  bool       // with a transaction block that asks for details and times
	ikledd    *ikledning // nil: written plainly
}

// ord is the question on one line, as aareg kontrakt --questions takes it.
func (q *spoersmaal) ord() string {
	var b strings.Builder
	b.WriteString(q.operasjon + ",")
	for _, f := range q.felter {
		b.WriteString(" " + f.tag + "=" + f.verdi)
	}
	for _, how := range []struct {
		so   bool
		word string
	}{{q.soap12, "SOAP 1.2"}, {q.gzip, "gzip"}, {q.detaljer, "details"}} {
		if how.so {
			b.WriteString(" (" + how.word + ")")
		}
	}
	if q.ikledd != nil {
		b.WriteString(" (" + q.ikledd.navn + ")")
	}
	return b.String()
}

// form is which elements the question has.
func (q *spoersmaal) form() string {
	tags := make([]string, 0, len(q.felter)+1)
	for _, f := range q.felter {
		tags = append(tags, f.tag)
	}
	return strings.Join(tags, " ")
}

// The two SOAP versions: namespace and media type.
var soapversjoner = map[bool][2]string{
	false: {"http://schemas.xmlsoap.org/soap/envelope/", "text/xml; charset=utf-8"},
	true:  {"http://www.w3.org/2003/05/soap-envelope", "application/soap+xml; charset=utf-8"},
}

// mediatype leaves the charset to the envelope when it is written in another than most are.
func (q *spoersmaal) mediatype() string {
	media := soapversjoner[q.soap12][1]
	if q.ikledd != nil {
		media, _, _ = strings.Cut(media, ";")
	}
	return media
}

// konvolutt is the question as it is sent, in a session; "" is none.
func (q *spoersmaal) konvolutt(sesjonsid string) string {
	var b strings.Builder
	b.WriteString(`<s:Envelope xmlns:s="` + soapversjoner[q.soap12][0] + `" xmlns:a="` + wsdl.NamespaceAareg2 + `"><s:Header>`)
	if sesjonsid != "" {
		b.WriteString(`<b:Brukersesjon xmlns:b="` + wsdl.NamespaceBrukersesjon + `"><sesjonsid>` + sesjonsid + `</sesjonsid></b:Brukersesjon>`)
	}
	if q.detaljer {
		b.WriteString(`<t:Transaksjon xmlns:t="` + wsdl.NamespaceTransaksjon +
			`"><referanse>likhet</referanse><visDetaljer>true</visDetaljer><visResponstid>true</visResponstid></t:Transaksjon>`)
	}
	b.WriteString("</s:Header><s:Body><a:" + q.operasjon + ">")
	for _, f := range q.felter {
		b.WriteString("<" + f.tag + ">")
		_ = xml.EscapeText(&b, []byte(f.verdi)) // a strings.Builder cannot fail
		b.WriteString("</" + f.tag + ">")
	}
	b.WriteString("</a:" + q.operasjon + "></s:Body></s:Envelope>")
	if q.ikledd != nil {
		return q.ikledd.om(b.String())
	}
	return b.String()
}
