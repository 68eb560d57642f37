package oppslag

import (
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestPicturesStandBesideTheirAnswers: each with its table, under a heading, in a frame that the keyboard scrolls.
func TestPicturesStandBesideTheirAnswers(t *testing.T) {
	k := nyTjeneste(t).klient(t)
	for _, c := range []struct {
		operation string
		form      url.Values
		want      []string
	}{
		{"hentArbeidstaker", felter("foedselsnr", kari), []string{"Tidslinje over arbeidsforhold"}},
		{"hentArbeidsgiver", felter("arbeidsgiverId", skole), []string{"Antall arbeidstakere over tid", "Enheten og enhetene over og under den"}},
		{"hentArbeidsgiver", felter("arbeidsgiverId", ukjentUnit), nil},
		{"hentAntallArbeidstakere", felter("orgnr", skole), nil},
	} {
		p := k.post(t, "/oppslag/"+c.operation, c.form)
		var got []string
		for _, svg := range p.dok.FindElements("//main//svg") {
			frame := svg.Parent()
			section := frame.Parent()
			got = append(got, lest(section.SelectElement("h2")))
			if frame.SelectAttrValue("tabindex", "") != "0" || section.FindElement("details//table/caption") == nil || svg.SelectAttrValue("role", "") != "img" {
				t.Errorf("%s: a picture without frame or table", c.operation)
			}
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.operation, diff)
		}
	}
}

// TestPeriodOfAPictureIsChosenByALink: the answer stays the same, and the address has years in it and no more.
func TestPeriodOfAPictureIsChosenByALink(t *testing.T) {
	k := nyTjeneste(t).klient(t)
	whole := k.post(t, "/oppslag/hentArbeidstaker", felter("foedselsnr", kari))
	chosen := whole.first("//ul[@class='perioder']//a[@aria-current]")
	for _, link := range whole.dok.FindElements("//ul[@class='perioder']//a") {
		p := k.hent(t, link.SelectAttrValue("href", ""))
		if p.first("//div[@class='svar']") != whole.first("//div[@class='svar']") || p.first("//ul[@class='perioder']//a[@aria-current]") != lest(link) {
			t.Errorf("%s leads to %s", lest(link), p.first("//ul[@class='perioder']//a[@aria-current]"))
		}
		if same := p.first("//svg") == whole.first("//svg"); same != (lest(link) == chosen) {
			t.Errorf("%s: the same picture: %v", lest(link), same)
		}
	}
	for _, strange := range []string{"?fra=x&til=9", "?fra=-1&til=9999999999", "?fra=2030&til=1"} {
		if p := k.hent(t, whole.sti+strange); p.status != 200 || p.dok.FindElement("//main//svg") == nil {
			t.Errorf("%s: %d", strange[:6], p.status)
		}
	}
}
