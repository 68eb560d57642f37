package oppslag

import (
	"strconv"
	"strings"
	"unicode"
)

// Sizes of text, in units of the viewBox: names, and all else.
const (
	stor  = 14.0
	liten = 13.0
)

// fet is how much wider a text becomes when it is bold.
const fet = 1.12

// tekstbredde is how wide a text becomes at most in the fonts of today's systems. A sheet is drawn without knowing its
// font, so this leans to the wide side.
func tekstbredde(s string, stoerrelse float64) float64 {
	em := 0.0
	for _, r := range s {
		em += tegnbredde(r)
	}
	return em * stoerrelse
}

// tegnbredde is how wide a character becomes at most, in em.
func tegnbredde(r rune) float64 {
	switch {
	case r < ' ': // none that XML can hold: U+FFFD is drawn for it
		return 1
	case strings.ContainsRune(" .,:;'|iljtfIr·()-", r):
		return 0.4
	case strings.ContainsRune("WMmwÆæ%…", r):
		return 0.95
	case unicode.IsUpper(r):
		return 0.76
	case r < 0x250:
		return 0.65
	}
	return 1
}

// kort is the text, cut with … where it would become wider than bredde.
func kort(s string, stoerrelse, bredde float64) string {
	em, plass := 0.0, 0 // of what has been read, and how much of it goes before …
	for i, r := range s {
		if (em+tegnbredde('…'))*stoerrelse <= bredde {
			plass = i
		}
		if em += tegnbredde(r); em*stoerrelse > bredde {
			return strings.TrimRight(s[:plass], " ·,") + "…"
		}
	}
	return s
}

// norskTall is a decimal of an answer with its comma, and without the decimals of a whole number.
func norskTall(s string) string {
	s = strings.Replace(s, ".", ",", 1)
	return strings.TrimSuffix(s, ",0")
}

// medEnhet is a decimal of an answer with its unit, and nothing for none.
func medEnhet(s, enhet string) string {
	if s == "" {
		return ""
	}
	return norskTall(s) + " " + enhet
}

// telt is a number with its word: en for one, flere for any other.
func telt(n int, en, flere string) string {
	if n == 1 {
		flere = en
	}
	return strconv.Itoa(n) + " " + flere
}

// ellers is the text, or another when there is none.
func ellers(s, annen string) string {
	if s == "" {
		return annen
	}
	return s
}

// sammen joins what there is of some texts with a dot between them.
func sammen(deler ...string) string {
	var med []string
	for _, d := range deler {
		if d != "" {
			med = append(med, d)
		}
	}
	return strings.Join(med, " · ")
}
