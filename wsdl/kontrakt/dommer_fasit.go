package kontrakt

import (
	"github.com/beevik/etree"

	"aareg/wsdl/felt"
)

// fasit compares an answer with the recorded one, row by row: the values of a row's elements, in the order in which
// they stand. What a declared deviation spells or writes otherwise is the same, and a row that something else is told of
// is left out: each mistake is told once. (Fasit holds an answer against a recording to the byte.)
func (d *dom) fasit(q *Spoersmaal, root *etree.Element, kode string) {
	if q.Fasit == nil || q.Ventet != "" && kode != q.Ventet {
		return
	}
	k, err := aapne(q.Fasit)
	if err != nil || k.innhold == nil || k.innhold.Tag != d.operasjon.Respons {
		d.meld("fasit", 0, "", "the recorded answer is none of this operation")
		return
	}
	want, got := map[int][]string{}, map[int][]string{}
	d.verdier(k.innhold, "", want)
	d.verdier(root, "", got)
	told := d.meldteStier()
	for i, r := range d.rader {
		switch {
		case r.Operasjon != d.operasjon.Navn || r.Retning != felt.Respons || told[r.Sti]:
		case told[r.Parent()]:
			told[r.Sti] = true
		default:
			told[r.Sti] = d.likVerdier(rad{r, i + 1}, want[i+1], got[i+1])
		}
	}
}

// meldteStier are the paths of the rows of which something is told already: that their values, and those of all that
// stands in them, are not the recorded ones goes without saying. One that is spelt or written as accepted has the
// recorded values all the same.
func (d *dom) meldteStier() map[string]bool {
	told := map[string]bool{}
	for at := range d.funnet {
		if at.rad > 0 && (at.avvik == "" || at.regel == "antall") {
			told[d.rader[at.rad-1].Sti] = true
		}
	}
	return told
}

// verdier gathers the text of all elements below one parent by the numbers of their rows; of a group it is empty.
func (d *dom) verdier(parent *etree.Element, sti string, into map[int][]string) {
	for _, child := range parent.ChildElements() {
		r, known := d.radFor(child, sti)
		switch {
		case !known:
		case r.IsGroup():
			into[r.nr] = append(into[r.nr], "")
			d.verdier(child, r.Sti, into)
		default:
			into[r.nr] = append(into[r.nr], child.Text())
		}
	}
}

// likVerdier reports where the values of one row differ, and is true when the row does not occur as often as it did.
func (d *dom) likVerdier(r rad, want, got []string) bool {
	if len(want) != len(got) {
		d.meld("fasit", r.nr, r.Sti, "occurs %d times, in the recorded answer %d times", len(got), len(want))
		return true
	}
	for i := range want {
		if want[i] != got[i] && !d.skrevetOm(r, want[i], got[i]) {
			d.meld("fasit", r.nr, r.Sti, "%q, in the recorded answer %q", utdrag(got[i]), utdrag(want[i]))
		}
	}
	return false
}

// skrevetOm says whether a value is the recorded one in a form that a declared deviation accepts.
func (d *dom) skrevetOm(r rad, want, got string) bool {
	if normal(want) != normal(got) {
		return false
	}
	return d.unnskyld("format", r.Operasjon, r.Sti, func(som string) bool { return som == "" || harForm(som, got) }) != ""
}
