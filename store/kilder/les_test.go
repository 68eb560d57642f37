package kilder

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

const toLinjer = "{\"slett\":{\"foedselsnr\":\"1\"}}\n{\"slett\":{\"foedselsnr\":\"2\"}}\n"

func gzipped(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := io.WriteString(w, text)
	if err = errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func zstded(t *testing.T, text string) string {
	t.Helper()
	w, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	return string(w.EncodeAll([]byte(text), nil))
}

// tempFil writes a file and gives its name.
func tempFil(t *testing.T, path, text string) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestFilesAreReadPlainAndCompressed(t *testing.T) {
	const mark = "\xef\xbb\xbf"
	tests := []struct{ name, text string }{
		{"plain", toLinjer},
		{"a byte order mark", mark + toLinjer},
		{"white space first", " \r\n\t" + toLinjer},
		{"more white space than a buffer", strings.Repeat(" ", 600<<10) + toLinjer},
		{"gzip", gzipped(t, toLinjer)},
		{"gzip in parts", gzipped(t, toLinjer[:30]) + gzipped(t, toLinjer[30:])},
		{"gzip with a byte order mark", gzipped(t, mark+toLinjer)},
		{"zstd", zstded(t, toLinjer)},
		{"zstd in parts", zstded(t, toLinjer[:30]) + zstded(t, toLinjer[30:])},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			name := tempFil(t, filepath.Join(t.TempDir(), "fil"), tt.text)
			var got []string
			read, m := 0, NewMerknader()
			err := Les(context.Background(), name, func(n int) { read += n }, m, Mottak{
				Poster: func(s Sted, form string, raa []byte, p []Post) error {
					got = append(got, fmt.Sprint(s.Fil == name, s.Nr, form, string(raa), p[0].Hendelse.Noekkel.Foedselsnr))
					return nil
				},
				Feil: func(f *Feil) error { t.Error(f); return nil },
			})
			if err != nil {
				t.Fatal(err)
			}
			want := []string{`true 1aareg{"slett":{"foedselsnr":"1"}}1`, `true 2aareg{"slett":{"foedselsnr":"2"}}2`}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("posts (-want +got):\n%s", diff)
			}
			if read != len(tt.text) {
				t.Errorf("told of %d bytes, want %d", read, len(tt.text))
			}
			if m.Former["aareg"] != 2 {
				t.Errorf("%d records counted, want 2", m.Former["aareg"])
			}
		})
	}
}

func TestDamagedFilesEndWithAnError(t *testing.T) {
	zipped, zst := gzipped(t, strings.Repeat(toLinjer, 1000)), zstded(t, strings.Repeat(toLinjer, 1000))
	for name, text := range map[string]string{
		"gzip cut in its head": zipped[:5], "gzip cut": zipped[:len(zipped)-20], "gzip that ends wrong": zipped[:len(zipped)-8] + "12345678",
		"zstd cut": zst[:len(zst)-5], "zstd that is none": "\x28\xb5\x2f\xfd" + strings.Repeat("x", 100),
	} {
		t.Run(name, func(t *testing.T) {
			file := tempFil(t, filepath.Join(t.TempDir(), "fil"), text)
			err := Les(context.Background(), file, func(int) {}, NewMerknader(), Mottak{
				Poster: func(Sted, string, []byte, []Post) error { return nil },
				Feil:   func(f *Feil) error { t.Error(f); return nil },
			})
			if err == nil || !strings.Contains(err.Error(), file) {
				t.Errorf("ended with %v, want an error that names the file", err)
			}
		})
	}
	if err := Les(context.Background(), "nowhere.json", func(int) {}, NewMerknader(), Mottak{}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a file that is not there: %v", err)
	}
}

