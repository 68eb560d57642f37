package oppslag

import (
	"strconv"
	"time"
)

// akse is the axis of years of a sheet: it knows where a day lies.
type akse struct {
	periode Aarsperiode
	span    span
	x0, x1  float64
	idag    dag
}

func nyAkse(p Aarsperiode, x0, x1 float64, idag dag) akse { return akse{p, p.span(), x0, x1, idag} }

// x is where a day begins; days outside the period are moved to its edge.
func (a akse) x(d dag) float64 {
	d = min(max(d, a.span.fra), a.span.til)
	return a.x0 + (a.x1-a.x0)*float64(d-a.span.fra)/float64(a.span.til-a.span.fra)
}

// viserIdag tells whether today is in the period.
func (a akse) viserIdag() bool { return a.idag >= a.span.fra && a.idag < a.span.til }

// merke is a tick: where, and the words behind it, empty for a tick without.
type merke struct {
	dag   dag
	tekst string
}

// aarsmerker are the ticks of the years; every year has its word while there is room.
func (a akse) aarsmerker() []merke {
	hver := 10
	for _, n := range []int{1, 2, 5} {
		if a.periode.antall() <= 14*n {
			hver = n
			break
		}
	}
	var m []merke
	for y := a.periode.Fra; y <= a.periode.Til; y++ {
		tekst := ""
		if y%hver == 0 {
			tekst = strconv.Itoa(y)
		}
		m = append(m, merke{dagen(y, 1, 1), tekst})
	}
	return m
}

var maanedsnavn = [...]string{"jan.", "feb.", "mars", "april", "mai", "juni", "juli", "aug.", "sep.", "okt.", "nov.", "des."}

// delmerker are the ticks within years: months of one year, quarters of up to three, none of more.
func (a akse) delmerker() []merke {
	hver := time.Month(1)
	switch n := a.periode.antall(); {
	case n > 3:
		return nil
	case n > 1:
		hver = 3
	}
	var m []merke
	for y := a.periode.Fra; y <= a.periode.Til; y++ {
		for mnd := time.January; mnd <= time.December; mnd += hver {
			tekst := maanedsnavn[mnd-1]
			if hver == 3 {
				tekst = strconv.Itoa(int(mnd)/3+1) + ". kv."
			}
			m = append(m, merke{dagen(y, mnd, 1), tekst})
		}
	}
	return m
}

// hoeyde is the room that the words above the picture take.
func (a akse) hoeyde() float64 {
	if a.periode.antall() <= 3 {
		return 58
	}
	return 42
}

// tegn draws words and lines of the years, and the line of today behind the words, from the top of the sheet down to bunn.
func (a akse) tegn(f flate, bunn float64) {
	g := f.gruppe("akse")
	a.tegnIdag(g, bunn)
	for _, m := range a.delmerker() {
		x := a.x(m.dag)
		g.linje(x, 42, x, bunn, "stroke", rutenett, "stroke-width", "0.75", "stroke-dasharray", "2 3")
		g.tekst(x+3, 53, m.tekst, medGlorie("fill", graatt)...)
	}
	for _, m := range a.aarsmerker() {
		x, topp := a.x(m.dag), a.hoeyde()
		if m.tekst != "" {
			topp = 24
			g.tekst(min(x+3, arkBredde-tekstbredde(m.tekst, liten)), 36, m.tekst, medGlorie("fill", graatt)...)
		}
		g.linje(x, topp, x, bunn, "stroke", rutenett)
	}
	g.linje(a.x0, a.hoeyde(), a.x1, a.hoeyde(), "stroke", graatt)
}

// tegnIdag draws the line of today down to bunn, and its date above.
func (a akse) tegnIdag(f flate, bunn float64) {
	if !a.viserIdag() {
		return
	}
	g := f.gruppe("idag")
	tekst := "I dag " + a.idag.norsk()
	halv := tekstbredde(tekst, liten) * fet / 2
	midt := min(max(a.x(a.idag), halv+2), arkBredde-halv-2)
	a.linjeIdag(g, 19, bunn)
	g.tekst(midt, 14, tekst, "text-anchor", "middle", "font-weight", "600", "fill", roedt)
}

// linjeIdag draws a piece of the line of today. Its edges are crisp, so that pieces over each other look like one.
func (a akse) linjeIdag(f flate, topp, bunn float64) {
	if a.viserIdag() {
		f.linje(a.x(a.idag), topp, a.x(a.idag), bunn, "stroke", roedt, "stroke-width", "2", "shape-rendering", "crispEdges")
	}
}

// piler draws arrows in the margin, at the height of a band: what they stand beside goes on outside the period.
func (a akse) piler(f flate, s span, topp, hoeyde float64) {
	midt, ned := topp+hoeyde/2, min(hoeyde/2, 7)
	if s.fra < a.span.fra && s.til > a.span.fra {
		f.sti("M"+tall(a.x0-2)+" "+tall(midt-ned)+"L"+tall(a.x0-11)+" "+tall(midt)+"L"+tall(a.x0-2)+" "+tall(midt+ned)+"Z",
			"class", "pil", "fill", strek)
	}
	if s.til > a.span.til && s.fra < a.span.til {
		f.sti("M"+tall(a.x1+2)+" "+tall(midt-ned)+"L"+tall(a.x1+11)+" "+tall(midt)+"L"+tall(a.x1+2)+" "+tall(midt+ned)+"Z",
			"class", "pil", "fill", strek)
	}
}
