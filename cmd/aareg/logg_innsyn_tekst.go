package main

import (
	"cmp"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"

	"aareg/store/konsument"
	"aareg/store/logg"
	"aareg/wsdl/felt"
)

// innsynsrapport is the report of who looked a person up. It is written for that person, and names no other.
type innsynsrapport struct {
	nummer      string   // as it was asked for
	numre       []string // what was looked for
	delte       int      // former numbers that others have had, too, and that were not looked for
	medRegister bool     // other numbers were looked for in a register
	iRegisteret bool     // and the person was there
	fra, til    time.Time
	laget       time.Time
	foerste     time.Time // of the first row that is kept
	telling     telling
	konsumenter *konsument.Bilde // nil: not given
	zone        *time.Location
	skrevet     int
}

const norskTid = "02.01.2006 kl. 15.04.05"

// skrivHode writes what stands before the first entry. What w fails with, its Flush tells.
func (r *innsynsrapport) skrivHode(w io.Writer) {
	andre := ""
	if n := len(r.numre) - 1; n > 0 {
		andre = fmt.Sprintf(", og personens andre nummer (%d)", n)
	}
	fmt.Fprintf(w, `INNSYN I OPPSLAG I AA-REGISTERET

Rapporten viser hvem som har spurt om personen i denne tjenesten, og hvem som har fått svar der
personen er med (personvernforordningen artikkel 15).

Gjelder:  fødselsnummer eller d-nummer %s%s
Periode:  %s
Laget:    %s
Oppslag:  %d, hvorav %d avvist
`, skjult(r.nummer), andre, r.periode(), r.laget.In(r.zone).Format(norskTid), r.telling.rader, r.telling.avslag)
}

// periode is the time that the report covers, as far as the log goes back.
func (r *innsynsrapport) periode() string {
	fra, til := r.fra, r.til
	if fra.Before(r.foerste) {
		fra = r.foerste
	}
	if til.IsZero() || til.After(r.laget) {
		til = r.laget
	}
	begynner := ""
	if r.fra.Before(r.foerste) {
		begynner = " (da begynner loggen)"
	}
	if r.foerste.IsZero() || !fra.Before(til) {
		return "loggen kan ikke si noe om den tiden det er spurt om; den begynner " + r.begynner()
	}
	return fmt.Sprintf("fra %s%s til %s", fra.In(r.zone).Format(norskTid), begynner, til.In(r.zone).Format(norskTid))
}

// begynner is when the log's first row was written.
func (r *innsynsrapport) begynner() string {
	if r.foerste.IsZero() {
		return "med den første raden, som ikke er skrevet ennå"
	}
	return r.foerste.In(r.zone).Format(norskTid)
}

// skrivRad writes one entry.
func (r *innsynsrapport) skrivRad(w io.Writer, rad *logg.Rad) error {
	r.skrevet++
	fmt.Fprintf(w, "\n%d. %s\n", r.skrevet, rad.Tid.In(r.zone).Format(norskTid))
	linje := func(ledetekst, verdi string) {
		if verdi != "" {
			fmt.Fprintf(w, "   %-21s%s\n", ledetekst+":", uskadelig(verdi))
		}
	}
	k := r.konsument(rad)
	linje("Virksomhet", virksomhet(rad, k))
	if rad.Databehandler != "" {
		linje("Databehandler", "organisasjonsnummer "+rad.Databehandler)
	}
	if k != nil {
		linje("Hjemmel", k.Hjemmel)
		linje("Formål", k.Formaal)
		linje("Behandlingsgrunnlag", k.Behandlingsgrunnlag)
	} else if r.konsumenter != nil && rad.Konsument != 0 {
		linje("Hjemmel", "ikke kjent, siden avtalen ikke er registrert lenger")
	}
	linje("Produkt", produkt(rad))
	linje("Svar", svarTekst(rad))
	linje("Utlevert", utlevert(rad))
	if rad.Saksreferanse != "" {
		linje("Saksreferanse", rad.Saksreferanse+" (oppgitt av den som spurte)")
	}
	_, err := fmt.Fprintf(w, "   %-21s%d\n", "Rad i loggen:", rad.Nr)
	return err
}

func (r *innsynsrapport) konsument(rad *logg.Rad) *konsument.Konsument {
	if r.konsumenter == nil || rad.Konsument == 0 {
		return nil
	}
	return r.konsumenter.Konsument(rad.Konsument)
}

// virksomhet is who asked.
func virksomhet(rad *logg.Rad, k *konsument.Konsument) string {
	switch {
	case k != nil:
		return k.Navn + ", organisasjonsnummer " + cmp.Or(rad.Orgnr, k.Orgnr)
	case rad.Orgnr != "":
		return "organisasjonsnummer " + rad.Orgnr
	case rad.Bruker != "":
		return "den som drifter tjenesten (bruker " + rad.Bruker + " på serveren)"
	}
	return "ikke kjent: den som spurte, ble ikke identifisert"
}

// produkt is what was asked for, by its title in the field specification.
func produkt(rad *logg.Rad) string {
	switch rad.Slag {
	case logg.Eksport:
		return "kopi av hele registeret"
	case logg.Uttrekk:
		return "uttrekk"
	case logg.Innsyn:
		return "oppslag i denne loggen"
	}
	i := slices.IndexFunc(felt.Operations(), func(o felt.Operasjon) bool { return o.Navn == rad.Produkt })
	if i < 0 {
		return rad.Produkt
	}
	return felt.Operations()[i].Tittel + " (" + rad.Produkt + ")"
}

