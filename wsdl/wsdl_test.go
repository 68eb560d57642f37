package wsdl

import (
	"net/url"
	"strings"
	"testing"

	"aareg/wsdl/felt"

	"github.com/beevik/etree"
	"github.com/google/go-cmp/cmp"
)

// parse reads an XML document or fails the test.
func parse(t *testing.T, text []byte) *etree.Element {
	t.Helper()
	d := etree.NewDocument()
	if err := d.ReadFromBytes(text); err != nil {
		t.Fatal(err)
	}
	return d.Root()
}

// address is the location that a WSDL gives.
func address(t *testing.T, text []byte) string {
	t.Helper()
	return parse(t, text).FindElement("service/port/soapbind:address").SelectAttrValue("location", "")
}

func TestDocumentsStandAtTheirNamespaces(t *testing.T) {
	for namespace, path := range map[string]string{
		NamespaceWSDL: PathWSDL, NamespaceAareg2: PathAareg2, NamespaceBrukersesjon: PathBrukersesjon,
		NamespaceTransaksjon: PathTransaksjon, NamespaceFeil: PathFeil,
	} {
		for d := range dialects {
			text, ok := Dialekt(d).Document(path, "http://vert:8080")
			if !ok {
				t.Errorf("%s %s: no document", d, path)
				continue
			}
			if got := parse(t, text).SelectAttrValue("targetNamespace", ""); got != namespace {
				t.Errorf("%s %s: target namespace %s, want %s", d, path, got, namespace)
			}
		}
		if u, err := url.Parse(namespace); err != nil || u.Path != path {
			t.Errorf("%s is not the path of %s", path, namespace)
		}
	}
	if _, ok := Document("/xml/NAV/Aareg2/2015-09-21/annet.xsd", ""); ok {
		t.Error("a document where there is none")
	}
}

func TestAddressFollowsTheBase(t *testing.T) {
	const base = `https://vert.example:8443/a&b"<c>`
	text, _ := Document(PathWSDL, base)
	if got := []string{address(t, text), address(t, Flat(base))}; !cmp.Equal(got, []string{base + Endpoint, base + Endpoint}) {
		t.Errorf("addresses %q", got)
	}
	if got := address(t, Flat("http://en")) + " " + address(t, Flat("http://to")); got != "http://en"+Endpoint+" http://to"+Endpoint {
		t.Errorf("one caller's base stayed for the next: %s", got)
	}
}

func TestDialectsAreCalledAsTheTableCallsThem(t *testing.T) {
	if diff := cmp.Diff([]string{string(felt.Spek), string(felt.D2015)}, []string{string(Spek), string(D2015)}); diff != "" {
		t.Errorf("(-table +contract):\n%s", diff)
	}
	for _, other := range []Dialekt{"", "2021"} {
		if diff := cmp.Diff(string(Flat("http://vert")), string(other.Flat("http://vert"))); diff != "" {
			t.Errorf("%q is not taken for spek (-spek +it):\n%s", other, diff)
		}
	}
}

// TestElementsOfTheDialectSayHowTheyAreKnown: whoever reads the schema sees which names are verified and which are inferred.
func TestElementsOfTheDialectSayHowTheyAreKnown(t *testing.T) {
	got := map[string]int{}
	for _, e := range schemaOf(t, felt.D2015).FindElements("//xs:documentation") {
		if _, known, differs := strings.Cut(e.Text(), " (2015-dialekten: "); differs {
			known, _, _ = strings.Cut(known, ";")
			got[known]++
		}
	}
	want := map[string]int{
		"hentAntallAnsatte er sannsynlig, ikke bekreftet":                           1,
		"AntallAnsatte er bekreftet i skjemaet fra 2015":                            1,
		"kommunenr er bekreftet i skjemaet fra 2015":                                1,
		"verdien opphoert er bekreftet i skjemaet fra 2015, og brukes ikke i svar)": 1,
		"verdien opphoert er sannsynlig, ikke bekreftet, og brukes ikke i svar)":    5,
		"opphoert er sannsynlig, ikke bekreftet":                                    3,
		"arbeidstaker er sannsynlig, ikke bekreftet":                                2,
		"antallTimerForTimeloennet er sannsynlig, ikke bekreftet":                   1,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, e := range schemaOf(t, felt.Spek).FindElements("//xs:documentation") {
		if strings.Contains(e.Text(), "2015-dialekten") {
			t.Errorf("the specification's schema speaks of the dialect: %s", e.Text())
		}
	}
}

func TestOnlyTheAddressDiffersBetweenHosts(t *testing.T) {
	a := strings.ReplaceAll(string(Flat("http://en")), "http://en"+Endpoint, "")
	b := strings.ReplaceAll(string(Flat("http://to")), "http://to"+Endpoint, "")
	if diff := cmp.Diff(a, b); diff != "" {
		t.Errorf("more than the address differs:\n%s", diff)
	}
}

func TestCallersCannotChangeTheDocuments(t *testing.T) {
	for _, path := range []string{PathWSDL, PathAareg2, PathBrukersesjon, PathTransaksjon, PathFeil} {
		text, _ := Document(path, "http://vert")
		want := string(text)
		clear(text)
		if again, _ := Document(path, "http://vert"); string(again) != want {
			t.Errorf("%s changed", path)
		}
	}
	clear(RequestChildren("hentArbeidsforhold"))
	if diff := cmp.Diff([]string{"arbeidsforholdId"}, RequestChildren("hentArbeidsforhold")); diff != "" {
		t.Errorf("request children (-want +got):\n%s", diff)
	}
}

func TestRequestChildrenAreTheTablesInBothDialects(t *testing.T) {
	for d := range dialects {
		for i, o := range d.Operations() {
			var want []string
			for _, r := range felt.Declared(felt.Select(d.Table(), o.Navn, felt.Request)) {
				want = append(want, r.Tag)
			}
			if diff := cmp.Diff(want, RequestChildren(felt.Operations()[i].Navn)); diff != "" {
				t.Errorf("%s %s (-table +list):\n%s", d, o.Navn, diff)
			}
		}
	}
	if got := RequestChildren("hentUkjent"); got != nil {
		t.Errorf("an unknown operation has children %q", got)
	}
	if len(children) != len(felt.Operations()) {
		t.Errorf("%d lists of children, want %d", len(children), len(felt.Operations()))
	}
}
