package oppslag

import (
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aareg/wsdl/felt"
)

// TestWrongInputStandsBesideItsField: in words of its own, in the summary at the top, and tied to the field.
func TestWrongInputStandsBesideItsField(t *testing.T) {
	k := nyTjeneste(t).klient(t)
	for _, c := range []struct {
		operation string
		form      url.Values
		id, words string
	}{
		{"hentArbeidstaker", felter(), "felt1-foedselsnr", "Fyll inn «Fødselsnummer/D-nummer»."},
		{"hentArbeidstaker", felter("foedselsnr", "12345678901"), "felt1-foedselsnr", "«Fødselsnummer/D-nummer» må ha 11 siffer og være gyldig: se etter skrivefeil."},
		{"hentArbeidsgiver", felter("arbeidsgiverId", "12"), "felt1-arbeidsgiverId", "«Arbeidsgiver ID» må ha 9 siffer, eller 11 for en personlig arbeidsgiver."},
		{"hentArbeidsgiver", felter("arbeidsgiverId", skole, "datofra", "31.02.2024"), "felt1-datofra",
			"«Dato fom» må være en dato som finnes, skrevet slik: 2024-12-31 eller 31.12.2024."},
		{"hentArbeidsgiver", felter("arbeidsgiverId", skole, "datofra", "1.2.2024", "datotil", "2024-01-01"), "felt1-datofra",
			"«Dato fom» kan ikke være etter Dato tom: bytt om datoene eller tøm den ene."},
		{"hentTrefflisteArbeidsgiver", felter("skjema", "1", "fonetisk", "false", "inkluderOpphoerte", "false"), "felt1-orgnavn", "Fyll inn «Navn på organisasjon»."},
		{"hentTrefflisteArbeidsgiver", felter("skjema", "2", "fonetisk", "false"), "felt2-etternavn", "Fyll inn «Etternavn»."},
		{"hentTrefflisteArbeidstaker", felter("etternavn", strings.Repeat("å", 257), "fonetisk", "false"), "felt1-etternavn", "«Etternavn» er for lang: bruk høyst 256 tegn."},
		{"hentTrefflisteArbeidstaker", felter("etternavn", "Ås", "fonetisk", "false", "alderfra", "40", "aldertil", "30"), "felt1-alderfra",
			"«Alder fom» kan ikke være større enn Alder tom."},
		{"hentArbeidsforhold", felter("arbeidsforholdId", "x"), "felt1-arbeidsforholdId", "«Arbeidsforhold ID» må være et tall med 1 til 18 siffer."},
	} {
		p := k.post(t, "/oppslag/"+c.operation, c.form)
		field := p.dok.FindElement("//*[@id='" + c.id + "']")
		if p.status != 422 || field == nil {
			t.Errorf("%s %v: status %d", c.operation, c.id, p.status)
			continue
		}
		described := strings.Fields(field.SelectAttrValue("aria-describedby", ""))
		got := []string{field.SelectAttrValue("aria-invalid", ""), described[len(described)-1], p.first("//p[@id='" + c.id + "-feil']"),
			p.first("//div[@class='ds-error-summary']//a"), p.attr("//div[@class='ds-error-summary']//a", "href"), p.first("//title")[:5]}
		want := []string{"true", c.id + "-feil", "Feil: " + c.words, c.words, "#" + c.id, "Feil:"}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.operation, diff)
		}
		if tag := strings.SplitN(c.id, "-", 2)[1]; c.form.Get(tag) != "" && !strings.Contains(c.form.Get(tag), ".") && field.SelectAttrValue("value", "") != c.form.Get(tag) {
			t.Errorf("%s: what was filled in is gone", c.operation)
		}
	}
}

func TestFormsFollowTheFieldTable(t *testing.T) {
	k := nyTjeneste(t).klient(t)
	for _, o := range operasjoner() {
		p := k.hent(t, "/oppslag/"+o)
		var got, want []string
		for _, e := range p.dok.FindElements("//form[@class='skjema']//*[@id]") {
			if name := e.SelectAttrValue("name", ""); name != "" {
				label := p.first("//label[@for='" + e.SelectAttrValue("id", "") + "']")
				got = append(got, name+" "+label)
			}
		}
		for _, r := range felt.Select(felt.Table(), o, felt.Request) {
			label := r.Ledetekst
			if r.Krav != "M" {
				label += " (valgfritt)"
			}
			want = append(want, r.Tag+" "+label)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: fields (-want +got):\n%s", o, diff)
		}
	}
}

func TestPeopleMayWriteNumbersAndDatesAsTheyDo(t *testing.T) {
	for _, c := range []struct{ typ, in, want string }{
		{"siffer 9 eller 11", " 210 000 410 ", "210000410"}, {"personnr", "128380 49808", kari}, {"dato_inn", "1.2.2024", "2024-02-01"},
		{"dato_inn", "31.12.2024", "2024-12-31"}, {"dato_inn", "2024-12-31", "2024-12-31"}, {"tekst", " Kari  Moe ", "Kari  Moe"},
		{"tekst", "Kari\x00Moe", "Kari Moe"}, {"tekst", "Kari\xff", "Kari"},
	} {
		if got := les(felt.Rad{Type: c.typ}, c.in); got != c.want {
			t.Errorf("%s %q is read %q, want %q", c.typ, c.in, got, c.want)
		}
	}
}

// TestWhatIsNotChosenIsNotAsked: a closed list that is left alone is no element of the question, which rights may hinge on.
func TestWhatIsNotChosenIsNotAsked(t *testing.T) {
	k := nyTjeneste(t).klient(t)
	p := k.hent(t, "/oppslag/hentArbeidsgiver")
	for _, name := range []string{"statusArbeidsforhold", "lovgivning"} {
		if first := p.dok.FindElement("//select[@name='" + name + "']/option"); first == nil || first.SelectAttrValue("value", "-") != "" {
			t.Errorf("%s begins with a choice", name)
		}
	}
}
