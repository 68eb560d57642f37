package oppslag

import (
	"fmt"
	"html/template"
	"math"
	"strconv"

	"github.com/beevik/etree"
)

// Measures of a sheet, in units of its viewBox.
const (
	arkBredde  = 720.0
	arkHoeyde  = 960.0 // with arkBredde the shape of A4 within its margins
	arkVenstre = 16.0  // room for an arrow at either side
	arkHoeyre  = arkBredde - 16
)

// Colours. Every difference of meaning is one of pattern, line or word besides, so that it stands in black and white.
const (
	blekk    = "#1e2b3c"
	graatt   = "#44546a"
	rutenett = "#d5dce4"
	strek    = "#2b5b8c"
	fyll     = "#d3e3f3"
	bunnfyll = "#f5f7fa"
	roedt    = "#b0002a"
)

// flate is a place to draw: an SVG element. What is drawn on it is a tree until it is written, so it is well-formed and
// its texts are escaped.
type flate struct{ *etree.Element }

// el puts an element into f, with its attributes as pairs of name and value.
func (f flate) el(tag string, attr ...string) flate {
	e := f.CreateElement(tag)
	for i := 0; i+1 < len(attr); i += 2 {
		e.CreateAttr(attr[i], attr[i+1])
	}
	return flate{e}
}

func (f flate) gruppe(klasse string) flate { return f.el("g", "class", klasse) }

// navn is what a pointer that rests on f is told.
func (f flate) navn(s string) { f.el("title").SetText(s) }

func (f flate) rekt(x, y, w, h float64, attr ...string) flate {
	return f.el("rect", append([]string{"x", tall(x), "y", tall(y), "width", tall(w), "height", tall(h)}, attr...)...)
}

func (f flate) linje(x1, y1, x2, y2 float64, attr ...string) {
	f.el("line", append([]string{"x1", tall(x1), "y1", tall(y1), "x2", tall(x2), "y2", tall(y2)}, attr...)...)
}

func (f flate) sti(d string, attr ...string) {
	f.el("path", append([]string{"d", d}, attr...)...)
}

func (f flate) tekst(x, y float64, s string, attr ...string) flate {
	t := f.el("text", append([]string{"x", tall(x), "y", tall(y)}, attr...)...)
	t.SetText(s)
	return t
}

// medGlorie is attributes of a text with those that keep it legible where lines run behind it.
func medGlorie(attr ...string) []string {
	return append([]string{"stroke", "#ffffff", "stroke-width", "4", "stroke-linejoin", "round", "paint-order", "stroke"}, attr...)
}

// tall writes a coordinate: a tenth of a unit is finer than any screen.
func tall(v float64) string {
	return strconv.FormatFloat(math.Round(v*10)/10, 'f', -1, 64)
}

// ark is one sheet while it is drawn.
type ark struct {
	flate
	navn string // what its ids begin with
	defs flate
}

// nyttArk begins sheet nr, from 1, of av.
func (b *Bilde) nyttArk(nr, av int) ark {
	navn := b.Navn + "-" + strconv.Itoa(nr)
	rot := flate{etree.NewElement("svg")}
	for _, a := range [][2]string{
		{"xmlns", "http://www.w3.org/2000/svg"}, {"viewBox", ""}, {"class", "tegning tegning-" + b.Navn}, {"role", "img"},
		{"aria-labelledby", navn + "-tittel " + navn + "-beskrivelse"},
		{"font-family", "system-ui, sans-serif"}, {"font-size", "13"}, {"fill", blekk},
	} {
		rot.CreateAttr(a[0], a[1])
	}
	tittel := b.Tittel
	if av > 1 {
		tittel += fmt.Sprintf(" (del %d av %d)", nr, av)
	}
	rot.el("title", "id", navn+"-tittel").SetText(tittel)
	rot.el("desc", "id", navn+"-beskrivelse").SetText(b.Beskrivelse)
	return ark{rot, navn, rot.el("defs")}
}

// leggTil ends a sheet that became so high, and puts it last.
func (b *Bilde) leggTil(a ark, hoeyde float64) error {
	a.SelectAttr("viewBox").Value = "0 0 " + tall(arkBredde) + " " + tall(math.Ceil(hoeyde))
	if len(a.defs.Child) == 0 {
		a.RemoveChild(a.defs.Element)
	}
	doc := etree.NewDocumentWithRoot(a.Element)
	s, err := doc.WriteToString()
	if err != nil {
		return fmt.Errorf("picture: %w", err)
	}
	b.Ark = append(b.Ark, template.HTML(s)) // safe: every text and attribute went through the tree's writer
	return nil
}
