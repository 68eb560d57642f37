package wsdl

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"aareg/wsdl/felt"

	"github.com/beevik/etree"
	"github.com/google/go-cmp/cmp"
)

// resolve is the URL of a location that the WSDL at its own namespace names.
func resolve(t *testing.T, location string) string {
	t.Helper()
	base, err := url.Parse(NamespaceWSDL)
	if err != nil {
		t.Fatal(err)
	}
	u, err := base.Parse(location)
	if err != nil {
		t.Fatal(err)
	}
	return u.String()
}

// schemaOf is a dialect's schema of the products.
func schemaOf(t *testing.T, d felt.Dialekt) *etree.Element {
	t.Helper()
	return parse(t, Dialekt(d).generated().schema)
}

// allSchemas are a dialect's four schemas.
func allSchemas(t *testing.T, d felt.Dialekt) []*etree.Element {
	t.Helper()
	return []*etree.Element{parse(t, brukersesjon), parse(t, transaksjon), parse(t, feil), schemaOf(t, d)}
}

// typeNamed finds a named type of a schema.
func typeNamed(schema *etree.Element, qname string) *etree.Element {
	_, local, _ := strings.Cut(qname, ":")
	return schema.FindElement("*[@name='" + local + "'][xs:sequence]")
}

// walk lists the tags below a type, depth first, as the table does.
func walk(schema, typ *etree.Element) []string {
	var tags []string
	for _, e := range typ.FindElements("xs:sequence/xs:element") {
		tags = append(tags, e.SelectAttrValue("name", ""))
		if group := typeNamed(schema, e.SelectAttrValue("type", "")); group != nil {
			tags = append(tags, walk(schema, group)...)
		}
	}
	return tags
}

func TestSchemaDeclaresTheTablesTagsInOrder(t *testing.T) { inEachDialect(t, schemaDeclaresTheTables) }

func schemaDeclaresTheTables(t *testing.T, d felt.Dialekt) {
	schema := schemaOf(t, d)
	for _, o := range d.Operations() {
		for retning, root := range map[string]string{felt.Request: o.Navn, felt.Respons: o.Respons} {
			var want []string
			for _, r := range felt.Declared(felt.Select(d.Table(), o.Navn, retning)) {
				want = append(want, r.Tag)
			}
			global := schema.FindElement("xs:element[@name='" + root + "']")
			if global == nil {
				t.Errorf("no global element %s", root)
				continue
			}
			got := walk(schema, typeNamed(schema, global.SelectAttrValue("type", "")))
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s (-table +schema):\n%s", root, diff)
			}
		}
	}
	local, global := len(schema.FindElements("//xs:sequence/xs:element")), len(schema.FindElements("xs:element"))
	if local != 280 || global != 12 {
		t.Errorf("%d local and %d global elements, want 280 and 12", local, global)
	}
}

func TestSchemasKeepToWhatOldClientsRead(t *testing.T) {
	inEachDialect(t, schemasKeepToWhatOldClientsRead)
}

func schemasKeepToWhatOldClientsRead(t *testing.T, d felt.Dialekt) {
	for _, schema := range allSchemas(t, d) {
		name := schema.SelectAttrValue("targetNamespace", "")
		for _, e := range schema.FindElements("//*") {
			parent := e.Parent()
			switch {
			case slices.Contains([]string{"choice", "all", "any", "group", "import", "include", "attribute"}, e.Tag):
				t.Errorf("%s: %s", name, e.GetPath())
			case e.Tag == "sequence" && parent.Tag != "complexType":
				t.Errorf("%s: a nested sequence", name)
			case (e.Tag == "complexType" || e.Tag == "simpleType") && (parent != schema || e.SelectAttr("name") == nil):
				t.Errorf("%s: an anonymous %s", name, e.Tag)
			case e.SelectAttrValue("type", "") == "xs:duration":
				t.Errorf("%s: %s is a duration", name, e.SelectAttrValue("name", ""))
			case e.Tag == "enumeration" && e.SelectAttrValue("value", "") == "":
				t.Errorf("%s: an empty enumeration value", name)
			}
		}
		if form := schema.SelectAttrValue("elementFormDefault", "unqualified"); form != "unqualified" {
			t.Errorf("%s: children are %s", name, form)
		}
	}
}

