package store

import (
	"bytes"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFoldIgnoresCaseAndCompositionAlone(t *testing.T) {
	for name, want := range map[string]string{
		"HANSEN":       "hansen",
		"Åse":          "åse",
		"A\u030Ase":    "åse",
		"\u212Bse":     "åse",
		"ÆRLIG ØSTBY":  "ærlig østby",
		"Aasen":        "aasen",
		"Čáhppe":       "čáhppe",
		"ĐORĐE ŊUORTI": "đorđe ŋuorti",
		"Weiß":         "weiss",
		"WEISS":        "weiss",
		"100%_'\"*":    "100%_'\"*",
		"":             "",
	} {
		if diff := cmp.Diff(want, fold(name)); diff != "" {
			t.Errorf("%+q (-want +got):\n%s", name, diff)
		}
	}
}

func TestWordsSplitAtSpaceAndHyphen(t *testing.T) {
	for name, want := range map[string][]string{
		"Berg Hansen":                  {"berg", "hansen"},
		"Anne-Lise":                    {"anne", "lise"},
		"  von  der\tLippe\n":          {"von", "der", "lippe"},
		"Berg\u00A0Hansen":             {"berg", "hansen"},
		"Berg\u202FHansen\u3000Moe":    {"berg", "hansen", "moe"},
		"Berg\u2010Hansen\u2011Moe":    {"berg", "hansen", "moe"},
		"Vest – Øst":                   {"vest", "øst"},
		"- Bø -":                       {"bø"},
		"O'Brien A/S & co., avd. 7":    {"o'brien", "a/s", "&", "co.,", "avd.", "7"},
		"REGNSKA P":                    {"regnska", "p"},
		" -\u00A0- ":                   {},
		"":                             {},
		"A\u030Ase-\u212Bse":           {"åse", "åse"},
		"Kari\u2028Nordmann\u0085Hans": {"kari", "nordmann", "hans"},
	} {
		if diff := cmp.Diff(want, words(name)); diff != "" {
			t.Errorf("%+q (-want +got):\n%s", name, diff)
		}
	}
}

// alphabet is in Norwegian order: å with aa and after it, ä with æ, ö with ø,
// ü with y, v apart from w, small letters before capitals.
var alphabet = strings.Split("Abel, Azar, Berg Hansen, Berg-Hansen, Bergen, Berghansen, Čáhppe, Carlsen, Dahl, Đorđe, Eide, "+
	"Hakon, hansen, Hansen, HANSEN, Håkon, Haakon, Isak, Isaac, Kare, Kåre, Kaare, Myhre, Müller, Møller, Nilsen, Ŋuorti, "+
	"Šalla, Solli, Thorvald, Ŧorvald, Vold, Wold, Yt, Ytre, Zahl, Zana, Žana, Ähtäri, Ærlig, Æsøy, Øberg, Öberg, Østby, "+
	"Ås, Aas, Åse, Aase, Åsen, Aasen", ", ")

func compareKeys(a, b []string) int { return bytes.Compare(sortKey(a...), sortKey(b...)) }

func TestSortKeysFollowTheNorwegianAlphabet(t *testing.T) {
	got := slices.Clone(alphabet)
	slices.Reverse(got)
	slices.SortFunc(got, func(a, b string) int { return compareKeys([]string{a}, []string{b}) })
	if diff := cmp.Diff(alphabet, got); diff != "" {
		t.Errorf("order (-want +got):\n%s", diff)
	}
}

func TestSortKeysTakeTheFirstPartFirst(t *testing.T) {
	want := [][]string{
		{"", "Kari", ""},
		{"Berg", "", ""},
		{"BERG", "Anne", ""},
		{"Berg", "Anne", "Moe"},
		{"berg", "Anne Lise", ""},
		{"Berg", "Åse", ""},
		{"Berg Hansen", "Anne", ""},
		{"Berg-Hansen", "Anne", ""},
		{"Bergen", "Anne", ""},
		{"Ås", "Anne", ""},
		{"Aas", "Berit", ""},
		{"Ås", "Cecilie", ""},
		{"Åsen", "Anne", ""},
	}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, compareKeys)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("order (-want +got):\n%s", diff)
	}
}

func TestSortKeysIgnoreCompositionAndSurplusSpace(t *testing.T) {
	want := sortKey("Åsen Moe", "Kari")
	for _, parts := range [][]string{{"A\u030Asen Moe", "Kari"}, {" Åsen\t Moe", "Kari "}, {"\u212Bsen\u00A0Moe", "Kari"}} {
		if diff := cmp.Diff(want, sortKey(parts...)); diff != "" {
			t.Errorf("%+q (-want +got):\n%s", parts, diff)
		}
	}
}

func TestGoroutinesAgreeOnAllKeys(t *testing.T) {
	type keys struct {
		Fold, Phonetic string
		Sort           []byte
	}
	all := func() (out []keys) {
		for _, name := range alphabet {
			out = append(out, keys{fold(name), phonetic(name), sortKey(name, "Kari")})
		}
		return out
	}
	want := all()
	got := make([][]keys, 16)
	var wg sync.WaitGroup
	for i := range got {
		wg.Go(func() {
			for range 3 {
				if got[i] = all(); !cmp.Equal(want, got[i]) {
					return
				}
			}
		})
	}
	wg.Wait()
	for _, g := range got {
		if diff := cmp.Diff(want, g); diff != "" {
			t.Fatalf("keys (-want +got):\n%s", diff)
		}
	}
}
