package oppslag

import (
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aareg/fixtures"
	"aareg/store"
	"aareg/store/konsument"
)

// mengde has more arbeidsforhold than any page shows.
const mengde = "220000036"

// TestHeadcountOfALongListIsOfAllOfIt: each year begins with as many as the register has then, and the log tells of nobody.
func TestHeadcountOfALongListIsOfAllOfIt(t *testing.T) {
	s := nyMedKonsumenter(t)
	nr := s.konsument(t, etat, "etat", nil)
	k := s.klient(t)
	k.inn(t, "etat")
	beskrivelse := func(p paa) string { return p.first("//section[@aria-labelledby='bemanning-overskrift']/p") }
	before := len(s.rader(t))
	p := k.post(t, "/oppslag/hentArbeidsgiver", felter("arbeidsgiverId", mengde))
	if got := beskrivelse(p); !strings.Contains(got, " 0 arbeidstakere i dag.") || strings.Contains(got, "avkortet") {
		t.Errorf("the picture: %s", got)
	}
	years := p.dok.FindElements("//section[@aria-labelledby='bemanning-overskrift']//tbody/tr")
	for _, year := range years {
		cells := year.ChildElements()
		if got, want := cells[1].Text(), strconv.Itoa(s.antall(t, mengde, cells[0].Text()+"-01-01")); got != want {
			t.Errorf("%s began with %s, want %s", cells[0].Text(), got, want)
		}
	}
	if len(years) < 5 {
		t.Errorf("%d years", len(years))
	}
	var rows []string
	for _, r := range s.rader(t)[before:] {
		rows = append(rows, r.Rettighet+" "+kanalAv(r))
		if r.Rettighet == "bemanning" && len(r.Personer) > 0 {
			t.Errorf("the headcount tells of %d persons", len(r.Personer))
		}
	}
	if diff := cmp.Diff([]string{"produkt hentArbeidsgiver web-oppslag", "bemanning web-oppslag"}, rows); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	if got := beskrivelse(k.post(t, "/oppslag/hentArbeidsgiver", felter("arbeidsgiverId", mengde, "statusArbeidsforhold", "opphoert"))); !strings.Contains(got, "Søket er avgrenset") {
		t.Errorf("of those that have ended: %s", got)
	}
	// Who may not see whose an arbeidsforhold is is not told how many persons have one.
	if err := s.konsumenter.Endre(nr, func(k *konsument.Konsument) error {
		k.Rettigheter.Felter = []string{"hentArbeidsgiver/orgnr", "hentArbeidsgiver/arbeidsforholdListe/arbeidsforhold/begyntdato"}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if got := beskrivelse(k.post(t, "/oppslag/hentArbeidsgiver", felter("arbeidsgiverId", mengde))); !strings.Contains(got, "Svaret er avkortet") {
		t.Errorf("of a profile without: %s", got)
	}
	if rows := s.rader(t); rows[len(rows)-1].Rettighet != "produkt hentArbeidsgiver" {
		t.Errorf("the last row is of %s", rows[len(rows)-1].Rettighet)
	}
}

// antall is how many persons the register has at an employer on a day, by looking at each arbeidsforhold.
func (s *tjeneste) antall(t *testing.T, orgnr, day string) int {
	t.Helper()
	d, err := store.ParseDato(day)
	if err != nil {
		t.Fatal(err)
	}
	a, err := s.register.Arbeidsgiver(t.Context(), store.View{Today: fixtures.Today}, orgnr, store.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Liste.Close()
	there := map[string]bool{}
	for rad, err := range a.Liste.Rader(a.Liste.Antall) {
		if err != nil {
			t.Fatal(err)
		}
		if rad.Begynt <= d && (rad.Sluttet == 0 || rad.Sluttet >= d) {
			there[strings.Clone(rad.Arbeidstaker.Nummer)] = true
		}
	}
	return len(there)
}
