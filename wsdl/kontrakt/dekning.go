package kontrakt

import (
	"slices"
	"strconv"
	"strings"

	"github.com/beevik/etree"

	"aareg/wsdl/felt"
)

// raddekning is how far one row was reached so far.
type raddekning struct {
	sett, tomt, brudd int
	grenser           map[string]bool
}

func (c *raddekning) grense(limit string) {
	if c.grenser == nil {
		c.grenser = map[string]bool{}
	}
	c.grenser[limit] = true
}

// The limits of rows that are no values of their own.
const (
	ingen    = "ingen"  // a list without elements
	en       = "en"     // a list of one
	mange    = "flere"  // a list of several
	med      = "med"    // an optional element that is there
	uten     = "uten"   // an optional element that is not
	tom      = "tom"    // a leaf without a value
	utfylt   = "utfylt" // a leaf of any value
	null     = "0"      // a number that is 0
	overNull = "over_0" // a number that is more
)

// grenser are the limits of a row that a run can meet, in the order in which they are told:
//   - a list: ingen, en, flere
//   - an optional group: med, uten
//   - a closed list of values, and a boolean: each value; of statuskode those that the product has
//   - a whole number: 0, over_0
//   - other leaves: utfylt
//   - a leaf that may be empty: tom besides; one that may be left out: uten
func (d *Dommer) grenser(r felt.Rad) []string {
	o, _ := d.operasjon(r.Operasjon)
	not := umulige[o.Avsnitt+" "+r.Tag] + " " + umulige[r.Tag]
	return slices.DeleteFunc(d.muligeGrenser(r), func(limit string) bool { return slices.Contains(strings.Fields(not), limit) })
}

// umulige are the limits that no answer with data can have (semantics, "Values" and the products), by tag or by
// section and tag: groups that are only there when there is something in them, lists that show one agreement.
var umulige = map[string]string{
	"permisjonOgPermitteringIPeriode": ingen,
	"timerIPerioden":                  ingen,
	"utenlandsoppholdIPeriode":        ingen,
	"maksAntall":                      null,
	"2.2 arbeidsavtale":               mange,
	"2.3 arbeidsavtale":               mange,
	"2.3 arbeidsforholdListe":         uten,
	"2.4 antall":                      null,
	"2.4 arbeidsgiver":                ingen,
	"2.5 arbeidstakere":               uten,
	"2.5 antall":                      null,
	"2.5 arbeidstaker":                ingen,
	"2.6 arbeidsforhold":              uten,
}

func (d *Dommer) muligeGrenser(r felt.Rad) []string {
	switch {
	case r.Repeats():
		return []string{ingen, en, mange}
	case r.IsGroup() && r.Mandatory():
		return nil
	case r.IsGroup():
		return []string{med, uten}
	}
	limits := d.verdigrenser(r)
	known := strings.HasPrefix(r.Type, "sann_usann") || r.Type == "kode:0|1" // never unknown to a register
	if r.Retning == felt.Respons && !slices.Contains(neverEmpty, r.Tag) && !known {
		limits = append(limits, tom)
	}
	if !r.Mandatory() {
		limits = append(limits, uten)
	}
	return limits
}

func (d *Dommer) verdigrenser(r felt.Rad) []string {
	o, _ := d.operasjon(r.Operasjon)
	switch {
	case r.Tag == "statuskode":
		return slices.Clone(statuskoder[o.Avsnitt])
	case r.Kodeliste() != nil:
		return r.Kodeliste()
	case strings.HasPrefix(r.Type, "sann_usann"):
		return []string{"true", "false"}
	case r.Type == "heltall":
		return []string{null, overNull}
	}
	return []string{utfylt}
}

// verdigrense is the limit that a value meets.
func verdigrense(r felt.Rad, value string) string {
	switch {
	case value == "":
		return tom
	case r.Kodeliste() != nil:
		return value
	case strings.HasPrefix(r.Type, "sann_usann"):
		return normal(value)
	case r.Type == "heltall":
		if n, err := strconv.Atoi(value); err == nil && n == 0 {
			return null
		}
		return overNull
	}
	return utfylt
}

// dekkSvar counts the elements of an answer.
func (d *dom) dekkSvar(root *etree.Element) {
	d.dekk(root, "", d.datablokkMed(root))
}

// datablokkMed says whether the answer has elements of a data block.
func (d *dom) datablokkMed(root *etree.Element) bool {
	return slices.ContainsFunc(root.ChildElements(), func(e *etree.Element) bool {
		r, known := d.radFor(e, "")
		return known && r.Blokk != ""
	})
}

func (d *dom) dekk(parent *etree.Element, sti string, data bool) {
	seen := map[int]int{}
	for _, child := range parent.ChildElements() {
		r, known := d.radFor(child, sti)
		if !known {
			continue
		}
		seen[r.nr]++
		at := &d.sett[r.nr-1]
		switch value := child.Text(); {
		case r.IsGroup():
			at.sett++
			d.dekk(child, r.Sti, data)
		case value == "":
			at.tomt++
			at.grense(tom)
		default:
			at.sett++
			at.grense(verdigrense(r.Rad, value))
		}
	}
	for _, r := range d.under[plass(d.operasjon.Navn, felt.Respons, sti)] {
		if r.Blokk == "" || data {
			d.sett[r.nr-1].grense(forekomst(r, seen[r.nr]))
		}
	}
}

// forekomst is the limit that a number of occurrences meets.
func forekomst(r rad, n int) string {
	switch {
	case r.Repeats():
		return []string{ingen, en, mange}[min(n, 2)]
	case n == 0:
		return uten
	}
	return med
}

// dekkSpoersmaal counts the elements of a question that was answered without a fault.
func (d *dom) dekkSpoersmaal(asked *konvolutt) {
	if asked == nil || asked.innhold == nil {
		return
	}
	for i, r := range d.rader {
		if r.Operasjon != d.operasjon.Navn || r.Retning != felt.Request {
			continue
		}
		e := asked.innhold.SelectElement(r.Tag)
		if e == nil {
			d.sett[i].grense(uten)
			continue
		}
		value := strings.TrimSpace(e.Text())
		if value == "" {
			d.sett[i].tomt++
			d.sett[i].grense(uten)
			continue
		}
		d.sett[i].sett++
		d.sett[i].grense(verdigrense(r, value))
	}
}

// tellBrudd counts the violations of each row, but for those that a deviation excuses.
func (d *Dommer) tellBrudd(found []Brudd) {
	for _, b := range found {
		if b.Rad > 0 && b.Avvik == "" {
			d.sett[b.Rad-1].brudd++
		}
	}
}

// Dekning is how far all questions so far reached each row, in the order of the table. A path that is printed twice is
// one element, which counts for both rows.
func (d *Dommer) Dekning() []Dekning {
	found := make([]Dekning, len(d.rader))
	for i, r := range d.rader {
		c := d.sett[i]
		found[i] = Dekning{Rad: r, Sett: c.sett, Tomt: c.tomt, Brudd: c.brudd}
		for _, limit := range d.grenser(r) {
			if c.grenser[limit] {
				found[i].Grense = append(found[i].Grense, limit)
			} else {
				found[i].Mangler = append(found[i].Mangler, limit)
			}
		}
	}
	return found
}
