package oppslag

import (
	"math"
	"slices"
)

// Heights within a lane: its name, the band of agreements, and the strips below it where there is something in them.
const (
	sporNavn   = 20.0
	sporBaand  = 32.0
	sporUtland = 13.0
	sporTimer  = 26.0
	sporLuft   = 14.0
)

// tidslinje draws lanes along one axis.
type tidslinje struct {
	bilde *Bilde
	akse  akse
	brukt map[slag]bool // the kinds of events that the period shows
}

// hoeyde is the room that a lane takes.
func (t tidslinje) hoeyde(s spor) float64 {
	h := sporNavn + sporBaand + sporLuft
	if s.har(utland, t.akse.span) {
		h += sporUtland
	}
	if s.har(timer, t.akse.span) {
		h += sporTimer
	}
	return h
}

// tegn draws the lanes on as many sheets as they need.
func (t tidslinje) tegn(alle []spor) error {
	var ark [][]spor
	brukt := arkHoeyde
	for _, s := range alle {
		h := t.hoeyde(s)
		if brukt+h > arkHoeyde-3*proeveRad {
			ark, brukt = append(ark, nil), t.akse.hoeyde()
		}
		ark[len(ark)-1] = append(ark[len(ark)-1], s)
		brukt += h
	}
	if ark == nil {
		ark = [][]spor{nil} // an empty axis says that nothing is in the period
	}
	tegn := t.forklar(alle)
	for i, a := range ark {
		if err := t.tegnArk(i+1, len(ark), a, tegn); err != nil {
			return err
		}
	}
	return nil
}

func (t tidslinje) tegnArk(nr, av int, alle []spor, tegn []forklaring) error {
	a := t.bilde.nyttArk(nr, av)
	t.leggMoenster(a)
	bunn := t.akse.hoeyde() + 4
	for _, s := range alle {
		bunn += t.hoeyde(s)
	}
	t.akse.tegn(a.flate, bunn)
	y := t.akse.hoeyde() + 4
	for _, s := range alle {
		t.tegnSpor(a.gruppe("spor"), a.navn, s, y)
		y += t.hoeyde(s)
	}
	return t.bilde.leggTil(a, tegnforklaring(a, bunn+8, tegn))
}

// tegnSpor draws one lane from y down.
func (t tidslinje) tegnSpor(g flate, ark string, s spor, y float64) {
	t.tegnNavn(g, s, y+14)
	y += sporNavn
	t.tegnBaand(g, s, y)
	for _, h := range s.hendelser {
		if h.slag == permisjon || h.slag == permittering {
			t.tegnFelt(g, h, y, sporBaand, "fill", moenster(ark, h.slag), "stroke", blekk, "stroke-width", "0.75")
		}
	}
	t.akse.linjeIdag(g, y, y+sporBaand)
	t.tegnProsenter(g, s, y)
	t.akse.piler(g, s.span, y, sporBaand)
	y += sporBaand
	if s.har(utland, t.akse.span) {
		for _, h := range s.hendelser {
			if h.slag == utland {
				t.tegnFelt(g, h, y+4, sporUtland-4, "fill", moenster(ark, utland), "stroke", blekk, "stroke-width", "0.75")
			}
		}
		y += sporUtland
	}
	if s.har(timer, t.akse.span) {
		t.tegnTimer(g, s, y+4, sporTimer-4)
	}
}

func (t tidslinje) tegnNavn(g flate, s spor, y float64) {
	hoeyre := ""
	if flest := s.flestTimer(t.akse.span); flest != "" {
		hoeyre = "høyeste søyle " + medEnhet(flest, "timer")
		g.tekst(arkHoeyre, y, hoeyre, medGlorie("text-anchor", "end", "fill", graatt)...)
	}
	plass := arkHoeyre - arkVenstre - tekstbredde(hoeyre, liten) - 10
	navn := kort(s.arbeidsgiver, stor*fet, plass)
	tekst := g.tekst(arkVenstre, y, "", medGlorie()...)
	tekst.el("tspan", "font-size", "14", "font-weight", "600").SetText(navn)
	brukt := tekstbredde(navn, stor*fet) + 10
	form := s.form
	if form == "Ordinært arbeidsforhold" {
		form = ""
	}
	if mer := sammen(s.yrke, form); mer != "" && plass-brukt > 60 {
		tekst.el("tspan", "dx", "10", "fill", graatt).SetText(kort(mer, liten, plass-brukt))
	}
}

