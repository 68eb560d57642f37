package kontrakt

import (
	"slices"
	"strings"
	"unicode"

	"github.com/beevik/etree"

	"aareg/wsdl/felt"
)

// innhold judges what stands in the root of an answer.
func (d *dom) innhold(root *etree.Element) {
	kode := utdrag(textAt(root, "statuskode"))
	data := d.datablokk(root, kode)
	d.barn(root, "", data)
	if !slices.Contains(statuskoder[d.operasjon.Avsnitt], kode) {
		d.meld("statuskode", d.statusrad(), "statuskode", "%q does not occur in § %s", kode, d.operasjon.Avsnitt)
	}
	if d.operasjon.Avsnitt == "2.2" && kode == "trunkert" && root.FindElement("arbeidsforholdListe/antallTot") == nil {
		d.meld("statuskode", d.statusrad(), "statuskode", "trunkert without a list that was cut")
	}
	d.telling(root, "", kode)
	d.likTekst("statuskode", d.statusrad()+1, "statustekst", kode, textAt(root, "statustekst"))
}

// likTekst reports a text that is another than the one that came with the same code before: there is one for each
// (semantics, "statuskode"). What the text is, the specification does not say.
func (d *dom) likTekst(regel string, nr int, sti, kode, tekst string) {
	other, met := d.tekster[sti+" "+kode]
	switch {
	case tekst == "" || kode == "":
	case !met:
		d.tekster[sti+" "+kode] = tekst
	case other != tekst:
		d.meld(regel, nr, sti, "another text for %s than in an earlier answer", kode)
	}
}

// datablokk tells whether the answer has a data block, and judges whether its statuskode goes with one.
func (d *dom) datablokk(root *etree.Element, kode string) bool {
	var inside []string
	for _, child := range root.ChildElements() {
		if r, known := d.radFor(child, ""); known && r.Blokk != "" && !slices.Contains(inside, r.Tag) {
			inside = append(inside, r.Tag)
		}
	}
	switch kode {
	case "komplett", "trunkert":
		if len(inside) == 0 {
			d.meld("statuskode", d.statusrad(), "statuskode", "%s without data", kode)
		}
		return true
	case "fortrolig", "strengt_fortrolig":
	default:
		if len(inside) > 0 {
			d.meld("statuskode", d.statusrad(), "statuskode", "%q with data: %s", kode, strings.Join(inside, ", "))
		}
	}
	return len(inside) > 0
}

// radFor is the row of an element below a path: by its tag, or by the spelling that a declared deviation gives it.
func (d *dom) radFor(e *etree.Element, sti string) (rad, bool) {
	rows := d.under[plass(d.operasjon.Navn, felt.Respons, sti)]
	for _, r := range rows {
		if r.Tag == e.Tag {
			return r, true
		}
	}
	for _, r := range rows {
		if d.skrevet(r, e.Tag) != "" {
			return r, true
		}
	}
	return rad{}, false
}

// skrevet is why a row may be spelt with another tag, "" when it may not.
func (d *dom) skrevet(r rad, tag string) string {
	return d.unnskyld("ukjent_element", d.operasjon.Navn, r.Sti, func(som string) bool { return som != "" && som == tag })
}

// barn judges the elements below one parent: each has a row, they come in the order of the rows, as often as the rows
// say. data says whether the rows of a data block are called for.
func (d *dom) barn(parent *etree.Element, sti string, data bool) {
	rows := d.under[plass(d.operasjon.Navn, felt.Respons, sti)]
	d.attributter(parent, d.nummer(sti), sti)
	if hasText(parent) {
		d.meld("format", d.nummer(sti), sti, "has text beside its elements")
	}
	seen, at := map[string]int{}, -1
	for _, child := range parent.ChildElements() {
		r, known := d.radFor(child, sti)
		if !known {
			d.ukjent(child, sti, ment(child, rows, at, data))
			continue
		}
		d.navn(child, r)
		i := slices.IndexFunc(rows, func(other rad) bool { return other.nr == r.nr })
		if i < at {
			d.meld("rekkefoelge", r.nr, r.Sti, "comes after %s", rows[at].Tag)
		}
		at = max(at, i)
		seen[r.Tag]++
		if r.IsGroup() {
			d.barn(child, r.Sti, data)
		} else {
			d.blad(child, r)
		}
	}
	d.antall(rows, seen, data)
}

