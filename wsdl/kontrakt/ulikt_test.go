package kontrakt

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/beevik/etree"
	"github.com/google/go-cmp/cmp"

	"aareg/wsdl/felt"
)

// kasus is a conformance case, read as a team without Go would: by its path.
type kasus struct {
	navn, operasjon string
	spoersmaal      Spoersmaal
	fasit           Svar
}

// kasusene are all cases; they are read once.
func kasusene(t testing.TB) []kasus {
	t.Helper()
	found, err := lesteKasus()
	if err != nil {
		t.Fatal(err)
	}
	return slices.Clone(found)
}

var lesteKasus = sync.OnceValues(func() ([]kasus, error) {
	paths, err := filepath.Glob("../../fixtures/*/*/request.xml")
	if err != nil || len(paths) < 80 {
		return nil, fmt.Errorf("found %d cases: %w", len(paths), err)
	}
	var found []kasus
	for _, p := range paths {
		dir := filepath.Dir(p)
		c := kasus{operasjon: filepath.Base(filepath.Dir(dir))}
		c.navn = c.operasjon + "/" + filepath.Base(dir)
		if c.operasjon == "feil" {
			c.operasjon = ""
		}
		asked, errAsked := os.ReadFile(p)
		golden, errGolden := os.ReadFile(filepath.Join(dir, "response.xml"))
		if err := errors.Join(errAsked, errGolden); err != nil {
			return nil, err
		}
		c.spoersmaal = Spoersmaal{Navn: c.navn, Operasjon: c.operasjon, Konvolutt: asked, Mediatype: SOAP11}
		c.fasit = Svar{Status: 200, Mediatype: SOAP11, Kropp: golden}
		found = append(found, c)
	}
	return found, nil
})

var mellomElementer = regexp.MustCompile(`>\n *<`)

// paaLinjen is a golden answer as an endpoint sends it, at another time: in one line, with other values where they vary.
func paaLinjen(golden []byte) []byte {
	text := mellomElementer.ReplaceAllString(string(golden), "><")
	text = strings.ReplaceAll(text, "1750000000.0#AAAAAAAAAAAAAAAAAAAAAAAAAAA", "1760000001.7#abcdefghijklmnopqrstuvwxyz+")
	return []byte(strings.ReplaceAll(text, "PT0.001234S", "PT2S"))
}

func TestGoldenAnswerIsWhatIsSentInOneLine(t *testing.T) {
	for _, c := range kasusene(t) {
		sent := c.fasit
		sent.Kropp = paaLinjen(c.fasit.Kropp)
		if found := Fasit(felt.Table(), c.spoersmaal, c.fasit, sent); len(found) > 0 {
			t.Errorf("%s: %v", c.navn, found)
		}
	}
}

// TestEveryRowThatIsEmptiedIsNamed takes a value out of a golden answer for each row of the table that has one.
func TestEveryRowThatIsEmptiedIsNamed(t *testing.T) {
	cases, emptied := kasusene(t), 0
	for i, r := range felt.Table() {
		if r.Retning != felt.Respons || r.IsGroup() {
			continue
		}
		for _, c := range cases {
			doc := etree.NewDocument()
			if c.operasjon != r.Operasjon || doc.ReadFromBytes(c.fasit.Kropp) != nil {
				continue
			}
			leaves := doc.FindElements("/Envelope/Body/*/" + r.Sti)
			at := slices.IndexFunc(leaves, func(e *etree.Element) bool { return e.Text() != "" })
			if at < 0 || doc.FindElement("//Fault") != nil {
				continue
			}
			leaves[at].SetText("")
			text, err := doc.WriteToBytes()
			if err != nil {
				t.Fatal(err)
			}
			got := Fasit(felt.Table(), c.spoersmaal, c.fasit, Svar{Status: 200, Mediatype: SOAP11, Kropp: text})
			if len(got) != 1 || got[0].Rad != i+1 || got[0].Sti != r.Sti || got[0].Regel != "fasit" {
				t.Errorf("row %d, %s of %s: %v", i+1, r.Sti, c.navn, got)
			}
			emptied++
			break
		}
	}
	if emptied != 205 {
		t.Errorf("%d leaves were emptied, want 205", emptied)
	}
}

