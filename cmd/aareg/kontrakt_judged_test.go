package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/beevik/etree"

	"aareg/wsdl"
	"aareg/wsdl/felt"
	"aareg/wsdl/kontrakt"
)

// svar is an answer on its way through a proxy that does it wrong.
type svar struct {
	status    int
	mediatype string
	doc       *etree.Document
}

// root is the root of the answer, nil when the envelope holds something else.
func (s *svar) root(respons string) *etree.Element {
	return s.doc.FindElement("/Envelope/Body/" + respons)
}

// proxy hands questions on to a server and does its answers wrong; one without wrongs leaves them as they are.
func proxy(t *testing.T, address string, wrong func(*svar)) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.RequestURI, r.URL = "", must(r.URL.Parse(address+r.URL.RequestURI()))
		r.Header.Del("Accept-Encoding") // so that the answer comes as text
		resp, err := http.DefaultClient.Do(r)
		if err != nil {
			http.Error(w, "the server behind is gone", http.StatusBadGateway)
			return
		}
		defer resp.Body.Close()
		s := &svar{resp.StatusCode, resp.Header.Get("Content-Type"), etree.NewDocument()}
		s.doc.WriteSettings = etree.WriteSettings{CanonicalEndTags: true, CanonicalText: true, CanonicalAttrVal: true}
		if _, err := s.doc.ReadFrom(resp.Body); err != nil {
			http.Error(w, "the server behind did not answer with XML", http.StatusBadGateway)
			return
		}
		wrong(s)
		w.Header().Set("Content-Type", s.mediatype)
		w.WriteHeader(s.status)
		// A client that has gone does not pass its case.
		_, _ = s.doc.WriteTo(w)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

// builtIn are the built-in questions, read once for all tests.
var builtIn = sync.OnceValue(func() []kontrakt.Spoersmaal {
	questions, _, err := innebygde(felt.Spek)
	if err != nil {
		panic(err)
	}
	return questions
})

