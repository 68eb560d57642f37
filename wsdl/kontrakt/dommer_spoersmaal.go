package kontrakt

import (
	"bytes"
	"errors"
	"strings"

	"github.com/beevik/etree"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"aareg/wsdl"
	"aareg/wsdl/felt"
)

// errUlest says that a question cannot be read, which is no fault where it is meant to be refused.
var errUlest = errors.New("the question cannot be read as a SOAP envelope")

// lesSpoersmaal opens the envelope of a question, whose encoding may be any that the contract has.
func lesSpoersmaal(q *Spoersmaal) (*konvolutt, error) {
	text, err := utf8Av(q.Konvolutt)
	if err != nil {
		return nil, errUlest
	}
	k, err := aapne(text)
	if err != nil {
		return nil, errUlest
	}
	return k, nil
}

// utf8Av is a question in UTF-8 without byte order mark and declaration: it may be UTF-16 or ISO-8859-1 (read as
// Windows-1252), by its mark or its declaration.
func utf8Av(q []byte) ([]byte, error) {
	var err error
	switch {
	case bytes.HasPrefix(q, []byte("\xff\xfe")) || bytes.HasPrefix(q, []byte("\xfe\xff")):
		q, err = unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder().Bytes(q)
	case bytes.HasPrefix(q, []byte("\xef\xbb\xbf")):
		q = q[3:]
	}
	if declaration, rest, found := bytes.Cut(q, []byte("?>")); found && bytes.HasPrefix(declaration, []byte("<?xml")) {
		if latin := bytes.Contains(bytes.ToLower(declaration), []byte("iso-8859-1")); latin && err == nil {
			return charmap.Windows1252.NewDecoder().Bytes(rest)
		}
		q = rest
	}
	return q, err
}

// DoemSpoersmaal judges a question as it is sent: what is wrong with it is the suite's fault or its user's, not the
// endpoint's. One that expects a fault may be as wrong as it likes.
func (d *Dommer) DoemSpoersmaal(q *Spoersmaal) []Brudd {
	if strings.HasPrefix(q.Ventet, "feil:") {
		return nil
	}
	doing := d.newDom(q.Operasjon)
	k, err := lesSpoersmaal(q)
	switch {
	case err != nil:
		doing.meld("konvolutt", 0, "", "%v", err)
	case k.innhold == nil || k.innhold.NamespaceURI() != wsdl.NamespaceAareg2:
		doing.meld("konvolutt", 0, "", "the question has no element of %s in its Body", wsdl.NamespaceAareg2)
	default:
		doing = d.newDom(k.innhold.Tag)
		doing.spoersmaal(k.innhold)
	}
	return doing.brudd()
}

// spoersmaal judges the elements of a question by the rules that contract.md gives for them: any order, in no
// namespace or the root's, white space about values; one that is empty is absent, and if unknown it is ignored.
func (d *dom) spoersmaal(root *etree.Element) {
	if !d.kjent {
		d.meld("ukjent_element", 0, "", "there is no operation %s", utdrag(root.Tag))
		return
	}
	rows := d.under[plass(d.operasjon.Navn, felt.Request, "")]
	seen := map[string]int{}
	for _, child := range root.ChildElements() {
		value := strings.TrimSpace(child.Text())
		if value == "" && len(child.ChildElements()) == 0 {
			continue
		}
		seen[child.Tag]++
		known := false
		for _, r := range rows {
			if r.Tag == child.Tag {
				known = true
				d.spurt(child, r, value, seen[child.Tag])
			}
		}
		if !known {
			d.meld("ukjent_element", 0, utdrag(child.Tag), "has no row in the table")
		}
	}
	for _, r := range rows {
		if r.Krav == "M" && r.Mandatory() && seen[r.Tag] == 0 {
			d.meld("antall", r.nr, r.Sti, "is mandatory, and missing")
		}
	}
}

// spurt judges one element of a question that has a value.
func (d *dom) spurt(e *etree.Element, r rad, value string, times int) {
	if ns := e.NamespaceURI(); ns != "" && ns != wsdl.NamespaceAareg2 {
		d.meld("ukjent_element", r.nr, r.Sti, "is in another namespace than its root")
	}
	switch {
	case times > 1:
		d.meld("antall", r.nr, r.Sti, "is given %d times", times)
	case len(e.ChildElements()) > 0:
		d.meld("format", r.nr, r.Sti, "has elements in it")
	case r.Type == "heltall" && strings.Trim(value, "0123456789") == "":
	case r.Type != "tekst" && !harForm(r.Type, value):
		d.meld("format", r.nr, r.Sti, "is no %s", r.Type)
	}
}
