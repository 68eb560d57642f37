package testdobbel

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aareg/soap"
)

func told(operasjon string, felt ...string) soap.Question {
	q := soap.Question{Operation: operasjon, Leaves: map[string]string{}}
	for i := 0; i < len(felt); i += 2 {
		q.Leaves[felt[i]] = felt[i+1]
	}
	return q
}

// enhet is a unit that is not in the demo register, with somebody who works there.
const enhet = `{"organisasjonsnummer":"315000005","navn":"PRØVEVERKET","organisasjonsform":{"kode":"AS"}}`

func TestRegisterIsReplacedAddedToAndReset(t *testing.T) {
	s := start(t)
	if got := s.must("GET", "/register", "")["register"]; got != "demo" {
		t.Errorf("at first it is %v", got)
	}
	demo := s.must("GET", "/register", "")
	added := s.must("POST", "/register", enhet)
	if added["register"] != "loaded" || added["arbeidsforhold"] != demo["arbeidsforhold"] || added["enheter"] != demo["enheter"].(float64)+1 {
		t.Errorf("added to, it is %v; before %v", added, demo)
	}
	for _, r := range Tabell() {
		if got := s.ask(r.Operasjon, r.Felt); got.kode() != r.Kode {
			t.Errorf("added to, %s for %s is %s", r.Operasjon, r.Kode, got.kode())
		}
	}
	if alone := s.must("PUT", "/register", enhet); alone["enheter"] != 1.0 || alone["arbeidsforhold"] != 0.0 {
		t.Errorf("replaced, it is %v", alone)
	}
	if got := s.ask("hentArbeidstaker", kari); got.kode() != "ingen" || got.from != "register; nothing has this in the register, which is loaded" {
		t.Errorf("somebody of the demo register is %s from %q", got.kode(), got.from)
	}
	if diff := cmp.Diff(demo, s.must("DELETE", "/register", "")); diff != "" {
		t.Errorf("reset (-want +got):\n%s", diff)
	}
	if got := s.ask("hentArbeidstaker", kari); got.kode() != "komplett" {
		t.Errorf("reset, she is %s", got.kode())
	}
}

