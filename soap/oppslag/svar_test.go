package oppslag

import (
	"bytes"
	"io"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/beevik/etree"
	"github.com/google/go-cmp/cmp"

	"aareg/wsdl"
	"aareg/wsdl/felt"
)

// The demo register's people and units that tests look up.
const (
	kari       = "12838049808"
	skole      = "210000410"
	kommune    = "210000011"
	fortrolig  = "24847449892"
	borger     = "13830399989" // in no arbeidsforhold
	ukjentUnit = "299999990"
)

func TestEveryProductGoesFromFormToAnswer(t *testing.T) {
	k := nyTjeneste(t).klient(t)
	for operation, form := range map[string][]string{
		"hentAntallArbeidstakere":    {"orgnr", skole},
		"hentArbeidsgiver":           {"arbeidsgiverId", skole},
		"hentArbeidstaker":           {"foedselsnr", kari},
		"hentTrefflisteArbeidsgiver": {"orgnavn", "Fjellvik", "inkluderOpphoerte", "true", "fonetisk", "false"},
		"hentTrefflisteArbeidstaker": {"etternavn", "Fjellstad", "fonetisk", "false"},
		"hentArbeidsforhold":         {"arbeidsforholdId", "48000102"},
	} {
		empty := k.hent(t, "/oppslag/"+operation)
		for i := 0; i < len(form); i += 2 {
			if empty.dok.FindElement("//form//*[@name='"+form[i]+"']") == nil {
				t.Errorf("%s: no field %s", operation, form[i])
			}
		}
		p := k.post(t, "/oppslag/"+operation, felter(form...))
		if p.status != 200 || p.statuskode() != "komplett" || !strings.HasPrefix(p.sti, "/oppslag/svar/") {
			t.Errorf("%s: %d %s at %s", operation, p.status, p.statuskode(), p.sti)
		}
		if got := p.attr("//form[@class='skjema']//*[@name='"+form[0]+"']", "value"); got != form[1] {
			t.Errorf("%s: the form is filled in with %q", operation, got)
		}
		if again := k.hent(t, p.sti); again.first("//div[@class='svar']") != p.first("//div[@class='svar']") {
			t.Errorf("%s: another answer at the same address", operation)
		}
	}
}

// TestEveryValueOfAnAnswerIsOnThePage asks every case of the six products over SOAP and on the page.
func TestEveryValueOfAnAnswerIsOnThePage(t *testing.T) {
	s := nyTjeneste(t)
	k, asked, found := s.klient(t), 0, 0
	for _, o := range felt.Operations() {
		requests, err := filepath.Glob("../../fixtures/" + o.Navn + "/*/request.xml")
		if err != nil {
			t.Fatal(err)
		}
		rows := map[string]felt.Rad{}
		for _, r := range felt.Select(felt.Table(), o.Navn, felt.Respons) {
			rows[r.Sti] = r
		}
		for _, request := range requests {
			text, err := os.ReadFile(request)
			if err != nil {
				t.Fatal(err)
			}
			want := s.overSoap(t, text)
			form := skjemaAv(t, text)
			if want == nil || want.Tag == "Fault" || form == nil || len(want.FindElements(".//*")) > 5000 {
				continue
			}
			p := k.post(t, "/oppslag/"+o.Navn, form)
			if got := verdi(want, "statuskode"); p.status != 200 || p.statuskode() != got {
				t.Errorf("%s: %d %s, want %s", request, p.status, p.statuskode(), got)
				continue
			}
			asked++
			found += values(t, request, want, "", rows, p.first("//div[@class='svar']"))
		}
	}
	if asked < 300 || found < 5000 {
		t.Errorf("only %d cases asked and %d values found", asked, found)
	}
}

// skjemaAv is a question as a form, nil when there is no element to ask with.
func skjemaAv(t *testing.T, question []byte) url.Values {
	t.Helper()
	form, root := url.Values{}, konvolutten(t, question)
	if root == nil {
		return nil
	}
	for _, leaf := range root.ChildElements() {
		form.Set(leaf.Tag, strings.TrimSpace(leaf.Text()))
	}
	if form.Get("etternavn") != "" {
		form.Set("skjema", "2")
	}
	return form
}

