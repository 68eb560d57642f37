package main

import (
	"net/http"
	"strings"
	"testing"

	"aareg/wsdl"
)

// TestKontraktSaysWhatTheLoginMayNotAsk: a test double refuses as an endpoint does that asks who calls; what that comes
// to, for whoever called the program, stands in its exit code and what it prints.
func TestKontraktSaysWhatTheLoginMayNotAsk(t *testing.T) {
	s := start(t, "--test")
	_, after, _ := strings.Cut(s.greeting[0], "steered at ")
	admin, _, _ := strings.Cut(after, "/,")
	questions := fileOf(t, "q.csv", "2.1, 210000011, komplett\n2.3, 12838049808, komplett\n2.6, 48000401, komplett\n")
	for name, c := range map[string]struct {
		scenarios string
		code      int
		says      []string
		judged    bool // whether there is a result at all
	}{
		"one product less": {`{"operasjon":"hentArbeidstaker","feil":"ikkeTilgang"}`, exitOK,
			[]string{"§ 2.3 hentArbeidstaker: not judged: no access", "it may not ask § 2.3 hentArbeidstaker", "0 violations"}, true},
		"no product": {`{"operasjon":"hentAntallArbeidstakere","feil":"ikkeTilgang"},{"operasjon":"hentArbeidstaker","feil":"ikkeTilgang"},{"operasjon":"hentArbeidsforhold","feil":"ikkeTilgang"}`,
			exitFailed, []string{"the login may ask no product", "nothing was judged"}, true},
		"a quota":         {`{"operasjon":"hentArbeidsforhold","feil":"forMangeForespoersler"}`, exitFailed, []string{"quota", "0 violations"}, true},
		"a wrong login":   {`{"operasjon":"hentAntallArbeidstakere","feil":"ugyldigBruker"}`, exitFailed, []string{"refuses the login", "ugyldigBruker"}, false},
		"an expired one":  {`{"operasjon":"hentArbeidsforhold","feil":"sesjonUtloept"}`, exitFailed, []string{"refuses the login", "sesjonUtloept"}, false},
		"nothing refused": {`{"operasjon":"hentArbeidsforhold"}`, exitOK, []string{"0 violations"}, true},
	} {
		r, err := http.NewRequest(http.MethodPut, admin+"/scenarios", strings.NewReader(`{"scenarios":[`+c.scenarios+`]}`))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/json")
		response, err := http.DefaultClient.Do(r)
		if err != nil || response.StatusCode != http.StatusOK {
			t.Fatalf("%s: not steered: %v", name, err)
		}
		response.Body.Close()
		code, stdout, stderr := called(s.address+wsdl.Endpoint, "--questions", questions)
		printed := strings.Join(strings.Fields(stdout+stderr), " ")
		for _, says := range c.says {
			if !strings.Contains(printed, says) {
				t.Errorf("%s: does not say %q", name, says)
			}
		}
		if code != c.code || c.judged != (stdout != "") {
			t.Errorf("%s: exit code %d, want %d\n%s%s", name, code, c.code, stdout, stderr)
		}
	}
}
