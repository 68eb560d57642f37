package kontrakt

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/beevik/etree"
	"github.com/google/go-cmp/cmp"

	"aareg/wsdl"
	"aareg/wsdl/felt"
)

// judgedWSDL is what is wrong with the WSDL of a server that has these documents by path; that at ?wsdl is "".
func judgedWSDL(t *testing.T, d *Dommer, documents map[string][]byte) []Brudd {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path := r.URL.Path
		if r.URL.RawQuery == "wsdl" {
			path = ""
		}
		text, known := documents[path]
		if !known {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", SOAP11)
		// A client that has gone does not judge.
		_, _ = w.Write(text)
	}))
	defer server.Close()
	found, _ := d.DoemWSDL(context.Background(), &Spoerrer{URL: server.URL + wsdl.Endpoint, Klient: server.Client()})
	return found
}

// flat is the service's own WSDL, changed.
func flat(t *testing.T, change func(definitions *etree.Element)) map[string][]byte {
	t.Helper()
	doc := etree.NewDocument()
	if err := doc.ReadFromBytes(wsdl.Flat("http://localhost")); err != nil {
		t.Fatal(err)
	}
	change(doc.Root())
	text, err := doc.WriteToBytes()
	if err != nil {
		t.Fatal(err)
	}
	return map[string][]byte{"": text}
}

// TestOwnWSDLKeepsTheContract: the flat one, and the split one behind an import, whose schemas are imports of it.
func TestOwnWSDLKeepsTheContract(t *testing.T) {
	split := map[string][]byte{"": fmt.Appendf(nil, `<definitions xmlns="%s"><import namespace="%s" location="%s"/></definitions>`,
		nsWSDL, wsdl.NamespaceWSDL, wsdl.PathWSDL)}
	for _, path := range []string{wsdl.PathWSDL, wsdl.PathAareg2, wsdl.PathBrukersesjon, wsdl.PathTransaksjon, wsdl.PathFeil} {
		split[path], _ = wsdl.Document(path, "http://localhost")
	}
	for form, documents := range map[string]map[string][]byte{"flat": flat(t, func(*etree.Element) {}), "split": split} {
		if diff := cmp.Diff([]string(nil), bruddlinjer(judgedWSDL(t, strenge(), documents))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", form, diff)
		}
	}
}

// sammeSagt are other ways to declare the same.
var sammeSagt = map[string]func(*etree.Element){
	"anonymous types": func(d *etree.Element) {
		for _, e := range d.FindElements("types/schema/element") {
			_, typ, _ := strings.Cut(e.SelectAttrValue("type", ""), ":")
			own := e.Parent().FindElement("complexType[@name='" + typ + "']").Copy()
			own.RemoveAttr("name")
			e.RemoveAttr("type")
			e.AddChild(own)
		}
	},
	"a data block in an optional sequence": func(d *etree.Element) {
		sequence := d.FindElement("types/schema/complexType[@name='AntallArbeidstakereSvarType']/sequence")
		block := etree.NewElement("xs:sequence")
		block.CreateAttr("minOccurs", "0")
		for _, e := range sequence.ChildElements()[2:] {
			if name := e.SelectAttrValue("name", ""); name != "kjoenn" && name != "alder" {
				e.RemoveAttr("minOccurs")
			}
			block.AddChild(e)
		}
		sequence.AddChild(block)
	},
	"a base type": func(d *etree.Element) {
		typ := d.FindElement("types/schema/complexType[@name='ArbeidsforholdSvarType']")
		base := typ.Copy()
		base.CreateAttr("name", "FellesType")
		for _, e := range base.FindElements("sequence/element")[2:] {
			e.Parent().RemoveChild(e)
		}
		typ.Parent().AddChild(base)
		own := typ.SelectElement("sequence")
		for _, e := range own.ChildElements()[:2] {
			own.RemoveChild(e)
		}
		extension := typ.CreateElement("xs:complexContent").CreateElement("xs:extension")
		extension.CreateAttr("base", "aareg2:FellesType")
		extension.AddChild(own)
	},
	"a group": func(d *etree.Element) {
		typ := d.FindElement("types/schema/complexType[@name='HentArbeidstakerType']")
		group := typ.Parent().CreateElement("xs:group")
		group.CreateAttr("name", "Spoerring")
		group.AddChild(typ.SelectElement("sequence"))
		typ.CreateElement("xs:group").CreateAttr("ref", "aareg2:Spoerring")
	},
	"booleans and numbers of XML Schema": func(d *etree.Element) {
		for _, e := range d.FindElements("types/schema/complexType/sequence/element[@type='aareg2:PaakrevdHeltallType']") {
			e.CreateAttr("type", "xs:int")
		}
	},
}

