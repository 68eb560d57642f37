package kontrakt

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// slag is what a piece of a document is.
type slag int

const (
	fritekst slag = iota
	cdata
	starttagg // also an empty element's
	slutttagg
	annet // a comment, an instruction, a declaration
)

// stykke is a piece of a document. All pieces together are the document, byte for byte, well-formed or not.
type stykke struct {
	slag slag
	raa  string
}

// tomt tells whether a start tag is that of an empty element.
func (d stykke) tomt() bool { return strings.HasSuffix(d.raa, "/>") }

// tag is the local name of a start or end tag.
func (d stykke) tag() string {
	name := strings.TrimLeft(d.raa, "</")
	if end := strings.IndexFunc(name, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("/><=\"'", r) }); end >= 0 {
		name = name[:end]
	}
	return name[strings.LastIndexByte(name, ':')+1:]
}

// stykker takes a document apart. It takes anything: what does not end stays as it began to the end of the document.
func stykker(s string) []stykke {
	var pieces []stykke
	for s != "" {
		d := stykke{fritekst, s[:textEnd(s)]}
		if s[0] != '<' {
			pieces, s = append(pieces, d), s[len(d.raa):]
			continue
		}
		for _, m := range []struct {
			slag        slag
			begin, end  string
			declaration bool
		}{
			{annet, "<!--", "-->", false},
			{cdata, "<![CDATA[", "]]>", false},
			{annet, "<?", "?>", false},
			{annet, "<!", ">", true},
		} {
			if strings.HasPrefix(s, m.begin) {
				end := m.end
				if i, j := strings.IndexByte(s, '['), strings.IndexByte(s, '>'); m.declaration && i >= 0 && i < j {
					end = "]>"
				}
				d = stykke{m.slag, through(s, end)}
				break
			}
		}
		if d.slag == fritekst && begins(s) {
			d = stykke{starttagg, s[:tagEnd(s)]}
			if strings.HasPrefix(s, "</") {
				d.slag = slutttagg
			}
		}
		pieces = append(pieces, d)
		s = s[len(d.raa):]
	}
	return pieces
}

// begins tells whether a tag begins here.
func begins(s string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimPrefix(s[1:], "/"))
	return s[0] == '<' && (unicode.IsLetter(r) || r == '_')
}

// textEnd is where text ends: at the next <. One that begins nothing is text itself.
func textEnd(s string) int {
	if i := strings.IndexByte(s[1:], '<'); i >= 0 {
		return i + 1
	}
	return len(s)
}

func through(s, end string) string {
	if i := strings.Index(s, end); i >= 0 {
		return s[:i+len(end)]
	}
	return s
}

// tagEnd is where a tag ends: after its >, or before the next < outside an attribute's value.
func tagEnd(s string) int {
	quote := byte(0)
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return i + 1
		case c == '<':
			return i
		}
	}
	return len(s)
}

var attributtform = regexp.MustCompile(`([^\s=<>"']+)(\s*=\s*)("[^"]*"?|'[^']*'?)`)

// gaaGjennom gives the texts and attributes of a document to functions and puts together what they make of them. The
// text is given without the white space about it; text that is only white space is left alone. Comments, instructions
// and declarations but the XML declaration count as text that may hold anything.
func gaaGjennom(doc string, text func(innhold, string) string, attribute func(name, value string) string) string {
	var out strings.Builder
	var open stakk
	for _, d := range stykker(doc) {
		switch d.slag {
		case fritekst:
			out.WriteString(kjerne(d.raa, "", "", open.innhold(), text))
		case cdata:
			out.WriteString(kjerne(d.raa, "<![CDATA[", "]]>", open.innhold(), text))
		case starttagg:
			out.WriteString(attributter(d.raa, attribute))
			open.start(d)
		case slutttagg:
			out.WriteString(d.raa)
			open.slutt(d.tag())
		case annet:
			out.WriteString(markup(d.raa, text))
		}
	}
	return out.String()
}

// attributter replaces the values of a tag's attributes.
func attributter(tag string, attribute func(name, value string) string) string {
	if !strings.Contains(tag, "=") {
		return tag
	}
	return attributtform.ReplaceAllStringFunc(tag, func(a string) string {
		p := attributtform.FindStringSubmatch(a)
		quote := p[3][:1]
		return p[1] + p[2] + quote + attribute(p[1], strings.Trim(p[3], quote)) + quote
	})
}

// kjerne replaces the text between a beginning, an end and the white space inside them.
func kjerne(s, begin, end string, what innhold, text func(innhold, string) string) string {
	inner := strings.TrimSuffix(strings.TrimPrefix(s, begin), end)
	core := strings.TrimSpace(inner)
	if core == "" {
		return s
	}
	before := len(s) - len(strings.TrimLeftFunc(strings.TrimPrefix(s, begin), unicode.IsSpace))
	return s[:before] + text(what, core) + s[before+len(core):]
}

func markup(s string, text func(innhold, string) string) string {
	switch {
	case strings.HasPrefix(s, "<!--"):
		return kjerne(s, "<!--", "-->", ukjent, text)
	case strings.HasPrefix(s, "<?xml "):
		return s
	case strings.HasPrefix(s, "<?"):
		return kjerne(s, "<?", "?>", ukjent, text)
	}
	return kjerne(s, "<!", ">", ukjent, text)
}

// stakk are the elements that are open at a place.
type stakk struct {
	tags []string
	any  bool // whether there was an element at all
}

func (a *stakk) start(d stykke) {
	a.any = true
	if !d.tomt() {
		a.tags = append(a.tags, strings.ToLower(d.tag()))
	}
}

// slutt closes the element and what is open in it. An end tag that fits nothing closes nothing.
func (a *stakk) slutt(tag string) {
	for i := len(a.tags) - 1; i >= 0; i-- {
		if strings.EqualFold(a.tags[i], tag) {
			a.tags = a.tags[:i]
			return
		}
	}
}

// innhold is what text may hold at this place: what the innermost element says that holds something of persons, else
// what the innermost one says. Text before any element is no document's.
func (a *stakk) innhold() innhold {
	for i := len(a.tags) - 1; i >= 0; i-- {
		if what := innholdAv[a.tags[i]]; what > ukjent {
			return what
		}
	}
	if len(a.tags) > 0 {
		if what, known := innholdAv[a.tags[len(a.tags)-1]]; known {
			return what
		}
		return ukjent
	}
	if a.any {
		return ukjent
	}
	return aapent
}
