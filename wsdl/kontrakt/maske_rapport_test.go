package kontrakt

import (
	"bytes"
	"encoding/json"
	"io"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// rapporter are the four reports of a result.
func rapporter(r *Resultat, v Visning) map[string]func(io.Writer) error {
	return map[string]func(io.Writer) error{
		"terminal": r.SkrivTerminal,
		"JUnit":    func(w io.Writer) error { return r.SkrivJUnit(w, v) },
		"JSON":     func(w io.Writer) error { return r.SkrivJSON(w, v) },
		"HTML":     func(w io.Writer) error { return r.SkrivHTML(w, v) },
	}
}

func rapportAv(t *testing.T, write func(io.Writer) error) string {
	t.Helper()
	var out bytes.Buffer
	if err := write(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// alleBrutt gives every answer a breach of its own, so that the page shows it, with a text that quotes what stands in
// question and answer.
func alleBrutt(r *Resultat) {
	leaf := regexp.MustCompile(`<(?:foedselsnr|etternavn|fornavn|mellomnavn|efnavn|navn|fdato)>([^<]+)<`)
	for i := range r.Utfall {
		u := &r.Utfall[i]
		text := "quotes"
		for _, doc := range [][]byte{u.Spoersmaal.Konvolutt, u.Svar.Kropp} {
			for _, m := range leaf.FindAllSubmatch(doc, 20) {
				text += " \"" + string(m[1]) + "\""
			}
		}
		u.Brudd = append(u.Brudd, Brudd{Regel: "konvolutt", Sti: u.Spoersmaal.Navn, Tekst: text})
	}
}

// registerpersoner are the words of the names of everybody in the demo register, today's and former, and the dates of birth.
func registerpersoner(t *testing.T) (names, born map[string]bool) {
	t.Helper()
	names, born = map[string]bool{}, map[string]bool{}
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, e := range v {
				walk(e)
			}
		case map[string]any:
			for key, e := range v {
				text, isText := e.(string)
				switch {
				case !isText:
					walk(e)
				case key == "etternavn" || key == "fornavn" || key == "mellomnavn":
					for _, word := range strings.FieldsFunc(text, notOfWord) {
						names[word] = true
					}
				case key == "foedselsdato":
					born[text] = true
				}
			}
		}
	}
	files, _ := filepath.Glob("../../fixtures/register/*.json")
	for _, file := range files {
		var v any
		if err := json.Unmarshal(innholdet(t, file), &v); err != nil {
			t.Fatal(err)
		}
		walk(v)
	}
	if len(names) < 100 || len(born) < 40 {
		t.Fatalf("%d words of names and %d dates of birth in %d files", len(names), len(born), len(files))
	}
	return names, born
}

func TestNoPersonIsInAnyReport(t *testing.T) {
	names, born := registerpersoner(t)
	r := proeve(t)
	r.Utfall = caser(t)
	for i := range r.Utfall {
		r.Utfall[i].Spoersmaal.Hvorfor = "" // the prose of whoever wrote the case, which some cases name a person in
	}
	alleBrutt(r)
	for name, write := range rapporter(r, Visning{}) {
		report := rapportAv(t, write)
		if n := len(regexp.MustCompile(`[0-9]{11}`).FindAllString(report, -1)); n > 0 {
			t.Errorf("%s has %d runs of eleven digits", name, n)
		}
		found := map[string]bool{}
		for _, word := range strings.FieldsFunc(report, notOfWord) {
			if names[word] && word != "Ukjent" { // which faults say of operations, and one person is called
				found[word] = true
			}
		}
		for date := range born {
			if strings.Contains(report, date) {
				found[date] = true
			}
		}
		if len(found) > 0 {
			t.Errorf("%s names %v", name, found)
		}
		if !strings.Contains(report, nummermaske) || !strings.Contains(report, tekstmaske) {
			t.Errorf("%s masks nothing: the test proves nothing", name)
		}
	}
}

func TestUnmaskedReportsShowPersonsWhereAskedFor(t *testing.T) {
	r := &Resultat{Utfall: []Utfall{{Spoersmaal: Spoersmaal{Navn: "a", Operasjon: "hentArbeidstaker", Konvolutt: []byte("<foedselsnr>12838049808</foedselsnr><passord>hemmelig</passord>")},
		Brudd: []Brudd{{Regel: "http", Tekst: "of 12838049808"}}}}}
	for name, write := range rapporter(r, Visning{Umasket: true}) {
		report := rapportAv(t, write)
		if shown := strings.Contains(report, "12838049808"); shown != (name != "terminal") {
			t.Errorf("%s shows the number: %v", name, shown)
		}
		if strings.Contains(report, "hemmelig") {
			t.Errorf("%s shows a credential", name)
		}
	}
}