// ment is the row that an element without one is probably meant for: one that is spelt much like it, or else the row
// that is called for at its place, unless that row's element follows, or is one of a data block that is not called for.
// Number 0 says that there is none.
func ment(e *etree.Element, rows []rad, at int, data bool) rad {
	for _, r := range rows {
		if likner(r.Tag, e.Tag) {
			return r
		}
	}
	if at+1 >= len(rows) || rows[at+1].Blokk != "" && !data {
		return rad{}
	}
	if next := e.NextSibling(); next != nil && next.Tag == rows[at+1].Tag {
		return rad{}
	}
	return rows[at+1]
}

// ukjent reports an element without a row.
func (d *dom) ukjent(e *etree.Element, sti string, ment rad) {
	at := strings.TrimPrefix(sti+"/"+utdrag(e.FullTag()), "/")
	if ment.nr == 0 {
		d.meld("ukjent_element", d.nummer(sti), at, "has no row in the table")
		return
	}
	d.meld("ukjent_element", ment.nr, at, "has no row in the table; %s is called for there", ment.Tag)
}

// utdrag keeps what an endpoint made up from filling a report, and from steering the terminal that it is read on.
func utdrag(text string) string {
	if runes := []rune(text); len(runes) > 60 {
		text = string(runes[:60]) + "…"
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return unicode.ReplacementChar
		}
		return r
	}, text)
}

// navn judges how an element with a row is named.
func (d *dom) navn(e *etree.Element, r rad) {
	if e.Tag != r.Tag {
		d.meldSom("ukjent_element", r.nr, r.Sti, func(som string) bool { return som == e.Tag }, "is spelt %s", e.Tag)
	}
	if e.Space != "" {
		d.meld("ukjent_element", r.nr, r.Sti, "has a prefix; elements below the root are in no namespace")
	} else if e.NamespaceURI() != "" {
		d.meld("ukjent_element", r.nr, r.Sti, "is in a namespace; elements below the root are in none")
	}
}

// nummer is the number of the row of a group, 0 for the root.
func (d *dom) nummer(sti string) int {
	i := strings.LastIndexByte(sti, '/')
	for _, r := range d.under[plass(d.operasjon.Navn, felt.Respons, sti[:max(i, 0)])] {
		if r.Sti == sti {
			return r.nr
		}
	}
	return 0
}

// antall judges how often the rows below one parent occur.
func (d *dom) antall(rows []rad, seen map[string]int, data bool) {
	var missing []rad
	optional, given := 0, 0
	for _, r := range rows {
		n := seen[r.Tag]
		switch {
		case n > 1 && !r.Repeats():
			d.meld("antall", r.nr, r.Sti, "occurs %d times", n)
		case n == 0 && r.Mandatory() && (r.Blokk == "" || data):
			d.meld("antall", r.nr, r.Sti, "is missing")
		case !r.IsGroup() && r.Antall == "0..1":
			optional, given = optional+1, given+n
			if n == 0 {
				missing = append(missing, r)
			}
		}
	}
	if given != 0 && given != optional {
		for _, r := range missing {
			d.meld("antall", r.nr, r.Sti, "is missing, and the %d leaves that it goes with are not", optional-len(missing))
		}
	}
}

func (d *dom) attributter(e *etree.Element, nr int, sti string) {
	for _, a := range e.Attr {
		if a.Space != "xmlns" && (a.Space != "" || a.Key != "xmlns") {
			d.meld("format", nr, sti, "has an attribute %s", utdrag(a.FullKey()))
		}
	}
}

// blad judges the text of a leaf by the type of its row.
func (d *dom) blad(e *etree.Element, r rad) {
	d.attributter(e, r.nr, r.Sti)
	value := e.Text()
	switch {
	case len(e.ChildElements()) > 0:
		d.meld("format", r.nr, r.Sti, "has elements in it")
	case value == "" && !r.mayBeEmpty():
		d.meld("format", r.nr, r.Sti, "is empty")
	case value != "" && !harForm(r.Type, value):
		d.meldSom("format", r.nr, r.Sti, func(som string) bool { return som == "" || harForm(som, value) },
			"%q is no %s", utdrag(value), r.Type)
	}
}
