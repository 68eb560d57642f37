package kilder

import "github.com/go-json-experiment/json/jsontext"

// oppdateringForm is an event of Enhetsregisteret's update feeds, of enheter and of underenheter: that something
// happened to a unit, not what. The unit itself must be fetched.
var oppdateringForm = &form{"oppdatering", lesOppdatering}

type oppdatering struct {
	ID           int64          `json:"oppdateringsid"`
	Dato         dato           `json:"dato"`
	Orgnr        string         `json:"organisasjonsnummer"`
	Endringstype string         `json:"endringstype"`
	Rest         jsontext.Value `json:",embed"`
}

// endringstyper are what happened. Ukjent is from before the feed told: the unit as it is now shows it.
var endringstyper = map[string]Hva{
	"Ukjent": Endret, "Ny": Endret, "Endring": Endret, "Sletting": Slettet, "Fjernet": Fjernet,
}

func lesOppdatering(tekst []byte, m *Merknader) ([]Post, error) {
	var o oppdatering
	if err := lesJSON(tekst, &o); err != nil {
		return nil, err
	}
	if err := orgnrFeil("organisasjonsnummer", o.Orgnr); err != nil {
		return nil, err
	}
	what, known := endringstyper[o.Endringstype]
	switch {
	case o.ID <= 0:
		return nil, feil("oppdateringsid", "not a number above zero")
	case !known:
		return nil, feil("endringstype", "none of Ukjent, Ny, Endring, Sletting and Fjernet")
	}
	if o.Dato != 0 {
		m.utenPlass("dato")
	}
	m.ukjent("", o.Rest)
	return []Post{{Hendelse: &Hendelse{Hva: what, Noekkel: Noekkel{Orgnr: o.Orgnr}, Rekkefoelge: o.ID}}}, nil
}
