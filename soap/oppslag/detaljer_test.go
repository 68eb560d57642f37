package oppslag

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aareg/store"
	"aareg/store/konsument"
	"aareg/store/logg"
)

const (
	overdratt = "48000201" // an arbeidsforhold with a varsel
	hemmelig  = "48000901" // of a protected person
)

// TestDataElementsStandBelowTheAnswer: those that § 2.6 does not have.
func TestDataElementsStandBelowTheAnswer(t *testing.T) {
	k := nyTjeneste(t).klient(t)
	p := k.post(t, "/oppslag/hentArbeidsforhold", felter("arbeidsforholdId", overdratt))
	want := []string{"Varsel Maskinell sluttdato: Virksomhetoverdragelse (ERVIRK)", "Type ansettelsesdetaljer Ordinaer", "Startmåned for rapportering 01.2015",
		"Sluttmåned for rapportering 04.2023", "Varseltilhørighet Ansettelsesperiode", "Varsel Maskinell sluttdato: Virksomhetoverdragelse (ERVIRK)"}
	if diff := cmp.Diff(want, p.all("//section[@aria-labelledby='detaljer-overskrift']//dl/div")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"Arbeidsforhold", "Ansettelsesdetaljer 1", "Varsler 1"}, p.all("//section[@aria-labelledby='detaljer-overskrift']//h3")); diff != "" {
		t.Errorf("headings (-want +got):\n%s", diff)
	}
	if p := k.post(t, "/oppslag/hentArbeidsforhold", felter("arbeidsforholdId", "999")); p.dok.FindElement("//h2[@id='detaljer-overskrift']") != nil {
		t.Error("nobody's data elements")
	}
}

// TestDataElementsHaveTheirRowAndTheirRights: a row beside that of the question, the same person, and what the profile has.
func TestDataElementsHaveTheirRowAndTheirRights(t *testing.T) {
	var first konsument.Konsument
	s := nyMedKonsumenter(t)
	nr := s.konsument(t, etat, "etat", medUttrekk(func(k *konsument.Konsument) { first = *k }))
	k := s.klient(t)
	for _, c := range []struct {
		why    string
		change func(*konsument.Konsument)
		id     string
		want   []string // the data elements
		rows   []string
	}{
		{"one person a day, who is the same", func(k *konsument.Konsument) { k.Rettigheter.PersonerPerDoegn = 1 }, overdratt,
			[]string{"Varsel", "Type ansettelsesdetaljer", "Startmåned for rapportering", "Sluttmåned for rapportering", "Varseltilhørighet", "Varsel"},
			[]string{"komplett produkt hentArbeidsforhold", "komplett detaljer"}},
		{"all", nil, overdratt, []string{"Varsel", "Type ansettelsesdetaljer", "Startmåned for rapportering", "Sluttmåned for rapportering", "Varseltilhørighet", "Varsel"},
			[]string{"komplett produkt hentArbeidsforhold", "komplett detaljer"}},
		{"one", func(k *konsument.Konsument) {
			k.Rettigheter.Felter = append(konsument.Produkter(), "uttrekk/varsler/entitet")
		}, overdratt, []string{"Varseltilhørighet"}, []string{"komplett produkt hentArbeidsforhold", "komplett detaljer"}},
		{"none", func(k *konsument.Konsument) { k.Rettigheter.Felter = konsument.Produkter() }, overdratt, nil, []string{"komplett produkt hentArbeidsforhold"}},
		{"one question a second", func(k *konsument.Konsument) {
			k.Rettigheter.SpoersmaalPerSekund = 1
			k.Rettigheter.Felter = append(konsument.Produkter(), "uttrekk/varsler/entitet")
		}, overdratt, []string{"Varseltilhørighet"}, []string{"komplett produkt hentArbeidsforhold", "komplett detaljer"}},
		{"no product", func(k *konsument.Konsument) { k.Rettigheter.Produkter = []string{"hentArbeidstaker"} }, overdratt, nil,
			[]string{"ikkeTilgang produkt hentArbeidsforhold"}},
		{"protected", func(k *konsument.Konsument) { k.Rettigheter.Fortrolig = store.InnsynKode }, hemmelig, nil, []string{"fortrolig produkt hentArbeidsforhold"}},
		{"protected with data", func(k *konsument.Konsument) { k.Rettigheter.Fortrolig = store.InnsynData }, hemmelig,
			[]string{"Type ansettelsesdetaljer", "Startmåned for rapportering"}, []string{"fortrolig produkt hentArbeidsforhold", "fortrolig detaljer"}},
		{"out of scope", func(k *konsument.Konsument) { k.Rettigheter.Personer = konsument.Omfang{Nummer: []string{borger}} }, overdratt, nil,
			[]string{"ingen produkt hentArbeidsforhold"}},
	} {
		s.avtale(t, nr, first, c.change)
		k.inn(t, "etat")
		before := len(s.rader(t))
		p := k.post(t, "/oppslag/hentArbeidsforhold", felter("arbeidsforholdId", c.id))
		if diff := cmp.Diff(c.want, p.all("//section[@aria-labelledby='detaljer-overskrift']//dt")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.why, diff)
		}
		kontrollerDetaljrader(t, c.why, c.rows, s.rader(t)[before:])
	}
}

