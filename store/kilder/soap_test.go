package kilder

import (
	"bytes"
	"encoding/xml"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aareg/store"
)

func TestEveryElementOfAReplyHasItsPlace(t *testing.T) {
	got := lesFraFil(t, "testdata/soap/full.xml").poster
	want := []Post{{Arbeidsforhold: &store.Arbeidsforhold{
		ArbeidsforholdId:   48000777,
		ID:                 "00000009692000000001",
		Type:               store.Kodeverdi{Kode: "maritimtArbeidsforhold", Beskrivelse: "Maritimt arbeidsforhold"},
		Arbeidstaker:       store.Part{Type: "Person", Ident: "05857010142"},
		Arbeidssted:        store.Part{Type: "Underenhet", Ident: "219900120"},
		Opplysningspliktig: store.Part{Type: "Hovedenhet", Ident: "219900104"},
		Ansettelsesperiode: store.Ansettelsesperiode{Startdato: 20150919, Sluttdato: 20171130},
		Ansettelsesdetaljer: []store.Ansettelsesdetaljer{
			{
				Type:                         "Maritim",
				Arbeidstidsordning:           store.Kodeverdi{Kode: "ikkeSkift", Beskrivelse: "Ikke skift"},
				Avloenningstype:              store.Kodeverdi{Kode: "time", Beskrivelse: "<Fant ingen gyldig term for kode: time>"},
				Yrke:                         store.Kodeverdi{Kode: "8340101", Beskrivelse: "MATROS"},
				AvtaltArbeidstimerPerUke:     "37.5",
				AvtaltStillingsprosent:       "0.0",
				BeregnetAntallTimerPrUke:     "36.25",
				AntallTimerGammeltAa:         "30.0",
				SisteStillingsprosentendring: 20171203,
				SisteLoennsendring:           20171202,
				Gyldighetsperiode:            store.Periode{Fom: 20171201},
				Fartsomraade:                 store.Kodeverdi{Kode: "utenriks", Beskrivelse: "Utenriks"},
				Skipsregister:                store.Kodeverdi{Kode: "nis", Beskrivelse: "Norsk Internasjonalt Skipsregister"},
				Fartoeystype:                 store.Kodeverdi{Kode: "annet", Beskrivelse: "Annet"},
			},
			{
				Arbeidstidsordning:       store.Kodeverdi{Kode: "skift365", Beskrivelse: "Skiftarbeid (36,5 t/u)"},
				Yrke:                     store.Kodeverdi{Kode: "8340102", Beskrivelse: "LETTMATROS"},
				BeregnetAntallTimerPrUke: "20.0",
				Gyldighetsperiode:        store.Periode{Fom: 20150919, Tom: 20171130},
			},
		},
		Permisjoner: []store.Permisjon{{
			ID: "P-0001", Type: store.Kodeverdi{Kode: "permisjonMedForeldrepenger", Beskrivelse: "Permisjon med foreldrepenger"},
			Startdato: 20160110, Sluttdato: 20160220, Prosent: "66.6",
		}},
		Permitteringer: []store.Permisjon{{
			ID: "P-0002", Type: store.Kodeverdi{Kode: "permittering", Beskrivelse: "Permittering"}, Startdato: 20160311, Prosent: "100.0",
		}},
		TimerMedTimeloenn: []store.TimerMedTimeloenn{
			{Antall: "15.8", Startdato: 20150901, Sluttdato: 20150930, Rapporteringsmaaned: 201509},
			{Antall: "2.0", Startdato: 20151002, Sluttdato: 20151031, Rapporteringsmaaned: 201510},
		},
		Utenlandsopphold: []store.Utenlandsopphold{{
			Land: store.Kodeverdi{Kode: "DK", Beskrivelse: "Danmark"}, Startdato: 20160704, Sluttdato: 20160725, Rapporteringsmaaned: 201607,
		}},
		Rapporteringsordning: store.Kodeverdi{Kode: "A_ORDNINGEN"},
		Opprettet:            "2015-10-05T14:00:16.809+02:00",
		SistBekreftet:        "2018-01-05T13:29:41.000+01:00",
		SistEndret:           "2018-01-05T13:31:11.214+01:00",
	}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("posts (-want +got):\n%s", diff)
	}
}

func TestWhatAReplyHasBesideIsNamedByItsPath(t *testing.T) {
	got := lesFraFil(t, "testdata/soap/full.xml").m
	want := []string{
		"SOAP v3: @applikasjonsID", "SOAP v3: @endretAv", "SOAP v3: @opphavREF", "SOAP v3: @opprettetAv",
		"SOAP v3: ansettelsesPeriode.@applikasjonsID", "SOAP v3: ansettelsesPeriode.@endretAv",
		"SOAP v3: ansettelsesPeriode.@endringstidspunkt", "SOAP v3: ansettelsesPeriode.@fomBruksperiode", "SOAP v3: ansettelsesPeriode.@opphavREF",
		"SOAP v3: antallTimerForTimeloennet.@applikasjonsID", "SOAP v3: antallTimerForTimeloennet.@endretAv",
		"SOAP v3: antallTimerForTimeloennet.@endringstidspunkt", "SOAP v3: antallTimerForTimeloennet.@opphavREF",
		"SOAP v3: arbeidsavtale.@applikasjonsID", "SOAP v3: arbeidsavtale.@endretAv", "SOAP v3: arbeidsavtale.@endringstidspunkt",
		"SOAP v3: arbeidsavtale.@fomBruksperiode", "SOAP v3: arbeidsavtale.@opphavREF", "SOAP v3: arbeidsavtale.beregnetStillingsprosent",
		"SOAP v3: arbeidsavtale.yrke.@kodeverksRef", "SOAP v3: arbeidsgiver.navn", "SOAP v3: arbeidstaker.aktoerId",
		"SOAP v3: arbeidstaker.ident.type", "SOAP v3: arbeidstaker.ident.type.@kodeRef", "SOAP v3: opplysningspliktig.navn",
		"SOAP v3: permisjonOgPermittering.@applikasjonsID", "SOAP v3: permisjonOgPermittering.@endretAv",
		"SOAP v3: permisjonOgPermittering.@endringstidspunkt", "SOAP v3: permisjonOgPermittering.@opphavREF",
		"SOAP v3: utenlandsopphold.@applikasjonsID", "SOAP v3: utenlandsopphold.@endretAv", "SOAP v3: utenlandsopphold.@endringstidspunkt",
		"SOAP v3: utenlandsopphold.@opphavREF", "SOAP v3: utvidelse.nytt", "envelope: Header.MessageID", "envelope: erFiltrert",
	}
	if diff := cmp.Diff(want, utenPlassNavn(got)); diff != "" {
		t.Errorf("without a place (-want +got):\n%s", diff)
	}
	filtered := []Merknad{{"envelope", "a reply that was filtered: its source left out what may not be shown"}}
	if diff := cmp.Diff(filtered, slices.Collect(maps.Keys(got.Bemerket))); diff != "" {
		t.Errorf("remarks (-want +got):\n%s", diff)
	}
}

func TestPartiesAreOrganisationsPersonsOrOldEmployers(t *testing.T) {
	type parties struct{ arbeidstaker, arbeidssted, opplysningspliktig, ordning string }
	var got []parties
	var old []store.GammelArbeidsgiver
	for _, p := range lesFraFil(t, "testdata/soap/parter.xml").poster {
		if p.GammelArbeidsgiver != nil {
			old = append(old, *p.GammelArbeidsgiver)
			continue
		}
		a := p.Arbeidsforhold
		text := func(p store.Part) string { return p.Type + " " + p.Ident }
		got = append(got, parties{text(a.Arbeidstaker), text(a.Arbeidssted), text(a.Opplysningspliktig), a.Rapporteringsordning.Kode})
	}
	want := []parties{
		{"Person 17839210280", "Arbeidsgivernummer 301123456", "Arbeidsgivernummer 301123456", "FOER_A_ORDNINGEN"},
		{"Person 52857710126", "Person 23886510152", "Person 23886510152", ""},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(parties{})); diff != "" {
		t.Errorf("parties (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]store.GammelArbeidsgiver{{Arbeidsgivernr: "301123456", Navn: "GAMLE VIKA BRUK"}}, old); diff != "" {
		t.Errorf("old employers (-want +got):\n%s", diff)
	}
}

func TestRowsThatWereReplacedAreLeftOut(t *testing.T) {
	got := lesFraFil(t, "testdata/soap/erstattet.xml")
	want := []Post{{Arbeidsforhold: &store.Arbeidsforhold{
		ArbeidsforholdId:   48000782,
		Arbeidstaker:       store.Part{Type: "Person", Ident: "05857010142"},
		Arbeidssted:        store.Part{Type: "Underenhet", Ident: "219900120"},
		Ansettelsesperiode: store.Ansettelsesperiode{Startdato: 20160502},
		Ansettelsesdetaljer: []store.Ansettelsesdetaljer{
			{Yrke: store.Kodeverdi{Kode: "2222222", Beskrivelse: "RETT YRKE"}, Gyldighetsperiode: store.Periode{Fom: 20160502}},
		},
	}}}
	if diff := cmp.Diff(want, got.poster); diff != "" {
		t.Errorf("posts (-want +got):\n%s", diff)
	}
	counted := map[Merknad]int{
		{"SOAP v3", erstattet}:    2,
		{"SOAP v3", erstattetDel}: 2,
	}
	if diff := cmp.Diff(counted, got.m.Bemerket); diff != "" {
		t.Errorf("remarks (-want +got):\n%s", diff)
	}
	lines := []Sted{{"testdata/soap/erstattet.xml", 3, 1}, {"testdata/soap/erstattet.xml", 6, 2}, {"testdata/soap/erstattet.xml", 10, 3}}
	if diff := cmp.Diff(lines, got.steder); diff != "" {
		t.Errorf("places (-want +got):\n%s", diff)
	}
}

func TestAnArbeidsforholdThatCannotBeUsedNamesTheElement(t *testing.T) {
	const end, ordning = "</arbeidsforhold>", "arbeidsforholdInnrapportertEtterAOrdningen"
	last := func(s string) string { return s + end }
	for name, test := range map[string]struct{ old, new, felt string }{
		"no number":                   {"<arbeidsforholdIDnav>1</arbeidsforholdIDnav>", "", "arbeidsforholdIDnav"},
		"a number that is none":       {">1<", ">1x<", "arbeidsforholdIDnav"},
		"number zero":                 {">1<", ">0<", "arbeidsforholdIDnav"},
		"two numbers":                 {"<arbeidsforholdID>", "<arbeidsforholdIDnav>2</arbeidsforholdIDnav><arbeidsforholdID>", "arbeidsforholdIDnav"},
		"no start":                    {"<fom>2016-05-02</fom>", "", "ansettelsesPeriode.periode.fom"},
		"a start that is none":        {"2016-05-02", "2016-02-30", "ansettelsesPeriode.periode.fom"},
		"no employer":                 {"<arbeidsgiver><orgnummer>219900120</orgnummer></arbeidsgiver>", "", "arbeidsgiver"},
		"an employer without number":  {"<orgnummer>219900120</orgnummer>", "<navn>N</navn>", "arbeidsgiver.ident"},
		"an employer of no kind":      {"219900120", "219900121", "arbeidsgiver.orgnummer"},
		"no employee":                 {"<arbeidstaker><ident>05857010142</ident></arbeidstaker>", "", "arbeidstaker"},
		"an employee without number":  {"05857010142", "", "arbeidstaker.ident"},
		"a time that is none":         {"<arbeidsforhold>", `<arbeidsforhold sistBekreftet="nylig">`, "@sistBekreftet"},
		"neither true nor false":      {end, last("<" + ordning + ">ja</" + ordning + ">"), ordning},
		"a percent in the second row": {end, last("<arbeidsavtale/><arbeidsavtale><stillingsprosent>66,6</stillingsprosent></arbeidsavtale>"), "arbeidsavtale[1].stillingsprosent"},
		"a period in a row":           {end, last(`<arbeidsavtale fomGyldighetsperiode="x"/>`), "arbeidsavtale.@fomGyldighetsperiode"},
		"a month that is none":        {end, last("<utenlandsopphold><rapporteringsperiode>2015-13</rapporteringsperiode></utenlandsopphold>"), "utenlandsopphold.rapporteringsperiode"},
	} {
		t.Run(name, func(t *testing.T) {
			text := strings.Replace(helt, test.old, test.new, 1)
			got, err := lesBytes("x.xml", []byte(text))
			if err != nil || len(got.feil) != 1 || len(got.poster) != 0 {
				t.Fatalf("error %v, refused %v, %d posts; want one refused record", err, got.feil, len(got.poster))
			}
			if f := got.feil[0]; f.Felt != test.felt || string(f.Raa) != text {
				t.Errorf("element %q (%s) of %s\nwant %q of the record as it was read", f.Felt, f.Problem, f.Raa, test.felt)
			}
		})
	}
}

func TestEveryValueOfAReplyIsInItsPostsOrNamed(t *testing.T) {
	for _, file := range []string{"testdata/soap/full.xml", "testdata/soap/parter.xml"} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		got := lesFraFil(t, file)
		if len(got.poster) == 0 {
			t.Fatalf("%s: no posts", file)
		}
		values := valuesOf(t, got.poster)
		for _, s := range xmlScalars(t, text) {
			if !s.in(values) && !s.named(got.m) {
				t.Errorf("%s: %s: %q is in no post and not named as without a place", file, s.steder[0], s.text)
			}
		}
	}
}

// xmlScalars are the texts and attributes of a reply, each with its path in its arbeidsforhold, or in the envelope. Left
// out are those that choose: whether it was a-ordningen, and what kind of party or agreement.
func xmlScalars(t *testing.T, text []byte) (found []skalar) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(text))
	var open []string
	add := func(name, value string) {
		if value = strings.TrimSpace(value); value == "" || name == "arbeidsforholdInnrapportertEtterAOrdningen" {
			return
		}
		at := slices.Index(open, "arbeidsforhold") + 1
		if at == 0 {
			at = slices.Index(open, "parameters") + 1
		}
		if at == 0 {
			at = 1 // in the Envelope
		}
		path := slices.Clone(open[at:])
		if strings.HasPrefix(name, "@") {
			path = append(path, name)
		}
		found = append(found, skalar{key: name, text: value, steder: []string{strings.Join(path, ".")}, tall: true})
	}
	for {
		token, err := d.Token()
		switch token := token.(type) {
		case xml.StartElement:
			open = append(open, token.Name.Local)
			for _, a := range token.Attr {
				if a.Name.Space != "xmlns" && a.Name.Local != "xmlns" && a.Name.Local != "type" && a.Name.Local != "nil" {
					add("@"+a.Name.Local, a.Value)
				}
			}
		case xml.CharData:
			if len(open) > 0 {
				add(open[len(open)-1], string(token))
			}
		case xml.EndElement:
			open = open[:len(open)-1]
		}
		if err == io.EOF {
			return found
		} else if err != nil {
			t.Fatal(err)
		}
	}
}
