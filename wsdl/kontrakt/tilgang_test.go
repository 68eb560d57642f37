package kontrakt

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/beevik/etree"
	"github.com/google/go-cmp/cmp"
)

// adgang is an endpoint that asks who calls: it answers as conformance cases do, or with a fault about the caller.
type adgang struct {
	mu   sync.Mutex
	fikk []string // what each question carried: "passord", "sesjonsid", "egen" or "intet"
	// avslag is the feilkode that a question gets, "" when it is answered.
	avslag func(operasjon, bevis string) string
	svar   map[string]Svar // by operation
}

// sesjonsiden is the sesjonsid of all its answers.
const sesjonsiden = "1750000000.0#AAAAAAAAAAAAAAAAAAAAAAAAAAA"

// nyAdgang serves the cases, one of each product, and gives their questions.
func nyAdgang(t *testing.T, avslag func(operasjon, bevis string) string, names ...string) (*adgang, string, []Spoersmaal) {
	t.Helper()
	a := &adgang{avslag: avslag, svar: map[string]Svar{}}
	var questions []Spoersmaal
	for _, name := range names {
		q, svar := etTilfelle(t, name)
		q.Ventet, q.Fasit = "komplett", svar.Kropp
		questions, a.svar[q.Operasjon] = append(questions, *q), svar
	}
	server := httptest.NewServer(a)
	t.Cleanup(server.Close)
	return a, server.URL, questions
}

func (a *adgang) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	k, err2 := aapne(body)
	if err != nil || err2 != nil {
		http.Error(w, "no envelope", http.StatusBadRequest)
		return
	}
	bevis := "intet"
	for _, known := range []struct{ text, bevis string }{{"<passord>hemmelig</passord>", "passord"}, {"<sesjonsid>" + sesjonsiden, "sesjonsid"}, {"<passord>", "egen"}} {
		if strings.Contains(string(body), known.text) {
			bevis = known.bevis
			break
		}
	}
	a.mu.Lock()
	a.fikk = append(a.fikk, bevis)
	kode := a.avslag(k.innhold.Tag, bevis)
	a.mu.Unlock()
	svar := a.svar[k.innhold.Tag]
	if kode != "" {
		svar = avslag(kode, svar)
	}
	w.Header().Set("Content-Type", svar.Mediatype)
	w.WriteHeader(svar.Status)
	_, _ = w.Write(svar.Kropp) // a client that has gone does not pass
}

// avslag is an answer turned into a fault about the caller: of one who was not identified without a header.
func avslag(kode string, svar Svar) Svar {
	text := string(svar.Kropp)
	head, _, _ := strings.Cut(text, "<soap:Body>")
	if slices.Contains(omInnlogging, kode) {
		head, _, _ = strings.Cut(text, "<soap:Header>")
	}
	return Svar{Status: http.StatusInternalServerError, Mediatype: SOAP11, Kropp: []byte(head + `<soap:Body><soap:Fault><faultcode>soap:Client</faultcode>` +
		`<faultstring>Avslag.</faultstring><detail><feil:feil xmlns:feil="http://ws.infotorg.no/xml/Feil/Feil.xsd"><feilgruppekode>tilgang</feilgruppekode>` +
		`<feilgruppetekst>Tilgang</feilgruppetekst><feilkode>` + kode + `</feilkode><feiltekst>Avslag (` + kode + `)</feiltekst><feilmelding>Avslag.</feilmelding>` +
		`</feil:feil></detail></soap:Fault></soap:Body></soap:Envelope>`)}
}

// innlogget is a run with a login.
func innlogget(url string, samtidig int, questions ...Spoersmaal) *Kjoering {
	return &Kjoering{Spoerrer: &Spoerrer{URL: url, Klient: http.DefaultClient, Innlogging: &Innlogging{"Etat", "etaten", "hemmelig"}},
		Dommer: strenge(), Dialekt: "spek", Spoersmaal: questions, Samtidig: samtidig, UtenWSDL: true}
}

