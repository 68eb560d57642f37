package kilder

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

// deler parts a text into records: line, number, shape, text.
func deler(text string, m *Merknader) (records []string, err error) {
	err = lesJSONfil("fil.json", strings.NewReader(text), m, func(r raa) error {
		records = append(records, fmt.Sprintf("%d %d %s %s", r.sted.Linje, r.sted.Nr, r.form.navn, r.tekst))
		return nil
	})
	return records, err
}

func TestFilesArePartedIntoRecords(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"NDJSON", "{\"person\":1}\n{\"enhet\":2}\n\n{\"slett\":3}\n", []string{
			`1 1 aareg {"person":1}`, `2 2 aareg {"enhet":2}`, `4 3 aareg {"slett":3}`}},
		{"Windows line ends", "{\"person\":1}\r\n{\"enhet\":2}\r\n", []string{`1 1 aareg {"person":1}`, `2 2 aareg {"enhet":2}`}},
		{"several values on a line", `{"person":1} {"enhet":2}[{"slett":3}]`, []string{
			`1 1 aareg {"person":1}`, `1 2 aareg {"enhet":2}`, `1 3 aareg {"slett":3}`}},
		{"a list, indented", "[\n  {\n    \"person\": 1\n  },\n  {\n    \"enhet\": [\n      2\n    ]\n  }\n]\n", []string{
			`2 1 aareg {"person":1}`, "5 2 aareg {\"enhet\":[\n      2\n    ]}"}},
		{"lists in lists", "[[{\"person\":1}],\n[],[[{\"enhet\":2},\n{\"slett\":3}]]]", []string{
			`1 1 aareg {"person":1}`, `2 2 aareg {"enhet":2}`, `3 3 aareg {"slett":3}`}},
		{"nothing", " \n", nil},
		{"a list of nothing", "[]", nil},
		{"shapes mixed", `{"organisasjonsnummer":"1","navn":"2"}{"ident":"1","person":{},"code":"ok"}{"kildedata":{"data":"1"},"id":2}`, []string{
			`1 1 enhet {"organisasjonsnummer":"1","navn":"2"}`, `1 2 PDL bolk {"ident":"1","person":{},"code":"ok"}`,
			`1 3 Tenor {"kildedata":{"data":"1"},"id":2}`}},
		{"keys written with escapes", `{"d\u0061ta":{"\u0070erson":1}}`, []string{`1 1 aareg {"\u0070erson":1}`}},
		{"a list of arbeidsforhold beside one", `{"arbeidsforhold":{"id":1}}{"arbeidsforhold":[{"arbeidssted":2}]}`, []string{
			`1 1 aareg {"arbeidsforhold":{"id":1}}`, `1 2 dist {"arbeidssted":2}`}},
		{"the same key twice is left to whoever reads", `{"person":1,"person":2}`, []string{`1 1 aareg {"person":1,"person":2}`}},
		{"what is no object", `[1,"a",true,{"person":1}] 2`, []string{
			`1 1 JSON `, `1 2 JSON `, `1 3 JSON `, `1 4 aareg {"person":1}`, `1 5 JSON `}},
		{"null", `null {"person":1} [null] null`, []string{`1 1 aareg {"person":1}`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := deler(tt.text, NewMerknader())
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("records (-want +got):\n%s", diff)
			}
		})
	}
}

