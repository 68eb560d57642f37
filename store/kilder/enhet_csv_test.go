package kilder

import (
	"encoding/csv"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aareg/store"
)

func TestARowOfTheBulkFileIsTheSameUnitAsItsJSON(t *testing.T) {
	got := lesFraFil(t, "testdata/enhet_csv/enheter.csv")
	want := []Post{
		{Enhet: &Enhet{UtenTidligereNavn: true, Enhet: store.Enhet{
			Orgnr:             "219900104",
			Navn:              `FJELLVIK "REDERI", SKIP OG HAVN AS`,
			Organisasjonsform: store.Kodeverdi{Kode: "AS", Beskrivelse: "Aksjeselskap"},
			OverordnetEnhet:   "219900112",
			Forretningsadresse: store.Adresse{Linjer: []string{"c/o Sjøhuset", "v/nordre port", "Kaien 4"}, Postnr: "5003", Poststed: "BERGEN",
				Kommunenr: "4601", Kommune: "BERGEN", Landkode: "NO", Land: "Norge"},
			Postadresse: store.Adresse{Linjer: []string{"Postboks 7"}, Postnr: "0101", Poststed: "OSLO", Kommunenr: "0301", Kommune: "OSLO",
				Landkode: "NO", Land: "Norge"},
			Registreringsdato: 19950312,
			Stiftelsesdato:    19760514,
		}}},
		{Enhet: &Enhet{UtenTidligereNavn: true, Enhet: store.Enhet{
			Orgnr: "219900139", Navn: "ELVEDAL KOMMUNE", Organisasjonsform: store.Kodeverdi{Kode: "KOMM", Beskrivelse: "Kommune"}, Registreringsdato: 19950219,
		}}},
	}
	if diff := cmp.Diff(want, got.poster); diff != "" {
		t.Errorf("posts (-want +got):\n%s", diff)
	}
	lines := []Sted{{"testdata/enhet_csv/enheter.csv", 2, 1}, {"testdata/enhet_csv/enheter.csv", 7, 2}}
	if diff := cmp.Diff(lines, got.steder); diff != "" {
		t.Errorf("places (-want +got):\n%s", diff)
	}
}

func TestARowOfAnUnderenhetHasItsOwnColumns(t *testing.T) {
	got := lesFraFil(t, "testdata/enhet_csv/underenheter.csv").poster
	want := []Post{{Enhet: &Enhet{UtenTidligereNavn: true, Enhet: store.Enhet{
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
	}}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("posts (-want +got):\n%s", diff)
	}
}

func TestColumnsAreKnownInAnyCaseWithSemicolonsAndNumberedLines(t *testing.T) {
	got := lesFraFil(t, "testdata/enhet_csv/semikolon.csv")
	want := []Post{{Enhet: &Enhet{UtenTidligereNavn: true, Enhet: store.Enhet{
		Orgnr: "219900252", Navn: "SEMIKOLON; OG MER AS", Organisasjonsform: store.Kodeverdi{Kode: "AS"}, Registreringsdato: 20010203,
		Forretningsadresse: store.Adresse{Linjer: []string{"c/o Tunet", "Veien 1", "Hus B"}, Postnr: "0150"},
	}}}}
	if diff := cmp.Diff(want, got.poster); diff != "" {
		t.Errorf("posts (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"enhet (CSV): forretningsadresse.gatekode"}, utenPlassNavn(got.m)); diff != "" {
		t.Errorf("without a place (-want +got):\n%s", diff)
	}
}

func TestARowThatCannotBeUsedIsSetAsideAloneWithItsLine(t *testing.T) {
	got := lesFraFil(t, "testdata/enhet_csv/avvist.csv")
	type refused struct {
		linje, nr int
		felt, raa string
	}
	var rows []refused
	for _, f := range got.feil {
		rows = append(rows, refused{f.Sted.Linje, f.Sted.Nr, f.Felt, string(f.Raa)})
	}
	want := []refused{
		{5, 2, "forretningsadresse.postnummer", "219900279,NULL BORTE,AS,150,0301,2001-02-03"},
		{6, 3, "forretningsadresse.kommunenummer", "219900279,NULL BORTE,AS,0150,301,2001-02-03"},
		{7, 4, "", "219900287,FOR FÅ FELT,AS"},
		{8, 5, "", `219900287,SITAT "MIDT I FELT,AS,0150,0301,2001-02-03`},
		{9, 6, "stiftelsesdato", "219900287,FEIL DATO,AS,0150,0301,03.02.2001"},
		{10, 7, "organisasjonsnummer", ",UTEN NUMMER,AS,0150,0301,2001-02-03"},
	}
	if diff := cmp.Diff(want, rows, cmp.AllowUnexported(refused{})); diff != "" {
		t.Errorf("refused rows (-want +got):\n%s", diff)
	}
	var names []string
	for _, p := range got.poster {
		names = append(names, p.Enhet.Navn)
	}
	if diff := cmp.Diff([]string{"FØRST\nOVER TO LINJER", "SIST"}, names); diff != "" {
		t.Errorf("names of the others (-want +got):\n%s", diff)
	}
}

func TestAFileThatIsNoCSVOfUnitsEndsWithAFeil(t *testing.T) {
	const head = "organisasjonsnummer,navn,organisasjonsform.kode\n"
	const (
		noColumn = "neither JSON nor XML, nor a CSV file with the column organisasjonsnummer"
		tooLong  = "a row of more than a MiB (a quote that is not closed?)"
	)
	for name, test := range map[string]struct{ text, problem string }{
		"no header":                        {"219900104,NAVN,AS\n", noColumn},
		"other columns":                    {"orgnr;navn\n219900104;NAVN\n", noColumn},
		"a column twice":                   {"organisasjonsnummer,Navn,navn\n219900104,NAVN,NAVN\n", "a column that the file has twice"},
		"no CSV":                           {"a\"b\n", "neither JSON nor XML nor CSV"},
		"a header without an end":          {"\"never closed\n", "the file ends between quotes"},
		"a quote that is never closed":     {head + "219900104,\"NAVN,AS\n219900112,NAVN,AS\n", "the file ends between quotes"},
		"a row without an end in reach":    {head + "219900104,\"" + strings.Repeat("x\n", maksCSVrad) + "\",AS\n", tooLong},
		"a header without an end in reach": {strings.Repeat("x", maksCSVrad+1) + "\n", tooLong},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := lesBytes("x.csv", []byte(test.text))
			found := new(Feil)
			if !errors.As(err, &found) || found.Problem != test.problem {
				t.Errorf("error %v, want a Feil: %s", err, test.problem)
			}
		})
	}
}