// utfallTekst is every statuskode and feilkode in words for whom the answer was about.
var utfallTekst = map[string]string{
	"komplett":          "alt som ble funnet, var med i svaret",
	"trunkert":          "det ble funnet mer enn det er plass til i ett svar; resten var ikke med",
	"ingen":             "det ble ikke funnet noe som virksomheten har rett til å få vite",
	"ikke_entydig":      "nummeret passet på flere, og svaret var uten opplysninger",
	"fortrolig":         "svaret sa at opplysningene er fortrolige",
	"strengt_fortrolig": "svaret sa at opplysningene er strengt fortrolige",
	"utilgjengelig":     "registeret var ikke tilgjengelig",

	"ikkeTilgang":           "virksomheten hadde ikke rett til det den spurte om",
	"forMangeForespoersler": "virksomheten hadde brukt opp det den kan spørre om",
	"ugyldigBruker":         "den som spurte, ble ikke godtatt",
	"sesjonUtloept":         "innloggingen gjaldt ikke lenger",
	"ugyldigXml":            "spørsmålet kunne ikke leses",
	"ugyldigKonvolutt":      "spørsmålet kunne ikke leses",
	"ukjentOperasjon":       "spørsmålet kunne ikke leses",
	"ugyldigForespoersel":   "spørsmålet var ikke gyldig",
	"forStor":               "spørsmålet var for stort",
	"feilIBackOffice":       "tjenesten feilet",
	"503":                   "tjenesten hadde for mye å gjøre",
}

func svarTekst(rad *logg.Rad) string {
	switch rad.Slag {
	case logg.Svar, logg.Innlogging, logg.Uttrekk:
		if paaSenereSide(rad) && rad.Utfall == "komplett" {
			return "resten av et svar som ble vist side for side"
		}
		return cmp.Or(utfallTekst[rad.Utfall], rad.Utfall)
	}
	return "" // there was no question
}

// paaSenereSide says whether the answer was shown after others of the same, on the look-up page.
func paaSenereSide(rad *logg.Rad) bool {
	return slices.ContainsFunc(rad.Parametre, func(p logg.Parameter) bool { return p.Tag == "hopp" })
}

// utlevert says whether anything about the person went out.
func utlevert(rad *logg.Rad) string {
	antall := fmt.Sprintf("poster i svaret: %d", rad.Antall)
	switch {
	case rad.Avslag:
		return "nei, spørsmålet ble avvist"
	case rad.Slag == logg.Eksport:
		return "ja, alt som registeret hadde om personen"
	case rad.Slag == logg.Innsyn:
		return "hvem som har spurt om personen"
	case rad.Utfall == "fortrolig", rad.Utfall == "strengt_fortrolig":
		return "ja, i alle fall det svaret sa; " + antall
	case rad.Utfall == "komplett", rad.Utfall == "trunkert", rad.Antall > 0:
		return "ja, " + antall
	}
	return "nei"
}

// skrivSlutt writes what the report does not show.
func (r *innsynsrapport) skrivSlutt(w io.Writer) {
	if r.skrevet == 0 {
		fmt.Fprint(w, "\nDet er ingen oppslag på personen i perioden.\n")
	}
	fmt.Fprint(w, `
HVA RAPPORTEN IKKE VISER

- Hvilke opplysninger som stod i svaret. Det følger av produktet, av hva virksomheten har rett til å
  se, og av registeret slik det var da.
- Hvem hos virksomheten som spurte, og hva den siden har gjort med opplysningene. Det må den svare for.
- Om det var personen det ble spurt om. I lister og søk kan personen ha vært en av mange.
- Søk på annet enn personens nummer, der personen ikke var med i svaret.
- Oppslag fra før loggen begynner. Rader slettes når lagringstiden er over.
- Oppslag i Aa-registeret utenom denne tjenesten.
- Om loggen er fullstendig og uendret. Det kontrolleres særskilt.
`)
	punkt := func(when bool, text string) {
		if when {
			fmt.Fprint(w, "- "+text+"\n")
		}
	}
	punkt(r.konsumenter != nil, "Om hjemmel, formål og navn var de samme da. De er hentet fra avtalene slik de er nå.")
	punkt(r.konsumenter == nil, "Virksomhetenes navn, hjemmel og formål, siden avtalene ikke var med da rapporten ble laget.")
	punkt(!r.medRegister, "Oppslag under andre nummer enn det oppgitte, hvis personen har eller har hatt flere.")
	punkt(r.medRegister && !r.iRegisteret, "Oppslag under andre nummer enn det oppgitte: personen er ikke i registeret nå.")
	punkt(r.delte > 0, fmt.Sprintf("Oppslag under %d tidligere nummer som andre også har hatt: de kan gjelde andre.", r.delte))
}

// skjult is the first six digits of an identity number, enough to tell whose report it is.
func skjult(nummer string) string { return nummer[:6] + "*****" }

var nummerITekst = regexp.MustCompile(`([0-9]{6})[ .-]?[0-9]{5,}`)

// uskadelig is a text that strangers may have written: on one line, and without identity numbers.
func uskadelig(s string) string {
	return strings.TrimSpace(utenNumre(printable(s)))
}

// utenNumre is a text in which no identity number can be read, as in the name of a file.
func utenNumre(s string) string { return nummerITekst.ReplaceAllString(s, "$1*****") }
