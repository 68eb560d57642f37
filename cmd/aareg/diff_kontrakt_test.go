package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"aareg/wsdl"
)

// differ runs diff-kontrakt.
func differ(t *testing.T, args ...string) (output string, err error) {
	t.Helper()
	var out bytes.Buffer
	err = diffKontrakt(t.Context(), args, &out)
	return out.String(), err
}

// judged runs kontrakt, and is its exit code.
func judged(t *testing.T, args ...string) (output string, exitCode int) {
	t.Helper()
	var out bytes.Buffer
	code := run(context.Background(), append([]string{"kontrakt"}, args...), &out, &out)
	return out.String(), code
}

var askedAndDiffering = regexp.MustCompile(`(?m)^([1-9][0-9]{2}) questions, ([0-9]+) answered differently$`)

// differing is how many questions were answered differently, of some hundreds.
func differing(t *testing.T, output string) string {
	t.Helper()
	told := askedAndDiffering.FindStringSubmatch(output)
	if told == nil {
		t.Fatalf("it does not tell how many:\n%s", output)
	}
	return told[2]
}

// emptied is a register whose answers lack the text of one element of hentArbeidstaker.
func emptied(t *testing.T, address, tag, text string) string {
	t.Helper()
	return proxy(t, address, func(s *svar) {
		if root := s.root("Arbeidstaker"); root != nil {
			for _, e := range root.FindElements(tag) {
				e.SetText(text)
			}
		}
	}) + wsdl.Endpoint
}

func TestARegisterDoesNotDifferFromItself(t *testing.T) {
	a, b := demo(t), demo(t)
	out, err := differ(t, a.address+wsdl.Endpoint, b.address+wsdl.Endpoint)
	if err != nil || differing(t, out) != "0" {
		t.Errorf("%v:\n%s", err, out)
	}
}

// TestDifferencesAreToldByRow: two registers that differ in one leaf, which is named with its row; nobody is.
func TestDifferencesAreToldByRow(t *testing.T) {
	long(t)
	a := demo(t)
	out, err := differ(t, a.address+wsdl.Endpoint, emptied(t, a.address, "etternavn", "Annerledes"))
	if err == nil || differing(t, out) == "0" {
		t.Fatalf("they do not differ: %v", err)
	}
	var wrong *usageError
	if errors.As(err, &wrong) {
		t.Errorf("differences are no wrong call: %v", err)
	}
	summary := regexp.MustCompile(`(?m)^hentArbeidstaker +etternavn +[0-9]+ +[0-9]+ +[0-9]+$`)
	if len(summary.FindAllString(out, -1)) != 1 || strings.Count(out, "hentArbeidstaker  ") != 1 {
		t.Errorf("the summary has more or less than that one row:\n%s", out)
	}
	if strings.Contains(out, "Annerledes") || regexp.MustCompile(`[0-9]{11}`).MatchString(out) {
		t.Errorf("somebody is named:\n%s", out)
	}
	if out, _ = differ(t, "--unmasked", a.address+wsdl.Endpoint, emptied(t, a.address, "etternavn", "Annerledes")); !strings.Contains(out, "Annerledes") {
		t.Error("nobody is named although asked for")
	}
}

// TestOrderIsToldUnlessIgnored: a list whose rows stand in another order.
func TestOrderIsToldUnlessIgnored(t *testing.T) {
	long(t)
	a := demo(t)
	turned := proxy(t, a.address, func(s *svar) {
		list := s.doc.FindElement("/Envelope/Body/Arbeidstaker/arbeidsforholdListe")
		if list == nil || len(list.SelectElements("arbeidsforhold")) < 2 {
			return
		}
		first := list.SelectElements("arbeidsforhold")[0]
		list.RemoveChild(first)
		list.AddChild(first)
	}) + wsdl.Endpoint
	if out, err := differ(t, a.address+wsdl.Endpoint, turned); err == nil || differing(t, out) == "0" {
		t.Errorf("another order is told: %v", err)
	}
	if out, err := differ(t, "--ignore-order", a.address+wsdl.Endpoint, turned); err != nil || differing(t, out) != "0" {
		t.Errorf("another order is ignored: %v\n%s", err, out)
	}
}

