package tilgang

import (
	"aareg/products"
	"aareg/wsdl/felt"
)

// profil is a field profile, worked out for each product.
type profil struct {
	inside  map[string]bool // leaves by rowName
	some    map[string]bool // products of which there is a leaf inside
	answers map[string]*products.Felter
}

// element is a row of the field table with the rows of its group.
type element struct {
	felt.Rad
	under []*element
}

// answers are the six answers as trees, by operation; below the root of each are its first elements.
var answers = trees()

func trees() map[string]*element {
	roots := map[string]*element{}
	for _, o := range felt.Operations() {
		root := &element{Rad: felt.Rad{Operasjon: o.Navn, Type: "gruppe", Antall: "1"}}
		groups := map[string]*element{"": root}
		for _, r := range felt.Select(felt.Table(), o.Navn, felt.Respons) {
			e := &element{Rad: r}
			parent := groups[r.Parent()]
			parent.under = append(parent.under, e)
			if r.IsGroup() {
				groups[r.Sti] = e
			}
		}
		roots[o.Navn] = root
	}
	return roots
}

// newProfil works out what the rows that Rettigheter.Felter name come to. A name that is no row's has no effect.
func newProfil(felter []string) *profil {
	p := &profil{inside: map[string]bool{}, some: map[string]bool{}, answers: map[string]*products.Felter{}}
	named := map[string]bool{}
	for _, f := range felter {
		named[f] = true
	}
	for operation, root := range answers {
		all := root.mark(named, named[operation], p.inside)
		p.some[operation] = root.has(p.inside)
		if all {
			p.answers[operation] = nil
			continue
		}
		p.answers[operation] = root.limit(p.inside, false)
	}
	return p
}

// mark notes the leaves below a group that are named, by themselves or by a group around them, and says whether all are
// that a profile decides about.
func (e *element) mark(named map[string]bool, group bool, inside map[string]bool) (all bool) {
	all = true
	for _, child := range e.under {
		in := group || named[rowName(child.Rad)]
		if child.IsGroup() {
			all = child.mark(named, in, inside) && all
			continue
		}
		if in {
			inside[rowName(child.Rad)] = true
		}
		all = all && (in || child.always())
	}
	return all
}

// always says of a leaf that it is written whatever the profile: what makes an answer one, and true.
func (e *element) always() bool {
	switch e.Tag {
	case "statuskode", "statustekst", "antall", "antallTot":
		return true
	}
	return false
}

// has says whether a leaf of a group is inside the profile.
func (e *element) has(inside map[string]bool) bool {
	for _, child := range e.under {
		if inside[rowName(child.Rad)] || child.has(inside) {
			return true
		}
	}
	return false
}

// counted says whether a group's repeated elements are those that its `antall` counts.
func (e *element) counted() bool {
	for _, child := range e.under {
		if child.Tag == "antall" {
			return true
		}
	}
	return false
}

// limit is an element as the profile lets it be seen; counted says that an `antall` beside it counts it. What an old
// client's schema demands stays, empty.
func (e *element) limit(inside map[string]bool, counted bool) *products.Felter {
	f := &products.Felter{Tag: e.Tag}
	if !e.IsGroup() {
		switch {
		case inside[rowName(e.Rad)] || e.always():
		case e.Mandatory() || e.Blokk != "":
			f.Vis = products.Toemmes
		default:
			f.Vis = products.Utelates
		}
		return f
	}
	if !e.Mandatory() && !(counted && e.Repeats()) && !e.has(inside) {
		f.Vis = products.Utelates
		return f
	}
	for _, child := range e.under {
		f.Under = append(f.Under, child.limit(inside, e.counted()))
	}
	return f
}

// answer is what may be seen of a product's answer, nil for everything; of an unknown product nothing.
func (p *profil) answer(operation string) *products.Felter {
	f, known := p.answers[operation]
	if !known {
		return &products.Felter{}
	}
	return f
}
