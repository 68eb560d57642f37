package wsdl

import (
	"slices"
	"strings"
	"testing"

	"aareg/wsdl/felt"

	"github.com/beevik/etree"
	"github.com/google/go-cmp/cmp"
)

const schemaNamespace = "http://www.w3.org/2001/XMLSchema"

// form is a WSDL with the schemas that belong to it.
type form struct {
	dialekt felt.Dialekt
	root    *etree.Element
	schemas []*etree.Element
}

// forms are the WSDLs of both dialects, split and flat.
func forms(t *testing.T) map[string]form {
	t.Helper()
	found := map[string]form{}
	for d := range dialects {
		documents := Dialekt(d).generated()
		flat := parse(t, documents.flat)
		found[string(d)+" split"] = form{d, parse(t, documents.split), allSchemas(t, d)}
		found[string(d)+" flat"] = form{d, flat, flat.SelectElement("types").ChildElements()}
	}
	return found
}

// expanded turns a prefixed name into namespace and local name, by the
// declarations in force at the element.
func expanded(e *etree.Element, qname string) string {
	prefix, local, found := strings.Cut(qname, ":")
	if !found {
		prefix, local = "", qname
	}
	for ; e != nil; e = e.Parent() {
		for _, a := range e.Attr {
			if prefix != "" && a.Space == "xmlns" && a.Key == prefix || prefix == "" && a.Space == "" && a.Key == "xmlns" {
				return "{" + a.Value + "}" + local
			}
		}
	}
	return "{unbound " + prefix + "}" + local
}

// declared are the expanded names that schemas and WSDL declare, by kind.
func declared(root *etree.Element, schemas []*etree.Element) map[string]bool {
	names := map[string]bool{}
	add := func(kind, namespace string, e *etree.Element) {
		names[kind+" {"+namespace+"}"+e.SelectAttrValue("name", "")] = true
	}
	for _, s := range schemas {
		for _, e := range s.ChildElements() {
			kind := map[string]string{"element": "element", "complexType": "type", "simpleType": "type"}[e.Tag]
			add(kind, s.SelectAttrValue("targetNamespace", ""), e)
		}
	}
	for _, e := range root.ChildElements() {
		add(e.Tag, NamespaceWSDL, e)
	}
	for _, builtIn := range []string{"string", "boolean", "integer"} {
		names["type {"+schemaNamespace+"}"+builtIn] = true
	}
	return names
}

// references are the attributes that hold a QName, and what kind they name.
var references = map[string]string{"message": "message", "binding": "binding", "element": "element",
	"type": "type", "base": "type", "ref": "element"}

func TestEveryReferenceResolves(t *testing.T) {
	for form, f := range forms(t) {
		names, checked := declared(f.root, f.schemas), 0
		for _, top := range append([]*etree.Element{f.root}, f.schemas...) {
			for _, e := range top.FindElements(".//*") {
				for _, a := range e.Attr {
					kind, isReference := references[a.Key]
					if !isReference || a.Space != "" {
						continue
					}
					if e.Tag == "binding" {
						kind = "portType"
					}
					checked++
					if name := expanded(e, a.Value); !names[kind+" "+name] {
						t.Errorf("%s: %s of %s: no %s %s", form, a.Key, e.GetPath(), kind, name)
					}
				}
			}
		}
		if checked < 300 {
			t.Errorf("%s: only %d references found", form, checked)
		}
	}
}

func TestEveryOperationIsBound(t *testing.T) {
	for form, f := range forms(t) {
		for _, o := range f.dialekt.Operations() {
			port := f.root.FindElement("portType/operation[@name='" + o.Navn + "']")
			bound := f.root.FindElement("binding/operation[@name='" + o.Navn + "']")
			if port == nil || bound == nil {
				t.Errorf("%s: %s is not in port type and binding", form, o.Navn)
				continue
			}
			got := []string{part(f.root, port, "input"), part(f.root, port, "output"), part(f.root, port, "fault"),
				bound.FindElement("soapbind:operation").SelectAttrValue("soapAction", "none"),
				port.FindElement("output").SelectAttrValue("name", ""), bound.FindElement("output").SelectAttrValue("name", "")}
			want := []string{"spoersmaal {" + NamespaceAareg2 + "}" + o.Navn, "svar {" + NamespaceAareg2 + "}" + o.Respons,
				"feil {" + NamespaceFeil + "}feil", "", o.Respons, o.Respons}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s: %s (-want +got):\n%s", form, o.Navn, diff)
			}
		}
		if got := len(f.root.FindElements("binding/operation")); got != 6 {
			t.Errorf("%s: %d bound operations", form, got)
		}
	}
}

