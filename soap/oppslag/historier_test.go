package oppslag

import (
	"net/url"
	"testing"
)

// skjemaet is a form's address, and what it sends.
func (p paa) skjemaet(path string) (string, url.Values) {
	form := p.dok.FindElement(path)
	sent := url.Values{}
	for _, e := range form.FindElements(".//input") {
		sent.Set(e.SelectAttrValue("name", ""), e.SelectAttrValue("value", ""))
	}
	return form.SelectAttrValue("action", ""), sent
}

// TestStoryIsOneClickAway: the front page's button asks it; where there are no stories there is no heading for them.
func TestStoryIsOneClickAway(t *testing.T) {
	s := nyTjeneste(t)
	k := s.klient(t)
	if p := k.hent(t, "/oppslag"); p.dok.FindElement("//section") != nil {
		t.Error("stories of another register")
	}
	s.oppslag.config.Historier = []Historie{
		{Navn: "Én & <to>", Om: "Om det.", Operasjon: "hentTrefflisteArbeidsgiver", Statuskode: "komplett",
			Felter: map[string]string{"skjema": "2", "etternavn": "Husby", "fonetisk": "true"}},
		{Navn: "En annen", Om: "Om den.", Operasjon: "hentArbeidstaker", Statuskode: "fortrolig", Felter: map[string]string{"foedselsnr": "24847449892"}},
	}
	front := k.hent(t, "/oppslag")
	for i, h := range s.oppslag.config.Historier {
		at := "//section//li[" + string(rune('1'+i)) + "]"
		if got := front.all(at + "//h3/button"); len(got) != 1 || got[0] != h.Navn || front.first(at+"//p") != h.Om || front.first(at+"//span") != statusAv(h.Statuskode).Tekst {
			t.Errorf("%s is told as %q", h.Navn, got)
		}
		to, sent := front.skjemaet(at + "//form")
		if p := k.post(t, to, sent); p.statuskode() != h.Statuskode {
			t.Errorf("%s: %q", h.Navn, p.statuskode())
		}
	}
}
