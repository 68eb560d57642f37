package main

import (
	"flag"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"aareg/products"
	"aareg/soap/tilgang"
	"aareg/store"
	"aareg/store/konsument"
)

const konsumentShowUsage = `aareg konsument show ORGNR shows what a consumer's agreement says, its logins, and what its rights come to.

`

func (k *konsumentKall) show(args []string) error {
	var full bool
	flags := flag.NewFlagSet("konsument show", flag.ContinueOnError)
	flags.BoolVar(&full, "felter", false, "list every leaf of every answer that it may ask for, and what becomes of it")
	if err := k.parseOne(flags, konsumentShowUsage, args); err != nil {
		return err
	}
	today, err := k.today()
	if err != nil {
		return err
	}
	return k.withOne(func(_ *konsument.Register, b *konsument.Bilde, c *konsument.Konsument) error {
		w := tabwriter.NewWriter(k.stdout, 0, 0, 2, ' ', 0)
		printAvtale(w, c, today)
		printInnlogginger(w, c, b.Innlogginger(c.Nr), today)
		printRett(w, &c.Rettigheter)
		table := tilgang.TabellAv(c)
		printProdukter(w, &table)
		if full {
			printFelter(w, &table)
		}
		return w.Flush()
	})
}

func printAvtale(w io.Writer, c *konsument.Konsument, today store.Dato) {
	fmt.Fprintf(w, "%s (%s), consumer %d\n", c.Navn, c.Orgnr, c.Nr)
	fmt.Fprintf(w, "  in force today (%s)\t%s\n", today, gyldighet(c, today))
	fmt.Fprintf(w, "  agreement from\t%s\n  to\t%s\n", orOpen(c.Fra), orOpen(c.Til))
	fmt.Fprintf(w, "  hjemmel\t%s\n  formål\t%s\n  behandlingsgrunnlag\t%s\n", c.Hjemmel, c.Formaal, c.Behandlingsgrunnlag)
	fmt.Fprintf(w, "  databehandler\t%s\n  access\t%s\n", orNone(c.Databehandler), tilgangstekst(c.Tilgang))
	for _, contact := range []struct {
		name string
		konsument.Kontakt
	}{{"agreement", c.Kontakter.Avtale}, {"changes", c.Kontakter.Endring}, {"faults", c.Kontakter.Feil}, {"breaches of security", c.Kontakter.Sikkerhetsbrudd}} {
		text := "not named yet"
		if contact.Kontakt != (konsument.Kontakt{}) {
			text = fmt.Sprintf("%s, %s, %s", contact.Navn, contact.Telefon, contact.Epost)
		}
		fmt.Fprintf(w, "  contact for %s\t%s\n", contact.name, text)
	}
}

func orOpen(d store.Dato) string {
	if d == 0 {
		return "open"
	}
	return d.String()
}

func tilgangstekst(forms []konsument.Tilgangsform) string {
	words := make([]string, len(forms))
	for n, form := range forms {
		words[n] = string(form)
	}
	if !slices.Contains(forms, konsument.API) {
		words = append(words, "(without api it may ask nothing here)")
	}
	return strings.Join(words, ", ")
}

func printInnlogginger(w io.Writer, c *konsument.Konsument, logins []*konsument.Innlogging, today store.Dato) {
	fmt.Fprintf(w, "\nlogins: %d\n", len(logins))
	for _, i := range logins {
		fmt.Fprintf(w, "  %d\t%s\t%s\n", i.Nr, innloggingsnavn(i), innloggingstilstand(c, i, today))
	}
}

func innloggingsnavn(i *konsument.Innlogging) string {
	if i.Slag == konsument.MedSertifikat {
		return "client certificate"
	}
	return i.Brukernavn
}

// innloggingstilstand is what a login is good for. Of its secrets it says that they are there.
func innloggingstilstand(c *konsument.Konsument, i *konsument.Innlogging, today store.Dato) string {
	words := []string{"may log in"}
	switch {
	case i.Sperret:
		words[0] = "disabled"
	case !c.Gyldig(today):
		words[0] = "shut out: the agreement is not in force"
	case i.Slag == konsument.MedPassord && i.Passord == "":
		words[0] = "shut out: no password"
	}
	if i.Legacy {
		words = append(words, "password in capitals too")
	}
	if i.Digest != "" {
		words = append(words, "password digest too")
	}
	if i.Etter != 0 {
		words = append(words, "sessions until "+time.Unix(i.Etter, 0).UTC().Format(time.RFC3339)+" are revoked")
	}
	return strings.Join(words, "; ")
}

// rettlinje is a right in words, and as values that tell one from another.
type rettlinje struct {
	navn, tekst string
	verdier     []string
}

// rettlinjer are all rights but what they come to for each product.
func rettlinjer(r *konsument.Rettigheter) []rettlinje {
	lines := []rettlinje{
		{"profile", profiltekst(r), nil},
		{"products", orNone(strings.Join(r.Produkter, ", ")), nil},
		{"fields", antallstekst(len(r.Felter), "row named", "rows named"), r.Felter},
		{"employers", omfangstekst(r.Arbeidsgivere, ", each unit with all below it"), r.Arbeidsgivere.Nummer},
		{"persons", omfangstekst(r.Personer, ""), r.Personer.Nummer},
		{"fortrolig", innsynstekst(r.Fortrolig, "fortrolig"), nil},
		{"strengt fortrolig, also abroad", innsynstekst(r.StrengtFortrolig, "strengt_fortrolig"), nil},
		{"persons a day", kvotetekst(r.PersonerPerDoegn), nil},
		{"questions a second", kvotetekst(r.SpoersmaalPerSekund), nil},
	}
	for n := range lines {
		lines[n].verdier = append([]string{lines[n].tekst}, lines[n].verdier...)
	}
	return lines
}