func TestEnvelopesAreOpened(t *testing.T) {
	const one, two = `{"arbeidssted":1}`, `{"arbeidssted":2}`
	tests := []struct {
		name, text string
		utenPlass  []string
	}{
		{"GraphQL", `{"data":{"finnArbeidsforhold":{"arbeidsforhold":[` + one + `,` + two + `]}},"errors":[]}`, nil},
		{"GraphQL for pensions", `{"data":{"finnArbeidsforholdPrArbeidstaker":{"arbeidsforhold":[` + one + `,` + two + `]}},"extensions":{"a":1}}`,
			[]string{"extensions"}},
		{"a list that is an object", `{"data":{"finnArbeidsforhold":[{"arbeidsforhold":[` + one + `]},{"arbeidsforhold":[` + two + `]}]}}`, nil},
		{"technical history", `{"arbeidsforhold":[` + one + `,` + two + `],"feilmeldinger":null,"traceId":"x"}`, []string{"traceId"}},
		{"units", `{"_embedded":{"enheter":[` + one + `,` + two + `]},"_links":{"self":1},"page":{"size":2}}`, nil},
		{"underenheter", `{"_embedded":{"underenheter":[` + one + `,` + two + `]}}`, nil},
		{"updates of units", `{"_embedded":{"oppdaterteEnheter":[` + one + `],"oppdaterteUnderenheter":[` + two + `]}}`, nil},
		{"persons", `{"data":{"hentPersonBolk":[` + one + `,` + two + `]}}`, nil},
		{"keys before and behind the records", `{"a":1,"data":[` + one + `],"b":{},"enheter":[` + two + `],"c":2}`, []string{"a", "c"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := NewMerknader()
			got, err := deler(tt.text, m)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]string{"1 1 dist " + one, "1 2 dist " + two}, got); diff != "" {
				t.Errorf("records (-want +got):\n%s", diff)
			}
			var utenPlass []string
			for _, k := range Sorted(m.UtenPlass) {
				utenPlass = append(utenPlass, k.Hva)
			}
			if diff := cmp.Diff(tt.utenPlass, utenPlass); diff != "" {
				t.Errorf("without a place (-want +got):\n%s", diff)
			}
		})
	}
}

func TestEveryEnvelopeIsOpened(t *testing.T) {
	for key := range konvolutter {
		got, err := deler(`{"`+key+`":[{"arbeidssted":1}]}`, NewMerknader())
		if diff := cmp.Diff([]string{`1 1 dist {"arbeidssted":1}`}, got); diff != "" || err != nil {
			t.Errorf("%s: %v; records (-want +got):\n%s", key, err, diff)
		}
	}
}

func TestEnvelopesWithoutRecordsAreNoted(t *testing.T) {
	for _, text := range []string{`{}`, `{"data":null}`, `{"data":{"finnArbeidsforhold":null}}`, `{"page":{"size":1},"_links":{}}`,
		`{"data":{"finnArbeidsforholdPrArbeidstaker":{"arbeidsforhold":null}}}`} {
		m := NewMerknader()
		got, err := deler(text, m)
		if len(got) > 0 || err != nil {
			t.Errorf("%s: records %q, error %v", text, got, err)
		}
		if diff := cmp.Diff(map[Merknad]int{{"envelope", "an envelope without records"}: 1}, m.Bemerket); diff != "" {
			t.Errorf("%s: remarks (-want +got):\n%s", text, diff)
		}
	}
}

// A source that answers with errors has not delivered, whatever else it sent; what it sent is read all the same.
func TestAnswersThatSayThatTheyFailedAreRefused(t *testing.T) {
	tests := []struct {
		text string
		want []string
	}{
		{`{"errors":[{"message":"a"}],"data":{"hentPersonBolk":[{"slett":{"foedselsnr":"1"}}]}}`, []string{"post", "errors"}},
		{`{"errors":[{"message":"a"}],"data":null}`, []string{"errors"}},
		{`{"data":{"finnArbeidsforhold":null},"errors":[{"message":"a"}]}`, []string{"errors"}},
		{`{"arbeidsforhold":[],"feilmeldinger":["a"]}`, []string{"errors"}},
		{`{"arbeidsforhold":[],"errors":{"message":"a"}}`, []string{"errors"}},
		{"{\"errors\":[{}]}\n{\"slett\":{\"foedselsnr\":\"1\"}}", []string{"errors", "post"}},
	}
	for _, tt := range tests {
		var got []string
		err := lesSomFil(tt.text, Mottak{
			Poster: func(Sted, string, []byte, []Post) error { got = append(got, "post"); return nil },
			Feil:   func(f *Feil) error { got = append(got, f.Felt); return nil },
		})
		if diff := cmp.Diff(tt.want, got); diff != "" || err != nil {
			t.Errorf("%s: %v; (-want +got):\n%s", tt.text, err, diff)
		}
	}
}

