package products

import "aareg/store"

// arbeidsforholdfelter are what an arbeidsforhold says once.
var arbeidsforholdfelter = []Uttrekksfelt{
	{"ArbeidsforholdID i registeret", "arbeidsforholdId", Tekst, forhold + "arbeidsforholdId", true,
		func(a *store.HentetArbeidsforhold, _ int) string { return nummerTekst(a.ArbeidsforholdId) }},
	{"ArbeidsforholdID", "id", Tekst, forhold + "agArbeidsforholdId", false,
		func(a *store.HentetArbeidsforhold, _ int) string { return a.ID }},
	{"Arbeidsforholdtype", "type.kode", Tekst, forhold + "arbeidsforholdstype", false,
		func(a *store.HentetArbeidsforhold, _ int) string { return a.Type.Kode }},
	{"Arbeidsforholdtype", "type.beskrivelse", Tekst, forhold + "arbeidsforholdstype", false,
		func(a *store.HentetArbeidsforhold, _ int) string { return arbeidsforholdstyper.Tekst(a.Type) }},
	{"Arbeidstaker eller frilanser", "arbeidstaker.ident", Tekst, forhold + "Arbeidstaker/arbeidstakerId", true,
		func(a *store.HentetArbeidsforhold, _ int) string { return a.Arbeidstaker.Nummer }},
	{"Arbeidssted", "arbeidssted.type", Tekst, forhold + "arbeidsgiver/arbeidsgiverId", false,
		func(a *store.HentetArbeidsforhold, _ int) string { return a.Arbeidsforhold.Arbeidssted.Type }},
	{"Arbeidssted", "arbeidssted.ident", Tekst, forhold + "arbeidsgiver/arbeidsgiverId", true,
		func(a *store.HentetArbeidsforhold, _ int) string { return a.Arbeidsgiver.Nummer }},
	{"Opplysningspliktig", "opplysningspliktig.type", Tekst, forhold + "opplysningspliktig/orgnr", false,
		func(a *store.HentetArbeidsforhold, _ int) string { return a.Arbeidsforhold.Opplysningspliktig.Type }},
	{"Opplysningspliktig", "opplysningspliktig.ident", Tekst, forhold + "opplysningspliktig/orgnr", true,
		func(a *store.HentetArbeidsforhold, _ int) string { return a.Opplysningspliktig.Nummer }},
	{"Startdato for arbeidsforholdet", "ansettelsesperiode.startdato", Dato, forhold + "begyntdato", false,
		func(a *store.HentetArbeidsforhold, _ int) string { return a.Ansettelsesperiode.Startdato.String() }},
	{"Sluttdato for arbeidsforholdet", "ansettelsesperiode.sluttdato", Dato, forhold + "sluttetdato", false,
		func(a *store.HentetArbeidsforhold, _ int) string { return a.Ansettelsesperiode.Sluttdato.String() }},
	{"Sluttårsak", "ansettelsesperiode.sluttaarsak.kode", Tekst, egne + "ansettelsesperiode/sluttaarsak", false,
		func(a *store.HentetArbeidsforhold, _ int) string { return a.Ansettelsesperiode.Sluttaarsak.Kode }},
	{"Sluttårsak", "ansettelsesperiode.sluttaarsak.beskrivelse", Tekst, egne + "ansettelsesperiode/sluttaarsak", false,
		func(a *store.HentetArbeidsforhold, _ int) string {
			return sluttaarsaker.Tekst(a.Ansettelsesperiode.Sluttaarsak)
		}},
	{"Varsel", "ansettelsesperiode.varsling.kode", Tekst, egne + "ansettelsesperiode/varsling", false,
		func(a *store.HentetArbeidsforhold, _ int) string { return a.Ansettelsesperiode.Varsling.Kode }},
	{"Varsel", "ansettelsesperiode.varsling.beskrivelse", Tekst, egne + "ansettelsesperiode/varsling", false,
		func(a *store.HentetArbeidsforhold, _ int) string {
			return varslinger.Tekst(a.Ansettelsesperiode.Varsling)
		}},
	{"Rapporteringsordning", "rapporteringsordning.kode", Tekst, forhold + "arbeidsforholdInnrapportertEtterAOrdningen", false,
		func(a *store.HentetArbeidsforhold, _ int) string { return a.Rapporteringsordning.Kode }},
	{"Rapporteringsordning", "rapporteringsordning.beskrivelse", Tekst, forhold + "arbeidsforholdInnrapportertEtterAOrdningen", false,
		func(a *store.HentetArbeidsforhold, _ int) string {
			return rapporteringsordninger.Tekst(a.Rapporteringsordning)
		}},
	{"Dato opprettet", "opprettet", Tidspunkt, forhold + "registrertFoersteGang", false,
		func(a *store.HentetArbeidsforhold, _ int) string { return string(a.Opprettet) }},
	{"Dato sist bekreftet", "sistBekreftet", Tidspunkt, forhold + "datoSistBekreftet", false,
		func(a *store.HentetArbeidsforhold, _ int) string { return string(a.SistBekreftet) }},
	{"Dato sist endret", "sistEndret", Tidspunkt, forhold + "datoSistFunksjoneltOppdatert", false,
		func(a *store.HentetArbeidsforhold, _ int) string { return string(a.SistEndret) }},
}
