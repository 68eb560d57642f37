package kontrakt

import (
	"regexp"
	"slices"
	"strings"

	"github.com/beevik/etree"

	"aareg/wsdl"
)

// The forms of what varies in a header (contract, "Header").
var (
	sesjonsform = regexp.MustCompile(`^[0-9]{10,11}\.[0-9]+#[A-Za-z0-9+/]{27}$`)
	varighet    = regexp.MustCompile(`^PT[0-9]+(\.[0-9]+)?S$`)
)

// hodeblokk is one block that an answer's header has.
type hodeblokk struct{ prefix, namespace, tag string }

var (
	brukersesjon     = hodeblokk{wsdl.PrefixBrukersesjon, wsdl.NamespaceBrukersesjon, "Brukersesjon"}
	transaksjonsinfo = hodeblokk{wsdl.PrefixTransaksjon, wsdl.NamespaceTransaksjon, "Transaksjonsinfo"}
)

// omFeilen are the blocks of SOAP 1.2's own that tell more of a fault about the envelope (SOAP 1.2, 5.4.7 and 5.4.8).
var omFeilen = []string{"Upgrade", "NotUnderstood"}

// hode judges the header. A fault has none when the caller was not identified; whether that is so nobody can tell but
// the recorded answer.
func (d *dom) hode(q *Spoersmaal, asked, k *konvolutt, fault bool) {
	if k.hode == nil {
		if !fault || identifisert(q, k) {
			d.meld("hode", 0, "Header", "there is no header")
		}
		return
	}
	if block := d.blokk(k, brukersesjon); block != nil {
		d.sesjon(block)
	}
	if block := d.blokk(k, transaksjonsinfo); block != nil {
		d.transaksjon(block, asked, fault)
	}
	for _, e := range k.hode.ChildElements() {
		known := slices.ContainsFunc([]hodeblokk{brukersesjon, transaksjonsinfo},
			func(b hodeblokk) bool { return e.Tag == b.tag && e.NamespaceURI() == b.namespace })
		if !known && !(k.is12() && fault && e.NamespaceURI() == ns12 && slices.Contains(omFeilen, e.Tag)) {
			d.meld("hode", 0, "Header/"+utdrag(e.Tag), "is no block of an answer")
		}
	}
}

// identifisert says whether the caller of a question that got a fault was identified, as the recorded answer has it; a
// fault about the login, or that refuses before it, says that it was not.
func identifisert(q *Spoersmaal, fault *konvolutt) bool {
	kode := feilkode(fault)
	if slices.Contains(omInnlogging, kode) || kode == "forMangeForespoersler" {
		return false
	}
	recorded, err := aapne(q.Fasit)
	return err == nil && recorded.hode != nil
}

// blokk is the one block of that name, nil when it has to be reported.
func (d *dom) blokk(k *konvolutt, b hodeblokk) *etree.Element {
	var found []*etree.Element
	for _, e := range k.hode.ChildElements() {
		if e.Tag == b.tag && e.NamespaceURI() == b.namespace {
			found = append(found, e)
		}
	}
	if len(found) != 1 {
		d.meld("hode", 0, "Header/"+b.tag, "occurs %d times", len(found))
		return nil
	}
	if found[0].Space != b.prefix {
		d.meld("hode", 0, "Header/"+b.tag, "the prefix is not %s, which old clients read literally", b.prefix)
	}
	for _, a := range found[0].Attr {
		if a.Space != "xmlns" && a.FullKey() != "xmlns" && a.FullKey() != "autorisasjonsnoekkel" {
			d.meld("hode", 0, "Header/"+b.tag, "has an attribute %s", utdrag(a.FullKey()))
		}
	}
	return found[0]
}

func (d *dom) sesjon(block *etree.Element) {
	const at = "Header/Brukersesjon"
	if a := block.SelectAttr("autorisasjonsnoekkel"); a == nil || a.Value != "" {
		d.meld("hode", 0, at, "has not autorisasjonsnoekkel=\"\"")
	}
	d.deler(block, at, "sesjonsid")
	if !sesjonsform.MatchString(textAt(block, "sesjonsid")) {
		d.meld("hode", 0, at+"/sesjonsid", "has not the form <unix seconds>.<login number>#<27 base64 characters>")
	}
}

