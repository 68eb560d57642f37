package tilgang

import "slices"

// bemanningsrader are the rows of the field table that a headcount is made of: whose each arbeidsforhold is, and its first
// and last day.
var bemanningsrader = []string{
	"hentArbeidsgiver/arbeidsforholdListe/arbeidsforhold/arbeidstaker/arbeidstakerId",
	"hentArbeidsgiver/arbeidsforholdListe/arbeidsforhold/begyntdato",
	"hentArbeidsgiver/arbeidsforholdListe/arbeidsforhold/sluttetdato",
}

// Bemanning says whether the consumer may see an employer's headcount over time (products.Bemanning), by these elements of
// a question: whoever may ask § 2.2 may, and sees what it is made of. It is no question of its own for the quotas: it goes
// with one, and tells of nobody.
func (i *Innlogget) Bemanning(tags []string) bool {
	const produkt = "hentArbeidsgiver"
	hidden := func(rad string) bool { return !i.rett.profil.inside[rad] }
	unasked := func(tag string) bool { return !i.rett.profil.asks(produkt, tag) }
	return i.Form() == nil && slices.Contains(i.Konsument.Rettigheter.Produkter, produkt) &&
		!slices.ContainsFunc(bemanningsrader, hidden) && !slices.ContainsFunc(tags, unasked)
}
