package oppslag

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aareg/wsdl/felt"
)

// felttabell are the rows on a page, cell by cell as its heading names them, by the section's heading.
func felttabell(p paa) map[string][]map[string]string {
	all := map[string][]map[string]string{}
	for _, section := range p.dok.FindElements("//section") {
		title := lest(section.SelectElement("h2"))
		for _, tr := range section.FindElements(".//tbody/tr") {
			row := map[string]string{"id": tr.SelectAttrValue("id", "")}
			for _, cell := range tr.ChildElements() {
				row[cell.SelectAttrValue("data-navn", "")] = strings.Join(strings.Fields(ordrett(cell)), " ")
			}
			all[title] = append(all[title], row)
		}
	}
	return all
}

// TestEveryRowOfTheFieldTableIsShown: with all that the table says of it, in the table's order, at an anchor of its own.
func TestEveryRowOfTheFieldTableIsShown(t *testing.T) {
	k := nyTjeneste(t).klient(t)
	rows, anchors := 0, map[string]bool{}
	one := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	for _, o := range felt.Operations() {
		p := k.hent(t, "/oppslag/felter?produkt="+o.Navn)
		shown, links := felttabell(p), map[string]bool{}
		for _, a := range p.dok.FindElements("//tbody//a") {
			to, err := url.PathUnescape(a.SelectAttrValue("href", ""))
			if err != nil {
				t.Fatal(err)
			}
			links[to] = true
		}
		for title, direction := range map[string]string{o.Tittel + ": spørsmål": felt.Request, o.Tittel + ": svar": felt.Respons} {
			var want, got []map[string]string
			for _, r := range felt.Select(felt.Table(), o.Navn, direction) {
				row := map[string]string{"Element": r.Sti, "Ledetekst": one(r.Ledetekst), "Beskrivelse": one(r.Beskrivelse), "Antall": r.Antall,
					"Type": one(strings.ReplaceAll(strings.ReplaceAll(r.Type, "kode:", "kode: "), "|", ", ")), "Merknad": one(r.Merknad)}
				if direction == felt.Request {
					row["Krav"] = r.Krav
				}
				want = append(want, row)
			}
			for _, row := range shown[title] {
				if row["id"] == "" || anchors[row["id"]] || !links["/oppslag/felter?produkt="+o.Navn+"#"+row["id"]] {
					t.Errorf("%s: no anchor of its own: %q", title, row["id"])
				}
				anchors[row["id"]] = true
				delete(row, "id")
				got = append(got, row)
			}
			rows += len(got)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s (-table +page):\n%s", title, diff)
			}
		}
	}
	if rows != len(felt.Table()) {
		t.Errorf("%d rows of %d", rows, len(felt.Table()))
	}
}

// TestFieldsAreChosenByProductAndDirection: the first product, until another is asked for; what there is not is no page.
func TestFieldsAreChosenByProductAndDirection(t *testing.T) {
	k := nyTjeneste(t).klient(t)
	for path, want := range map[string][]string{
		"": {"Antall arbeidstakere: spørsmål", "Antall arbeidstakere: svar"},
		"?produkt=hentArbeidsgiver&retning=request":   {"Arbeidsgiver: spørsmål"},
		"?produkt=hentArbeidsforhold&retning=respons": {"Arbeidsforhold: svar"},
	} {
		p := k.hent(t, "/oppslag/felter"+path)
		if diff := cmp.Diff(want, p.all("//section/h2")); diff != "" || p.status != http.StatusOK {
			t.Errorf("%s: %d (-want +got):\n%s", path, p.status, diff)
		}
	}
	for _, path := range []string{"/felter?produkt=hentLoenn", "/felter?retning=begge", "/kodeverk?liste=loenn"} {
		if p := k.hent(t, "/oppslag"+path); p.status != http.StatusNotFound {
			t.Errorf("%s: %d", path, p.status)
		}
	}
}

// TestSearchFindsARowByAnyOfItsWords: tag, label, description, type or remark, in any case, in all products.
func TestSearchFindsARowByAnyOfItsWords(t *testing.T) {
	k := nyTjeneste(t).klient(t)
	for _, text := range []string{"YRKE", "stillingsprosent", "Fødselsnummer", "fonetisk", "desimaltall", "ingen som heter dette", "<b>&\"'"} {
		p := k.post(t, "/oppslag/felter", felter("sok", text))
		var want, got []string
		for _, r := range felt.Table() {
			all := strings.ToLower(strings.Join([]string{r.Sti, r.Ledetekst, r.Beskrivelse, r.Type, r.Merknad}, "\n"))
			if strings.Contains(all, strings.ToLower(text)) {
				want = append(want, r.Sti)
			}
		}
		for _, tr := range p.dok.FindElements("//section//tbody/tr/th") {
			got = append(got, ordrett(tr))
		}
		if diff := cmp.Diff(want, got); diff != "" || p.status != http.StatusOK || p.sti != "/oppslag/felter" {
			t.Errorf("%s: %d at %s (-want +got):\n%s", text, p.status, p.sti, diff)
		}
		if said := p.first("//p[@role='status']"); !strings.Contains(said, "«"+text+"»") || p.attr("//input[@id='sok']", "value") != text {
			t.Errorf("%s: it says %q", text, said)
		}
	}
}

// TestWideSearchIsCut: a page has a hundred hits at most, and tells of the others.
func TestWideSearchIsCut(t *testing.T) {
	p := nyTjeneste(t).klient(t).post(t, "/oppslag/felter", felter("sok", "e"))
	said := p.first("//p[@role='status']")
	count, _ := strconv.Atoi(strings.Fields(said)[0])
	if rows := len(p.dok.FindElements("//section//tbody/tr")); rows != maksTreffVist || count <= rows || !strings.Contains(said, "de første 100") {
		t.Errorf("%d rows; it says %q", rows, said)
	}
}

// TestNumberIsNotSearchedFor: a search that may be somebody's number is refused in words beside the field, and is
// nowhere on the page.
func TestNumberIsNotSearchedFor(t *testing.T) {
	s := nyTjeneste(t)
	k := s.klient(t)
	for _, path := range []string{"/oppslag/felter", "/oppslag/kodeverk"} {
		for _, number := range []string{kari, skole, kari[:6] + " " + kari[6:], "nr. " + skole[:3] + "." + skole[3:6] + "-" + skole[6:], ""} {
			p := k.post(t, path, url.Values{"sok": {number}})
			field := p.dok.FindElement("//input[@id='sok']")
			if p.status != http.StatusUnprocessableEntity || p.first("//p[@id='sok-feil']") == "" || field.SelectAttrValue("aria-describedby", "") != "sok-feil" ||
				field.SelectAttrValue("value", "") != "" || number != "" && strings.Contains(p.text, number) {
				t.Errorf("%s: %d, or the number is on the page", path, p.status)
			}
		}
	}
	if s.ut.Len() > 0 {
		t.Errorf("%d bytes were logged", s.ut.Len())
	}
}

// TestMenuLeadsToTheDocumentation: from every page.
func TestMenuLeadsToTheDocumentation(t *testing.T) {
	p := nyTjeneste(t).klient(t).hent(t, "/oppslag")
	for _, path := range []string{felterSti, kodeverkSti} {
		if !slices.ContainsFunc(meny, func(m menypunkt) bool { return m.Sti == path }) || p.dok.FindElement("//nav//a[@href='"+path+"']") == nil {
			t.Errorf("%s is not in the menu", path)
		}
	}
}
