package kilder

import (
	"bufio"
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aareg/store"
)

// lesPosts reads a text as a file; what cannot be used fails the test.
func lesPosts(t *testing.T, text []byte, m *Merknader) (posts []Post) {
	t.Helper()
	err := lesFil(context.Background(), "fil.json", bufio.NewReader(bytes.NewReader(text)), m, Mottak{
		Poster: func(_ Sted, _ string, _ []byte, p []Post) error { posts = append(posts, p...); return nil },
		Feil:   func(f *Feil) error { t.Error(f); return nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	return posts
}

// lesFeil reads a text as a file of which no record can be used.
func lesFeil(t *testing.T, text string) (found []*Feil) {
	t.Helper()
	err := lesFil(context.Background(), "fil.json", bufio.NewReader(bytes.NewReader([]byte(text))), NewMerknader(), Mottak{
		Poster: func(s Sted, _ string, _ []byte, _ []Post) error { t.Errorf("%v was read", s); return nil },
		Feil:   func(f *Feil) error { found = append(found, f); return nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestPersonDocumentsAreRead(t *testing.T) {
	tests := []struct {
		file string
		want []store.Person
	}{
		{"pdl/svar.json", []store.Person{{
			Foedselsnr: "17912099997", TidligereNumre: []string{"57912075186", "29822099635"},
			Navn: store.Navn{Fornavn: "VAKKER", Etternavn: "HVITKLØVER"},
			TidligereNavn: []store.Navn{
				{Fornavn: "VAKKER", Etternavn: "Møllerstein"}, {Fornavn: "VAKKER", Mellomnavn: "SVÆR", Etternavn: "BLOMST"}},
			Kjoenn: "M", Foedselsdato: 20201117, Adressebeskyttelse: store.StrengtFortroligUtland,
		}}},
		{"pdl/bolk.json", []store.Person{
			{Foedselsnr: "12829499914", Navn: store.Navn{Fornavn: "Lang", Etternavn: "Ulv"}, Kjoenn: "M",
				Foedselsdato: 19940212, Doedsdato: 20240229},
			{Foedselsnr: "29822099635", TidligereNumre: []string{"69822075096"}, Navn: store.Navn{Fornavn: "Rask", Etternavn: "Elv"}},
		}},
		{"pdl/person.json", []store.Person{{
			Foedselsnr: "05840399895", Navn: store.Navn{Fornavn: "Rund", Etternavn: "Stol"}, Kjoenn: "K", Foedselsdato: 20030405}}},
		{"freg/historikk.json", []store.Person{{
			Foedselsnr: "12829499914", TidligereNumre: []string{"52829400197"},
			Navn:          store.Navn{Fornavn: "Blid", Mellomnavn: "Myk", Etternavn: "Ås"},
			TidligereNavn: []store.Navn{{Fornavn: "Blid", Etternavn: "Dal"}, {Fornavn: "Blid", Etternavn: "Bakke"}},
			Kjoenn:        "M", Foedselsdato: 19940212, Doedsdato: 20240301, Adressebeskyttelse: store.Fortrolig,
		}}},
		{"freg/utenHistorikk.json", []store.Person{{
			Foedselsnr: "12905299938", Navn: store.Navn{Fornavn: "Sur", Etternavn: "Sko"}, Kjoenn: "K"}}},
	}
	for _, tt := range tests {
		t.Run(tt.file, func(t *testing.T) {
			file := filepath.Join("testdata", filepath.FromSlash(tt.file))
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var got []store.Person
			for _, p := range lesPosts(t, text, NewMerknader()) {
				got = append(got, *p.Person)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("persons (-want +got):\n%s", diff)
			}
			assertScalarsAccountedFor(t, file)
		})
	}
}

// merknaderOf reads one record and lists what it has no place for, and what was done by rule.
func merknaderOf(t *testing.T, text string) (utenPlass, bemerket []string, person *store.Person) {
	t.Helper()
	m := NewMerknader()
	posts := lesPosts(t, []byte(text), m)
	for _, k := range Sorted(m.UtenPlass) {
		utenPlass = append(utenPlass, k.Hva)
	}
	for _, k := range Sorted(m.Bemerket) {
		bemerket = append(bemerket, k.Hva)
	}
	if len(posts) != 1 || posts[0].Person == nil {
		t.Fatalf("%d posts, want one person", len(posts))
	}
	return utenPlass, bemerket, posts[0].Person
}

const iBrukNummer = `"identifikasjonsnummer":[{"foedselsEllerDNummer":"05840399895","status":"iBruk"}]`

// aapneSpoersmaal are documents that leave something open; a number that is not written down is the one in iBrukNummer.
var aapneSpoersmaal = []struct {
	name, text          string
	want                store.Person
	utenPlass, bemerket []string
}{
	{"several names in force", `{` + iBrukNummer + `,"navn":[
			{"fornavn":"A","etternavn":"Eldst","erGjeldende":false,"ajourholdstidspunkt":"2001-01-01"},
			{"fornavn":"A","etternavn":"Gammel","erGjeldende":true,"gyldighetstidspunkt":"2010-01-01"},
			{"fornavn":"A","etternavn":"Ny","erGjeldende":true,"gyldighetstidspunkt":"2020-01-01"}]}`,
		store.Person{Navn: store.Navn{Fornavn: "A", Etternavn: "Ny"},
			TidligereNavn: []store.Navn{{Fornavn: "A", Etternavn: "Gammel"}, {Fornavn: "A", Etternavn: "Eldst"}}},
		[]string{"navn.ajourholdstidspunkt", "navn.gyldighetstidspunkt"},
		[]string{"several names in force: the latest is the name, the others are former ones"}},
	{"of names equally old the one registered last", `{` + iBrukNummer + `,"navn":[
			{"fornavn":"A","etternavn":"Først","gyldighetstidspunkt":"2020-01-01","ajourholdstidspunkt":"2020-02-01"},
			{"fornavn":"A","etternavn":"Sist","gyldighetstidspunkt":"2020-01-01","ajourholdstidspunkt":"2020-03-01"}]}`,
		store.Person{Navn: store.Navn{Fornavn: "A", Etternavn: "Sist"}, TidligereNavn: []store.Navn{{Fornavn: "A", Etternavn: "Først"}}},
		[]string{"navn.ajourholdstidspunkt", "navn.gyldighetstidspunkt"},
		[]string{"several names in force: the latest is the name, the others are former ones"}},
	{"no name in force", `{` + iBrukNummer + `,"navn":[{"fornavn":"A","etternavn":"B","erGjeldende":false}]}`,
		store.Person{TidligereNavn: []store.Navn{{Fornavn: "A", Etternavn: "B"}}}, nil, []string{"no name in force"}},
	{"a former name that is the present one again", `{` + iBrukNummer + `,"navn":[
			{"fornavn":"A","etternavn":"B","erGjeldende":true},{"fornavn":"A","etternavn":"B","erGjeldende":false}]}`,
		store.Person{Navn: store.Navn{Fornavn: "A", Etternavn: "B"}}, nil, nil},
	{"an entry that only says when it ended", `{` + iBrukNummer + `,"navn":[
			{"fornavn":"A","etternavn":"B","opphoerstidspunkt":"2020-01-01"},{"fornavn":"A","etternavn":"C"}]}`,
		store.Person{Navn: store.Navn{Fornavn: "A", Etternavn: "C"}, TidligereNavn: []store.Navn{{Fornavn: "A", Etternavn: "B"}}},
		[]string{"navn.opphoerstidspunkt"},
		[]string{"an entry that does not say whether it is in force, but when it ended: taken for history"}},
	{"protection that only says when it ended", `{` + iBrukNummer + `,"navn":{"etternavn":"B"},
			"adressebeskyttelse":[{"graderingsnivaa":"FORTROLIG","opphoerstidspunkt":"2020-01-01"}]}`,
		store.Person{Navn: store.Navn{Etternavn: "B"}, Adressebeskyttelse: store.Fortrolig},
		[]string{"adressebeskyttelse.opphoerstidspunkt"}, nil},
	{"a year of birth", `{` + iBrukNummer + `,"navn":{"etternavn":"B"},"foedsel":{"foedselsaar":{"value":1999}}}`,
		store.Person{Navn: store.Navn{Etternavn: "B"}}, []string{"foedsel.foedselsaar"}, []string{"birth without a date: no birth date"}},
	{"several birth dates", `{` + iBrukNummer + `,"navn":{"etternavn":"B"},"foedsel":[
			{"foedselsdato":"2003-04-04","gyldighetstidspunkt":"2003-04-06"},{"foedselsdato":"2003-04-05","gyldighetstidspunkt":"2004-01-01"}]}`,
		store.Person{Navn: store.Navn{Etternavn: "B"}, Foedselsdato: 20030405},
		[]string{"foedsel.foedselsdato", "foedsel.gyldighetstidspunkt"}, []string{"several birth dates in force: the latest holds"}},
	{"the old name of foedselsdato stands back", `{` + iBrukNummer + `,"navn":{"etternavn":"B"},
			"foedselsdato":[{"foedselsdato":"2003-04-05"}],"foedsel":[{"foedselsdato":"2003-04-05","foedeland":"NOR"}]}`,
		store.Person{Navn: store.Navn{Etternavn: "B"}, Foedselsdato: 20030405}, []string{"foedsel.foedeland"}, nil},
	{"several sexes", `{` + iBrukNummer + `,"navn":{"etternavn":"B"},"kjoenn":[
			{"kjoenn":"mann","gyldighetstidspunkt":"2003"},{"kjoenn":"kvinne","gyldighetstidspunkt":"2021"}]}`,
		store.Person{Navn: store.Navn{Etternavn: "B"}, Kjoenn: "K"},
		[]string{"kjoenn.gyldighetstidspunkt", "kjoenn.kjoenn"}, []string{"several kjoenn in force: the latest holds"}},
	{"dead on an unknown day", `{` + iBrukNummer + `,"navn":{"etternavn":"B"},"doedsfall":{"erGjeldende":true}}`,
		store.Person{Navn: store.Navn{Etternavn: "B"}}, nil, []string{"dead, the day unknown: no date of death"}},
	{"a death that was annulled", `{` + iBrukNummer + `,"navn":{"etternavn":"B"},"doedsfall":[{"erGjeldende":false,"doedsdato":"2020-01-01"}]}`,
		store.Person{Navn: store.Navn{Etternavn: "B"}}, []string{"doedsfall.doedsdato"}, nil},
	{"several grades", `{` + iBrukNummer + `,"navn":{"etternavn":"B"},"adressebeskyttelse":[
			{"graderingsnivaa":"strengtFortrolig"},{"graderingsnivaa":"fortrolig"},{"graderingsnivaa":"klientadresse"}]}`,
		store.Person{Navn: store.Navn{Etternavn: "B"}, Adressebeskyttelse: store.StrengtFortrolig},
		[]string{"adressebeskyttelse.graderingsnivaa"}, []string{"several protection grades in force: the strictest holds"}},
	{"Tenor's spelling", `{` + iBrukNummer + `,"navn":{"etternavn":"B"},"adressebeskyttelse":[{"graderingsnivaa":"StrengtFortrolig"}]}`,
		store.Person{Navn: store.Navn{Etternavn: "B"}, Adressebeskyttelse: store.StrengtFortrolig}, nil, nil},
	{"a number that Folkeregisteret does not give out", `{"identifikasjonsnummer":[{"foedselsEllerDNummer":"05840399895","status":"opphoert"},
			{"foedselsEllerDNummer":"05840399894","status":"iBruk"}],"navn":{"etternavn":"B"}}`,
		store.Person{Foedselsnr: "05840399894", TidligereNumre: []string{"05840399895"}, Navn: store.Navn{Etternavn: "B"}}, nil,
		[]string{"a person whose number is no valid fødselsnummer or D-number"}},
}

func TestWhatAPersonDocumentLeavesOpenIsDecidedByRule(t *testing.T) {
	for _, tt := range aapneSpoersmaal {
		t.Run(tt.name, func(t *testing.T) {
			utenPlass, bemerket, got := merknaderOf(t, tt.text)
			if tt.want.Foedselsnr == "" {
				tt.want.Foedselsnr = "05840399895"
			}
			if diff := cmp.Diff(&tt.want, got); diff != "" {
				t.Errorf("person (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.utenPlass, utenPlass); diff != "" {
				t.Errorf("without a place (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.bemerket, bemerket); diff != "" {
				t.Errorf("remarks (-want +got):\n%s", diff)
			}
		})
	}
}

func TestPersonsWithoutOneNumberInForceAreRefused(t *testing.T) {
	tests := []struct{ name, text, felt, problem string }{
		{"none", `{"identifikasjonsnummer":[],"navn":{"etternavn":"B"}}`, "identifikasjonsnummer", "no number in force"},
		{"ended alone", `{"identifikasjonsnummer":[{"foedselsEllerDNummer":"05840399895","status":"opphoert"}]}`,
			"identifikasjonsnummer", "no number in force"},
		{"several", `{"identifikasjonsnummer":[{"foedselsEllerDNummer":"05840399895"},{"foedselsEllerDNummer":"12829499914"}]}`,
			"identifikasjonsnummer", "several numbers in force"},
		{"not digits", `{"identifikasjonsnummer":[{"foedselsEllerDNummer":"05840399895"},{"foedselsEllerDNummer":"1041594244x"}]}`,
			"identifikasjonsnummer[1].foedselsEllerDNummer", "not 11 digits"},
		{"an unknown status", `{"identifikasjonsnummer":[{"foedselsEllerDNummer":"05840399895","status":"reservert"}]}`,
			"identifikasjonsnummer[0].status", "neither in use nor ended"},
		{"history alone in PDL", `{"folkeregisteridentifikator":[{"identifikasjonsnummer":"05840399895","metadata":{"historisk":true}}]}`,
			"folkeregisteridentifikator", "no number in force"},
		{"not digits in PDL", `{"hentPerson":{"folkeregisteridentifikator":[{"identifikasjonsnummer":"0584039989"}]}}`,
			"hentPerson.folkeregisteridentifikator[0].identifikasjonsnummer", "not 11 digits"},
		{"not digits in hentIdenter", `{"hentPerson":{},"hentIdenter":{"identer":[{"ident":"05840399895","gruppe":"FOLKEREGISTERIDENT"},
			{"ident":"0584039989X","gruppe":"FOLKEREGISTERIDENT","historisk":true}]}}`, "hentIdenter.identer[1].ident", "not 11 digits"},
		{"an unknown group", `{"hentPerson":{},"hentIdenter":{"identer":[{"ident":"05840399895","gruppe":"DUF"}]}}`,
			"hentIdenter.identer[0].gruppe", "not a known group of identifiers"},
		{"two answers that differ", `{"hentPerson":{"folkeregisteridentifikator":[{"identifikasjonsnummer":"12829499914"}]},
			"hentIdenter":{"identer":[{"ident":"05840399895","gruppe":"FOLKEREGISTERIDENT"}]}}`,
			"hentPerson.folkeregisteridentifikator", "several numbers in force"},
		{"no person", `{"data":{"hentPerson":null}}`, "hentPerson", "is null: the source has no such person, or does not show it"},
		{"numbers alone", `{"data":{"hentIdenter":{"identer":[{"ident":"05840399895","gruppe":"FOLKEREGISTERIDENT"}]}}}`,
			"hentPerson", "is null: the source has no such person, or does not show it"},
		{"not found", `{"ident":"05840399895","person":null,"code":"not_found"}`, "code", "the source has no person of this number (not_found)"},
		{"no number", `{"ident":"x","person":null,"code":"bad_request"}`, "code", "the source does not take this for a number (bad_request)"},
		{"an unknown code", `{"ident":"05840399895","person":{},"code":"05840399895"}`, "code", "not a known code"},
		{"ok without a person", `{"ident":"05840399895","person":null,"code":"ok"}`, "person", "is null, though the code is ok"},
		{"an AKTORID alone", `{"ident":"2005060708099","person":{},"code":"ok"}`, "ident", "not 11 digits"},
		{"a PDL query that did not ask for protection",
			`{"folkeregisteridentifikator":[{"identifikasjonsnummer":"05840399895"}],"navn":[{"etternavn":"B"}]}`,
			"adressebeskyttelse", "missing: whether the person is protected is not known; nobody is an empty list"},
		{"an unknown grade", `{"ident":"05840399895","person":{"adressebeskyttelse":[{"gradering":"HEMMELIG"}]},"code":"ok"}`,
			"person.adressebeskyttelse.gradering", "not a known protection grade"},
		{"protection without a grade", `{"ident":"05840399895","person":{"adressebeskyttelse":[{}]},"code":"ok"}`,
			"person.adressebeskyttelse.graderingsnivaa", "not a known protection grade"},
		{"an unknown sex", `{"ident":"05840399895","person":{"adressebeskyttelse":[],"kjoenn":[{"kjoenn":"K"}]},"code":"ok"}`,
			"person.kjoenn.kjoenn", "neither KVINNE, MANN nor UKJENT"},
		{"an impossible date", `{"ident":"05840399895","person":{"foedsel":[{"foedselsdato":"2003-02-29"}]},"code":"ok"}`,
			"person.foedsel[0].foedselsdato", "not a date of the form yyyy-mm-dd"},
		{"another type", `{"identifikasjonsnummer":"05840399895"}`, "identifikasjonsnummer", "has another type or form than it should have"},
		{"another type inside", `{"identifikasjonsnummer":[{"foedselsEllerDNummer":"05840399895"}],"navn":[{"fornavn":["A"]}]}`,
			"navn[0].fornavn", "has another type or form than it should have"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			found := lesFeil(t, tt.text)
			if len(found) != 1 {
				t.Fatalf("%d records refused, want 1", len(found))
			}
			if got, want := [2]string{found[0].Felt, found[0].Problem}, [2]string{tt.felt, tt.problem}; got != want {
				t.Errorf("refused for %q, want %q", got, want)
			}
		})
	}
}

func TestAnAktoridWasAskedFor(t *testing.T) {
	utenPlass, _, p := merknaderOf(t, `{"ident":"2005060708099","code":"ok","person":{"adressebeskyttelse":[],
		"folkeregisteridentifikator":[{"identifikasjonsnummer":"05840399895"}],"navn":[{"etternavn":"B"}]}}`)
	if diff := cmp.Diff([]string{"ident"}, utenPlass); diff != "" {
		t.Errorf("without a place (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(&store.Person{Foedselsnr: "05840399895", Navn: store.Navn{Etternavn: "B"}}, p); diff != "" {
		t.Errorf("person (-want +got):\n%s", diff)
	}
}

// TestRecordThatIsTooLongIsRefused: whatever is in it, and those around it are read.
func TestRecordThatIsTooLongIsRefused(t *testing.T) {
	record := func(length int) string {
		const before, after = `{"person":{"foedselsnr":"12829499914","navn":{"etternavn":"`, `"}}}`
		return before + strings.Repeat("a", length-len(before)-len(after)) + after
	}
	read, refused := []int{}, []*Feil(nil)
	err := lesSomFil(record(postMaks)+"\n"+record(postMaks+1)+"\n"+record(200), Mottak{
		Poster: func(_ Sted, _ string, raa []byte, _ []Post) error { read = append(read, len(raa)); return nil },
		Feil:   func(f *Feil) error { refused = append(refused, f); return nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]int{postMaks, 200}, read); diff != "" {
		t.Errorf("read (-want +got):\n%s", diff)
	}
	if len(refused) != 1 || refused[0].Problem != "the record is longer than 1 MiB" {
		t.Errorf("refused: %v", refused)
	}
}