// lesSomFil reads a text as a file.
func lesSomFil(text string, mottak Mottak) error {
	return lesFil(context.Background(), "fil.json", bufio.NewReader(strings.NewReader(text)), NewMerknader(), mottak)
}

func TestUnknownShapesAreNamedByTheirKeysAlone(t *testing.T) {
	tests := []struct{ text, problem string }{
		{`{"fornavn":"Blid","naeringskode1":2}`, "a record of no known shape; its keys: fornavn, naeringskode1"},
		{`{"navn":1,"12829499914":{},"Fjellstad":1,"Blid Bakke":1,"blid bakke":1,"a\u0000b":1}`, "a record of no known shape; its keys: navn"},
		{`{"":1}`, "a record of no known shape; its keys: "},
		{"{\"\xc5s\":1,\"a\":2}", "a record of no known shape; its keys: a"},
		{`{` + strings.Repeat(`"a":1,`, 50) + `"b":1}`, "a record of no known shape; its keys: a" + strings.Repeat(", a", 19)},
	}
	for _, tt := range tests {
		found := lesFeil(t, tt.text)
		if len(found) != 1 || found[0].Problem != tt.problem || found[0].Form != "unknown shape" {
			t.Errorf("%.60q: refused as %v, want %q", tt.text, found, tt.problem)
		}
	}
}

// slutt reads a text that is no JSON throughout, and says how it ended.
func slutt(t *testing.T, r io.Reader) (records int, end error) {
	t.Helper()
	end = lesFil(context.Background(), "fil.json", bufio.NewReader(r), NewMerknader(), Mottak{
		Poster: func(Sted, string, []byte, []Post) error { records++; return nil },
		Feil:   func(f *Feil) error { t.Error(f); return nil },
	})
	return records, end
}

func TestWhatIsNoJSONEndsTheFileWithItsPlace(t *testing.T) {
	const r = `{"slett":{"foedselsnr":"1"}}`
	tests := []struct {
		name, text string
		before     int
		want       string
	}{
		{"cut in NDJSON", r + "\n" + r[:10] + "\n", 1, "fil.json:2: record 2: the file ends in the middle of a record"},
		{"cut in a string", r + "\n{\"slett\":{\"foed", 1, "fil.json:2: record 2: the file ends in the middle of a record"},
		{"cut in an indented list", "[\n" + r + ",\n{\n\"slett\": {\n", 1, "fil.json:4: record 2: the file ends in the middle of a record"},
		{"cut between records of a list", "[\n" + r + ",\n" + r + "\n", 2, "fil.json:3: record 3: the file ends in the middle of a record"},
		{"cut in an envelope", "{\"data\":\n[\n" + r, 1, "fil.json:3: record 2: the file ends in the middle of a record"},
		{"cut behind a key", r + "\n{\"slett\"", 1, "fil.json:2: record 2: the file ends in the middle of a record"},
		{"a comma missing", "[" + r + "\n" + r + "]", 1, "fil.json:2: record 2: not valid JSON"},
		{"a comma too many", "[" + r + "\n,\n]", 1, "fil.json:2: record 2: not valid JSON"},
		{"no quotes", r + "\n{\n  \"slett\": {\n    foedselsnr: 1}}", 1, "fil.json:4: record 2: not valid JSON"},
		{"single quotes", r + "\n{'slett':1}", 1, "fil.json:2: record 2: not valid JSON"},
		{"a word", r + "\nNaN", 1, "fil.json:2: record 2: not valid JSON"},
		{"the end of another list", r + "\n}", 1, "fil.json:2: record 2: not valid JSON"},
		{"a line end in a string", "{\"slett\":{\"foedselsnr\":\n\"1\n\"}}", 0, "fil.json:2: record 1: not valid JSON"},
		{"a NUL byte", r + "\n\x00", 1, "fil.json:2: record 2: not valid JSON"},
		{"too deep", r + "\n" + strings.Repeat("[", 20000), 1, "fil.json:2: record 2: not valid JSON"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			records, end := slutt(t, strings.NewReader(tt.text))
			var bad *Feil
			if !errors.As(end, &bad) || bad.Error() != tt.want {
				t.Errorf("ended with %v, want %s", end, tt.want)
			}
			if records != tt.before {
				t.Errorf("%d records before it, want %d", records, tt.before)
			}
		})
	}
}

