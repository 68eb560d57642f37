package main

import (
	"encoding/json"
	"io"
	"net/http"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aareg/store"
	"aareg/store/konsument"
)

// tilgangSagt is what came back of GET /tilgang, or of another method there; of the headers all but the time.
type tilgangSagt struct {
	Status int
	Header http.Header
	Body   string
}

func askTilgang(t *testing.T, address, method string, p proof) tilgangSagt {
	t.Helper()
	r, err := http.NewRequest(method, address+"/tilgang", nil)
	if err != nil {
		t.Fatal(err)
	}
	if p.set != nil {
		p.set(r)
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	resp.Header.Del("Date")
	return tilgangSagt{resp.StatusCode, resp.Header, string(body)}
}

// startTilgang serves one consumer, whose login is bruker.
func startTilgang(t *testing.T) started {
	t.Helper()
	c := newConsumers(t)
	c.add(t, "bruker", func(k *konsument.Konsument, _ *konsument.Innlogging) {
		k.Fra = 20200101
		k.Rettigheter = konsument.Rettigheter{Profil: "smal", Produkter: []string{"hentArbeidstaker", "hentTrefflisteArbeidstaker"},
			Felter:        []string{"hentArbeidstaker", "hentTrefflisteArbeidstaker/arbeidstakere/arbeidstaker/foedselsnr", "hentArbeidstaker/loenn", "uttrekk/idHistorikk"},
			Arbeidsgivere: konsument.Omfang{Alle: true}, Personer: konsument.Omfang{Nummer: []string{"15890012345"}},
			Fortrolig: store.InnsynKode, PersonerPerDoegn: konsument.Ubegrenset, SpoersmaalPerSekund: 5}
	})
	return start(t, "--konsumenter", c.path, "--logg", filepath.Join(t.TempDir(), "logg.db"))
}

const tilgangSvar = `{"orgnr": "210000100", "navn": "ETATEN", "fra": "2020-01-01", "profil": "smal", "produkter": [
	{"navn": "hentAntallArbeidstakere", "avsnitt": "2.1", "tillatt": false, "vist": 2, "toemt": 26, "utelatt": 0},
	{"navn": "hentArbeidsgiver", "avsnitt": "2.2", "tillatt": false, "vist": 2, "toemt": 27, "utelatt": 42,
		"sperret": ["statusArbeidsforhold", "lovgivning", "datofra", "datotil"]},
	{"navn": "hentArbeidstaker", "avsnitt": "2.3", "tillatt": true, "vist": 28, "toemt": 0, "utelatt": 0},
	{"navn": "hentTrefflisteArbeidsgiver", "avsnitt": "2.4", "tillatt": false, "vist": 3, "toemt": 19, "utelatt": 0, "sperret": ["orgnavn", "kommunenr",
		"postnr", "fylkenr", "etternavn", "fornavn", "mellomnavn", "fdato", "faarfra", "faartil", "alderfra", "aldertil", "kjoenn"]},
	{"navn": "hentTrefflisteArbeidstaker", "avsnitt": "2.5", "tillatt": true, "vist": 4, "toemt": 6, "utelatt": 0,
		"sperret": ["etternavn", "fornavn", "mellomnavn", "fdato", "faarfra", "faartil", "alderfra", "aldertil", "kjoenn"]},
	{"navn": "hentArbeidsforhold", "avsnitt": "2.6", "tillatt": false, "vist": 2, "toemt": 0, "utelatt": 44}],
	"uttrekk": {"tillatt": false, "vist": 1, "utelatt": 10, "felter": ["uttrekk/idHistorikk/id"]},
	"arbeidsgivere": -1, "personer": 1, "fortrolig": "kode", "strengtFortrolig": "ingen", "ukjente": ["hentArbeidstaker/loenn"],
	"personerPerDoegn": -1, "spoersmaalPerSekund": 5}`

// TestTilgangTellsALoginItsRights, of the persons whom it may see only how many.
func TestTilgangTellsALoginItsRights(t *testing.T) {
	s := startTilgang(t)
	got := askTilgang(t, s.address, http.MethodGet, httpBasic("bruker", passord))
	wantHeader := http.Header{"Content-Type": {"application/json; charset=utf-8"}, "Cache-Control": {"no-store"}, "Vary": {"Accept-Encoding"}}
	if diff := cmp.Diff(wantHeader, got.Header); diff != "" {
		t.Errorf("headers (-want +got):\n%s", diff)
	}
	var want, told any
	if err := json.Unmarshal([]byte(tilgangSvar), &want); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(got.Body), &told); err != nil || got.Status != http.StatusOK {
		t.Fatalf("status %d, not JSON: %v", got.Status, err)
	}
	if diff := cmp.Diff(want, told); diff != "" {
		t.Errorf("rights (-want +got):\n%s", diff)
	}
}

// TestTilgangTurnsAwayWhoeverDoesNotLogIn tells the same, byte for byte, whatever was wrong.
func TestTilgangTurnsAwayWhoeverDoesNotLogIn(t *testing.T) {
	s := startTilgang(t)
	nothing := askTilgang(t, s.address, http.MethodGet, proof{})
	if got := nothing.Header.Get("WWW-Authenticate"); nothing.Status != http.StatusUnauthorized || got != `Basic realm="aareg", charset="UTF-8"` {
		t.Errorf("without a login: %d, WWW-Authenticate %s", nothing.Status, got)
	}
	for name, p := range map[string]proof{"wrong password": httpBasic("bruker", "Et-annet-passord-1"), "unknown user": httpBasic("ukjent", passord)} {
		if diff := cmp.Diff(nothing, askTilgang(t, s.address, http.MethodGet, p)); diff != "" {
			t.Errorf("%s (-without a login +got):\n%s", name, diff)
		}
	}
}

func TestTilgangIsOnlyReadAndOnlyWhereConsumersAsk(t *testing.T) {
	s := startTilgang(t)
	got := askTilgang(t, s.address, http.MethodPost, httpBasic("bruker", passord))
	if allow := got.Header.Get("Allow"); got.Status != http.StatusMethodNotAllowed || allow != "GET, HEAD" {
		t.Errorf("POST: %d, Allow %s", got.Status, allow)
	}
	if got := askTilgang(t, demo(t).address, http.MethodGet, httpBasic("bruker", passord)); got.Status != http.StatusNotFound {
		t.Errorf("where anybody may ask: %d", got.Status)
	}
}
