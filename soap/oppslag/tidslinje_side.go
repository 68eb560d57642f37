package oppslag

import (
	"html/template"
	"net/http"

	"aareg/wsdl/felt"
)

// maxDetaljer is how many arbeidsforhold of a person are asked for at most to draw them in detail, the first of the list.
const maxDetaljer = 40

// medDetaljer says whether the page was asked to ask for them.
func (s *Svar) medDetaljer() bool { return s.Valg.Get("detaljer") == "ja" }

// idene are the numbers of the arbeidsforhold in an answer of hentArbeidstaker that there are answers of their own of.
func (s *Svar) idene() (ids []string) {
	for _, a := range barna(barn(s.Rot, "arbeidsforholdListe"), "arbeidsforhold") {
		if id := verdi(a, "arbeidsforholdId"); id != "" && len(ids) < maxDetaljer {
			ids = append(ids, id)
		}
	}
	return ids
}

// hentDetaljer asks hentArbeidsforhold about each. The first that is refused ends it: the others would be too.
func (o *Oppslag) hentDetaljer(r *http.Request, b besoek, s *Svar) {
	p := o.produkt("hentArbeidsforhold")
	for _, id := range s.idene() {
		one, err := o.spoer(r, b, spoersmaal{produkt: p, felter: map[string]string{felt.Declared(p.Request)[0].Tag: id}})
		if err != nil || one.Feil != nil {
			return
		}
		s.Detaljer = append(s.Detaljer, one.Rot)
	}
}

// tidslinjevalg is the choice to draw a person's arbeidsforhold in detail, and what came of it.
func (o *Oppslag) tidslinjevalg(s *Svar) (template.HTML, error) {
	ids := s.idene()
	if s.Produkt.Navn != "hentArbeidstaker" || !s.KanDetaljer || len(ids) == 0 {
		return "", nil
	}
	all := len(barna(barn(s.Rot, "arbeidsforholdListe"), "arbeidsforhold"))
	return o.del("tidslinjevalg", struct {
		Noekkel, Fra, Til       string
		Med                     bool
		Alle, Antall, Detaljert int
	}{s.Noekkel, s.Valg.Get("fra"), s.Valg.Get("til"), s.medDetaljer(), all, len(ids), len(s.Detaljer)})
}
