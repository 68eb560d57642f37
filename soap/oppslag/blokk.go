package oppslag

import (
	"slices"
	"strconv"
	"strings"

	"github.com/beevik/etree"
)

// blokk is a part of an answer: what is said once, and what is in it.
type blokk struct {
	Tittel  string // "" for the answer itself
	Nivaa   int    // of the heading, 2 to 6
	Id      string // of the heading
	Felter  []opplysning
	Tabell  *tabell
	Kort    []blokk // repeated parts, a card each
	Blokker []blokk
}

// opplysning is a leaf that has a value.
type opplysning struct {
	Ledetekst, Verdi string
	Veier            []vei
}

// tabell is a repeated part, one row each.
type tabell struct {
	Tittel   string
	Kolonner []string
	Rader    [][]celle
}

// celle is a value in a table, under its column's heading.
type celle struct {
	Kolonne, Verdi string
	Vei            *vei // the value is a button
}

// maxKort is how many repeated parts with parts in them are shown as cards; more are rows of a table.
const maxKort = 25

// leser reads one answer. For a reader what has no value is not there.
type leser struct {
	produkt *Produkt
	rot     *etree.Element // the answer
	kan     func(operasjon string) bool
	ids     *int // headings so far
}

// blokk reads a group.
func (l leser) blokk(e *etree.Element, g *gren, tittel string, nivaa int) blokk {
	b := blokk{Tittel: tittel, Nivaa: min(nivaa, 6), Felter: l.felter(e, g)}
	*l.ids++
	b.Id = "del" + strconv.Itoa(*l.ids)
	for _, child := range g.under {
		if !child.IsGroup() || !child.Repeats() && child.flat() {
			continue
		}
		elements := e.SelectElements(child.Tag)
		switch {
		case len(elements) == 0:
		case !child.Repeats():
			inner := l.blokk(elements[0], child, child.Ledetekst, nivaa+1)
			if len(child.under) == 1 && len(inner.Blokker) == 1 { // a wrapper and no more
				inner = l.blokk(elements[0].SelectElement(child.under[0].Tag), child.under[0], child.Ledetekst, nivaa+1)
			}
			if !inner.tom() {
				b.Blokker = append(b.Blokker, inner)
			}
		case child.gjentar() && len(elements) <= maxKort:
			for _, element := range elements {
				b.Kort = append(b.Kort, l.blokk(element, child, l.korttittel(element, child), nivaa+1))
			}
		default:
			b.Tabell = l.tabell(elements, child)
		}
	}
	return b
}

func (b blokk) tom() bool {
	return len(b.Felter) == 0 && b.Tabell == nil && len(b.Kort) == 0 && len(b.Blokker) == 0
}

// felter are the leaves of a group that have a value. The outcome is shown apart.
func (l leser) felter(e *etree.Element, g *gren) (found []opplysning) {
	for _, leaf := range g.blader() {
		value := leaf.av(e)
		if value == "" || leaf.Sti == "statuskode" || leaf.Sti == "statustekst" {
			continue
		}
		found = append(found, opplysning{leaf.ledetekst, vist(leaf.Rad, value), veierFra(l, leaf.Sti, leaf.Tag, value)})
	}
	return found
}

// av is the leaf's text below an element, "" when it is not there.
func (b blad) av(e *etree.Element) string {
	if b.gruppe != nil {
		if e = e.SelectElement(b.gruppe.Tag); e == nil {
			return ""
		}
	}
	return verdi(e, b.Tag)
}

// korttittel is the heading of a card: with the name of the other party than who was asked about.
func (l leser) korttittel(e *etree.Element, g *gren) string {
	other := "efnavn"
	if l.produkt.Navn == "hentArbeidstaker" {
		other = "navn"
	}
	for _, leaf := range g.blader() {
		if name := leaf.av(e); leaf.Tag == other && name != "" {
			return g.Ledetekst + ": " + name
		}
	}
	return g.Ledetekst
}

// tabell is a table of the columns that have a value in some row. Parts that repeat within a row are a cell of text.
func (l leser) tabell(elements []*etree.Element, g *gren) *tabell {
	leaves := g.blader()
	used, nested := make([]bool, len(leaves)), map[*gren]bool{}
	for _, e := range elements {
		for i, leaf := range leaves {
			used[i] = used[i] || leaf.av(e) != ""
		}
		for _, child := range g.under {
			nested[child] = nested[child] || child.IsGroup() && !child.flat() && e.SelectElement(child.Tag) != nil
		}
	}
	t := &tabell{Tittel: g.Ledetekst, Rader: make([][]celle, len(elements))}
	for i, leaf := range leaves {
		if !used[i] || l.selvsagt(elements, leaf) {
			continue
		}
		t.Kolonner = append(t.Kolonner, leaf.ledetekst)
		for j, e := range elements {
			t.Rader[j] = append(t.Rader[j], l.celle(e, leaf))
		}
	}
	for _, child := range g.under {
		if !nested[child] {
			continue
		}
		t.Kolonner = append(t.Kolonner, child.Ledetekst)
		for j, e := range elements {
			t.Rader[j] = append(t.Rader[j], celle{Kolonne: child.Ledetekst, Verdi: linje(e.SelectElement(child.Tag), child)})
		}
	}
	return t
}

// selvsagt says whether a column about another than the row itself says of each row what the answer says once: that an
// employer's arbeidsforhold are the employer's.
func (l leser) selvsagt(elements []*etree.Element, leaf blad) bool {
	said := verdi(l.rot, leaf.Tag)
	return said != "" && leaf.gruppe != nil && !slices.ContainsFunc(elements, func(e *etree.Element) bool { return leaf.av(e) != said })
}

func (l leser) celle(e *etree.Element, leaf blad) celle {
	value := leaf.av(e)
	c := celle{Kolonne: leaf.ledetekst, Verdi: vist(leaf.Rad, value)}
	if ways := veierFra(l, leaf.Sti, leaf.Tag, value); value != "" && len(ways) > 0 {
		c.Vei = &ways[0]
	}
	return c
}

// linje is what repeats within a group, as one line.
func linje(e *etree.Element, g *gren) string {
	if e == nil {
		return ""
	}
	var parts []string
	for _, child := range g.under {
		for _, one := range e.SelectElements(child.Tag) {
			var words []string
			for _, leaf := range child.blader() {
				if value := leaf.av(one); value != "" {
					words = append(words, leaf.ledetekst+" "+vist(leaf.Rad, value))
				}
			}
			parts = append(parts, strings.Join(words, ", "))
		}
	}
	return strings.Join(parts, "; ")
}
