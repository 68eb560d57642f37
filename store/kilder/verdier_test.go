package kilder

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"aareg/store"
)

func TestTheDateThatIsWrittenHolds(t *testing.T) {
	tests := []struct {
		give string
		want store.Dato
	}{
		{"", 0},
		{" ", 0},
		{"2017-12-01", 20171201},
		{" 2017-12-01\n", 20171201},
		{"2017-12-01Z", 20171201},
		{"2017-12-01+01:00", 20171201},
		{"2018-05-14T21:53:00.000Z", 20180514},
		{"2018-05-14T23:59:59.999999999-11:00", 20180514},
		{"2018-05-14T00:00", 20180514},
		{"2018-05-14 21:53:00", 20180514},
		{"2020-12-01T09:15:00+0100", 20201201},
		{"2024-02-29", 20240229},
		{"0001-01-01", 10101},
	}
	for _, tt := range tests {
		if got, err := lesDato(tt.give); got != tt.want || err != nil {
			t.Errorf("%q: %v, %v, want %v", tt.give, got, err, tt.want)
		}
	}
	for _, give := range []string{"2023-02-29", "2017-13-01", "2017-00-01", "2017-12-32", "0000-01-01", "17-12-01", "2017-1-1", "01.12.2017",
		"20171201", "2017-12", "2017-12-01x", "2017-12-01T", "2017-12-01T24:00", "2017-12-01T23:60", "2017-12-01T23:59:60", "2017-12-01T23:59:59.",
		"2017-12-01T23:59:59.1234567890", "2017-12-01+1", "2017-12-01+24:00", "2017-12-01Z+01:00", "2017-12-01T21", "２017-12-01", "1512086400"} {
		if got, err := lesDato(give); err == nil {
			t.Errorf("%q is read as %v", give, got)
		}
	}
}

func TestMonthsAreReadInAllSpellings(t *testing.T) {
	tests := []struct {
		give string
		want store.Maaned
	}{
		{"", 0}, {"2020-01", 202001}, {"2020-1", 202001}, {"2020-12", 202012}, {" 2020-1 ", 202001},
		{"2015-09+02:00", 201509}, {"2015-9+02:00", 201509}, {"2015-09-02:00", 201509}, {"2015-09Z", 201509},
	}
	for _, tt := range tests {
		if got, err := lesMaaned(tt.give); got != tt.want || err != nil {
			t.Errorf("%q: %v, %v, want %v", tt.give, got, err, tt.want)
		}
	}
	for _, give := range []string{"2020", "2020-", "2020-0", "2020-00", "2020-13", "2020-123", "20-01", "2020-01-01", "2020/01", "0000-01", "202001",
		"2020-1x", "2020-01+2", "januar 2020"} {
		if got, err := lesMaaned(give); err == nil {
			t.Errorf("%q is read as %v", give, got)
		}
	}
}

func TestTimesAreKeptAsTheyAreWritten(t *testing.T) {
	for _, give := range []string{"", "2021-02-01", "2021-02-01T01:03", "2021-02-01T01:03:45", "2021-02-01T01:03:45.123456789", "2021-02-01T01:03:45+01:00"} {
		var got tidspunkt
		if err := got.UnmarshalText([]byte(" " + give + "\n")); string(got) != give || err != nil {
			t.Errorf("%q: %q, %v", give, got, err)
		}
	}
	for _, give := range []string{"i dag", "2021-02-30T01:03:45", "2021-02-01T1:03:45", "01:03:45"} {
		var got tidspunkt
		if err := got.UnmarshalText([]byte(give)); err == nil {
			t.Errorf("%q is read as %q", give, got)
		}
	}
}

