package kilder

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"

	"golang.org/x/text/encoding/charmap"
)

// soapForm is an arbeidsforhold in the XML of the retired SOAP service Arbeidsforhold_v3.
var soapForm = &form{"SOAP v3", lesSOAP}

// soapKonvolutter are the elements that only wrap arbeidsforhold: the envelope and the replies with all in them.
var soapKonvolutter = map[string]bool{
	"Envelope": true, "Body": true, "parameters": true,
	"finnArbeidsforholdPrArbeidsgiverResponse": true, "finnArbeidsforholdPrArbeidstakerResponse": true,
	"hentArbeidsforholdHistorikkResponse": true,
}

// maksXMLdybde is far more than any reply nests.
const maksXMLdybde = 64

// xmlleser walks one or more XML documents, element by element, and never holds more than one arbeidsforhold.
type xmlleser struct {
	d      *xml.Decoder
	vindu  *xmlvindu
	linjer *linjeteller
	fil    string
	nr     int
	koding string   // of the file
	sti    []string // the wrapping elements that are open
	m      *Merknader
	post   func(raa) error
}

// lesXMLfil reads replies of Arbeidsforhold_v3, in an envelope or bare, or arbeidsforhold without any reply.
func lesXMLfil(fil string, r io.Reader, m *Merknader, post func(raa) error) error {
	b := bufio.NewReader(r)
	head, err := b.Peek(256)
	if err != nil && err != io.EOF {
		return err
	}
	l := &xmlleser{fil: fil, koding: xmlkoding(head), m: m, post: post}
	utf8, ok := somUTF8(b, l.koding)
	if !ok {
		return &Feil{Sted: Sted{fil, 1, 1}, Problem: "XML in another encoding than UTF-8, ISO-8859-1 and Windows-1252"}
	}
	l.linjer = &linjeteller{r: utf8, linje: 1}
	l.vindu = &xmlvindu{r: l.linjer}
	l.d = xml.NewDecoder(l.vindu)
	// What the decoder reads is UTF-8 already, whatever the file says that it was.
	l.d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	for {
		switch err := l.neste(); {
		case err == io.EOF:
			return nil
		case err != nil:
			return l.syntaks(err)
		}
	}
}

var xmldeklarasjon = regexp.MustCompile(`^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']`)

// xmlkoding is the encoding that an XML declaration names, in lower case.
func xmlkoding(head []byte) string {
	if named := xmldeklarasjon.FindSubmatch(head); named != nil {
		return strings.ToLower(string(named[1]))
	}
	return "utf-8"
}

func somUTF8(r io.Reader, koding string) (io.Reader, bool) {
	switch koding {
	case "utf-8", "us-ascii":
		return r, true
	case "iso-8859-1":
		return charmap.ISO8859_1.NewDecoder().Reader(r), true
	case "windows-1252":
		return charmap.Windows1252.NewDecoder().Reader(r), true
	}
	return nil, false
}

// neste reads the next thing that is not within an arbeidsforhold, or one arbeidsforhold.
func (l *xmlleser) neste() error {
	start := l.d.InputOffset()
	l.vindu.glem(start)
	token, err := l.d.Token()
	if err != nil {
		return err
	}
	switch token := token.(type) {
	case xml.Directive:
		return feil("", "a document type declaration, which is not read")
	case xml.ProcInst:
		if named := xmlkoding([]byte("<?xml " + string(token.Inst))); token.Target == "xml" && named != l.koding {
			return feil("", "the encoding changes within the file")
		}
	case xml.CharData:
		if len(bytes.TrimSpace(token)) > 0 {
			l.utenPlass("text beside the elements")
		}
	case xml.EndElement:
		l.sti = l.sti[:len(l.sti)-1]
	case xml.StartElement:
		return l.element(token, start)
	}
	return nil
}

func (l *xmlleser) element(token xml.StartElement, start int64) error {
	name := token.Name.Local
	sted := Sted{l.fil, l.linjer.linjeVed(start), l.nr + 1}
	switch {
	case name == "arbeidsforhold":
		l.nr++
		if err := l.d.Skip(); err != nil {
			return err
		}
		return l.post(raa{sted, l.vindu.mellom(start, l.d.InputOffset()), soapForm})
	case name == "Fault":
		return &Feil{Sted: sted, Form: "envelope", Felt: "Fault", Problem: "the source says that it failed; its answer is not whole"}
	case soapKonvolutter[name]:
		if l.sti = append(l.sti, name); len(l.sti) > maksXMLdybde {
			return feil("", "elements nested deeper than any reply")
		}
		for _, a := range nyttElement(token, nil).attr {
			l.utenPlass(name + ".@" + xmlnavn(a.navn))
		}
		return nil
	case len(l.sti) == 0 || l.sti[len(l.sti)-1] == "Body":
		return feil("", "XML that is no reply of Arbeidsforhold_v3; its element: "+xmlnavn(name))
	}
	return l.ved(token)
}

// ved reads what stands beside the arbeidsforhold.
func (l *xmlleser) ved(token xml.StartElement) error {
	e, err := lesElement(l.d, token, nil)
	if err != nil {
		return err
	}
	l.m.form = "envelope"
	if e.navn == "erFiltrert" && (e.tekst == "true" || e.tekst == "1") {
		l.m.bemerk("a reply that was filtered: its source left out what may not be shown")
	}
	e.ulest(l.m)
	return nil
}

func (l *xmlleser) utenPlass(path string) {
	l.m.form = "envelope"
	l.m.utenPlass(path)
}

func (l *xmlleser) syntaks(err error) error {
	var known *Feil
	var syntactic *xml.SyntaxError
	var own *feltfeil
	switch sted := (Sted{l.fil, l.linjer.linjeVed(l.d.InputOffset()), l.nr}); {
	case errors.As(err, &known):
		return err
	case errors.As(err, &own):
		return plasser(err, raa{sted: sted})
	case errors.Is(err, io.ErrUnexpectedEOF), errors.As(err, &syntactic) && syntactic.Msg == "unexpected EOF":
		return &Feil{Sted: sted, Problem: "the file ends in the middle of a record"}
	case syntactic != nil:
		return &Feil{Sted: sted, Problem: "not valid XML"}
	}
	return err
}

// xmlvindu keeps what the decoder has read since the last place that was forgotten, so that an element can be had as it
// stands in the file.
type xmlvindu struct {
	r     io.Reader
	lest  []byte
	start int64 // the place of lest
}

func (v *xmlvindu) Read(p []byte) (int, error) {
	n, err := v.r.Read(p)
	v.lest = append(v.lest, p[:n]...)
	return n, err
}

func (v *xmlvindu) glem(place int64) {
	if past := place - v.start; past > 32<<10 || past == int64(len(v.lest)) {
		v.lest = append(v.lest[:0], v.lest[past:]...)
		v.start = place
	}
}

func (v *xmlvindu) mellom(from, to int64) []byte {
	return bytes.Clone(v.lest[from-v.start : to-v.start])
}
