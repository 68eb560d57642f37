package soap

import (
	"encoding/xml"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"aareg/products"
	"aareg/wsdl"
)

// The header blocks that mean something here. WS-Security is another way to carry the credentials of Brukersesjon.
var (
	brukersesjonName = xml.Name{Space: wsdl.NamespaceBrukersesjon, Local: "Brukersesjon"}
	transaksjonName  = xml.Name{Space: wsdl.NamespaceTransaksjon, Local: "Transaksjon"}
	securityName     = xml.Name{
		Space: "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd",
		Local: "Security",
	}
)

func understandsBlock(n xml.Name) bool {
	return n == brukersesjonName || n == transaksjonName || n == securityName
}

// caller is what the header blocks of a question say: who asks, and how it wants the answer.
type caller struct {
	sesjonsid   string
	bevis       []bevis // of every carrier that has one
	transaksjon transaksjon
}

// transaksjon is the block of that name. saksreferanse and klientip are for the audit log alone; visRaadata is read and
// means nothing: raw data is never shown.
type transaksjon struct {
	referanse                  string
	saksreferanse, klientip    string
	visDetaljer, visResponstid bool
}

// read reads the header blocks that are ours; either may be missing, and they come in any order. The error is a
// *products.InvalidRequest, or a *feil about a limit.
func (c *caller) read(blocks []*element) (err error) {
	for i, block := range blocks {
		if understandsBlock(block.Name) && slices.ContainsFunc(blocks[:i], block.isNamedAs) {
			return &products.InvalidRequest{Tag: block.Name.Local, Problem: "er gitt mer enn én gang"}
		}
		switch block.Name {
		case brukersesjonName:
			err = c.readBrukersesjon(block)
		case transaksjonName:
			err = c.readTransaksjon(block)
		case securityName:
			err = c.readSecurity(block)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// innlogging are the elements that are given together or not at all; delegertBrukernavn only goes with them.
var innlogging = []string{"distribusjonskanal", "systemnavn", "brukernavn", "passord"}

var brukersesjonChildren = append([]string{"delegertBrukernavn", "sesjonsid"}, innlogging...)

// lengths are the limits of the platform's newest schema, in characters.
var lengths = map[string]struct {
	min, max int
	problem  string
}{
	"systemnavn":         {1, 11, "må ha 1 til 11 tegn"},
	"brukernavn":         {4, 255, "må ha 4 til 255 tegn"},
	"delegertBrukernavn": {4, 255, "må ha 4 til 255 tegn"},
	"passord":            {5, 60, "må ha 5 til 60 tegn"},
}

func (c *caller) readBrukersesjon(block *element) error {
	var few [8]leaf
	given, err := leaves(few[:0], block, brukersesjonChildren)
	if err != nil {
		return err
	}
	for _, l := range given {
		limit, limited := lengths[l.tag]
		if n := utf8.RuneCountInString(l.text); limited && (n < limit.min || n > limit.max) {
			return &products.InvalidRequest{Tag: l.tag, Problem: limit.problem}
		}
	}
	switch textOf(given, "distribusjonskanal") {
	case "", "PTP", "GUI", "SSO":
	default:
		return &products.InvalidRequest{Tag: "distribusjonskanal", Problem: "må være PTP, GUI eller SSO"}
	}
	c.sesjonsid = textOf(given, "sesjonsid")
	if len(given) == 0 || len(given) == 1 && c.sesjonsid != "" {
		return nil
	}
	for _, tag := range innlogging {
		if textOf(given, tag) == "" {
			return &products.InvalidRequest{Tag: tag, Problem: "mangler: innlogging krever " + strings.Join(innlogging, ", ")}
		}
	}
	c.bevis = append(c.bevis, bevis{brukernavn: textOf(given, "brukernavn"), passord: textOf(given, "passord")})
	return nil
}

// textOf is the text of an element, "" when it was not given.
func textOf(given []leaf, tag string) string {
	for _, l := range given {
		if l.tag == tag {
			return l.text
		}
	}
	return ""
}

var transaksjonChildren = []string{
	"referanse", "visDetaljer", "visResponstid", "visRaadata", "saksreferanse", "klientip",
}

func (c *caller) readTransaksjon(block *element) error {
	var few [8]leaf
	given, err := leaves(few[:0], block, transaksjonChildren)
	if err != nil {
		return err
	}
	for _, l := range given {
		switch l.tag {
		case "referanse":
			c.transaksjon.referanse = l.text
		case "saksreferanse":
			c.transaksjon.saksreferanse = l.text
		case "klientip":
			c.transaksjon.klientip = l.text
		case "visDetaljer":
			c.transaksjon.visDetaljer, err = parseBool(l)
		case "visResponstid":
			c.transaksjon.visResponstid, err = parseBool(l)
		case "visRaadata":
			_, err = parseBool(l)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// parseBool reads an xs:boolean, and True and False, which old clients write.
func parseBool(l leaf) (bool, error) {
	switch strings.ToLower(l.text) {
	case "true", "1":
		return true, nil
	case "false", "0":
		return false, nil
	}
	return false, &products.InvalidRequest{Tag: l.tag, Problem: "må være true eller false"}
}

// responstid is how long an answer took so far, as Transaksjonsinfo shows it. Back office and register are one
// process, so they show the same time.
type responstid struct {
	total, intern, backOffice time.Duration
}

// appendHeader writes the header of an answer: a fresh session id, and what became of the transaction. produkt is the
// response root, "" when the question named no operation.
func (c *caller) appendHeader(b []byte, sesjonsid, produkt string, tid responstid) []byte {
	b = append(b, `<brukersesjon:Brukersesjon xmlns:brukersesjon="`+wsdl.NamespaceBrukersesjon+
		`" autorisasjonsnoekkel=""><sesjonsid>`...)
	b = append(b, sesjonsid...)
	b = append(b, `</sesjonsid></brukersesjon:Brukersesjon><transaksjon:Transaksjonsinfo xmlns:transaksjon="`+
		wsdl.NamespaceTransaksjon+`"><sammendrag>`...)
	b = appendTjeneste(b, produkt)
	b = c.transaksjon.appendReferanse(b)
	b = append(b, "<antallTransaksjoner>1</antallTransaksjoner>"...)
	b = c.transaksjon.appendKostnad(b, tid)
	b = append(b, "</sammendrag>"...)
	if c.transaksjon.visDetaljer {
		b = append(b, "<detaljer><transaksjon>"...)
		b = appendTjeneste(b, produkt)
		b = c.transaksjon.appendKostnad(b, tid)
		b = append(b, "</transaksjon></detaljer>"...)
	}
	return append(b, "</transaksjon:Transaksjonsinfo>"...)
}

func appendTjeneste(b []byte, produkt string) []byte {
	b = append(b, "<datakilde>NAV</datakilde><tjeneste>Aareg2</tjeneste><produkt>"...)
	return append(append(b, produkt...), "</produkt>"...)
}

func (t transaksjon) appendReferanse(b []byte) []byte {
	if t.referanse == "" {
		return append(b, `<referanse xsi:nil="true"></referanse>`...)
	}
	return append(appendEscaped(append(b, "<referanse>"...), t.referanse), "</referanse>"...)
}

// appendEscaped appends text as xml.EscapeText writes it, which most references have nothing for to escape.
func appendEscaped(b []byte, text string) []byte {
	plain := true
	for i := range len(text) {
		c := text[i]
		plain = plain && (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '-' && c <= '9' || c == ' ' || c == '_')
	}
	if plain {
		return append(b, text...)
	}
	var escaped strings.Builder
	// A strings.Builder cannot fail.
	_ = xml.EscapeText(&escaped, []byte(text))
	return append(b, escaped.String()...)
}

func (t transaksjon) appendKostnad(b []byte, tid responstid) []byte {
	b = append(b, "<debitering><debitert>0</debitert></debitering>"...)
	if !t.visResponstid {
		return b
	}
	b = append(b, "<responstid>"...)
	b = appendDuration(b, "total", tid.total)
	b = appendDuration(b, "intern", tid.intern)
	b = appendDuration(b, "backOffice", tid.backOffice)
	b = appendDuration(b, "datakilde", tid.backOffice)
	return append(b, "</responstid>"...)
}

// appendDuration appends a leaf with a time as an xs:duration in seconds, PT0.001234S.
func appendDuration(b []byte, tag string, d time.Duration) []byte {
	b = append(append(append(b, '<'), tag...), ">PT"...)
	b = strconv.AppendFloat(b, max(d, 0).Seconds(), 'f', 6, 64)
	return append(append(append(b, "S</"...), tag...), '>')
}
