package kontrakt

import (
	"cmp"
	"slices"
	"strings"
)

// How much of a document the page shows.
const (
	sideBytes  = 20 << 10 // a document of more is cut …
	sideHode   = 8 << 10  // … to its beginning
	sideRundt  = 6        // … and so many lines before and after what is marked
	sideMerker = 5        // … of which so many are looked for
	sideLinje  = 2 << 10  // bytes of one line
)

// linje is a line of a document: an element with its text, a tag, or a text.
type linje struct {
	Dybde               int
	Foer, Verdi, Etter  string // the tag, the text, and the tag that closes it
	Merke               string // "her" where a rule is broken, "i" where what is missing should be, else ""
	Hull                int    // so many lines are left out here
	sti                 string
	isElement, isInside bool // whether it begins an element, and whether that stands in the body's first one
}

func (l *linje) size() int { return len(l.Foer) + len(l.Verdi) + len(l.Etter) }

// linjer lays a document out, one element a line, whether it is well-formed or not.
func linjer(doc string) []linje {
	var lines []linje
	var open []string
	pieces := stykker(doc)
	for i := 0; i < len(pieces); i++ {
		switch d := pieces[i]; d.slag {
		case starttagg:
			l := linje{Dybde: len(open), Foer: d.raa, isElement: true}
			open = append(open, d.tag())
			l.sti, l.isInside = stiUnder(open)
			if n := bladlengde(pieces[i:]); n > 0 {
				l.Verdi, l.Etter = sammen(pieces[i+1:i+n]), pieces[i+n].raa
				i += n
				open = open[:len(open)-1]
			} else if d.tomt() {
				open = open[:len(open)-1]
			}
			lines = append(lines, l)
		case slutttagg:
			if at := slices.Index(open, d.tag()); at >= 0 {
				open = open[:len(open)-1-slices.Index(reversed(open), d.tag())]
			}
			lines = append(lines, linje{Dybde: len(open), Foer: d.raa})
		case annet:
			lines = append(lines, linje{Dybde: len(open), Foer: d.raa})
		default:
			for text := range strings.Lines(strings.TrimSpace(d.raa)) {
				lines = append(lines, linje{Dybde: len(open), Verdi: strings.TrimSpace(text)})
			}
		}
	}
	return lines
}

func reversed(s []string) []string {
	s = slices.Clone(s)
	slices.Reverse(s)
	return s
}

// bladlengde is how many pieces after a start tag the element's end tag stands, 0 when the element has others in it.
func bladlengde(pieces []stykke) int {
	if pieces[0].tomt() {
		return 0
	}
	for n, d := range pieces[1:] {
		switch {
		case d.slag == slutttagg && d.tag() == pieces[0].tag():
			return n + 1
		case d.slag != fritekst && d.slag != cdata:
			return 0
		}
	}
	return 0
}

func sammen(pieces []stykke) string {
	var text strings.Builder
	for _, d := range pieces {
		text.WriteString(d.raa)
	}
	return text.String()
}

// stiUnder is the path below the body's first element, and whether the place is in it at all.
func stiUnder(open []string) (string, bool) {
	at := slices.Index(open, "Body")
	if at < 0 || len(open) < at+2 {
		return "", false
	}
	return strings.Join(open[at+2:], "/"), true
}

// merk marks the elements at a path, and is false when there is none.
func merk(lines []linje, sti string) bool {
	met := false
	for i := range lines {
		if l := &lines[i]; l.isElement && l.isInside && l.sti == sti {
			l.Merke, met = "her", true
		}
	}
	return met
}

// merkNaer marks the first element that should hold the path and is there: what it lacks is broken.
func merkNaer(lines []linje, sti string) {
	for sti != "" {
		sti = sti[:max(strings.LastIndexByte(sti, '/'), 0)]
		at := slices.IndexFunc(lines, func(l linje) bool { return l.isElement && l.isInside && l.sti == sti })
		if at >= 0 {
			lines[at].Merke = cmp.Or(lines[at].Merke, "i")
			return
		}
	}
}

// kutt leaves out of a long document what is neither its beginning nor near a mark.
func kutt(lines []linje) []linje {
	total := 0
	for i := range lines {
		l := &lines[i]
		l.Foer, l.Verdi = korte(l.Foer), korte(l.Verdi)
		total += l.size()
	}
	if total <= sideBytes {
		return lines
	}
	keep, size, marks := make([]bool, len(lines)), 0, 0
	for i := range lines {
		size += lines[i].size()
		keep[i] = keep[i] || size <= sideHode
		if lines[i].Merke != "" && marks < sideMerker {
			marks++
			for j := max(0, i-sideRundt); j <= min(len(lines)-1, i+sideRundt); j++ {
				keep[j] = true
			}
		}
	}
	var kept []linje
	for i, l := range lines {
		switch {
		case keep[i]:
			kept = append(kept, l)
		case i > 0 && keep[i-1]:
			kept = append(kept, linje{Dybde: l.Dybde, Hull: 1})
		default:
			kept[len(kept)-1].Hull++
		}
	}
	return kept
}

// brettHode leaves out what stands in the envelope's header
// where no breach is about it: the body is what is read.
func brettHode(lines []linje) []linje {
	at := slices.IndexFunc(lines, func(l linje) bool { return l.isElement && (stykke{starttagg, l.Foer}).tag() == "Header" })
	if at < 0 {
		return lines
	}
	end := at + 1
	for end < len(lines) && lines[end].Dybde > lines[at].Dybde {
		end++
	}
	if n := end - at - 1; n > 1 {
		return slices.Replace(slices.Clone(lines), at+1, end, linje{Dybde: lines[at].Dybde + 1, Hull: n})
	}
	return lines
}

// korte cuts a text that is too long for a line.
func korte(s string) string {
	if len(s) <= sideLinje {
		return s
	}
	return strings.ToValidUTF8(s[:sideLinje], "") + " …"
}
