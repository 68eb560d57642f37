package oppslag

import (
	"fmt"
	"slices"

	"github.com/beevik/etree"

	"aareg/store"
)

// Tidslinje is a working life: a lane for each arbeidsforhold in an answer of hentArbeidstaker (§ 2.3), or the one of an
// answer of hentArbeidsforhold (§ 2.6), in the order of the answer. What lists lack, earlier agreements, hours and stays
// abroad, is taken from detaljer: answers of hentArbeidsforhold, in any order, as many as there are.
//
// It is nil when the answer has no arbeidsforhold. No date in it can make it fail: what is no date counts as missing, and
// an end that is missing is open. An error is one of writing the picture.
func Tidslinje(svar *etree.Element, detaljer []*etree.Element, idag store.Dato, periode Aarsperiode) (*Bilde, error) {
	liste := lesSpor(svar, detaljer)
	if len(liste) == 0 {
		return nil, nil
	}
	naa := dagAv(idag)
	alle := aarene(alleDager(liste), naa)
	vist := periode.innen(alle)
	b := &Bilde{Navn: "tidslinje", Tittel: "Tidslinje over arbeidsforhold", Perioder: vist.valg(alle, naa), Tabell: sportabell(liste)}
	synlige := synligeSpor(liste, vist.span())
	b.Beskrivelse = beskrivSpor(liste, synlige, vist)
	t := tidslinje{b, nyAkse(vist, arkVenstre, arkHoeyre, naa), map[slag]bool{}}
	for _, k := range []slag{permisjon, permittering, utland, timer} {
		t.brukt[k] = slices.ContainsFunc(synlige, func(s spor) bool { return s.har(k, vist.span()) })
	}
	if err := t.tegn(synlige); err != nil {
		return nil, err
	}
	return b, nil
}

// alleDager are all dates that the lanes know.
func alleDager(alle []spor) []dag {
	var dager []dag
	for _, s := range alle {
		spans := []span{s.span}
		for _, a := range s.avtaler {
			spans = append(spans, a.span)
		}
		for _, h := range s.hendelser {
			spans = append(spans, h.span)
		}
		for _, p := range spans {
			dager = append(dager, p.fra)
			if p.til != alltid {
				dager = append(dager, p.til-1)
			}
		}
	}
	return dager
}

func synligeSpor(alle []spor, vist span) []spor {
	var synlige []spor
	for _, s := range alle {
		if s.synlig(vist) {
			synlige = append(synlige, s)
		}
	}
	return synlige
}

// beskrivSpor is what the picture says to those who cannot see it, and what all should know of it.
func beskrivSpor(alle, synlige []spor, vist Aarsperiode) string {
	s := fmt.Sprintf("Perioden %d–%d. Ett spor for hvert arbeidsforhold, %d i alt; høyden viser stillingsprosenten.", vist.Fra, vist.Til, len(alle))
	if n := len(alle) - len(synlige); n > 0 {
		s += fmt.Sprintf(" %d ligger utenfor perioden og står bare i tabellen.", n)
	}
	uten := 0
	for _, en := range alle {
		if !en.detaljert {
			uten++
		}
	}
	if uten > 0 {
		s += fmt.Sprintf(" For %d av dem er bare den siste arbeidsavtalen med i svaret; den er tegnet stiplet for hele arbeidsforholdet.", uten)
	}
	return s
}
