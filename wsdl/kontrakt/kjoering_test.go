package kontrakt

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
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

// TestEndpointIsShownWithoutCredentials: user and password are no part of a report's address.
func TestEndpointIsShownWithoutCredentials(t *testing.T) {
	if got := utenInnlogging("https://bruker:hemmelig@host/ws?x=1"); got != "https://host/ws?x=1" {
		t.Error(got)
	}
}
