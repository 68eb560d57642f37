package oppslag

import (
	"net/http"
	"strings"

	"aareg/wsdl/felt"
)

// felterside is what the page of the field table is drawn from: the rows of one product, or the hits of a search in all.
type felterside struct {
	Produkter []*Produkt
	Produkt   *Produkt // nil for a search
	Retning   string   // "" for both
	Sok       sokbilde
	Deler     []feltdel
}

// feltdel are rows of one product in one direction.
type feltdel struct {
	Id, Tittel string
	Krav       bool // the rows say whether they must be filled in
	Rader      []feltlinje
}

// feltlinje is a row, and its place on the page of its product.
type feltlinje struct {
	felt.Rad
	Id, Produkt string
}

// Deler are the tags of the row's path, so that a line breaks between them.
func (l feltlinje) Deler() []string { return strings.SplitAfter(l.Sti, "/") }

// Verdier are the values of a closed list, "" for another type.
func (l feltlinje) Verdier() string { return strings.Join(l.Kodeliste(), ", ") }

// retninger are the directions, with their words.
var retninger = []struct{ Retning, Tekst string }{{felt.Request, "spørsmål"}, {felt.Respons, "svar"}}

// feltdeler are all rows of the products.
func (o *Oppslag) feltdeler() (all []feltdel) {
	for _, p := range o.produkter {
		for _, r := range retninger {
			d := feltdel{Id: p.Navn + "-" + r.Retning, Tittel: p.Tittel + ": " + r.Tekst, Krav: r.Retning == felt.Request}
			rows, seen := p.Request, map[string]bool{}
			if r.Retning == felt.Respons {
				rows = p.Respons
			}
			for _, row := range rows {
				id := d.Id + "-" + strings.ReplaceAll(row.Sti, "/", ".")
				if seen[id] { // fonetisk of § 2.4 is printed twice, once for each form
					id += "-2"
				}
				seen[id] = true
				d.Rader = append(d.Rader, feltlinje{row, id, p.Navn})
			}
			all = append(all, d)
		}
	}
	return all
}

// Where the field table is, and how a search in it is named.
const (
	felterSti = "/oppslag/felter"
	felterSok = "Søk i alle feltene"
)

// felter shows the rows of a product, the first unless another is asked for, in one direction or both.
func (o *Oppslag) felter(w http.ResponseWriter, r *http.Request) {
	s := felterside{Produkter: o.produkter, Produkt: o.produkter[0], Retning: r.URL.Query().Get("retning"),
		Sok: sokbilde{Sti: felterSti, Ledetekst: felterSok}}
	if name := r.URL.Query().Get("produkt"); name != "" {
		s.Produkt = o.produkt(name)
	}
	if s.Produkt == nil || s.Retning != "" && s.Retning != felt.Request && s.Retning != felt.Respons {
		o.ukjent(w, r)
		return
	}
	for _, d := range o.feltdeler() {
		if strings.HasPrefix(d.Id, s.Produkt.Navn+"-"+s.Retning) {
			s.Deler = append(s.Deler, d)
		}
	}
	o.vis(w, r, http.StatusOK, "felter", side{Tittel: "Felter", Data: s})
}

// sokFelter shows the rows that a text is found in.
func (o *Oppslag) sokFelter(w http.ResponseWriter, r *http.Request) {
	s := felterside{Produkter: o.produkter, Sok: sok(r, felterSti, felterSok)}
	if s.Sok.Feil == "" {
		for _, d := range o.feltdeler() {
			found := feltdel{Id: d.Id, Tittel: d.Tittel, Krav: d.Krav}
			for _, l := range d.Rader {
				if s.Sok.finner(l.Sti, l.Ledetekst, l.Beskrivelse, l.Type, l.Merknad) && s.Sok.tar() {
					found.Rader = append(found.Rader, l)
				}
			}
			if found.Rader != nil {
				s.Deler = append(s.Deler, found)
			}
		}
	}
	o.vis(w, r, s.Sok.status(), "felter", side{Tittel: "Felter", Feil: s.Sok.Feil != "", Data: s})
}
