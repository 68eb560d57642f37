package soap

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aareg/wsdl"
)

func TestOperationsAreThoseOfTheContract(t *testing.T) {
	want := map[string]string{
		"hentAntallArbeidstakere": "AntallArbeidstakere", "hentArbeidsgiver": "Arbeidsgiver", "hentArbeidstaker": "Arbeidstaker",
		"hentTrefflisteArbeidsgiver": "TrefflisteArbeidsgiver", "hentTrefflisteArbeidstaker": "TrefflisteArbeidstaker",
		"hentArbeidsforhold": "Arbeidsforhold",
	}
	got := map[string]string{}
	for name := range operations {
		got[name] = responseRoot(name)
		if len(wsdl.RequestChildren(name)) == 0 {
			t.Errorf("%s has no children in the contract", name)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestEveryOperationReadsItsQuestionBeforeTheRegister(t *testing.T) {
	s := &service{Server: newServer(t, NewHandler(testConfig(new(logBuffer))))}
	for name := range operations {
		if diff := cmp.Diff(ugyldigSpoersmal, outcomeOf(s.ask11(t, question11("", operationNamed(name, ""))))); diff != "" {
			t.Errorf("empty %s (-want +got):\n%s", name, diff)
		}
	}
}

func TestQuestionIsUnderstoodInEveryDress(t *testing.T) {
	s := newService(t, testOperations)
	const ns = wsdl.NamespaceAareg2
	for name, question := range map[string]string{
		"plain":              taker("<foedselsnr>1</foedselsnr><lovgivning>ny</lovgivning>"),
		"other order":        taker("<lovgivning>ny</lovgivning><foedselsnr>1</foedselsnr>"),
		"default namespace":  `<hentArbeidstaker xmlns="` + ns + `"><foedselsnr>1</foedselsnr><lovgivning>ny</lovgivning></hentArbeidstaker>`,
		"children qualified": taker("<a:foedselsnr>1</a:foedselsnr><a:lovgivning>ny</a:lovgivning>"),
		"no namespace":       `<hentArbeidstaker xmlns="` + ns + `"><foedselsnr xmlns="">1</foedselsnr><lovgivning>ny</lovgivning></hentArbeidstaker>`,
		"white space":        taker("\n <foedselsnr>\r\n\t1 </foedselsnr>\n<lovgivning>\u0020ny\n</lovgivning>\n"),
		"CDATA":              taker("<foedselsnr><![CDATA[1]]></foedselsnr><lovgivning>n<![CDATA[y]]></lovgivning>"),
		"comments":           taker("<!-- --><foedselsnr>1<!-- 2 --></foedselsnr><lovgivning><!-- -->n<!-- -->y</lovgivning>"),
		"references":         taker("<foedselsnr>&#49;</foedselsnr><lovgivning>&#x6e;y</lovgivning>"),
		"xsi:type":           taker(`<foedselsnr xmlns:xsd="http://www.w3.org/2001/XMLSchema" xsi:type="xsd:string">1</foedselsnr><lovgivning>ny</lovgivning>`),
		"other attributes":   taker(`<foedselsnr id="x" s:encodingStyle="y">1</foedselsnr><lovgivning>ny</lovgivning>`),
		"nil is false":       taker(`<foedselsnr xsi:nil="false">1</foedselsnr><lovgivning>ny</lovgivning>`),
		"schemaLocation":     strings.Replace(taker("<foedselsnr>1</foedselsnr><lovgivning>ny</lovgivning>"), ">", ` xsi:schemaLocation="u http://192.0.2.1/x.xsd">`, 1),
		"empty optional":     taker("<foedselsnr>1</foedselsnr><statusArbeidsforhold/><lovgivning>ny</lovgivning>"),
		"nil optional":       taker(`<foedselsnr>1</foedselsnr><statusArbeidsforhold xsi:nil="true"/><lovgivning>ny</lovgivning>`),
		"unknown but empty":  taker("<saksref/><foedselsnr>1</foedselsnr><saksref> </saksref><lovgivning>ny</lovgivning>"),
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(takerAnswer("1", "ny"), s.ask11(t, question11("", question)).body()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestEmptyAndNilElementsAreAbsent(t *testing.T) {
	s := newService(t, testOperations)
	for name, children := range map[string]string{
		"empty": "<foedselsnr/>", "white space": "<foedselsnr> </foedselsnr>", "nil": `<foedselsnr xsi:nil="1"></foedselsnr>`,
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(takerAnswer("", ""), s.ask11(t, question11("", taker(children))).body()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestChildThatBreaksARuleIsNamed(t *testing.T) {
	s := newService(t, testOperations)
	long := strings.Repeat("a", 65)
	for name, c := range map[string]struct{ children, want string }{
		"unknown with content":      {"<fodselsnr>1</fodselsnr>", "Elementet fodselsnr er ukjent."},
		"unknown with children":     {"<x><y/></x>", "Elementet x er ukjent."},
		"unknown with ø":            {"<antallTimerForTimelønnet>1</antallTimerForTimelønnet>", "Elementet antallTimerForTimelønnet er ukjent."},
		"repeated":                  {"<foedselsnr>1</foedselsnr><foedselsnr>1</foedselsnr>", "Elementet foedselsnr er gitt mer enn én gang."},
		"repeated, once empty":      {"<foedselsnr/><foedselsnr>1</foedselsnr>", "Elementet foedselsnr er gitt mer enn én gang."},
		"repeated, once qualified":  {"<a:foedselsnr>1</a:foedselsnr><foedselsnr>1</foedselsnr>", "Elementet foedselsnr er gitt mer enn én gang."},
		"nested":                    {"<foedselsnr><b>1</b></foedselsnr>", "Elementet foedselsnr kan ikke ha elementer i seg."},
		"nested in itself":          {"<foedselsnr><foedselsnr>1</foedselsnr></foedselsnr>", "Elementet foedselsnr kan ikke ha elementer i seg."},
		"other namespace":           {`<u:foedselsnr xmlns:u="u">1</u:foedselsnr>`, "Elementet foedselsnr er i feil navnerom."},
		"other namespace and empty": {`<u:x xmlns:u="u"/>`, "Elementet x er i feil navnerom."},
		"nil with content":          {`<foedselsnr xsi:nil="true">1</foedselsnr>`, "Elementet foedselsnr må være tomt når xsi:nil er true."},
		"nil of no boolean":         {`<foedselsnr xsi:nil="yes"/>`, "Elementet foedselsnr har en ugyldig xsi:nil."},
		"text between":              {"1<foedselsnr>1</foedselsnr>", "Elementet hentArbeidstaker har tekst mellom elementene."},
		"name of another alphabet":  {"<имя>1</имя>", "Elementet (ukjent) er ukjent."},
		"name too long":             {"<" + long + ">1</" + long + ">", "Elementet (ukjent) er ukjent."},
	} {
		t.Run(name, func(t *testing.T) {
			got := s.ask11(t, question11("", taker(c.children)))
			if gruppe, kode, melding := got.feil(); gruppe != "forespoersel" || kode != "ugyldigForespoersel" || melding != c.want {
				t.Errorf("feil = %s/%s %q, want %q", gruppe, kode, melding, c.want)
			}
		})
	}
}

func TestParameterOf256CharactersIsTheLongest(t *testing.T) {
	expectOutcomes(t, xmlType, map[string]struct {
		question string
		want     outcome
	}{
		"256 and white space": {question11("", taker("<lovgivning> "+strings.Repeat("ø", 256)+" </lovgivning>")), komplett200},
		"257":                 {question11("", taker("<lovgivning>"+strings.Repeat("ø", 257)+"</lovgivning>")), stor},
	})
}

func TestOperationIsFoundByItsExpandedNameAlone(t *testing.T) {
	s := newService(t, testOperations)
	actions := [][]string{nil, {""}, {`""`}, {"''"}, {"hentArbeidstaker"}, {`"urn:hentArbeidsgiver"`}, {`"a"`, `"b"`}}
	for i, action := range actions {
		r := s.request(t, http.MethodPost, []string{"/", wsdl.Endpoint}[i%2], xmlType, question11("", taker("<foedselsnr>1</foedselsnr>")))
		r.Header["SOAPAction"] = slices.Clone(action)
		if diff := cmp.Diff(takerAnswer("1", ""), s.do(t, r).body()); diff != "" {
			t.Errorf("SOAPAction %q (-want +got):\n%s", action, diff)
		}
	}
	expectOutcomes(t, xmlType, map[string]struct {
		question string
		want     outcome
	}{
		"unknown":             {question11("", operationNamed("hentAlt", "")), ukjent},
		"wrong case":          {question11("", operationNamed("hentarbeidstaker", "")), ukjent},
		"no namespace":        {question11("", "<hentArbeidstaker/>"), ukjent},
		"other namespace":     {question11("", `<hentArbeidstaker xmlns="`+wsdl.NamespaceWSDL+`"/>`), ukjent},
		"response root":       {question11("", operationNamed("Arbeidstaker", "")), ukjent},
		"prefix of no matter": {question11("", `<soap:hentArbeidstaker xmlns:soap="`+wsdl.NamespaceAareg2+`"/>`), komplett200},
	})
}
