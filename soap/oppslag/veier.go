package oppslag

// vei is a way on: a button that asks a product about a number.
type vei struct{ Operasjon, Felt, Verdi, Tekst string }

// veier says which leaves of answers lead where, the most usual way first. A number is never in an address: each way is a
// button that posts it.
var veier = []struct{ tag, operasjon, felt, tekst string }{
	{"orgnr", "hentArbeidsgiver", "arbeidsgiverId", "Vis arbeidsgiver"},
	{"orgnr", "hentAntallArbeidstakere", "orgnr", "Antall arbeidstakere"},
	{"arbeidsgiverId", "hentArbeidsgiver", "arbeidsgiverId", "Vis arbeidsgiver"},
	{"arbeidsgiverId", "hentAntallArbeidstakere", "orgnr", "Antall arbeidstakere"},
	{"orgnrHovedenhet", "hentArbeidsgiver", "arbeidsgiverId", "Vis hovedenhet"},
	{"foedselsnr", "hentArbeidstaker", "foedselsnr", "Vis arbeidstaker"},
	{"arbeidstakerId", "hentArbeidstaker", "foedselsnr", "Vis arbeidstaker"},
	{"arbeidsforholdId", "hentArbeidsforhold", "arbeidsforholdId", "Vis arbeidsforhold"},
}

// veierFra are the ways from a leaf of a product's answer, but for those that lead to the answer itself, and those that
// who looks may not go.
func veierFra(l leser, sti, tag, value string) (ways []vei) {
	for _, v := range veier {
		here := v.operasjon == l.produkt.Navn && (sti == "orgnr" || sti == "foedselsnr" || v.operasjon == "hentArbeidsforhold")
		if v.tag == tag && !here && l.kan(v.operasjon) {
			ways = append(ways, vei{v.operasjon, v.felt, value, v.tekst})
		}
	}
	return ways
}