func TestRegisterThatIsNoneOrNotSyntheticChangesNothing(t *testing.T) {
	s := start(t)
	before := s.must("GET", "/register", "")
	for name, c := range map[string]struct{ body, says string }{
		"nothing":        {"", "no record"},
		"no record":      {`{"x":1}`, "body"},
		"magic number":   {strings.Replace(enhet, "315000005", magiske[0].orgnr, 1), "magic number of ingen"},
		"perhaps a real": {`{"person":{"foedselsnr":"01010050000","navn":{"etternavn":"Prøve"}}}`, "may be a real person's"},
	} {
		status, said := s.steer("PUT", "/register", c.body)
		if text := fmt.Sprint(said["error"]); status != http.StatusUnprocessableEntity || !strings.Contains(text, c.says) || strings.Contains(text, "/tmp") {
			t.Errorf("%s: %d %s", name, status, text)
		}
	}
	if diff := cmp.Diff(before, s.must("GET", "/register", "")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for number, real := range map[string]bool{"01010050000": true, "31120099999": true, "12838049808": false, "01410050053": false, "210000011": false} {
		if mayBeReal(number) != real {
			t.Errorf("a number with month %s", number[2:4])
		}
	}
}

// TestJournalThatWasFullCannotTell: what it missed may be what is asked about.
func TestJournalThatWasFullCannotTell(t *testing.T) {
	j := newJournal()
	for range mostEntries + 1 {
		j.add(told("hentArbeidstaker"), treff{}, "komplett")
	}
	if v := j.verify(&Claim{Operasjon: "hentArbeidstaker"}); v.Holds || !strings.Contains(v.Why, "DELETE /journal") {
		t.Errorf("it says %+v", v)
	}
	j.clear()
	if v := j.verify(&Claim{Operasjon: "hentArbeidstaker"}); v.Holds || v.Why != "this operation was not asked" {
		t.Errorf("emptied, it says %+v", v)
	}
}

// TestFirstPageHasTheWholeTable: who steers finds every magic id there.
func TestFirstPageHasTheWholeTable(t *testing.T) {
	s := start(t)
	got, err := s.send("GET", s.admin.URL+"/", "", nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range Tabell() {
		if !strings.Contains(string(got.body), r.Felt) || !strings.Contains(string(got.body), r.Kode) {
			t.Errorf("it lacks %s for %s", r.Operasjon, r.Kode)
		}
	}
}

// TestQuestionsDuringLoadsDoNotFail: each is answered from one register or the other.
func TestQuestionsDuringLoadsDoNotFail(t *testing.T) {
	s := start(t)
	loaded, asked := make(chan struct{}), make(chan map[string]int)
	go func() {
		koder := map[string]int{}
		for {
			got, err := s.try("hentArbeidstaker", kari)
			if err != nil {
				koder["no answer"]++
			} else {
				koder[got.kode()]++
			}
			select {
			case <-loaded:
				asked <- koder
				return
			default:
			}
		}
	}()
	for range 3 {
		s.must("PUT", "/register", enhet)
		s.must("POST", "/register", enhet)
		s.must("DELETE", "/register", "")
	}
	close(loaded)
	koder := <-asked
	t.Logf("%v", koder)
	if koder["komplett"] == 0 || koder["ingen"] == 0 || len(koder) > 2 {
		t.Errorf("the questions got %v", koder)
	}
}

func TestTodayIsTheDayOfAnswers(t *testing.T) {
	s := start(t)
	if got := s.must("PUT", "/today", `{"today":"2025-08-18"}`)["today"]; got != "2025-08-18" {
		t.Errorf("today is %v", got)
	}
	later := s.ask("hentArbeidstaker", kari)
	if got := s.must("DELETE", "/register", "")["today"]; got != "2025-06-15" {
		t.Errorf("back at the demo register, today is %v", got)
	}
	if cmp.Equal(later.body, s.ask("hentArbeidstaker", kari).body) {
		t.Error("the clock of the answer is the same on another day")
	}
	if status, _ := s.steer("PUT", "/today", `{"today":"2025-02-30"}`); status != http.StatusBadRequest {
		t.Errorf("no such day: %d", status)
	}
}

func TestJournalTellsWhatWasAskedAndHoldsNoNumber(t *testing.T) {
	s := start(t)
	s.ask("hentArbeidstaker", kari)
	s.ask("hentArbeidstaker", kari)
	s.ask("hentArbeidsforhold", "arbeidsforholdId=00048000401")
	s.ask("hentArbeidstaker", "foedselsnr="+magiske[4].foedselsnr)
	for claim, want := range map[string]int{
		`{"operasjon":"hentArbeidstaker","felt":{"foedselsnr":"12838049808"}}`:                            200,
		`{"operasjon":"hentArbeidstaker","felt":{"foedselsnr":"12838049808"},"antall":2}`:                 200,
		`{"operasjon":"hentArbeidstaker","felt":{"foedselsnr":"12838049808","lovgivning":""},"antall":2}`: 200,
		`{"operasjon":"hentArbeidstaker","felt":{"foedselsnr":"12838049808"},"antall":1}`:                 409,
		`{"operasjon":"hentArbeidstaker","minst":3,"maks":3}`:                                             200,
		`{"operasjon":"hentArbeidstaker","maks":2}`:                                                       409,
		`{"operasjon":"hentArbeidsforhold","felt":{"arbeidsforholdId":"48000401"},"antall":1}`:            200,
		`{"operasjon":"hentArbeidsgiver","antall":0}`:                                                     200,
		`{"operasjon":"hentArbeidsgiver"}`:                                                                409,
		`{"operasjon":"hentAlt"}`:                                                                         400,
		`{"operasjon":"hentArbeidstaker","felt":{"orgnr":"210000011"}}`:                                   400,
		`{"operasjon":"hentArbeidstaker","antal":1}`:                                                      400,
	} {
		if status, said := s.steer("POST", "/journal/verify", claim); status != want {
			t.Errorf("%s: %d %v", claim, status, said)
		}
	}
	_, said := s.steer("POST", "/journal/verify", `{"operasjon":"hentArbeidstaker","felt":{"foedselsnr":"12829249969"}}`)
	if diff := cmp.Diff(map[string]any{"holds": false, "found": 0.0, "why": "the nearest question is 1: foedselsnr differs"}, said); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	got, err := s.send("GET", s.admin.URL+"/journal", "", nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, number := range []string{"12838049808", "48000401", magiske[4].foedselsnr} {
		if strings.Contains(string(got.body)+s.log.String(), number) {
			t.Error("the journal or the log holds a number that was asked for")
		}
	}
	if entries := s.must("GET", "/journal", "")["entries"].([]any); len(entries) != 4 || entries[3].(map[string]any)["outcome"] != "utilgjengelig" {
		t.Errorf("the journal is %v", entries)
	}
	if entries := s.must("DELETE", "/journal", "")["entries"].([]any); len(entries) != 0 {
		t.Errorf("emptied, it has %d", len(entries))
	}
}

func TestScenariosThatAreWrongAreToldWhere(t *testing.T) {
	s := start(t)
	one := func(scenario string) string { return `{"scenarios":[` + scenario + `]}` }
	for body, says := range map[string]string{
		"{\"scenarios\":[\n  {\"operasjon\":\"hentArbeidstaker\",\"latensy\":\"1s\"}]}": "line 2, column",
		one(`{"operasjon":"hentArbeidstaker","latency":"fast"}`):                        "/scenarios/0/latency: not a time",
		one(`{"operasjon":"hentAlt"}`):                                                  "scenario 1: operasjon",
		one(`{"operasjon":"hentArbeidstaker","statuskode":"komplett"}`):                 "statuskode: one with data",
		one(`{"operasjon":"hentArbeidsforhold","statuskode":"ikke_entydig"}`):           "not one that the operation uses",
		one(`{"operasjon":"hentArbeidstaker","feil":"alt"}`):                            "feil:",
		one(`{"operasjon":"hentArbeidstaker","feil":"forStor","http":503}`):             "only one of",
		one(`{"operasjon":"hentArbeidstaker","http":200}`):                              "http:",
		one(`{"operasjon":"hentArbeidstaker","transport":"slow"}`):                      "transport:",
		one(`{"operasjon":"hentArbeidstaker","dribble":{"bytes":0,"every":"1s"}}`):      "dribble:",
		one(`{"operasjon":"hentArbeidstaker","name":"12345678901"}`):                    "name:",
		one(`{"operasjon":"hentArbeidstaker","felt":{"orgnr":"1"}}`):                    "felt:",
		one(`{"operasjon":"hentArbeidstaker","felt":{"foedselsnr":"01010050000"}}`):     "synthetic",
		`{"scenarios":`: "not JSON",
	} {
		status, said := s.steer("PUT", "/scenarios", body)
		if text := fmt.Sprint(said["error"]); status != http.StatusBadRequest || !strings.Contains(text, says) || strings.Contains(text, "01010050000") {
			t.Errorf("%s: %d %s", body, status, text)
		}
	}
	s.must("PUT", "/scenarios", one(`{"operasjon":"hentArbeidstaker","feil":"forStor"}`))
	if got := s.must("GET", "/scenarios", "")["scenarios"].([]any); len(got) != 1 {
		t.Errorf("%d scenarios are in force", len(got))
	}
	s.must("DELETE", "/scenarios", "")
	if got := s.ask("hentArbeidstaker", kari); got.kode() != "komplett" {
		t.Errorf("without scenarios she is %s", got.kode())
	}
}

// TestOnlyThisMachineSteers: no page of another site can, whatever name it has.
func TestOnlyThisMachineSteers(t *testing.T) {
	s := start(t)
	set := func(name, value string) func(*http.Request) {
		return func(r *http.Request) {
			if name == "Host" {
				r.Host = value
			}
			r.Header.Set(name, value)
		}
	}
	for _, c := range []struct {
		method, path, contentType string
		change                    func(*http.Request)
		want                      int
	}{
		{"GET", "/", "", set("Accept", "*/*"), 200},
		{"GET", "/journal", "", set("Host", "localhost:1"), 200},
		{"GET", "/journal", "", set("Host", "[::1]:1"), 200},
		{"GET", "/journal", "", set("Host", "aareg.example.no"), 403},
		{"GET", "/journal", "", set("Host", "127.0.0.1.example.no"), 403},
		{"DELETE", "/journal", "", set("Sec-Fetch-Site", "cross-site"), 403},
		{"POST", "/journal/verify", "application/json", set("Origin", "http://example.no"), 403},
		{"POST", "/register", "text/plain", set("Accept", "*/*"), 415},
		{"POST", "/register", "application/x-www-form-urlencoded", set("Accept", "*/*"), 415},
		{"POST", "/register", "", set("Accept", "*/*"), 415},
		{"POST", "/scenarios", "application/json", set("Accept", "*/*"), 405},
		{"GET", "/finnes-ikke", "", set("Accept", "*/*"), 404},
	} {
		got, err := s.send(c.method, s.admin.URL+c.path, c.contentType, nil, c.change)
		if err != nil || got.status != c.want {
			t.Errorf("%s %s as %q: %d, want %d (%v)", c.method, c.path, c.contentType, got.status, c.want, err)
		}
		if refused := (struct{ Error string }{}); c.want >= 400 && (json.Unmarshal(got.body, &refused) != nil || refused.Error == "") {
			t.Errorf("%s %s as %q is refused with %q", c.method, c.path, c.contentType, got.body)
		}
	}
	if status, _ := s.steer("PUT", "/scenarios", strings.Repeat(" ", maxSmall+1)); status != http.StatusRequestEntityTooLarge {
		t.Errorf("a body over the limit: %d", status)
	}
}
