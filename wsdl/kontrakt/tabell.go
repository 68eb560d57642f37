package kontrakt

import (
	"slices"
	"strings"

	"aareg/wsdl/felt"
)

// rad is a row of the table with its number, counted from 1.
type rad struct {
	felt.Rad
	nr int
}

// tabell is the table, arranged for looking up what may stand below an element.
type tabell struct {
	rader       []felt.Rad
	operasjoner []felt.Operasjon
	under       map[string][]rad // the rows below an element, in order, by the element's place
}

// plass names an element's place: what rows stand below it.
func plass(operasjon, retning, sti string) string { return operasjon + " " + retning + " " + sti }

// newTabell arranges a table. Where a path is printed twice, the element is the last of its rows (felt.Declared).
func newTabell(rader []felt.Rad, operasjoner []felt.Operasjon) tabell {
	t := tabell{rader: rader, operasjoner: operasjoner, under: map[string][]rad{}}
	last := map[string]int{}
	for i, r := range rader {
		last[plass(r.Operasjon, r.Retning, r.Sti)] = i
	}
	for i, r := range rader {
		if last[plass(r.Operasjon, r.Retning, r.Sti)] == i {
			parent := plass(r.Operasjon, r.Retning, r.Parent())
			t.under[parent] = append(t.under[parent], rad{r, i + 1})
		}
	}
	return t
}

// operasjon is the operation with that request root.
func (t *tabell) operasjon(navn string) (felt.Operasjon, bool) {
	i := slices.IndexFunc(t.operasjoner, func(o felt.Operasjon) bool { return o.Navn == navn })
	if i < 0 {
		return felt.Operasjon{}, false
	}
	return t.operasjoner[i], true
}

// statuskoder are the statuskoder that each product can give (semantics, "statuskode"), by section of the field
// specification, which no dialect renames.
var statuskoder = map[string][]string{
	"2.1": {"komplett", "ingen", "ikke_entydig", "fortrolig", "strengt_fortrolig", "utilgjengelig"},
	"2.2": {"komplett", "trunkert", "ingen", "ikke_entydig", "fortrolig", "strengt_fortrolig", "utilgjengelig"},
	"2.3": {"komplett", "ingen", "ikke_entydig", "fortrolig", "strengt_fortrolig", "utilgjengelig"},
	"2.4": {"komplett", "trunkert", "ingen", "utilgjengelig"},
	"2.5": {"komplett", "trunkert", "ingen", "utilgjengelig"},
	"2.6": {"komplett", "ingen", "fortrolig", "strengt_fortrolig", "utilgjengelig"},
}

// neverEmpty are the four leaves that are excepted from the rule that every leaf of an answer may be empty.
var neverEmpty = []string{"statuskode", "statustekst", "antall", "antallTot"}

// mayBeEmpty says whether a leaf of an answer may stand without a value.
func (r rad) mayBeEmpty() bool { return !slices.Contains(neverEmpty, r.Tag) }

var bokstaver = strings.NewReplacer("æ", "ae", "ø", "oe", "å", "aa", "Æ", "ae", "Ø", "oe", "Å", "aa", "_", "", "-", "")

// likner says whether two tags are one but for capitals, underscores and how æ, ø and å are written.
func likner(a, b string) bool { return strings.EqualFold(bokstaver.Replace(a), bokstaver.Replace(b)) }
