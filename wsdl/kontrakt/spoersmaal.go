package kontrakt

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"aareg/wsdl"
	"aareg/wsdl/felt"
)

// maksSpoersmaal is how many questions a file can hold.
const maksSpoersmaal = 100_000

// LesSpoersmaal reads a file of questions: CSV in UTF-8, a question a line, # before a comment.
//
//	produkt, id, forventet statuskode
//	hentArbeidstaker, 12838049808, komplett
//	2.2, 210000011 statusArbeidsforhold=aktive
//	hentTrefflisteArbeidstaker, etternavn=Åsen fonetisk=true
//
// produkt is an operation, the root of its answer, or the section of the field specification. id is the value of the
// product's first element, pairs of element and value, or both. What is expected is a statuskode or feil:feilkode, and
// may be left out; the heading, too. Names begin with the file's. Errors tell file and line, never an id.
func (d *Dommer) LesSpoersmaal(r io.Reader, file string) ([]Spoersmaal, error) {
	in := newCSV(r)
	var found []Spoersmaal
	for first := true; ; first = false {
		record, err := in.Read()
		if errors.Is(err, io.EOF) {
			if len(found) == 0 {
				return nil, fmt.Errorf("%s: no questions", file)
			}
			return found, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		line, _ := in.FieldPos(0)
		if err := iTegn(record, first); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, line, err)
		}
		if first && strings.EqualFold(strings.TrimSpace(record[0]), "produkt") {
			continue
		}
		q, err := d.linje(record)
		if err == nil && len(found) == maksSpoersmaal {
			err = fmt.Errorf("more than %d questions", maksSpoersmaal)
		}
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, line, err)
		}
		q.Navn = fmt.Sprintf("%s:%d", file, line)
		found = append(found, *q)
	}
}

// linje makes a question of a line.
func (d *Dommer) linje(record []string) (*Spoersmaal, error) {
	if len(record) != 2 && len(record) != 3 {
		return nil, fmt.Errorf("%d columns, want produkt, id and perhaps forventet statuskode, with commas between them", len(record))
	}
	o, err := d.produkt(strings.TrimSpace(record[0]))
	if err != nil {
		return nil, err
	}
	barn, err := d.par(o, record[1])
	if err != nil {
		return nil, err
	}
	q := &Spoersmaal{Operasjon: o.Navn, Mediatype: SOAP11, Konvolutt: konvoluttMed(o, barn)}
	if len(record) == 3 {
		q.Ventet = strings.TrimSpace(record[2])
	}
	if q.Ventet != "" && !slices.Contains(statuskoder[o.Avsnitt], q.Ventet) && !erFeilkode(q.Ventet) {
		return nil, fmt.Errorf("forventet statuskode: § %s has neither such a statuskode nor feil: and such a feilkode", o.Avsnitt)
	}
	if wrong := d.DoemSpoersmaal(q); len(wrong) > 0 {
		return nil, fmt.Errorf("id: %s %s", wrong[0].Sti, wrong[0].Tekst)
	}
	return q, nil
}

func (d *Dommer) produkt(navn string) (felt.Operasjon, error) {
	for _, o := range d.operasjoner {
		if navn == o.Navn || navn == o.Respons || strings.TrimSpace(strings.TrimPrefix(navn, "§")) == o.Avsnitt {
			return o, nil
		}
	}
	return felt.Operasjon{}, errors.New("produkt: there is no such operation")
}

// barnAv is one element of a question.
type barnAv struct{ tag, verdi string }

// par reads the column id. A word with = whose first half is an element of the question begins a pair; other words
// belong to the value before them.
func (d *Dommer) par(o felt.Operasjon, id string) ([]barnAv, error) {
	rows := d.under[plass(o.Navn, felt.Request, "")]
	var found []barnAv
	for word := range strings.FieldsSeq(id) {
		tag, value, isPair := strings.Cut(word, "=")
		known := slices.ContainsFunc(rows, func(r rad) bool { return r.Tag == tag })
		switch {
		case isPair && known:
			found = append(found, barnAv{tag, value})
		case isPair:
			return nil, fmt.Errorf("id: the pair after %d others is of no element that %s has", len(found), o.Navn)
		case len(found) == 0:
			found = append(found, barnAv{rows[0].Tag, word})
		default:
			last := &found[len(found)-1]
			last.verdi = strings.TrimSpace(last.verdi + " " + word)
		}
	}
	if len(found) == 0 {
		return nil, errors.New("id: is empty")
	}
	order := func(b barnAv) int { return slices.IndexFunc(rows, func(r rad) bool { return r.Tag == b.tag }) }
	slices.SortStableFunc(found, func(a, b barnAv) int { return order(a) - order(b) })
	return found, nil
}

// konvoluttMed is the envelope of a question, SOAP 1.1, its elements in the order of the schema.
func konvoluttMed(o felt.Operasjon, barn []barnAv) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, `<soap:Envelope xmlns:soap="%s"><soap:Body><aareg2:%s xmlns:aareg2="%s">`, ns11, o.Navn, wsdl.NamespaceAareg2)
	for _, child := range barn {
		fmt.Fprintf(&b, "<%s>%s</%[1]s>", child.tag, escaped(child.verdi))
	}
	fmt.Fprintf(&b, "</aareg2:%s></soap:Body></soap:Envelope>", o.Navn)
	return b.Bytes()
}

func escaped(text string) string {
	var b strings.Builder
	// A strings.Builder takes every write, so there is no error to handle.
	_ = xml.EscapeText(&b, []byte(text))
	return b.String()
}

// Mediatype is the Content-Type that goes with an envelope, which need not be well-formed.
func Mediatype(konvolutt []byte) string {
	if bytes.Contains(konvolutt, []byte(`"`+ns12+`"`)) {
		return SOAP12
	}
	return SOAP11
}

// Utfallet is the statuskode of an answer, or feil: and the feilkode of a fault.
func Utfallet(svar []byte) (string, error) {
	k, err := aapne(svar)
	if err != nil {
		return "", fmt.Errorf("the answer %w", err)
	}
	for _, at := range [][]string{{"statuskode"}, {"detail", "feil", "feilkode"}, {"Detail", "feil", "feilkode"}, {"faultcode"}, {"Code", "Value"}} {
		if k.innhold == nil {
			break
		}
		if text := textAt(k.innhold, at...); text != "" && at[0] == "statuskode" {
			return text, nil
		} else if text != "" {
			_, local, prefixed := strings.Cut(text, ":")
			if !prefixed {
				local = text
			}
			return "feil:" + local, nil
		}
	}
	return "", errors.New("the answer has neither a statuskode nor a feilkode")
}
