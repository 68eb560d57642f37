package products

import (
	"bytes"

	"github.com/go-json-experiment/json/jsontext"

	"aareg/store"
)

// jsonSkriver writes an object for each record, a line each.
type jsonSkriver struct {
	enc *jsontext.Encoder
	tre *uttrekksgren
}

func newJSONSkriver(buf *bytes.Buffer, grupper []uttrekksgruppe) *jsonSkriver {
	// What is not UTF-8 becomes U+FFFD, as in the answers of the products.
	return &jsonSkriver{jsontext.NewEncoder(buf, jsontext.AllowInvalidUTF8(true)), uttrekkstre(grupper)}
}

func (j *jsonSkriver) begynn() error { return nil }

func (j *jsonSkriver) post(nr int, a *store.HentetArbeidsforhold) error {
	err := j.tokens(jsontext.BeginObject, jsontext.String("nr"), jsontext.Int(int64(nr)),
		jsontext.String("statuskode"), jsontext.String(string(protected(a.Gradering, Komplett))))
	if err == nil {
		err = j.tre.skriv(j, a, 0)
	}
	if err != nil {
		return err
	}
	return j.tokens(jsontext.EndObject)
}

func (j *jsonSkriver) slutt(sum *Uttrekkssum) error {
	tokens := []jsontext.Token{jsontext.BeginObject, jsontext.String("ferdig"), jsontext.True,
		jsontext.String("antall"), jsontext.Int(int64(sum.Antall)), jsontext.String("utfall"), jsontext.BeginObject}
	for _, kode := range utfallene {
		if n := sum.Utfall[kode]; n > 0 {
			tokens = append(tokens, jsontext.String(string(kode)), jsontext.Int(int64(n)))
		}
	}
	return j.tokens(append(tokens, jsontext.EndObject, jsontext.EndObject)...)
}

func (j *jsonSkriver) tokens(tokens ...jsontext.Token) error {
	for _, t := range tokens {
		if err := j.enc.WriteToken(t); err != nil {
			return err
		}
	}
	return nil
}

func (j *jsonSkriver) aapne(navn string) error {
	return j.tokens(jsontext.String(navn), jsontext.BeginObject)
}
func (j *jsonSkriver) lukk(string) error { return j.tokens(jsontext.EndObject) }
func (j *jsonSkriver) aapneListe(navn string) error {
	return j.tokens(jsontext.String(navn), jsontext.BeginArray)
}
func (j *jsonSkriver) lukkListe(string) error { return j.tokens(jsontext.EndArray) }
func (j *jsonSkriver) aapneLedd(string) error { return j.tokens(jsontext.BeginObject) }
func (j *jsonSkriver) lukkLedd(string) error  { return j.tokens(jsontext.EndObject) }

// blad writes numbers with the digits that they were delivered with.
func (j *jsonSkriver) blad(navn, verdi string, numerisk bool) error {
	if !numerisk {
		return j.tokens(jsontext.String(navn), jsontext.String(verdi))
	}
	if err := j.tokens(jsontext.String(navn)); err != nil {
		return err
	}
	return j.enc.WriteValue(jsontext.Value(verdi))
}