// overSoap is the answer's element over SOAP, nil when there is none.
func (s *tjeneste) overSoap(t *testing.T, question []byte) *etree.Element {
	t.Helper()
	resp, err := s.Client().Post(s.URL+wsdl.Endpoint, "text/xml; charset=utf-8", bytes.NewReader(question))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return konvolutten(t, text)
}

// konvolutten is the element in the body of an envelope, nil without one.
func konvolutten(t *testing.T, text []byte) *etree.Element {
	t.Helper()
	doc := etree.NewDocument()
	if doc.ReadFromBytes(text) != nil {
		return nil
	}
	return doc.FindElement("/Envelope/Body/*")
}

// values counts the values below an element that a page shows.
func values(t *testing.T, name string, e *etree.Element, sti string, rows map[string]felt.Rad, page string) (n int) {
	t.Helper()
	for _, child := range e.ChildElements() {
		at := path.Join(sti, child.Tag)
		if len(child.ChildElements()) > 0 {
			n += values(t, name, child, at, rows, page)
			continue
		}
		text := strings.Join(strings.Fields(vist(rows[at], child.Text())), " ")
		if text == "" || at == "statuskode" || at == "statustekst" {
			continue
		}
		if !strings.Contains(page, text) {
			t.Errorf("%s: the value of %s is not on the page", name, at)
		}
		n++
	}
	return n
}

// TestNumbersLeadOn walks from a hit to the employer, the employee, each arbeidsforhold and back, the main unit and a unit
// below it, by the buttons alone.
func TestNumbersLeadOn(t *testing.T) {
	k := nyTjeneste(t).klient(t)
	p := k.post(t, "/oppslag/hentTrefflisteArbeidsgiver", felter("orgnavn", "Fjellvik barneskole", "inkluderOpphoerte", "false", "fonetisk", "false"))
	for _, step := range []struct{ operation, felt, shows string }{
		{"hentArbeidsgiver", "arbeidsgiverId", "FJELLVIK BARNESKOLE"},
		{"hentAntallArbeidstakere", "orgnr", "FJELLVIK BARNESKOLE"},
		{"hentArbeidsgiver", "arbeidsgiverId", "FJELLVIK BARNESKOLE"},
		{"hentArbeidsforhold", "arbeidsforholdId", "Arbeidsforhold"},
		{"hentArbeidstaker", "foedselsnr", "Arbeidstaker"},
		{"hentArbeidsforhold", "arbeidsforholdId", "Arbeidsforhold"},
		{"hentArbeidsgiver", "arbeidsgiverId", "Arbeidsgiver"},
	} {
		button := p.dok.FindElement("//main//button[@form='til-" + step.operation + "']")
		if button == nil {
			t.Fatalf("%s: no way to %s", p.first("//h1"), step.operation)
		}
		if form := p.dok.FindElement("//form[@id='til-" + step.operation + "']"); form.SelectAttrValue("action", "") != "/oppslag/"+step.operation ||
			button.SelectAttrValue("name", "") != step.felt {
			t.Fatalf("the way to %s is %v", step.operation, button.Attr)
		}
		p = k.post(t, "/oppslag/"+step.operation, felter(step.felt, button.SelectAttrValue("value", "")))
		if p.statuskode() != "komplett" || !strings.Contains(p.first("//main"), step.shows) {
			t.Fatalf("%s: %s", step.operation, p.statuskode())
		}
	}
	p = k.post(t, "/oppslag/hentArbeidsgiver", felter("arbeidsgiverId", kommune))
	below := p.all("//div[@class='svar']//th/button[@form='til-hentArbeidsgiver']")
	if diff := cmp.Diff([]string{"Vis arbeidsgiver 210000119", "Vis arbeidsgiver 210000216"}, below); diff != "" {
		t.Errorf("units below (-want +got):\n%s", diff)
	}
	p = k.post(t, "/oppslag/hentArbeidsgiver", felter("arbeidsgiverId", "210000119"))
	if got := p.attr("//dd/button[@form='til-hentArbeidsgiver']", "value"); got != kommune {
		t.Errorf("the main unit's button asks for %q", got)
	}
}

