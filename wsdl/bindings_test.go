package wsdl_test

import (
	"encoding/xml"
	"testing"

	"aareg/wsdl"
	"aareg/wsdl/bindings"

	"github.com/google/go-cmp/cmp"
)

// The generated request types have exactly these fields, in this order: the
// conversions do not compile otherwise.
var (
	_ = antallArbeidstakere(bindings.HentAntallArbeidstakereType{})
	_ = arbeidsgiver(bindings.HentArbeidsgiverType{})
	_ = arbeidstaker(bindings.HentArbeidstakerType{})
	_ = trefflisteArbeidsgiver(bindings.HentTrefflisteArbeidsgiverType{})
	_ = trefflisteArbeidstaker(bindings.HentTrefflisteArbeidstakerType{})
	_ = arbeidsforhold(bindings.HentArbeidsforholdType{})
)

type antallArbeidstakere struct {
	XMLName xml.Name
	Orgnr   *bindings.PaakrevdArbeidsgivernrType
}

type arbeidsgiver struct {
	XMLName              xml.Name
	ArbeidsgiverId       *bindings.PaakrevdArbeidsgivernrType
	StatusArbeidsforhold *bindings.StatusArbeidsforholdType
	Lovgivning           *bindings.LovgivningType
	Datofra, Datotil     *bindings.DatoInnType
}

type arbeidstaker struct {
	XMLName              xml.Name
	Foedselsnr           *bindings.PaakrevdFoedselsnrType
	StatusArbeidsforhold *bindings.StatusArbeidsforholdType
	Lovgivning           *bindings.LovgivningType
}

type trefflisteArbeidsgiver struct {
	XMLName                        xml.Name
	Orgnavn                        *bindings.TekstType
	Kommunenr                      *bindings.KommunenrType
	Postnr                         *bindings.PostnrType
	Fylkenr                        *bindings.FylkenrType
	InkluderOpphoerte              *bindings.SannUsannInnType
	Etternavn, Fornavn, Mellomnavn *bindings.TekstType
	Fdato                          *bindings.DatoInnType
	Faarfra, Faartil               *bindings.AarType
	Alderfra, Aldertil             *bindings.AlderInnType
	Kjoenn                         *bindings.KjoennType
	Fonetisk                       *bindings.PaakrevdSannUsannInnType
}

type trefflisteArbeidstaker struct {
	XMLName             xml.Name
	Etternavn           *bindings.PaakrevdTekstType
	Fornavn, Mellomnavn *bindings.TekstType
	Fonetisk            *bindings.PaakrevdSannUsannInnType
	Fdato               *bindings.DatoInnType
	Faarfra, Faartil    *bindings.AarType
	Alderfra, Aldertil  *bindings.AlderInnType
	Kjoenn              *bindings.KjoennType
	MaksAntall          *bindings.MaksAntallType
}

type arbeidsforhold struct {
	XMLName          xml.Name
	ArbeidsforholdId *bindings.PaakrevdArbeidsforholdIdType
}

// TestRequestsDecodeChildrenWithAndWithoutNamespace: clients of both kinds are
// alive, and an absent child is told from an empty one.
func TestRequestsDecodeChildrenWithAndWithoutNamespace(t *testing.T) {
	const ns = wsdl.NamespaceAareg2
	for name, text := range map[string]string{
		"none":           `<a:hentArbeidsgiver xmlns:a="` + ns + `"><datofra/><arbeidsgiverId>312345678</arbeidsgiverId></a:hentArbeidsgiver>`,
		"by prefix":      `<a:hentArbeidsgiver xmlns:a="` + ns + `"><a:arbeidsgiverId>312345678</a:arbeidsgiverId><a:datofra/></a:hentArbeidsgiver>`,
		"by default":     `<hentArbeidsgiver xmlns="` + ns + `"><arbeidsgiverId>312345678</arbeidsgiverId><datofra></datofra></hentArbeidsgiver>`,
		"default undone": `<hentArbeidsgiver xmlns="` + ns + `"><arbeidsgiverId xmlns="">312345678</arbeidsgiverId><datofra xmlns=""/></hentArbeidsgiver>`,
	} {
		var got bindings.HentArbeidsgiverType
		if err := xml.Unmarshal([]byte(text), &got); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		id, empty := bindings.PaakrevdArbeidsgivernrType("312345678"), bindings.DatoInnType("")
		want := bindings.HentArbeidsgiverType{XMLName: xml.Name{Space: ns, Local: "hentArbeidsgiver"}, ArbeidsgiverId: &id, Datofra: &empty}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestRequestTypesRefuseAnotherRoot(t *testing.T) {
	var got bindings.HentArbeidsgiverType
	for _, text := range []string{`<hentArbeidsgiver/>`, `<hentArbeidstaker xmlns="` + wsdl.NamespaceAareg2 + `"/>`} {
		if err := xml.Unmarshal([]byte(text), &got); err == nil {
			t.Errorf("%s decoded", text)
		}
	}
}
