package oppslag

import (
	"fmt"
	"maps"
	"slices"

	"github.com/beevik/etree"

	"aareg/store"
)

// Bemanning is how many work for an employer, day by day, out of the list in an answer of hentArbeidsgiver (§ 2.2). A
// person counts once however many arbeidsforhold overlap; where a profile leaves out who it is, each arbeidsforhold
// counts. One without a readable begyntdato counts nowhere, and one without a readable sluttetdato counts for good.
//
// It is nil when the answer lists no arbeidsforhold. An error is one of writing the picture.
func Bemanning(svar *etree.Element, idag store.Dato, periode Aarsperiode) (*Bilde, error) {
	return tegnBemanning(nil, svar, idag, periode)
}

// tegnBemanning is Bemanning out of what was counted of the whole list; nil counts what the answer has of it.
func tegnBemanning(fra *bemanning, svar *etree.Element, idag store.Dato, periode Aarsperiode) (*Bilde, error) {
	m := fra
	if m == nil {
		liste := barna(barn(svar, "arbeidsforholdListe"), "arbeidsforhold")
		if len(liste) == 0 {
			return nil, nil
		}
		m = lesBemanning(liste)
	}
	naa := dagAv(idag)
	dager := make([]dag, len(m.trinn))
	for i, t := range m.trinn {
		dager[i] = t.fra
	}
	alle := aarene(dager, naa)
	vist := periode.innen(alle)
	b := &Bilde{
		Navn: "bemanning", Tittel: "Antall arbeidstakere over tid", Perioder: vist.valg(alle, naa),
		Beskrivelse: m.beskriv(svar, vist, naa), Tabell: bemanningstabell(m.trinn, alle),
	}
	return b, m.tegn(b, nyAkse(vist, arkVenstre+bemanningVerdier, arkHoeyre, naa))
}

// trinn says that from a day on, and until the next one, so many work there. Before the first nobody does.
type trinn struct {
	fra    dag
	antall int
}

// bemanning is what the list of an employer tells of its headcount.
type bemanning struct {
	trinn    []trinn
	hel      bool // of the whole list, whatever part of it the answer has
	utvalg   bool // of what a filter keeps of it
	udaterte int  // arbeidsforhold that count nowhere
	ukjente  int  // arbeidsforhold that count as a person of their own, since the answer does not say whose they are
}

func lesBemanning(liste []*etree.Element) *bemanning {
	m := new(bemanning)
	personer := map[string][]span{}
	for i, a := range liste {
		s := lesSpan(verdi(a, "begyntdato"), verdi(a, "sluttetdato"))
		if s.fra == urtid || s.tomt() {
			m.udaterte++
			continue
		}
		hvem := verdi(barn(a, "arbeidstaker"), "arbeidstakerId")
		if hvem == "" {
			m.ukjente++
			hvem = fmt.Sprintf("rad %d", i)
		}
		personer[hvem] = append(personer[hvem], s)
	}
	m.trinn = tell(personer)
	return m
}

// tell makes the steps out of the spans of each person.
func tell(personer map[string][]span) []trinn {
	endring := map[dag]int{}
	for _, spans := range personer {
		for _, s := range forente(spans) {
			endring[s.fra]++
			if s.til != alltid {
				endring[s.til]--
			}
		}
	}
	var alle []trinn
	antall := 0
	for _, d := range slices.Sorted(maps.Keys(endring)) {
		if endring[d] != 0 {
			antall += endring[d]
			alle = append(alle, trinn{d, antall})
		}
	}
	return alle
}

// forente are the spans with those that overlap or meet made one.
func forente(spans []span) []span {
	slices.SortFunc(spans, func(a, b span) int { return int(a.fra - b.fra) })
	var en []span
	for _, s := range spans {
		if n := len(en); n > 0 && s.fra <= en[n-1].til {
			en[n-1].til = max(en[n-1].til, s.til)
			continue
		}
		en = append(en, s)
	}
	return en
}

// paa is how many work there on a day.
func (m bemanning) paa(d dag) int {
	i, found := slices.BinarySearchFunc(m.trinn, d, func(t trinn, d dag) int { return int(t.fra - d) })
	if found {
		return m.trinn[i].antall
	}
	if i == 0 {
		return 0
	}
	return m.trinn[i-1].antall
}

// beskriv is what the picture says to those who cannot see it, and what it leaves out.
func (m bemanning) beskriv(svar *etree.Element, vist Aarsperiode, idag dag) string {
	s := fmt.Sprintf("Perioden %d–%d. %s i dag. Hver person telles én gang om gangen.",
		vist.Fra, vist.Til, telt(m.paa(idag), "arbeidstaker", "arbeidstakere"))
	liste := barn(svar, "arbeidsforholdListe")
	antall, totalt := verdi(liste, "antall"), verdi(liste, "antallTot")
	switch {
	case verdi(svar, "statuskode") == "trunkert" && !m.hel:
		s += fmt.Sprintf(" Svaret er avkortet: bildet viser bare %s av %s arbeidsforhold.", ellers(antall, "noen"), ellers(totalt, "alle"))
	case m.utvalg:
		s += " Søket er avgrenset: bildet viser bare de arbeidsforholdene som passer."
	case antall != totalt && !m.hel && antall != "" && totalt != "":
		s += fmt.Sprintf(" Søket er avgrenset: bildet viser bare %s av %s arbeidsforhold.", antall, totalt)
	}
	if barn(svar, "underenheter") != nil {
		s += " Bare arbeidsforhold som er registrert direkte på hovedenheten, er med."
	}
	if m.ukjente > 0 {
		s += fmt.Sprintf(" %d arbeidsforhold telles hver for seg, fordi svaret ikke sier hvem de gjelder.", m.ukjente)
	}
	if m.udaterte > 0 {
		s += fmt.Sprintf(" %d arbeidsforhold uten gyldige datoer er ikke med.", m.udaterte)
	}
	return s
}