// kontrollerDetaljrader checks the rows of a look: that of the question and, when there is a second, that of the data
// elements, which is about the same.
func kontrollerDetaljrader(t *testing.T, why string, want []string, rows []*logg.Rad) {
	t.Helper()
	var got []string
	for _, r := range rows {
		got = append(got, r.Utfall+" "+r.Rettighet)
		if r.Produkt != "hentArbeidsforhold" || kanalAv(r) != "web-oppslag" || r.Beskyttet != strings.HasPrefix(r.Utfall, "fortrolig") {
			t.Errorf("%s: a row %+v", why, r)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s: rows (-want +got):\n%s", why, diff)
	}
	if len(rows) == 2 {
		if diff := cmp.Diff(rows[0].Personer, rows[1].Personer); diff != "" {
			t.Errorf("%s: other persons (-answer +data elements):\n%s", why, diff)
		}
		if diff := cmp.Diff(rows[0].Parametre, rows[1].Parametre); diff != "" || rows[1].Antall != 1 {
			t.Errorf("%s: %d, parameters (-answer +data elements):\n%s", why, rows[1].Antall, diff)
		}
	}
}

// TestRefusedDataElementsLeaveTheAnswer: rights that were taken away since login.
func TestRefusedDataElementsLeaveTheAnswer(t *testing.T) {
	s := nyMedKonsumenter(t)
	nr := s.konsument(t, etat, "etat", medUttrekk(nil))
	k := s.klient(t)
	k.inn(t, "etat")
	if err := s.konsumenter.Endre(nr, func(k *konsument.Konsument) error { k.Rettigheter.Felter = konsument.Produkter(); return nil }); err != nil {
		t.Fatal(err)
	}
	p := k.post(t, "/oppslag/hentArbeidsforhold", felter("arbeidsforholdId", overdratt))
	if p.status != 200 || p.statuskode() != "komplett" || !strings.HasPrefix(p.first("//section[@aria-labelledby='detaljer-overskrift']/p"), "Du har ikke tilgang til dette.") {
		t.Errorf("%d: %s", p.status, p.first("//section[@aria-labelledby='detaljer-overskrift']/p"))
	}
	if rows := s.rader(t); len(rows) != 2 || !rows[1].Avslag || rows[1].Rettighet != "felt uttrekk" {
		t.Errorf("%d rows", len(rows))
	}
}

// TestTimeLineIsDrawnInDetailOnDemand: each arbeidsforhold is a question with its row, and no further person.
func TestTimeLineIsDrawnInDetailOnDemand(t *testing.T) {
	s := nyMedKonsumenter(t)
	s.konsument(t, etat, "etat", medUttrekk(func(k *konsument.Konsument) { k.Rettigheter.PersonerPerDoegn = 2 }))
	k := s.klient(t)
	k.inn(t, "etat")
	p := k.post(t, "/oppslag/hentArbeidstaker", felter("foedselsnr", kari))
	before := len(s.rader(t))
	link := p.attr("//div[@class='tidslinjevalg']//a", "href")
	if !strings.Contains(p.first("//div[@class='tidslinjevalg']"), "sin egen rad i loggen") || !strings.Contains(link, "detaljer=ja") {
		t.Fatalf("the choice: %s, %s", p.first("//div[@class='tidslinjevalg']"), link)
	}
	with := k.hent(t, link)
	if with.first("//svg") == p.first("//svg") || !strings.Contains(with.first("//div[@class='tidslinjevalg']"), "for 2 av 2 arbeidsforhold") {
		t.Errorf("%d: %s", with.status, with.first("//div[@class='tidslinjevalg']"))
	}
	var got []string
	for _, r := range s.rader(t)[before:] {
		got = append(got, r.Produkt+" "+r.Utfall+" "+kanalAv(r))
	}
	want := []string{"hentArbeidstaker komplett web-oppslag", "hentArbeidsforhold komplett web-oppslag", "hentArbeidsforhold komplett web-oppslag"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	for _, period := range with.dok.FindElements("//ul[@class='perioder']//a") {
		if !strings.Contains(period.SelectAttrValue("href", ""), "detaljer=ja") {
			t.Error("another period loses the details")
		}
	}
}

// TestTimeLineInDetailNeedsTheRight: without it there is no choice, and asking for it by hand asks nothing.
func TestTimeLineInDetailNeedsTheRight(t *testing.T) {
	s := nyMedKonsumenter(t)
	s.konsument(t, etat, "etat", func(k *konsument.Konsument) { k.Rettigheter.Produkter = []string{"hentArbeidstaker"} })
	s.konsument(t, fond, "fond", func(k *konsument.Konsument) { k.Rettigheter.SpoersmaalPerSekund = 2 })
	k := s.klient(t)
	k.inn(t, "etat")
	p := k.post(t, "/oppslag/hentArbeidstaker", felter("foedselsnr", kari))
	if again := k.hent(t, p.sti+"?detaljer=ja"); p.dok.FindElement("//div[@class='tidslinjevalg']") != nil || len(s.rader(t)) != 2 || again.first("//svg") != p.first("//svg") {
		t.Errorf("%d rows", len(s.rader(t)))
	}
	k.inn(t, "fond")
	p = k.post(t, "/oppslag/hentArbeidstaker", felter("foedselsnr", kari)) // one of two questions
	s.pass(10e9)
	if p = k.hent(t, p.sti+"?detaljer=ja"); !strings.Contains(p.first("//div[@class='tidslinjevalg']"), "for 1 av 2 arbeidsforhold. Resten kunne ikke hentes nå") {
		t.Errorf("with two questions a second: %s", p.first("//div[@class='tidslinjevalg']"))
	}
}
