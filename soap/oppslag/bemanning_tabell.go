package oppslag

import (
	"fmt"
	"strconv"
)

// maksTrinn is how many changes the table lists one by one; of more it tells each year.
const maksTrinn = 100

func bemanningstabell(alle []trinn, aar Aarsperiode) BildeTabell {
	if len(alle) > maksTrinn {
		return bemanningPerAar(alle, aar)
	}
	t := BildeTabell{Tittel: "Antall arbeidstakere etter hver endring", Kolonner: []string{"Fra og med", "Antall arbeidstakere", "Endring"}}
	forrige := 0
	for _, s := range alle {
		t.Rader = append(t.Rader, BildeRad{Celler: []string{s.fra.norsk(), strconv.Itoa(s.antall), fmt.Sprintf("%+d", s.antall-forrige)}})
		forrige = s.antall
	}
	return t
}

// bemanningPerAar tells of each year the number on its first and last day, and the lowest and highest in between.
func bemanningPerAar(alle []trinn, aar Aarsperiode) BildeTabell {
	t := BildeTabell{Tittel: "Antall arbeidstakere hvert år", Kolonner: []string{"År", "1. januar", "Laveste", "Høyeste", "31. desember"}}
	m := bemanning{trinn: alle}
	for y := aar.Fra; y <= aar.Til; y++ {
		s := Aarsperiode{y, y}.span()
		foerst := m.paa(s.fra)
		lavest, hoeyest := foerst, foerst
		for _, steg := range m.i(s) {
			lavest, hoeyest = min(lavest, steg.antall), max(hoeyest, steg.antall)
		}
		celler := []string{strconv.Itoa(y)}
		for _, n := range []int{foerst, lavest, hoeyest, m.paa(s.til - 1)} {
			celler = append(celler, strconv.Itoa(n))
		}
		t.Rader = append(t.Rader, BildeRad{Celler: celler})
	}
	return t
}
