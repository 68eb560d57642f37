package kontrakt

import (
	"compress/gzip"
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aareg/wsdl"
)

// TestQuestionsThatBreakTheTableAreNotSent: they are reported as their own fault, and the others are asked, in order.
func TestQuestionsThatBreakTheTableAreNotSent(t *testing.T) {
	good, svar := etTilfelle(t, "hentArbeidstaker/komplett")
	bad := *good
	bad.Konvolutt = []byte(strings.Replace(string(good.Konvolutt), "</foedselsnr>", "</foedselsnr><alder>7</alder>", 1))
	var asked atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		w.Header().Set("Content-Type", SOAP11)
		// A client that has gone does not pass.
		_, _ = w.Write(svar.Kropp)
	}))
	defer server.Close()
	k := &Kjoering{Spoerrer: &Spoerrer{URL: server.URL, Klient: server.Client()}, Dommer: strenge(), UtenWSDL: true,
		Spoersmaal: []Spoersmaal{bad, *good, bad, *good}, Samtidig: 3}
	r, err := k.Kjoer(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var got [][]string
	for _, u := range r.Utfall {
		got = append(got, bruddlinjer(u.Brudd))
	}
	own := []string{"ukjent_element 0 alder"}
	if diff := cmp.Diff([][]string{own, nil, own, nil}, got); diff != "" || asked.Load() != 2 || !r.Brutt() {
		t.Errorf("%d asked (-want +got):\n%s", asked.Load(), diff)
	}
	k.Spoersmaal = []Spoersmaal{bad}
	if _, err := k.Kjoer(context.Background()); err == nil {
		t.Error("nothing to ask: no error")
	}
	stopped, stop := context.WithCancel(context.Background())
	stop()
	k.Spoersmaal = []Spoersmaal{*good}
	if _, err := k.Kjoer(stopped); err == nil {
		t.Error("stopped: no error")
	}
}

// TestFaultsThatNobodyExpectedAreNoted: all questions without an expected outcome may end in one, and nothing is violated.
func TestFaultsThatNobodyExpectedAreNoted(t *testing.T) {
	for fikk, want := range map[string][]string{
		"komplett": nil, "feil:ugyldigBruker": {"2 questions without an expected outcome got a fault, which is no violation"},
	} {
		r := &Resultat{Utfall: []Utfall{{Fikk: fikk}, {Fikk: fikk}, {Fikk: fikk, Spoersmaal: Spoersmaal{Ventet: fikk}}}}
		r.merkFeil()
		if diff := cmp.Diff(want, r.Merknader); diff != "" {
			t.Errorf("%s (-want +got):\n%s", fikk, diff)
		}
	}
}

// TestCodingThatWasNotAskedForIsTold, rather than that its bytes are no text; gzip is asked for, and undone.
func TestCodingThatWasNotAskedForIsTold(t *testing.T) {
	q, svar := etTilfelle(t, "hentArbeidstaker/komplett")
	coding := ""
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", coding)
		if coding != "gzip" {
			// A client that has gone does not pass.
			_, _ = w.Write(svar.Kropp)
			return
		}
		out := gzip.NewWriter(w)
		_, _ = out.Write(svar.Kropp)
		_ = out.Close()
	}))
	defer server.Close()
	asking := &Spoerrer{URL: server.URL, Klient: server.Client()}
	for _, c := range []struct{ coding, says string }{
		{"deflate", `the answer has the Content-Encoding "deflate", which was not asked for`},
		{"identity", ""}, {"gzip", ""},
	} {
		coding = c.coding
		if got := asking.Spoer(context.Background(), q); got.Feil != c.says || c.says == "" && string(got.Kropp) != string(svar.Kropp) {
			t.Errorf("%s: %q", c.coding, got.Feil)
		}
	}
}

// TestEndpointIsShownWithoutCredentials: user, password and query are no part of a report's address.
func TestEndpointIsShownWithoutCredentials(t *testing.T) {
	if got := endepunkt("https://bruker:hemmelig@host/ws?nokkel=hemmelig#x"); got != "https://host/ws" {
		t.Error(got)
	}
}

// TestAddressOfAnotherHostIsNoted: it is no violation, since a gateway may stand before the endpoint, and yet clients go
// there.
func TestAddressOfAnotherHostIsNoted(t *testing.T) {
	elsewhere := ""
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := "http://" + r.Host
		if elsewhere != "" {
			host = elsewhere
		}
		// A client that has gone does not judge.
		_, _ = w.Write(wsdl.Flat(host))
	}))
	defer server.Close()
	for _, c := range []struct {
		elsewhere string
		want      []string
	}{
		{"", nil},
		{"https://register.example", []string{"the WSDL sends clients to another address than was judged: https://register.example" + wsdl.Endpoint}},
	} {
		elsewhere = c.elsewhere
		found, notes := strenge().DoemWSDL(context.Background(), &Spoerrer{URL: server.URL + wsdl.Endpoint, Klient: server.Client()})
		if diff := cmp.Diff(c.want, notes); diff != "" || len(found) > 0 {
			t.Errorf("%v (-want +got):\n%s", bruddlinjer(found), diff)
		}
	}
}

// TestFirstQuestionMayGetNoAnswer: the others are judged all the same; an endpoint that answers neither of two is not
// asked the rest.
func TestFirstQuestionMayGetNoAnswer(t *testing.T) {
	q, svar := etTilfelle(t, "hentArbeidstaker/komplett")
	for _, c := range []struct{ silent, asked, judged int }{{0, 4, 4}, {1, 4, 4}, {2, 2, 0}} {
		var asked atomic.Int32
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			if int(asked.Add(1)) <= c.silent {
				panic(http.ErrAbortHandler)
			}
			w.Header().Set("Content-Type", svar.Mediatype)
			_, _ = w.Write(svar.Kropp) // a client that has gone does not pass
		}))
		run := Kjoering{Spoerrer: &Spoerrer{URL: server.URL, Klient: server.Client()}, Dommer: strenge(),
			Spoersmaal: []Spoersmaal{*q, *q, *q, *q}, UtenWSDL: true, Samtidig: 1}
		r, err := run.Kjoer(context.Background())
		judged := 0
		if err == nil {
			judged = len(r.Utfall)
		}
		if int(asked.Load()) != c.asked || judged != c.judged {
			t.Errorf("%d without an answer: %d asked, %d judged, %v", c.silent, asked.Load(), judged, err)
		}
		server.Close()
	}
}
