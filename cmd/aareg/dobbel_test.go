package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"aareg/wsdl"
)

// asked is what a question gets, and what the answer says it came from.
func (s started) asked(t *testing.T, question string) (answer []byte, from string) {
	t.Helper()
	response, err := http.Post(s.address+wsdl.Endpoint, textXML, strings.NewReader(envelope(question)))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	answer, err = io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer, response.Header.Get("X-Aareg-Test")
}

func TestTestDoubleIsSteeredAtAnAddressItPrints(t *testing.T) {
	scenarios := filepath.Join(t.TempDir(), "scenarios.json")
	if err := os.WriteFile(scenarios, []byte(`{"scenarios":[{"operasjon":"hentAntallArbeidstakere","statuskode":"utilgjengelig"}]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	s := start(t, "--test", "--scenarios", scenarios)
	_, after, found := strings.Cut(s.greeting[0], "steered at ")
	admin, _, _ := strings.Cut(after, "/,")
	if !found || !strings.HasPrefix(admin, "http://127.0.0.1:") {
		t.Fatalf("the first line does not tell where it is steered: %s", s.greeting[0])
	}
	if strings.Contains(strings.Join(s.greeting, "\n"), "/oppslag") {
		t.Error("it tells of a page that it does not have")
	}
	answer, from := s.asked(t, antall)
	checkAnswer(t, "the scenario", answer, "utilgjengelig")
	if from != "scenario 1" {
		t.Errorf("it came from %q", from)
	}
	r, err := http.NewRequest(http.MethodDelete, admin+"/scenarios", nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	answer, _ = s.asked(t, antall)
	checkAnswer(t, "without scenarios", answer, "komplett")
	if code := s.stop(); code != exitOK {
		t.Errorf("stopped with exit code %d", code)
	}
	if _, err := http.Get(admin); err == nil {
		t.Error("it is still steered")
	}
}

// TestServerThatIsNoTestDoubleHasNothingOfOne: no path, no header, no magic.
func TestServerThatIsNoTestDoubleHasNothingOfOne(t *testing.T) {
	s := start(t)
	defer s.stop()
	if strings.Contains(strings.Join(s.greeting, "\n"), "test double") {
		t.Error("it says that it is one")
	}
	for _, path := range []string{"/register", "/today", "/journal", "/journal/verify", "/scenarios"} {
		for _, method := range []string{http.MethodGet, http.MethodPut, http.MethodPost, http.MethodDelete} {
			r, err := http.NewRequest(method, s.address+path, strings.NewReader("{}"))
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Content-Type", "application/json")
			response, err := http.DefaultClient.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			response.Body.Close()
			if response.StatusCode != http.StatusNotFound {
				t.Errorf("%s %s: %s", method, path, response.Status)
			}
		}
	}
	answer, from := s.asked(t, antall)
	checkAnswer(t, "a question", answer, "komplett")
	if from != "" {
		t.Errorf("the answer says that it came from %q", from)
	}
	answer, _ = s.asked(t, element("hentAntallArbeidstakere", "<orgnr>277777754</orgnr>"))
	checkAnswer(t, "a magic id", answer, "ingen")
}

func TestFlagsOfATestDoubleAreRefusedElsewhere(t *testing.T) {
	wrong := filepath.Join(t.TempDir(), "scenarios.json")
	if err := os.WriteFile(wrong, []byte(`{"scenario":[]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		args []string
		code int
		says string
	}{
		{"address of no double", []string{"serve", "--test-addr", "127.0.0.1:0"}, exitUsage, "only with --test"},
		{"scenarios of no double", []string{"serve", "--scenarios", wrong}, exitUsage, "only with --test"},
		{"real data", []string{"serve", "--test", "--db", "x.db"}, exitUsage, "never serves real data"},
		{"steered by all", []string{"serve", "--test", "--test-addr", "0.0.0.0:0"}, exitUsage, "this machine alone"},
		{"steered without a host", []string{"serve", "--test", "--test-addr", ":0"}, exitUsage, "this machine alone"},
		{"steered at no port", []string{"serve", "--test", "--test-addr", "localhost"}, exitUsage, "host:port"},
		{"wrong scenarios", []string{"serve", "--test", "--addr", "127.0.0.1:0", "--scenarios", wrong}, exitFailed, "line 1, column"},
		{"no scenarios", []string{"serve", "--test", "--addr", "127.0.0.1:0", "--scenarios", "finnes-ikke"}, exitFailed, "--scenarios"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var out bytes.Buffer
			if code := run(context.Background(), c.args, &out, &out); code != c.code {
				t.Errorf("exit code %d, want %d", code, c.code)
			}
			if !strings.Contains(out.String(), c.says) {
				t.Errorf("it does not say %q:\n%s", c.says, out.String())
			}
		})
	}
}
