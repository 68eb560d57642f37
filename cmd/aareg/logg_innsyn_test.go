package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aareg/soap/testdobbel"
	"aareg/store/logg"
	"aareg/wsdl/felt"
)

const innsynrapport = `INNSYN I OPPSLAG I AA-REGISTERET

Rapporten viser hvem som har spurt om personen i denne tjenesten, og hvem som har fått svar der
personen er med (personvernforordningen artikkel 15).

Gjelder:  fødselsnummer eller d-nummer 128294*****, og personens andre nummer (1)
Periode:  fra 30.03.2025 kl. 01.30.00 (da begynner loggen) til 22.04.2025 kl. 09.00.00
Laget:    22.04.2025 kl. 09.00.00
Oppslag:  4, hvorav 1 avvist

1. 30.03.2025 kl. 01.30.00
   Virksomhet:          FJELLVIK ETAT, organisasjonsnummer 210000011
   Databehandler:       organisasjonsnummer 219900104
   Hjemmel:             eksempelloven § 1
   Formål:              kontroll av ytelser
   Behandlingsgrunnlag: artikkel 6 nr. 1 bokstav e
   Produkt:             Arbeidstaker (hentArbeidstaker)
   Svar:                alt som ble funnet, var med i svaret
   Utlevert:            ja, poster i svaret: 2
   Saksreferanse:       sak 058403***** [2J (oppgitt av den som spurte)
   Rad i loggen:        1

2. 30.03.2025 kl. 03.30.00
   Virksomhet:          FJELLVIK ETAT, organisasjonsnummer 210000011
   Hjemmel:             eksempelloven § 1
   Formål:              kontroll av ytelser
   Behandlingsgrunnlag: artikkel 6 nr. 1 bokstav e
   Produkt:             Treffliste arbeidstaker (hentTrefflisteArbeidstaker)
   Svar:                det ble funnet mer enn det er plass til i ett svar; resten var ikke med
   Utlevert:            ja, poster i svaret: 3
   Rad i loggen:        2

3. 30.03.2025 kl. 04.30.00
   Virksomhet:          organisasjonsnummer 219900104
   Hjemmel:             ikke kjent, siden avtalen ikke er registrert lenger
   Produkt:             Arbeidstaker (hentArbeidstaker)
   Svar:                virksomheten hadde ikke rett til det den spurte om
   Utlevert:            nei, spørsmålet ble avvist
   Rad i loggen:        3

4. 30.03.2025 kl. 07.30.00
   Virksomhet:          den som drifter tjenesten (bruker drift (uid 7) på serveren)
   Produkt:             kopi av hele registeret
   Utlevert:            ja, alt som registeret hadde om personen
   Rad i loggen:        6
` + ikkeVist + `- Om hjemmel, formål og navn var de samme da. De er hentet fra avtalene slik de er nå.
- Oppslag under 1 tidligere nummer som andre også har hatt: de kan gjelde andre.
`

const ikkeVist = `
HVA RAPPORTEN IKKE VISER

- Hvilke opplysninger som stod i svaret. Det følger av produktet, av hva virksomheten har rett til å
  se, og av registeret slik det var da.
- Hvem hos virksomheten som spurte, og hva den siden har gjort med opplysningene. Det må den svare for.
- Om det var personen det ble spurt om. I lister og søk kan personen ha vært en av mange.
- Søk på annet enn personens nummer, der personen ikke var med i svaret.
- Oppslag fra før loggen begynner. Rader slettes når lagringstiden er over.
- Oppslag i Aa-registeret utenom denne tjenesten.
- Om loggen er fullstendig og uendret. Det kontrolleres særskilt.
`

const tomRapport = `INNSYN I OPPSLAG I AA-REGISTERET

Rapporten viser hvem som har spurt om personen i denne tjenesten, og hvem som har fått svar der
personen er med (personvernforordningen artikkel 15).

Gjelder:  fødselsnummer eller d-nummer 129052*****
Periode:  fra 31.03.2025 kl. 00.00.00 til 01.04.2025 kl. 00.00.00
Laget:    22.04.2025 kl. 09.00.00
Oppslag:  0, hvorav 0 avvist

Det er ingen oppslag på personen i perioden.
` + ikkeVist + `- Virksomhetenes navn, hjemmel og formål, siden avtalene ikke var med da rapporten ble laget.
- Oppslag under andre nummer enn det oppgitte: personen er ikke i registeret nå.
`

func TestReportTellsThePersonWhoAskedAndWhatItDoesNotShow(t *testing.T) {
	m := newLoggmappe(t)
	for _, number := range []string{ulvNr, ulvFoer} { // whichever of the person's numbers is given
		got := m.mustRun(number, "innsyn", "--db", m.db, "--konsumenter", m.konsumenter, "--til", "2025-06")
		if diff := cmp.Diff(strings.Replace(innsynrapport, "128294", number[:6], 1), got); diff != "" {
			t.Errorf("the report (-want +got):\n%s", diff)
		}
	}
	got := m.mustRun(gaupeNr, "innsyn", "--db", m.db, "--fra", "2025-03-31", "--til", "2025-03-31")
	if diff := cmp.Diff(tomRapport, got); diff != "" {
		t.Errorf("the report of a person whom nobody has asked for (-want +got):\n%s", diff)
	}
}