func TestFilesThatCannotBeReadFurtherAreNamed(t *testing.T) {
	broken := errors.New("input/output error")
	records, end := slutt(t, io.MultiReader(strings.NewReader(`{"slett":{"foedselsnr":"1"}}`+"\n[\n"), iotest.ErrReader(broken)))
	if records != 1 || !errors.Is(end, broken) || !strings.Contains(end.Error(), "fil.json") {
		t.Errorf("%d records, ended with %v", records, end)
	}
}

// Records are told from what is wrong with them, at the place where they begin.
func TestRefusedRecordsAreNamedByPlaceShapeAndField(t *testing.T) {
	const text = "[\n  {\"slett\": {\"foedselsnr\": \"1\"}},\n  {\n    \"person\": {\n      \"foedselsnr\": 12829499914\n    }\n  },\n  7,\n" +
		"  {\"slett\": {\"foedselsnr\": \"1\",\n    \"foedselsnr\": \"2\"}}, {\"person\": {\"navn\": {\"etternavn\": \"\xc5s\"}}}\n]"
	var got []string
	err := lesSomFil(text, Mottak{
		Poster: func(s Sted, form string, raa []byte, _ []Post) error {
			got = append(got, fmt.Sprint(s, " ", form, " ", string(raa)))
			return nil
		},
		Feil: func(f *Feil) error { got = append(got, f.Error()+" "+string(f.Raa)); return nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"fil.json:2: record 1 aareg {\"slett\":{\"foedselsnr\": \"1\"}}",
		"fil.json:3: record 2 (aareg): person.foedselsnr: has another type or form than it should have " +
			"{\"person\":{\n      \"foedselsnr\": 12829499914\n    }}",
		"fil.json:8: record 3 (JSON): neither an object nor a list ",
		"fil.json:9: record 4 (aareg): slett.foedselsnr: the same key twice {\"slett\":{\"foedselsnr\": \"1\",\n    \"foedselsnr\": \"2\"}}",
		"fil.json:10: record 5 (aareg): person.navn.etternavn: not valid UTF-8 {\"person\":{\"navn\": {\"etternavn\": \"\xc5s\"}}}",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("records (-want +got):\n%s", diff)
	}
}

// Lines are counted the same whatever pieces the file comes in.
func TestLinesAreCountedOverTheEdgesOfBuffers(t *testing.T) {
	var text strings.Builder
	var want []int
	for i, line := 0, 1; i < 3000; i++ {
		want = append(want, line)
		newlines := i % 7
		text.WriteString(`{"slett":` + strings.Repeat("\n", newlines) + `"` + strings.Repeat("x", i%101) + `"}` + "\n")
		line += newlines + 1
	}
	for name, r := range map[string]io.Reader{
		"whole": strings.NewReader(text.String()), "byte by byte": iotest.OneByteReader(strings.NewReader(text.String())),
		"by halves": iotest.HalfReader(strings.NewReader(text.String())), "end with the data": iotest.DataErrReader(strings.NewReader(text.String())),
	} {
		var got []int
		err := lesJSONfil("fil.json", r, NewMerknader(), func(r raa) error { got = append(got, r.sted.Linje); return nil })
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %v; lines (-want +got):\n%s", name, err, cmp.Diff(want, got))
		}
	}
}

// What a reader remembers of shapes does not grow with the file.
func TestShapesThatAreRememberedAreBounded(t *testing.T) {
	l := &jsonleser{former: map[string]*form{}, post: func(raa) error { return nil }}
	for i := range 3 * kjenteFormer {
		if err := l.record(Sted{}, nil, fmt.Appendf(nil, "a%d%s", i, skille)); err != nil {
			t.Fatal(err)
		}
	}
	if len(l.former) != kjenteFormer {
		t.Errorf("%d shapes remembered, want %d", len(l.former), kjenteFormer)
	}
}
