package main

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/beevik/etree"

	"aareg/wsdl/felt"
	"aareg/wsdl/kontrakt"
)

// sabotage is one thing that a server gets wrong, and how that must be reported.
type sabotage struct {
	wrong     func(*svar)
	regel     string
	operasjon string // of the row that must be named, "" when the rule has none
	sti       string // path of that row, or the place that must be named
}

// at does something to the first element at a path of an answer.
func at(respons, path string, do func(*etree.Element)) func(*svar) {
	return func(s *svar) {
		if root := s.root(respons); root != nil {
			if e := root.FindElement(path); e != nil {
				do(e)
			}
		}
	}
}

func rename(tag string) func(*etree.Element) { return func(e *etree.Element) { e.Tag = tag } }

func setText(text string) func(*etree.Element) { return func(e *etree.Element) { e.SetText(text) } }

func drop(e *etree.Element) { e.Parent().RemoveChild(e) }

func double(e *etree.Element) { e.Parent().InsertChildAt(e.Index(), e.Copy()) }

// last puts an element behind all that stand beside it.
func last(e *etree.Element) {
	parent := e.Parent()
	parent.RemoveChild(e)
	parent.AddChild(e)
}

// inFault does something to the first element at a path of a fault.
func inFault(path string, do func(*etree.Element)) func(*svar) {
	return func(s *svar) {
		if e := s.doc.FindElement("/Envelope/Body/Fault/" + path); e != nil {
			do(e)
		}
	}
}

// inHeader does something to the first element at a path of a header.
func inHeader(path string, do func(*etree.Element)) func(*svar) {
	return func(s *svar) {
		if e := s.doc.FindElement("/Envelope/Header/" + path); e != nil {
			do(e)
		}
	}
}

var sabotages = map[string]sabotage{
	"a renamed leaf": {at("Arbeidsgiver", "historikk", rename("historie")), "ukjent_element", "hentArbeidsgiver", "historikk"},
	"a wrong capital in a list": {at("Arbeidsforhold", "arbeidsforhold/arbeidsforhold/Arbeidstaker", rename("arbeidstaker")),
		"ukjent_element", "hentArbeidsforhold", "arbeidsforhold/arbeidsforhold/Arbeidstaker"},
	"a renamed list": {at("Arbeidsgiver", "underenheter", rename("enheter")), "ukjent_element", "hentArbeidsgiver", "underenheter"},
	"a dropped leaf": {at("TrefflisteArbeidstaker", "arbeidstakere/arbeidstaker/alder", drop), "antall",
		"hentTrefflisteArbeidstaker", "arbeidstakere/arbeidstaker/alder"},
	"a dropped list":           {at("Arbeidsgiver", "underenheter", drop), "fasit", "hentArbeidsgiver", "underenheter"},
	"a dropped hit":            {at("TrefflisteArbeidsgiver", "arbeidsgiver", drop), "telling", "hentTrefflisteArbeidsgiver", "antall"},
	"a leaf behind the others": {at("Arbeidstaker", "etternavn", last), "rekkefoelge", "hentArbeidstaker", "etternavn"},
	"a leaf given twice":       {at("AntallArbeidstakere", "navn", double), "antall", "hentAntallArbeidstakere", "navn"},
	"a date in another format": {at("AntallArbeidstakere", "etablert", setText("2001-05-17")), "format", "hentAntallArbeidstakere", "etablert"},
	"a decimal with a comma": {at("Arbeidsforhold", "arbeidsforhold/arbeidsforhold/arbeidsavtaler/arbeidsavtale/stillingsprosent", setText("37,5")),
		"format", "hentArbeidsforhold", "arbeidsforhold/arbeidsforhold/arbeidsavtaler/arbeidsavtale/stillingsprosent"},
	"a boolean with a capital": {at("Arbeidsgiver", "oppoert", setText("False")), "format", "hentArbeidsgiver", "oppoert"},
	"a value of another list": {at("TrefflisteArbeidstaker", "arbeidstakere/arbeidstaker/historisk", setText("true")), "format",
		"hentTrefflisteArbeidstaker", "arbeidstakere/arbeidstaker/historisk"},
	"a text misspelt":                 {at("Arbeidstaker", "etternavn", setText("FjelIstad")), "fasit", "hentArbeidstaker", "etternavn"},
	"a count that is off":             {at("Arbeidstaker", "arbeidsforholdListe/antall", setText("17")), "telling", "hentArbeidstaker", "arbeidsforholdListe/antall"},
	"ingen with data":                 {at("Arbeidstaker", "statuskode", setText("ingen")), "statuskode", "hentArbeidstaker", "statuskode"},
	"a statuskode of another product": {at("Arbeidsforhold", "statuskode", setText("ikke_entydig")), "statuskode", "hentArbeidsforhold", "statuskode"},
	"a statuskode that nobody knows":  {at("Arbeidsgiver", "statuskode", setText("OK")), "format", "hentArbeidsgiver", "statuskode"},
	"two texts for one statuskode":    {at("Arbeidsgiver", "statustekst", setText("Alt vel.")), "statuskode", "hentArbeidsgiver", "statustekst"},
	"an attribute on a leaf":          {at("Arbeidstaker", "fornavn", func(e *etree.Element) { e.CreateAttr("kilde", "x") }), "format", "hentArbeidstaker", "fornavn"},
	"leaves in a namespace":           {at("Arbeidstaker", "fornavn", func(e *etree.Element) { e.Space = "aareg2" }), "ukjent_element", "hentArbeidstaker", "fornavn"},
	"another prefix": {at("Arbeidstaker", ".", func(e *etree.Element) {
		e.Space = "ns1"
		e.CreateAttr("xmlns:ns1", e.SelectAttrValue("xmlns:aareg2", ""))
	}), "konvolutt", "", ""},
	"another namespace":            {at("Arbeidstaker", ".", func(e *etree.Element) { e.CreateAttr("xmlns:aareg2", "urn:x") }), "konvolutt", "", ""},
	"another root":                 {at("Arbeidstaker", ".", rename("ArbeidstakerSvar")), "konvolutt", "", ""},
	"another product":              {inHeader("Transaksjonsinfo/sammendrag/produkt", setText("Aareg")), "hode", "", "Header/Transaksjonsinfo/sammendrag/produkt"},
	"a session id in another form": {inHeader("Brukersesjon/sesjonsid", setText("4711")), "hode", "", "Header/Brukersesjon/sesjonsid"},
	"no Brukersesjon":              {inHeader("Brukersesjon", drop), "hode", "", "Header/Brukersesjon"},
	"no header": {func(s *svar) {
		if e := s.doc.FindElement("/Envelope/Header"); e != nil {
			drop(e)
		}
	}, "hode", "", "Header"},
	"a block of SOAP's own in the header": {inHeader("Brukersesjon", func(e *etree.Element) { e.Parent().CreateElement("soap:Foo") }),
		"hode", "", "Header/Foo"},
	"a header block that must be understood": {inHeader("Brukersesjon", func(e *etree.Element) { e.CreateAttr("soap:mustUnderstand", "1") }),
		"hode", "", "Header/Brukersesjon"},
	"a processing instruction":                         {at("Arbeidstaker", ".", func(e *etree.Element) { e.CreateProcInst("x", "y") }), "konvolutt", "", ""},
	"two elements in the Body":                         {at("Arbeidstaker", ".", double), "konvolutt", "", ""},
	"an answer with HTTP 202":                          {func(s *svar) { s.status = http.StatusAccepted }, "http", "", "status"},
	"a fault with HTTP 200":                            {func(s *svar) { s.status = http.StatusOK }, "http", "", "status"},
	"another Content-Type":                             {func(s *svar) { s.mediatype = "text/xml" }, "http", "", "Content-Type"},
	"a fault without a detail":                         {inFault("detail", drop), "feilform", "", "Fault/detail"},
	"a fault's detail before its code":                 {inFault("detail", func(e *etree.Element) { e.Parent().InsertChildAt(0, e) }), "feilform", "", "Fault/faultcode"},
	"a fault with more in it":                          {inFault("detail", func(e *etree.Element) { e.Parent().CreateElement("ekstra") }), "feilform", "", "Fault/ekstra"},
	"a fault's text in a namespace":                    {inFault("faultstring", func(e *etree.Element) { e.Space = "soap" }), "feilform", "", "Fault/faultstring"},
	"a fault with four fields":                         {inFault("detail/feil/feiltekst", drop), "feilform", "", "Fault/detail/feil"},
	"a fault of another group":                         {inFault("detail/feil/feilgruppekode", setText("system")), "feilform", "", "Fault/detail"},
	"a fault of another code":                          {inFault("detail/feil/feilkode", setText("forStor")), "ventet", "", "statuskode"},
	"a caller's fault that the server takes on itself": {inFault("faultcode", setText("soap:Server")), "feilform", "", "Fault/faultcode"},
}

