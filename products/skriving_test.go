package products

import (
	"io"
	"testing"

	"aareg/store"
)

const idag store.Dato = 20250615

// etArbeidsforhold is a record as § 2.6 mostly has it: two agreements, hours, leaves and lay-offs, a stay abroad.
func etArbeidsforhold() *store.HentetArbeidsforhold {
	eldre := store.Ansettelsesdetaljer{Type: "Ordinaer",
		Arbeidstidsordning: store.Kodeverdi{Kode: "ikkeSkift"}, Avloenningstype: store.Kodeverdi{Kode: "fast"},
		Yrke: store.Kodeverdi{Kode: "3231109", Beskrivelse: "SYKEPLEIER"}, AntallTimerPrUke: "37.5", AvtaltStillingsprosent: "80.0",
		SisteLoennsendring: 20190501, SisteStillingsprosentendring: 20150101, Gyldighetsperiode: store.Periode{Fom: 20150101, Tom: 20191231}}
	nyere := eldre
	nyere.AvtaltStillingsprosent, nyere.SisteStillingsprosentendring, nyere.Gyldighetsperiode = "66.67", 20200101, store.Periode{Fom: 20200101}
	foreldre := store.Kodeverdi{Kode: "permisjonMedForeldrepenger", Beskrivelse: "Permisjon med foreldrepenger"}
	return &store.HentetArbeidsforhold{
		Arbeidstaker: store.Navngitt{Nummer: "01815012345", Navn: "Mengdal Moe Kåre"},
		Arbeidsgiver: store.Navngitt{Nummer: "210000011", Navn: "Sørli & Sønner avd. Åsen"}, Opplysningspliktig: store.Navngitt{Nummer: "310000012", Navn: "Sørli Gruppen"},
		Arbeidsforhold: store.Arbeidsforhold{
			ArbeidsforholdId: 40001234, ID: "SH-1234", Type: store.Kodeverdi{Kode: "ordinaertArbeidsforhold"},
			Ansettelsesperiode: store.Ansettelsesperiode{Startdato: 20150101}, Ansettelsesdetaljer: []store.Ansettelsesdetaljer{nyere, eldre},
			Permisjoner:          []store.Permisjon{{ID: "P-2", Type: foreldre, Startdato: 20210101, Sluttdato: 20211231, Prosent: "100.0"}},
			Permitteringer:       []store.Permisjon{{ID: "P-1", Type: store.Kodeverdi{Kode: "permittering"}, Startdato: 20180101, Sluttdato: 20180601, Prosent: "50.0"}},
			TimerMedTimeloenn:    []store.TimerMedTimeloenn{{Antall: "12.5", Startdato: 20190101, Sluttdato: 20190131, Rapporteringsmaaned: 201901}},
			Utenlandsopphold:     []store.Utenlandsopphold{{Land: store.Kodeverdi{Kode: "SE"}, Startdato: 20190301, Sluttdato: 20190331, Rapporteringsmaaned: 201903}},
			Rapporteringsordning: store.Kodeverdi{Kode: "A_ORDNINGEN"},
			Opprettet:            "2015-02-05T02:00:00", SistBekreftet: "2025-06-05T02:00:00", SistEndret: "2020-02-05T02:00:00",
		},
	}
}

// enListerad is the same arbeidsforhold in a list.
func enListerad() store.Listerad {
	a := etArbeidsforhold()
	rad := store.Listerad{ArbeidsforholdId: a.ArbeidsforholdId, ID: a.ID, Arbeidsgiver: a.Arbeidsgiver, Arbeidstaker: a.Arbeidstaker,
		Begynt: a.Ansettelsesperiode.Startdato, SistBekreftet: a.SistBekreftet.Dato(), Type: a.Type, AOrdningen: true, PermisjonOgPermittering: a.Permisjoner}
	d := &a.Ansettelsesdetaljer[0]
	rad.HarAvtale, rad.Avtale = true, store.Listeavtale{Yrke: d.Yrke, Stillingsprosent: d.AvtaltStillingsprosent, Periode: d.Gyldighetsperiode}
	return rad
}

var enAdresse = store.Adresse{Linjer: []string{"Storgata 1", "c/o Åsen", "4. etasje", "inngang B"}, Postnr: "4699", Poststed: "ØVREBYGD",
	Kommunenr: "4699", Kommune: "ØVREBYGD", Landkode: "NO", Land: "Norge"}