func TestFoldersStandForTheirFilesInOrder(t *testing.T) {
	dir := t.TempDir()
	for _, path := range []string{"b.json", "a/2.json", "a/10.json", "a/c/x.ndjson.gz", ".skjult.json", "a/.git/y.json", "c.json"} {
		tempFil(t, filepath.Join(dir, path), "")
	}
	if err := os.Symlink(filepath.Join(dir, "a"), filepath.Join(dir, "lenke")); err != nil {
		t.Fatal(err)
	}
	under := func(names ...string) []string {
		for i, name := range names {
			names[i] = filepath.Join(dir, name)
		}
		return names
	}
	tests := []struct {
		name       string
		give, want []string
	}{
		{"a folder", under("a"), under("a/10.json", "a/2.json", "a/c/x.ndjson.gz")},
		{"a folder behind a link", under("lenke"), under("lenke/10.json", "lenke/2.json", "lenke/c/x.ndjson.gz")},
		{"files in the order given", under("c.json", "b.json", "c.json"), under("c.json", "b.json", "c.json")},
		{"a hidden file that is named", under(".skjult.json"), under(".skjult.json")},
		{"standard input", []string{"-"}, []string{"-"}},
	}
	for _, tt := range tests {
		got, err := Filer(tt.give)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s: files (-want +got):\n%s", tt.name, diff)
		}
	}
	for _, none := range [][]string{nil, under("a/.git/.."), under("nowhere")} {
		if got, err := Filer(none); err == nil && len(got) == 0 || err != nil && len(got) > 0 {
			t.Errorf("%d names: %d files and error %v", len(none), len(got), err)
		}
	}
	if _, err := Filer(under("nowhere")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a name that is not there: %v", err)
	}
}

// mangeSlett is a text of records that take different times to read; every tenth cannot be used.
func mangeSlett(n int) string {
	var b strings.Builder
	for i := 1; i <= n; i++ {
		switch {
		case i%10 == 0:
			fmt.Fprintf(&b, "{\"slett\":{\"nr\":%d}}\n", i)
		case i%7 == 0:
			fmt.Fprintf(&b, "%s{\"slett\":{\"navArbeidsforholdId\":%d}}\n", strings.Repeat(" ", 1000), i)
		default:
			fmt.Fprintf(&b, "{\"slett\":{\"navArbeidsforholdId\":%d}}\n", i)
		}
	}
	return b.String()
}

func TestRecordsAreHandedOverInTheOrderOfTheFile(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(8))
	const n = 20000
	at := 0
	next := func(s Sted, id int) {
		if at++; s.Nr != at || s.Linje != at || id != at {
			t.Fatalf("%v with number %d was handed over as number %d", s, id, at)
		}
	}
	err := lesSomFil(mangeSlett(n), Mottak{
		Poster: func(s Sted, _ string, _ []byte, p []Post) error {
			next(s, int(p[0].Hendelse.Noekkel.ArbeidsforholdId))
			return nil
		},
		Feil: func(f *Feil) error { next(f.Sted, f.Sted.Nr); return nil },
	})
	if err != nil || at != n {
		t.Errorf("%d records, want %d; error %v", at, n, err)
	}
}

func TestWhoeverTakesRecordsCanEndTheReading(t *testing.T) {
	enough := errors.New("enough")
	for name, mottak := range map[string]func(taken *int) Mottak{
		"by a post": func(taken *int) Mottak {
			return Mottak{Poster: func(Sted, string, []byte, []Post) error { *taken++; return enough }}
		},
		"by a refused record": func(taken *int) Mottak {
			return Mottak{Poster: func(Sted, string, []byte, []Post) error { return nil },
				Feil: func(*Feil) error { *taken++; return enough }}
		},
	} {
		taken := 0
		if err := lesSomFil(mangeSlett(20000), mottak(&taken)); err != enough || taken != 1 {
			t.Errorf("%s: taken %d times, error %v", name, taken, err)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	name := tempFil(t, filepath.Join(t.TempDir(), "fil"), mangeSlett(20000))
	err := Les(ctx, name, func(int) {}, NewMerknader(), Mottak{
		Poster: func(Sted, string, []byte, []Post) error { cancel(); return nil }, Feil: func(*Feil) error { return nil }})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: error %v", err)
	}
}
