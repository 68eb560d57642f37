package kontrakt

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"aareg/wsdl/felt"
)

// register answers some of the cases over HTTP, as they were answered before, but for what change does.
func register(t *testing.T, change func(navn, svar string) string) (url string, questions []Spoersmaal) {
	t.Helper()
	answers := map[string]string{}
	for i, c := range kasusene(t) {
		if i%4 != 0 && c.navn != "hentArbeidstaker/komplett" || len(c.fasit.Kropp) > 100_000 {
			continue
		}
		if c.operasjon != "" && !bytes.Contains(c.spoersmaal.Konvolutt, []byte("<!-- with:")) && !bytes.Contains(c.fasit.Kropp, []byte(":Fault>")) {
			answers[utenHemmelig(t, c.spoersmaal.Konvolutt)] = change(c.navn, string(paaLinjen(c.fasit.Kropp)))
			questions = append(questions, c.spoersmaal)
		}
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		w.Header().Set("Content-Type", SOAP11)
		_, _ = io.WriteString(w, answers[utenHemmelig(t, asked)])
	}))
	t.Cleanup(server.Close)
	return server.URL, questions
}

// utenHemmelig is what such a register looks at: it lets every credential through.
func utenHemmelig(t *testing.T, asked []byte) string {
	clean, err := rens(asked)
	if err != nil {
		t.Error(err)
	}
	return string(clean)
}

func uendret(_, svar string) string { return svar }

func specDommer() *Dommer { return NyDommer(felt.Table(), felt.Operations(), nil) }

