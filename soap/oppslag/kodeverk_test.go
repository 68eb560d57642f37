package oppslag

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aareg/store"
)

// kodene are the codes on a page with their texts and days, and the lists' headings.
func kodene(p paa) (rows [][]string, titles []string) {
	for _, tr := range p.dok.FindElements("//section//tbody/tr") {
		var row []string
		for _, cell := range tr.ChildElements() {
			row = append(row, strings.TrimSpace(ordrett(cell)))
		}
		rows = append(rows, row)
	}
	return rows, p.all("//section/h2")
}

// TestEveryCodeListIsShown: each on a page of its own that the others lead to, with a heading in words, all its codes
// and texts, and the days of use where the list has them.
func TestEveryCodeListIsShown(t *testing.T) {
	k := nyTjeneste(t).klient(t)
	links := map[string]string{}
	for _, a := range k.hent(t, "/oppslag/kodeverk").dok.FindElements("//ul[@class='lister']//a") {
		links[strings.TrimPrefix(a.SelectAttrValue("href", ""), "/oppslag/kodeverk?liste=")] = lest(a)
	}
	lists := store.Kodetabeller()
	for _, l := range lists {
		dated := false
		for _, c := range l.Koder {
			dated = dated || c.GyldigFra != 0 || c.GyldigTil != 0
		}
		var want [][]string
		for _, c := range l.Koder {
			row := []string{c.Kode, c.Tekst}
			if c.Alfa3 != "" {
				row[0] += ", " + c.Alfa3
			}
			if dated {
				row = append(row, skrevet(c.GyldigFra), skrevet(c.GyldigTil))
			}
			want = append(want, row)
		}
		got, titles := kodene(k.hent(t, "/oppslag/kodeverk?liste="+l.Navn))
		if diff := cmp.Diff(want, got); diff != "" || len(titles) != 1 || titles[0] == "" || links[l.Navn] != titles[0] {
			t.Errorf("%s, headed %v (-want +got):\n%s", l.Navn, titles, diff)
		}
		delete(links, l.Navn)
	}
	want := map[string]string{"statuskode": "Statuskode", "kjoenn": "Kjønn", "statusArbeidsforhold": "Status arbeidsforhold", "lovgivning": "Lovgivning", "historisk": "Historisk"}
	if diff := cmp.Diff(want, links); diff != "" || len(lists) < 14 {
		t.Errorf("%d lists; those of the field table (-want +got):\n%s", len(lists), diff)
	}
}

// TestCodesHaveTheirTextsAndDays: some of each kind, as people write them.
func TestCodesHaveTheirTextsAndDays(t *testing.T) {
	k := nyTjeneste(t).klient(t)
	for list, want := range map[string][]string{
		"permisjonOgPermittering": {"velferdspermisjon", "Velferdspermisjon", "", "31.12.2022"},
		"arbeidstidsordning":      {"andreSkift", "Andre skift", "01.01.2019", ""},
		"landkode":                {"NO, NOR", "Norge"},
		"skipsregister":           {"nis", "NIS"}, // as answers show it
		"statuskode":              {"trunkert", "Avkortet"},
		"kjoenn":                  {"K", "Kvinne"},
		"lovgivning":              {"alle", "Alle"},
	} {
		rows, _ := kodene(k.hent(t, "/oppslag/kodeverk?liste="+list))
		var got []string
		for _, row := range rows {
			if row[0] == want[0] {
				got = row
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", list, diff)
		}
	}
}

// TestSearchFindsACodeByCodeOrText: in all lists at once, each under its heading.
func TestSearchFindsACodeByCodeOrText(t *testing.T) {
	k := nyTjeneste(t).klient(t)
	for text, want := range map[string][][]string{
		"3231109":     {{"3231109", "SYKEPLEIER"}},
		"svalBARD":    {{"SJ, SJM", "Svalbard og Jan Mayen"}},
		"swe":         {{"SE, SWE", "Sverige"}},
		"finnes ikke": nil,
	} {
		rows, titles := kodene(k.post(t, "/oppslag/kodeverk", felter("sok", text)))
		if diff := cmp.Diff(want, rows); diff != "" || len(titles) != len(want) {
			t.Errorf("%s, under %v (-want +got):\n%s", text, titles, diff)
		}
	}
}
