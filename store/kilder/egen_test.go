package kilder

import (
	"bytes"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"aareg/store"
)

// fyller fills every field of a value with something of its own, so that no field can be taken for another.
type fyller struct{ n int }

// verdier are values of the types whose text has a form.
func (f *fyller) verdi(v reflect.Value) bool {
	switch p := v.Addr().Interface().(type) {
	case *store.Dato:
		*p = store.Dato(20200101).AddDays(f.n)
	case *store.Maaned:
		*p = store.Maaned((2000+f.n)*100 + f.n%12 + 1)
	case *store.Tidspunkt:
		*p = store.Tidspunkt(fmt.Sprintf("2020-01-01T00:%02d:00.%d", f.n%60, f.n))
	case *store.Desimal:
		*p = store.Desimal(fmt.Sprintf("%d.25", f.n))
	case *store.Gradering:
		*p = store.StrengtFortrolig
	default:
		return false
	}
	return true
}

func (f *fyller) fyll(t *testing.T, v reflect.Value) {
	t.Helper()
	f.n++
	if f.verdi(v) {
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			f.fyll(t, v.Field(i))
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			f.fyll(t, v.Index(i))
		}
	case reflect.String:
		v.SetString(fmt.Sprintf("tekst %d <æ&\"\\\n>", f.n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int32, reflect.Int64:
		v.SetInt(int64(f.n))
	case reflect.Uint8:
		v.SetUint(uint64(f.n % 256))
	case reflect.Uint32:
		v.SetUint(uint64(f.n))
	default:
		t.Fatalf("a field of type %v, which this test cannot fill", v.Type())
	}
}

func fylt[T any](t *testing.T) *T {
	t.Helper()
	v := new(T)
	(&fyller{}).fyll(t, reflect.ValueOf(v).Elem())
	return v
}

// skrevetOgLest writes a post as a line and reads the line.
func skrevetOgLest(t *testing.T, p *Post) (Post, string) {
	t.Helper()
	line, err := Skriv([]byte("x"), p)
	if err != nil {
		t.Fatal(err)
	}
	text := strings.TrimPrefix(string(line), "x")
	if strings.Count(text, "\n") != 1 || !strings.HasSuffix(text, "\n") {
		t.Fatalf("not one line: %q", text)
	}
	posts := lesPosts(t, []byte(text), NewMerknader())
	if len(posts) != 1 {
		t.Fatalf("%d posts, want 1", len(posts))
	}
	return posts[0], text
}

func TestEveryFieldComesBackFromOwnFormat(t *testing.T) {
	head := fylt[store.Registerhode](t)
	head.Format = 1
	tests := []struct {
		name string
		post Post
	}{
		{"register", Post{Register: head}},
		{"enhet", Post{Enhet: &Enhet{Enhet: *fylt[store.Enhet](t)}}},
		{"gammelArbeidsgiver", Post{GammelArbeidsgiver: fylt[store.GammelArbeidsgiver](t)}},
		{"person", Post{Person: fylt[store.Person](t)}},
		{"arbeidsforhold", Post{Arbeidsforhold: fylt[store.Arbeidsforhold](t)}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, line := skrevetOgLest(t, &tt.post)
			if diff := cmp.Diff(tt.post, got); diff != "" {
				t.Errorf("what came back (-want +got):\n%s", diff)
			}
			if !strings.HasPrefix(line, `{"`+tt.name+`":{`) {
				t.Errorf("the line is not that of %s", tt.name)
			}
		})
	}
}

