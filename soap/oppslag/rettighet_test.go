package oppslag

import (
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aareg/store"
	"aareg/store/konsument"
)

func TestAgreementWithoutLookUpsIsRefused(t *testing.T) {
	s := nyMedKonsumenter(t)
	s.konsument(t, etat, "etat", func(k *konsument.Konsument) { k.Tilgang = []konsument.Tilgangsform{konsument.API, konsument.Uttrekk} })
	k := s.klient(t)
	if p := k.inn(t, "etat"); p.status != 403 || p.first("//p[@id='logginnfeil']") != loginFeil[403] {
		t.Errorf("login: %d %s", p.status, p.first("//p[@id='logginnfeil']"))
	}
	nr := s.konsument(t, fond, "fond", nil)
	k.inn(t, "fond")
	if err := s.konsumenter.Endre(nr, func(k *konsument.Konsument) error {
		k.Tilgang = []konsument.Tilgangsform{konsument.API}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if p := k.post(t, "/oppslag/hentArbeidstaker", felter("foedselsnr", kari)); p.status != 403 || p.first("//div[@role='alert']/h2") != "Du har ikke tilgang til dette" {
		t.Errorf("when it lost the right: %d", p.status)
	}
	var got []string
	for _, r := range s.rader(t) {
		got = append(got, r.Orgnr+" "+r.Produkt+" "+r.Utfall+" "+r.Rettighet+" "+kanalAv(r))
	}
	want := []string{etat + "  ikkeTilgang tilgang web-oppslag web-oppslag", fond + " hentArbeidstaker ikkeTilgang tilgang web-oppslag web-oppslag"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("log (-want +got):\n%s", diff)
	}
}

// TestMinimisedConsumerSeesItsFieldsAlone: as over SOAP.
func TestMinimisedConsumerSeesItsFieldsAlone(t *testing.T) {
	s := nyMedKonsumenter(t)
	s.konsument(t, etat, "etat", func(k *konsument.Konsument) {
		k.Rettigheter.Produkter = []string{"hentArbeidstaker"}
		k.Rettigheter.Felter = []string{"hentArbeidstaker/etternavn", "hentArbeidstaker/arbeidsforholdListe/arbeidsforhold/begyntdato"}
	})
	k := s.klient(t)
	if p := k.inn(t, "etat"); len(p.all("//ul[@class='produkter']/li")) != 1 || !strings.Contains(p.first("//main"), "Ikke med i avtalen") {
		t.Errorf("the front page: %v", p.all("//ul[@class='produkter']/li"))
	}
	p := k.post(t, "/oppslag/hentArbeidstaker", felter("foedselsnr", kari))
	if diff := cmp.Diff([]string{"Etternavn Fjellstad", "Antall 2", "Begynt dato 15.08.2022", "Begynt dato 01.08.2016"}, p.all("//div[@class='svar']//dl/div")); diff != "" {
		t.Errorf("what is shown (-want +got):\n%s", diff)
	}
	for _, form := range []url.Values{felter("arbeidsgiverId", skole), felter("foedselsnr", kari, "lovgivning", "ny")} {
		operation := "hentArbeidsgiver"
		if form.Has("foedselsnr") {
			operation = "hentArbeidstaker"
		}
		if p := k.post(t, "/oppslag/"+operation, form); p.status != 403 || p.first("//span[@class='referanse']") == "" {
			t.Errorf("%s: %d", operation, p.status)
		}
	}
}

// TestProtectedPersonReadsAsUnknown: for a consumer that may not be told, but for what was filled in.
func TestProtectedPersonReadsAsUnknown(t *testing.T) {
	s := nyMedKonsumenter(t)
	s.konsument(t, etat, "etat", nil)
	s.konsument(t, fond, "fond", func(k *konsument.Konsument) { k.Rettigheter.Fortrolig = store.InnsynKode })
	k := s.klient(t)
	k.inn(t, "etat")
	page := func(nr string) string {
		p := k.post(t, "/oppslag/hentArbeidstaker", felter("foedselsnr", nr))
		if p.statuskode() != "ingen" || p.status != 200 {
			t.Errorf("%d %s", p.status, p.statuskode())
		}
		return strings.ReplaceAll(p.text, nr, "")
	}
	if diff := cmp.Diff(page(borger), page(fortrolig)); diff != "" {
		t.Errorf("(-unknown +protected):\n%s", diff)
	}
	k.inn(t, "fond")
	if p := k.post(t, "/oppslag/hentArbeidstaker", felter("foedselsnr", fortrolig)); p.statuskode() != "fortrolig" {
		t.Errorf("who may be told: %s", p.statuskode())
	}
}
