package kontrakt

import (
	"fmt"
	"slices"

	"aareg/wsdl/felt"
)

// Ulikhet is one place where two answers to one question differ. An element that only one of them has is one place,
// with all that is in it.
type Ulikhet struct {
	Rad  int    // the row of the table, counted from 1; 0 where there is none
	Sti  string // tags from below the body's first element, Header/…, HTTP or Content-Type; attributes with @
	Sted string // Sti with the positions of repeated elements, counted from 1 in the answer that has them: arbeidsforhold[2]/navn
	A, B Side
	// Flyttet says that both have the same element, at another place among those beside it.
	Flyttet bool
}

// Side is what one of two answers has at a place. Tekst may be personal.
type Side struct {
	Finnes bool
	Tekst  string // of a leaf; of an answer that did not come, why
	Barn   int    // how many elements and attributes are inside
}

// Ulikheter holds two answers to a question against each other, leaf by leaf, in the order of the documents. Space
// between elements does not count, and of what varies from call to call (sesjonsid, the times of responstid, references
// of faults) only the form. operasjon says which rows of the table the answers have. What a does not know, a status of 0
// or no media type, is not compared.
func Ulikheter(table []felt.Rad, operasjon string, a, b Svar) []Ulikhet {
	switch {
	case a.Feil != "" && b.Feil != "":
		return nil
	case a.Feil != "":
		return []Ulikhet{{A: Side{Tekst: a.Feil}, B: Side{Finnes: true, Tekst: fmt.Sprintf("HTTP %d", b.Status)}}}
	case b.Feil != "":
		return []Ulikhet{{A: Side{Finnes: true, Tekst: fmt.Sprintf("HTTP %d", a.Status)}, B: Side{Tekst: b.Feil}}}
	}
	if a.Status == 0 {
		a.Status = b.Status
	}
	if a.Mediatype == "" {
		a.Mediatype = b.Mediatype
	}
	u := ulikt{rader: map[string]int{}}
	for i, r := range table {
		if r.Operasjon == operasjon && r.Retning == felt.Respons {
			u.rader[r.Sti] = i + 1
		}
	}
	u.hold("", tre(&a), tre(&b))
	return u.funnet
}

type ulikt struct {
	rader  map[string]int // number of a row by its path
	funnet []Ulikhet
}

func (u *ulikt) found(sted string, a, b *node) *Ulikhet {
	n := a
	if n == nil {
		n = b
	}
	u.funnet = append(u.funnet, Ulikhet{Rad: u.rader[n.sti], Sti: n.sti, Sted: sted, A: sideAv(a), B: sideAv(b)})
	return &u.funnet[len(u.funnet)-1]
}

func sideAv(n *node) Side {
	if n == nil {
		return Side{}
	}
	return Side{Finnes: true, Tekst: n.verdi, Barn: n.count()}
}

func (n *node) count() int {
	count := len(n.barn)
	for _, b := range n.barn {
		count += b.count()
	}
	return count
}

// hold compares two nodes at the same place. Roots of different names have nothing further in common, and nor has one with
// text that is no envelope.
func (u *ulikt) hold(sted string, a, b *node) {
	if a.sum == b.sum {
		return
	}
	if a.verdi != b.verdi {
		u.found(sted, a, b)
	}
	if x, y := a.attr(rotAttr), b.attr(rotAttr); x != y && (x == nil || y == nil || x.verdi != y.verdi) {
		if x != nil && y != nil {
			u.found(rotAttr, x, y)
		}
		return
	}
	placeA, placeB := steder(sted, a), steder(sted, b)
	for _, p := range paringer(a.barn, b.barn) {
		switch {
		case p.flyttet:
			u.found(placeA[p.a], p.a, p.b).Flyttet = true
		case p.a == nil:
			u.found(placeB[p.b], nil, p.b)
		case p.b == nil:
			u.found(placeA[p.a], p.a, nil)
		default:
			u.hold(placeA[p.a], p.a, p.b)
		}
	}
}

func (n *node) attr(navn string) *node {
	if i := slices.IndexFunc(n.barn, func(b *node) bool { return b.navn == navn }); i >= 0 {
		return n.barn[i]
	}
	return nil
}

// steder are the places of an element's children: with a position, where there are others of the same name.
func steder(sted string, parent *node) map[*node]string {
	same, position := map[string]int{}, map[string]int{}
	for _, n := range parent.barn {
		same[n.navn]++
	}
	places := make(map[*node]string, len(parent.barn))
	for _, n := range parent.barn {
		position[n.navn]++
		switch {
		case n.sti == "":
			places[n] = ""
		case same[n.navn] > 1:
			places[n] = under(sted, fmt.Sprintf("%s[%d]", n.navn, position[n.navn]))
		default:
			places[n] = under(sted, n.navn)
		}
	}
	return places
}
