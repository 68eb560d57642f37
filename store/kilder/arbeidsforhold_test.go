package kilder

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aareg/store"
)

// svar is what a made-up file of records must be read as. It stands beside the file, with the reason of the case.
type svar struct {
	Hvorfor   string       `json:"hvorfor"`
	Poster    [][]svarpost `json:"poster,omitempty"`    // of each record that could be used
	Feil      []string     `json:"feil,omitempty"`      // of each that could not
	UtenPlass []string     `json:"utenPlass,omitempty"` // named as without a place, once each
	Bemerket  []string     `json:"bemerket,omitempty"`  // done by rule
}

// svarpost is a Post with only what records of arbeidsforhold can become.
type svarpost struct {
	Arbeidsforhold *store.Arbeidsforhold `json:"arbeidsforhold,omitempty"`
	Person         *store.Person         `json:"person,omitempty"`
	Hendelse       *Hendelse             `json:"hendelse,omitempty"`
}

// arbeidsforholdformer are the folders of testdata with cases of arbeidsforhold.
var arbeidsforholdformer = []string{"v2", "dist", "otp", "v1", "tenor", "hendelse", "oversikt"}

func casesOf(t *testing.T, form string) (files []string) {
	t.Helper()
	all, err := filepath.Glob(filepath.Join("testdata", form, "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range all {
		if !strings.HasSuffix(file, ".svar.json") {
			files = append(files, file)
		}
	}
	if len(files) == 0 {
		t.Fatalf("no cases of %s", form)
	}
	return files
}

func wanted(t *testing.T, file string) (want svar) {
	t.Helper()
	text, err := os.ReadFile(strings.TrimSuffix(file, ".json") + ".svar.json")
	if err != nil {
		t.Fatal(err)
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&want); err != nil {
		t.Fatal(err)
	}
	if want.Hvorfor == "" {
		t.Fatal("a case must say why it is there")
	}
	return want
}

// read reads a file, and tells it as a case does.
func read(t *testing.T, file string) (got svar) {
	t.Helper()
	m := NewMerknader()
	err := Les(context.Background(), file, func(int) {}, m, Mottak{
		Poster: func(_ Sted, _ string, _ []byte, posts []Post) error {
			record := make([]svarpost, len(posts))
			for i, p := range posts {
				record[i] = svarpost{p.Arbeidsforhold, p.Person, p.Hendelse}
			}
			got.Poster = append(got.Poster, record)
			return nil
		},
		Feil: func(f *Feil) error {
			got.Feil = append(got.Feil, f.Felt+": "+f.Problem)
			return nil
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	got.UtenPlass, got.Bemerket = hvaOf(m.UtenPlass), hvaOf(m.Bemerket)
	return got
}

func hvaOf(count map[Merknad]int) (hva []string) {
	for _, noted := range Sorted(count) {
		hva = append(hva, noted.Hva)
	}
	slices.Sort(hva)
	return slices.Compact(hva)
}

func TestRecordsOfArbeidsforholdAreReadAsTheirCasesSay(t *testing.T) {
	for _, form := range arbeidsforholdformer {
		for _, file := range casesOf(t, form) {
			t.Run(form+"/"+strings.TrimSuffix(filepath.Base(file), ".json"), func(t *testing.T) {
				want, got := wanted(t, file), read(t, file)
				got.Hvorfor = want.Hvorfor
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s (-want +got):\n%s", want.Hvorfor, diff)
				}
			})
		}
	}
}

func TestNothingOfAnArbeidsforholdIsDroppedSilently(t *testing.T) {
	for _, form := range arbeidsforholdformer {
		for _, file := range casesOf(t, form) {
			if want := wanted(t, file); len(want.Feil) == 0 && !slices.Contains(want.Bemerket, erstattet) {
				assertScalarsAccountedFor(t, file)
				assertEveryScalarMatters(t, file)
			}
		}
	}
}

// assertEveryScalarMatters takes each value out of each record, one after the other: unless it is named as without a
// place, or only chooses, the record must then say something else, or be refused. So a value that is read into the
// place of another is found, also where several are alike.
func assertEveryScalarMatters(t *testing.T, file string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for nr, r := range recordsOf(t, file, text) {
		m := NewMerknader()
		posts, err := r.form.les(r.tekst, m)
		if err != nil {
			t.Fatalf("%s: record %d: %v", file, nr+1, err)
		}
		whole := string(asJSON(t, posts))
		without(t, r.tekst, func(s skalar, rest []byte) {
			party := s.key == "type" && slices.Contains([]string{"Person", "Underenhet", "Hovedenhet"}, s.text) // also told by its number
			if party || s.chooses() || s.named(m) {
				return
			}
			if posts, err := r.form.les(rest, NewMerknader()); err == nil && string(asJSON(t, posts)) == whole {
				t.Errorf("%s: record %d (%s): without %s the record says the same", file, nr+1, r.form.navn, s.steder[0])
			}
		})
	}
}

func asJSON(t *testing.T, v any) []byte {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// without hands over the text once for every value in it, with that value taken out.
func without(t *testing.T, text []byte, each func(s skalar, rest []byte)) {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var whole any
	if err := d.Decode(&whole); err != nil {
		t.Fatal(err)
	}
	var visit func(value any, key string, steder []string, set func(any))
	visit = func(value any, key string, steder []string, set func(any)) {
		switch v := value.(type) {
		case map[string]any:
			steder = alsoByType(steder, v)
			for k, inner := range v {
				visit(inner, k, under(steder, k), func(replaced any) { v[k] = replaced })
			}
		case []any:
			for i, inner := range v {
				visit(inner, key, steder, func(replaced any) { v[i] = replaced })
			}
		default:
			walk(value, key, steder, func(s skalar) {
				set(nil)
				each(s, asJSON(t, whole))
				set(value)
			})
		}
	}
	visit(whole, "", []string{""}, func(any) {})
}

func TestErrorsOfArbeidsforholdShowNoValue(t *testing.T) {
	for _, form := range arbeidsforholdformer {
		for _, file := range casesOf(t, form) {
			for _, problem := range wanted(t, file).Feil {
				text, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				for _, s := range scalarsOf(t, text) {
					if len(s.text) > 6 && strings.ContainsAny(s.text, "0123456789") && strings.Contains(problem, s.text) {
						t.Errorf("%s: the error shows the value of %s", file, s.steder[0])
					}
				}
			}
		}
	}
}

// dataelementer are the elements that Nav lists for an arbeidsforhold, by their paths; parties are told apart below.
var dataelementer = []string{
	"id", "type.kode", "type.beskrivelse", "arbeidssted.type", "opplysningspliktig.type",
	"ansettelsesperiode.startdato", "ansettelsesperiode.sluttdato", "ansettelsesperiode.sluttaarsak.kode",
	"ansettelsesperiode.sluttaarsak.beskrivelse", "ansettelsesperiode.varsling.kode", "ansettelsesperiode.varsling.beskrivelse",
	"ansettelsesdetaljer.type", "ansettelsesdetaljer.arbeidstidsordning.kode", "ansettelsesdetaljer.arbeidstidsordning.beskrivelse",
	"ansettelsesdetaljer.ansettelsesform.kode", "ansettelsesdetaljer.ansettelsesform.beskrivelse", "ansettelsesdetaljer.yrke.kode",
	"ansettelsesdetaljer.yrke.beskrivelse", "ansettelsesdetaljer.antallTimerPrUke", "ansettelsesdetaljer.avtaltStillingsprosent",
	"ansettelsesdetaljer.sisteStillingsprosentendring", "ansettelsesdetaljer.sisteLoennsendring",
	"ansettelsesdetaljer.skipsregister.kode", "ansettelsesdetaljer.skipsregister.beskrivelse", "ansettelsesdetaljer.fartoeystype.kode",
	"ansettelsesdetaljer.fartoeystype.beskrivelse", "ansettelsesdetaljer.fartsomraade.kode",
	"ansettelsesdetaljer.fartsomraade.beskrivelse", "ansettelsesdetaljer.rapporteringsmaaneder.fra",
	"ansettelsesdetaljer.rapporteringsmaaneder.til",
	"permisjoner.id", "permisjoner.startdato", "permisjoner.sluttdato", "permisjoner.prosent", "permisjoner.type.kode",
	"permisjoner.type.beskrivelse", "permisjoner.varsling.kode", "permisjoner.varsling.beskrivelse",
	"permitteringer.id", "permitteringer.startdato", "permitteringer.sluttdato", "permitteringer.prosent",
	"permitteringer.type.kode", "permitteringer.type.beskrivelse", "permitteringer.varsling.kode", "permitteringer.varsling.beskrivelse",
	"timerMedTimeloenn.antall", "timerMedTimeloenn.startdato", "timerMedTimeloenn.sluttdato", "timerMedTimeloenn.rapporteringsmaaned",
	"utenlandsopphold.land.kode", "utenlandsopphold.land.beskrivelse", "utenlandsopphold.startdato", "utenlandsopphold.sluttdato",
	"utenlandsopphold.rapporteringsmaaned",
	"idHistorikk.id", "varsler.entitet", "varsler.varsling.kode", "varsler.varsling.beskrivelse",
	"rapporteringsordning.kode", "rapporteringsordning.beskrivelse", "opprettet", "sistBekreftet", "sistEndret",
}

func TestTheFullFilesHaveEveryDataElement(t *testing.T) {
	for form, ident := range map[string]string{"v2": "identer.ident", "dist": "ident", "tenor": "ident"} {
		file := filepath.Join("testdata", form, "alle_elementer.json")
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var has []string
		for _, r := range recordsOf(t, file, text) {
			for _, s := range scalarsOf(t, r.tekst) {
				has = append(has, s.steder[0])
			}
		}
		parties := []string{"arbeidstaker." + ident, "arbeidssted." + ident, "opplysningspliktig." + ident}
		for _, element := range append(parties, dataelementer...) {
			if !slices.Contains(has, element) {
				t.Errorf("%s has no %s", file, element)
			}
		}
	}
}
