package kontrakt

import (
	"slices"
	"strings"

	"github.com/beevik/etree"

	"aareg/wsdl"
	"aareg/wsdl/felt"
)

// proever are, by type of the table, a text that its form must take and one that it must not. Of text there is none
// that it must not.
var proever = map[string]struct{ rett, galt string }{
	"tekst":             {"Åsen & Sønn", ""},
	"heltall":           {"17", "sytten"},
	"desimaltall":       {"37.5", "sytten"},
	"sann_usann":        {"true", "ja"},
	"sann_usann_inn":    {"true", "ja"},
	"kommunenr":         {"4699", "x"},
	"postnr":            {"5999", "x"},
	"fylkenr":           {"46", "x"},
	"aar":               {"1970", "x"},
	"personnr":          {"12838049808", "x"},
	"arbeidsforholdid":  {"48000101", "x"},
	"siffer 9 eller 11": {"210000011", "x"},
	"dato_åååå-mm-dd":   {"2025-06-15", "2025-13-15"},
	"dato_inn":          {"2025-06-15", "2025-13-15"},
	"dato_dd.mm.åååå":   {"15.06.2025", "2025-06-15"},
	"periode_åååå-mm":   {"2025-06", "2025-13"},
}

// andreProever are texts of the types that a deviation is likely to declare, which the row's own type does not have.
var andreProever = map[string]string{"sann_usann_inn": "True", "sann_usann": "true", "dato_åååå-mm-dd": "2025-06-15", "dato_dd.mm.åååå": "15.06.2025"}

// dokument judges one root and all below it.
func (w *wsdldom) dokument(o felt.Operasjon, retning, root string) {
	e := w.skjema.elementer[qnavn{wsdl.NamespaceAareg2, root}]
	if e == nil {
		return // the message has been reported
	}
	w.typ(e, retning, "")
}

// typ judges the content of one element against the rows below a path.
func (w *wsdldom) typ(e *etree.Element, retning, sti string) {
	rows := w.under[plass(w.operasjon.Navn, retning, sti)]
	typ := w.skjema.komplekstype(e)
	if typ == nil {
		w.meld("wsdl", rows[0].nr, rows[0].Sti, "the element about it has no complex type")
		return
	}
	declared := w.skjema.innhold(typ)
	at, spelt := -1, map[string]bool{}
	for _, r := range rows {
		i := w.deklarert(r, declared)
		if i < 0 {
			w.mangler(r, declared)
			continue
		}
		if i < at && !declared[i].valg {
			w.meld("wsdl", r.nr, r.Sti, "is declared after %s", declared[at].navn)
		}
		at = max(at, i)
		spelt[declared[i].navn] = true
		w.erklaert(declared[i], r)
		if r.IsGroup() {
			w.typ(declared[i].element, retning, r.Sti)
		} else {
			w.form(declared[i].element, r)
		}
	}
	for _, k := range declared {
		if !spelt[k.navn] {
			w.meld("wsdl", 0, strings.TrimPrefix(sti+"/"+utdrag(k.navn), "/"), "is declared in %s, and has no row in the table", e.SelectAttrValue("name", ""))
		}
	}
}

// deklarert is the place of a row's declaration, by its tag or by the spelling that a declared deviation gives it; -1
// when there is none.
func (w *wsdldom) deklarert(r rad, declared []deklarasjon) int {
	i := slices.IndexFunc(declared, func(k deklarasjon) bool { return k.navn == r.Tag })
	if i >= 0 || r.Retning == felt.Request {
		return i
	}
	for i, k := range declared {
		if why := w.skrevet(r, k.navn); why != "" {
			w.meldUnnskyldt("wsdl", r.nr, r.Sti, why, "is declared as "+utdrag(k.navn))
			return i
		}
	}
	return -1
}

func (w *wsdldom) mangler(r rad, declared []deklarasjon) {
	for _, k := range declared {
		if likner(k.navn, r.Tag) {
			w.meld("wsdl", r.nr, r.Sti, "is declared as %s", utdrag(k.navn))
			return
		}
	}
	w.meld("wsdl", r.nr, r.Sti, "is not declared")
}

// erklaert judges how often a row's element may occur, and its namespace. The rows of a data block stand or fall
// together, which a schema can say by making them optional, or the sequence that they stand in.
func (w *wsdldom) erklaert(k deklarasjon, r rad) {
	switch optional := !r.Mandatory() || r.Blokk != ""; {
	case k.iNavnerom:
		w.meld("wsdl", r.nr, r.Sti, "is declared in a namespace; elements below the root are in none")
	case r.Repeats() && !k.gjentas:
		w.meld("wsdl", r.nr, r.Sti, "can occur any number of times, which the schema does not say")
	case !r.Repeats() && !k.enGang:
		w.meld("wsdl", r.nr, r.Sti, "occurs once at most, and the schema lets it occur more often")
	case optional && !k.valgfri:
		w.meld("wsdl", r.nr, r.Sti, "may be left out, which the schema does not let it")
	case !optional && k.valgfri:
		w.meld("wsdl", r.nr, r.Sti, "must be there, and the schema lets it be left out")
	}
}

// form judges the type of a leaf by examples: it takes values of the row and, where that is allowed, none; and not
// what is no value of the row.
func (w *wsdldom) form(e *etree.Element, r rad) {
	if w.skjema.komplekstype(e) != nil {
		w.meld("wsdl", r.nr, r.Sti, "is a leaf, and is declared with elements in it")
		return
	}
	sample, known := proever[r.Type]
	takes := []string{sample.rett}
	if values := r.Kodeliste(); values != nil {
		takes, sample.galt = values, "x"
	} else if !known {
		return
	}
	empty := r.Retning == felt.Respons && r.mayBeEmpty()
	if empty {
		takes = append(slices.Clone(takes), "")
	}
	if why := w.annenForm(e, r, takes[0]); why != "" {
		w.meldUnnskyldt("wsdl", r.nr, r.Sti, why, "its type is another one than "+r.Type)
		return
	}
	if values := r.Kodeliste(); values != nil {
		for _, text := range w.skjema.opplistet(e) {
			if text != "" && !slices.Contains(values, text) {
				w.meld("wsdl", r.nr, r.Sti, "its type lists %q, which is none of its values", utdrag(text))
			}
		}
	}
	for _, text := range takes {
		if !w.skjema.godtar(e, text) {
			w.meld("wsdl", r.nr, r.Sti, "its type does not take %q, which is one of its values", text)
		}
	}
	switch {
	case sample.galt != "" && w.skjema.godtar(e, sample.galt):
		w.meld("wsdl", r.nr, r.Sti, "its type takes %q, which is no %s", sample.galt, r.Type)
	case r.Retning == felt.Respons && !empty && w.skjema.godtar(e, ""):
		w.meld("wsdl", r.nr, r.Sti, "its type takes an empty text, and it is never empty")
	}
}

// annenForm is why the type of an answer's leaf may be the one that it has instead of the row's, "" when it is the
// row's, or may not.
func (w *wsdldom) annenForm(e *etree.Element, r rad, own string) string {
	if r.Retning == felt.Request || w.skjema.godtar(e, own) {
		return ""
	}
	return w.unnskyld("format", r.Operasjon, r.Sti, func(som string) bool {
		other := andreProever[som]
		return som == "" || other != "" && w.skjema.godtar(e, other)
	})
}