func TestEmptyObjectsComeBackFromOwnFormat(t *testing.T) {
	tests := []struct {
		name, line string
		post       Post
	}{
		{"register", `{"register":{"format":1,"utstedelsesnoekkel":"","utstedt":0}}`, Post{Register: &store.Registerhode{Format: 1}}},
		{"enhet", `{"enhet":{"organisasjonsnummer":"","navn":"","organisasjonsform":{}}}`, Post{Enhet: new(Enhet)}},
		{"gammelArbeidsgiver", `{"gammelArbeidsgiver":{"arbeidsgivernr":"","navn":""}}`, Post{GammelArbeidsgiver: new(store.GammelArbeidsgiver)}},
		{"person", `{"person":{"foedselsnr":"","navn":{}}}`, Post{Person: new(store.Person)}},
		{"arbeidsforhold", `{"arbeidsforhold":{"type":{},"arbeidstaker":{"ident":""},"arbeidssted":{"ident":""},` +
			`"opplysningspliktig":{"ident":""},"ansettelsesperiode":{},"rapporteringsordning":{}}}`,
			Post{Arbeidsforhold: new(store.Arbeidsforhold)}},
		{"lists of empty objects", `{"arbeidsforhold":{"type":{},"arbeidstaker":{"ident":""},"arbeidssted":{"ident":""},` +
			`"opplysningspliktig":{"ident":""},"ansettelsesperiode":{},"ansettelsesdetaljer":[{}],"permisjoner":[{"type":{}}],` +
			`"timerMedTimeloenn":[{"antall":null}],"rapporteringsordning":{}}}`,
			Post{Arbeidsforhold: &store.Arbeidsforhold{Ansettelsesdetaljer: make([]store.Ansettelsesdetaljer, 1),
				Permisjoner: make([]store.Permisjon, 1), TimerMedTimeloenn: make([]store.TimerMedTimeloenn, 1)}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, line := skrevetOgLest(t, &tt.post)
			if diff := cmp.Diff(tt.line+"\n", line); diff != "" {
				t.Errorf("the line (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.post, got, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("what came back (-want +got):\n%s", diff)
			}
		})
	}
}

func TestRemovalsNameOneObject(t *testing.T) {
	for _, key := range []Noekkel{{ArbeidsforholdId: 48000401}, {UUID: "0f1b2c3d-0000-4000-8000-000000000001"},
		{Orgnr: "210000011"}, {Foedselsnr: "12829499914"}} {
		want := Post{Hendelse: &Hendelse{Hva: Fjernet, Noekkel: key}}
		got, _ := skrevetOgLest(t, &want)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("what came back (-want +got):\n%s", diff)
		}
	}
}

