package oppslag

import (
	"github.com/beevik/etree"
)

// Enhetstre is where a unit stands among others, out of an answer of hentArbeidsgiver (§ 2.2): the unit one level up,
// the one that was asked for, and those one level down, the ceased and the transferred among them, in the order of the
// answer. It is nil when the answer has no other unit than its own. An error is one of writing the picture.
func Enhetstre(svar *etree.Element) (*Bilde, error) {
	enheter := lesEnheter(svar)
	if len(enheter) < 2 {
		return nil, nil
	}
	b := &Bilde{Navn: "enhetstre", Tittel: "Enheten og enhetene over og under den", Beskrivelse: beskrivEnheter(enheter), Tabell: enhetstabell(enheter)}
	return b, tegnEnheter(b, enheter)
}

// treenhet is a box of the tree.
type treenhet struct {
	navn, orgnr, form          string
	nivaa                      int // 0 for the topmost
	denne, opphoert, overdratt bool
}

func lesEnheter(svar *etree.Element) []treenhet {
	if svar == nil || verdi(svar, "navn")+verdi(svar, "orgnr") == "" {
		return nil
	}
	var alle []treenhet
	over := treenhet{navn: verdi(svar, "navnHovedenhet"), orgnr: verdi(svar, "orgnrHovedenhet")}
	if over.navn+over.orgnr != "" {
		alle = append(alle, over)
	}
	denne := lesEnhet(svar, len(alle))
	denne.denne = true
	alle = append(alle, denne)
	for _, u := range barna(barn(svar, "underenheter"), "underenhet") {
		alle = append(alle, lesEnhet(u, denne.nivaa+1))
	}
	return alle
}

// lesEnhet reads a unit, in the specification's dialect or in that of 2015, which writes opphoert.
func lesEnhet(e *etree.Element, nivaa int) treenhet {
	return treenhet{
		navn: verdi(e, "navn"), orgnr: verdi(e, "orgnr"), form: ellers(verdi(e, "enhtypeBeskr"), verdi(e, "enhkode")), nivaa: nivaa,
		opphoert: ellers(verdi(e, "oppoert"), verdi(e, "opphoert")) == "true", overdratt: verdi(e, "historisk") == "true",
	}
}

// plass says where in the tree the unit stands.
func (e treenhet) plass(denne int) string {
	switch {
	case e.denne:
		return "Denne enheten"
	case e.nivaa < denne:
		return "Over"
	default:
		return "Under"
	}
}

// status is what sets the unit apart, empty for nothing.
func (e treenhet) status() string {
	switch {
	case e.opphoert && e.overdratt:
		return "Opphørt, overdratt"
	case e.opphoert:
		return "Opphørt"
	case e.overdratt:
		return "Overdratt"
	}
	return ""
}

// gruppert is a number of nine digits as people read it, and any other as it is.
func gruppert(orgnr string) string {
	if len(orgnr) != 9 {
		return orgnr
	}
	return orgnr[:3] + " " + orgnr[3:6] + " " + orgnr[6:]
}

func denneNivaa(alle []treenhet) int {
	for _, e := range alle {
		if e.denne {
			return e.nivaa
		}
	}
	return 0
}

func beskrivEnheter(alle []treenhet) string {
	denne := denneNivaa(alle)
	under, opphoerte, overdratte := len(alle)-denne-1, 0, 0
	for _, e := range alle[denne+1:] {
		if e.opphoert {
			opphoerte++
		}
		if e.overdratt {
			overdratte++
		}
	}
	var s string
	if denne > 0 {
		s = "Enheten ligger under " + ellers(alle[0].navn, "en annen enhet") + "."
	}
	if under > 0 {
		if s != "" {
			s += " "
		}
		s += telt(under, "enhet", "enheter") + " ligger rett under den"
		if opphoerte > 0 {
			s += ", medregnet " + telt(opphoerte, "opphørt", "opphørte")
		}
		if overdratte > 0 {
			s += ", medregnet " + telt(overdratte, "overdratt", "overdratte")
		}
		s += "."
	}
	return s
}

func enhetstabell(alle []treenhet) BildeTabell {
	t := BildeTabell{Tittel: "Enheter", Kolonner: []string{"Navn", "Organisasjonsnummer", "Plass", "Enhetstype", "Status"}}
	denne := denneNivaa(alle)
	for _, e := range alle {
		rad := BildeRad{Celler: []string{ellers(e.navn, "Uten navn"), gruppert(e.orgnr), e.plass(denne), e.form, e.status()}}
		if e.orgnr != "" && !e.denne {
			rad.Vei = &BildeVei{"hentArbeidsgiver", "arbeidsgiverId", e.orgnr}
		}
		t.Rader = append(t.Rader, rad)
	}
	return t
}
