package oppslag

// forklaring is one sign of a picture and what it means. Its drawing gets the upper left corner of a swatch, and the
// name of the sheet, which names of patterns begin with.
type forklaring struct {
	tekst string
	tegn  func(f flate, ark string, x, y float64)
}

const (
	proeveBredde = 26.0
	proeveHoeyde = 13.0
	proeveRad    = 22.0
)

// tegnforklaring explains signs in rows that fit the sheet, from topp on, and tells where it ended.
func tegnforklaring(a ark, topp float64, tegn []forklaring) float64 {
	g := a.gruppe("tegnforklaring")
	x, y := arkVenstre, topp
	for _, s := range tegn {
		w := proeveBredde + 6 + tekstbredde(s.tekst, liten)
		if x > arkVenstre && x+w > arkHoeyre {
			x, y = arkVenstre, y+proeveRad
		}
		s.tegn(g, a.navn, x, y)
		g.tekst(x+proeveBredde+6, y+11.5, s.tekst)
		x += w + 14
	}
	return y + proeveRad
}

// proeve is a swatch of the size of all, with its paint.
func proeve(attr ...string) func(flate, string, float64, float64) {
	return func(f flate, _ string, x, y float64) { f.rekt(x, y, proeveBredde, proeveHoeyde, attr...) }
}

// forklarIdag explains the line of today.
func forklarIdag() forklaring {
	return forklaring{"I dag", func(f flate, _ string, x, y float64) {
		f.linje(x+proeveBredde/2, y-1, x+proeveBredde/2, y+proeveHoeyde+1, "stroke", roedt, "stroke-width", "2")
	}}
}