// flestTimer is the greatest number of hours of a period, as answered; empty when there are none.
func (s spor) flestTimer(vist span) string {
	flest, tekst := -1.0, ""
	for _, h := range s.hendelser {
		if v, ok := lesDesimal(h.omfang); ok && h.slag == timer && v > flest && !h.span.snitt(vist).tomt() {
			flest, tekst = v, h.omfang
		}
	}
	return tekst
}

// tegnBaand draws the arbeidsforhold as a frame as high as a full position, and its agreements as steps in it.
func (t tidslinje) tegnBaand(g flate, s spor, y float64) {
	if s.span.snitt(t.akse.span).tomt() {
		return
	}
	x0, x1 := t.akse.x(s.span.fra), t.akse.x(s.span.til)
	ramme := g.rekt(x0, y, max(x1-x0, 1), sporBaand, "class", "ramme", "fill", bunnfyll, "stroke", "#9aa8b8", "stroke-width", "0.75")
	ramme.navn(sammen(s.arbeidsgiver, naar(s.fra, s.til)))
	for _, a := range s.avtaler {
		x0, x1 := t.akse.x(a.span.fra), t.akse.x(a.span.til)
		if a.span.snitt(t.akse.span).tomt() {
			continue
		}
		_, oppgitt := lesDesimal(a.prosent)
		attr := []string{"class", "avtale", "fill", fyll, "stroke", strek}
		switch {
		case !oppgitt:
			attr = []string{"class", "avtale", "fill", "#ffffff", "stroke", strek, "stroke-dasharray", "1.5 2.5"}
		case !s.detaljert:
			attr = append(attr, "stroke-dasharray", "6 3")
		}
		h := trinnhoeyde(a.prosent)
		trinn := g.rekt(x0, y+sporBaand-h, max(x1-x0, 1), h, attr...)
		trinn.navn(sammen(a.yrke, medEnhet(a.prosent, "%"), naar(a.fra, a.til)))
	}
}

// trinnhoeyde is how high an agreement stands in the band: in full from 100 percent on, and when nothing is known.
func trinnhoeyde(prosent string) float64 {
	v, oppgitt := lesDesimal(prosent)
	if !oppgitt {
		return sporBaand
	}
	return max(sporBaand*min(v, 100)/100, 2.5)
}

// tegnProsenter writes the percent of each step that has the room, and that no other is written over already.
func (t tidslinje) tegnProsenter(g flate, s spor, y float64) {
	var skrevet [][2]float64
	for _, a := range s.avtaler {
		tekst, vist := medEnhet(a.prosent, "%"), a.span.snitt(t.akse.span)
		x, slutt := t.akse.x(vist.fra)+5, t.akse.x(vist.til)
		bredde := tekstbredde(tekst, liten)
		if tekst == "" || vist.tomt() || x+bredde+3 > slutt ||
			slices.ContainsFunc(skrevet, func(o [2]float64) bool { return x < o[1] && o[0] < x+bredde }) {
			continue
		}
		skrevet = append(skrevet, [2]float64{x, x + bredde})
		ned := 9.0 // inside the step, or above a low one
		if h := trinnhoeyde(a.prosent); h < 18 {
			ned = h + 4
		}
		g.tekst(x, y+sporBaand-ned, tekst, medGlorie()...)
	}
}

// tegnFelt draws an event as a field of a pattern.
func (t tidslinje) tegnFelt(g flate, h hendelse, y, hoeyde float64, attr ...string) {
	if h.span.snitt(t.akse.span).tomt() {
		return
	}
	x0 := t.akse.x(h.span.fra)
	w := max(t.akse.x(h.span.til)-x0, 2)
	felt := g.rekt(min(x0, t.akse.x1-w), y, w, hoeyde, append([]string{"class", "hendelse"}, attr...)...)
	felt.navn(sammen(h.hva(), h.hvorMye(), naar(h.fra, h.til)))
}

// tegnTimer draws hours as bars, the highest as high as there is room.
func (t tidslinje) tegnTimer(g flate, s spor, y, hoeyde float64) {
	flest, _ := lesDesimal(s.flestTimer(t.akse.span))
	for _, h := range s.hendelser {
		v, ok := lesDesimal(h.omfang)
		if h.slag != timer || !ok {
			continue
		}
		soeyle := max(hoeyde*v/math.Max(flest, 1e-9), 1)
		t.tegnFelt(g, h, y+hoeyde-min(soeyle, hoeyde), min(soeyle, hoeyde), "fill", strek, "stroke", "#ffffff", "stroke-width", "0.5")
	}
	g.linje(t.akse.x0, y+hoeyde, t.akse.x1, y+hoeyde, "stroke", "#9aa8b8", "stroke-width", "0.5")
}
