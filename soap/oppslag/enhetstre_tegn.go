package oppslag

// Measures of the tree: a box, the room from one to the next, and how far a level is moved in.
const (
	enhetBredde = 640.0 // of a box at the left
	enhetHoeyde = 44.0
	enhetRad    = 54.0
	enhetInn    = 32.0
	enhetPaaArk = 16 // boxes on a sheet
)

// tegnEnheter draws the units as a column of boxes, moved in by their level, on as many sheets as they need.
func tegnEnheter(b *Bilde, alle []treenhet) error {
	antall := (len(alle) + enhetPaaArk - 1) / enhetPaaArk
	for nr := range antall {
		a := b.nyttArk(nr+1, antall)
		fra, til := nr*enhetPaaArk, min((nr+1)*enhetPaaArk, len(alle))
		tegnGreiner(a.gruppe("greiner"), alle, fra, til)
		for i := fra; i < til; i++ {
			alle[i].tegn(a.gruppe("enhet"), enhetTopp(i-fra))
		}
		if err := b.leggTil(a, enhetTopp(til-fra)); err != nil {
			return err
		}
	}
	return nil
}

// enhetTopp is where the box with a number, from 0, begins.
func enhetTopp(nr int) float64 { return 10 + enhetRad*float64(nr) }

func enhetX(nivaa int) float64 { return 4 + enhetInn*float64(nivaa) }

// tegnGreiner draws the lines that lead to the boxes from fra up to til, from the box above or from the sheet before.
func tegnGreiner(g flate, alle []treenhet, fra, til int) {
	strek := []string{"stroke", graatt, "stroke-width", "1.5"}
	topp := map[int]float64{} // by level, where its line stands so far
	for i := fra; i < til; i++ {
		nivaa, y := alle[i].nivaa, enhetTopp(i-fra)
		if i > 0 && nivaa > 0 {
			x := enhetX(nivaa-1) + enhetInn/2
			begynt, ok := topp[nivaa]
			if !ok {
				begynt = y - (enhetRad - enhetHoeyde)
			}
			g.linje(x, begynt, x, y+enhetHoeyde/2, strek...)
			g.linje(x, y+enhetHoeyde/2, enhetX(nivaa), y+enhetHoeyde/2, strek...)
			topp[nivaa] = y + enhetHoeyde/2
		}
	}
	if til < len(alle) {
		x := enhetX(alle[til].nivaa-1) + enhetInn/2
		g.linje(x, topp[alle[til].nivaa], x, enhetTopp(til-fra), strek...)
	}
}

// ramme is how a box is drawn: a thick line for the one asked for, dashes for ceased ones, dots for transferred ones.
func (e treenhet) ramme() []string {
	attr := []string{"rx", "4", "stroke", blekk, "fill", "#ffffff", "stroke-width", "1.25"}
	switch {
	case e.denne:
		attr[5], attr[7] = fyll, "3"
	case e.opphoert || e.overdratt:
		attr[5] = bunnfyll
	}
	switch {
	case e.opphoert:
		attr = append(attr, "stroke-dasharray", "7 4")
	case e.overdratt:
		attr = append(attr, "stroke-dasharray", "1.5 3")
	}
	return attr
}

// tegn draws the box from y down.
func (e treenhet) tegn(g flate, y float64) {
	x := enhetX(e.nivaa)
	bredde := enhetBredde - enhetInn*float64(e.nivaa)
	g.rekt(x, y, bredde, enhetHoeyde, e.ramme()...).navn(sammen(e.navn, gruppert(e.orgnr), e.status()))
	hoeyre := e.status()
	if e.denne {
		hoeyre = sammen("Denne enheten", hoeyre)
	}
	if hoeyre != "" {
		g.tekst(x+bredde-10, y+18, hoeyre, "text-anchor", "end", "font-weight", "600")
	}
	plass := bredde - 20
	brukt := tekstbredde(hoeyre, liten*fet) + 10
	g.tekst(x+10, y+18, kort(ellers(e.navn, "Uten navn"), stor*fet, plass-brukt), "font-size", "14", "font-weight", "600")
	nummer := ""
	if e.orgnr != "" {
		nummer = "Orgnr. " + gruppert(e.orgnr)
	}
	g.tekst(x+10, y+36, kort(sammen(nummer, e.form), liten, plass), "fill", graatt)
}
