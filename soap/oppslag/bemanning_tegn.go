package oppslag

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// Measures of the headcount: room for the numbers at the left, and the height of the plot.
const (
	bemanningVerdier = 44.0
	bemanningHoeyde  = 260.0
)

// i are the steps within a span, without the one that it begins with.
func (m bemanning) i(s span) []trinn {
	first, _ := slices.BinarySearchFunc(m.trinn, s.fra+1, func(t trinn, d dag) int { return int(t.fra - d) })
	last, _ := slices.BinarySearchFunc(m.trinn, s.til, func(t trinn, d dag) int { return int(t.fra - d) })
	return m.trinn[first:max(first, last)]
}

// tegn draws the picture on its one sheet: what has been as a filled staircase, what is known of the future as a dashed
// line.
func (m bemanning) tegn(b *Bilde, a akse) error {
	ark := b.nyttArk(1, 1)
	topp := a.hoeyde() + 10
	bunn := topp + bemanningHoeyde
	hoeyest := m.paa(a.span.fra)
	for _, t := range m.i(a.span) {
		hoeyest = max(hoeyest, t.antall)
	}
	steg := rundtSteg(hoeyest)
	tak := (hoeyest/steg + 1) * steg
	y := func(n int) float64 { return bunn - bemanningHoeyde*float64(n)/float64(tak) }

	a.tegn(ark.flate, bunn)
	g := ark.gruppe("verdier")
	for n := 0; n <= tak; n += steg {
		g.linje(a.x0, y(n), a.x1, y(n), "stroke", rutenett)
		g.tekst(a.x0-6, y(n)+4.5, strconv.Itoa(n), "text-anchor", "end", "fill", graatt)
	}
	naa := min(max(a.idag+1, a.span.fra), a.span.til)
	kurve := ark.gruppe("kurve")
	if vaert := (span{a.span.fra, naa}); !vaert.tomt() {
		d := m.trapp(vaert, a, y)
		kurve.sti(d+"V"+tall(bunn)+"H"+tall(a.x0)+"Z", "class", "flate", "fill", fyll)
		kurve.sti(d, "class", "trapp", "fill", "none", "stroke", strek, "stroke-width", "2")
	}
	if kommer := (span{naa, a.span.til}); !kommer.tomt() {
		kurve.sti(m.trapp(kommer, a, y), "class", "framtid", "fill", "none", "stroke", strek, "stroke-width", "2", "stroke-dasharray", "5 4")
	}
	kurve.linje(a.x0, bunn, a.x1, bunn, "stroke", graatt)
	a.linjeIdag(kurve, topp, bunn)
	return b.leggTil(ark, tegnforklaring(ark, bunn+10, forklarBemanning(a)))
}

func forklarBemanning(a akse) []forklaring {
	var tegn []forklaring
	if a.idag >= a.span.fra {
		tegn = append(tegn, forklaring{"Arbeidstakere", func(f flate, _ string, x, y float64) {
			f.rekt(x, y+1, proeveBredde, proeveHoeyde-1, "fill", fyll)
			f.linje(x, y+1, x+proeveBredde, y+1, "stroke", strek, "stroke-width", "2")
		}})
	}
	if a.idag+1 < a.span.til {
		tegn = append(tegn, forklaring{"Etter i dag, slik det er meldt nå", func(f flate, _ string, x, y float64) {
			f.linje(x, y+7, x+proeveBredde, y+7, "stroke", strek, "stroke-width", "2", "stroke-dasharray", "5 4")
		}})
	}
	if a.viserIdag() {
		tegn = append(tegn, forklarIdag())
	}
	return tegn
}

// rundtSteg is the least of 1, 2, 5, 10, 20, … that divides up to n in at most five parts.
func rundtSteg(n int) int {
	for tier := 1; ; tier *= 10 {
		for _, s := range []int{1, 2, 5} {
			if s*tier*5 >= n {
				return s * tier
			}
		}
	}
}

// soeyle is what happens within a unit of width: the highest, the lowest and the last number there.
type soeyle struct {
	x                    float64
	hoeyest, lavest, naa int
}

// trapp is the path of a staircase over a span. Changes closer than can be seen are drawn as one line from the lowest to
// the highest, so that no employer makes a path longer than the sheet is wide.
func (m bemanning) trapp(s span, a akse, y func(int) float64) string {
	var soeyler []soeyle
	for _, t := range m.i(s) {
		x := math.Round(a.x(t.fra))
		n := len(soeyler)
		if n == 0 || soeyler[n-1].x != x {
			soeyler = append(soeyler, soeyle{x, t.antall, t.antall, t.antall})
			continue
		}
		c := &soeyler[n-1]
		c.hoeyest, c.lavest, c.naa = max(c.hoeyest, t.antall), min(c.lavest, t.antall), t.antall
	}
	var d strings.Builder
	d.WriteString("M" + tall(a.x(s.fra)) + " " + tall(y(m.paa(s.fra))))
	for _, c := range soeyler {
		d.WriteString("H" + tall(c.x))
		for _, n := range slices.Compact([]int{c.hoeyest, c.lavest, c.naa}) {
			d.WriteString("V" + tall(y(n)))
		}
	}
	d.WriteString("H" + tall(a.x(s.til)))
	return d.String()
}
