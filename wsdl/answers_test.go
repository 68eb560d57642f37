package wsdl

import (
	"encoding/xml"
	"testing"

	"aareg/wsdl/bindings"
	"aareg/wsdl/felt"

	"github.com/beevik/etree"
	"github.com/google/go-cmp/cmp"
)

// answers are the generated types of the six response roots.
var answers = map[string]func() any{
	"AntallArbeidstakere":    func() any { return new(bindings.AntallArbeidstakereSvarType) },
	"Arbeidsgiver":           func() any { return new(bindings.ArbeidsgiverSvarType) },
	"Arbeidstaker":           func() any { return new(bindings.ArbeidstakerSvarType) },
	"TrefflisteArbeidsgiver": func() any { return new(bindings.TrefflisteArbeidsgiverSvarType) },
	"TrefflisteArbeidstaker": func() any { return new(bindings.TrefflisteArbeidstakerSvarType) },
	"Arbeidsforhold":         func() any { return new(bindings.ArbeidsforholdSvarType) },
}

// TestGeneratedAnswerTypesReadEveryLeaf decodes a full answer, lists of two
// entries included, and writes it again: what was not read is missing then.
func TestGeneratedAnswerTypesReadEveryLeaf(t *testing.T) {
	paths := map[string]bool{}
	for _, o := range felt.Operations() {
		sent := full(felt.Spek, o, felt.Respons, everything)
		text, err := etree.NewDocumentWithRoot(sent).WriteToBytes()
		if err != nil {
			t.Fatal(err)
		}
		answer := answers[o.Respons]()
		if err := xml.Unmarshal(text, answer); err != nil {
			t.Fatal(err)
		}
		again, err := xml.Marshal(answer)
		if err != nil {
			t.Fatal(err)
		}
		want := leaves(sent, "")
		if diff := cmp.Diff(want, leaves(parse(t, again), "")); diff != "" {
			t.Errorf("%s (-sent +read):\n%s", o.Respons, diff)
		}
		for _, leaf := range want {
			paths[o.Respons+leaf.Path] = true
		}
	}
	if len(paths) != 205 {
		t.Errorf("%d different leaves were read, want 205", len(paths))
	}
}

type leaf struct{ Path, Text string }

// leaves lists the elements without children, in document order.
func leaves(e *etree.Element, path string) []leaf {
	var found []leaf
	for _, c := range e.ChildElements() {
		below := leaves(c, path+"/"+c.Tag)
		if len(c.ChildElements()) == 0 {
			below = []leaf{{path + "/" + c.Tag, c.Text()}}
		}
		found = append(found, below...)
	}
	return found
}
