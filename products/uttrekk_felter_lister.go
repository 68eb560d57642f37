package products

import "aareg/store"

// permisjonsfelter are a leave, or a lay-off, of one of the two lists; the names are what Nav's list calls them.
func permisjonsfelter(liste, idNavn, ord, bestemt string, av func(*store.HentetArbeidsforhold, int) *store.Permisjon) []Uttrekksfelt {
	return []Uttrekksfelt{
		{idNavn, liste + ".id", Tekst, fravaer + "permisjonsId", false,
			func(a *store.HentetArbeidsforhold, i int) string { return av(a, i).ID }},
		{"Startdato for " + bestemt, liste + ".startdato", Dato, fravaer + "periode/fom", false,
			func(a *store.HentetArbeidsforhold, i int) string { return av(a, i).Startdato.String() }},
		{"Sluttdato for " + bestemt, liste + ".sluttdato", Dato, fravaer + "periode/tom", false,
			func(a *store.HentetArbeidsforhold, i int) string { return av(a, i).Sluttdato.String() }},
		{ord + "sprosent", liste + ".prosent", Numerisk, fravaer + "permisjonsprosent", false,
			func(a *store.HentetArbeidsforhold, i int) string { return string(av(a, i).Prosent) }},
		{ord + "stype", liste + ".type.kode", Tekst, fravaer + "permisjonOgPermittering", false,
			func(a *store.HentetArbeidsforhold, i int) string { return av(a, i).Type.Kode }},
		{ord + "stype", liste + ".type.beskrivelse", Tekst, fravaer + "permisjonOgPermittering", false,
			func(a *store.HentetArbeidsforhold, i int) string { return permisjonstyper.Tekst(av(a, i).Type) }},
		{ord + " varsel", liste + ".varsling.kode", Tekst, egne + liste + "/varsling", false,
			func(a *store.HentetArbeidsforhold, i int) string { return av(a, i).Varsling.Kode }},
		{ord + " varsel", liste + ".varsling.beskrivelse", Tekst, egne + liste + "/varsling", false,
			func(a *store.HentetArbeidsforhold, i int) string { return varslinger.Tekst(av(a, i).Varsling) }},
	}
}

// timerfelter are hours with hourly pay.
var timerfelter = []Uttrekksfelt{
	{"Antall timer", "timerMedTimeloenn.antall", Numerisk, timer + "antallTimer", false,
		func(a *store.HentetArbeidsforhold, i int) string { return string(a.TimerMedTimeloenn[i].Antall) }},
	{"Startdato", "timerMedTimeloenn.startdato", Dato, timer + "periode/fom", false,
		func(a *store.HentetArbeidsforhold, i int) string { return a.TimerMedTimeloenn[i].Startdato.String() }},
	{"Sluttdato", "timerMedTimeloenn.sluttdato", Dato, timer + "periode/tom", false,
		func(a *store.HentetArbeidsforhold, i int) string { return a.TimerMedTimeloenn[i].Sluttdato.String() }},
	{"Rapporteringsmåned", "timerMedTimeloenn.rapporteringsmaaned", Maaned, timer + "rapporteringsperiode", false,
		func(a *store.HentetArbeidsforhold, i int) string {
			return maaned(a.TimerMedTimeloenn[i].Rapporteringsmaaned)
		}},
}

// utenlandsfelter are stays abroad.
var utenlandsfelter = []Uttrekksfelt{
	{"Landkode", "utenlandsopphold.land.kode", Tekst, utland + "land", false,
		func(a *store.HentetArbeidsforhold, i int) string { return a.Utenlandsopphold[i].Land.Kode }},
	{"Landkode", "utenlandsopphold.land.beskrivelse", Tekst, utland + "land", false,
		func(a *store.HentetArbeidsforhold, i int) string { return land.Tekst(a.Utenlandsopphold[i].Land) }},
	{"Startdato", "utenlandsopphold.startdato", Dato, utland + "periode/fom", false,
		func(a *store.HentetArbeidsforhold, i int) string { return a.Utenlandsopphold[i].Startdato.String() }},
	{"Sluttdato", "utenlandsopphold.sluttdato", Dato, utland + "periode/tom", false,
		func(a *store.HentetArbeidsforhold, i int) string { return a.Utenlandsopphold[i].Sluttdato.String() }},
	{"Rapporteringsmåned", "utenlandsopphold.rapporteringsmaaned", Maaned, utland + "rapporteringsperiode", false,
		func(a *store.HentetArbeidsforhold, i int) string {
			return maaned(a.Utenlandsopphold[i].Rapporteringsmaaned)
		}},
}

// historikkfelter are ids that the arbeidsforhold had before.
var historikkfelter = []Uttrekksfelt{
	{"Tidligere ID for arbeidsforholdet", "idHistorikk.id", Tekst, egne + "idHistorikk/id", false,
		func(a *store.HentetArbeidsforhold, i int) string { return a.IdHistorikk[i].ID }},
}

// varselfelter are what the register has marked.
var varselfelter = []Uttrekksfelt{
	{"Varseltilhørighet", "varsler.entitet", Tekst, egne + "varsler/entitet", false,
		func(a *store.HentetArbeidsforhold, i int) string { return a.Varsler[i].Entitet }},
	{"Varsel", "varsler.varsling.kode", Tekst, egne + "varsler/varsling", false,
		func(a *store.HentetArbeidsforhold, i int) string { return a.Varsler[i].Varsling.Kode }},
	{"Varsel", "varsler.varsling.beskrivelse", Tekst, egne + "varsler/varsling", false,
		func(a *store.HentetArbeidsforhold, i int) string { return varslinger.Tekst(a.Varsler[i].Varsling) }},
}