// deler reports a block whose elements are not these, in this order. A tag that begins with ? need not be there.
func (d *dom) deler(parent *etree.Element, at string, tags ...string) {
	var got, want []string
	for _, e := range parent.ChildElements() {
		got = append(got, e.FullTag())
	}
	for _, tag := range tags {
		if optional, ok := strings.CutPrefix(tag, "?"); !ok || slices.Contains(got, optional) {
			want = append(want, strings.TrimPrefix(tag, "?"))
		}
	}
	if !slices.Equal(got, want) {
		d.meld("hode", 0, at, "has not %s, in that order", strings.Join(want, ", "))
	}
}

// transaksjon judges Transaksjonsinfo against what the question's Transaksjon asked for.
func (d *dom) transaksjon(block *etree.Element, asked *konvolutt, fault bool) {
	const at = "Header/Transaksjonsinfo"
	wish := oenske(asked)
	if wish == nil {
		wish = etree.NewElement("Transaksjon")
	}
	times, details := "?responstid", "?detaljer"
	if ja(textAt(wish, "visResponstid")) {
		times = "responstid"
	}
	if ja(textAt(wish, "visDetaljer")) {
		details = "detaljer"
	}
	d.deler(block, at, "sammendrag", details)
	sum := block.SelectElement("sammendrag")
	if sum == nil {
		return
	}
	d.deler(sum, at+"/sammendrag", "datakilde", "tjeneste", "produkt", "referanse", "antallTransaksjoner", "debitering", times)
	d.faste(sum, at+"/sammendrag", fault)
	if textAt(sum, "antallTransaksjoner") != "1" {
		d.meld("hode", 0, at+"/sammendrag/antallTransaksjoner", "is not 1")
	}
	if got := sum.SelectElement("referanse"); got != nil {
		given := strings.TrimSpace(textAt(wish, "referanse"))
		if none := slices.ContainsFunc(got.Attr, erNil); got.Text() != given || none != (given == "") {
			d.meld("hode", 0, at+"/sammendrag/referanse", "is neither the question's nor nil where it has none")
		}
	}
	for _, e := range block.FindElements("detaljer/transaksjon") {
		d.faste(e, at+"/detaljer/transaksjon", fault)
	}
	for _, e := range block.FindElements(".//responstid/*") {
		if !varighet.MatchString(e.Text()) {
			d.meld("hode", 0, at+"/responstid", "a time has not the form PT0.001S")
		}
	}
}

// erNil says whether an attribute says that its element has no value.
func erNil(a etree.Attr) bool {
	return a.Key == "nil" && a.NamespaceURI() == nsSkjema+"-instance" && ja(a.Value)
}

// faste judges the elements whose values are fixed. A fault that says that there is no such operation has no produkt.
func (d *dom) faste(sum *etree.Element, at string, fault bool) {
	produkt := d.operasjon.Respons
	if fault && textAt(sum, "produkt") == "" {
		produkt = ""
	}
	for _, f := range []struct{ tag, got, want string }{
		{"datakilde", textAt(sum, "datakilde"), "NAV"},
		{"tjeneste", textAt(sum, "tjeneste"), "Aareg2"},
		{"produkt", textAt(sum, "produkt"), produkt},
		{"debitering/debitert", textAt(sum, "debitering", "debitert"), "0"},
	} {
		if f.got != f.want {
			d.meld("hode", 0, at+"/"+f.tag, "is %q, must be %q", utdrag(f.got), f.want)
		}
	}
}

// oenske is the block Transaksjon of a question, nil without one.
func oenske(asked *konvolutt) *etree.Element {
	if asked == nil || asked.hode == nil {
		return nil
	}
	for _, e := range asked.hode.ChildElements() {
		if e.Tag == "Transaksjon" && e.NamespaceURI() == wsdl.NamespaceTransaksjon {
			return e
		}
	}
	return nil
}

// ja reads a boolean of a question.
func ja(text string) bool {
	text = strings.ToLower(strings.TrimSpace(text))
	return text == "true" || text == "1"
}
