package soap

import (
	"context"
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aareg/products"
	"aareg/wsdl"
	"aareg/wsdl/bindings"
)

func operationNamed(name, children string) string {
	return `<a:` + name + ` xmlns:a="` + wsdl.NamespaceAareg2 + `">` + children + `</a:` + name + `>`
}

// detailOf is a fault's detail as it is written.
func detailOf(gruppe, gruppetekst, kode, tekst, melding string) string {
	return `<feil:feil xmlns:feil="` + wsdl.NamespaceFeil + `"><feilgruppekode>` + gruppe + `</feilgruppekode><feilgruppetekst>` +
		gruppetekst + `</feilgruppetekst><feilkode>` + kode + `</feilkode><feiltekst>` + tekst + `</feiltekst><feilmelding>` +
		melding + `</feilmelding></feil:feil>`
}

func TestFaultsAreWrittenAsTheContractSays(t *testing.T) {
	s := newService(t, testOperations)
	for _, c := range []struct{ name, body, kode, tekst, melding string }{
		{"ugyldigXml", "<!DOCTYPE a>", "ugyldigXml", "Forespørselen er ikke gyldig XML",
			"DTD og andre erklæringer er ikke tillatt."},
		{"ugyldigKonvolutt", question11("", ""), "ugyldigKonvolutt", "Forespørselen er ikke en gyldig SOAP-konvolutt",
			"Body skal ha nøyaktig ett element."},
		{"ukjentOperasjon", question11("", operationNamed("hentSkip", "")), "ukjentOperasjon", "Ukjent operasjon",
			"Elementet hentSkip i Body er ingen operasjon i denne tjenesten."},
		{"wrong namespace", question11("", `<hentArbeidstaker xmlns="u"/>`), "ukjentOperasjon", "Ukjent operasjon",
			"Elementet hentArbeidstaker skal være i navnerommet " + wsdl.NamespaceAareg2 + "."},
		{"ugyldigForespoersel", question11("", operationNamed("hentAntallArbeidstakere", "")), "ugyldigForespoersel",
			"Et element i forespørselen er ugyldig eller mangler", "Elementet orgnr mangler."},
		{"forStor", question11("", taker("<lovgivning>"+strings.Repeat("ø", 257)+"</lovgivning>")), "forStor",
			"Forespørselen overskrider en grense", "Elementet lovgivning har mer enn 256 tegn."},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := s.ask11(t, c.body)
			detail := detailOf("forespoersel", "Feil i forespørselen", c.kode, c.tekst, c.melding)
			want := "<soap:Fault><faultcode>soap:Client</faultcode><faultstring>" + c.melding + "</faultstring><detail>" +
				detail + "</detail></soap:Fault>"
			if diff := cmp.Diff(want, got.body()); diff != "" || got.status != http.StatusInternalServerError {
				t.Errorf("status %d, body (-want +got):\n%s", got.status, diff)
			}

			got = s.ask(t, "application/soap+xml", strings.Replace(c.body, soap11.namespace, soap12.namespace, 1))
			want = `<soap:Fault><soap:Code><soap:Value>soap:Sender</soap:Value></soap:Code><soap:Reason><soap:Text xml:lang="nb">` +
				c.melding + "</soap:Text></soap:Reason><soap:Detail>" + detail + "</soap:Detail></soap:Fault>"
			if diff := cmp.Diff(want, got.body()); diff != "" || got.status != http.StatusBadRequest {
				t.Errorf("SOAP 1.2: status %d, body (-want +got):\n%s", got.status, diff)
			}
		})
	}
}

