package oppslag

import (
	"encoding/xml"
	"errors"
	"fmt"
	"html/template"
	"io"
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
// names in the colour of the whole. After so many bytes it leaves out what is left, from the next element on. The error
// is one in the document.
func farg(document string, most int) (farget, error) {
	in := xml.NewDecoder(strings.NewReader(document))
	var b strings.Builder
	from, open := 0, 0
	for {
		token, err := in.RawToken()
		if errors.Is(err, io.EOF) {
			return farget{template.HTML(b.String()), true}, nil
		}
		if err != nil {
			return farget{}, fmt.Errorf("draw XML: %w", err)
		}
		to := int(in.InputOffset())
		text := document[from:to]
		if _, starts := token.(xml.StartElement); starts && from > most {
			b.WriteString(strings.Repeat("</div>", open))
			return farget{template.HTML(b.String()), false}, nil
		}
		from = to
		switch token.(type) {
		case xml.StartElement:
			open++
			b.WriteString("<div>" + fargTagg(text))
		case xml.EndElement:
			open--
			b.WriteString(iXML.Replace(text) + "</div>")
		case xml.CharData:
			b.WriteString(fargTekst(text))
		default:
			b.WriteString("<div>" + iXML.Replace(text) + "</div>")
		}
	}
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
