package kilder

import "slices"

// kjennemerke tells a shape by a record's own keys: it has all of alle, and one of en when there are any.
type kjennemerke struct {
	form *form
	alle []string
	en   []string
}

// kjennemerker are the shapes, those that could be taken for another before it.
var kjennemerker = []kjennemerke{
	{form: egenForm, en: []string{"register", "enhet", "gammelArbeidsgiver", "slett"}},
	{form: tenorForm, alle: []string{"kildedata"}},
	{form: kafkaForm, alle: []string{"endringstype", "arbeidsforhold"}},
	{form: oppdateringForm, alle: []string{"oppdateringsid", "organisasjonsnummer"}},
	{form: bolkForm, alle: []string{"ident", "person", "code"}},
	{form: egenForm, en: []string{"person"}},
	{form: pdlForm, en: []string{"hentPerson", "hentIdenter", "folkeregisteridentifikator"}},
	{form: fregForm, alle: []string{"identifikasjonsnummer"}},
	{form: oversiktForm, en: []string{"arbeidsforholdoversikter", "finnArbeidsforholdoversikterPrOpplysningspliktig", "ansattFom", "ansattFra",
		"ansattTil"}},
	{form: enhetForm, alle: []string{"organisasjonsnummer"}, en: []string{"navn", "organisasjonsform", "slettedato", "respons_klasse"}},
	{form: v1Form, en: []string{"arbeidsavtaler", "innrapportertEtterAOrdningen", "arbeidsforholdId", "permisjonPermitteringer", "registrert",
		"antallTimerForTimeloennet"}},
	{form: v2Form, en: []string{"navUuid", "navArbeidsforholdId"}, alle: []string{"ansettelsesperiode"}},
	{form: distForm, en: []string{"ansettelsesperiode", "arbeidssted"}},
	{form: egenForm, alle: []string{"arbeidsforhold"}},
}

// formOf is the shape of a record with these keys, nil when it is of none.
func formOf(keys []string) *form {
	has := func(key string) bool { return slices.Contains(keys, key) }
	for _, k := range kjennemerker {
		if (len(k.en) == 0 || slices.ContainsFunc(k.en, has)) && !slices.ContainsFunc(k.alle, func(key string) bool { return !has(key) }) {
			return k.form
		}
	}
	return nil
}
