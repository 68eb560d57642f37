package products

import (
	"bytes"
	"encoding/xml"
	"strconv"

	"aareg/store"
)

// xmlSkriver writes one document, without white space but a line for each record.
type xmlSkriver struct {
	buf *bytes.Buffer
	enc *xml.Encoder
	tre *uttrekksgren
}

func newXMLSkriver(buf *bytes.Buffer, grupper []uttrekksgruppe) *xmlSkriver {
	return &xmlSkriver{buf, xml.NewEncoder(buf), uttrekkstre(grupper)}
}

const uttrekksrot, ferdig = "uttrekk", "ferdig"

func (x *xmlSkriver) begynn() error {
	x.buf.WriteString(xml.Header)
	return x.linje(x.start(uttrekksrot, "xmlns", Uttrekksnavnerom))
}

func (x *xmlSkriver) post(nr int, a *store.HentetArbeidsforhold) error {
	err := x.start("arbeidsforhold", "nr", strconv.Itoa(nr), "statuskode", string(protected(a.Gradering, Komplett)))
	if err == nil {
		err = x.tre.skriv(x, a, 0)
	}
	if err == nil {
		err = x.lukk("arbeidsforhold")
	}
	return x.linje(err)
}

func (x *xmlSkriver) slutt(sum *Uttrekkssum) error {
	attrs := []string{"antall", strconv.Itoa(sum.Antall)}
	for _, kode := range utfallene {
		if n := sum.Utfall[kode]; n > 0 {
			attrs = append(attrs, string(kode), strconv.Itoa(n))
		}
	}
	err := x.start(ferdig, attrs...)
	if err == nil {
		err = x.lukk(ferdig)
	}
	if err == nil {
		err = x.lukk(uttrekksrot)
	}
	return x.linje(err)
}

// linje ends a line, with everything of it in the buffer.
func (x *xmlSkriver) linje(err error) error {
	if err == nil {
		err = x.enc.Flush()
	}
	x.buf.WriteByte('\n')
	return err
}

// start writes a start tag with attributes, name and value in turn.
func (x *xmlSkriver) start(navn string, attrs ...string) error {
	t := xml.StartElement{Name: xml.Name{Local: navn}}
	for i := 0; i < len(attrs); i += 2 {
		t.Attr = append(t.Attr, xml.Attr{Name: xml.Name{Local: attrs[i]}, Value: attrs[i+1]})
	}
	return x.enc.EncodeToken(t)
}

func (x *xmlSkriver) aapne(navn string) error { return x.start(navn) }
func (x *xmlSkriver) lukk(navn string) error {
	return x.enc.EncodeToken(xml.EndElement{Name: xml.Name{Local: navn}})
}
func (x *xmlSkriver) aapneListe(string) error     { return nil }
func (x *xmlSkriver) lukkListe(string) error      { return nil }
func (x *xmlSkriver) aapneLedd(navn string) error { return x.start(navn) }
func (x *xmlSkriver) lukkLedd(navn string) error  { return x.lukk(navn) }

func (x *xmlSkriver) blad(navn, verdi string, _ bool) error {
	if err := x.start(navn); err != nil {
		return err
	}
	if err := x.enc.EncodeToken(xml.CharData(verdi)); err != nil {
		return err
	}
	return x.lukk(navn)
}
