package oppslag

import (
	"encoding/json"
	"html/template"
	"net/http"
	"strconv"

	"aareg/soap"
	"aareg/wsdl/felt"
)

// dataelementer are what the register has of an arbeidsforhold beyond the answer of § 2.6, or why they are not here.
type dataelementer struct {
	Grupper []detaljgruppe
	Feil    string // a sentence, "" for none
}

// detaljgruppe is an arbeidsforhold itself, or the entry Nr (from 1 on) of one of its lists, as the border tells of it.
type detaljgruppe struct {
	Navn string
	Nr   int
	Ledd []detalj
}

// detalj is a data element with a value.
type detalj struct{ Ledetekst, Verdi, Kode, Format string }

// Vist is the value as a Norwegian reader expects it.
func (d detalj) Vist() string {
	return vist(felt.Rad{Type: detaljtyper[d.Format]}, d.Verdi)
}

// detaljtyper are the types of the field table that look like the formats of data elements; others are shown as they are.
var detaljtyper = map[string]string{"Dato": "dato_åååå-mm-dd", "ÅrMåned": "periode_åååå-mm", "Numerisk": "desimaltall"}

// utfyll asks for what stands beside an answer and is no part of it.
func (o *Oppslag) utfyll(r *http.Request, b besoek, s *Svar) {
	switch s.Produkt.Navn {
	case "hentArbeidsforhold":
		if b.kanDetaljer() && barn(s.Rot, "arbeidsforhold") != nil {
			s.Dataelementer = o.hentDataelementer(r, b, s.Felter["arbeidsforholdId"])
		}
	case "hentArbeidsgiver":
		if s.Statuskode == "trunkert" {
			s.Bemanning = o.hentBemanning(r, b, s.Felter)
		}
	case "hentArbeidstaker":
		s.KanDetaljer = b.kan("hentArbeidsforhold")
		if s.KanDetaljer && s.medDetaljer() {
			o.hentDetaljer(r, b, s)
		}
	}
}

// hentDataelementer asks the border for the data elements of the arbeidsforhold that was just answered with.
func (o *Oppslag) hentDataelementer(r *http.Request, b besoek, arbeidsforholdId string) *dataelementer {
	d := &dataelementer{Feil: "De øvrige dataelementene kunne ikke hentes nå. Prøv igjen om litt."}
	id, err := strconv.ParseInt(arbeidsforholdId, 10, 64)
	if err != nil {
		return d
	}
	a := o.send(r, http.MethodPost, soap.DetaljerPath, strconv.FormatInt(id, 10), func(h http.Header) { h.Set(soap.SesjonsidHeader, b.sesjonsid) })
	if a.status == http.StatusOK && !a.cut {
		if err := json.Unmarshal(a.body.Bytes(), &d.Grupper); err != nil {
			o.config.Log.Error("data elements not read", "cause", err.Error())
			return d
		}
		d.Feil = ""
		return d
	}
	if s := (&Svar{SvarXML: a.body.String()}); s.les(a) == nil && s.Feil != nil {
		title, text, ref := s.Feil.ord()
		d.Feil = title + ". " + text
		if ref != "" {
			d.Feil += " Referanse: " + ref
		}
	}
	return d
}

// detaljer is that section of the page.
func (o *Oppslag) detaljer(s *Svar) (template.HTML, error) {
	if s.Dataelementer == nil {
		return "", nil
	}
	return o.del("detaljer", s.Dataelementer)
}

// Tittel is the group's heading.
func (g detaljgruppe) Tittel() string {
	if g.Nr == 0 {
		return g.Navn
	}
	return g.Navn + " " + strconv.Itoa(g.Nr)
}
