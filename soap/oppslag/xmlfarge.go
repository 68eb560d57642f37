package oppslag

import (
	"errors"
	"html/template"
	"regexp"
	"strings"
)

// farget is a document for who reads XML. Its text, without the elements of HTML, is the document's to the byte: the
// style sheet indents, so that what is copied is what was sent.
type farget struct {
	HTML template.HTML
	Hel  bool // nothing was left out at the end
}

// iXML escapes for HTML what of a document means something there. > does not, but ]]> does to who reads pages as XML.
var iXML = strings.NewReplacer("&", "&amp;", "<", "&lt;", "]]>", "]]&gt;")

// attributt is one with its value in a start tag.
var attributt = regexp.MustCompile(`(\s)([^\s=<>"']+)(=)("[^"]*"|'[^']*')`)

// farg draws a document: each element a <div> within its parent's, attributes' names as xa, text and values as xt, and
// names in the colour of the whole. After so many bytes it leaves out what is left, from the next element on. The document
// is one that has been read, or that is ours: the only error is one that ends within a tag.
func farg(document string, most int) (farget, error) {
	var b strings.Builder
	open := 0
	for from := 0; from < len(document); {
		to := from + foersteDel(document[from:])
		if to <= from {
			return farget{}, errHalv
		}
		part := document[from:to]
		switch {
		case part[0] != '<':
			b.WriteString(fargTekst(part))
		case strings.HasPrefix(part, "<![CDATA["):
			b.WriteString(fargTekst(part))
		case strings.HasPrefix(part, "<?"), strings.HasPrefix(part, "<!"):
			b.WriteString("<div>" + iXML.Replace(part) + "</div>")
		case strings.HasPrefix(part, "</"):
			open--
			b.WriteString(iXML.Replace(part) + "</div>")
		default:
			if from > most {
				b.WriteString(strings.Repeat("</div>", open))
				return farget{template.HTML(b.String()), false}, nil
			}
			b.WriteString("<div>" + fargTagg(part))
			if strings.HasSuffix(part, "/>") {
				b.WriteString("</div>")
			} else {
				open++
			}
		}
		from = to
	}
	return farget{template.HTML(b.String()), true}, nil
}

var errHalv = errors.New("draw XML: the document ends within a tag")

// foersteDel is how long the first part of a document is: a tag, text up to the next, or something else between < and >; 0 when
// it does not end.
func foersteDel(document string) int {
	if document[0] != '<' {
		if i := strings.IndexByte(document, '<'); i > 0 {
			return i
		}
		return len(document)
	}
	for _, other := range [][2]string{{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}} {
		if strings.HasPrefix(document, other[0]) {
			before, _, ends := strings.Cut(document, other[1])
			if !ends {
				return 0
			}
			return len(before) + len(other[1])
		}
	}
	var quote byte
	for i := range len(document) {
		switch c := document[i]; {
		case quote != 0 && c == quote:
			quote = 0
		case quote == 0 && (c == '"' || c == '\''):
			quote = c
		case quote == 0 && c == '>':
			return i + 1
		}
	}
	return 0
}

// fargTagg draws a start tag; most have no attributes.
func fargTagg(text string) string {
	drawn := iXML.Replace(text)
	if !strings.Contains(drawn, "=") {
		return drawn
	}
	return attributt.ReplaceAllString(drawn, `$1<span class="xa">$2</span>$3<span class="xt">$4</span>`)
}

// fargTekst draws text; white space between elements is of no colour.
func fargTekst(text string) string {
	if strings.TrimSpace(text) == "" {
		return text
	}
	return `<span class="xt">` + iXML.Replace(text) + `</span>`
}
