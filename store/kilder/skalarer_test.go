package kilder

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"aareg/store"
)

// velgere are the values that choose what is read, or how, and are therefore in no post: by key.
var velgere = map[string][]string{
	"gjeldende":                    {"true", "false"},
	"erGjeldende":                  {"true", "false"},
	"historisk":                    {"true", "false"},
	"innrapportertEtterAOrdningen": {"true", "false"},
	"type":                         {"FOLKEREGISTERIDENT", "ORGANISASJONSNUMMER", "Organisasjon", "FNR", "DNR"},
	"gruppe":                       {"FOLKEREGISTERIDENT"},
	"identifikatortype":            {"foedselsnummer", "dNummer"},
	"status":                       {"iBruk", "opphoert", "I_BRUK", "OPPHOERT"},
	"endringstype":                 {"Opprettelse", "Endring", "Sletting", "Ukjent", "Ny", "Fjernet"},
	"code":                         {"ok"},
	"mimeType":                     {"application/json"},
}

// oversettelser are the values that a post has in another spelling, or leaves out since they say nothing.
var oversettelser = map[string]string{
	"KVINNE": "K", "kvinne": "K", "Kvinne": "K", "MANN": "M", "mann": "M", "Mann": "M",
	"ARBEIDSFORHOLD": "Arbeidsforhold", "ANSETTELSESPERIODE": "Ansettelsesperiode",
	"PERMISJON": "Permisjon", "PERMITTERING": "Permittering", "Underenhet": "Arbeidsgivernummer", "Hovedenhet": "Arbeidsgivernummer",
	"fortrolig": "FORTROLIG", "Fortrolig": "FORTROLIG", "strengtFortrolig": "STRENGT_FORTROLIG", "StrengtFortrolig": "STRENGT_FORTROLIG",
	"UGRADERT": "", "ugradert": "", "UKJENT": "",
}

// skalar is one value of a JSON text that is neither an object nor a list.
type skalar struct {
	key, text string
	steder    []string // its path without indexes; the same with the type of a list's element in its place
	tall      bool
}

// assertScalarsAccountedFor reads a file of JSON records, of any shape, and fails for every value of a record that is
// neither in the posts that the record became, maybe in another spelling, nor named as without a place, by its path, a
// prefix of that, or in a list by the path of the list and the element's type (identer.AKTORID). null and "" say
// nothing. It does not ask where in the post a value is: that is for a comparison with what is expected.
func assertScalarsAccountedFor(t *testing.T, file string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for nr, r := range recordsOf(t, file, text) {
		m := NewMerknader()
		m.form = r.form.navn
		posts, err := r.form.les(r.tekst, m)
		if err != nil {
			t.Errorf("%s: record %d (%s): %v", file, nr+1, r.form.navn, err)
			continue
		}
		inPosts := valuesOf(t, posts)
		for _, s := range scalarsOf(t, r.tekst) {
			if !s.chooses() && !s.in(inPosts) && !s.named(m) {
				t.Errorf("%s: record %d (%s): %s: %q is in no post and not named as without a place", file, nr+1, r.form.navn, s.steder[0], s.text)
			}
		}
	}
}

// recordsOf are the records of a file as they stand in it.
func recordsOf(t *testing.T, file string, text []byte) (records []raa) {
	t.Helper()
	mottak := Mottak{
		Poster: func(sted Sted, form string, tekst []byte, _ []Post) error {
			i := slices.IndexFunc(kjennemerker, func(k kjennemerke) bool { return k.form.navn == form })
			if i < 0 {
				t.Fatalf("%s: %s is no shape of JSON records", file, form)
			}
			records = append(records, raa{sted, tekst, kjennemerker[i].form})
			return nil
		},
		Feil: func(f *Feil) error { t.Errorf("%v", f); return nil },
	}
	if err := lesFil(context.Background(), file, bufio.NewReader(bytes.NewReader(text)), NewMerknader(), mottak); err != nil {
		t.Fatal(err)
	}
	if len(records) == 0 {
		t.Fatalf("%s: no records", file)
	}
	return records
}

