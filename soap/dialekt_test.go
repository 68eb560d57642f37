package soap

import (
	"context"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aareg/products"
	"aareg/wsdl"
	"aareg/wsdl/bindings"
	"aareg/wsdl/felt"
)

// inDialect is the border in a dialect. Its one operation refuses to answer without an orgnr, and writes with tags
// that the dialects spell differently.
func inDialect(t *testing.T, d wsdl.Dialekt) *service {
	t.Helper()
	config := testConfig(new(logBuffer))
	config.Dialekt = d
	return &service{Server: newServer(t, newHandler(config, map[string]operation{
		"hentAntallArbeidstakere": on(func(_ context.Context, _ products.Query, r *bindings.HentAntallArbeidstakere, svar *products.Svar) error {
			if given(r.Orgnr) == "" {
				return &products.InvalidRequest{Tag: "orgnr", Problem: "mangler"}
			}
			svar.Status(products.Ingen)
			svar.Text(products.NewTag("Kommunenr"), given(r.Orgnr))
			svar.Bool(products.NewTag("oppfoert"), true)
			return nil
		}),
	}))}
}

func TestDialectsNameOperationsAsTheTable(t *testing.T) {
	for _, d := range []felt.Dialekt{felt.Spek, felt.D2015} {
		for i, o := range d.Operations() {
			spek, instead := inSpek(wsdl.Dialekt(d), o.Navn)
			got := []string{spek, instead, responseRoot(o.Navn)}
			if diff := cmp.Diff([]string{felt.Operations()[i].Navn, "", o.Respons}, got); diff != "" {
				t.Errorf("%s %s (-table +dispatch):\n%s", d, o.Navn, diff)
			}
		}
	}
}

func TestAnswerIsSpeltInTheDialect(t *testing.T) {
	const start, status = ` xmlns:aareg2="` + wsdl.NamespaceAareg2 + `"><statuskode>ingen</statuskode>`,
		`<statustekst>Det ble ikke funnet noen opplysninger.</statustekst>`
	for d, c := range map[wsdl.Dialekt]struct{ operation, root, leaves string }{
		wsdl.Spek:  {"hentAntallArbeidstakere", "AntallArbeidstakere", "<Kommunenr>1</Kommunenr><oppfoert>true</oppfoert>"},
		wsdl.D2015: {"hentAntallAnsatte", "AntallAnsatte", "<kommunenr>1</kommunenr><opphoert>true</opphoert>"},
	} {
		got := inDialect(t, d).ask11(t, question11("", operationNamed(c.operation, "<orgnr>1</orgnr>")))
		want := "<aareg2:" + c.root + start + status + c.leaves + "</aareg2:" + c.root + ">"
		if diff := cmp.Diff(want, got.body()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", d, diff)
		}
		if produkt := got.root.FindElement("//sammendrag/produkt"); produkt == nil || produkt.Text() != c.root {
			t.Errorf("%s: the header does not name the product %s", d, c.root)
		}
	}
}

// TestDialectKnowsItsOwnNamesAlone: who asks in the other dialect is told what the operation is called here.
func TestDialectKnowsItsOwnNamesAlone(t *testing.T) {
	const spek, d2015, text = "hentAntallArbeidstakere", "hentAntallAnsatte", "tekst"
	for _, c := range []struct {
		dialekt             wsdl.Dialekt
		operation, children string
		kode, melding       string
	}{
		{wsdl.Spek, spek, "", "ugyldigForespoersel", "Elementet orgnr mangler."},
		{wsdl.D2015, d2015, "", "ugyldigForespoersel", "Elementet orgnr mangler."},
		{wsdl.Spek, spek, text, "ugyldigForespoersel", "Elementet hentAntallArbeidstakere har tekst mellom elementene."},
		{wsdl.D2015, d2015, text, "ugyldigForespoersel", "Elementet hentAntallAnsatte har tekst mellom elementene."},
		{wsdl.Spek, d2015, "", "ukjentOperasjon", "Elementet hentAntallAnsatte i Body er ingen operasjon i denne tjenesten; her heter den hentAntallArbeidstakere."},
		{wsdl.D2015, spek, "", "ukjentOperasjon", "Elementet hentAntallArbeidstakere i Body er ingen operasjon i denne tjenesten; her heter den hentAntallAnsatte."},
		{wsdl.D2015, "AntallAnsatte", "", "ukjentOperasjon", "Elementet AntallAnsatte i Body er ingen operasjon i denne tjenesten."},
	} {
		got := inDialect(t, c.dialekt).ask11(t, question11("", operationNamed(c.operation, c.children)))
		if _, kode, melding := got.feil(); kode != c.kode || melding != c.melding {
			t.Errorf("%s, %s: %s %q, want %s %q", c.dialekt, c.operation, kode, melding, c.kode, c.melding)
		}
	}
}

func TestContractIsServedInTheDialect(t *testing.T) {
	for _, d := range []wsdl.Dialekt{wsdl.Spek, wsdl.D2015} {
		s := inDialect(t, d)
		split, _ := d.Document(wsdl.PathWSDL, s.URL)
		schema, _ := d.Document(wsdl.PathAareg2, s.URL)
		for path, want := range map[string][]byte{wsdl.Endpoint + "?wsdl": d.Flat(s.URL), wsdl.PathWSDL: split, wsdl.PathAareg2: schema} {
			got := s.do(t, s.request(t, http.MethodGet, path, "", ""))
			if diff := cmp.Diff(string(want), got.text); diff != "" {
				t.Errorf("%s %s (-want +got):\n%s", d, path, diff)
			}
		}
	}
}
