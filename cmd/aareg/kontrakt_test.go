package main

import (
	"bytes"
	"context"
	"encoding/pem"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"aareg/wsdl"
)

// called is aareg kontrakt called as from a shell.
func called(args ...string) (code int, stdout, stderr string) {
	var out, errors bytes.Buffer
	code = run(context.Background(), append([]string{"kontrakt"}, args...), &out, &errors)
	return code, out.String(), errors.String()
}

// fileOf is a new file with a text.
func fileOf(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestKontraktExitsByWhatItFound: 0 without violations, 1 with some or when nothing could be judged, 2 when it was
// called wrongly.
func TestKontraktExitsByWhatItFound(t *testing.T) {
	s := demo(t)
	url := s.address + wsdl.Endpoint
	right := fileOf(t, "right.csv", "2.3, 12838049808, komplett\n2.6, 48000401\n")
	wrong := fileOf(t, "wrong.csv", "2.3, 12838049808, ingen\n")
	bad := fileOf(t, "bad.csv", "2.7, 12838049808\n")
	t.Setenv("KONTRAKT_TEST_PASSWORD", "hemmelig-nok")
	t.Setenv("KONTRAKT_TEST_SHORT", "kort")
	for name, c := range map[string]struct {
		args []string
		code int
		says string
	}{
		"the user's questions":         {[]string{url, "--questions", right}, exitOK, ""},
		"flags before the URL":         {[]string{"--questions", right, url}, exitOK, ""},
		"an expectation not met":       {[]string{url, "--questions", wrong}, exitFailed, "violated"},
		"a bad line":                   {[]string{url, "--questions", bad}, exitFailed, "bad.csv:1: produkt"},
		"no such file":                 {[]string{url, "--questions", bad + "x"}, exitFailed, "--questions"},
		"no such deviations":           {[]string{url, "--questions", right, "--deviations", right}, exitFailed, "right.csv:1: the heading"},
		"nobody there":                 {[]string{"http://127.0.0.1:1/", "--questions", right}, exitFailed, "does not answer"},
		"no URL":                       {nil, exitUsage, "endpoint"},
		"two URLs":                     {[]string{url, url}, exitUsage, "endpoint"},
		"no http":                      {[]string{"ftp://host/"}, exitUsage, "http"},
		"credentials in the URL":       {[]string{"http://bruker:hemmelig@host/"}, exitUsage, "credentials"},
		"an unknown profile":           {[]string{url, "--profile", "kind"}, exitUsage, "--profile"},
		"an unknown dialect":           {[]string{url, "--dialect", "2016"}, exitUsage, "dialect"},
		"no time":                      {[]string{url, "--timeout", "0s"}, exitUsage, "--timeout"},
		"a user without a password":    {[]string{url, "--user", "etaten"}, exitUsage, "--password"},
		"a password without a user":    {[]string{url, "--password-env", "X"}, exitUsage, "--user"},
		"two passwords":                {[]string{url, "--user", "etaten", "--password-env", "X", "--password-file", right}, exitUsage, "one of them"},
		"a password that is not there": {[]string{url, "--user", "etaten", "--password-env", "KONTRAKT_TEST_NONE"}, exitUsage, "--password-env"},
		"a password that is too short": {[]string{url, "--user", "etaten", "--password-env", "KONTRAKT_TEST_SHORT"}, exitUsage, "passord must have"},
		"flags on both sides":          {[]string{"--profile", "strict", url, "--questions", right}, exitUsage, "both sides"},
		"Basic without a user":         {[]string{url, "--basic"}, exitUsage, "--basic"},
		"no certificate":               {[]string{url, "--ca", right, "--questions", right}, exitFailed, "--ca"},
		"a login":                      {[]string{url, "--user", "etaten", "--password-env", "KONTRAKT_TEST_PASSWORD", "--basic"}, exitOK, ""},
	} {
		code, stdout, stderr := called(c.args...)
		if code != c.code || !strings.Contains(stderr, c.says) {
			t.Errorf("%s: exit code %d, want %d and %q\n%s%s", name, code, c.code, c.says, stdout, stderr)
		}
		if strings.Contains(stdout+stderr, "hemmelig") || strings.Contains(stdout+stderr, "12838049808") {
			t.Errorf("%s: a password or an id is printed", name)
		}
	}
}

// TestKontraktWritesItsReports: each into a file that only its owner can read.
func TestKontraktWritesItsReports(t *testing.T) {
	s := demo(t)
	folder := t.TempDir()
	args := []string{s.address + wsdl.Endpoint, "--questions", fileOf(t, "q.csv", "2.3, 12838049808, komplett\n")}
	files := map[string]string{"--junit": "<?xml", "--html": "<!", "--json": "{"}
	for flag := range files {
		args = append(args, flag, filepath.Join(folder, flag[2:]))
	}
	if code, _, stderr := called(args...); code != exitOK {
		t.Fatalf("exit code %d: %s", code, stderr)
	}
	for flag, begins := range files {
		text, err := os.ReadFile(filepath.Join(folder, flag[2:]))
		if err != nil || !strings.HasPrefix(string(text), begins) {
			t.Errorf("%s: %v, %.20q", flag, err, text)
		}
		if info, err := os.Stat(filepath.Join(folder, flag[2:])); err == nil && info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v", flag, info.Mode())
		}
	}
	code, _, _ := called(append(args, "--junit", filepath.Join(folder, "none", "x"), "--json", filepath.Join(folder, "other"))...)
	if _, err := os.Stat(filepath.Join(folder, "other")); code != exitFailed || err != nil {
		t.Errorf("a report that cannot be written: exit code %d, and the others: %v", code, err)
	}
}