func ask(t *testing.T, url string, d *Dommer, questions []Spoersmaal) *Resultat {
	t.Helper()
	k := &Kjoering{Spoerrer: &Spoerrer{URL: url, Klient: http.DefaultClient}, Dommer: d, Spoersmaal: questions, Samtidig: 2, UtenWSDL: true}
	r, err := k.Kjoer(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// taOpp records what a register answers, by way of the disk.
func taOpp(t *testing.T, url string, questions []Spoersmaal) *Opptak {
	t.Helper()
	o, err := NyttOpptak(ask(t, url, specDommer(), questions))
	if err != nil {
		t.Fatal(err)
	}
	if o, err = LesOpptak(skrevet(t, o)); err != nil {
		t.Fatal(err)
	}
	return o
}

// brutteRader are the rows of a result at which a rule is broken.
func brutteRader(r *Resultat, regel string) (rows []int) {
	for _, u := range r.Utfall {
		for _, b := range u.Brudd {
			if b.Regel == regel {
				rows = append(rows, b.Rad)
			}
		}
	}
	return rows
}

func TestSameAnswersTomorrowBreakNothing(t *testing.T) {
	url, questions := register(t, uendret)
	o, d := taOpp(t, url, questions), specDommer()
	r := ask(t, url, d, o.Spoersmaal())
	if err := o.Hold(d, r); err != nil {
		t.Fatal(err)
	}
	if rows := brutteRader(r, "fasit"); len(rows) > 0 || len(r.Utfall) < 50 {
		t.Errorf("%d questions, breaches at rows %v", len(r.Utfall), rows)
	}
}

// TestChangedAnswerIsHeldAgainstTheRecording: one value in one answer is another than it was, and its row is named.
func TestChangedAnswerIsHeldAgainstTheRecording(t *testing.T) {
	url, questions := register(t, uendret)
	o, d := taOpp(t, url, questions), specDommer()
	changed, _ := register(t, func(navn, svar string) string {
		if navn != "hentArbeidstaker/komplett" {
			return svar
		}
		return strings.Replace(svar, "<etternavn>", "<etternavn>Nytt ", 1)
	})
	r := ask(t, changed, d, o.Spoersmaal())
	if err := o.Hold(d, r); err != nil {
		t.Fatal(err)
	}
	rows := brutteRader(r, "fasit")
	if len(rows) != 1 || felt.Table()[rows[0]-1].Sti != "etternavn" || felt.Table()[rows[0]-1].Operasjon != "hentArbeidstaker" {
		t.Fatalf("breaches at rows %v", rows)
	}
	if n := r.Dekning[rows[0]-1].Brudd; n != 1 {
		t.Errorf("the row has %d violations in the coverage", n)
	}
	if err := o.Hold(d, &Resultat{}); err == nil {
		t.Error("a result of other questions was held against it")
	}
}

// TestRecordingItselfIsJudged: without asking anybody, and by the same rules as an endpoint.
func TestRecordingItselfIsJudged(t *testing.T) {
	url, questions := register(t, func(navn, svar string) string {
		if navn != "hentArbeidstaker/komplett" {
			return svar
		}
		return strings.Replace(svar, "<kjoenn>", "<Kjoenn>", 1)
	})
	want := ask(t, url, specDommer(), questions)
	got := taOpp(t, url, questions).Doem(specDommer())
	breaches := func(r *Resultat) (found [][]Brudd) {
		for _, u := range r.Utfall {
			found = append(found, u.Brudd)
		}
		return found
	}
	if diff := cmp.Diff(breaches(want), breaches(got), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want.Dekning, got.Dekning); diff != "" {
		t.Errorf("coverage (-want +got):\n%s", diff)
	}
}

func TestTwoAreComparedWhateverTheyAre(t *testing.T) {
	urlA, questions := register(t, uendret)
	urlB, _ := register(t, func(navn, svar string) string {
		return strings.ReplaceAll(svar, "<landkode>NO</landkode>", "<landkode>SE</landkode>")
	})
	endpoint := func(url string) Svarer { return &Spoerrer{URL: url, Klient: http.DefaultClient} }
	a, b := taOpp(t, urlA, questions), taOpp(t, urlB, questions)
	differ := func(a, b Svarer) []Forskjell {
		s := Sammenlikning{A: a, B: b, Rader: felt.Table(), Samtidig: 3}
		found, err := s.Kjoer(context.Background(), questions)
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	want := differ(endpoint(urlA), endpoint(urlB))
	if len(want) < 5 {
		t.Fatalf("%d questions were answered differently", len(want))
	}
	for _, f := range want {
		for _, u := range f.Ulikheter {
			if u.Rad == 0 || felt.Table()[u.Rad-1].Tag != "landkode" || u.A.Tekst != "NO" || u.B.Tekst != "SE" {
				t.Errorf("%s: %+v", f.Spoersmaal.Navn, u)
			}
		}
	}
	for name, got := range map[string][]Forskjell{
		"recordings":               differ(a.Avspiller(), b.Avspiller()),
		"an endpoint, a recording": differ(endpoint(urlA), b.Avspiller()),
		"a recording, an endpoint": differ(a.Avspiller(), endpoint(urlB)),
	} {
		if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(Forskjell{}, "A", "B")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	if same := differ(endpoint(urlA), a.Avspiller()); len(same) > 0 {
		t.Errorf("a register differs from its recording: %+v", same[0].Ulikheter)
	}
}

// TestDifferencesAreShownWithoutPeople: no number and no name is in the report, and everything is when asked for.
func TestDifferencesAreShownWithoutPeople(t *testing.T) {
	golden := kasusene(t)
	var f Forskjell
	for _, c := range golden {
		if c.navn == "hentArbeidstaker/komplett" {
			b := c.fasit
			b.Kropp = bytes.ReplaceAll(b.Kropp, []byte("<fornavn>"), []byte("<fornavn>Anne "))
			b.Kropp = bytes.Replace(b.Kropp, []byte("<foedselsnr>"), []byte("<foedselsnr>9"), 1)
			f = Forskjell{c.spoersmaal, c.fasit, b, Ulikheter(felt.Table(), c.operasjon, c.fasit, b)}
		}
	}
	if len(f.Ulikheter) != 2 {
		t.Fatalf("%+v", f.Ulikheter)
	}
	for _, unmasked := range []bool{false, true} {
		var out bytes.Buffer
		if err := SkrivForskjeller(&out, Visning{Umasket: unmasked}, 7, []Forskjell{f}); err != nil {
			t.Fatal(err)
		}
		for _, u := range f.Ulikheter {
			if strings.Contains(out.String(), u.A.Tekst) != unmasked || strings.Contains(out.String(), "Anne") != unmasked {
				t.Errorf("unmasked %t, and %s is shown otherwise:\n%s", unmasked, u.Sti, out.String())
			}
		}
	}
}

// TestRecordingCanBeAskedByMany at a time, as an endpoint can.
func TestRecordingCanBeAskedByMany(t *testing.T) {
	o := etOpptak(t)
	answering := o.Avspiller()
	var asking sync.WaitGroup
	for range 4 {
		asking.Go(func() {
			for _, p := range o.Par {
				if got := answering.Spoer(context.Background(), &p.Spoersmaal); cmp.Diff(p.Svar, got) != "" {
					t.Errorf("%s: another answer than was recorded", p.Spoersmaal.Navn)
				}
			}
		})
	}
	asking.Wait()
	if got := answering.Spoer(context.Background(), &Spoersmaal{Konvolutt: []byte("<ukjent/>")}); got.Feil == "" {
		t.Errorf("it answers what it was not asked: %+v", got)
	}
}
