package products

import (
	"strconv"

	"aareg/store"
)

// writeBeregnedeTimer writes the hours that were reported, else agreed hours × percent / 100, rounded half up to two
// decimals. It is Ansettelsesdetaljer.BeregnedeTimer without its arithmetic of any length, where numbers are short.
func writeBeregnedeTimer(svar *Svar, d *store.Ansettelsesdetaljer) {
	hours, percent := d.AvtalteTimer(), d.AvtaltStillingsprosent
	switch h, ok := hundredths(hours, percent); {
	case d.BeregnetAntallTimerPrUke != "":
		svar.Text(tagBerAntTimerPerUke, string(d.BeregnetAntallTimerPrUke))
	case hours == "" || percent == "":
		svar.Text(tagBerAntTimerPerUke, "")
	case ok:
		svar.hundredths(tagBerAntTimerPerUke, h)
	default:
		svar.Text(tagBerAntTimerPerUke, string(d.BeregnedeTimer()))
	}
}

// hundredths is d × percent / 100 in hundredths, rounded half up; false for what has a sign or many digits.
func hundredths(d, percent store.Desimal) (int64, bool) {
	a, aScale, ok := scaled(d)
	b, bScale, ok2 := scaled(percent)
	if !ok || !ok2 {
		return 0, false
	}
	return (a*b + aScale*bScale/2) / (aScale * bScale), true
}

// scaled is a decimal as a whole number of parts, and how many of them make one: 37.5 is 375 tenths.
func scaled(d store.Desimal) (n, scale int64, ok bool) {
	if len(d) > 9 {
		return 0, 0, false
	}
	for _, c := range []byte(d) {
		switch {
		case c == '.':
			scale = 1
		case '0' <= c && c <= '9':
			n, scale = n*10+int64(c-'0'), scale*10
		default:
			return 0, 0, false
		}
	}
	return n, max(scale, 1), true
}

// hundredths writes a number of hundredths as a decimal: a digit behind the point, or two.
func (s *Svar) hundredths(tag *Tag, n int64) {
	if s.begrenset && !s.shows(tag) {
		return
	}
	room, at := s.start(tag, 0)
	b := strconv.AppendInt(room[:at], n/100, 10)
	b = append(b, '.', byte('0'+n/10%10))
	if n%10 != 0 {
		b = append(b, byte('0'+n%10))
	}
	s.end(tag, room, len(b))
}
