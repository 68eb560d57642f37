package kilder

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
)

const helt = `<arbeidsforhold><arbeidsforholdIDnav>1</arbeidsforholdIDnav><arbeidsforholdID>Blåbærøya €</arbeidsforholdID>` +
	`<ansettelsesPeriode><periode><fom>2016-05-02</fom></periode></ansettelsesPeriode>` +
	`<arbeidsgiver><orgnummer>219900120</orgnummer></arbeidsgiver><arbeidstaker><ident>05857010142</ident></arbeidstaker></arbeidsforhold>`

func TestXMLIsReadInTheEncodingThatItNames(t *testing.T) {
	withoutEuro := strings.ReplaceAll(helt, " €", "")
	in := func(m *charmap.Charmap, text string) []byte {
		b, err := m.NewEncoder().Bytes([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	for name, test := range map[string]struct {
		text []byte
		want string
	}{
		"none":         {[]byte(helt), "Blåbærøya €"},
		"UTF-8":        {[]byte(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + helt), "Blåbærøya €"},
		"ISO-8859-1":   {in(charmap.ISO8859_1, `<?xml version="1.0" encoding='ISO-8859-1'?>`+withoutEuro), "Blåbærøya"},
		"windows-1252": {in(charmap.Windows1252, "\n"+`<?xml version="1.0" encoding="windows-1252"?>`+helt), "Blåbærøya €"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := lesBytes("x.xml", test.text)
			if err != nil || len(got.poster) != 1 {
				t.Fatalf("error %v, refused %v, %d posts; want one", err, got.feil, len(got.poster))
			}
			if id := got.poster[0].Arbeidsforhold.ID; id != test.want {
				t.Errorf("arbeidsforholdID is %q, want %q", id, test.want)
			}
		})
	}
}

func TestSeveralRepliesMayFollowEachOther(t *testing.T) {
	reply := `<?xml version="1.0"?><hentArbeidsforholdHistorikkResponse><parameters>` + helt + "</parameters></hentArbeidsforholdHistorikkResponse>\n"
	got, err := lesBytes("x.xml", []byte(strings.Repeat(reply, 3)+strings.Repeat(" ", 100<<10)+helt))
	if err != nil || len(got.poster) != 4 || len(got.feil) != 0 {
		t.Fatalf("error %v, refused %v, %d posts; want four", err, got.feil, len(got.poster))
	}
	want := []Sted{{"x.xml", 1, 1}, {"x.xml", 2, 2}, {"x.xml", 3, 3}, {"x.xml", 4, 4}}
	if diff := cmp.Diff(want, got.steder); diff != "" {
		t.Errorf("places (-want +got):\n%s", diff)
	}
}

func TestAFileThatIsNoReplyEndsWithAFeil(t *testing.T) {
	const begin = `<Envelope><Body><finnArbeidsforholdPrArbeidsgiverResponse><parameters>`
	const (
		fault = "the source says that it failed; its answer is not whole"
		cut   = "the file ends in the middle of a record"
		bad   = "not valid XML"
		other = "XML that is no reply of Arbeidsforhold_v3; its element: "
	)
	for name, test := range map[string]struct{ text, problem string }{
		"a document type":      {`<!DOCTYPE arbeidsforhold [<!ENTITY e "x">]>` + helt, "a document type declaration, which is not read"},
		"a fault":              {`<Envelope><Body><Fault><faultstring>x</faultstring></Fault></Body></Envelope>`, fault},
		"another document":     {`<html><body>x</body></html>`, other + "html"},
		"another operation":    {`<Envelope><Body><finnArbeidstakerePrArbeidsgiverResponse/></Body></Envelope>`, other + "finnArbeidstakerePrArbeidsgiverResponse"},
		"another encoding":     {`<?xml version="1.0" encoding="UTF-16"?>` + helt, "XML in another encoding than UTF-8, ISO-8859-1 and Windows-1252"},
		"encodings that vary":  {`<?xml version="1.0" encoding="ISO-8859-1"?>` + helt + `<?xml version="1.0"?>`, "the encoding changes within the file"},
		"cut in an envelope":   {begin + helt, cut},
		"cut in a record":      {begin + helt[:100], cut},
		"cut in a tag":         {begin + helt[:20], cut},
		"tags that do not fit": {begin + `</Body>`, bad},
		"an entity of its own": {begin + `<arbeidsforhold>&e;</arbeidsforhold>`, bad},
		"bytes of no encoding": {"<arbeidsforhold>\xff</arbeidsforhold>", bad},
		"nested without end":   {strings.Repeat("<Envelope>", 1000), "elements nested deeper than any reply"},
		"nested beside":        {`<Envelope>` + strings.Repeat("<Header>", 1000), "elements nested deeper than any reply"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := lesBytes("x.xml", []byte(test.text))
			found := new(Feil)
			if !errors.As(err, &found) || found.Problem != test.problem {
				t.Errorf("error %v, want a Feil: %s", err, test.problem)
			}
		})
	}
}

func TestWhatStandsOutsideElementsIsNamedToo(t *testing.T) {
	avtale := `<arbeidsavtale type="x:FrilansAvtale"/><F05857010142>1</F05857010142>løs tekst</arbeidsforhold>`
	text := `<Envelope id="e1"><Body>løs tekst` + strings.Replace(helt, "</arbeidsforhold>", avtale, 1) + `</Body></Envelope>`
	got, err := lesBytes("x.xml", []byte(text))
	if err != nil || len(got.poster) != 1 {
		t.Fatalf("error %v, refused %v, %d posts; want one", err, got.feil, len(got.poster))
	}
	want := []string{"SOAP v3: ?", "SOAP v3: arbeidsavtale.@type", "SOAP v3: text beside the elements",
		"envelope: Envelope.@id", "envelope: text beside the elements"}
	if diff := cmp.Diff(want, utenPlassNavn(got.m)); diff != "" {
		t.Errorf("without a place (-want +got):\n%s", diff)
	}
}
