package kontrakt

import (
	"cmp"
	"slices"

	"aareg/wsdl/felt"
)

// radtilstand is how far the questions reached a row.
type radtilstand int

// The worst first, and what could not be asked last.
const (
	radBrutt  radtilstand = iota // a violation that nothing excuses
	radUsett                     // never met
	radTom                       // met, never with a value
	radSett                      // met with a value, not at all of its limits
	radGrense                    // met with a value and at all of its limits, where it has any
	radUdoemt                    // of a product that the login may not ask
)

// tilstander says of each state its sign, its name in reports, and its class in the page.
var tilstander = [...]struct{ tegn, navn, klasse string }{
	radBrutt:  {"✗", "violated", "brutt"},
	radUsett:  {"–", "never seen", "usett"},
	radTom:    {"○", "seen empty", "tom"},
	radSett:   {"✓", "seen", "sett"},
	radGrense: {"✓✓", "seen at all limits", "grense"},
	radUdoemt: {"×", "no access", "udoemt"},
}

// tilstand is the state that a row is shown in.
func (d *Dekning) tilstand() radtilstand {
	switch {
	case d.UtenTilgang:
		return radUdoemt
	case d.Brudd > 0:
		return radBrutt
	case d.Sett == 0 && d.Tomt == 0:
		return radUsett
	case d.Sett == 0:
		return radTom
	case len(d.Grense) > 0 && len(d.Mangler) == 0:
		return radGrense
	}
	return radSett
}

// funn is a breach and the question that shows it, nil for one of the WSDL.
type funn struct {
	Brudd
	Utfall *Utfall
}

// spoersmaal names where the breach shows.
func (f *funn) spoersmaal() string {
	if f.Utfall == nil {
		return "the WSDL"
	}
	return f.Utfall.Spoersmaal.Navn
}

// gruppe is every breach of one rule at one row; of a rule that is broken at no row, in one place.
type gruppe struct {
	Regel string
	Rad   int
	Felt  *felt.Rad // the row, nil where there is none
	Sti   string
	Avvik string
	Funn  []funn
}

// operasjon is the operation that is concerned, "" where the group has several or none.
func (g *gruppe) operasjon() string {
	if g.Felt != nil {
		return g.Felt.Operasjon
	}
	same := ""
	for i, f := range g.Funn {
		if f.Utfall == nil || i > 0 && f.Utfall.Spoersmaal.Operasjon != same {
			return ""
		}
		same = f.Utfall.Spoersmaal.Operasjon
	}
	return same
}

// funn lists every breach in the order of the questions, those of the WSDL last.
func (r *Resultat) funn() []funn {
	var all []funn
	for i := range r.Utfall {
		for _, b := range r.Utfall[i].Brudd {
			all = append(all, funn{b, &r.Utfall[i]})
		}
	}
	for _, b := range r.WSDL {
		all = append(all, funn{Brudd: b})
	}
	return all
}

// grupper groups what is broken, or what is excused by a deviation, the most frequent first.
func (r *Resultat) grupper(excused bool) []*gruppe {
	type key struct {
		rule  string
		row   int
		place string
		avvik string
	}
	byKey := map[key]*gruppe{}
	var groups []*gruppe
	for _, f := range r.funn() {
		if (f.Avvik != "") != excused {
			continue
		}
		k := key{f.Regel, f.Rad, "", f.Avvik}
		if f.Rad == 0 {
			k.place = f.Sti
		}
		g := byKey[k]
		if g == nil {
			g = &gruppe{Regel: f.Regel, Rad: f.Rad, Felt: r.felt(f.Rad), Sti: f.Sti, Avvik: f.Avvik}
			byKey[k] = g
			groups = append(groups, g)
		}
		g.Funn = append(g.Funn, f)
	}
	slices.SortStableFunc(groups, func(a, b *gruppe) int {
		return cmp.Or(len(b.Funn)-len(a.Funn), a.Rad-b.Rad, cmp.Compare(a.Regel, b.Regel))
	})
	return groups
}

// felt is the row with a number, nil where there is none.
func (r *Resultat) felt(nr int) *felt.Rad {
	if nr < 1 || nr > len(r.Dekning) {
		return nil
	}
	return &r.Dekning[nr-1].Rad
}

// brutt counts the breaches that nothing excuses, and those that are accepted.
func brutt(all []Brudd) (violations, accepted int) {
	for _, b := range all {
		if b.Avvik == "" {
			violations++
		} else {
			accepted++
		}
	}
	return violations, accepted
}

// antallBrudd counts the breaches of the whole result.
func (r *Resultat) antallBrudd() (violations, accepted int) {
	violations, accepted = brutt(r.WSDL)
	for i := range r.Utfall {
		v, a := brutt(r.Utfall[i].Brudd)
		violations, accepted = violations+v, accepted+a
	}
	return violations, accepted
}

// antall is how often something came.
type antall struct {
	Hva    string
	Antall int
}

// utfallstyper counts the answers by statuskode or feilkode, the most frequent first.
func (r *Resultat) utfallstyper() []antall {
	counts := map[string]int{}
	for _, u := range r.Utfall {
		counts[u.kom()]++
	}
	var all []antall
	for what, n := range counts {
		all = append(all, antall{what, n})
	}
	slices.SortFunc(all, func(a, b antall) int { return cmp.Or(b.Antall-a.Antall, cmp.Compare(a.Hva, b.Hva)) })
	return all
}

// kom is what came, in a word or two.
func (u *Utfall) kom() string {
	switch {
	case u.Fikk != "":
		return u.Fikk
	case u.Udoemt == ikkeSpurt:
		return "not asked"
	case u.Svar.Status == 0:
		return "no answer"
	}
	return "neither statuskode nor feilkode"
}

// produktdekning is how far the rows of one product were reached, in questions and answers.
type produktdekning struct {
	Operasjon string
	Avsnitt   string
	Rader     []dekningsrad
	Antall    [len(tilstander)]int // rows by state
	// Met and Limits count the limits that were met, and all there are.
	Met, Limits int
	UtenTilgang bool // whether the login may not ask it
}

// dekningsrad is a row's coverage with the row's number.
type dekningsrad struct {
	*Dekning
	Nr int
}

// sett counts the rows that were met with a value, violated ones too.
func (p *produktdekning) sett() int {
	n := 0
	for _, d := range p.Rader {
		if d.Sett > 0 {
			n++
		}
	}
	return n
}

// produkter is the coverage by product, in the order of the table. The sections are those of the specification,
// whatever a dialect calls the operations.
func (r *Resultat) produkter() []*produktdekning {
	var all []*produktdekning
	for i := range r.Dekning {
		d := &r.Dekning[i]
		if len(all) == 0 || all[len(all)-1].Operasjon != d.Rad.Operasjon {
			p := &produktdekning{Operasjon: d.Rad.Operasjon}
			if operations := felt.Operations(); len(all) < len(operations) {
				p.Avsnitt = operations[len(all)].Avsnitt
			}
			all = append(all, p)
		}
		p := all[len(all)-1]
		p.Rader = append(p.Rader, dekningsrad{d, i + 1})
		p.Antall[d.tilstand()]++
		if p.UtenTilgang = d.UtenTilgang; p.UtenTilgang {
			continue
		}
		p.Met += len(d.Grense)
		p.Limits += len(d.Grense) + len(d.Mangler)
	}
	return all
}
