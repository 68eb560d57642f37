package kilder

import (
	"strconv"

	"github.com/go-json-experiment/json/jsontext"

	"aareg/store"
)

// Folkeregisteret's person document, with or without history; Tenor delivers it as kildedata.
var fregForm = &form{"Folkeregisteret", lesFreg}

type fregPerson struct {
	persondokument
	Identifikasjonsnummer listeEllerEn[fregNummer] `json:"identifikasjonsnummer"`
	Rest                  jsontext.Value           `json:",embed"`
}

type fregNummer struct {
	opplysning
	FoedselsEllerDNummer string `json:"foedselsEllerDNummer"`
	Identifikatortype    string `json:"identifikatortype"`
	Status               string `json:"status"`
}

func lesFreg(tekst []byte, m *Merknader) ([]Post, error) {
	var d fregPerson
	if err := lesJSON(tekst, &d); err != nil {
		return nil, err
	}
	const felt = "identifikasjonsnummer"
	var n numre
	for i := range d.Identifikasjonsnummer {
		nummer := &d.Identifikasjonsnummer[i]
		at := felt + "[" + strconv.Itoa(i) + "]."
		inUse, err := iBruk(at+"status", nummer.Status)
		if err != nil {
			return nil, err
		}
		historic, _ := nummer.historisk()
		if err := n.legg(at+"foedselsEllerDNummer", nummer.FoedselsEllerDNummer, inUse && !historic); err != nil {
			return nil, err
		}
		switch nummer.Identifikatortype { // the number says it, too
		case "", "foedselsnummer", "dNummer":
		default:
			m.utenPlass(felt + ".identifikatortype")
		}
		nummer.noter(felt+".", m)
	}
	p := new(store.Person)
	if err := n.til(p, felt, m); err != nil {
		return nil, err
	}
	m.ukjent("", d.Rest)
	return []Post{{Person: p}}, d.til(p, "", m)
}