// judgedRun asks an endpoint the built-in questions that are chosen, and judges: the WSDL too, if told to.
func judgedRun(t *testing.T, address string, definitions bool, choose func(*kontrakt.Spoersmaal) bool) *kontrakt.Resultat {
	t.Helper()
	questions := slices.DeleteFunc(slices.Clone(builtIn()), func(q kontrakt.Spoersmaal) bool { return !choose(&q) })
	k := kontrakt.Kjoering{Spoerrer: &kontrakt.Spoerrer{URL: address + wsdl.Endpoint, Klient: http.DefaultClient},
		Dommer: kontrakt.NyDommer(felt.Table(), felt.Operations(), nil), Dialekt: string(felt.Spek),
		Spoersmaal: questions, Samtidig: samtidig, UtenWSDL: !definitions}
	r, err := k.Kjoer(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func everyQuestion(*kontrakt.Spoersmaal) bool { return true }

// violations are what is broken without excuse, a line each.
func violations(r *kontrakt.Resultat) []string {
	var found []string
	add := func(name string, list []kontrakt.Brudd) {
		for _, b := range list {
			if b.Avvik == "" {
				found = append(found, fmt.Sprintf("%s: %s row %d %s: %s", name, b.Regel, b.Rad, b.Sti, b.Tekst))
			}
		}
	}
	for _, u := range r.Utfall {
		add(u.Spoersmaal.Navn, u.Brudd)
	}
	add("WSDL", r.WSDL)
	return found
}

// TestOwnServerKeepsTheContract: no violation, each of the 281 rows seen, each of the 205 leaves of answers with a
// value; and so through a proxy that does nothing wrong, so that what others do is theirs.
func TestOwnServerKeepsTheContract(t *testing.T) {
	s := demo(t)
	for name, address := range map[string]string{"the server": s.address, "the proxy": proxy(t, s.address, func(*svar) {})} {
		r := judgedRun(t, address, true, everyQuestion)
		for _, v := range violations(r) {
			t.Errorf("%s: %s", name, v)
		}
		seen, leaves := 0, 0
		for i, d := range r.Dekning {
			switch {
			case d.Sett == 0:
				t.Errorf("%s: row %d, %s %s %s was not seen", name, i+1, d.Rad.Operasjon, d.Rad.Retning, d.Rad.Sti)
			case d.Rad.Retning == felt.Respons && !d.Rad.IsGroup():
				leaves++
			}
			seen++
		}
		if seen != 281 || leaves != 205 {
			t.Errorf("%s: %d rows, %d leaves of answers with a value", name, seen, leaves)
		}
	}
}

// TestOwnServerKeepsTheContractIn2015: so it does in the other dialect, judged by that one's table.
func TestOwnServerKeepsTheContractIn2015(t *testing.T) {
	long(t)
	s := start(t, "--dialect", "2015")
	var out bytes.Buffer
	if code := run(context.Background(), []string{"kontrakt", s.address + wsdl.Endpoint, "--dialect", "2015"}, &out, io.Discard); code != exitOK {
		t.Errorf("exit code %d\n%s", code, out.String())
	}
	if code := run(context.Background(), []string{"kontrakt", s.address + wsdl.Endpoint}, &out, io.Discard); code != exitFailed {
		t.Errorf("judged by the specification's spellings: exit code %d", code)
	}
}

// carriers are the first few built-in questions whose golden answers have a leaf with a value.
func carriers(t *testing.T, questions []kontrakt.Spoersmaal, answers []*etree.Element, r felt.Rad) map[string]bool {
	t.Helper()
	chosen := map[string]bool{}
	for i, q := range questions {
		if q.Operasjon != r.Operasjon || answers[i] == nil || len(chosen) == 3 {
			continue
		}
		if slices.ContainsFunc(answers[i].FindElements(r.Sti), func(e *etree.Element) bool { return e.Text() != "" }) {
			chosen[q.Navn] = true
		}
	}
	if len(chosen) == 0 {
		t.Fatalf("%s %s: no case has it with a value", r.Operasjon, r.Sti)
	}
	return chosen
}

// TestServerThatEmptiesOneLeafIsFound: each of the 205 in turn, and the report names its row.
func TestServerThatEmptiesOneLeafIsFound(t *testing.T) {
	long(t)
	s := demo(t)
	questions := builtIn()
	respons := map[string]string{}
	for _, o := range felt.Operations() {
		respons[o.Navn] = o.Respons
	}
	answers := make([]*etree.Element, len(questions))
	for i, q := range questions {
		doc := etree.NewDocument()
		if err := doc.ReadFromBytes(q.Fasit); err != nil {
			t.Fatal(err)
		}
		answers[i] = doc.FindElement("/Envelope/Body/" + respons[q.Operasjon])
	}
	emptied := 0
	for i, r := range felt.Table() {
		if r.Retning != felt.Respons || r.IsGroup() {
			continue
		}
		emptied++
		address := proxy(t, s.address, func(a *svar) {
			if root := a.root(respons[r.Operasjon]); root != nil {
				for _, e := range root.FindElements(r.Sti) {
					e.SetText("")
				}
			}
		})
		chosen := carriers(t, questions, answers, r)
		result := judgedRun(t, address, false, func(q *kontrakt.Spoersmaal) bool { return chosen[q.Navn] })
		named := 0
		for _, u := range result.Utfall {
			if slices.ContainsFunc(u.Brudd, func(b kontrakt.Brudd) bool { return b.Rad == i+1 && b.Avvik == "" }) {
				named++
			}
		}
		if d := result.Dekning[i]; named != len(chosen) || d.Sett != 0 || d.Brudd == 0 {
			t.Errorf("row %d, %s %s emptied: named in %d of %d answers, seen with a value %d times", i+1, r.Operasjon, r.Sti, named, len(chosen), d.Sett)
		}
	}
	if emptied != 205 {
		t.Errorf("%d leaves emptied", emptied)
	}
}

// TestSameRunSameResult: what is reported does not depend on which answer came first.
func TestSameRunSameResult(t *testing.T) {
	long(t)
	s := demo(t)
	address := proxy(t, s.address, func(a *svar) {
		for _, e := range a.doc.FindElements("//statustekst") {
			e.SetText(e.Text() + "!")
		}
	})
	first := violations(judgedRun(t, address, true, everyQuestion))
	second := violations(judgedRun(t, address, true, everyQuestion))
	if len(first) == 0 || !slices.Equal(first, second) {
		t.Errorf("%d violations, then %d, or others:\n%s", len(first), len(second), strings.Join(first, "\n"))
	}
}
