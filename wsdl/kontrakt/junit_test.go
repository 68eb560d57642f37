package kontrakt

import (
	"strconv"
	"testing"

	"github.com/beevik/etree"
	"github.com/google/go-cmp/cmp"
)

func TestJUnitCountsWhatItHolds(t *testing.T) {
	r := proeve(t)
	doc := etree.NewDocument()
	if err := doc.ReadFromString(rapportAv(t, rapporter(r, Visning{})["JUnit"])); err != nil {
		t.Fatal(err)
	}
	var names []string
	tests, failures := 0, 0
	for _, suite := range doc.Root().SelectElements("testsuite") {
		names = append(names, suite.SelectAttrValue("name", ""))
		got := map[string]string{}
		for attribute, path := range map[string]string{"tests": "testcase", "failures": "testcase/failure", "skipped": "testcase/skipped", "errors": "testcase/error"} {
			got[attribute] = strconv.Itoa(len(suite.FindElements(path)))
			if said := suite.SelectAttrValue(attribute, ""); said != got[attribute] {
				t.Errorf("%s says %s=%s, and has %s", names[len(names)-1], attribute, said, got[attribute])
			}
		}
		tests += len(suite.FindElements("testcase"))
		failures += len(suite.FindElements("testcase/failure"))
	}
	want := []string{"hentAntallArbeidstakere", "hentArbeidsgiver", "hentArbeidstaker", "hentTrefflisteArbeidsgiver",
		"hentTrefflisteArbeidstaker", "hentArbeidsforhold", "feil", "wsdl", "coverage"}
	if d := cmp.Diff(want, names); d != "" {
		t.Errorf("suites (-want +got):\n%s", d)
	}
	broken := 1 // the WSDL
	for _, u := range r.Utfall {
		if n, _ := brutt(u.Brudd); n > 0 {
			broken++
		}
	}
	if tests != len(r.Utfall)+1+281 || failures != broken {
		t.Errorf("%d tests and %d failures, want %d and %d", tests, failures, len(r.Utfall)+1+281, broken)
	}
}

func TestJUnitTellsTheRowAndKeepsWhatIsAccepted(t *testing.T) {
	r := proeve(t)
	r.Utfall = []Utfall{
		{Spoersmaal: Spoersmaal{Navn: "a", Operasjon: "hentArbeidstaker"}, Brudd: []Brudd{
			{Regel: "format", Rad: 138, Sti: "x", Tekst: "<&\x01> \"å\""}, {Regel: "antall", Tekst: "two"}, {Regel: "http", Tekst: "three", Avvik: "known"}}},
		{Spoersmaal: Spoersmaal{Navn: "b", Operasjon: "hentArbeidstaker"}, Brudd: []Brudd{{Regel: "http", Tekst: "three", Avvik: "known"}}},
	}
	doc := etree.NewDocument()
	if err := doc.ReadFromString(rapportAv(t, rapporter(r, Visning{})["JUnit"])); err != nil {
		t.Fatal(err)
	}
	a, b := doc.FindElement("//testcase[@name='a']"), doc.FindElement("//testcase[@name='b']")
	failure := a.SelectElement("failure")
	if got := failure.SelectAttrValue("message", ""); got != "x: <&\uFFFD> \"å\" (and 1 more)" {
		t.Errorf("message %q", got)
	}
	want := "format, row 138 (hentArbeidstaker respons arbeidsforholdListe/arbeidsforhold/begyntdato), at x: <&\uFFFD> \"å\"\nantall: two"
	if d := cmp.Diff(want, failure.Text()); d != "" {
		t.Errorf("failure (-want +got):\n%s", d)
	}
	if b.SelectElement("failure") != nil || b.SelectElement("system-out").Text() != "accepted: http: three (known)" {
		t.Error("what is accepted fails the test, or is not told")
	}
}
