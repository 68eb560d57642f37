package kilder

import (
	"bufio"
	"bytes"
	"context"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aareg/store"
)

// innlest is what a file gave, in its order.
type innlest struct {
	poster []Post
	steder []Sted // of the records that gave posts, and of those that gave none
	feil   []*Feil
	m      *Merknader
}

// lesFraFil reads a file as an import does.
func lesFraFil(t *testing.T, file string) innlest {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	got, err := lesBytes(file, text)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func lesBytes(file string, text []byte) (innlest, error) {
	got := innlest{m: NewMerknader()}
	mottak := Mottak{
		Poster: func(sted Sted, _ string, _ []byte, posts []Post) error {
			got.poster = append(got.poster, posts...)
			got.steder = append(got.steder, sted)
			return nil
		},
		Feil: func(f *Feil) error {
			got.feil = append(got.feil, f)
			return nil
		},
	}
	err := lesFil(context.Background(), file, bufio.NewReader(bytes.NewReader(text)), got.m, mottak)
	return got, err
}

func utenPlassNavn(m *Merknader) (names []string) {
	for _, noted := range Sorted(m.UtenPlass) {
		names = append(names, noted.Form+": "+noted.Hva)
	}
	return names
}

func TestEveryKeyOfAnEnhetHasItsPlaceOrIsNamed(t *testing.T) {
	got := lesFraFil(t, "testdata/enhet/enhet_full.json")
	want := []Post{{Enhet: &Enhet{Enhet: store.Enhet{
		Orgnr:             "219900104",
		Navn:              "FJELLVIK REDERI AS",
		Organisasjonsform: store.Kodeverdi{Kode: "AS", Beskrivelse: "Aksjeselskap"},
		OverordnetEnhet:   "219900112",
		Forretningsadresse: store.Adresse{Linjer: []string{"c/o Sjøhuset", "Kaien 4", "2. etasje", "Inngang B"}, Postnr: "5003", Poststed: "BERGEN",
			Kommunenr: "4601", Kommune: "BERGEN", Landkode: "NO", Land: "Norge"},
		Postadresse: store.Adresse{Linjer: []string{"Postboks 7"}, Postnr: "0101", Poststed: "OSLO", Kommunenr: "0301", Kommune: "OSLO",
			Landkode: "NO", Land: "Norge"},
		Registreringsdato: 19950312,
		Stiftelsesdato:    19760514,
		Opphoersdato:      20250131,
		TidligereNavn: []store.TidligereEnhetsnavn{
			{Navn: "FJELLVIK DAMPSKIPSSELSKAP AS", Fra: "1995-03-12 12:27:00", Til: "2006-01-07 14:34:39"},
			{Navn: "FJELLVIK SKIP AS", Fra: "2006-01-07 14:34:39", Til: "2011-06-30 09:00:01"},
		},
	}}}}
	if diff := cmp.Diff(want, got.poster); diff != "" {
		t.Errorf("posts (-want +got):\n%s", diff)
	}
	named := utenPlassNavn(got.m)
	for _, name := range []string{"naeringskode1", "antallAnsatte", "konkurs", "registrertIStiftelsesregisteret", "respons_klasse",
		"organisasjonsform.utgaatt", "organisasjonsform._links", "historiskeNavn.kilde", "forretningsadresse.bydel"} {
		if !slices.Contains(named, "enhet: "+name) {
			t.Errorf("%s is not named as without a place; named are %s", name, strings.Join(named, ", "))
		}
	}
	for _, file := range []string{"enhet_full", "underenhet_full", "nivaaer", "side", "borte"} {
		assertScalarsAccountedFor(t, "testdata/enhet/"+file+".json")
	}
}

func TestAnUnderenhetLiesWhereItsBeliggenhetsadresseSays(t *testing.T) {
	got := lesFraFil(t, "testdata/enhet/underenhet_full.json")
	want := []Post{{Enhet: &Enhet{Enhet: store.Enhet{
		Orgnr:             "219900120",
		Navn:              "FJELLVIK REDERI AS AVD STAVANGER",
		Organisasjonsform: store.Kodeverdi{Kode: "BEDR", Beskrivelse: "Underenhet til næringsdrivende og offentlig forvaltning"},
		OverordnetEnhet:   "219900104",
		Forretningsadresse: store.Adresse{Linjer: []string{"Havnegata 9"}, Postnr: "4005", Poststed: "STAVANGER", Kommunenr: "1103",
			Kommune: "STAVANGER", Landkode: "NO", Land: "Norge"},
		Postadresse: store.Adresse{Linjer: []string{"Postboks 9"}, Postnr: "4001", Poststed: "STAVANGER", Kommunenr: "1103",
			Kommune: "STAVANGER", Landkode: "NO", Land: "Norge"},
		Registreringsdato:       20080211,
		Oppstartsdato:           20080129,
		Opphoersdato:            20250228,
		Virksomhetsoverdragelse: 20180411,
		TidligereNavn:           []store.TidligereEnhetsnavn{{Navn: "FJELLVIK SKIP AS AVD STAVANGER", Fra: "2008-01-01 00:00:00"}},
	}}}}
	if diff := cmp.Diff(want, got.poster); diff != "" {
		t.Errorf("posts (-want +got):\n%s", diff)
	}
	named := utenPlassNavn(got.m)
	for _, name := range []string{"forretningsadresse", "slettedato"} {
		if !slices.Contains(named, "enhet: "+name) {
			t.Errorf("%s, for which another value holds, is not named as without a place; named are %s", name, strings.Join(named, ", "))
		}
	}
}

func TestUnitsOfThreeLevelsKeepTheOneAbove(t *testing.T) {
	var got [][3]string
	posts := lesFraFil(t, "testdata/enhet/nivaaer.json").poster
	for _, p := range append(posts, lesFraFil(t, "testdata/enhet/side.json").poster...) {
		got = append(got, [3]string{p.Enhet.Orgnr, p.Enhet.Organisasjonsform.Kode, p.Enhet.OverordnetEnhet})
	}
	want := [][3]string{{"219900139", "KOMM", ""}, {"219900147", "ORGL", "219900139"}, {"219900155", "BEDR", "219900147"}, {"219900163", "AAFY", "219900171"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("units (-want +got):\n%s", diff)
	}
	abroad := store.Adresse{Linjer: []string{"1 Norway Lane"}, Postnr: "SW1A 1AA", Poststed: "LONDON", Landkode: "GB", Land: "Storbritannia"}
	if diff := cmp.Diff(abroad, posts[2].Enhet.Forretningsadresse); diff != "" {
		t.Errorf("an address abroad (-want +got):\n%s", diff)
	}
}

func TestUnitsThatAreGoneAreDeletedOrRemoved(t *testing.T) {
	as := store.Kodeverdi{Kode: "AS", Beskrivelse: "Aksjeselskap"}
	got := lesFraFil(t, "testdata/enhet/borte.json").poster
	want := []Post{
		{Enhet: &Enhet{Slettet: true, Enhet: store.Enhet{Orgnr: "219900198", Navn: "GAMMELT BRYGGERI AS", Organisasjonsform: as, Opphoersdato: 20160506,
			TidligereNavn: []store.TidligereEnhetsnavn{{Navn: "NYTT BRYGGERI AS", Fra: "1995-03-12 12:27:00", Til: "2001-01-07 14:34:39"}}}}},
		{Enhet: &Enhet{Slettet: true, Enhet: store.Enhet{Orgnr: "219900201", Navn: "STENGT KIOSK", Opphoersdato: 20170101,
			Organisasjonsform: store.Kodeverdi{Kode: "BEDR", Beskrivelse: "Underenhet til næringsdrivende og offentlig forvaltning"}}}},
		{Enhet: &Enhet{Slettet: true, Enhet: store.Enhet{Orgnr: "219900228", Navn: "UKJENT DAG AS", Organisasjonsform: as, Opphoert: true}}},
		{Hendelse: &Hendelse{Hva: Fjernet, Noekkel: Noekkel{Orgnr: "219900236"}}},
		{Hendelse: &Hendelse{Hva: Fjernet, Noekkel: Noekkel{Orgnr: "219900244"}}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("posts (-want +got):\n%s", diff)
	}
}

func TestAUnitThatCannotBeUsedNamesTheField(t *testing.T) {
	const whole = `{"organisasjonsnummer": "219900104", "navn": "N", "organisasjonsform": {"kode": "AS"}, `
	for name, test := range map[string]struct{ text, felt string }{
		"a number of eight digits":       {`{"organisasjonsnummer": "21990010", "navn": "N", "organisasjonsform": {"kode": "AS"}}`, "organisasjonsnummer"},
		"no name":                        {`{"organisasjonsnummer": "219900104", "organisasjonsform": {"kode": "AS"}}`, "navn"},
		"deleted, no name":               {`{"organisasjonsnummer": "219900104", "respons_klasse": "SlettetEnhet", "slettedato": "2020-01-01"}`, "navn"},
		"no kind":                        {`{"organisasjonsnummer": "219900104", "navn": "N"}`, "organisasjonsform.kode"},
		"its own parent":                 {whole + `"overordnetEnhet": "219900104"}`, "overordnetEnhet"},
		"a parent without nine digits":   {whole + `"overordnetEnhet": "Kommunen"}`, "overordnetEnhet"},
		"a postnummer that lost a zero":  {whole + `"forretningsadresse": {"postnummer": "150"}}`, "forretningsadresse.postnummer"},
		"a kommunenummer without a zero": {whole + `"beliggenhetsadresse": {"kommunenummer": "301", "landkode": "SE"}}`, "beliggenhetsadresse.kommunenummer"},
		"a postadresse that lost a zero": {whole + `"postadresse": {"postnummer": "150", "landkode": "NO"}}`, "postadresse.postnummer"},
		"a number for a text":            {whole + `"postadresse": {"postnummer": 150}}`, "postadresse.postnummer"},
		"a date that is none":            {whole + `"stiftelsesdato": "2023-02-29"}`, "stiftelsesdato"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := lesBytes("x.json", []byte(test.text))
			if err != nil || len(got.feil) != 1 || len(got.poster) != 0 {
				t.Fatalf("error %v, %d refused records, %d posts; want one refused record", err, len(got.feil), len(got.poster))
			}
			if got.feil[0].Felt != test.felt {
				t.Errorf("field %q (%s), want %q", got.feil[0].Felt, got.feil[0].Problem, test.felt)
			}
		})
	}
}

func TestAUnitWithAWrongCheckDigitIsKeptAndNoted(t *testing.T) {
	got, err := lesBytes("x.json", []byte(`{"organisasjonsnummer": "219900105", "navn": "N", "organisasjonsform": {"kode": "AS"}}`))
	if err != nil || len(got.poster) != 1 || got.poster[0].Enhet.Orgnr != "219900105" {
		t.Fatalf("error %v, refused %v, posts %+v; want the unit", err, got.feil, got.poster)
	}
	want := []Merknad{{"enhet", "a unit whose number has a wrong check digit or first digit"}}
	if diff := cmp.Diff(want, slices.Collect(maps.Keys(got.m.Bemerket))); diff != "" {
		t.Errorf("remarks (-want +got):\n%s", diff)
	}
}

func TestUpdatesAreEventsInTheirOrder(t *testing.T) {
	got := lesFraFil(t, "testdata/oppdatering/enheter.json")
	event := func(hva Hva, orgnr string, nr int64) Post {
		return Post{Hendelse: &Hendelse{Hva: hva, Noekkel: Noekkel{Orgnr: orgnr}, Rekkefoelge: nr}}
	}
	want := []Post{
		event(Endret, "219900104", 1103), event(Endret, "219900112", 20001), event(Endret, "219900139", 20002),
		event(Slettet, "219900198", 20003), event(Fjernet, "219900236", 20004),
	}
	if diff := cmp.Diff(want, got.poster); diff != "" {
		t.Errorf("posts (-want +got):\n%s", diff)
	}
	named := []string{"oppdatering: _links", "oppdatering: dato", "oppdatering: endringer"}
	if diff := cmp.Diff(named, utenPlassNavn(got.m)); diff != "" {
		t.Errorf("without a place (-want +got):\n%s", diff)
	}
	under := lesFraFil(t, "testdata/oppdatering/underenheter.json").poster
	if diff := cmp.Diff([]Post{event(Endret, "219900120", 30001)}, under); diff != "" {
		t.Errorf("posts of underenheter (-want +got):\n%s", diff)
	}
	assertScalarsAccountedFor(t, "testdata/oppdatering/enheter.json")
	assertScalarsAccountedFor(t, "testdata/oppdatering/underenheter.json")
}

func TestAnUpdateThatCannotBeUsedNamesTheField(t *testing.T) {
	for name, test := range map[string]struct{ text, felt string }{
		"an unknown kind of change": {`{"oppdateringsid": 5, "organisasjonsnummer": "219900104", "endringstype": "Splitting"}`, "endringstype"},
		"no kind of change":         {`{"oppdateringsid": 5, "organisasjonsnummer": "219900104"}`, "endringstype"},
		"no order":                  {`{"oppdateringsid": 0, "organisasjonsnummer": "219900104", "endringstype": "Ny"}`, "oppdateringsid"},
		"no number":                 {`{"oppdateringsid": 5, "organisasjonsnummer": "", "endringstype": "Ny"}`, "organisasjonsnummer"},
		"a date that is none":       {`{"oppdateringsid": 5, "organisasjonsnummer": "219900104", "endringstype": "Ny", "dato": "i går"}`, "dato"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := lesBytes("x.json", []byte(test.text))
			if err != nil || len(got.feil) != 1 || got.feil[0].Felt != test.felt {
				t.Errorf("error %v, refused %v; want one refused record, for %s", err, got.feil, test.felt)
			}
		})
	}
}
