package kontrakt

import (
	"bytes"

	"github.com/beevik/etree"

	"aareg/wsdl/felt"
)

// IDialekt writes a question that is spelt as the field specification prints it, and its recorded answer, in a
// dialect. The question is renamed by its bytes, since it need not be well-formed; an answer that cannot be read stays.
func IDialekt(q *Spoersmaal, dialekt felt.Dialekt) {
	if dialekt != felt.D2015 {
		return
	}
	doc := etree.NewDocument()
	readable := doc.ReadFromBytes(q.Fasit) == nil
	rows := dialekt.Table()
	for i, o := range felt.Operations() {
		other := dialekt.Operations()[i]
		q.Konvolutt = bytes.ReplaceAll(q.Konvolutt, []byte(o.Navn), []byte(other.Navn))
		if q.Operasjon == o.Navn {
			q.Operasjon = other.Navn
		}
		if root := doc.FindElement("/Envelope/Body/" + o.Respons); root != nil {
			root.Tag = other.Respons
			tags := map[string]string{}
			for n, r := range felt.Table() {
				if r.Operasjon == o.Navn && r.Retning == felt.Respons {
					tags[r.Sti] = rows[n].Tag
				}
			}
			omdoep(root, "", tags)
		}
	}
	if text, err := doc.WriteToBytes(); readable && err == nil {
		q.Fasit = text
	}
}

// omdoep renames all elements below one by their paths.
func omdoep(parent *etree.Element, sti string, tags map[string]string) {
	for _, e := range parent.ChildElements() {
		at := e.Tag
		if sti != "" {
			at = sti + "/" + e.Tag
		}
		omdoep(e, at, tags)
		if tag := tags[at]; tag != "" {
			e.Tag = tag
		}
	}
}