// TestStatuskodeIsTheOnlyEnumerationOfAnswers: the 2015 dialect has an eighth value of it.
func TestStatuskodeIsTheOnlyEnumerationOfAnswers(t *testing.T) {
	inEachDialect(t, statuskodeIsTheOnlyEnumeration)
}

func statuskodeIsTheOnlyEnumeration(t *testing.T, d felt.Dialekt) {
	var got []string
	for _, e := range schemaOf(t, d).FindElements("//xs:enumeration") {
		got = append(got, e.Parent().Parent().SelectAttrValue("name", "")+" "+e.SelectAttrValue("value", ""))
	}
	var want []string
	for _, code := range []string{"komplett", "ikke_entydig", "ingen", "fortrolig", "strengt_fortrolig", "trunkert", "utilgjengelig"} {
		want = append(want, "StatuskodeType "+code)
	}
	if d == felt.D2015 {
		want = append(want, "StatuskodeType opphoert")
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("enumerations (-want +got):\n%s", diff)
	}
}

func TestLeavesAreNamedRestrictionsOfString(t *testing.T) {
	inEachDialect(t, leavesAreNamedRestrictions)
}

func leavesAreNamedRestrictions(t *testing.T, d felt.Dialekt) {
	schema := schemaOf(t, d)
	for _, e := range schema.FindElements("//xs:sequence/xs:element") {
		local := strings.TrimPrefix(e.SelectAttrValue("type", ""), "aareg2:")
		if typeNamed(schema, "aareg2:"+local) == nil && schema.FindElement("xs:simpleType[@name='"+local+"']/xs:restriction[@base='xs:string']") == nil {
			t.Errorf("%s is a %q", e.SelectAttrValue("name", ""), local)
		}
	}
}

func TestTypeNamesCannotCollide(t *testing.T) { inEachDialect(t, typeNamesCannotCollide) }

func typeNamesCannotCollide(t *testing.T, d felt.Dialekt) {
	seen := map[string]string{}
	for _, schema := range allSchemas(t, d) {
		for _, e := range schema.ChildElements() {
			name := e.SelectAttrValue("name", "")
			if other, twice := seen[strings.ToLower(name)]; twice && e.Tag != "element" {
				t.Errorf("%s collides with %s", name, other)
			}
			if e.Tag != "element" {
				seen[strings.ToLower(name)] = name
				if !asciiName(name) {
					t.Errorf("type %q does not begin with a capital or is not ASCII", name)
				}
			}
		}
	}
	for _, schema := range allSchemas(t, d) {
		for _, e := range schema.FindElements("xs:element") {
			if name, hit := seen[strings.ToLower(e.SelectAttrValue("name", ""))]; hit {
				t.Errorf("type %s is called like a root", name)
			}
		}
	}
}

func asciiName(s string) bool {
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') {
			return false
		}
	}
	return s != "" && s[0] >= 'A' && s[0] <= 'Z'
}

func TestNoTypeHasTwoElementsOfOneName(t *testing.T) { inEachDialect(t, noTypeHasTwoElementsOfOneName) }

func noTypeHasTwoElementsOfOneName(t *testing.T, d felt.Dialekt) {
	for _, schema := range allSchemas(t, d) {
		for _, typ := range schema.FindElements("xs:complexType") {
			seen := map[string]bool{}
			for _, e := range typ.FindElements("xs:sequence/xs:element") {
				name := strings.ToLower(e.SelectAttrValue("name", ""))
				if seen[name] {
					t.Errorf("%s twice in %s, capitals aside", name, typ.SelectAttrValue("name", ""))
				}
				seen[name] = true
			}
		}
	}
}