// TestOtherServersWSDLsAreRead: prefixes, anonymous types, nested and optional sequences, groups and extensions say
// the same in another way.
func TestOtherServersWSDLsAreRead(t *testing.T) {
	for name, change := range sammeSagt {
		if diff := cmp.Diff([]string(nil), bruddlinjer(judgedWSDL(t, strenge(), flat(t, change)))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	text := strings.NewReplacer("xs:", "s:", ":xs=", ":s=", "aareg2:", "t:", ":aareg2=", ":t=", "soapbind:", "q:", ":soapbind=", ":q=").
		Replace(string(wsdl.Flat("http://localhost")))
	if diff := cmp.Diff([]string(nil), bruddlinjer(judgedWSDL(t, strenge(), map[string][]byte{"": []byte(text)}))); diff != "" {
		t.Errorf("other prefixes (-want +got):\n%s", diff)
	}
}

// TestEveryRowIsMissedInTheWSDL renames the declaration of each row, one at a time: the report names the row.
func TestEveryRowIsMissedInTheWSDL(t *testing.T) {
	d := strenge()
	w := &wsdldom{dom: d.newDom("")}
	doc := etree.NewDocument()
	if err := doc.ReadFromBytes(wsdl.Flat("http://localhost")); err != nil {
		t.Fatal(err)
	}
	w.skjema = skjemaAv(doc.FindElements("definitions/types/schema"))
	renamed := 0
	for _, o := range felt.Operations() {
		for retning, root := range map[string]string{felt.Request: o.Navn, felt.Respons: o.Respons} {
			for _, r := range felt.Declared(felt.Select(felt.Table(), o.Navn, retning)) {
				e := w.skjema.elementer[qnavn{wsdl.NamespaceAareg2, root}]
				for tag := range strings.SplitSeq(r.Sti, "/") {
					inside := w.skjema.innhold(w.skjema.komplekstype(e))
					e = inside[slices.IndexFunc(inside, func(k deklarasjon) bool { return k.navn == tag })].element
				}
				e.CreateAttr("name", "x"+r.Tag)
				w.dom = d.newDom(o.Navn)
				w.dokument(o, retning, root)
				e.CreateAttr("name", r.Tag)
				renamed++
				if found := w.brudd(); !slices.ContainsFunc(found, func(b Brudd) bool { return b.Rad > 0 && d.rader[b.Rad-1].Sti == r.Sti }) {
					t.Errorf("%s %s %s renamed: %v", o.Navn, retning, r.Sti, bruddlinjer(found))
				}
			}
		}
	}
	if renamed != 280 {
		t.Errorf("%d rows renamed", renamed)
	}
}

// inWSDL does something to the first element at a path of a WSDL.
func inWSDL(path string, do func(e *etree.Element)) func(*etree.Element) {
	return func(d *etree.Element) { do(d.FindElement(path)) }
}

func attribute(name, value string) func(*etree.Element) {
	return func(e *etree.Element) { e.CreateAttr(name, value) }
}

func removed(e *etree.Element) { e.Parent().RemoveChild(e) }

// TestSabotagedWSDLsAreFound: each promise of the WSDL broken by itself is reported where it is.
func TestSabotagedWSDLsAreFound(t *testing.T) {
	leaf := func(typ, name string) string {
		return "types/schema/complexType[@name='" + typ + "']/sequence/element[@name='" + name + "']"
	}
	for name, c := range map[string]struct {
		change func(*etree.Element)
		want   string
	}{
		"no operation":      {inWSDL("portType/operation[@name='hentArbeidsgiver']", removed), "wsdl 0 portType/hentArbeidsgiver"},
		"not bound":         {inWSDL("binding/operation[@name='hentArbeidsgiver']", removed), "wsdl 0 binding/hentArbeidsgiver"},
		"another answer":    {inWSDL("message[@name='hentArbeidsgiverResponse']/part", attribute("element", "aareg2:Arbeidstaker")), "wsdl 0 portType/hentArbeidsgiver/output"},
		"two parts":         {inWSDL("message[@name='hentArbeidsgiverRequest']/part", func(e *etree.Element) { e.Parent().AddChild(e.Copy()) }), "wsdl 0 portType/hentArbeidsgiver/input"},
		"no fault":          {inWSDL("portType/operation[@name='hentArbeidsgiver']/fault", removed), "wsdl 0 portType/hentArbeidsgiver/fault"},
		"another transport": {inWSDL("binding/binding", attribute("transport", "urn:x")), "wsdl 0 binding/hentArbeidsgiver"},
		"a value too many": {inWSDL("types/schema/simpleType[@name='StatuskodeType']/restriction", func(e *etree.Element) {
			e.CreateElement("xs:enumeration").CreateAttr("value", "ukjent")
		}), "wsdl 35 statuskode"},
		"rpc":                 {inWSDL("binding/binding", attribute("style", "rpc")), "wsdl 0 binding/hentArbeidsgiver"},
		"encoded":             {inWSDL("binding/operation[@name='hentArbeidsgiver']/input/body", attribute("use", "encoded")), "wsdl 0 binding/hentArbeidsgiver/input"},
		"a header left out":   {inWSDL("binding/operation[@name='hentArbeidsgiver']/output/header", removed), "wsdl 0 binding/hentArbeidsgiver/output"},
		"no address":          {inWSDL("service/port/address", removed), "wsdl 0 service/port/address"},
		"no host":             {inWSDL("service/port/address", attribute("location", "/ws")), "wsdl 0 service/port/address"},
		"a leaf in a place":   {inWSDL(leaf("ArbeidsgiverSvarType", "historikk"), func(e *etree.Element) { e.Parent().InsertChildAt(0, e) }), "wsdl 63 historikk"},
		"a leaf too many":     {inWSDL(leaf("ArbeidsgiverSvarType", "historikk"), func(e *etree.Element) { c := e.Copy(); c.CreateAttr("name", "ny"); e.Parent().AddChild(c) }), "wsdl 0 ny"},
		"one of a list":       {inWSDL(leaf("ArbeidsgiverUnderenheterType", "underenhet"), func(e *etree.Element) { e.RemoveAttr("maxOccurs") }), "wsdl 66 underenheter/underenhet"},
		"many of a leaf":      {inWSDL(leaf("ArbeidsgiverSvarType", "historikk"), attribute("maxOccurs", "unbounded")), "wsdl 63 historikk"},
		"an optional leaf":    {inWSDL(leaf("ArbeidsgiverUnderenheterUnderenhetType", "navn"), attribute("minOccurs", "0")), "wsdl 69 underenheter/underenhet/navn"},
		"a mandatory element": {inWSDL(leaf("HentArbeidsgiverType", "lovgivning"), func(e *etree.Element) { e.RemoveAttr("minOccurs") }), "wsdl 32 lovgivning"},
		"another date":        {inWSDL(leaf("ArbeidsgiverSvarType", "etablert"), attribute("type", "aareg2:DatoType")), "wsdl 57 etablert"},
		"never empty":         {inWSDL(leaf("ArbeidsgiverSvarType", "navn"), attribute("type", "aareg2:PaakrevdTekstType")), "wsdl 40 navn"},
		"any text":            {inWSDL(leaf("ArbeidsgiverSvarType", "historikk"), attribute("type", "aareg2:TekstType")), "wsdl 63 historikk"},
		"a count left empty":  {inWSDL(leaf("ArbeidsgiverUnderenheterType", "antall"), attribute("type", "aareg2:HeltallType")), "wsdl 65 underenheter/antall"},
		"another import": {inWSDL("types/schema", func(e *etree.Element) {
			e.CreateElement("xs:import").CreateAttr("schemaLocation", "http://192.0.2.1/x.xsd")
		}), "wsdl 0 "},
		"an import that is not there": {inWSDL("types/schema", func(e *etree.Element) { e.CreateElement("xs:import").CreateAttr("schemaLocation", "/x.xsd") }),
			"wsdl 0 "},
		"leaves in a namespace": {func(d *etree.Element) {
			for _, s := range d.FindElements("types/schema") {
				s.CreateAttr("elementFormDefault", "qualified")
			}
		}, "wsdl 40 navn"},
	} {
		found := bruddlinjer(judgedWSDL(t, strenge(), flat(t, c.change)))
		if !slices.Contains(found, c.want) {
			t.Errorf("%s: no %s, but %v", name, c.want, found)
		}
	}
	for name, documents := range map[string]map[string][]byte{
		"none": {}, "no XML": {"": []byte("hello")}, "another document": {"": []byte("<html/>")},
	} {
		if diff := cmp.Diff([]string{"wsdl 0 "}, bruddlinjer(judgedWSDL(t, strenge(), documents))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestDeclaredDeviationIsOneOfTheWSDLToo: what answers may spell or write otherwise, the schema may declare so.
func TestDeclaredDeviationIsOneOfTheWSDLToo(t *testing.T) {
	change := func(d *etree.Element) {
		typ := "types/schema/complexType[@name='ArbeidsgiverSvarType']/sequence/element"
		d.FindElement(typ+"[@name='oppoert']").CreateAttr("name", "opphoert")
		d.FindElement(typ+"[@name='etablert']").CreateAttr("type", "aareg2:DatoType")
	}
	avvik := "ukjent_element,hentArbeidsgiver,oppoert,opphoert,why\nformat,hentArbeidsgiver,etablert,dato_åååå-mm-dd,because"
	for name, c := range map[string]struct {
		avvik []Avvik
		want  []string
	}{
		"declared":     {avvikene(t, avvik), []string{"wsdl 57 etablert (because)", "wsdl 60 oppoert (why)"}},
		"not declared": {nil, []string{"wsdl 57 etablert", "wsdl 60 oppoert", "wsdl 0 opphoert"}},
	} {
		found := bruddlinjer(judgedWSDL(t, strenge(c.avvik...), flat(t, change)))
		if diff := cmp.Diff(c.want, slices.Compact(found)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestTypeThatHoldsItselfEnds: a group of two references to itself, which would be gone through for ever.
func TestTypeThatHoldsItselfEnds(t *testing.T) {
	found := judgedWSDL(t, strenge(), flat(t, func(d *etree.Element) {
		typ := d.FindElement("types/schema/complexType[@name='ArbeidsgiverSvarType']")
		ring := typ.Parent().CreateElement("xs:group")
		ring.CreateAttr("name", "Ring")
		inside := ring.CreateElement("xs:sequence")
		for range 2 {
			inside.CreateElement("xs:group").CreateAttr("ref", "aareg2:Ring")
		}
		typ.SelectElement("sequence").InsertChildAt(0, inside.Copy())
	}))
	if !slices.Contains(bruddlinjer(found), "wsdl 35 statuskode") {
		t.Errorf("the rows behind it are not missed: %v", bruddlinjer(found))
	}
}