// listesvar is an answer of hentArbeidsgiver with a list; each row is a name and a type.
func listesvar(rows ...string) string {
	var b strings.Builder
	b.WriteString(`<s:Envelope xmlns:s="` + ns11 + `"><s:Body><a:Arbeidsgiver xmlns:a="urn:a"><navn>ENHET</navn><liste>`)
	for _, r := range rows {
		name, typ, _ := strings.Cut(r, " ")
		b.WriteString("<rad><navn>" + name + "</navn><type>" + typ + "</type></rad>")
	}
	return b.String() + `</liste></a:Arbeidsgiver></s:Body></s:Envelope>`
}

func TestDifferencesAreTheLeavesThatDiffer(t *testing.T) {
	table := []felt.Rad{
		{Operasjon: "hentArbeidsgiver", Retning: felt.Request, Sti: "navn"},
		{Operasjon: "hentArbeidsgiver", Retning: felt.Respons, Sti: "navn"},
		{Operasjon: "hentArbeidsgiver", Retning: felt.Respons, Sti: "liste/rad"},
		{Operasjon: "hentArbeidsgiver", Retning: felt.Respons, Sti: "liste/rad/navn"},
	}
	a := listesvar("Ask x", "Bjørk x", "Eik y", "Furu y")
	text := func(s string) Side { return Side{Finnes: true, Tekst: s} }
	for name, c := range map[string]struct {
		b    string
		want []Ulikhet
	}{
		"the same": {a, nil},
		"a value, and a row with no number": {listesvar("Ask x", "Bjørk x", "Gran z", "Furu y"), []Ulikhet{
			{Rad: 4, Sti: "liste/rad/navn", Sted: "liste/rad[3]/navn", A: text("Eik"), B: text("Gran")},
			{Sti: "liste/rad/type", Sted: "liste/rad[3]/type", A: text("y"), B: text("z")}}},
		"a row too few": {listesvar("Ask x", "Eik y", "Furu y"), []Ulikhet{
			{Rad: 3, Sti: "liste/rad", Sted: "liste/rad[2]", A: Side{Finnes: true, Barn: 2}}}},
		"a row too many, and a value after it": {listesvar("Ask x", "Alm x", "Bjørk x", "Eik y", "Hegg y"), []Ulikhet{
			{Rad: 3, Sti: "liste/rad", Sted: "liste/rad[2]", B: Side{Finnes: true, Barn: 2}},
			{Rad: 4, Sti: "liste/rad/navn", Sted: "liste/rad[4]/navn", A: text("Furu"), B: text("Hegg")}}},
		"a row at another place": {listesvar("Bjørk x", "Eik y", "Furu y", "Ask x"), []Ulikhet{
			{Rad: 3, Sti: "liste/rad", Sted: "liste/rad[1]", A: Side{Finnes: true, Barn: 2}, B: Side{Finnes: true, Barn: 2}, Flyttet: true}}},
		"another spelling": {strings.Replace(a, "<navn>ENHET</navn>", "<Navn>ENHET</Navn>", 1), []Ulikhet{
			{Rad: 2, Sti: "navn", Sted: "navn", A: text("ENHET")},
			{Sti: "Navn", Sted: "Navn", B: text("ENHET")}}},
		"another namespace": {strings.Replace(a, "urn:a", "urn:b", 1), []Ulikhet{
			{Sti: "@navnerom", Sted: "@navnerom", A: text("a urn:a"), B: text("a urn:b")}}},
		"an attribute": {strings.Replace(a, "<navn>ENHET", `<navn id="1">ENHET`, 1), []Ulikhet{
			{Sti: "navn/@id", Sted: "navn/@id", B: text("1")}}},
		"another root": {strings.ReplaceAll(a, "a:Arbeidsgiver", "a:Arbeidstaker"), []Ulikhet{
			{Sti: "@rot", Sted: "@rot", A: text("Arbeidsgiver"), B: text("Arbeidstaker")}}},
		"a header": {strings.Replace(a, "<s:Body>", "<s:Header><x>1</x></s:Header><s:Body>", 1), []Ulikhet{
			{Sti: "Header", Sted: "Header", B: Side{Finnes: true, Barn: 2}}}},
	} {
		got := Ulikheter(table, "hentArbeidsgiver", Svar{Status: 200, Kropp: []byte(a)}, Svar{Status: 200, Kropp: []byte(c.b)})
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestStatusMediaTypeAndSilenceDiffer(t *testing.T) {
	a := Svar{Status: 200, Mediatype: SOAP11, Kropp: []byte(listesvar("Ask x"))}
	for name, c := range map[string]struct {
		want, got Svar
		stier     []string
	}{
		"HTTP status":                      {a, Svar{Status: 500, Mediatype: SOAP11, Kropp: a.Kropp}, []string{"HTTP"}},
		"media type":                       {a, Svar{Status: 200, Mediatype: "text/xml", Kropp: a.Kropp}, []string{"Content-Type"}},
		"neither is known":                 {Svar{Kropp: a.Kropp}, a, nil},
		"no XML":                           {a, Svar{Status: 200, Mediatype: SOAP11, Kropp: []byte("<html>busy")}, []string{"", "Envelope"}},
		"the same that is no XML":          {Svar{Kropp: []byte("busy")}, Svar{Status: 413, Kropp: []byte("busy")}, nil},
		"nothing answered":                 {a, Svar{Feil: "no answer in time"}, []string{""}},
		"nothing was recorded":             {Svar{Feil: "no answer in time"}, a, []string{""}},
		"nothing, for another reason even": {Svar{Feil: "no answer in time"}, Svar{Feil: "the connection was closed"}, nil},
	} {
		var stier []string
		for _, b := range Fasit(nil, Spoersmaal{}, c.want, c.got) {
			stier = append(stier, b.Sti)
			if b.Tekst == "" || b.Regel != "fasit" {
				t.Errorf("%s: %v", name, b)
			}
		}
		slices.Sort(stier)
		if diff := cmp.Diff(c.stier, stier); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestSesjonsidIsNeverShown: it is a secret, in whatever form.
func TestSesjonsidIsNeverShown(t *testing.T) {
	envelope := func(id string) Svar {
		return Svar{Kropp: []byte(`<s:Envelope xmlns:s="` + ns11 + `"><s:Header><Brukersesjon><sesjonsid>` + id +
			`</sesjonsid></Brukersesjon></s:Header><s:Body/></s:Envelope>`)}
	}
	found := Fasit(nil, Spoersmaal{}, envelope("1750000000.0#AAAAAAAAAAAAAAAAAAAAAAAAAAA"), envelope("hemmelig-annen-form"))
	if len(found) != 1 || strings.Contains(found[0].Tekst, "hemmelig") || found[0].Sti != "Header/Brukersesjon/sesjonsid" {
		t.Errorf("%v", found)
	}
}

func FuzzFasit(f *testing.F) {
	for i, c := range kasusene(f) {
		if i%20 == 0 && len(c.fasit.Kropp) < 4000 {
			f.Add(c.fasit.Kropp, paaLinjen(c.fasit.Kropp))
		}
	}
	f.Fuzz(func(t *testing.T, a, b []byte) {
		if len(a)+len(b) > 1<<14 {
			t.Skip("longer than is needed to reach every branch")
		}
		want, got := Svar{Status: 200, Kropp: a}, Svar{Status: 200, Kropp: b}
		if found := Fasit(felt.Table(), Spoersmaal{}, want, want); len(found) > 0 {
			t.Errorf("an answer differs from itself: %v", found)
		}
		found := Fasit(felt.Table(), Spoersmaal{}, want, got)
		if back := Fasit(felt.Table(), Spoersmaal{}, got, want); (len(found) == 0) != (len(back) == 0) {
			t.Errorf("%d differences one way, %d the other", len(found), len(back))
		}
		if bytes.Equal(a, b) && len(found) > 0 {
			t.Errorf("the same bytes differ: %v", found)
		}
	})
}
