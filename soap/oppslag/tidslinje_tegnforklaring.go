package oppslag

// moenster is the paint of a kind of event on a sheet: stripes are leaves, a net lay-offs and dots stays abroad.
func moenster(ark string, k slag) string {
	return "url(#" + ark + "-" + [...]string{permisjon: "permisjon", permittering: "permittering", utland: "utland"}[k] + ")"
}

// leggMoenster puts the patterns of the kinds that are drawn into a sheet.
func (t tidslinje) leggMoenster(a ark) {
	for _, k := range []slag{permisjon, permittering, utland} {
		if !t.brukt[k] {
			continue
		}
		id := moenster(a.navn, k)
		side := tall([...]float64{permisjon: 6, permittering: 6, utland: 5}[k])
		p := a.defs.el("pattern", "id", id[len("url(#"):len(id)-1], "width", side, "height", side, "patternUnits", "userSpaceOnUse")
		if k == utland {
			p.el("rect", "width", side, "height", side, "fill", "#ffffff")
			p.el("circle", "cx", "2.5", "cy", "2.5", "r", "1.2", "fill", blekk)
			continue
		}
		p.CreateAttr("patternTransform", "rotate(45)")
		p.el("rect", "width", side, "height", side, "fill", "#ffffff", "fill-opacity", "0.6")
		p.el("line", "y2", side, "stroke", blekk, "stroke-width", "2")
		if k == permittering {
			p.el("line", "x2", side, "stroke", blekk, "stroke-width", "2")
		}
	}
}

// forklar explains the signs that the lanes are drawn with, and no others.
func (t tidslinje) forklar(alle []spor) []forklaring {
	hel, siste, ukjent := false, false, false
	for _, s := range alle {
		for _, a := range s.avtaler {
			_, oppgitt := lesDesimal(a.prosent)
			ukjent = ukjent || !oppgitt
			siste = siste || oppgitt && !s.detaljert
			hel = hel || oppgitt && s.detaljert
		}
	}
	var tegn []forklaring
	legg := func(vist bool, tekst string, tegner func(flate, string, float64, float64)) {
		if vist {
			tegn = append(tegn, forklaring{tekst, tegner})
		}
	}
	legg(hel, "Arbeidsavtale", proeve("fill", fyll, "stroke", strek))
	legg(siste, "Siste avtale", proeve("fill", fyll, "stroke", strek, "stroke-dasharray", "6 3"))
	legg(ukjent, "Uten stillingsprosent", proeve("fill", "#ffffff", "stroke", strek, "stroke-dasharray", "1.5 2.5"))
	for k, tekst := range []string{permisjon: "Permisjon", permittering: "Permittering", utland: "Utenlandsopphold"} {
		legg(t.brukt[slag(k)], tekst, func(f flate, ark string, x, y float64) {
			f.rekt(x, y, proeveBredde, proeveHoeyde, "fill", moenster(ark, slag(k)), "stroke", blekk, "stroke-width", "0.75")
		})
	}
	legg(t.brukt[timer], "Timer med timelønn", func(f flate, _ string, x, y float64) {
		for i, h := range []float64{6, 13, 9} {
			f.rekt(x+3+8*float64(i), y+13-h, 5, h, "fill", strek)
		}
	})
	if t.akse.viserIdag() {
		tegn = append(tegn, forklarIdag())
	}
	return tegn
}
