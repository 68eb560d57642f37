package oppslag

import (
	"io"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aareg/fixtures"
	"aareg/products"
	"aareg/soap/tilgang"
	"aareg/store/konsument"
	"aareg/store/logg"
)

// medUttrekk is an agreement that grants extracts too, with every field of them.
func medUttrekk(change func(*konsument.Konsument)) func(*konsument.Konsument) {
	return func(k *konsument.Konsument) {
		k.Tilgang = []konsument.Tilgangsform{konsument.WebOppslag, konsument.Uttrekk}
		k.Rettigheter.Felter = append(k.Rettigheter.Felter, "uttrekk")
		if change != nil {
			change(k)
		}
	}
}

// avtale changes what a consumer's agreement is from what it was when it was made.
func (s *tjeneste) avtale(t *testing.T, nr int64, first konsument.Konsument, change func(*konsument.Konsument)) {
	t.Helper()
	err := s.konsumenter.Endre(nr, func(k *konsument.Konsument) error {
		k.Tilgang, k.Rettigheter = slices.Clone(first.Tilgang), first.Rettigheter
		if change != nil {
			change(k)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// demouttrekk are extracts that the tests of products have read against their stories: the form, the same as an order, and
// the file.
var demouttrekk = []struct {
	form url.Values
	u    products.Uttrekk
	fil  string
}{
	{felter("av", "arbeidsgiver", "arbeidsgiver", "210 004 114", "format", "csv"), products.Uttrekk{Arbeidsgiver: "210004114"}, "timer_fravaer_utland.csv"},
	{felter("av", "arbeidstakere", "liste", "# en\r\n\r\n098488 49909\r\n", "format", "xml", "bom", "ja"),
		products.Uttrekk{Arbeidstakere: []uint64{9848849909}}, "overdragelse.xml"},
	{felter("av", "arbeidsforhold", "liste", "48000401\n48000403 # og ingens\n999", "format", "ndjson"),
		products.Uttrekk{Arbeidsforhold: []uint64{48000401, 48000403, 999}}, "skip.ndjson"},
}

func uttrekksfil(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile("../../products/testdata/uttrekk/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// uttrekksrader are the log's rows of extracts, without what tells one from another: number, time, reference and address.
func (s *tjeneste) uttrekksrader(t *testing.T) (rows []logg.Rad) {
	t.Helper()
	for _, r := range s.rader(t) {
		if r.Slag == logg.Uttrekk {
			row := *r
			row.Nr, row.Tid, row.Korrelasjon, row.Adresse = 0, s.now, "", ""
			rows = append(rows, row)
		}
	}
	return rows
}

// TestExtractIsAFileWithTheRowsOfTheCommand: the same bytes, and rows that differ in who asked and by which way alone.
func TestExtractIsAFileWithTheRowsOfTheCommand(t *testing.T) {
	s := nyMedKonsumenter(t)
	s.konsument(t, etat, "etat", medUttrekk(func(k *konsument.Konsument) { k.Rettigheter.Profil, k.Databehandler = "egen", fond }))
	k := s.klient(t)
	k.inn(t, "etat")
	port, err := tilgang.New(tilgang.Config{Konsumenter: s.konsumenter, Logg: s.logg, Now: s.clock})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range demouttrekk {
		before := len(s.uttrekksrader(t))
		p := k.post(t, "/oppslag/uttrekk", c.form)
		if diff := cmp.Diff(uttrekksfil(t, c.fil), p.text); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.fil, diff)
		}
		_, format, _ := strings.Cut(c.fil, ".")
		if got, want := p.header.Get("Content-Disposition"), `attachment; filename="uttrekk-2025-06-15.`+format+`"`; got != want || p.status != 200 {
			t.Errorf("%s: %d %s", c.fil, p.status, got)
		}
		c.u.Form.Format = format
		byCommand, err := port.ForKonsument(etat)
		if err == nil {
			err = byCommand.Uttrekk(t.Context(), &c.u, logg.Rad{Innlogging: 1, Parametre: []logg.Parameter{{Tag: "kanal", Verdi: "web-oppslag"}}})
		}
		if err == nil {
			_, err = c.u.Skriv(t.Context(), s.register, byCommand.View(fixtures.Today), io.Discard)
		}
		if err != nil {
			t.Fatal(err)
		}
		rows := s.uttrekksrader(t)[before:]
		if len(rows) != 2 || len(rows[0].Personer) == 0 {
			t.Fatalf("%s: %d rows", c.fil, len(rows))
		}
		if diff := cmp.Diff(rows[1], rows[0]); diff != "" {
			t.Errorf("%s: row (-command +page):\n%s", c.fil, diff)
		}
	}
}

// TestExcelGetsItsMarkAndSemicolons.
func TestExcelGetsItsMarkAndSemicolons(t *testing.T) {
	k := nyTjeneste(t).klient(t)
	form := k.hent(t, "/oppslag/uttrekk")
	if form.dok.FindElement("//input[@name='bom'][@checked]") == nil || form.dok.FindElement("//input[@name='semikolon'][@checked]") == nil {
		t.Error("the form does not offer what Excel needs")
	}
	p := k.post(t, "/oppslag/uttrekk", felter("av", "arbeidsgiver", "arbeidsgiver", "210004114", "format", "csv", "bom", "ja", "semikolon", "ja"))
	if !strings.HasPrefix(p.text, "\uFEFFradtype;nr;") || p.header.Get("Content-Type") != "text/csv; charset=utf-8" {
		t.Errorf("it begins with %.20q, of type %s", p.text, p.header.Get("Content-Type"))
	}
}

// TestWrongLinesAreToldBesideTheField: by their number in the list, and nothing is asked.
func TestWrongLinesAreToldBesideTheField(t *testing.T) {
	s := nyMedKonsumenter(t)
	s.konsument(t, etat, "etat", medUttrekk(nil))
	k := s.klient(t)
	k.inn(t, "etat")
	many := strings.Repeat("x\n", 13)
	for _, c := range []struct {
		form  url.Values
		field string
		want  string
	}{
		{felter("av", "arbeidstakere", "liste", "12838049808\n1234\n\n# x\nabc # y\n"), "liste", "Linje 2 og 5 har ikke 11 siffer."},
		{felter("av", "arbeidsforhold", "liste", "1234567890123456789"), "liste", "Linje 1 har ikke 1 til 18 siffer."},
		{felter("av", "arbeidsforhold", "liste", many), "liste", "Linje 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 og 3 til har ikke 1 til 18 siffer."},
		{felter("av", "arbeidstakere", "liste", "# ingen"), "liste", "Fyll inn minst ett nummer, ett på hver linje."},
		{felter("av", "arbeidsgiver", "arbeidsgiver", ""), "arbeidsgiver", "Fyll inn arbeidsgiverens nummer."},
		{felter("av", "arbeidsgiver", "arbeidsgiver", "1234"), "arbeidsgiver", "Arbeidsgiverens nummer må ha 9 siffer, eller 11 for en personlig arbeidsgiver."},
		{felter("av", "arbeidsgiver", "arbeidsgiver", "210004115"), "arbeidsgiver", "Arbeidsgiverens nummer er ikke gyldig: se etter skrivefeil."},
		{felter("av", "arbeidsforhold", "liste", "1", "status", "aktive"), "status", "Velg «Alle»: en liste av arbeidsforhold blir med uansett status."},
		{felter("av", "alt"), "av", "Velg hva uttrekket gjelder."},
		{felter("av", "arbeidsforhold", "liste", "1", "format", "xlsx"), "format", "Velg et format."},
	} {
		if !c.form.Has("format") {
			c.form.Set("format", "csv")
		}
		p := k.post(t, "/oppslag/uttrekk", c.form)
		if got := p.first("//p[@id='uttrekk-" + c.field + "-feil']"); p.status != 422 || got != "Feil: "+c.want {
			t.Errorf("%d, %s: %q, want %q", p.status, c.field, got, c.want)
		}
		if got := p.all("//div[@class='ds-error-summary']//a"); len(got) != 1 || got[0] != c.want || p.dok.FindElement("//*[@id='uttrekk-"+c.field+"']") == nil {
			t.Errorf("%s: the summary: %q", c.field, got)
		}
		if got := p.dok.FindElement("//textarea").Text(); strings.TrimSpace(got) != strings.TrimSpace(c.form.Get("liste")) {
			t.Errorf("%s: the list is not kept", c.field)
		}
	}
	if rows := s.uttrekksrader(t); len(rows) > 0 {
		t.Errorf("%d rows", len(rows))
	}
	if p := k.post(t, "/oppslag/uttrekk", felter("av", "arbeidsforhold", "liste", strings.Repeat("1\n", maxUttrekkskjema))); p.status != 413 {
		t.Errorf("a list that is too long: %d", p.status)
	}
}

// TestMenuOffersExtractsToThoseWhoMayHaveThem.
func TestMenuOffersExtractsToThoseWhoMayHaveThem(t *testing.T) {
	open := nyTjeneste(t).klient(t)
	s := nyMedKonsumenter(t)
	s.konsument(t, etat, "etat", medUttrekk(nil))
	s.konsument(t, fond, "fond", nil)
	with, without := s.klient(t), s.klient(t)
	with.inn(t, "etat")
	without.inn(t, "fond")
	for _, c := range []struct {
		k      *klient
		links  int
		status int
	}{{open, 1, 200}, {with, 1, 200}, {without, 0, 403}} {
		if got := len(c.k.hent(t, "/oppslag").dok.FindElements("//nav//a[@href='/oppslag/uttrekk']")); got != c.links {
			t.Errorf("%d links, want %d", got, c.links)
		}
		if p := c.k.hent(t, "/oppslag/uttrekk"); p.status != c.status {
			t.Errorf("%d, want %d", p.status, c.status)
		}
	}
	if p := s.klient(t).hent(t, "/oppslag/uttrekk"); p.sti != "/oppslag/logginn?til=%2Foppslag%2Futtrekk" {
		t.Errorf("who is not logged in is at %s", p.sti)
	}
}

// TestDoorsOfThePageAreShutFromOutside: nothing is at their paths, whatever is sent.
func TestDoorsOfThePageAreShutFromOutside(t *testing.T) {
	s := nyMedKonsumenter(t)
	s.konsument(t, etat, "etat", medUttrekk(nil))
	s.klient(t).inn(t, "etat")
	for _, path := range []string{"/uttrekk", "/detaljer"} {
		for _, body := range []string{`{"Arbeidsgiver":"210004114","Format":"csv"}`, "48000201"} {
			r, err := http.NewRequest(http.MethodPost, s.URL+path, strings.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Aareg-Sesjonsid", s.oppslag.besoek.alle()[0].sesjonsid)
			resp, err := s.Client().Do(r)
			if err != nil {
				t.Fatal(err)
			}
			text, err := io.ReadAll(resp.Body)
			if err != nil || resp.Body.Close() != nil || resp.StatusCode != 404 || string(text) != "404 page not found\n" {
				t.Errorf("%s: %d %v", path, resp.StatusCode, err)
			}
		}
	}
	if rows := s.rader(t); len(rows) > 0 {
		t.Errorf("%d rows", len(rows))
	}
}