func TestDecimalsAreExact(t *testing.T) {
	tests := []struct{ give, want string }{
		{`null`, ""}, {`""`, ""}, {`0`, "0.0"}, {`-0`, "0.0"}, {`0.0`, "0.0"}, {`100`, "100.0"}, {`100.0`, "100.0"}, {`37.50`, "37.5"}, {`8.87`, "8.87"},
		{`"37.5"`, "37.5"}, {`" 100 "`, "100.0"}, {`"007.5"`, "7.5"}, {`-1.5`, "-1.5"}, {`1e2`, "100.0"}, {`1.5E-3`, "0.0015"}, {`66.66666666666667`, "66.66666666666667"},
		{`12345678901234567890`, "12345678901234567890.0"}, {`0.1`, "0.1"}, {`1.10`, "1.1"}, {`1.00`, "1.0"},
	}
	for _, tt := range tests {
		var got desimal
		if err := lesJSON([]byte(tt.give), &got); string(got) != tt.want || err != nil {
			t.Errorf("%s: %q, %v, want %q", tt.give, got, err, tt.want)
		}
	}
	for _, give := range []string{`true`, `{}`, `[1]`, `"mange"`, `"37,5"`, `"1/3"`, `1e100`, `"0x10"`, `"1_000"`, `"+1"`, `".5"`, `"5."`, `123456789012345678901`} {
		var got desimal
		if err := lesJSON([]byte(give), &got); err == nil || err.Error() != ": not a decimal number" {
			t.Errorf("%s: read as %q, error %v", give, got, err)
		}
	}
}

func TestProtectionIsKnownInEverySpelling(t *testing.T) {
	tests := map[store.Gradering][]string{
		store.Ugradert:               {"", " ", "UGRADERT", "ugradert", "klientadresse", "KLIENTADRESSE"},
		store.Fortrolig:              {"FORTROLIG", "fortrolig", "Fortrolig", "7", "SPFO", " fortrolig "},
		store.StrengtFortrolig:       {"STRENGT_FORTROLIG", "strengtFortrolig", "StrengtFortrolig", "6", "SPSF"},
		store.StrengtFortroligUtland: {"STRENGT_FORTROLIG_UTLAND", "strengtFortroligUtland"},
	}
	for want, spellings := range tests {
		for _, give := range spellings {
			if got, err := gradering(give); got != want || err != nil {
				t.Errorf("%q: %v, %v, want %v", give, got, err, want)
			}
		}
	}
	for _, give := range []string{"kode 6", "HEMMELIG", "5", "strengt fortrolig", "19", "ingen"} {
		if got, err := gradering(give); err == nil {
			t.Errorf("%q is read as %v", give, got)
		}
	}
}

