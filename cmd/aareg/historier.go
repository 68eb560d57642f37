package main

import "aareg/soap/oppslag"

// demohistorier are what the front page of the look-up page offers: questions about the demo register that show each
// product, each outcome that it can have there, and each picture.
var demohistorier = []oppslag.Historie{
	{Navn: "En sykepleier som også underviser", Om: "To arbeidsgivere i tidslinjen, og veier videre til begge.",
		Operasjon: "hentArbeidstaker", Felter: spurt{"foedselsnr": exampleArbeidstaker}, Statuskode: "komplett"},
	{Navn: "To permisjoner", Om: "Et arbeidsforhold der tidslinjen viser fraværet.",
		Operasjon: "hentArbeidstaker", Felter: spurt{"foedselsnr": "06868749618"}, Statuskode: "komplett"},
	{Navn: "Et tidligere nummer", Om: "Spør med et gammelt D-nummer, og få personen med nummeret som gjelder i dag.",
		Operasjon: "hentArbeidstaker", Felter: spurt{"foedselsnr": "70909049871"}, Statuskode: "komplett"},
	{Navn: "Et nummer som to har hatt", Om: "Registeret gjetter ikke hvem av dem det gjelder.",
		Operasjon: "hentArbeidstaker", Felter: spurt{"foedselsnr": "41867649768"}, Statuskode: "ikke_entydig"},
	{Navn: "En fortrolig adresse", Om: "Bare graderingen blir vist.",
		Operasjon: "hentArbeidstaker", Felter: spurt{"foedselsnr": "24847449892"}, Statuskode: "fortrolig"},
	{Navn: "En strengt fortrolig adresse", Om: "Bare graderingen blir vist.",
		Operasjon: "hentArbeidstaker", Felter: spurt{"foedselsnr": "09818949798"}, Statuskode: "strengt_fortrolig"},
	{Navn: "En kommune i tre nivåer", Om: "Treet av enheter, fra kommunen og nedover.",
		Operasjon: "hentArbeidsgiver", Felter: spurt{"arbeidsgiverId": "210000011"}, Statuskode: "komplett"},
	{Navn: "En butikk som skiftet eier", Om: "Bemanningen over tid, før og etter virksomhetsoverdragelsen.",
		Operasjon: "hentArbeidsgiver", Felter: spurt{"arbeidsgiverId": "210001328"}, Statuskode: "komplett"},
	{Navn: "En som ansetter hjemme", Om: "En personlig arbeidsgiver har kjønn og alder, men ingen adresse.",
		Operasjon: "hentArbeidsgiver", Felter: spurt{"arbeidsgiverId": "14846249851"}, Statuskode: "komplett"},
	{Navn: "Frilansere i et idrettslag", Om: "Arbeidsforhold uten stillingsprosent.",
		Operasjon: "hentArbeidsgiver", Felter: spurt{"arbeidsgiverId": "210007113"}, Statuskode: "komplett"},
	{Navn: "Hvor mange arbeider i kommunen?", Om: "Den som arbeider to steder, teller én gang.",
		Operasjon: "hentAntallArbeidstakere", Felter: spurt{"orgnr": "210000011"}, Statuskode: "komplett"},
	{Navn: "Et nummer som ingen har", Om: "Spørsmålet er forstått, men ingenting passer.",
		Operasjon: "hentAntallArbeidstakere", Felter: spurt{"orgnr": "299999904"}, Statuskode: "ingen"},
	{Navn: "Virksomheter i Fjellvik", Om: "Søk på navn i én kommune, også etter opphørte enheter.",
		Operasjon: "hentTrefflisteArbeidsgiver", Felter: spurt{"orgnavn": "fjellvik", "kommunenr": "4699", "inkluderOpphoerte": "true", "fonetisk": "false"}, Statuskode: "komplett"},
	{Navn: "Personlige arbeidsgivere som heter Husby", Om: "Fonetisk søk på etternavn.",
		Operasjon: "hentTrefflisteArbeidsgiver", Felter: spurt{"skjema": "2", "etternavn": "Husby", "fonetisk": "true"}, Statuskode: "komplett"},
	{Navn: "Åsen, Aasen og Aas", Om: "Fonetisk søk finner navn som lyder likt.",
		Operasjon: "hentTrefflisteArbeidstaker", Felter: spurt{"etternavn": "Åsen", "fonetisk": "true"}, Statuskode: "komplett"},
	{Navn: "Fem av svært mange", Om: "Flere treff enn det ble spurt etter: listen er avkortet.",
		Operasjon: "hentTrefflisteArbeidstaker", Felter: spurt{"etternavn": "Mengdal", "fonetisk": "false", "maksAntall": "5"}, Statuskode: "trunkert"},
	{Navn: "En lønnsendring", Om: "To avtaler i det samme arbeidsforholdet, den nyeste først.",
		Operasjon: "hentArbeidsforhold", Felter: spurt{"arbeidsforholdId": "48000101"}, Statuskode: "komplett"},
	{Navn: "Til sjøs", Om: "Et maritimt arbeidsforhold med skipsregister, skipstype og fartsområde.",
		Operasjon: "hentArbeidsforhold", Felter: spurt{"arbeidsforholdId": "48000401"}, Statuskode: "komplett"},
	{Navn: "Timelønnet", Om: "Timene som ble meldt, måned for måned.",
		Operasjon: "hentArbeidsforhold", Felter: spurt{"arbeidsforholdId": "48000501"}, Statuskode: "komplett"},
	{Navn: "Arbeid i utlandet", Om: "Opphold i utlandet, det nyeste først.",
		Operasjon: "hentArbeidsforhold", Felter: spurt{"arbeidsforholdId": "48000504"}, Statuskode: "komplett"},
}

// spurt are the fields of a form, by tag.
type spurt = map[string]string

// historier are the stories of the register that is served: none, unless it is the demo register.
func (s *settings) historier() []oppslag.Historie {
	if s.db != "" {
		return nil
	}
	return demohistorier
}
