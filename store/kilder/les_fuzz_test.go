package kilder

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// eksempler are all files of test data, by name.
func eksempler(t testing.TB) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := filepath.WalkDir("testdata", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.Contains(path, "fuzz") {
			return err
		}
		files[path], err = os.ReadFile(path)
		return err
	})
	if err != nil || len(files) == 0 {
		t.Fatal(len(files), "files of test data;", err)
	}
	return files
}

// utfall reads a file and writes down all that comes of it, record by record; the last line is how it ended.
func utfall(t testing.TB, text []byte) (lines []string, records int) {
	t.Helper()
	m := NewMerknader()
	err := lesFil(context.Background(), "fil", bufio.NewReader(bytes.NewReader(text)), m, Mottak{
		Poster: func(s Sted, form string, _ []byte, posts []Post) error {
			records++
			said, err := json.Marshal(posts)
			lines = append(lines, fmt.Sprint(s, form, string(said), err))
			for _, p := range posts {
				if p == (Post{}) {
					t.Errorf("%v (%s): a post that says nothing", s, form)
				}
			}
			return nil
		},
		Feil: func(f *Feil) error {
			records++
			lines = append(lines, f.Error())
			return nil
		},
	})
	counted := 0
	for _, n := range m.Former {
		counted += n
	}
	if counted != records {
		t.Errorf("%d records were handed over, %d counted", records, counted)
	}
	return append(lines, fmt.Sprint(m.Former, Sorted(m.UtenPlass), Sorted(m.Bemerket), err)), records
}

// Whatever a file holds: nothing panics, every record is handed over once, and the same bytes say the same again.
func FuzzLes(f *testing.F) {
	for _, text := range eksempler(f) {
		f.Add(text)
	}
	for _, text := range []string{"", "[", "{}", `{"data":null,"errors":[{}]}`, `[null,1,{"a":1}]`, "<", "a;b\n1;2\n", "\xef\xbb\xbf[]", toLinjer, `{"data":{"enheter":[`} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		first, _ := utfall(t, text)
		again, _ := utfall(t, text)
		if diff := cmp.Diff(first, again); diff != "" {
			t.Errorf("read twice (-first +second):\n%s", diff)
		}
	})
}

// merket is what a value is replaced with, so that it can be found again.
const merket = "Hemmelig4711Fjellstad"

// vrengt gives every way to put something else in the place of one value or key of a JSON value.
func vrengt(value any, out func(any)) {
	for _, other := range []any{merket, json.Number("47114711471"), map[string]any{merket: merket}, []any{merket, json.Number("47114711471")}, true} {
		out(other)
	}
	switch v := value.(type) {
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			inner := v[key]
			vrengt(inner, func(other any) {
				v[key] = other
				out(v)
			})
			delete(v, key)
			v[merket] = inner
			out(v)
			delete(v, merket)
			v["47114711471"] = inner
			out(v)
			delete(v, "47114711471")
			v[key] = inner
		}
	case []any:
		for i, inner := range v {
			vrengt(inner, func(other any) {
				v[i] = other
				out(v)
			})
			v[i] = inner
		}
	}
}

// Every value and every key of every JSON record of the test data is replaced by one that can be recognised. No error,
// no remark and no name of a key may hold it.
func TestNoErrorOrRemarkHoldsAValue(t *testing.T) {
	shapes, refused := map[string]bool{}, 0
	for file, text := range eksempler(t) {
		if i := bytes.IndexAny(text, "{["); i != 0 && !strings.HasSuffix(file, "json") {
			continue
		}
		var records []raa
		if err := lesJSONfil(file, bytes.NewReader(text), NewMerknader(), func(r raa) error { records = append(records, r); return nil }); err != nil {
			t.Logf("%s is not read whole, so only its first records are", file)
		}
		for _, r := range records {
			d := json.NewDecoder(bytes.NewReader(r.tekst))
			d.UseNumber()
			var value any
			if d.Decode(&value) != nil {
				continue
			}
			shapes[r.form.navn] = true
			var changed [][]byte
			vrengt(value, func(other any) {
				text, err := json.Marshal(other)
				if err != nil {
					t.Fatal(err)
				}
				changed = append(changed, text)
			})
			refused += assertNothingMarked(t, file, r.form, changed)
		}
	}
	for _, form := range []*form{egenForm, pdlForm, bolkForm, fregForm} {
		if !shapes[form.navn] {
			t.Errorf("no test data of the shape %s", form.navn)
		}
	}
	if refused == 0 {
		t.Error("nothing was refused, so no error was looked at")
	}
}

// assertNothingMarked reads records as their own shape and as a file, and searches all that is said of them.
func assertNothingMarked(t *testing.T, file string, shape *form, records [][]byte) (refused int) {
	t.Helper()
	m := NewMerknader()
	m.form = shape.navn
	var said []string
	for _, text := range records {
		if _, err := shape.les(text, m); err != nil {
			refused++
			said = append(said, err.Error())
			var field *feltfeil
			if !errors.As(err, &field) {
				t.Fatalf("%s (%s): an error that names no field: %T", file, shape.navn, err)
			}
		}
	}
	text := append([]byte("[null,"), bytes.Join(records, []byte(","))...)
	err := lesFil(context.Background(), "fil", bufio.NewReader(bytes.NewReader(append(text, ']'))), m, Mottak{
		Poster: func(Sted, string, []byte, []Post) error { return nil },
		Feil:   func(f *Feil) error { said = append(said, f.Problem, f.Felt, f.Form); return nil },
	})
	for _, names := range []map[Merknad]int{m.UtenPlass, m.Bemerket} {
		for k := range names {
			said = append(said, k.Form, k.Hva)
		}
	}
	for _, s := range append(said, fmt.Sprint(err)) {
		if strings.Contains(s, "4711") || strings.Contains(s, "Fjellstad") {
			t.Fatalf("%s (%s): a value stands in: %s", file, shape.navn, s)
		}
	}
	return refused
}
