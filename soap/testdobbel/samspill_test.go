package testdobbel

import (
	"context"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/beevik/etree"
	"github.com/google/go-cmp/cmp"

	"aareg/soap"
	"aareg/wsdl"
)

// TestScenarioPlaysInSOAP12Of2015WithAndWithoutGzip: scenarios and the journal know an operation by its name in the
// field specification, the answer is in the words of who asked.
func TestScenarioPlaysInSOAP12Of2015WithAndWithoutGzip(t *testing.T) {
	s := startAs(t, wsdl.D2015, func(*http.Server) {})
	ask := func(encoding string) (reply, error) {
		body := strings.Replace(string(question("hentAntallAnsatte", "orgnr=210000011")),
			"http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2003/05/soap-envelope", 1)
		return s.send("POST", s.question.URL+wsdl.Endpoint, "application/soap+xml; charset=utf-8", []byte(body), func(r *http.Request) {
			if encoding != "" {
				r.Header.Set("Accept-Encoding", encoding) // otherwise net/http asks for gzip itself, and unpacks it
			}
		})
	}
	for _, encoding := range []string{"", "identity"} {
		plain, err := ask(encoding)
		if err != nil || plain.kode() != "komplett" {
			t.Fatalf("without a scenario it is %q (%v)", plain.kode(), err)
		}
		play := func(effect string) (reply, error) {
			s.must("PUT", "/scenarios", `{"scenarios":[{"operasjon":"hentAntallArbeidstakere",`+effect+`}]}`)
			defer s.must("DELETE", "/scenarios", "")
			return ask(encoding)
		}
		if got, err := play(`"statuskode":"fortrolig"`); err != nil || got.kode() != "fortrolig" || got.from != "scenario 1" {
			t.Errorf("%q: a statuskode is %q from %q (%v)", encoding, got.kode(), got.from, err)
		}
		got, err := play(`"feil":"ikkeTilgang"`)
		doc := etree.NewDocument()
		if err != nil || doc.ReadFromBytes(got.body) != nil || doc.FindElement("/Envelope/Body/Fault/Detail/feil[feilkode='ikkeTilgang']") == nil {
			t.Errorf("%q: a fault is %s (%v)", encoding, got.body, err)
		}
		if got, err := play(`"dribble":{"bytes":400,"every":"1ms"}`); err != nil || !cmp.Equal(got.body, plain.body) {
			t.Errorf("%q: a dribbled answer is %s (%v)", encoding, got.body, err)
		}
		if got, err := play(`"transport":"truncated"`); err == nil || !cmp.Equal(got.body, plain.body[:len(plain.body)/2]) {
			t.Errorf("%q: a truncated answer is %s (%v)", encoding, got.body, err)
		}
		if _, err := play(`"transport":"empty"`); err == nil {
			t.Errorf("%q: an empty answer is one", encoding)
		}
	}
	s.must("POST", "/journal/verify", `{"operasjon":"hentAntallArbeidstakere","felt":{"orgnr":"210000011"},"antall":12}`)
}

// TestLatencyOutlivesTheLimitsOfAnAnswer: what is asked to be slow is not cut by the server's own limits.
func TestLatencyOutlivesTheLimitsOfAnAnswer(t *testing.T) {
	const limit = time.Second
	s := startAs(t, wsdl.Spek, func(server *http.Server) { server.ReadTimeout, server.WriteTimeout = limit, limit })
	for _, effect := range []string{`"latency":"1500ms"`, `"dribble":{"bytes":400,"every":"200ms"}`} {
		s.must("PUT", "/scenarios", `{"scenarios":[{"operasjon":"hentArbeidstaker",`+effect+`}]}`)
		began := time.Now()
		if got, err := s.try("hentArbeidstaker", kari); err != nil || got.kode() != "komplett" || time.Since(began) <= limit {
			t.Errorf("%s: %q after %s (%v)", effect, got.kode(), time.Since(began), err)
		}
	}
	if strings.Contains(s.log.String(), "limit of time") || strings.Contains(s.log.String(), "given its time") {
		t.Error("an answer's limits could not be set")
	}
}

// TestClosedDoubleLoadsNothing: who steers and is late leaves nothing behind.
func TestClosedDoubleLoadsNothing(t *testing.T) {
	d, err := New(soap.Config{}, 0)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	if err := d.load(context.Background(), strings.NewReader(enhet), false); err == nil || d.current() != d.demo {
		t.Errorf("a closed double loads (%v)", err)
	}
}

// TestCloseWaitsForALoad: otherwise what it writes would stay behind.
func TestCloseWaitsForALoad(t *testing.T) {
	d, err := New(soap.Config{}, 0)
	if err != nil {
		t.Fatal(err)
	}
	body, sender := net.Pipe()
	loaded, closed := make(chan error, 1), make(chan error, 1)
	go func() { loaded <- d.load(context.Background(), body, false) }()
	if _, err := sender.Write([]byte(enhet)); err != nil { // taken: the load is under way
		t.Fatal(err)
	}
	go func() { closed <- d.Close() }()
	select {
	case <-closed:
		t.Error("it is closed during a load")
	case <-time.After(50 * time.Millisecond):
	}
	if err := sender.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-loaded; err != nil {
		t.Error(err)
	}
	if err := <-closed; err != nil {
		t.Error(err)
	}
}
