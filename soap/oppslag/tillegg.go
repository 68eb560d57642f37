package oppslag

import (
	"html/template"
	"strconv"
)

// tillegg draws something beside an answer; "" when this answer has nothing for it. An error is logged, and the answer
// is shown without.
type tillegg func(*Oppslag, *Svar) (template.HTML, error)

// bilder are the pictures of answers, in the order they stand on the page.
var bilder = []tillegg{(*Oppslag).tidslinje, (*Oppslag).tidslinjevalg, (*Oppslag).detaljer, (*Oppslag).bemanning, (*Oppslag).enhetstre}

// paneler are the developer's panels, below the answer.
var paneler = []tillegg{(*Oppslag).utvikler}

// historier are what the front page offers to look at in the demo register.
var historier = []func(*Oppslag) (template.HTML, error){(*Oppslag).historier}

// tegn draws what there is beside an answer.
func (o *Oppslag) tegn(s *Svar, alt []tillegg) (drawn []template.HTML) {
	for _, draw := range alt {
		part, err := draw(o, s)
		if err != nil {
			o.config.Log.Error("part of an answer not drawn", "product", s.Produkt.Navn, "cause", err.Error())
			continue
		}
		if part != "" {
			drawn = append(drawn, part)
		}
	}
	return drawn
}

// tidslinje is a person's working life, as far as the list tells of it.
func (o *Oppslag) tidslinje(s *Svar) (template.HTML, error) {
	if s.Produkt.Navn != "hentArbeidstaker" {
		return "", nil
	}
	b, err := Tidslinje(s.Rot, s.Detaljer, s.Idag, s.periode())
	return o.bilde(s, b, err)
}

// bemanning is an employer's headcount over time.
func (o *Oppslag) bemanning(s *Svar) (template.HTML, error) {
	if s.Produkt.Navn != "hentArbeidsgiver" {
		return "", nil
	}
	b, err := tegnBemanning(s.Bemanning, s.Rot, s.Idag, s.periode())
	return o.bilde(s, b, err)
}

// enhetstre is where a unit stands among others.
func (o *Oppslag) enhetstre(s *Svar) (template.HTML, error) {
	if s.Produkt.Navn != "hentArbeidsgiver" {
		return "", nil
	}
	b, err := Enhetstre(s.Rot)
	return o.bilde(s, b, err)
}

// periode is the years that the page is asked to draw; what cannot be read is left to the answer.
func (s *Svar) periode() Aarsperiode {
	from, _ := strconv.Atoi(s.Valg.Get("fra"))
	to, _ := strconv.Atoi(s.Valg.Get("til"))
	return Aarsperiode{from, to}
}

// bilde is a picture on the page, with its table and the periods one may choose between; "" for none.
func (o *Oppslag) bilde(s *Svar, b *Bilde, err error) (template.HTML, error) {
	if b == nil || err != nil {
		return "", err
	}
	return o.del("bilde", struct {
		*Bilde
		Noekkel  string
		Detaljer bool // the links of periods ask for details again
	}{b, s.Noekkel, s.medDetaljer()})
}
