package oppslag

import (
	"math"
	"strconv"
	"time"

	"aareg/store"
)

// dag counts days from 1970-01-01, so that distances between dates are differences.
type dag int

// An open end lies further away than any date.
const (
	urtid  dag = math.MinInt32
	alltid dag = math.MaxInt32
)

// span is the days from fra up to but not with til.
type span struct{ fra, til dag }

func (s span) tomt() bool { return s.til <= s.fra }

func (s span) snitt(o span) span { return span{max(s.fra, o.fra), min(s.til, o.til)} }

func dagen(aar int, maaned time.Month, d int) dag {
	return dag(time.Date(aar, maaned, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

func dagAv(d store.Dato) dag {
	return dagen(d.Year(), time.Month(int(d)/100%100), int(d)%100)
}

func (d dag) aar() int { return time.Unix(int64(d)*86400, 0).UTC().Year() }

// norsk is dd.mm.åååå.
func (d dag) norsk() string { return time.Unix(int64(d)*86400, 0).UTC().Format("02.01.2006") }

// lesDag reads åååå-mm-dd; false for anything else, and for nothing.
func lesDag(s string) (dag, bool) {
	d, err := store.ParseDato(s)
	if err != nil {
		return 0, false
	}
	return dagAv(d), true
}

// lesSpan reads a period as answers have it, both dates included. An end that is missing or is no date is open.
func lesSpan(fom, tom string) span {
	s := span{urtid, alltid}
	if d, ok := lesDag(fom); ok {
		s.fra = d
	}
	if d, ok := lesDag(tom); ok {
		s.til = d + 1
	}
	return s
}

// lesMaaned reads åååå-mm as the days of that month; false for anything else.
func lesMaaned(s string) (span, bool) {
	d, ok := lesDag(s + "-01")
	if !ok {
		return span{}, false
	}
	t := time.Unix(int64(d)*86400, 0).UTC()
	return span{d, dagen(t.Year(), t.Month()+1, 1)}, true
}

// norskDato is dd.mm.åååå of åååå-mm-dd, the words of otherwise when there is none, and what is no date as it stands.
func norskDato(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	if d, ok := lesDag(s); ok {
		return d.norsk()
	}
	return s
}

// Years that pictures are drawn for: what a register reports outside of them runs to the edge.
const (
	foersteAar = 1900
	sisteAar   = 2200
	framover   = 10 // years beyond today
)

// Aarsperiode is a period of whole years, both included. A zero leaves that end to the answer.
type Aarsperiode struct{ Fra, Til int }

// aarene is the shortest period that has today and all given days in it, but for those so far off that they are open
// ends or slips.
func aarene(dager []dag, idag dag) Aarsperiode {
	naa := min(max(idag.aar(), foersteAar), sisteAar)
	p := Aarsperiode{naa, naa}
	for _, d := range dager {
		if d == urtid || d == alltid {
			continue
		}
		if y := d.aar(); y >= foersteAar && y <= naa+framover {
			p.Fra, p.Til = min(p.Fra, y), max(p.Til, y)
		}
	}
	return p
}

// innen is the part of alt that was asked for: ends that are missing are alt's, ends that are swapped are put right, and
// what lies outside alt is moved to its edge.
func (p Aarsperiode) innen(alt Aarsperiode) Aarsperiode {
	if p.Fra == 0 {
		p.Fra = alt.Fra
	}
	if p.Til == 0 {
		p.Til = alt.Til
	}
	if p.Fra > p.Til {
		p.Fra, p.Til = p.Til, p.Fra
	}
	return Aarsperiode{min(max(p.Fra, alt.Fra), alt.Til), min(max(p.Til, alt.Fra), alt.Til)}
}

func (p Aarsperiode) span() span { return span{dagen(p.Fra, 1, 1), dagen(p.Til+1, 1, 1)} }

func (p Aarsperiode) antall() int { return p.Til - p.Fra + 1 }

// valg are the periods to choose between: all, and those of the last years up to this one that are shorter than all.
func (p Aarsperiode) valg(alt Aarsperiode, idag dag) []BildePeriode {
	liste := []BildePeriode{{"Hele perioden", alt, p == alt}}
	naa := min(max(idag.aar(), alt.Fra), alt.Til)
	for _, n := range []int{10, 5, 2, 1} {
		v := Aarsperiode{naa - n + 1, naa}
		if v.Fra < alt.Fra || v == alt {
			continue
		}
		tekst := "Siste " + strconv.Itoa(n) + " år"
		if n == 1 {
			tekst = strconv.Itoa(naa)
		}
		liste = append(liste, BildePeriode{tekst, v, p == v})
	}
	if len(liste) == 1 {
		return nil
	}
	return liste
}
