package oppslag

import (
	"html/template"

	"github.com/beevik/etree"
)

// Bilde is a picture made of one answer, and the same content as a table for those who cannot see it. It is cut into
// sheets that each fit a page of A4 and each carry their own axis and explanation of signs, so that a long one can be
// printed and read piece by piece. The same answer gives the same bytes.
//
// A sheet has a viewBox and no width: it takes the room that it is given. Its smallest text is 13 units high of 720, so
// on a narrow screen the frame around it should scroll instead of the sheet shrinking.
type Bilde struct {
	Navn        string // tidslinje, bemanning or enhetstre: what the ids in the sheets begin with
	Tittel      string
	Beskrivelse string // what it shows, and every reservation that the picture itself cannot show
	Ark         []template.HTML
	Perioder    []BildePeriode // what one may choose between; empty when there is nothing to choose
	Tabell      BildeTabell
}

// BildePeriode is one choice of period: whole years, both included, as the pictures take them in Aarsperiode.
type BildePeriode struct {
	Tekst string
	Aarsperiode
	Valgt bool // the one that the picture shows
}

// BildeTabell is what a picture shows, in the order of the picture; all of it, whatever period is drawn. The first cell
// of a row names the row.
type BildeTabell struct {
	Tittel   string
	Kolonner []string
	Rader    []BildeRad
}

// BildeRad is a row of the table: as many cells as there are columns, and the way on from it, nil for none.
type BildeRad struct {
	Celler []string
	Vei    *BildeVei
}

// BildeVei is a question that a row leads to. Its value is a number that may be in the body of a form, never in a URL.
type BildeVei struct{ Operasjon, Felt, Verdi string }

// barn is the child with a tag. The tree may be one that lacks it, and the parent may be nil: then so is the child.
func barn(e *etree.Element, tag string) *etree.Element {
	if e == nil {
		return nil
	}
	return e.SelectElement(tag)
}

// barna are all children with a tag, in the order of the answer.
func barna(e *etree.Element, tag string) []*etree.Element {
	if e == nil {
		return nil
	}
	return e.SelectElements(tag)
}

// verdi is the text of a leaf, empty when it is not there: a profile may have left it out.
func verdi(e *etree.Element, tag string) string {
	if b := barn(e, tag); b != nil {
		return b.Text()
	}
	return ""
}
