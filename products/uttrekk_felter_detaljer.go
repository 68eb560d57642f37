package products

import "aareg/store"

// detaljfelter are what an agreement says. Its months of reporting are the extract's own: the products show the days that they come to.
var detaljfelter = []Uttrekksfelt{
	{"Type ansettelsesdetaljer", "ansettelsesdetaljer.type", Tekst, egne + "ansettelsesdetaljer/type", false,
		func(a *store.HentetArbeidsforhold, i int) string { return a.Ansettelsesdetaljer[i].Type }},
	{"Arbeidstidsordning", "ansettelsesdetaljer.arbeidstidsordning.kode", Tekst, avtale + "arbeidstidsordning", false,
		func(a *store.HentetArbeidsforhold, i int) string {
			return a.Ansettelsesdetaljer[i].Arbeidstidsordning.Kode
		}},
	{"Arbeidstidsordning", "ansettelsesdetaljer.arbeidstidsordning.beskrivelse", Tekst, avtale + "arbeidstidsordning", false,
		func(a *store.HentetArbeidsforhold, i int) string {
			return arbeidstidsordninger.Tekst(a.Ansettelsesdetaljer[i].Arbeidstidsordning)
		}},
	{"Ansettelsesform", "ansettelsesdetaljer.ansettelsesform.kode", Tekst, egne + "ansettelsesdetaljer/ansettelsesform", false,
		func(a *store.HentetArbeidsforhold, i int) string {
			return a.Ansettelsesdetaljer[i].Ansettelsesform.Kode
		}},
	{"Ansettelsesform", "ansettelsesdetaljer.ansettelsesform.beskrivelse", Tekst, egne + "ansettelsesdetaljer/ansettelsesform", false,
		func(a *store.HentetArbeidsforhold, i int) string {
			return ansettelsesformer.Tekst(a.Ansettelsesdetaljer[i].Ansettelsesform)
		}},
	{"Yrkesbeskrivelse", "ansettelsesdetaljer.yrke.kode", Tekst, avtale + "yrkeskode", false,
		func(a *store.HentetArbeidsforhold, i int) string { return a.Ansettelsesdetaljer[i].Yrke.Kode }},
	{"Yrkesbeskrivelse", "ansettelsesdetaljer.yrke.beskrivelse", Tekst, avtale + "yrkestittel", false,
		func(a *store.HentetArbeidsforhold, i int) string { return yrker.Tekst(a.Ansettelsesdetaljer[i].Yrke) }},
	{"Antall timer pr uke som en full stilling tilsvarer", "ansettelsesdetaljer.antallTimerPrUke", Numerisk, avtale + "timerIFullStilling", false,
		func(a *store.HentetArbeidsforhold, i int) string {
			return string(a.Ansettelsesdetaljer[i].TimerIFullStilling())
		}},
	{"Avtalt stillingsprosent", "ansettelsesdetaljer.avtaltStillingsprosent", Numerisk, avtale + "stillingsprosent", false,
		func(a *store.HentetArbeidsforhold, i int) string {
			return string(a.Ansettelsesdetaljer[i].AvtaltStillingsprosent)
		}},
	{"Dato for endring av stillingsprosent", "ansettelsesdetaljer.sisteStillingsprosentendring", Dato, avtale + "endringsdatoStillingsprosent", false,
		func(a *store.HentetArbeidsforhold, i int) string {
			return a.Ansettelsesdetaljer[i].SisteStillingsprosentendring.String()
		}},
	{"Dato for siste lønnsendring", "ansettelsesdetaljer.sisteLoennsendring", Dato, avtale + "sisteLoennsendringsdato", false,
		func(a *store.HentetArbeidsforhold, i int) string {
			return a.Ansettelsesdetaljer[i].SisteLoennsendring.String()
		}},
	{"Skipsregister", "ansettelsesdetaljer.skipsregister.kode", Tekst, avtale + "skipsregister", false,
		func(a *store.HentetArbeidsforhold, i int) string { return a.Ansettelsesdetaljer[i].Skipsregister.Kode }},
	{"Skipsregister", "ansettelsesdetaljer.skipsregister.beskrivelse", Tekst, avtale + "skipsregister", false,
		func(a *store.HentetArbeidsforhold, i int) string {
			return skipsregistre.Tekst(a.Ansettelsesdetaljer[i].Skipsregister)
		}},
	{"Fartøystype", "ansettelsesdetaljer.fartoeystype.kode", Tekst, avtale + "skipstype", false,
		func(a *store.HentetArbeidsforhold, i int) string { return a.Ansettelsesdetaljer[i].Fartoeystype.Kode }},
	{"Fartøystype", "ansettelsesdetaljer.fartoeystype.beskrivelse", Tekst, avtale + "skipstype", false,
		func(a *store.HentetArbeidsforhold, i int) string {
			return skipstyper.Tekst(a.Ansettelsesdetaljer[i].Fartoeystype)
		}},
	{"Fartsområde", "ansettelsesdetaljer.fartsomraade.kode", Tekst, avtale + "fartsomraade", false,
		func(a *store.HentetArbeidsforhold, i int) string { return a.Ansettelsesdetaljer[i].Fartsomraade.Kode }},
	{"Fartsområde", "ansettelsesdetaljer.fartsomraade.beskrivelse", Tekst, avtale + "fartsomraade", false,
		func(a *store.HentetArbeidsforhold, i int) string {
			return fartsomraader.Tekst(a.Ansettelsesdetaljer[i].Fartsomraade)
		}},
	{"Startmåned for rapportering", "ansettelsesdetaljer.rapporteringsmaaneder.fra", Maaned, egne + "ansettelsesdetaljer/rapporteringsmaaneder/fra", false,
		func(a *store.HentetArbeidsforhold, i int) string {
			return maaned(rapportert(&a.Ansettelsesdetaljer[i]).Fra)
		}},
	{"Sluttmåned for rapportering", "ansettelsesdetaljer.rapporteringsmaaneder.til", Maaned, egne + "ansettelsesdetaljer/rapporteringsmaaneder/til", false,
		func(a *store.HentetArbeidsforhold, i int) string {
			return maaned(rapportert(&a.Ansettelsesdetaljer[i]).Til)
		}},
}

// rapportert are the months that an agreement was reported for; where its source has days, those that the days are in.
func rapportert(d *store.Ansettelsesdetaljer) store.Rapporteringsmaaneder {
	if d.Rapporteringsmaaneder != (store.Rapporteringsmaaneder{}) {
		return d.Rapporteringsmaaneder
	}
	return store.Rapporteringsmaaneder{Fra: store.Maaned(d.Gyldighetsperiode.Fom / 100), Til: store.Maaned(d.Gyldighetsperiode.Tom / 100)}
}