// TestSabotagedServersAreFound: each is reported as what it is, and the report names the row.
func TestSabotagedServersAreFound(t *testing.T) {
	long(t)
	s := demo(t)
	// A case of each kind is enough, and of each product some.
	some := func(q *kontrakt.Spoersmaal) bool {
		return strings.HasPrefix(q.Navn, "feil/") || slices.ContainsFunc([]string{"komplett", "hovedenhet", "overdra", "mangler", "ingen"},
			func(word string) bool { return strings.Contains(q.Navn, word) })
	}
	if found := violations(judgedRun(t, s.address, false, some)); len(found) > 0 {
		t.Fatalf("with nothing wrong: %v", found)
	}
	for name, wrong := range sabotages {
		row, path := 0, wrong.sti
		for i, r := range felt.Table() {
			if r.Retning == felt.Respons && r.Operasjon == wrong.operasjon && r.Sti == wrong.sti {
				row, path = i+1, ""
			}
		}
		if row == 0 && wrong.operasjon != "" {
			t.Errorf("%s: there is no row %s", name, wrong.sti)
		}
		r := judgedRun(t, proxy(t, s.address, wrong.wrong), false, some)
		if !slices.ContainsFunc(r.Utfall, func(u kontrakt.Utfall) bool {
			return slices.ContainsFunc(u.Brudd, func(b kontrakt.Brudd) bool {
				return b.Regel == wrong.regel && b.Avvik == "" && (row > 0 && b.Rad == row || row == 0 && b.Sti == path)
			})
		}) {
			t.Errorf("%s: no %s at row %d %s, but\n%s", name, wrong.regel, row, wrong.sti, strings.Join(violations(r), "\n"))
		}
		if row > 0 && r.Dekning[row-1].Brudd == 0 {
			t.Errorf("%s: row %d is not counted as violated", name, row)
		}
	}
}