// TestReportIsNotMadeOfAnotherPersonsLookUps: a number that is nobody's, or that several have had, has no report.
func TestReportIsNotMadeOfAnotherPersonsLookUps(t *testing.T) {
	m := newLoggmappe(t)
	for _, c := range []struct{ typed, says string }{
		{delt, "several persons"}, {ulvNr[:10] + "5", "check digits"}, {ulvNr[:10], "11 digits"}, {"", "11 digits"}, {ulvNr + "0", "11 digits"},
	} {
		out, _, err := m.run(c.typed, "innsyn", "--db", m.db)
		if out != "" || !strings.Contains(text(err), c.says) {
			t.Errorf("want an error with %q, got %q and a report of %d bytes", c.says, text(err), len(out))
		}
	}
	if rows := m.own(""); len(rows) > 0 {
		t.Errorf("%d rows tell of reports that were not made", len(rows))
	}
}

// TestReportHasWordsForEveryOutcome: the statuskoder of the field table, and every fault, which the test double can give.
func TestReportHasWordsForEveryOutcome(t *testing.T) {
	outcomes := map[string]bool{}
	for _, r := range felt.Table() {
		if r.Tag == "statuskode" {
			for _, kode := range r.Kodeliste() {
				outcomes[kode] = true
			}
		}
	}
	for _, r := range testdobbel.Tabell() {
		outcomes[r.Kode] = true
	}
	outcomes["503"] = true // below SOAP
	for kode := range outcomes {
		if utfallTekst[kode] == "" {
			t.Errorf("no words for %s", kode)
		}
	}
	if len(outcomes) != len(utfallTekst) || !outcomes["komplett"] || !outcomes["ikkeTilgang"] {
		t.Errorf("words for %d outcomes, there are %d", len(utfallTekst), len(outcomes))
	}
}

// TestReportSaysWhetherAnythingWentOut: of each kind of row, and never no when there were records in the answer.
func TestReportSaysWhetherAnythingWentOut(t *testing.T) {
	for _, c := range []struct {
		rad  logg.Rad
		want string
	}{
		{logg.Rad{Slag: logg.Svar, Utfall: "komplett", Antall: 0}, "ja, poster i svaret: 0"},
		{logg.Rad{Slag: logg.Svar, Utfall: "trunkert", Antall: 1000}, "ja, poster i svaret: 1000"},
		{logg.Rad{Slag: logg.Svar, Utfall: "fortrolig"}, "ja, i alle fall det svaret sa; poster i svaret: 0"},
		{logg.Rad{Slag: logg.Svar, Utfall: "strengt_fortrolig", Antall: 2}, "ja, i alle fall det svaret sa; poster i svaret: 2"},
		{logg.Rad{Slag: logg.Svar, Utfall: "ingen"}, "nei"},
		{logg.Rad{Slag: logg.Svar, Utfall: "feilIBackOffice"}, "nei"},
		{logg.Rad{Slag: logg.Svar, Utfall: "et nytt utfall", Antall: 1}, "ja, poster i svaret: 1"},
		{logg.Rad{Slag: logg.Svar, Utfall: "forMangeForespoersler", Avslag: true}, "nei, spørsmålet ble avvist"},
		{logg.Rad{Slag: logg.Uttrekk, Utfall: "komplett", Antall: 5}, "ja, poster i svaret: 5"},
		{logg.Rad{Slag: logg.Eksport, Utfall: "komplett", Antall: 5}, "ja, alt som registeret hadde om personen"},
		{logg.Rad{Slag: logg.Innsyn, Utfall: "komplett", Antall: 5}, "hvem som har spurt om personen"},
	} {
		if got := utlevert(&c.rad); got != c.want {
			t.Errorf("%s %s, %d records: %q, want %q", c.rad.Slag, c.rad.Utfall, c.rad.Antall, got, c.want)
		}
	}
}

func TestReportNamesProductsByTheirTitle(t *testing.T) {
	for _, o := range felt.Operations() {
		r := rader()[0]
		r.Produkt = o.Navn
		if got, want := produkt(&r), o.Tittel+" ("+o.Navn+")"; got != want {
			t.Errorf("%s is called %s", o.Navn, got)
		}
	}
	if !slices.ContainsFunc(felt.Operations(), func(o felt.Operasjon) bool { return o.Tittel == "Antall arbeidstakere" }) {
		t.Error("the specification's titles are not those")
	}
}

// TestLaterPageOfAnAnswerIsNotAllOfIt: what the report says of an answer that was shown page by page.
func TestLaterPageOfAnAnswerIsNotAllOfIt(t *testing.T) {
	rad := &logg.Rad{Slag: logg.Svar, Utfall: "komplett", Parametre: []logg.Parameter{{Tag: "kanal", Verdi: "web-oppslag"}}}
	whole := svarTekst(rad)
	rad.Parametre = append(rad.Parametre, logg.Parameter{Tag: "hopp", Verdi: "50"})
	if later := svarTekst(rad); whole != utfallTekst["komplett"] || later != "resten av et svar som ble vist side for side" {
		t.Errorf("%q, and %q", whole, later)
	}
}