// profiltekst is the profile that the rights were made of, and whether they are still what it ships with. Its scope is not
// compared: who a consumer's customers are, no profile knows.
func profiltekst(r *konsument.Rettigheter) string {
	p, shipped := konsument.ProfilMed(r.Profil)
	now := *r
	now.Arbeidsgivere, now.Personer = p.Rettigheter.Arbeidsgivere, p.Rettigheter.Personer
	if shipped && !reflect.DeepEqual(now, p.Rettigheter) {
		return r.Profil + ", changed since"
	}
	return orNone(r.Profil)
}

func printRett(w io.Writer, r *konsument.Rettigheter) {
	fmt.Fprintf(w, "\nrights\n")
	for _, line := range rettlinjer(r) {
		fmt.Fprintf(w, "  %s\t%s\n", line.navn, line.tekst)
	}
}

func antallstekst(n int, one, more string) string {
	switch n {
	case 0:
		return "none"
	case 1:
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + more
}

func omfangstekst(o konsument.Omfang, of string) string {
	switch {
	case o.Alle:
		return "all"
	case len(o.Nummer) == 0:
		return "none: for it nobody exists"
	}
	return fmt.Sprintf("%d listed%s", len(o.Nummer), of)
}

// innsynstekst is what a protected person looks like (semantics.md "Protected persons").
func innsynstekst(i store.Innsyn, statuskode string) string {
	switch i {
	case store.InnsynKode:
		return "kode: asked for directly, " + statuskode + " without data; in no list, no count and no search"
	case store.InnsynData:
		return "data: asked for directly, " + statuskode + " with data; in lists, counts and searches like others"
	}
	return "ingen: does not exist: asked for directly, ingen; in no list, no count and no search"
}

func kvotetekst(n int) string {
	switch n {
	case konsument.Ubegrenset:
		return "no limit"
	case 0:
		return "0: none at all"
	}
	return strconv.Itoa(n)
}

// ulikhet says how two lists differ that look alike in words.
func ulikhet(before, after []string) string {
	count := func(of, without []string) (n int) {
		known := map[string]bool{}
		for _, s := range without {
			known[s] = true
		}
		for _, s := range of {
			if !known[s] {
				n++
			}
		}
		return n
	}
	before, after = before[1:], after[1:]
	if len(before) == 0 && len(after) == 0 {
		return ""
	}
	return fmt.Sprintf(" (%d added, %d taken away)", count(after, before), count(before, after))
}

// printProdukter prints what the rights come to for each product, as the border works it out, and for what no product shows:
// extracts may be made, or an arbeidsforhold be looked at, with so many rows of the extract's own.
func printProdukter(w io.Writer, table *tilgang.Tabell) {
	fmt.Fprint(w, "\n  product\tmay ask\tleaves shown\temptied\tleft out\n")
	for _, p := range table.Produkter {
		if p.Tillatt {
			fmt.Fprintf(w, "  %s\tyes\t%d\t%d\t%d\n", p.Navn, p.Vist, p.Toemt, p.Utelatt)
		} else {
			fmt.Fprintf(w, "  %s\tno\t-\t-\t-\n", p.Navn)
		}
	}
	fmt.Fprintf(w, "  uttrekk\t%s\t%d\t-\t%d\n", jaNei(table.Uttrekk.Tillatt), table.Uttrekk.Vist, table.Uttrekk.Utelatt)
	for _, p := range table.Produkter {
		if !p.Tillatt || p.Toemt+p.Utelatt+len(p.Sperret) == 0 {
			continue
		}
		fmt.Fprintf(w, "\n%s\n", p.Navn)
		for _, line := range []struct{ name, list string }{{"emptied", kortListe(p.Blader, products.Toemmes)},
			{"left out", kortListe(p.Blader, products.Utelates)}, {"may not ask by", strings.Join(p.Sperret, ", ")}} {
			if line.list != "" {
				fmt.Fprintf(w, "  %s\t%s\n", line.name, line.list)
			}
		}
	}
	if u := &table.Uttrekk; u.Vist > 0 && u.Utelatt > 0 {
		fmt.Fprintf(w, "\nuttrekk\n  left out\t%s\n", kortListe(u.Rader, products.Utelates))
	}
}

func jaNei(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// printFelter lists every leaf of the answers that may be asked for.
func printFelter(w io.Writer, table *tilgang.Tabell) {
	for _, p := range table.Produkter {
		if !p.Tillatt {
			continue
		}
		fmt.Fprintf(w, "\n%s\n", p.Navn)
		for _, b := range p.Blader {
			fmt.Fprintf(w, "  %s\t%s\n", visningsord[b.Vis], b.Sti)
		}
	}
	if table.Uttrekk.Vist == 0 {
		return
	}
	fmt.Fprint(w, "\nuttrekk\n")
	for _, b := range table.Uttrekk.Rader {
		fmt.Fprintf(w, "  %s\t%s\n", visningsord[b.Vis], b.Sti)
	}
}