// TestRecordingStandsForItsRegister: in diff-kontrakt, held against by --replay, and judged itself.
func TestRecordingStandsForItsRegister(t *testing.T) {
	long(t)
	a := demo(t)
	dir := filepath.Join(t.TempDir(), "opptak")
	url, other := a.address+wsdl.Endpoint, emptied(t, a.address, "etternavn", "Annerledes")
	if out, code := judged(t, "--record", dir, url); code != exitOK {
		t.Fatalf("recording: exit code %d\n%s", code, out)
	}
	if out, err := differ(t, dir, url); err != nil || differing(t, out) != "0" {
		t.Errorf("it differs from its register: %v\n%s", err, out)
	}
	if out, err := differ(t, other, dir); err == nil || differing(t, out) == "0" {
		t.Errorf("it does not differ from another register: %v", err)
	}
	if out, code := judged(t, "--replay", dir, url); code != exitOK {
		t.Errorf("replayed on its register: exit code %d\n%s", code, out)
	}
	if out, code := judged(t, "--replay", dir, other); code != exitFailed || !strings.Contains(out, "fasit") {
		t.Errorf("replayed on another register: exit code %d\n%s", code, out)
	}
	if out, code := judged(t, "--replay", dir); code != exitOK {
		t.Errorf("judged itself: exit code %d\n%s", code, out)
	}
	if _, code := judged(t, "--record", dir, url); code != exitFailed {
		t.Errorf("recorded over: exit code %d", code)
	}
}

// TestRealPeopleAreRecordedOnlyWhenAskedFor: a number that may be somebody's, in one answer of hundreds.
func TestRealPeopleAreRecordedOnlyWhenAskedFor(t *testing.T) {
	long(t)
	a := demo(t)
	some := emptied(t, a.address, "foedselsnr", "00010000000") // no day 00, but no month 81 either
	dir := filepath.Join(t.TempDir(), "opptak")
	if out, code := judged(t, "--record", dir, some); code != exitFailed || !strings.Contains(out, "--record-personal-data") ||
		!strings.Contains(out, "questions asked") { // the report is not lost with the recording
		t.Errorf("exit code %d\n%s", code, out)
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("something was kept all the same")
	}
	if out, _ := judged(t, "--record", dir, "--record-personal-data", some); strings.Contains(out, "--record") {
		t.Errorf("nothing was kept though asked for:\n%s", out)
	}
	if _, err := os.Stat(filepath.Join(dir, "opptak.json")); err != nil {
		t.Error(err)
	}
}

func TestWrongCallsAboutRecordingsAreToldAsSuch(t *testing.T) {
	a := demo(t)
	url, dir := a.address+wsdl.Endpoint, filepath.Join(t.TempDir(), "opptak")
	questions := filepath.Join(t.TempDir(), "spoersmaal.csv")
	if err := os.WriteFile(questions, []byte("2.1, 210000011\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"--record", dir, "--questions", questions, url},
		{"--record-personal-data", url},
		{"--replay", dir},
		{"--replay", dir, "--record", dir, url},
		{"--replay", dir, "--questions", questions, url},
		{},
		{url, url},
	} {
		if out, code := judged(t, args...); code != exitUsage {
			t.Errorf("kontrakt %v: exit code %d\n%s", args, code, out)
		}
	}
	if out, code := judged(t, "--record", dir, "--record-personal-data", "--questions", questions, url); code != exitOK {
		t.Fatalf("a recording of a file's questions: exit code %d\n%s", code, out)
	}
	for _, args := range [][]string{
		{},
		{url},
		{url, url, url},
		{url, filepath.Join(dir, "hentAntallArbeidstakere")},
		{url, "ftp://localhost/"},
		{"http://bruker:passord@localhost/", url},
		{"--questions", questions, url, dir},
		{"--user", "bruker", url, url},
		{"--dialect", "2015", url, dir},
	} {
		_, err := differ(t, args...)
		var wrong *usageError
		if !errors.As(err, &wrong) {
			t.Errorf("diff-kontrakt %v: %v", args, err)
		}
	}
	if out, err := differ(t, "--questions", questions, url, "http://127.0.0.1:1/"); err == nil || out != "" {
		t.Errorf("an endpoint that does not answer: %v, %s", err, out)
	}
}