func TestCodesKeepTheirTexts(t *testing.T) {
	var k kodeverdi
	if err := lesJSON([]byte(`{"kode":"fast","beskrivelse":"Fast ansettelse","gyldig":true,"ref":null}`), &k); err != nil {
		t.Fatal(err)
	}
	m := NewMerknader()
	m.form = "v2"
	if diff := cmp.Diff(store.Kodeverdi{Kode: "fast", Beskrivelse: "Fast ansettelse"}, k.verdi("ansettelsesform.", m)); diff != "" {
		t.Errorf("value (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[Merknad]int{{"v2", "ansettelsesform.gyldig"}: 1}, m.UtenPlass); diff != "" {
		t.Errorf("without a place (-want +got):\n%s", diff)
	}
}

func TestMembersThatSayNothingAreNotNamed(t *testing.T) {
	m := NewMerknader()
	m.ukjent("a.", []byte(`{"en":null,"to":"","tre":[ ],"fire":{
	},"fem":0,"seks":false,"sju":" ","aatte":[null],"12829499914":1,"Fjellstad":{"a":1}}`))
	m.ukjent("", nil)
	want := map[Merknad]int{{"", "a.fem"}: 1, {"", "a.seks"}: 1, {"", "a.sju"}: 1, {"", "a.aatte"}: 1, {"", "a.?"}: 2}
	if diff := cmp.Diff(want, m.UtenPlass); diff != "" {
		t.Errorf("without a place (-want +got):\n%s", diff)
	}
}

func TestCountsAreAddedAndSorted(t *testing.T) {
	m := NewMerknader()
	for _, form := range []string{"v2", "PDL", "v2"} {
		one := NewMerknader()
		one.form = form
		one.Former[form]++
		one.utenPlass("b")
		one.utenPlass("a")
		one.bemerk("c")
		m.Add(one)
	}
	want := &Merknader{
		Former:    map[string]int{"v2": 2, "PDL": 1},
		UtenPlass: map[Merknad]int{{"v2", "a"}: 2, {"v2", "b"}: 2, {"PDL", "a"}: 1, {"PDL", "b"}: 1},
		Bemerket:  map[Merknad]int{{"v2", "c"}: 2, {"PDL", "c"}: 1},
	}
	if diff := cmp.Diff(want, m, cmpopts.IgnoreUnexported(Merknader{})); diff != "" {
		t.Errorf("counts (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]Merknad{{"PDL", "a"}, {"PDL", "b"}, {"v2", "a"}, {"v2", "b"}}, Sorted(m.UtenPlass)); diff != "" {
		t.Errorf("in order (-want +got):\n%s", diff)
	}
}

// What may stand behind a date and a month, as expressions: slow, and plain to see.
var (
	tidEtterDatoForm = regexp.MustCompile(`^(?:[T ]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d([.]\d{1,9})?)?)?(Z|[+-]([01]\d|2[0-3]):?[0-5]\d)?$`)
	maanedForm       = regexp.MustCompile(`^(\d{4})-(\d{1,2})(?:Z|[+-]([01]\d|2[0-3]):?[0-5]\d)?$`)
)

func FuzzDato(f *testing.F) {
	for _, s := range []string{"", "2017-12-01", "2017-12-01+01:00", "2018-05-14T21:53:00.000Z", "2018-05-14 21:53:00", "2023-02-29", "2017-12-01T23:59:59.1-0100"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, err := lesDato(s)
		trimmed := strings.TrimSpace(s)
		fits := trimmed == ""
		if len(trimmed) >= 10 {
			_, wrong := store.ParseDato(trimmed[:10])
			fits = wrong == nil && tidEtterDatoForm.MatchString(trimmed[10:])
		}
		if (err == nil) != fits {
			t.Fatalf("%q: error %v, want one: %v", s, err, !fits)
		}
		if err != nil {
			return
		}
		if printed := got.String(); !strings.HasPrefix(trimmed, printed) || (printed == "") != (trimmed == "") {
			t.Errorf("%q is printed as %q", s, printed)
		}
		if again, err := lesDato(got.String()); again != got || err != nil {
			t.Errorf("%q is read as %v, and that as %v, %v", s, got, again, err)
		}
	})
}

func FuzzMaaned(f *testing.F) {
	for _, s := range []string{"", "2020-01", "2020-1", "2015-09+02:00", "2020-13", "2015-9-0200"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, err := lesMaaned(s)
		trimmed := strings.TrimSpace(s)
		var want store.Maaned
		fits := trimmed == ""
		if parts := maanedForm.FindStringSubmatch(trimmed); parts != nil {
			fits = want.UnmarshalText([]byte(parts[1]+"-"+("0" + parts[2])[len(parts[2])-1:])) == nil
		}
		if (err == nil) != fits || fits && got != want {
			t.Fatalf("%q: %v, %v, want %v: %v", s, got, err, want, fits)
		}
		if err != nil {
			return
		}
		if again, err := lesMaaned(string(got.AppendISO(nil))); again != got || err != nil {
			t.Errorf("%q is read as %v, and that as %v, %v", s, got, again, err)
		}
	})
}

// A number that needs no work is found without work; it must be the same as with it.
func FuzzDesimal(f *testing.F) {
	for _, s := range []string{"", "0", "-0", "100", "037.5", "37.50", "1e2", "0.0", "99999999999999999999"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, err := lesDesimal(s)
		want, wrong := store.ParseDesimal(strings.TrimSpace(s))
		if strings.TrimSpace(s) == "" {
			wrong = nil
		}
		if got != want || (err == nil) != (wrong == nil) {
			t.Fatalf("%q: %q, %v, want %q, %v", s, got, err, want, wrong)
		}
		if again, err := lesDesimal(string(got)); err == nil && again != got {
			t.Errorf("%q is read as %q, and that as %q", s, got, again)
		}
	})
}
