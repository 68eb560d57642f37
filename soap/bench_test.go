package soap_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"
	"time"

	"aareg/soap"
	"aareg/store"
)

// benchRegister is a register in a file with one employer of 5000, all of one surname.
func benchRegister(b *testing.B) *store.Store {
	b.Helper()
	s, err := store.Create(filepath.Join(b.TempDir(), "register.db"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	err = s.Update(b.Context(), func(t *store.Tx) error {
		err := t.PutEnhet(&store.Enhet{Orgnr: "210000011", Navn: "Stor Arbeidsgiver", Organisasjonsform: store.Kodeverdi{Kode: "BEDR"}})
		for i := range 5000 {
			nummer := fmt.Sprintf("018150%05d", i)
			err = firstOf(err, t.PutPerson(&store.Person{Foedselsnr: nummer, Kjoenn: "K", Foedselsdato: 19500101,
				Navn: store.Navn{Etternavn: "Mengdal", Fornavn: fmt.Sprintf("Kari %d", i), Mellomnavn: "Moe"}}))
			err = firstOf(err, t.PutArbeidsforhold(benchArbeidsforhold(int64(1000+i), nummer)))
		}
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return s
}

func firstOf(a, b error) error {
	if a != nil {
		return a
	}
	return b
}

func benchArbeidsforhold(id int64, taker string) *store.Arbeidsforhold {
	detaljer := store.Ansettelsesdetaljer{Type: "Ordinaer", Yrke: store.Kodeverdi{Kode: "3231109", Beskrivelse: "SYKEPLEIER"},
		Arbeidstidsordning: store.Kodeverdi{Kode: "ikkeSkift"}, AntallTimerPrUke: "37.5", AvtaltStillingsprosent: "80.0",
		SisteLoennsendring: 20240501, SisteStillingsprosentendring: 20200101}
	earlier, later := detaljer, detaljer
	earlier.Gyldighetsperiode = store.Periode{Fom: 20150101, Tom: 20191231}
	later.Gyldighetsperiode = store.Periode{Fom: 20200101}
	return &store.Arbeidsforhold{
		ArbeidsforholdId: id, ID: fmt.Sprintf("SH-%d", id), Type: store.Kodeverdi{Kode: "ordinaertArbeidsforhold"},
		Arbeidstaker: store.Part{Type: "Person", Ident: taker}, Arbeidssted: store.Part{Type: "Underenhet", Ident: "210000011"},
		Ansettelsesperiode:   store.Ansettelsesperiode{Startdato: store.Dato(20150101).AddDays(int(id) % 1000)},
		Ansettelsesdetaljer:  []store.Ansettelsesdetaljer{earlier, later},
		Permisjoner:          []store.Permisjon{{ID: "P-1", Type: store.Kodeverdi{Kode: "permisjon"}, Startdato: 20180101, Sluttdato: 20180601, Prosent: "100.0"}},
		Rapporteringsordning: store.Kodeverdi{Kode: "A_ORDNINGEN"},
		Opprettet:            "2015-02-05T02:00:00", SistBekreftet: "2025-06-05T02:00:00", SistEndret: "2020-02-05T02:00:00",
	}
}

// BenchmarkSvar asks the three shapes of answers over HTTP, in turn with a handler that sends the same bytes without
// a thought. x-static is how many times longer the answer takes than those bytes: 1 is the machine's own limit.
func BenchmarkSvar(b *testing.B) {
	register := benchRegister(b)
	service := httptest.NewServer(soap.NewHandler(soap.Config{Store: register, MaxArbeidsforhold: 10_000, MaxTreff: 1000,
		View: func() store.View { return store.View{Today: 20250615} }}))
	defer service.Close()
	for _, shape := range []struct{ name, question string }{
		{"ett arbeidsforhold", "<a:hentArbeidsforhold %s><arbeidsforholdId>1234</arbeidsforholdId></a:hentArbeidsforhold>"},
		{"treffliste med 1000", "<a:hentTrefflisteArbeidstaker %s><etternavn>Mengdal</etternavn><fonetisk>false</fonetisk></a:hentTrefflisteArbeidstaker>"},
		{"arbeidsgiver med 5000", "<a:hentArbeidsgiver %s><arbeidsgiverId>210000011</arbeidsgiverId></a:hentArbeidsgiver>"},
	} {
		b.Run(shape.name, func(b *testing.B) {
			question := []byte(`<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>` +
				fmt.Sprintf(shape.question, `xmlns:a="http://ws.infotorg.no/xml/NAV/Aareg2/2015-09-21/Aareg2.xsd"`) + `</s:Body></s:Envelope>`)
			answer := ask(b, service.URL, question)
			static := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				io.Copy(io.Discard, r.Body)
				w.Header().Set("Content-Type", "text/xml; charset=utf-8")
				w.Write(answer)
			}))
			defer static.Close()
			var ours, bytes time.Duration
			b.ReportAllocs()
			for b.Loop() {
				start := time.Now()
				ask(b, service.URL, question)
				between := time.Now()
				ask(b, static.URL, question)
				ours, bytes = ours+between.Sub(start), bytes+time.Since(between)
			}
			b.ReportMetric(float64(ours)/float64(bytes), "x-static")
			b.ReportMetric(float64(ours.Nanoseconds())/float64(b.N), "ns/answer")
			b.ReportMetric(float64(len(answer)), "bytes/answer")
		})
	}
}

// ask posts a question on a kept-alive connection, without gzip.
func ask(b *testing.B, url string, question []byte) []byte {
	request, err := http.NewRequest(http.MethodPost, url+"/ws/NAV/Aareg2.pl", bytes.NewReader(question))
	if err != nil {
		b.Fatal(err)
	}
	request.Header.Set("Content-Type", "text/xml; charset=utf-8")
	request.Header.Set("Accept-Encoding", "identity")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		b.Fatal(err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		b.Fatalf("%s %v", response.Status, err)
	}
	return answer
}
