package oppslag

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/beevik/etree"

	"aareg/store"
)

// alleBilder are the pictures that an answer has, of whatever operation it is.
func alleBilder(t *testing.T, rot *etree.Element, idag store.Dato, p Aarsperiode) []*Bilde {
	t.Helper()
	var alle []*Bilde
	legg := func(b *Bilde, err error) {
		if err != nil {
			t.Fatal(err)
		}
		if b != nil {
			alle = append(alle, b)
		}
	}
	legg(Tidslinje(rot, nil, idag, p))
	legg(Bemanning(rot, idag, p))
	legg(Enhetstre(rot))
	return alle
}

// boks is what an element covers.
type boks struct{ x0, y0, x1, y1 float64 }

var ingenBoks = boks{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}

func (b boks) med(o boks) boks {
	return boks{min(b.x0, o.x0), min(b.y0, o.y0), max(b.x1, o.x1), max(b.y1, o.y1)}
}

// proev fails a picture that is not well-formed, that reaches out of a sheet or of a page, whose lanes lie over each
// other, that styles itself against the policy of the page, or whose table is crooked.
func proev(t *testing.T, navn string, b *Bilde) {
	t.Helper()
	ids := map[string]bool{}
	for nr, s := range b.Ark {
		doc := etree.NewDocument()
		if err := doc.ReadFromString(string(s)); err != nil {
			t.Fatalf("%s, %s sheet %d: %v", navn, b.Navn, nr+1, err)
		}
		if feil := arkfeil(doc.Root(), ids); feil != nil {
			t.Errorf("%s, %s sheet %d: %v", navn, b.Navn, nr+1, feil)
		}
	}
	for _, r := range b.Tabell.Rader {
		if len(r.Celler) != len(b.Tabell.Kolonner) || r.Celler[0] == "" {
			t.Errorf("%s, %s: a row of %d cells for %d columns, or without a name", navn, b.Navn, len(r.Celler), len(b.Tabell.Kolonner))
		}
	}
}

func arkfeil(rot *etree.Element, ids map[string]bool) error {
	flate, err := visning(rot)
	if err != nil {
		return err
	}
	if flate.x1 != arkBredde || flate.y1 > 1020 {
		return fmt.Errorf("%v does not fit a page", flate)
	}
	if rot.SelectAttrValue("role", "") != "img" || rot.SelectElement("title").Text() == "" || rot.SelectElement("desc").Text() == "" {
		return fmt.Errorf("not named for those who cannot see it")
	}
	for _, e := range rot.FindElements("//*") {
		if id := e.SelectAttrValue("id", ""); id != "" {
			if ids[id] {
				return fmt.Errorf("two elements with id %s", id)
			}
			ids[id] = true
		}
		if e.SelectAttr("style") != nil || e.Tag == "style" || e.Tag == "script" {
			return fmt.Errorf("<%s> that the page's policy forbids", e.Tag)
		}
	}
	if err := henvisninger(rot, ids); err != nil {
		return err
	}
	alt, err := dekker(rot)
	if err != nil {
		return err
	}
	if alt.x0 < 0 || alt.y0 < 0 || alt.x1 > flate.x1 || alt.y1 > flate.y1 {
		return fmt.Errorf("%v reaches out of %v", alt, flate)
	}
	return overlapp(rot)
}

// henvisninger finds what is referred to and not there.
func henvisninger(rot *etree.Element, ids map[string]bool) error {
	for _, id := range strings.Fields(rot.SelectAttrValue("aria-labelledby", "")) {
		if !ids[id] {
			return fmt.Errorf("no %s", id)
		}
	}
	for _, e := range rot.FindElements("//*[@fill]") {
		if id, ok := strings.CutPrefix(e.SelectAttrValue("fill", ""), "url(#"); ok && !ids[strings.TrimSuffix(id, ")")] {
			return fmt.Errorf("no pattern %s", id)
		}
	}
	return nil
}

// overlapp finds lanes and boxes that lie over one another, and texts within them that do.
func overlapp(rot *etree.Element) error {
	bunn := 0.0
	for _, g := range rot.FindElements("g") {
		if k := g.SelectAttrValue("class", ""); k != "spor" && k != "enhet" {
			continue
		}
		b, err := dekker(g)
		if err != nil {
			return err
		}
		if b.y0 < bunn {
			return fmt.Errorf("a lane from %v begins above %v, where the one before it ends", b.y0, bunn)
		}
		bunn = b.y1
		if err := tekstOverTekst(g); err != nil {
			return err
		}
	}
	return nil
}

