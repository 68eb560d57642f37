package kilder

import (
	"bytes"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// tenorForm is a record of Tenor, Skatteetaten's search for synthetic test data: search terms, and the data that they
// were made of as a string of JSON, an arbeidsforhold of the dist shape or a person document. It gets its reader when
// the program starts: that asks for the shape of the inner record, and so for all shapes, of which it is one.
var tenorForm = &form{navn: "Tenor"}

func init() { tenorForm.les = lesTenor }

type tenor struct {
	ID        string         `json:"id"`
	Versjon   nevnt          `json:"versjon"`
	Type      string         `json:"type"`
	Soekdata  nevnt          `json:"soekdata"`
	Kildedata kildedata      `json:"kildedata"`
	Rest      jsontext.Value `json:",embed"`
}

type kildedata struct {
	MimeType string         `json:"mimeType"`
	Data     string         `json:"data"`
	Rest     jsontext.Value `json:",embed"`
}

func lesTenor(tekst []byte, m *Merknader) ([]Post, error) {
	var k tenor
	if err := lesJSON(tekst, &k); err != nil {
		return nil, err
	}
	if strings.Contains(strings.ToUpper(k.Type), "SLETT") {
		return nil, feil("type", "a deletion, of which nobody has told how it looks")
	}
	inner, err := k.Kildedata.form()
	if err != nil {
		return nil, err
	}
	posts, err := inner.les([]byte(k.Kildedata.Data), m)
	if err != nil {
		return nil, iFelt("kildedata.data", err)
	}
	if err := k.sammeSom(posts); err != nil {
		return nil, err
	}
	m.ukjent("", k.Rest)
	m.ukjent("kildedata.", k.Kildedata.Rest)
	m.nevn("versjon", k.Versjon)
	m.nevn("type", k.Type != "")
	m.nevn("soekdata", k.Soekdata)
	m.nevn("id", k.ID != "" && (len(posts) == 0 || posts[0].Arbeidsforhold == nil))
	return posts, nil
}

// form is the shape of the inner record: of those that Tenor has.
func (k *kildedata) form() (*form, error) {
	if k.MimeType != "" && k.MimeType != "application/json" {
		return nil, feil("kildedata.mimeType", "not application/json")
	}
	keys, err := noekler([]byte(k.Data))
	if err != nil {
		return nil, feil("kildedata.data", "not a JSON object in a string")
	}
	switch inner := formOf(keys); inner {
	case distForm, v2Form, fregForm, pdlForm:
		return inner, nil
	}
	return nil, feil("kildedata.data", "neither an arbeidsforhold nor a person document")
}

// noekler are the keys of an object.
func noekler(tekst []byte) (keys []string, err error) {
	d := jsontext.NewDecoder(bytes.NewReader(tekst))
	if token, err := d.ReadToken(); err != nil || token.Kind() != '{' {
		return nil, errIkkeObjekt
	}
	for d.PeekKind() != '}' {
		key, err := d.ReadToken()
		if err != nil {
			return nil, err
		}
		keys = append(keys, key.String())
		if err := d.SkipValue(); err != nil {
			return nil, err
		}
	}
	return keys, nil
}

var errIkkeObjekt = feil("", "not an object")

// sammeSom refuses a record that is about another arbeidsforhold than its data.
func (k *tenor) sammeSom(posts []Post) error {
	for _, p := range posts {
		if p.Arbeidsforhold != nil && !strings.EqualFold(p.Arbeidsforhold.UUID, k.ID) {
			return feil("id", "another one than the uuid of the arbeidsforhold in kildedata.data")
		}
	}
	return nil
}
