package kilder

import (
	"strconv"

	"github.com/go-json-experiment/json/jsontext"

	"aareg/store"
)

// PDL answers with a person (hentPerson) and the numbers (hentIdenter), or with many persons at once (hentPersonBolk);
// a person also comes without an envelope.
var (
	pdlForm  = &form{"PDL", lesPDL}
	bolkForm = &form{"PDL bolk", lesBolk}
)

type pdlPerson struct {
	persondokument
	Folkeregisteridentifikator listeEllerEn[pdlNummer] `json:"folkeregisteridentifikator"`
	Rest                       jsontext.Value          `json:",embed"`
}

type pdlNummer struct {
	opplysning
	Identifikasjonsnummer string `json:"identifikasjonsnummer"`
	Type                  string `json:"type"` // FNR or DNR; the number says it, too
	Status                string `json:"status"`
}

type pdlIdenter struct {
	Identer []struct {
		Ident     string         `json:"ident"`
		Historisk bool           `json:"historisk"`
		Gruppe    string         `json:"gruppe"`
		Rest      jsontext.Value `json:",embed"`
	} `json:"identer"`
	Rest jsontext.Value `json:",embed"`
}

func lesPDL(tekst []byte, m *Merknader) ([]Post, error) {
	var svar struct {
		HentPerson  *pdlPerson     `json:"hentPerson"`
		HentIdenter *pdlIdenter    `json:"hentIdenter"`
		Rest        jsontext.Value `json:",embed"`
	}
	if err := lesJSON(tekst, &svar); err != nil {
		return nil, err
	}
	if svar.HentPerson == nil && svar.HentIdenter == nil && len(svar.Rest) > 0 {
		var person pdlPerson
		if err := lesJSON(tekst, &person); err != nil {
			return nil, err
		}
		return person.post("", &numre{}, m)
	}
	if svar.HentPerson == nil {
		return nil, feil("hentPerson", "is null: the source has no such person, or does not show it")
	}
	var n numre
	if svar.HentIdenter != nil {
		if err := svar.HentIdenter.legg(&n, m); err != nil {
			return nil, err
		}
	}
	m.ukjent("", svar.Rest)
	return svar.HentPerson.post("hentPerson.", &n, m)
}

// legg adds the numbers of hentIdenter. Those of other groups than Folkeregisteret's have no place.
func (i *pdlIdenter) legg(n *numre, m *Merknader) error {
	const path = "hentIdenter.identer"
	for at, ident := range i.Identer {
		switch ident.Gruppe {
		case "FOLKEREGISTERIDENT":
			if err := n.legg(path+"["+strconv.Itoa(at)+"].ident", ident.Ident, !ident.Historisk); err != nil {
				return err
			}
		case "AKTORID", "NPID":
			m.utenPlass(path + "." + ident.Gruppe)
		default:
			return feil(path+"["+strconv.Itoa(at)+"].gruppe", "not a known group of identifiers")
		}
		m.ukjent(path+".", ident.Rest)
	}
	m.ukjent("hentIdenter.", i.Rest)
	return nil
}

// bolkfeil are the codes of hentPersonBolk for a person that is not delivered.
var bolkfeil = map[string]string{
	"not_found":   "the source has no person of this number (not_found)",
	"bad_request": "the source does not take this for a number (bad_request)",
}

// lesBolk reads an element of hentPersonBolk. The number that was asked for is the one in force, unless the person
// tells which is.
func lesBolk(tekst []byte, m *Merknader) ([]Post, error) {
	var bolk struct {
		Ident  string         `json:"ident"`
		Person *pdlPerson     `json:"person"`
		Code   string         `json:"code"`
		Rest   jsontext.Value `json:",embed"`
	}
	if err := lesJSON(tekst, &bolk); err != nil {
		return nil, err
	}
	switch {
	case bolk.Code != "ok" && bolkfeil[bolk.Code] != "":
		return nil, feil("code", bolkfeil[bolk.Code])
	case bolk.Code != "ok":
		return nil, feil("code", "not a known code")
	case bolk.Person == nil:
		return nil, feil("person", "is null, though the code is ok")
	}
	var n numre
	told := len(bolk.Person.Folkeregisteridentifikator) > 0
	if told && len(bolk.Ident) == 13 && digits(bolk.Ident) { // an AKTORID was asked for
		m.utenPlass("ident")
	} else if err := n.legg("ident", bolk.Ident, !told); err != nil {
		return nil, err
	}
	m.ukjent("", bolk.Rest)
	return bolk.Person.post("person.", &n, m)
}

// post is the person, with the numbers that are known from elsewhere.
func (d *pdlPerson) post(path string, n *numre, m *Merknader) ([]Post, error) {
	p := new(store.Person)
	felt := path + "folkeregisteridentifikator"
	for i := range d.Folkeregisteridentifikator {
		nummer := &d.Folkeregisteridentifikator[i]
		at := felt + "[" + strconv.Itoa(i) + "]."
		inUse, err := iBruk(at+"status", nummer.Status)
		if err != nil {
			return nil, err
		}
		historic, _ := nummer.historisk()
		if err := n.legg(at+"identifikasjonsnummer", nummer.Identifikasjonsnummer, inUse && !historic); err != nil {
			return nil, err
		}
		if nummer.Type != "" && nummer.Type != "FNR" && nummer.Type != "DNR" {
			m.utenPlass(felt + ".type")
		}
		nummer.noter(felt+".", m)
	}
	if err := n.til(p, felt, m); err != nil {
		return nil, err
	}
	if d.Adressebeskyttelse == nil {
		// A query that did not ask must not undo anybody's protection.
		return nil, feil(path+"adressebeskyttelse", "missing: whether the person is protected is not known; nobody is an empty list")
	}
	m.ukjent(path, d.Rest)
	return []Post{{Person: p}}, d.til(p, path, m)
}