func TestOwnFormatTakesNothingThatItDoesNotKnow(t *testing.T) {
	tests := []struct{ name, text, felt, problem string }{
		{"a key beside", `{"person":{"foedselsnr":"12829499914"},"kilde":1}`, "kilde", "a key that does not belong there"},
		{"a key inside", `{"person":{"foedselsnr":"12829499914","alder":31}}`, "person.alder", "a key that does not belong there"},
		{"a key in a list", `{"arbeidsforhold":{"permisjoner":[{"id":"1"},{"ident":"1"}]}}`,
			"arbeidsforhold.permisjoner[1].ident", "a key that does not belong there"},
		{"a key of another case", `{"person":{"Foedselsnr":"12829499914"}}`, "person.?", "a key that does not belong there"},
		{"a key that is data", `{"person":{"12829499914":"Ulv"}}`, "person.?", "a key that does not belong there"},
		{"the same key twice", `{"person":{"foedselsnr":"12829499914","foedselsnr":"05840399895"}}`, "person.foedselsnr", "the same key twice"},
		{"an impossible date", `{"person":{"foedselsdato":"2023-02-29"}}`, "person.foedselsdato", "has another type or form than it should have"},
		{"a decimal that is a word", `{"arbeidsforhold":{"timerMedTimeloenn":[{"antall":"mange"}]}}`,
			"arbeidsforhold.timerMedTimeloenn[0].antall", "not a decimal number"},
		{"a time that is a word", `{"arbeidsforhold":{"sistEndret":"i dag"}}`,
			"arbeidsforhold.sistEndret", "does not begin with a date"},
		{"an unknown grade", `{"person":{"adressebeskyttelse":"HEMMELIG"}}`, "person.adressebeskyttelse",
			"has another type or form than it should have"},
		{"not UTF-8", "{\"person\":{\"navn\":{\"etternavn\":\"\xc5s\"}}}", "person.navn.etternavn", "not valid UTF-8"},
		{"two objects", `{"person":{},"enhet":{}}`, "", "not exactly one of register, enhet, gammelArbeidsgiver, person, arbeidsforhold and slett"},
		{"no object", `{"person":null}`, "", "not exactly one of register, enhet, gammelArbeidsgiver, person, arbeidsforhold and slett"},
		{"a later format", `{"register":{"format":2}}`, "register.format", "not a format that is known here"},
		{"no format", `{"register":{}}`, "register.format", "not a format that is known here"},
		{"the removal of nothing", `{"slett":{}}`, "slett", "not exactly one of navArbeidsforholdId, navUuid, organisasjonsnummer and foedselsnr"},
		{"the removal of two objects", `{"slett":{"organisasjonsnummer":"210000011","foedselsnr":"12829499914"}}`,
			"slett", "not exactly one of navArbeidsforholdId, navUuid, organisasjonsnummer and foedselsnr"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			found := lesFeil(t, tt.text)
			if len(found) != 1 {
				t.Fatalf("%d records refused, want 1", len(found))
			}
			want := &Feil{Sted: Sted{"fil.json", 1, 1}, Form: "aareg", Felt: tt.felt, Problem: tt.problem}
			if diff := cmp.Diff(want, found[0], cmpopts.IgnoreFields(Feil{}, "Raa")); diff != "" {
				t.Errorf("refused (-want +got):\n%s", diff)
			}
		})
	}
}

func TestWhatOwnFormatCannotKeepIsNotWritten(t *testing.T) {
	key := Noekkel{Orgnr: "210000011"}
	tests := []struct {
		name string
		post Post
	}{
		{"nothing", Post{}},
		{"two objects", Post{Person: new(store.Person), Enhet: new(Enhet)}},
		{"a deleted unit", Post{Enhet: &Enhet{Slettet: true}}},
		{"a unit without its former names", Post{Enhet: &Enhet{UtenTidligereNavn: true}}},
		{"a change", Post{Hendelse: &Hendelse{Hva: Endret, Noekkel: key}}},
		{"an order of events", Post{Hendelse: &Hendelse{Hva: Fjernet, Noekkel: key, Rekkefoelge: 1}}},
		{"the removal of nothing", Post{Hendelse: &Hendelse{Hva: Fjernet}}},
		{"text that is not UTF-8", Post{Person: &store.Person{Navn: store.Navn{Etternavn: "\xc5s"}}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Skriv([]byte("before"), &tt.post)
			if err == nil {
				t.Errorf("written as %s", got)
			}
			if !bytes.Equal(got, []byte("before")) {
				t.Errorf("left behind: %s", got)
			}
		})
	}
}

// The file is an example of the format for people: it must read, and be written back byte for byte.
func TestExampleOfOwnFormatIsWrittenAsItStands(t *testing.T) {
	const file = "testdata/egen/eksempel.ndjson"
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var written []byte
	for _, p := range lesPosts(t, text, NewMerknader()) {
		if written, err = Skriv(written, &p); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(strings.Split(string(text), "\n"), strings.Split(string(written), "\n")); diff != "" {
		t.Errorf("lines (-file +written):\n%s", diff)
	}
	assertScalarsAccountedFor(t, file)
}

func BenchmarkSkrivArbeidsforhold(b *testing.B) {
	a := new(store.Arbeidsforhold)
	(&fyller{}).fyll(new(testing.T), reflect.ValueOf(a).Elem())
	var line []byte
	b.ReportAllocs()
	for b.Loop() {
		line, _ = Skriv(line[:0], &Post{Arbeidsforhold: a})
	}
	b.SetBytes(int64(len(line)))
}