func TestFailuresOfOursAreToldApartByReferenceAlone(t *testing.T) {
	for name, operation := range map[string]string{"error": "hentArbeidsforhold", "panic": "hentTrefflisteArbeidsgiver"} {
		t.Run(name, func(t *testing.T) {
			s := newService(t, testOperations)
			got := s.ask11(t, question11("", operationNamed(operation, "")))
			_, _, melding := got.feil()
			referanse := regexp.MustCompile(`^Referanse for feilsøking: ([a-z]{12})$`).FindStringSubmatch(melding)
			if referanse == nil {
				t.Fatalf("feilmelding = %q", melding)
			}
			want := `<soap:Fault><faultcode>soap:Server</faultcode><faultstring>Feil i Back Office</faultstring><detail>` +
				detailOf("system", "Feil i systemet", "feilIBackOffice", "Feil i Back Office", melding) + `</detail></soap:Fault>`
			if diff := cmp.Diff(want, got.body()); diff != "" || got.status != http.StatusInternalServerError {
				t.Errorf("status %d, body (-want +got):\n%s", got.status, diff)
			}
			if line := s.logLine(t); line["referanse"] != referanse[1] || line["level"] != "ERROR" || line["cause"] == "" {
				t.Errorf("log line = %v", line)
			}
			got = s.ask(t, "application/soap+xml", question12("", operationNamed(operation, "")))
			if diff := cmp.Diff(outcome{500, "soap:Receiver", "system", "feilIBackOffice"}, outcomeOf(got)); diff != "" {
				t.Errorf("SOAP 1.2 (-want +got):\n%s", diff)
			}
		})
	}
}

// logLine is the only line logged.
func (s *service) logLine(t *testing.T) map[string]any {
	t.Helper()
	var line map[string]any
	if err := json.Unmarshal([]byte(s.log.String()), &line); err != nil {
		t.Fatalf("not one line: %v\n%s", err, s.log)
	}
	return line
}

func TestRegisterThatCannotBeReadIsAnOutcome(t *testing.T) {
	s := newService(t, testOperations)
	got := s.ask11(t, question11("", operationNamed("hentArbeidsgiver", "")))
	want := `<aareg2:Arbeidsgiver xmlns:aareg2="` + wsdl.NamespaceAareg2 + `"><statuskode>utilgjengelig</statuskode>` +
		`<statustekst>Registeret er ikke tilgjengelig nå. Prøv igjen senere.</statustekst></aareg2:Arbeidsgiver>`
	if diff := cmp.Diff(want, got.body()); diff != "" || got.status != http.StatusOK {
		t.Errorf("status %d, body (-want +got):\n%s", got.status, diff)
	}
	if line := s.logLine(t); line["msg"] != "register not available" {
		t.Errorf("log line = %v", line)
	}
}

func TestAnswerThatFailsHalfwayIsCut(t *testing.T) {
	for name, leaves := range map[string]int{"before a byte has left": 1, "behind the first bytes": 10_000} {
		t.Run(name, func(t *testing.T) {
			s := newService(t, map[string]operation{
				"hentArbeidstaker": on(func(_ context.Context, _ products.Query, _ *bindings.HentArbeidstaker, svar *products.Svar) error {
					svar.Status(products.Komplett)
					for range leaves {
						svar.Text(products.NewTag("navn"), "Kari Nordmann")
					}
					return context.DeadlineExceeded
				}),
			})
			resp, err := s.Client().Do(s.request(t, http.MethodPost, wsdl.Endpoint, xmlType, good))
			if err == nil {
				defer resp.Body.Close()
				err = resp.Write(new(logBuffer))
			}
			if err == nil {
				t.Error("the answer came to an end")
			}
			if line := s.logLine(t); line["msg"] != "answer cut" {
				t.Errorf("log line = %v", line)
			}
		})
	}
}