func TestARowInAnotherEncodingIsRefused(t *testing.T) {
	got, err := lesBytes("x.csv", []byte("organisasjonsnummer,navn,organisasjonsform.kode\n219900104,K\xd8BB,AS\n219900112,NAVN,AS"))
	if err != nil || len(got.feil) != 1 || len(got.poster) != 1 || got.feil[0].Sted.Linje != 2 {
		t.Errorf("error %v, refused %v, %d posts; want the first of two rows refused", err, got.feil, len(got.poster))
	}
}

func TestLinesOfAnAddressInOneField(t *testing.T) {
	for value, want := range map[string][]string{
		"Storgata 1":                    {"Storgata 1"},
		"c/o Tunet/nVeien 1/nHus B":     {"c/o Tunet", "Veien 1", "Hus B"},
		"Storgata 5 B/nPostboks 3":      {"Storgata 5 B", "Postboks 3"},
		"v/nordre port/nKaien 4":        {"v/nordre port", "Kaien 4"},
		"Tunet v/nils/nVeien 1":         {"Tunet v/nils", "Veien 1"},
		"Veien 1\nHus B":                {"Veien 1", "Hus B"},
		"Veien 1\r\nHus B/n3. etasje":   {"Veien 1", "Hus B", "3. etasje"},
		"Hus V/nVeien 1":                {"Hus V/nVeien 1"},
		"Kvartal 7/8, inngang fra nord": {"Kvartal 7/8, inngang fra nord"},
	} {
		if diff := cmp.Diff(want, adresselinjer(value)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", value, diff)
		}
	}
}

func TestEveryFieldOfARowIsInItsUnitOrNamed(t *testing.T) {
	for _, file := range []string{"enheter", "underenheter", "semikolon"} {
		file = "testdata/enhet_csv/" + file + ".csv"
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		r := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(text), "\ufeff")))
		if strings.Contains(file, "semikolon") {
			r.Comma = ';'
		}
		rows, err := r.ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		got := lesFraFil(t, file)
		named := utenPlassNavn(got.m)
		if len(got.poster) != len(rows)-1 || len(rows) < 2 {
			t.Fatalf("%s: %d posts of %d rows", file, len(got.poster), len(rows)-1)
		}
		for i, row := range rows[1:] {
			values := valuesOf(t, got.poster[i:i+1])
			for c, value := range row {
				for _, line := range adresselinjer(value) {
					s := skalar{key: rows[0][c], text: line}
					if !s.in(values) && !slices.Contains(named, "enhet (CSV): "+rows[0][c]) {
						t.Errorf("%s: row %d: %s: %q is not in the unit and not named as without a place", file, i+1, rows[0][c], line)
					}
				}
			}
		}
	}
}