// tekstOverTekst finds texts of a lane or box that run into each other.
func tekstOverTekst(g *etree.Element) error {
	var tekster []boks
	for _, e := range g.SelectElements("text") {
		b, err := tekstboks(e)
		if err != nil {
			return err
		}
		for _, o := range tekster {
			if b.x0 < o.x1 && o.x0 < b.x1 && b.y0 < o.y1 && o.y0 < b.y1 {
				return fmt.Errorf("a text at %v over one at %v", b, o)
			}
		}
		tekster = append(tekster, b)
	}
	return nil
}

func visning(rot *etree.Element) (boks, error) {
	v, err := tallene(rot.SelectAttrValue("viewBox", ""))
	if err != nil || len(v) != 4 {
		return boks{}, fmt.Errorf("viewBox: %v", err)
	}
	return boks{v[0], v[1], v[2], v[3]}, nil
}

func tallene(s string) ([]float64, error) {
	var alle []float64
	for _, f := range strings.Fields(s) {
		v, err := strconv.ParseFloat(f, 64)
		if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
			return nil, fmt.Errorf("no number: %q", f)
		}
		alle = append(alle, v)
	}
	return alle, nil
}

// dekker is what an element and all within it cover, but for definitions.
func dekker(e *etree.Element) (boks, error) {
	b, err := egenBoks(e)
	if err != nil {
		return b, fmt.Errorf("<%s>: %w", e.Tag, err)
	}
	for _, c := range e.ChildElements() {
		if c.Tag == "defs" {
			continue
		}
		o, err := dekker(c)
		if err != nil {
			return b, err
		}
		b = b.med(o)
	}
	return b, nil
}

func attr(e *etree.Element, navn ...string) ([]float64, error) {
	s := ""
	for _, n := range navn {
		s += " " + e.SelectAttrValue(n, "0")
	}
	return tallene(s)
}

func egenBoks(e *etree.Element) (boks, error) {
	switch e.Tag {
	case "rect":
		v, err := attr(e, "x", "y", "width", "height")
		if err != nil || v[2] <= 0 || v[3] <= 0 {
			return ingenBoks, fmt.Errorf("%v: %w", v, err)
		}
		return boks{v[0], v[1], v[0] + v[2], v[1] + v[3]}, nil
	case "line":
		v, err := attr(e, "x1", "y1", "x2", "y2")
		if err != nil {
			return ingenBoks, err
		}
		return boks{min(v[0], v[2]), min(v[1], v[3]), max(v[0], v[2]), max(v[1], v[3])}, nil
	case "text":
		return tekstboks(e)
	case "path":
		return stiboks(e.SelectAttrValue("d", ""))
	case "svg", "g", "title", "desc", "tspan":
		return ingenBoks, nil
	}
	return ingenBoks, fmt.Errorf("an element that the judge does not know")
}

func tekstboks(e *etree.Element) (boks, error) {
	v, err := attr(e, "x", "y")
	if err != nil {
		return ingenBoks, err
	}
	stoerrelse := stor
	bredde := skrift(e)
	for _, s := range e.SelectElements("tspan") {
		bredde += skrift(s)
	}
	x := v[0]
	switch e.SelectAttrValue("text-anchor", "start") {
	case "middle":
		x -= bredde / 2
	case "end":
		x -= bredde
	}
	return boks{x, v[1] - 0.8*stoerrelse, x + bredde, v[1] + 0.25*stoerrelse}, nil
}

// skrift is how wide a piece of text becomes, with what stands before it.
func skrift(e *etree.Element) float64 {
	v, err := attr(e, "dx", "font-size")
	if err != nil {
		return math.Inf(1)
	}
	b := tekstbredde(e.Text(), max(v[1], liten))
	if e.SelectAttr("font-weight") != nil {
		b *= fet
	}
	return b + v[0]
}

// stiboks reads a path of the commands M, L, H, V and Z.
func stiboks(d string) (boks, error) {
	b, x, y := ingenBoks, 0.0, 0.0
	for d != "" {
		slutt := strings.IndexAny(d[1:], "MLHVZ") + 1
		if slutt == 0 {
			slutt = len(d)
		}
		v, err := tallene(d[1:slutt])
		if err != nil {
			return b, err
		}
		switch d[0] {
		case 'M', 'L':
			x, y = v[0], v[1]
		case 'H':
			x = v[0]
		case 'V':
			y = v[0]
		}
		b = b.med(boks{x, y, x, y})
		d = d[slutt:]
	}
	return b, nil
}
