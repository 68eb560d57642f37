package oppslag

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"aareg/wsdl/felt"
)

// Produkt is one of the six products, as the page shows it. All its words are the field table's.
type Produkt struct {
	Navn    string // the operation as the field specification names it, in addresses
	Tittel  string
	Ingress string // what one can find with it
	// Request and Respons are its rows of the field table, with the dialect's tags.
	Request, Respons []felt.Rad

	rot      string // the question's root as the dialect names it
	skjemaer []skjema
	tre      *gren
}

// ingress is what one can find with each product.
var ingress = map[string]string{
	"hentAntallArbeidstakere":    "Hvor mange som arbeider hos en arbeidsgiver i dag.",
	"hentArbeidsgiver":           "En arbeidsgiver med arbeidsforholdene der, eller en hovedenhet med underenhetene.",
	"hentArbeidstaker":           "En person med arbeidsforholdene sine.",
	"hentTrefflisteArbeidsgiver": "Søk på navn etter virksomheter eller personlige arbeidsgivere.",
	"hentTrefflisteArbeidstaker": "Søk på navn etter personer som er eller har vært arbeidstakere.",
	"hentArbeidsforhold":         "Ett arbeidsforhold med hele historikken: avtaler, timer, permisjoner og utenlandsopphold.",
}

// produkter are the six, in the order of the field specification.
func produkter(d felt.Dialekt) []*Produkt {
	rows, spoken := d.Table(), d.Operations()
	var all []*Produkt
	for i, o := range felt.Operations() {
		p := &Produkt{Navn: o.Navn, Tittel: o.Tittel, Ingress: ingress[o.Navn], rot: spoken[i].Navn,
			Request: felt.Select(rows, spoken[i].Navn, felt.Request), Respons: felt.Select(rows, spoken[i].Navn, felt.Respons)}
		p.skjemaer, p.tre = skjemaer(p.Request), tre(p.Respons)
		all = append(all, p)
	}
	return all
}

// skjema is a form: the fields that may be filled in together.
type skjema struct {
	nr     int // from 1
	tittel string
	rader  []felt.Rad
}

// skjemaer are a product's forms: one, but where the table has variants one for each (§ 2.4).
func skjemaer(rows []felt.Rad) []skjema {
	forms := []skjema{{nr: 1}}
	for _, r := range rows {
		note, variant := strings.CutPrefix(r.Merknad, "variant ")
		if !variant {
			forms[0].rader = append(forms[0].rader, r)
			continue
		}
		nr := int(note[0] - '0')
		if nr > len(forms) {
			forms = append(forms, skjema{nr: nr})
		}
		title, _, _ := strings.Cut(note[len("1: "):], ".")
		f := &forms[nr-1]
		f.tittel, f.rader = "Søk etter "+title, append(f.rader, r)
	}
	return forms
}

// har says whether a form has a field.
func (s skjema) har(tag string) bool {
	return slices.ContainsFunc(s.rader, func(r felt.Rad) bool { return r.Tag == tag })
}

// gren is a row of an answer with the rows of its group.
type gren struct {
	felt.Rad
	under []*gren
}

// tre is the answer as a tree; below its root are its first elements.
func tre(rows []felt.Rad) *gren {
	root := &gren{Rad: felt.Rad{Type: "gruppe", Antall: "1"}}
	groups := map[string]*gren{"": root}
	for _, r := range rows {
		g := &gren{Rad: r}
		parent := groups[r.Parent()]
		parent.under = append(parent.under, g)
		if r.IsGroup() {
			groups[r.Sti] = g
		}
	}
	return root
}

// blader are the leaves of a group, with those of groups in it that do not repeat and hold leaves alone: for a reader
// they are the same thing. sti leads to each from the group.
func (g *gren) blader() (leaves []blad) {
	for _, child := range g.under {
		switch {
		case !child.IsGroup():
			leaves = append(leaves, blad{child.Rad, nil, child.ledetekst(g)})
		case child.flat():
			for _, leaf := range child.under {
				leaves = append(leaves, blad{leaf.Rad, child, iGruppe(child.Ledetekst, leaf.ledetekst(child))})
			}
		}
	}
	return leaves
}

// blad is a leaf, the group in between if there is one, and its label.
type blad struct {
	felt.Rad
	gruppe    *gren
	ledetekst string
}

// flat says whether a group is one that blader takes with it.
func (g *gren) flat() bool {
	return !g.Repeats() && !slices.ContainsFunc(g.under, func(c *gren) bool { return c.IsGroup() })
}

// gjentar says whether something repeats below a group.
func (g *gren) gjentar() bool {
	return slices.ContainsFunc(g.under, func(c *gren) bool { return c.IsGroup() && (c.Repeats() || c.gjentar()) })
}

// ledetekst is the leaf's label; where one before it has the same, with its description.
func (g *gren) ledetekst(parent *gren) string {
	for _, before := range parent.under {
		if before == g {
			break
		}
		if before.Ledetekst == g.Ledetekst && g.Beskrivelse != "" {
			return g.Ledetekst + " (" + medLiten(g.Beskrivelse) + ")"
		}
	}
	return g.Ledetekst
}

// iGruppe is the label of a leaf of a group, outside it.
func iGruppe(group, leaf string) string {
	if strings.HasPrefix(strings.ToLower(leaf), strings.ToLower(group)) {
		return leaf
	}
	return group + ": " + medLiten(leaf)
}

// medLiten is a text that begins with a small letter, unless it begins with an abbreviation.
func medLiten(s string) string {
	first, n := utf8.DecodeRuneInString(s)
	if second, _ := utf8.DecodeRuneInString(s[n:]); unicode.IsUpper(second) {
		return s
	}
	return string(unicode.ToLower(first)) + s[n:]
}
