package oppslag

import (
	"strconv"
	"strings"

	"github.com/beevik/etree"
)

// spor is one arbeidsforhold: a lane of the time line.
type spor struct {
	id, arbeidsgiver, yrke, form string
	fra, til                     string // as answered
	span                         span
	detaljert                    bool // all agreements are known, not the last one alone
	avtaler                      []avtale
	hendelser                    []hendelse
}

// avtale is one arbeidsavtale.
type avtale struct {
	span                    span
	yrke, prosent, fra, til string // as answered
}

// slag is what kind of event lies over or below the agreements.
type slag int

const (
	permisjon slag = iota
	permittering
	utland
	timer
)

// hendelse is a leave, a lay-off, a stay abroad or a reported number of hours.
type hendelse struct {
	slag     slag
	span     span
	tekst    string // the kind of leave, or the country
	omfang   string // percent or hours, as answered
	fra, til string // as answered; of a period that was only reported as a month, that month in both
}

// lesSpor reads the lanes of an answer.
func lesSpor(svar *etree.Element, detaljer []*etree.Element) []spor {
	liste := barna(barn(svar, "arbeidsforholdListe"), "arbeidsforhold")
	if liste == nil {
		liste = barna(barn(svar, "arbeidsforhold"), "arbeidsforhold")
		detaljer = []*etree.Element{svar}
	}
	kjente := map[string]*etree.Element{}
	for _, d := range detaljer {
		for _, a := range barna(barn(d, "arbeidsforhold"), "arbeidsforhold") {
			if id := verdi(a, "arbeidsforholdId"); id != "" {
				kjente[id] = a
			}
		}
	}
	alle := make([]spor, len(liste))
	for i, a := range liste {
		alle[i] = lesEttSpor(a, kjente[verdi(a, "arbeidsforholdId")])
	}
	return alle
}

// lesEttSpor reads an arbeidsforhold of a list, and its details, nil for none.
func lesEttSpor(liste, detalj *etree.Element) spor {
	kilde := liste
	if detalj != nil {
		kilde = detalj
	}
	s := spor{
		id:           verdi(liste, "arbeidsforholdId"),
		arbeidsgiver: ellers(verdi(barn(liste, "arbeidsgiver"), "navn"), "Arbeidsgiver uten navn"),
		form:         verdi(liste, "arbeidsforholdstype"),
		fra:          verdi(kilde, "begyntdato"),
		til:          verdi(kilde, "sluttetdato"),
		detaljert:    detalj != nil || barn(barn(barn(liste, "arbeidsavtaler"), "arbeidsavtale"), "gyldighetsperiode_fom") != nil,
	}
	s.span = lesSpan(s.fra, s.til)
	for _, a := range barna(barn(kilde, "arbeidsavtaler"), "arbeidsavtale") {
		s.avtaler = append(s.avtaler, lesAvtale(a, s.span))
		s.yrke = ellers(s.yrke, verdi(a, "yrkestittel"))
	}
	s.lesFravaer(kilde)
	s.lesUtland(kilde)
	s.lesTimer(kilde)
	return s
}

// lesAvtale reads an agreement; it lasts no longer than its arbeidsforhold.
func lesAvtale(e *etree.Element, i span) avtale {
	a := avtale{
		yrke:    verdi(e, "yrkestittel"),
		prosent: verdi(e, "stillingsprosent"),
		fra:     verdi(e, "gyldighetsperiode_fom"),
		til:     verdi(e, "gyldighetsperiode_tom"),
	}
	a.span = lesSpan(a.fra, a.til).snitt(i)
	return a
}

func (s *spor) lesFravaer(e *etree.Element) {
	for _, p := range barna(barn(e, "permisjonOgPermittering"), "permisjonOgPermitteringIPeriode") {
		h := iPeriode(permisjon, p, verdi(p, "permisjonOgPermittering"), verdi(p, "permisjonsprosent"))
		if strings.HasPrefix(strings.ToLower(h.tekst), "permittering") {
			h.slag = permittering
		}
		s.hendelser = append(s.hendelser, h)
	}
}

func (s *spor) lesUtland(e *etree.Element) {
	for _, u := range barna(barn(e, "utenlandsopphold"), "utenlandsoppholdIPeriode") {
		s.hendelser = append(s.hendelser, iPeriode(utland, u, verdi(u, "land"), ""))
	}
}

// lesTimer reads the hours, whose list the dialect of 2015 writes without ø.
func (s *spor) lesTimer(e *etree.Element) {
	for _, tag := range []string{"antallTimerForTimelønnet", "antallTimerForTimeloennet"} {
		for _, t := range barna(barn(e, tag), "timerIPerioden") {
			s.hendelser = append(s.hendelser, iPeriode(timer, t, "", verdi(t, "antallTimer")))
		}
	}
}

// iPeriode reads what has a periode. Where that was not reported, the month of the report stands for it.
func iPeriode(k slag, e *etree.Element, tekst, omfang string) hendelse {
	p := barn(e, "periode")
	h := hendelse{slag: k, tekst: tekst, omfang: omfang, fra: verdi(p, "fom"), til: verdi(p, "tom")}
	h.span = lesSpan(h.fra, h.til)
	if maaned := verdi(e, "rapporteringsperiode"); h.fra == "" && h.til == "" && maaned != "" {
		if m, ok := lesMaaned(maaned); ok {
			h.span, h.fra, h.til = m, maaned, maaned
		}
	}
	return h
}

// synlig tells whether anything of the lane lies in a period.
func (s *spor) synlig(vist span) bool {
	if !s.span.snitt(vist).tomt() {
		return true
	}
	for _, h := range s.hendelser {
		if !h.span.snitt(vist).tomt() {
			return true
		}
	}
	return false
}

// har tells whether the lane has an event of a kind in a period.
func (s *spor) har(k slag, vist span) bool {
	for _, h := range s.hendelser {
		if h.slag == k && !h.span.snitt(vist).tomt() {
			return true
		}
	}
	return false
}

// lesDesimal is the number that a leaf holds, not below 0; false when it holds none.
func lesDesimal(s string) (float64, bool) {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || v < 0 || v > 1e9 || v != v {
		return 0, false
	}
	return v, true
}
