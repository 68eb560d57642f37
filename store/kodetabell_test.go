package store

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestCodeListsAreShownWhole: every row of both files once, in lists that are sorted and can be found by name, with the
// text that an answer shows.
func TestCodeListsAreShownWhole(t *testing.T) {
	want := map[string]int{}
	for _, row := range embeddedRows("kodeverk.csv", kodeverkCSV) {
		want[row[0]]++
	}
	want["landkode"] = len(embeddedRows("landkoder.csv", landkoderCSV))
	got, before := map[string]int{}, ""
	for _, l := range Kodetabeller() {
		got[l.Navn] = len(l.Koder)
		if l.Navn <= before {
			t.Errorf("%s comes after %s", l.Navn, before)
		}
		before = l.Navn
		for _, k := range l.Koder {
			if text := FinnKodeverk(l.Navn).Tekst(Kodeverdi{Kode: k.Kode}); k.Tekst != text || k.Tekst == "" || k.Kode == "" {
				t.Errorf("%s %s: %q, an answer shows %q", l.Navn, k.Kode, k.Tekst, text)
			}
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("codes (-files +lists):\n%s", diff)
	}
}

// TestCodesSayWhenTheyAreInUse: a day that the list does not tell is none, and a country of one code has that one.
func TestCodesSayWhenTheyAreInUse(t *testing.T) {
	want := map[string]Koderad{
		"permisjonOgPermittering": {Kode: "utdanningspermisjon", Tekst: "Utdanningspermisjon", GyldigTil: 20221231},
		"ansettelsesform":         {Kode: "fast", Tekst: "Fast ansettelse", GyldigFra: 20200601},
		"skipsregister":           {Kode: "nor", Tekst: "NOR"},
		"landkode":                {Kode: "XXK", Tekst: "Kosovo"},
	}
	got := map[string]Koderad{}
	for _, l := range Kodetabeller() {
		for _, k := range l.Koder {
			if k.Kode == want[l.Navn].Kode {
				got[l.Navn] = k
			}
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