func TestNothingAskedReachesTheLog(t *testing.T) {
	const navn = "Nordmann"
	s := newService(t, testOperations)
	for _, body := range []string{
		"<" + navn + nummer,
		"<!-- " + nummer + navn,
		`<a xmlns:p="` + nummer + navn + `" p:b=""/>`,
		"<" + navn + nummer + "/>",
		envelopeIn("urn:"+navn+nummer, "", ""),
		question11(`<u:`+navn+nummer+` xmlns:u="`+nummer+navn+`" s:mustUnderstand="1"/>`, taker("")),
		question11("", `<`+navn+nummer+` xmlns="`+navn+nummer+`"/>`),
		question11("", taker("<"+navn+nummer+">"+navn+nummer+"</"+navn+nummer+">")),
		question11("", taker("<foedselsnr>"+strings.Repeat(navn+nummer, 20)+"</foedselsnr>")),
		question11("", taker("<foedselsnr><b>"+navn+nummer+"</b></foedselsnr>")),
		question11("", operationNamed("hentAntallArbeidstakere", "<orgnr>"+nummer+navn+"</orgnr>")),
		question11("", operationNamed("hentArbeidsgiver", "<arbeidsgiverId>"+nummer+navn+"</arbeidsgiverId>")),
		question11("", operationNamed("hentArbeidsforhold", "<arbeidsforholdId>"+nummer+navn+"</arbeidsforholdId>")),
		question11("", operationNamed("hentTrefflisteArbeidsgiver", "<etternavn>"+nummer+navn+"</etternavn>")),
		question11(`<b:Brukersesjon xmlns:b="`+wsdl.NamespaceBrukersesjon+`"><passord>`+nummer+navn+`</passord></b:Brukersesjon>`, taker("")),
	} {
		for _, contentType := range []string{xmlType, "application/soap+xml", "text/xml; charset=" + navn + nummer, navn + "/" + nummer} {
			r := s.request(t, http.MethodPost, "/?"+navn+nummer, contentType, body)
			r.Header.Set("SOAPAction", navn+nummer)
			if got := s.do(t, r); got.status == http.StatusNotFound {
				t.Fatal("not asked")
			}
		}
	}
	if s.log.String() == "" {
		t.Fatal("nothing was logged at all")
	}
	for _, secret := range []string{nummer, navn} {
		if strings.Contains(s.log.String(), secret) {
			t.Errorf("the log holds what was asked:\n%s", s.log)
		}
	}
}

func TestPanicsValueNeverReachesTheLog(t *testing.T) {
	s := newService(t, map[string]operation{"hentArbeidstaker": on(
		func(context.Context, products.Query, *bindings.HentArbeidstakerType, *products.Svar) error {
			panic("Nordmann " + nummer)
		})})
	got := s.ask11(t, question11("", taker("")))
	if got.status != http.StatusInternalServerError {
		t.Errorf("status %d", got.status)
	}
	if log := s.log.String(); strings.Contains(log, nummer) || strings.Contains(log, "Nordmann") || !strings.Contains(log, "panic: string") {
		t.Errorf("the log should tell the panic's type and not its value:\n%s", log)
	}
}

func TestOperationWithoutAnAnswerIsAFault(t *testing.T) {
	s := newService(t, map[string]operation{"hentArbeidstaker": on(
		func(context.Context, products.Query, *bindings.HentArbeidstakerType, *products.Svar) error {
			return nil
		})})
	if got := s.ask11(t, question11("", taker(""))); got.status != http.StatusInternalServerError {
		t.Errorf("status %d", got.status)
	}
}

// TestWhatIsDrawnAtRandomForLogsIsNeverANumber: a reference or a digest with eleven digits in a row would be taken for a
// person's number by whoever searches logs for such.
func TestWhatIsDrawnAtRandomForLogsIsNeverANumber(t *testing.T) {
	every := make([]byte, 256)
	for i := range every {
		every[i] = byte(i)
	}
	if got := merke(every); !regexp.MustCompile(`^[a-z]{512}$`).MatchString(got) {
		t.Errorf("got %q", got)
	}
	if a, b := merke([]byte{0x1f}), merke([]byte{0xf1}); a == b {
		t.Errorf("two are one: %s", a)
	}
}