// skriving are the write parts of the six answers, with ready records.
func skriving() map[string]func(*Svar) {
	forhold, rad, giver := etArbeidsforhold(), enListerad(), []byte(nil)
	enhet := &store.Arbeidsgiver{Nummer: "210000011", Navn: "Sørli Gruppen", Forretningsadresse: enAdresse, Postadresse: enAdresse,
		Registrert: 19950219, Etablert: 19900101, Enhkode: "AS", EnhtypeBeskr: "Aksjeselskap"}
	privat := &store.Arbeidsgiver{Nummer: "01815012345", Navn: "Mengdal Moe Kåre", Person: true, Kjoenn: "M"}
	privat.Foedt = 19500101
	hovedenhet := &store.HentetArbeidsgiver{Arbeidsgiver: enhet, Arbeidstakere: true, Underenheter: []store.Underenhet{{Orgnr: "210000038",
		OrgnrHovedenhet: enhet.Nummer, Navn: "Sørli avd. Åsen", Forretningsadresse: enAdresse, Enhkode: "BEDR", EnhtypeBeskr: "Underenhet"}}}
	person := &store.Arbeidstaker{Foedselsnr: "01815012345", Navn: store.Navn{Etternavn: "Mengdal", Fornavn: "Kåre", Mellomnavn: "Moe"}, Kjoenn: "M",
		Arbeidsforhold: []store.Listerad{rad, rad}}
	person.Foedt = 19500101
	personer := []*store.Persontreff{{Foedselsnr: person.Foedselsnr, Navn: person.Navn, Kjoenn: "M", Historisk: true}}
	enheter := arbeidsgivertreff{enheter: []*store.Enhetstreff{{Orgnr: "210000038", Navn: "Sørli avd. Åsen", Forretningsadresse: enAdresse, Opphoersdato: 20240229}}}
	return map[string]func(*Svar){
		"hentAntallArbeidstakere":            func(s *Svar) { writeAntallArbeidstakere(s, idag, enhet, 40_000) },
		"hentAntallArbeidstakere, hjem":      func(s *Svar) { writeAntallArbeidstakere(s, idag, privat, 1) },
		"hentArbeidsgiver":                   func(s *Svar) { writeArbeidsgiverMedUnderenheter(s, idag, hovedenhet) },
		"hentArbeidsgiver, liste":            func(s *Svar) { writeArbeidsgiversRad(s, &rad, &giver) },
		"hentArbeidstaker":                   func(s *Svar) { writeArbeidstaker(s, idag, person) },
		"hentTrefflisteArbeidsgiver":         func(s *Svar) { writeArbeidsgivertreffliste(s, enheter, 1) },
		"hentTrefflisteArbeidsgiver, person": func(s *Svar) { writeArbeidsgivertreffliste(s, arbeidsgivertreff{personer: personer}, 1) },
		"hentTrefflisteArbeidstaker":         func(s *Svar) { writeArbeidstakertreffliste(s, idag, personer) },
		"hentArbeidsforhold":                 func(s *Svar) { writeArbeidsforhold(s, forhold) },
	}
}

// TestWritingAnAnswerAllocatesNothing holds for as many pieces as an answer has, in both dialects, and for a consumer
// with a tree.
func TestWritingAnAnswerAllocatesNothing(t *testing.T) {
	shows := map[string]*Felter{"everything": nil, "the numbers alone": tre("", Vises, tre("orgnr", Vises), tre("arbeidsforhold", Vises,
		tre("arbeidsforhold", Vises, tre("arbeidsforholdId", Vises), tre("Arbeidstaker", Vises, tre("efnavn", Toemmes)))))}
	for product, write := range skriving() {
		for which, tree := range shows {
			for _, dialekt2015 := range []bool{false, true} {
				s := NewSvar(io.Discard, head)
				if dialekt2015 {
					s.Dialekt2015()
				}
				s.Begrens(tree)
				s.Status(Komplett)
				if n := testing.AllocsPerRun(100, func() { write(s) }); n != 0 {
					t.Errorf("%s, %s, 2015 %v: %v allocations", product, which, dialekt2015, n)
				}
				s.Release()
			}
		}
	}
}
