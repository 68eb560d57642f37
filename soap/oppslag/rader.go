package oppslag

import (
	"html"
	"html/template"
	"strings"
)

// radtegner draws the rows of tables. A long answer has thousands of cells, and a template takes some microseconds for each
// value; this takes a tenth. Whatever is not its own markup is escaped.
type radtegner struct{ b strings.Builder }

// Kropp is the rows of the table. The first cell names its row, if it has a value.
func (t *tabell) Kropp() template.HTML {
	var r radtegner
	for _, rad := range t.Rader {
		r.b.WriteString(`<tr role="row">`)
		for i, c := range rad {
			r.celle(c, i == 0 && c.Verdi != "")
		}
		r.b.WriteString("</tr>\n")
	}
	return template.HTML(r.b.String())
}

// Kropp is the rows of the table. The first cell names its row, and leads on from it.
func (t BildeTabell) Kropp() template.HTML {
	var r radtegner
	for _, rad := range t.Rader {
		r.b.WriteString(`<tr role="row">`)
		for i, text := range rad.Celler {
			c := celle{Kolonne: t.Kolonner[i], Verdi: text}
			if i == 0 && rad.Vei != nil {
				c.Vei = &vei{Operasjon: rad.Vei.Operasjon, Felt: rad.Vei.Felt, Verdi: rad.Vei.Verdi}
			}
			r.celle(c, i == 0)
		}
		r.b.WriteString("</tr>\n")
	}
	return template.HTML(r.b.String())
}

func (r *radtegner) celle(c celle, navn bool) {
	if navn {
		r.skriv(`<th scope="row" role="rowheader" data-navn="`, c.Kolonne, `">`)
	} else {
		r.skriv(`<td role="cell" data-navn="`, c.Kolonne, `">`)
	}
	if v := c.Vei; v != nil {
		r.skriv(`<button class="vei" form="til-`, v.Operasjon, `" name="`)
		r.skriv("", v.Felt, `" value="`)
		r.skriv("", v.Verdi, `">`)
		if v.Tekst != "" {
			r.skriv(`<span class="ds-sr-only">`, v.Tekst, ` </span>`)
		}
		r.skriv("", c.Verdi, `</button>`)
	} else {
		r.skriv("", c.Verdi, "")
	}
	if navn {
		r.b.WriteString("</th>")
	} else {
		r.b.WriteString("</td>")
	}
}

// skriv writes a text between markup, escaped for where it stands: in an element, or in quotes.
func (r *radtegner) skriv(before, text, after string) {
	r.b.WriteString(before)
	r.b.WriteString(html.EscapeString(text))
	r.b.WriteString(after)
}
