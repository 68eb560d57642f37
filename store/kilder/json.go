package kilder

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// raa is a record as it stands in its file, and how it is read.
type raa struct {
	sted  Sted
	tekst []byte
	form  *form
}

// form is a shape of record.
type form struct {
	navn string
	les  func(tekst []byte, m *Merknader) ([]Post, error)
}

// konvolutter are the keys of objects that only wrap records, with their answers and pages.
var konvolutter = map[string]bool{
	"data": true, "finnArbeidsforhold": true, "finnArbeidsforholdPrArbeidstaker": true, "arbeidsforhold": true,
	"_embedded": true, "enheter": true, "underenheter": true, "oppdaterteEnheter": true, "oppdaterteUnderenheter": true,
	"hentPersonBolk": true,
}

// jsonleser walks a JSON text, values one after the other (NDJSON), lists and envelopes, record by record, and never
// holds more than one record.
type jsonleser struct {
	d      *jsontext.Decoder
	linjer *linjeteller
	fil    string
	nr     int
	lengst int              // the size of the largest record yet, so that the next one needs no growing
	former map[string]*form // by the record's keys, as they were met
	m      *Merknader
	post   func(raa) error
}

func newJSONleser(fil string, m *Merknader, post func(raa) error) *jsonleser {
	return &jsonleser{fil: fil, former: map[string]*form{}, m: m, post: post}
}

