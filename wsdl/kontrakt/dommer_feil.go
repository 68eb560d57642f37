package kontrakt

import (
	"slices"
	"strings"

	"github.com/beevik/etree"

	"aareg/wsdl"
)

// feilgrupper are the feilkoder of each feilgruppekode (contract, "Outcome").
var feilgrupper = map[string][]string{
	"forespoersel": {"ugyldigXml", "ugyldigKonvolutt", "ukjentOperasjon", "ugyldigForespoersel", "forStor"},
	"tilgang":      {"ugyldigBruker", "sesjonUtloept", "ikkeTilgang", "forMangeForespoersler"},
	"system":       {"feilIBackOffice"},
}

// omKonvolutten are the faults of SOAP's own about the envelope, which have no detail (SOAP 1.1, 4.4): they count as
// their own feilkode.
var omKonvolutten = []string{"VersionMismatch", "MustUnderstand"}

// feilfelter are the five strings of a fault's detail, in their order.
var feilfelter = []string{"feilgruppekode", "feilgruppetekst", "feilkode", "feiltekst", "feilmelding"}

// erFeilkode says whether a word is feil:feilkode of a fault that there is.
func erFeilkode(ventet string) bool {
	kode, isFault := strings.CutPrefix(ventet, "feil:")
	return isFault && (gruppeAv(kode) != "" || slices.Contains(omKonvolutten, kode))
}

func gruppeAv(feilkode string) string {
	for gruppe, koder := range feilgrupper {
		if slices.Contains(koder, feilkode) {
			return gruppe
		}
	}
	return ""
}

// feil judges a fault, and is feil: and its feilkode, "" without one.
func (d *dom) feil(k *konvolutt) string {
	if k.innhold.Space != "soap" {
		d.meld("feilform", 0, "Fault", "the prefix is not soap, which old clients read literally")
	}
	d.feildeler(k)
	code, text, detail := deler(k)
	if text == "" {
		d.meld("feilform", 0, "Fault", "there is no faultstring (Reason)")
	}
	if _, local, _ := strings.Cut(code, ":"); slices.Contains(omKonvolutten, local) {
		if detail != nil {
			d.meld("feilform", 0, "Fault/detail", "a fault about the envelope itself has no detail")
		}
		return "feil:" + local
	}
	if detail == nil || len(detail.ChildElements()) != 1 {
		d.meld("feilform", 0, "Fault/detail", "there is not one element in the detail")
		return ""
	}
	feil := detail.ChildElements()[0]
	if feil.Tag != "feil" || feil.NamespaceURI() != wsdl.NamespaceFeil || feil.Space != wsdl.PrefixFeil {
		d.meld("feilform", 0, "Fault/detail", "the element in the detail is not %s:feil of %s", wsdl.PrefixFeil, wsdl.NamespaceFeil)
	}
	d.femFelter(feil)
	gruppe, kode := utdrag(textAt(feil, "feilgruppekode")), utdrag(textAt(feil, "feilkode"))
	if expected := gruppeAv(kode); expected == "" || expected != gruppe {
		d.meld("feilform", 0, "Fault/detail", "feilkode %q does not occur with feilgruppekode %q", kode, gruppe)
	}
	d.feilside(k, code, gruppe, kode)
	d.likTekst("feilform", 0, "feilgruppetekst", gruppe, textAt(feil, "feilgruppetekst"))
	d.likTekst("feilform", 0, "feiltekst", kode, textAt(feil, "feiltekst"))
	if kode == "" {
		return ""
	}
	return "feil:" + kode
}

// The elements of a fault in their order, by version of SOAP: of 1.1 in no namespace, of 1.2 in the envelope's.
var (
	feildeler11 = []string{"faultcode", "faultstring", "faultactor", "detail"}
	feildeler12 = []string{"Code", "Reason", "Node", "Role", "Detail"}
)

// feildeler judges what else a fault has, the order and the namespace of its elements. Which of them are missing or say
// too little is judged apart.
func (d *dom) feildeler(k *konvolutt) {
	left, ns := feildeler11, ""
	if k.is12() {
		left, ns = feildeler12, ns12
	}
	for _, e := range k.innhold.ChildElements() {
		i := slices.Index(left, e.Tag)
		if i < 0 || e.NamespaceURI() != ns || ns == "" && e.Space != "" {
			d.meld("feilform", 0, "Fault/"+utdrag(e.Tag), "has no place there in a fault")
			continue
		}
		left = left[i+1:]
	}
}

// deler are a fault's code with its prefix, its text in words, and its detail, of either version.
func deler(k *konvolutt) (code, text string, detail *etree.Element) {
	if k.is12() {
		return textAt(k.innhold, "Code", "Value"), textAt(k.innhold, "Reason", "Text"), k.innhold.SelectElement("Detail")
	}
	return textAt(k.innhold, "faultcode"), textAt(k.innhold, "faultstring"), k.innhold.SelectElement("detail")
}

// sender says whether a SOAP 1.2 fault is the sender's.
func sender(k *konvolutt) bool {
	code, _, _ := deler(k)
	_, local, _ := strings.Cut(code, ":")
	return local == "Sender"
}

// femFelter judges the five strings: all of them, in their order, none empty, in no namespace.
func (d *dom) femFelter(feil *etree.Element) {
	var tags []string
	for _, e := range feil.ChildElements() {
		tags = append(tags, e.FullTag())
		if e.Text() == "" || len(e.ChildElements()) > 0 || len(e.Attr) > 0 || e.NamespaceURI() != "" {
			d.meld("feilform", 0, "Fault/detail/feil/"+utdrag(e.Tag), "is not a text in an element without namespace and attributes")
		}
	}
	if !slices.Equal(tags, feilfelter) {
		d.meld("feilform", 0, "Fault/detail/feil", "has not %s, in that order", strings.Join(feilfelter, ", "))
	}
}

// feilside judges whose fault it is: the faultcode goes with the feilgruppekode.
func (d *dom) feilside(k *konvolutt, code, gruppe, kode string) {
	client, server := "soap:Client", "soap:Server"
	if k.is12() {
		client, server = "soap:Sender", "soap:Receiver"
	}
	want := client
	if gruppe == "system" {
		want = server
	}
	if code != want {
		d.meld("feilform", 0, "Fault/faultcode", "%q does not go with feilkode %q, which calls for %s", utdrag(code), kode, want)
	}
}
