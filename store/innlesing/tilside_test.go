package innlesing_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aareg/store/innlesing"
	"aareg/store/kilder"
)

// aside is a file for records that are set aside, which is not there yet.
func (r *register) aside(max int) (string, func(*innlesing.Valg)) {
	path := filepath.Join(r.t.TempDir(), "aside")
	return path, func(v *innlesing.Valg) { v.Tilside, v.TilsideMaks = path, max }
}

// private fails for a file that others than its owner may read.
func private(t *testing.T, path string) {
	t.Helper()
	info, err := os.Lstat(path)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().IsRegular() && info.Mode().Perm() != 0o600 {
		t.Errorf("%s has mode %o", filepath.Base(path), info.Mode().Perm())
	}
}

func text(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestRecordsThatCannotBeUsedAreSetAsideAsTheyWere(t *testing.T) {
	soap := text(t, kildedata+"/soap/full.xml")
	start, end := strings.Index(soap, "<arbeidsforhold"), strings.LastIndex(soap, "</arbeidsforhold>")+len("</arbeidsforhold>")
	wrong := strings.ReplaceAll(soap, "05857010142", "ikke et nummer")
	good, conflict := formA(48000009, uuid(9), blid), formA(48000009, uuid(4), ulv)
	for name, test := range map[string]struct {
		file  []string
		want  string // what is set aside
		taken int    // arbeidsforhold and units
		count innlesing.Sammendrag
	}{
		"of JSON, read as no date, and of no known shape": {
			[]string{good.String(), `{"navUuid":"x", "ansettelsesperiode" :{} }`, `{"a":[1, 2]}`, formA(48000008, uuid(8), blid).String()},
			"{\"navUuid\":\"x\",\"ansettelsesperiode\":{}}\n{\"a\":[1,2]}\n", 2,
			innlesing.Sammendrag{Tilside: 2, Teller: [innlesing.AntallSlag]innlesing.Teller{{Tilside: 1}}}},
		"another's number": {
			lines(good, conflict), conflict.String() + "\n", 1,
			innlesing.Sammendrag{Tilside: 1, Teller: [innlesing.AntallSlag]innlesing.Teller{{Lest: 2, Ny: 1, Tilside: 1}}}},
		"in lists": {
			[]string{"[" + good.String() + ",\n {\"a\":1},\n {\"a\":\n2}]"}, "{\"a\":1}\n{\"a\":2}\n", 1, innlesing.Sammendrag{Tilside: 2}},
		"rows of CSV": {
			[]string{`"organisasjonsnummer","navn","organisasjonsform.kode"`, `"21990","EN` + "\n" + `""ENHET""","AS"`, `"219900139","KOMMUNEN","KOMM"`},
			"\"21990\",\"EN\n\"\"ENHET\"\"\",\"AS\"\n", 1, innlesing.Sammendrag{Tilside: 1}},
		"elements of XML": {
			[]string{wrong}, strings.ReplaceAll(soap[start:end], "05857010142", "ikke et nummer") + "\n", 0,
			innlesing.Sammendrag{Tilside: 1, Teller: [innlesing.AntallSlag]innlesing.Teller{{Tilside: 1}}}},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRegister(t)
			path, choice := r.aside(10)
			s := r.take(test.file, choice)
			if diff := cmp.Diff(test.want, text(t, path)); diff != "" {
				t.Errorf("set aside (-want +got):\n%s", diff)
			}
			private(t, path)
			if got := s.Antall.Arbeidsforhold + s.Antall.Enheter; got != test.taken {
				t.Errorf("%d were taken, want %d", got, test.taken)
			}
			if s.Tilside != test.count.Tilside || s.Teller[0].Tilside != test.count.Teller[0].Tilside || len(s.Feil) != strings.Count(test.want, "\n") && !strings.Contains(name, "XML") && !strings.Contains(name, "CSV") {
				t.Errorf("counted %d and %+v, told %q", s.Tilside, s.Teller, s.Feil)
			}
			if orphans := rows(t, open(t, r.db), eierloese); len(orphans) > 0 {
				t.Errorf("of what was set aside there is left %q", orphans)
			}
		})
	}
}

func TestNoMoreRecordsAreSetAsideThanAllowed(t *testing.T) {
	for mode, choice := range modes {
		t.Run(mode, func(t *testing.T) {
			r := known(t)
			before, files := r.dump(), r.beside()
			path, aside := r.aside(2)
			_, err := r.try([]string{`{"a":1}`, `{"a":2}`, formA(48000009, uuid(9), blid).String(), `{"a":3}`}, choice, aside)
			var bad *kilder.Feil
			if !errors.As(err, &bad) || bad.Sted.Nr != 4 || !strings.Contains(err.Error(), "more than 2 records") {
				t.Errorf("error %v", err)
			}
			unchanged(t, r, before, files)
			if _, err := os.Lstat(path); !errors.Is(err, os.ErrNotExist) {
				t.Errorf("the file of an import that failed is left: %v", err)
			}
			path, aside = r.aside(3)
			s := r.take([]string{`{"a":1}`, `{"a":2}`, `{"a":3}`}, aside)
			if got := text(t, path); s.Tilside != 3 || strings.Count(got, "\n") != 3 {
				t.Errorf("%d set aside: %q", s.Tilside, got)
			}
		})
	}
}

func TestAFileThatIsThereIsNotWrittenOver(t *testing.T) {
	r := known(t)
	before, files := r.dump(), r.beside()
	there := r.file("precious")
	for name, choice := range map[string]func(*innlesing.Valg){
		"records aside": func(v *innlesing.Valg) { v.Tilside, v.TilsideMaks = there, 9 },
		"keys to fetch": func(v *innlesing.Valg) { v.Hentes = there },
	} {
		if _, err := r.try(lines(formA(48000009, uuid(9), blid)), choice); !errors.Is(err, os.ErrExist) {
			t.Errorf("%s: error %v", name, err)
		}
		if got := text(t, there); got != "precious\n" {
			t.Errorf("%s: the file holds %q", name, got)
		}
		unchanged(t, r, before, files)
	}
}
