package soap

import (
	"encoding/xml"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aareg/wsdl"
	"aareg/wsdl/bindings"
)

// requests are the generated types of all six.
var requests = []reflect.Type{
	reflect.TypeFor[bindings.HentAntallArbeidstakere](), reflect.TypeFor[bindings.HentArbeidsgiver](), reflect.TypeFor[bindings.HentArbeidstaker](),
	reflect.TypeFor[bindings.HentTrefflisteArbeidsgiver](), reflect.TypeFor[bindings.HentTrefflisteArbeidstaker](),
	reflect.TypeFor[bindings.HentArbeidsforhold](),
}

// TestQuestionIsFilledInAsEncodingXMLFillsIt gives every element of every request a value of its own, and every second
// one only.
func TestQuestionIsFilledInAsEncodingXMLFillsIt(t *testing.T) {
	for _, request := range requests {
		form := formOf(request)
		for step := 1; step <= 2; step++ {
			var given []leaf
			document := "<" + rootOf(request) + ` xmlns="` + wsdl.NamespaceAareg2 + `">`
			for i := 0; i < len(form.children); i += step {
				tag := form.children[i]
				given = append(given, leaf{tag, "value of " + tag, i})
				document += "<" + tag + ">value of " + tag + "</" + tag + ">"
			}
			want, got := reflect.New(request), reflect.New(request)
			if err := xml.Unmarshal([]byte(document+"</"+rootOf(request)+">"), want.Interface()); err != nil {
				t.Fatal(err)
			}
			want.Elem().FieldByName("XMLName").SetZero() // which names what the type is of already
			form.fill(got.Elem(), given)
			if diff := cmp.Diff(want.Interface(), got.Interface()); diff != "" {
				t.Errorf("%v (-encoding/xml +border):\n%s", request, diff)
			}
		}
	}
	if len(requests) != len(operations) {
		t.Errorf("%d requests, %d operations", len(requests), len(operations))
	}
}

func TestTypeThatIsNoRequestIsRefusedAtTheStart(t *testing.T) {
	type hasMore struct {
		XMLName xml.Name `xml:"http://ws.infotorg.no/xml/NAV/Aareg2/2015-09-21/Aareg2.xsd hentArbeidsforhold"`
		Id      *string  `xml:"arbeidsforholdId"`
		More    *string  `xml:"mer"`
	}
	type hasNumber struct {
		XMLName xml.Name `xml:"http://ws.infotorg.no/xml/NAV/Aareg2/2015-09-21/Aareg2.xsd hentArbeidsforhold"`
		Id      int      `xml:"arbeidsforholdId"`
	}
	type lacks struct {
		XMLName xml.Name `xml:"http://ws.infotorg.no/xml/NAV/Aareg2/2015-09-21/Aareg2.xsd hentArbeidsforhold"`
	}
	type unknown struct {
		XMLName xml.Name `xml:"http://ws.infotorg.no/xml/NAV/Aareg2/2015-09-21/Aareg2.xsd hentAlt"`
	}
	for want, c := range map[string]reflect.Type{
		"2 fields": reflect.TypeFor[hasMore](), "is int": reflect.TypeFor[hasNumber](), "no field for": reflect.TypeFor[lacks](),
		"lists 0 elements": reflect.TypeFor[unknown](), "not the type of a request": reflect.TypeFor[leaf](),
	} {
		t.Run(want, func(t *testing.T) {
			defer func() {
				if text, ok := recover().(string); !ok || !strings.Contains(text, want) {
					t.Errorf("panic %q, want one about %q", text, want)
				}
			}()
			formOf(c)
			t.Error("no panic")
		})
	}
}