// TestKontraktAcceptsDeclaredDeviations: a server that writes True is a violation, an accepted deviation when a file or
// the lenient profile says so; what a file declares and no answer needs is told.
func TestKontraktAcceptsDeclaredDeviations(t *testing.T) {
	s := demo(t)
	url := proxy(t, s.address, at("AntallArbeidstakere", "oppfoert", setText("False"))) + wsdl.Endpoint
	questions := fileOf(t, "q.csv", "2.1, 210000011, komplett\n")
	deviations := fileOf(t, "avvik.csv", "regel,operasjon,sti,som,hvorfor\n"+
		"format,hentAntallArbeidstakere,oppfoert,sann_usann_inn,an old parser needs it\n"+
		"format,hentArbeidsgiver,oppoert,sann_usann_inn,never met\n")
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{nil, exitFailed, "1 violation,"},
		{[]string{"--profile", "lenient"}, exitOK, "1 deviation accepted"},
		{[]string{"--deviations", deviations}, exitOK, "an old parser needs it"},
		{[]string{"--deviations", deviations}, exitOK, "avvik.csv:3 was not met"},
	} {
		code, stdout, stderr := called(append([]string{url, "--questions", questions}, c.args...)...)
		if code != c.code || !strings.Contains(stdout, c.says) {
			t.Errorf("%v: exit code %d, want %d and %q\n%s%s", c.args, code, c.code, c.says, stdout, stderr)
		}
	}
}