// valuesOf are the values of posts as JSON.
func valuesOf(t *testing.T, posts []Post) map[string]bool {
	t.Helper()
	text, err := json.Marshal(posts)
	if err != nil {
		t.Fatal(err)
	}
	values := map[string]bool{}
	for _, s := range scalarsOf(t, text) {
		values[s.spelt()] = true
	}
	return values
}

// scalarsOf are the values of a JSON text in its order, those in strings of JSON (Tenor) included. Numbers are printed
// as the register prints decimals.
func scalarsOf(t *testing.T, text []byte) []skalar {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var value any
	if err := d.Decode(&value); err != nil {
		t.Fatal(err)
	}
	var found []skalar
	walk(value, "", []string{""}, func(s skalar) {
		if inner := []byte(s.text); len(inner) > 0 && inner[0] == '{' && json.Valid(inner) {
			found = append(found, scalarsOf(t, inner)...)
			return
		}
		found = append(found, s)
	})
	return found
}

func walk(value any, key string, steder []string, found func(skalar)) {
	switch v := value.(type) {
	case map[string]any:
		steder = alsoByType(steder, v)
		for _, k := range slices.Sorted(maps.Keys(v)) {
			walk(v[k], k, under(steder, k), found)
		}
	case []any:
		for _, element := range v {
			walk(element, key, steder, found)
		}
	case string:
		if v != "" {
			found(skalar{key, v, steder, false})
		}
	case json.Number:
		found(skalar{key, v.String(), steder, true})
	case bool:
		found(skalar{key, map[bool]string{true: "true", false: "false"}[v], steder, false})
	}
}

func under(steder []string, key string) (below []string) {
	for _, sted := range steder {
		below = append(below, strings.TrimPrefix(sted+"."+key, "."))
	}
	return below
}

// alsoByType adds identer.AKTORID to identer for an element of that type.
func alsoByType(steder []string, v map[string]any) []string {
	for _, k := range []string{"type", "gruppe"} {
		if kind, ok := v[k].(string); ok && steder[0] != "" {
			return append(slices.Clone(steder), steder[0]+"."+kind)
		}
	}
	return steder
}

func (s skalar) chooses() bool { return slices.Contains(velgere[s.key], s.text) }

// spelt is the value as the register prints it.
func (s skalar) spelt() string {
	if v, err := store.ParseDesimal(s.text); s.tall && err == nil {
		return string(v)
	}
	return s.text
}

// etTall is a number in a string, which some exporters write. A leading zero makes it an identifier.
var etTall = regexp.MustCompile(`^-?(0|[1-9]\d*)(\.\d+)?$`)

// in says whether the value is among the values of posts, as it is or in one of the spellings that a post may have.
func (s skalar) in(posts map[string]bool) bool {
	if posts[s.spelt()] || posts[strings.TrimSpace(s.text)] || len(s.text) == 36 && posts[strings.ToLower(s.text)] {
		return true
	}
	if d, err := lesDato(s.text); err == nil && posts[d.String()] {
		return true
	}
	if m, err := lesMaaned(s.text); err == nil && posts[string(m.AppendISO(nil))] {
		return true
	}
	if v, err := store.ParseDesimal(s.text); err == nil && etTall.MatchString(s.text) && posts[string(v)] {
		return true
	}
	other, known := oversettelser[s.text]
	return known && (other == "" || posts[other])
}

// named says whether the value is counted as without a place, under a path that holds it.
func (s skalar) named(m *Merknader) bool {
	for noted := range m.UtenPlass {
		for _, sted := range s.steder {
			if sted == noted.Hva || strings.HasPrefix(sted, noted.Hva+".") {
				return true
			}
		}
	}
	return false
}