func kjoert(t *testing.T, k *Kjoering) *Resultat {
	t.Helper()
	r, err := k.Kjoer(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range r.Utfall {
		if len(u.Brudd) > 0 {
			t.Errorf("%s: %v", u.Spoersmaal.Navn, bruddlinjer(u.Brudd))
		}
	}
	return r
}

func utenRett(operasjoner ...string) func(string, string) string {
	return func(operasjon, _ string) string {
		if slices.Contains(operasjoner, operasjon) {
			return "ikkeTilgang"
		}
		return ""
	}
}

func TestProductWithoutAccessIsNotJudged(t *testing.T) {
	_, url, questions := nyAdgang(t, utenRett("hentArbeidsgiver"), "hentArbeidstaker/komplett", "hentArbeidsgiver/forening", "hentArbeidsforhold/komplett")
	unexpected := questions[1]
	unexpected.Ventet = ""
	r := kjoert(t, innlogget(url, 1, append(questions, unexpected)...))
	var why []string
	for _, u := range r.Utfall {
		why = append(why, u.Udoemt)
	}
	if diff := cmp.Diff([]string{"", ingenTilgang, "", ingenTilgang}, why); diff != "" || r.Brutt() || r.Ufullstendig() != "" {
		t.Errorf("violated %v, incomplete %q (-want +got):\n%s", r.Brutt(), r.Ufullstendig(), diff)
	}
	for _, d := range r.Dekning {
		if d.UtenTilgang != (d.Rad.Operasjon == "hentArbeidsgiver") {
			t.Errorf("%s %s: without access %v", d.Rad.Operasjon, d.Rad.Sti, d.UtenTilgang)
		}
	}
	want := []string{"the login may ask § 2.3 hentArbeidstaker, § 2.6 hentArbeidsforhold; it may not ask § 2.2 hentArbeidsgiver: " +
		"not judged, and the coverage leaves those rows out"}
	if diff := cmp.Diff(want, r.Merknader); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestProductThatMayPartlyBeAskedIsJudgedByTheRest(t *testing.T) {
	asked := 0
	_, url, questions := nyAdgang(t, func(operasjon, _ string) string {
		if asked++; asked == 2 {
			return "ikkeTilgang"
		}
		return ""
	}, "hentArbeidstaker/komplett")
	r := kjoert(t, innlogget(url, 1, questions[0], questions[0], questions[0]))
	want := []string{"the login may ask § 2.3 hentArbeidstaker", "§ 2.3 hentArbeidstaker: not judged: no access to 1 of 3 questions"}
	if diff := cmp.Diff(want, r.Merknader); diff != "" || slices.ContainsFunc(r.Dekning, func(d Dekning) bool { return d.UtenTilgang }) {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestEveryReportTellsOfMissingAccess: which product was not judged, and why, and that its rows do not count.
func TestEveryReportTellsOfMissingAccess(t *testing.T) {
	_, url, questions := nyAdgang(t, utenRett("hentArbeidsgiver"), "hentArbeidstaker/komplett", "hentArbeidsgiver/forening")
	r := kjoert(t, innlogget(url, 1, questions...))
	rows := 0
	for _, d := range r.Dekning {
		if d.UtenTilgang {
			rows++
		}
	}
	reports := rapporter(r, Visning{})
	terminal := strings.Join(strings.Fields(rapportAv(t, reports["terminal"])), " ")
	for _, says := range []string{"§ 2.2 hentArbeidsgiver: not judged: no access", "the login may ask § 2.3 hentArbeidstaker;", "all that could be asked 194 "} {
		if !strings.Contains(terminal, says) {
			t.Errorf("the terminal does not say %q:\n%s", says, terminal)
		}
	}
	if strings.Contains(terminal, "hentArbeidsgiver respons:") || rows != 87 {
		t.Errorf("rows that nobody could ask are told as never seen, or are %d", rows)
	}
	var got jsonRapport
	if err := json.Unmarshal([]byte(rapportAv(t, reports["JSON"])), &got); err != nil {
		t.Fatal(err)
	}
	want := jsonTilgang{"hentArbeidsgiver", 1, 0, 1, ingenTilgang}
	if diff := cmp.Diff(want, got.Sammendrag.Tilgang[1]); diff != "" || got.Sammendrag.Udoemt != 1 || got.Utfall[1].Udoemt != ingenTilgang || got.Sammendrag.Rader["no access"] != rows {
		t.Errorf("JSON (-want +got):\n%s", diff)
	}
	doc := etree.NewDocument()
	if err := doc.ReadFromString(rapportAv(t, reports["JUnit"])); err != nil {
		t.Fatal(err)
	}
	skipped := doc.FindElements("//testsuite[@name='hentArbeidsgiver']/testcase/skipped[@message='" + ingenTilgang + "']")
	unseen := doc.FindElements("//testsuite[@name='coverage']/testcase/skipped[@message='" + ingenTilgang + "']")
	if len(skipped) != 1 || len(unseen) != rows || doc.FindElement("//failure") != nil {
		t.Errorf("JUnit skips %d questions and %d rows", len(skipped), len(unseen))
	}
	page := rapportAv(t, reports["HTML"])
	for _, says := range []string{"<td class=\"n\">not judged</td>", "<th>All that could be asked</th><td class=\"n\">194</td>", ">not judged: no access</td>", "it may not ask § 2.2 hentArbeidsgiver", "id=\"vis-udoemt\""} {
		if !strings.Contains(page, says) {
			t.Errorf("the page does not say %q", says)
		}
	}
}

func TestRefusalItselfIsJudged(t *testing.T) {
	q, svar := etTilfelle(t, "hentArbeidstaker/komplett")
	q.Ventet = "komplett"
	right := avslag("ikkeTilgang", svar)
	for name, c := range map[string]struct {
		ventet string
		svar   Svar
		want   []string
		udoemt string
	}{
		"as promised":             {"komplett", right, nil, ingenTilgang},
		"expected":                {"feil:ikkeTilgang", right, nil, ""},
		"in another group":        {"komplett", byttet(t, right, ">tilgang<", ">system<"), []string{"feilform 0 Fault/detail", "feilform 0 Fault/faultcode"}, ingenTilgang},
		"without a header":        {"komplett", avslag("ugyldigBruker", svar), []string{"ventet 120 statuskode"}, ""},
		"expected, and not there": {"feil:ikkeTilgang", svar, []string{"ventet 120 statuskode"}, ""},
	} {
		q.Ventet = c.ventet
		u := strenge().Doem(q, c.svar)
		if diff := cmp.Diff(c.want, bruddlinjer(u.Brudd)); diff != "" || u.Udoemt != c.udoemt {
			t.Errorf("%s: %q (-want +got):\n%s", name, u.Udoemt, diff)
		}
	}
}

// TestRefusalOfAnIdentifiedCallerHasAHeader: ikkeTilgang is one; a quota may be met before anybody is identified.
func TestRefusalOfAnIdentifiedCallerHasAHeader(t *testing.T) {
	q, svar := etTilfelle(t, "hentArbeidstaker/komplett")
	q.Ventet, q.Fasit = "komplett", svar.Kropp
	for kode, want := range map[string][]string{"ikkeTilgang": {"hode 0 Header"}, "forMangeForespoersler": nil} {
		bare := avslag(kode, svar)
		head, after, _ := strings.Cut(string(bare.Kropp), "<soap:Header>")
		_, after, _ = strings.Cut(after, "</soap:Header>")
		bare.Kropp = []byte(head + after)
		if diff := cmp.Diff(want, bruddlinjer(strenge().Doem(q, bare).Brudd)); diff != "" {
			t.Errorf("%s without a header (-want +got):\n%s", kode, diff)
		}
	}
}

// TestQuestionThatCannotBeReadIsNotAboutTheLogin: it is refused before anybody looks who calls; a fault about the login is
// the wrong one, and says nothing of it.
func TestQuestionThatCannotBeReadIsNotAboutTheLogin(t *testing.T) {
	q, svar := etTilfelle(t, "hentArbeidstaker/komplett")
	q.Ventet, q.Konvolutt = "feil:ugyldigXml", q.Konvolutt[:len(q.Konvolutt)/2]
	refused := avslag("ugyldigBruker", svar)
	u := strenge().Doem(q, refused)
	if !slices.ContainsFunc(u.Brudd, func(b Brudd) bool { return b.Regel == "ventet" }) || u.Udoemt != "" {
		t.Errorf("%q, %v", u.Udoemt, bruddlinjer(u.Brudd))
	}
	if enough, err := slutt(q, refused); enough || err != nil {
		t.Errorf("it ends the run: %v", err)
	}
}

func TestLoginWithoutAnyProductJudgesNothing(t *testing.T) {
	_, url, questions := nyAdgang(t, utenRett("hentArbeidstaker", "hentArbeidsforhold"), "hentArbeidstaker/komplett", "hentArbeidsforhold/komplett")
	r := kjoert(t, innlogget(url, 2, questions...))
	if want := "the login may ask none of the products that it was tried with: nothing was judged"; r.Ufullstendig() != want || r.Brutt() {
		t.Errorf("incomplete: %q, want %q", r.Ufullstendig(), want)
	}
}
