package felt

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
)

// printed is a row of the user's document.
type printed struct {
	operasjon, retning                 string
	ledetekst, beskrivelse, krav, sist string // sist: the last cell, the tag as printed
}

var heading = regexp.MustCompile(`^(2\.[1-6])\.([12]) `)

// readDocument collects the rows of the twelve tables. A row may lack its
// leading tab (the product's column) and may have a trailing one.
func readDocument(t *testing.T) []printed {
	t.Helper()
	text, err := os.ReadFile("testdata/feltbeskrivelse.txt")
	if err != nil {
		t.Fatal(err)
	}
	var rows []printed
	operasjon, retning := "", ""
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSuffix(line, "\n")
		if h := heading.FindStringSubmatch(line); h != nil {
			i := slices.IndexFunc(Operations(), func(o Operasjon) bool { return o.Avsnitt == h[1] })
			operasjon, retning = Operations()[i].Navn, map[string]string{"1": Request, "2": Respons}[h[2]]
			continue
		}
		rule := strings.Trim(line, "-\t") == ""
		if operasjon == "" || rule || !strings.Contains(line, "\t") || strings.HasPrefix(line, "Produkt\t") {
			continue
		}
		rows = append(rows, parseRow(t, operasjon, retning, line))
	}
	return rows
}

func parseRow(t *testing.T, operasjon, retning, line string) printed {
	t.Helper()
	cells, width := strings.Split(strings.TrimSuffix(line, "\t"), "\t"), 3
	if retning == Request {
		width = 4
	}
	if len(cells) == width+1 {
		cells = cells[1:]
	}
	if len(cells) != width {
		t.Fatalf("row of %s %s has %d cells: %q", operasjon, retning, len(cells), line)
	}
	p := printed{operasjon: operasjon, retning: retning, ledetekst: cells[0], beskrivelse: cells[1], sist: cells[width-1]}
	if retning == Request {
		p.krav = cells[2]
	}
	return p
}

// forgotten is how the remark of a row begins that the document left out.
const forgotten = "raden mangler i spesifikasjonen"

// compare tells where the table is not the document, row by row.
func compare(rows []Rad, document []printed) []string {
	var wrong []string
	for _, r := range rows {
		if strings.HasPrefix(r.Merknad, forgotten) {
			continue
		}
		if len(document) == 0 {
			return append(wrong, r.key()+": the document has no more rows")
		}
		p := document[0]
		document = document[1:]
		got := []string{r.Operasjon, r.Retning, r.TagISpek, r.Krav, r.Ledetekst, words(r.Beskrivelse)}
		want := []string{p.operasjon, p.retning, p.sist, p.krav, p.ledetekst, words(p.beskrivelse)}
		if !slices.Equal(want, got) {
			wrong = append(wrong, fmt.Sprintf("%s (-document +table):\n%s", r.key(), cmp.Diff(want, got)))
		}
		if !joins(r) {
			wrong = append(wrong, r.key()+": the tag is not the printed one joined")
		}
	}
	for _, p := range document {
		wrong = append(wrong, fmt.Sprintf("%s %s %s: only in the document", p.operasjon, p.retning, p.sist))
	}
	return wrong
}

// words leaves out punctuation: the table writes the document's bullets with commas.
func words(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_'
	}), " ")
}

// joins tells whether the tag is the printed one without its line break, or
// with the one letter more that the remark says was lost there.
func joins(r Rad) bool {
	joined := strings.ReplaceAll(r.TagISpek, " ", "")
	if joined == r.Tag {
		return true
	}
	if !strings.Contains(r.Merknad, "mangler bokstaven o") {
		return false
	}
	before, after, _ := strings.Cut(r.TagISpek, " ")
	return before+"o"+after == r.Tag
}

func TestTableFollowsDocument(t *testing.T) {
	document := readDocument(t)
	if len(document) != 280 {
		t.Fatalf("the document has %d rows, want 280", len(document))
	}
	for _, problem := range compare(Table(), document) {
		t.Error(problem)
	}
}

func TestOneRowIsForgottenByTheDocument(t *testing.T) {
	var got []string
	for _, r := range Table() {
		if strings.HasPrefix(r.Merknad, forgotten) {
			got = append(got, r.key())
		}
	}
	if diff := cmp.Diff([]string{"hentArbeidstaker respons arbeidsforholdListe/arbeidsforhold"}, got); diff != "" {
		t.Errorf("forgotten rows (-want +got):\n%s", diff)
	}
}

// TestEachSabotagedRowIsCaught spoils every row in turn, in every way that can
// be seen, and compares the table of that product and direction.
func TestEachSabotagedRowIsCaught(t *testing.T) {
	document, tried := readDocument(t), map[string]int{}
	for _, o := range Operations() {
		for _, retning := range []string{Request, Respons} {
			rows := Select(Table(), o.Navn, retning)
			section := slices.DeleteFunc(slices.Clone(document), func(p printed) bool {
				return p.operasjon != o.Navn || p.retning != retning
			})
			for i, r := range rows {
				for how, spoiled := range sabotage(rows, i) {
					tried[how]++
					if len(compare(spoiled, section)) == 0 {
						t.Errorf("%s: nobody noticed that it was %s", r.key(), how)
					}
				}
			}
		}
	}
	t.Logf("caught: %v", tried)
	for _, how := range []string{"renamed", "recased", "dropped", "swapped", "relabelled", "unremarked"} {
		if tried[how] == 0 {
			t.Errorf("no row was %s", how)
		}
	}
}

// sabotage returns copies of the rows with row i spoiled. The forgotten row can
// only lose its remark: the document knows nothing of it.
func sabotage(rows []Rad, i int) map[string][]Rad {
	edit := func(change func(*Rad)) []Rad {
		spoiled := slices.Clone(rows)
		change(&spoiled[i])
		return spoiled
	}
	if strings.HasPrefix(rows[i].Merknad, forgotten) {
		return map[string][]Rad{"unremarked": edit(func(r *Rad) { r.Merknad = "" })}
	}
	spoiled := map[string][]Rad{
		"renamed":    edit(func(r *Rad) { r.TagISpek, r.Tag = r.TagISpek+"X", r.Tag+"X" }),
		"recased":    edit(func(r *Rad) { r.Tag = strings.ToUpper(r.Tag) }),
		"relabelled": edit(func(r *Rad) { r.Ledetekst += "X" }),
		"dropped":    slices.Delete(slices.Clone(rows), i, i+1),
	}
	if i > 0 && rows[i-1].TagISpek != rows[i].TagISpek && !strings.HasPrefix(rows[i-1].Merknad, forgotten) {
		swapped := slices.Clone(rows)
		swapped[i-1], swapped[i] = swapped[i], swapped[i-1]
		spoiled["swapped"] = swapped
	}
	return spoiled
}