// les reads all values there are, from a line on.
func (l *jsonleser) les(r io.Reader, linje int) error {
	l.linjer = &linjeteller{r: r, linje: linje}
	// What is wrong inside a record is found when the record is read, and told with its place there.
	l.d = jsontext.NewDecoder(l.linjer, jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	for {
		switch err := l.verdi(); {
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		}
	}
}

// sted is where the decoder stands.
func (l *jsonleser) sted() Sted { return Sted{l.fil, l.linjer.linjeVed(l.d.InputOffset()), l.nr} }

// verdi reads the next value: a list of records, an envelope, or a record. After the last value of the file it is
// io.EOF.
func (l *jsonleser) verdi() error {
	switch l.d.PeekKind() {
	case '[':
		if _, err := l.d.ReadToken(); err != nil {
			l.nr++
			return l.syntaks(err)
		}
		for l.d.PeekKind() != ']' {
			if err := l.verdi(); err != nil {
				return err
			}
		}
		_, err := l.d.ReadToken()
		return l.syntaks(err)
	case '{':
		return l.objekt()
	case 'n':
		l.m.form = "JSON"
		l.m.bemerk("null in the place of a record")
		return l.syntaks(l.d.SkipValue())
	}
	err := l.d.SkipValue()
	l.nr++
	if err != nil {
		return l.syntaks(err)
	}
	return l.post(raa{l.sted(), nil, &form{"JSON", ikkeObjekt}})
}

func ikkeObjekt([]byte, *Merknader) ([]Post, error) {
	return nil, feil("", "neither an object nor a list")
}

// objekt reads an object. Members that wrap records are walked; the others are put together again: with no wrapped
// records beside them they are a record, else the rest of an envelope.
func (l *jsonleser) objekt() error {
	l.nr++
	if _, err := l.d.ReadToken(); err != nil {
		return l.syntaks(err)
	}
	o := objekt{sted: l.sted(), keys: make([]byte, 0, 256), tom: true}
	o.tekst = append(make([]byte, 0, min(l.lengst, 64<<10)+2), '{')
	for l.d.PeekKind() != '}' {
		if err := l.medlem(&o); err != nil {
			return err
		}
	}
	if _, err := l.d.ReadToken(); err != nil {
		return l.syntaks(err)
	}
	o.tekst = append(bytes.TrimSuffix(o.tekst, []byte{','}), '}')
	switch {
	case o.konvolutt:
	case o.tom:
		l.m.form = "envelope"
		l.m.bemerk("an envelope without records")
	default:
		l.lengst = max(l.lengst, len(o.tekst))
		return l.record(o.sted, o.tekst, o.keys)
	}
	return l.rest(o.sted, o.tekst)
}

// objekt is an object as far as it has been read.
type objekt struct {
	sted      Sted
	tekst     []byte // the members that wrap no records
	keys      []byte // of these members, each with skille behind it
	konvolutt bool   // some members wrap records
	tom       bool   // no member is a record's own
}

const skille = "\xff" // is in no text

// vedKonvolutt are the keys of what stands beside the records of an envelope.
var vedKonvolutt = map[string]bool{"errors": true, "feilmeldinger": true, "extensions": true, "page": true, "_links": true}

func (l *jsonleser) medlem(o *objekt) error {
	name, err := l.d.ReadValue()
	if err != nil {
		return l.syntaks(err)
	}
	start := len(o.keys)
	o.keys, _ = jsontext.AppendUnquote(o.keys, name) // its error is invalid UTF-8, which whoever reads the record finds
	key := o.keys[start:]
	size := len(o.tekst)
	o.tekst = append(append(o.tekst, name...), ':')
	kind := l.d.PeekKind()
	if konvolutter[string(key)] && (kind == '[' || kind == '{' && string(key) != "arbeidsforhold") {
		o.tekst, o.keys = o.tekst[:size], o.keys[:start]
		if !o.konvolutt {
			l.nr-- // an envelope is no record
		}
		o.konvolutt = true
		return l.verdi()
	}
	// A list of records that is null has none: {"data":null,"errors":[…]}.
	o.tom = o.tom && (vedKonvolutt[string(key)] || kind == 'n' && konvolutter[string(key)])
	o.keys = append(o.keys, skille...)
	value, err := l.d.ReadValue()
	if err != nil {
		return l.syntaks(err)
	}
	o.tekst = append(append(o.tekst, value...), ',')
	return nil
}

// kjenteFormer bounds how many keys, and sets of them, are remembered: a file may have any number.
const kjenteFormer = 1000

// record hands over a record with these keys, each with skille behind it.
func (l *jsonleser) record(sted Sted, tekst, keys []byte) error {
	f, known := l.former[string(keys)]
	if !known {
		names := strings.Split(strings.TrimSuffix(string(keys), skille), skille)
		if f = formOf(names); f == nil {
			f = ukjentForm(names)
		}
		if len(l.former) < kjenteFormer {
			l.former[string(keys)] = f
		}
	}
	return l.post(raa{sted, tekst, f})
}

// ukjentForm is the shape of records that nobody knows. It names the first of their keys, as long as these look like
// keys and not like data.
func ukjentForm(keys []string) *form {
	var names []string
	for _, key := range keys {
		if erNavn(key) && len(names) < 20 {
			names = append(names, key)
		}
	}
	problem := "a record of no known shape; its keys: " + strings.Join(names, ", ")
	return &form{"unknown shape", func([]byte, *Merknader) ([]Post, error) { return nil, feil("", problem) }}
}

// rest is what stands beside the records of an envelope. A source that says that it failed has not delivered.
func (l *jsonleser) rest(sted Sted, tekst []byte) error {
	var envelope struct {
		Errors        []jsontext.Value `json:"errors"`
		Feilmeldinger []jsontext.Value `json:"feilmeldinger"`
		Page          jsontext.Value   `json:"page"`
		Links         jsontext.Value   `json:"_links"`
		Rest          jsontext.Value   `json:",embed"`
	}
	err := lesJSON(tekst, &envelope)
	if err == nil && len(envelope.Errors)+len(envelope.Feilmeldinger) > 0 {
		err = feil("errors", "the source says that it failed; its answer is not whole")
	}
	if err != nil {
		return l.post(raa{sted, tekst, &form{"envelope", func([]byte, *Merknader) ([]Post, error) { return nil, err }}})
	}
	l.m.form = "envelope"
	l.m.ukjent("", envelope.Rest)
	return nil
}

// syntaks says what is wrong with a text that is not JSON, and on which line that shows.
func (l *jsonleser) syntaks(err error) error {
	var syntactic *jsontext.SyntacticError
	switch {
	case err == nil || err == io.EOF && l.d.StackDepth() == 0:
		return err
	case err == io.EOF || errors.Is(err, io.ErrUnexpectedEOF):
		return &Feil{Sted: Sted{l.fil, l.linjer.linjeVed(l.linjer.lest - 1), l.nr}, Problem: "the file ends in the middle of a record"}
	case errors.As(err, &syntactic):
		return &Feil{Sted: Sted{l.fil, l.linjer.linjeVed(syntactic.ByteOffset), l.nr}, Problem: "not valid JSON"}
	}
	return fmt.Errorf("import: %s: %w", l.fil, err)
}