// TestKontraktLogsIn: name and password go with the first question, the sesjonsid of its answer with the next, and as
// HTTP Basic name and password with all when told to; from the environment or a file; over TLS with a certificate of the
// user's own.
func TestKontraktLogsIn(t *testing.T) {
	s := demo(t)
	var mu sync.Mutex
	asked, carried, sessions := 0, 0, 0
	behind := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		user, password, basic := r.BasicAuth()
		mu.Lock()
		asked++
		named := bytes.Contains(body, []byte("<brukernavn>etaten</brukernavn><passord>hemmelig &amp; lang</passord>"))
		session := bytes.Contains(body, []byte("<sesjonsid>")) && !bytes.Contains(body, []byte("brukernavn"))
		if basic && user == "etaten" && password == "hemmelig & lang" && (r.Method == http.MethodGet || named != session) {
			carried++
		}
		if session {
			sessions++
		}
		mu.Unlock()
		onward, err2 := http.NewRequestWithContext(r.Context(), r.Method, s.address+r.URL.RequestURI(), bytes.NewReader(body))
		if err != nil || err2 != nil {
			http.Error(w, "not handed on", http.StatusBadGateway)
			return
		}
		onward.Header.Set("Content-Type", r.Header.Get("Content-Type"))
		resp, err := http.DefaultClient.Do(onward)
		if err != nil {
			http.Error(w, "not handed on", http.StatusBadGateway)
			return
		}
		defer resp.Body.Close()
		w.Header().Set("Content-Type", resp.Header.Get("Content-Type"))
		w.WriteHeader(resp.StatusCode)
		// A client that has gone does not pass.
		_, _ = io.Copy(w, resp.Body)
	}))
	defer behind.Close()
	ca := fileOf(t, "ca.pem", string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: behind.Certificate().Raw})))
	t.Setenv("KONTRAKT_TEST_PASSWORD", "hemmelig & lang")
	args := []string{behind.URL + wsdl.Endpoint, "--questions", fileOf(t, "q.csv", "2.3, 12838049808, komplett\n2.6, 48000401\n"), "--ca", ca, "--user", "etaten", "--basic"}
	for _, from := range [][]string{{"--password-env", "KONTRAKT_TEST_PASSWORD"}, {"--password-file", fileOf(t, "password", "hemmelig & lang\n")}} {
		if code, stdout, stderr := called(append(args, from...)...); code != exitOK {
			t.Errorf("%s: exit code %d\n%s%s", from[0], code, stdout, stderr)
		}
	}
	if asked != 6 || carried != asked || sessions != 2 {
		t.Errorf("%d of %d requests carried the credentials, want 6; %d by sesjonsid, want 2", carried, asked, sessions)
	}
	if code, _, stderr := called(behind.URL+wsdl.Endpoint, "--questions", args[2]); code != exitFailed || !strings.Contains(stderr, "does not answer") {
		t.Errorf("an unknown certificate: exit code %d, %s", code, stderr)
	}
}

// TestPasswordThatIsRepeatedIsNowhere: not in what is printed, not in reports that are not masked, not in a recording,
// when the endpoint writes it into its answers, as it came and as HTTP Basic had it.
func TestPasswordThatIsRepeatedIsNowhere(t *testing.T) {
	s := demo(t)
	const password, basic = "hemmelig & lang", "ZXRhdGVuOmhlbW1lbGlnICYgbGFuZw=="
	url := proxy(t, s.address, at("Arbeidstaker", "statustekst", setText(password+" "+basic))) + wsdl.Endpoint
	t.Setenv("KONTRAKT_TEST_PASSWORD", password)
	folder := t.TempDir()
	_, stdout, stderr := called(url, "--questions", fileOf(t, "q.csv", "2.3, 12838049808, komplett\n"), "--user", "etaten", "--password-env", "KONTRAKT_TEST_PASSWORD",
		"--basic", "--unmasked", "--json", filepath.Join(folder, "json"), "--html", filepath.Join(folder, "html"),
		"--record", filepath.Join(folder, "opptak"), "--record-personal-data")
	written := map[string]string{"what is printed": stdout + stderr}
	err := filepath.WalkDir(folder, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		written[filepath.Base(path)] = string(text)
		return err
	})
	if err != nil || !strings.Contains(written["response.xml"], "<statustekst>fjernet fjernet<") {
		t.Fatalf("%v, recorded is %s", err, written["response.xml"])
	}
	for name, text := range written {
		if strings.Contains(text, "hemmelig") || strings.Contains(text, basic) {
			t.Errorf("%s has the password", name)
		}
	}
}