func TestValuesReadAsNorwegian(t *testing.T) {
	for _, c := range []struct{ typ, tag, in, want string }{
		{"dato_åååå-mm-dd", "begyntdato", "2024-12-31", "31.12.2024"},
		{"dato_dd.mm.åååå", "etablert", "31.12.2024", "31.12.2024"},
		{"periode_åååå-mm", "rapporteringsperiode", "2024-12", "12.2024"},
		{"desimaltall", "stillingsprosent", "37.5", "37,5"},
		{"sann_usann", "oppoert", "true", "Ja"},
		{"kode:K|M", "kjoenn", "K", "Kvinne"},
		{"kode:0|1", "historisk", "1", "Ja"},
		{"tekst", "navn", "2024-12-31", "2024-12-31"},
	} {
		if got := vist(felt.Rad{Type: c.typ, Tag: c.tag}, c.in); got != c.want {
			t.Errorf("%s %s reads %q, want %q", c.tag, c.in, got, c.want)
		}
	}
}

func TestEveryStatuskodeHasWords(t *testing.T) {
	for _, r := range felt.Table() {
		for _, kode := range r.Kodeliste() {
			if r.Tag == "statuskode" && statusAv(kode).Tekst == kode {
				t.Errorf("%s has no words", kode)
			}
		}
	}
}

func TestTablesHaveCaptionsAndHeadings(t *testing.T) {
	p := nyTjeneste(t).klient(t).post(t, "/oppslag/hentArbeidsgiver", felter("arbeidsgiverId", "220000036"))
	tables := p.dok.FindElements("//table")
	for _, table := range tables {
		if table.SelectElement("caption") == nil || len(table.FindElements("thead/tr/th[@scope='col']")) == 0 ||
			len(table.FindElements("tbody/tr/th[@scope='row']")) != len(table.FindElements("tbody/tr")) {
			t.Error("a table without caption or headings")
		}
	}
	if len(tables) == 0 {
		t.Error("no table")
	}
}

// TestIdsAndLabelsHoldTogether: on every page each id is there once, and what refers to one finds it.
func TestIdsAndLabelsHoldTogether(t *testing.T) {
	k := nyTjeneste(t).klient(t)
	pages := []paa{k.hent(t, "/oppslag"), k.post(t, "/oppslag/hentArbeidstaker", felter("foedselsnr", kari)),
		k.post(t, "/oppslag/hentArbeidsgiver", felter("arbeidsgiverId", skole)), k.post(t, "/oppslag/hentArbeidsgiver", felter("arbeidsgiverId", "1"))}
	for _, o := range operasjoner() {
		pages = append(pages, k.hent(t, "/oppslag/"+o))
	}
	for _, p := range pages {
		var ids, refs []string
		for _, e := range p.dok.FindElements("//*") {
			if id := e.SelectAttrValue("id", ""); id != "" {
				ids = append(ids, id)
			}
			for _, name := range []string{"for", "form", "aria-describedby", "aria-labelledby"} {
				refs = append(refs, strings.Fields(e.SelectAttrValue(name, ""))...)
			}
			if e.SelectAttrValue("style", "") != "" || e.SelectAttrValue("onclick", "") != "" || e.Tag == "script" && e.SelectAttrValue("src", "") == "" {
				t.Errorf("%s: style or script in the page", p.sti)
			}
			if e.Tag == "input" && e.SelectAttrValue("type", "") != "hidden" || e.Tag == "select" {
				if p.dok.FindElement("//label[@for='"+e.SelectAttrValue("id", "")+"']") == nil {
					t.Errorf("%s: no label for %s", p.sti, e.SelectAttrValue("name", ""))
				}
			}
		}
		slices.Sort(ids)
		if unique := slices.Compact(slices.Clone(ids)); len(unique) != len(ids) {
			t.Errorf("%s: an id is there twice: %v", p.sti, ids)
		}
		for _, ref := range refs {
			if !slices.Contains(ids, ref) {
				t.Errorf("%s: nothing has id %s", p.sti, ref)
			}
		}
		if h1 := p.all("//h1"); len(h1) != 1 {
			t.Errorf("%s: headings %v", p.sti, h1)
		}
	}
}