// part is the one part of the message that a direction of an operation names.
func part(root, operation *etree.Element, direction string) string {
	name := strings.TrimPrefix(operation.SelectElement(direction).SelectAttrValue("message", ""), "tns:")
	parts := root.FindElements("message[@name='" + name + "']/part")
	if len(parts) != 1 {
		return "not one part"
	}
	return parts[0].SelectAttrValue("name", "") + " " + expanded(parts[0], parts[0].SelectAttrValue("element", ""))
}

func TestHeadersAreMessagesOfTheirOwn(t *testing.T) {
	want := map[string][]string{"input": {"Brukersesjon", "Transaksjon"}, "output": {"Brukersesjon", "Transaksjonsinfo"}}
	for form, f := range forms(t) {
		for _, operation := range f.root.FindElements("binding/operation") {
			for direction, blocks := range want {
				var got []string
				for _, h := range operation.FindElements(direction + "/soapbind:header") {
					block := h.SelectAttrValue("part", "")
					got = append(got, block)
					one := f.root.FindElements("message[@name='" + block + "Hode']/part[@name='" + block + "'][@element]")
					if h.SelectAttrValue("message", "") != "tns:"+block+"Hode" || len(one) != 1 {
						t.Errorf("%s: header %s has no message of its own", form, block)
					}
				}
				if diff := cmp.Diff(blocks, got); diff != "" {
					t.Errorf("%s: %s of %s (-want +got):\n%s", form, direction, operation.SelectAttrValue("name", ""), diff)
				}
			}
		}
	}
}

func TestDefinitionsDeclareThePrefixesOfTheWire(t *testing.T) {
	for form, f := range forms(t) {
		for prefix, namespace := range map[string]string{PrefixAareg2: NamespaceAareg2, PrefixFeil: NamespaceFeil,
			PrefixBrukersesjon: NamespaceBrukersesjon, PrefixTransaksjon: NamespaceTransaksjon} {
			if got := f.root.SelectAttrValue("xmlns:"+prefix, ""); got != namespace {
				t.Errorf("%s: prefix %s is %q", form, prefix, got)
			}
		}
		if got := f.root.FindElement("jaxws:bindings/jaxws:enableWrapperStyle"); got == nil || got.Text() != "false" {
			t.Errorf("%s: Java would unwrap", form)
		}
	}
}

func TestBothFormsAreOneContract(t *testing.T) {
	contracts := map[string]string{}
	for form, f := range forms(t) {
		d := etree.NewDocumentWithRoot(f.root.Copy())
		d.Root().RemoveChild(d.Root().SelectElement("types"))
		text, err := d.WriteToString()
		if err != nil {
			t.Fatal(err)
		}
		contracts[form] = text
	}
	for d := range dialects {
		if diff := cmp.Diff(contracts[string(d)+" split"], contracts[string(d)+" flat"]); diff != "" || len(contracts) != 4 {
			t.Errorf("%s (-split +flat):\n%s", d, diff)
		}
	}
}

func TestFlatFormCarriesTheSchemasThemselves(t *testing.T) {
	inEachDialect(t, func(t *testing.T, d felt.Dialekt) {
		flat := parse(t, Dialekt(d).Flat("http://vert"))
		types := flat.SelectElement("types").ChildElements()
		for i, alone := range allSchemas(t, d) {
			if diff := cmp.Diff(canonical(t, alone), canonical(t, types[i])); diff != "" {
				t.Errorf("schema %d (-alone +inline):\n%s", i, diff)
			}
		}
		if got := flat.FindElements("//import"); len(got) > 0 {
			t.Errorf("%d imports in the flat form", len(got))
		}
	})
}

func canonical(t *testing.T, e *etree.Element) string {
	t.Helper()
	d := etree.NewDocumentWithRoot(e.Copy())
	d.Indent(1)
	text, err := d.WriteToString()
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestImportsAreRelativeToTheirNamespaces(t *testing.T) {
	inEachDialect(t, importsAreRelative)
}

func importsAreRelative(t *testing.T, d felt.Dialekt) {
	var got []string
	for _, i := range parse(t, Dialekt(d).generated().split).FindElements("types/xsd:schema/xsd:import") {
		namespace, location := i.SelectAttrValue("namespace", ""), i.SelectAttrValue("schemaLocation", "")
		got = append(got, namespace)
		if resolve(t, location) != namespace {
			t.Errorf("%s is imported from %s", namespace, location)
		}
	}
	slices.Sort(got)
	want := []string{NamespaceBrukersesjon, NamespaceTransaksjon, NamespaceFeil, NamespaceAareg2}
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("imports (-want +got):\n%s", diff)
	}
}
