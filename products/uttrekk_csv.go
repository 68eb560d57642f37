package products

import (
	"bytes"
	"encoding/csv"
	"strconv"
	"strings"

	"aareg/store"
)

// csvSkriver writes rows.
type csvSkriver struct {
	buf     *bytes.Buffer
	form    Uttrekksform
	w       *csv.Writer
	grupper []uttrekksgruppe
	celler  []string // the row under way
	hode    []string
}

// The columns before those of the profile.
const (
	kolonneRadtype = iota
	kolonneNr
	kolonneStatuskode
	egneKolonner
)

// The radtype of the rows at the end.
const (
	radUtfall = "utfall"
	radFerdig = "ferdig"
)

func newCSVSkriver(buf *bytes.Buffer, form Uttrekksform, grupper []uttrekksgruppe) *csvSkriver {
	c := &csvSkriver{buf: buf, form: form, w: csv.NewWriter(buf), grupper: grupper, hode: []string{"radtype", "nr", "statuskode"}}
	c.w.UseCRLF = true
	if form.Semikolon {
		c.w.Comma = ';'
	}
	for _, g := range grupper {
		for _, f := range g.felter {
			c.hode = append(c.hode, f.Sti)
		}
	}
	c.celler = make([]string, len(c.hode))
	return c
}

func (c *csvSkriver) begynn() error {
	if c.form.BOM {
		c.buf.WriteString("\uFEFF")
	}
	return c.rad(c.hode)
}

func (c *csvSkriver) post(nr int, a *store.HentetArbeidsforhold) error {
	clear(c.celler)
	c.celler[kolonneNr] = strconv.Itoa(nr)
	c.celler[kolonneStatuskode] = string(protected(a.Gradering, Komplett))
	first := egneKolonner
	if g := &c.grupper[0]; g.liste != "" { // the profile shows nothing of the record itself: its row holds the place
		if err := c.gruppe(&uttrekksgrupper[0], nil, first, a, 0); err != nil {
			return err
		}
	}
	for n := range c.grupper {
		g := &c.grupper[n]
		for i := range g.antall(a) {
			if err := c.gruppe(g, g.felter, first, a, i); err != nil {
				return err
			}
		}
		first += len(g.felter)
	}
	return nil
}

// gruppe writes the row of an entry of a group whose columns begin at first.
func (c *csvSkriver) gruppe(g *uttrekksgruppe, felter []Uttrekksfelt, first int, a *store.HentetArbeidsforhold, i int) error {
	c.celler[kolonneRadtype] = string(g.radtype)
	for n := range felter {
		c.celler[first+n] = felter[n].celle(a, i)
	}
	err := c.rad(c.celler)
	for n := range felter {
		if !felter[n].noekkel {
			c.celler[first+n] = ""
		}
	}
	return err
}

// celle is the value as a cell that no spreadsheet takes for a formula. Numbers may begin with a minus and are none.
func (f *Uttrekksfelt) celle(a *store.HentetArbeidsforhold, i int) string {
	v := f.verdi(a, i)
	if f.Format != Tekst || v == "" || v[0] >= ' ' && !strings.ContainsRune("=+-@'", rune(v[0])) {
		return v
	}
	return "'" + v
}

func (c *csvSkriver) slutt(sum *Uttrekkssum) error {
	for _, kode := range utfallene {
		if n := sum.Utfall[kode]; n > 0 {
			if err := c.sluttrad(radUtfall, n, string(kode)); err != nil {
				return err
			}
		}
	}
	return c.sluttrad(radFerdig, sum.Antall, "")
}

func (c *csvSkriver) sluttrad(radtype string, antall int, kode string) error {
	clear(c.celler)
	c.celler[kolonneRadtype], c.celler[kolonneNr], c.celler[kolonneStatuskode] = radtype, strconv.Itoa(antall), kode
	return c.rad(c.celler)
}

func (c *csvSkriver) rad(celler []string) error {
	if err := c.w.Write(celler); err != nil {
		return err
	}
	c.w.Flush() // into the buffer, so that it is known how much there is
	return c.w.Error()
}
