package tilgang

import "aareg/wsdl/felt"

// oppgir says which rows of answers an element of a question tells about: who may search or filter by it could learn
// their values by asking often enough, so each of them must be inside the field profile. The rows are as Rettigheter
// name them. Elements that only say how many, in which way, or whose number the asker has already, tell about none. So
// does inkluderOpphoerte: without it there is no search for organisations at all, and it is not about persons.
// A birth date tells of alder, and of the identity number, which begins with it.
var oppgir = map[string]map[string][]string{
	"hentAntallArbeidstakere": {"orgnr": nil}, // § 2.1
	"hentArbeidsgiver": { // § 2.2
		"arbeidsgiverId":       nil,
		"statusArbeidsforhold": {arbeidsgiversForhold + "begyntdato", arbeidsgiversForhold + "sluttetdato"},
		"lovgivning":           {arbeidsgiversForhold + "arbeidsforholdInnrapportertEtterAOrdningen"},
		"datofra":              {arbeidsgiversForhold + "begyntdato", arbeidsgiversForhold + "sluttetdato"},
		"datotil":              {arbeidsgiversForhold + "begyntdato", arbeidsgiversForhold + "sluttetdato"},
	},
	"hentArbeidstaker": { // § 2.3
		"foedselsnr":           nil,
		"statusArbeidsforhold": {arbeidstakersForhold + "begyntdato", arbeidstakersForhold + "sluttetdato"},
		"lovgivning":           {arbeidstakersForhold + "arbeidsforholdInnrapportertEtterAOrdningen"},
	},
	"hentTrefflisteArbeidsgiver": { // § 2.4; its answer has no sex and no age of persons, that of § 2.2 has
		"orgnavn":           {arbeidsgivertreff + "navn"},
		"kommunenr":         {arbeidsgivertreff + "kontorkommunenr"},
		"postnr":            {arbeidsgivertreff + "fpostnr"},
		"fylkenr":           {arbeidsgivertreff + "kontorkommunenr"},
		"inkluderOpphoerte": nil,
		"etternavn":         {arbeidsgivertreff + "navn"},
		"fornavn":           {arbeidsgivertreff + "navn"},
		"mellomnavn":        {arbeidsgivertreff + "navn"},
		"fdato":             {"hentArbeidsgiver/alder", arbeidsgivertreff + "orgnr"},
		"faarfra":           {"hentArbeidsgiver/alder", arbeidsgivertreff + "orgnr"},
		"faartil":           {"hentArbeidsgiver/alder", arbeidsgivertreff + "orgnr"},
		"alderfra":          {"hentArbeidsgiver/alder"},
		"aldertil":          {"hentArbeidsgiver/alder"},
		"kjoenn":            {"hentArbeidsgiver/kjoenn"},
		"fonetisk":          nil,
	},
	"hentTrefflisteArbeidstaker": { // § 2.5
		"etternavn":  {arbeidstakertreff + "etternavn"},
		"fornavn":    {arbeidstakertreff + "fornavn"},
		"mellomnavn": {arbeidstakertreff + "mellomnavn"},
		"fonetisk":   nil,
		"fdato":      {arbeidstakertreff + "alder", arbeidstakertreff + "foedselsnr"},
		"faarfra":    {arbeidstakertreff + "alder", arbeidstakertreff + "foedselsnr"},
		"faartil":    {arbeidstakertreff + "alder", arbeidstakertreff + "foedselsnr"},
		"alderfra":   {arbeidstakertreff + "alder"},
		"aldertil":   {arbeidstakertreff + "alder"},
		"kjoenn":     {arbeidstakertreff + "kjoenn"},
		"maksAntall": nil,
	},
	"hentArbeidsforhold": {"arbeidsforholdId": nil}, // § 2.6
}

const (
	arbeidsgiversForhold = "hentArbeidsgiver/arbeidsforholdListe/arbeidsforhold/"
	arbeidstakersForhold = "hentArbeidstaker/arbeidsforholdListe/arbeidsforhold/"
	arbeidsgivertreff    = "hentTrefflisteArbeidsgiver/arbeidsgiver/"
	arbeidstakertreff    = "hentTrefflisteArbeidstaker/arbeidstakere/arbeidstaker/"
)

// asks says whether everything that an element of a question tells about is inside the profile; an element that nothing
// is known of is not.
func (p *profil) asks(operation, tag string) bool {
	rows, known := oppgir[operation][tag]
	for _, row := range rows {
		known = known && p.inside[row]
	}
	return known
}

// rowName is what Rettigheter call a row of an answer.
func rowName(r felt.Rad) string { return r.Operasjon + "/" + r.Sti }
