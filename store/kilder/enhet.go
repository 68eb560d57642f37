package kilder

import (
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"aareg/store"
)

// enhetForm is a unit in the JSON of Enhetsregisteret's open data: an enhet or an underenhet, from a bulk file, from a
// page of a search or alone, and what is answered for one that is deleted or removed.
var enhetForm = &form{"enhet", lesEnhet}

type enhetsdata struct {
	Responsklasse      string         `json:"respons_klasse"`
	Orgnr              string         `json:"organisasjonsnummer"`
	Navn               string         `json:"navn"`
	Organisasjonsform  kodeinnhold    `json:"organisasjonsform"`
	OverordnetEnhet    string         `json:"overordnetEnhet"`
	Forretningsadresse enhetsadresse  `json:"forretningsadresse"`
	Beliggenhet        enhetsadresse  `json:"beliggenhetsadresse"`
	Postadresse        enhetsadresse  `json:"postadresse"`
	Registreringsdato  dato           `json:"registreringsdatoEnhetsregisteret"`
	Stiftelsesdato     dato           `json:"stiftelsesdato"`
	Oppstartsdato      dato           `json:"oppstartsdato"`
	DatoEierskifte     dato           `json:"datoEierskifte"`
	Nedleggelsesdato   dato           `json:"nedleggelsesdato"`
	Slettedato         dato           `json:"slettedato"`
	HistoriskeNavn     []enhetsnavn   `json:"historiskeNavn"`
	Rest               jsontext.Value `json:",embed"`
}

type enhetsadresse struct {
	Linjer    []string       `json:"adresse"`
	Postnr    string         `json:"postnummer"`
	Poststed  string         `json:"poststed"`
	Kommunenr string         `json:"kommunenummer"`
	Kommune   string         `json:"kommune"`
	Landkode  string         `json:"landkode"`
	Land      string         `json:"land"`
	Rest      jsontext.Value `json:",embed"`
}

type enhetsnavn struct {
	Navn string         `json:"navn"`
	Fra  string         `json:"fraDato"`
	Til  string         `json:"tilDato"`
	Rest jsontext.Value `json:",embed"`
}

func lesEnhet(tekst []byte, m *Merknader) ([]Post, error) {
	var e enhetsdata
	if err := lesJSON(tekst, &e); err != nil {
		return nil, err
	}
	m.ukjent("", e.Rest)
	return e.post(m)
}

// post is what a unit says, whichever format it came in.
func (e *enhetsdata) post(m *Merknader) ([]Post, error) {
	if err := orgnrFeil("organisasjonsnummer", e.Orgnr); err != nil {
		return nil, err
	}
	if e.Responsklasse != "" {
		m.utenPlass("respons_klasse")
	}
	if e.fjernet() {
		m.utenPlass("slettedato")
		return []Post{{Hendelse: &Hendelse{Hva: Fjernet, Noekkel: Noekkel{Orgnr: e.Orgnr}}}}, nil
	}
	if err := e.mangler(); err != nil {
		return nil, err
	}
	unit, err := e.enhet(m)
	if err != nil {
		return nil, err
	}
	if !store.ValidOrgnr(unit.Orgnr) {
		m.bemerk("a unit whose number has a wrong check digit or first digit")
	}
	return []Post{{Enhet: unit}}, nil
}

// fjernet says whether the unit is removed for legal reasons: HTTP 410 answers with a number and a date alone.
func (e *enhetsdata) fjernet() bool {
	return e.Navn == "" && e.Organisasjonsform.Kode == "" && e.Slettedato != 0 && e.Responsklasse != "SlettetEnhet"
}

func (e *enhetsdata) mangler() error {
	switch {
	case e.Navn == "":
		return feil("navn", "missing")
	case e.Organisasjonsform.Kode == "":
		return feil("organisasjonsform.kode", "missing")
	case e.OverordnetEnhet == "":
		return nil
	case e.OverordnetEnhet == e.Orgnr:
		return feil("overordnetEnhet", "the unit itself")
	}
	return orgnrFeil("overordnetEnhet", e.OverordnetEnhet)
}

func (e *enhetsdata) enhet(m *Merknader) (*Enhet, error) {
	unit := &Enhet{Enhet: store.Enhet{
		Orgnr:                   e.Orgnr,
		Navn:                    e.Navn,
		Organisasjonsform:       e.Organisasjonsform.verdi("organisasjonsform.", m),
		OverordnetEnhet:         e.OverordnetEnhet,
		Registreringsdato:       store.Dato(e.Registreringsdato),
		Stiftelsesdato:          store.Dato(e.Stiftelsesdato),
		Oppstartsdato:           store.Dato(e.Oppstartsdato),
		Virksomhetsoverdragelse: store.Dato(e.DatoEierskifte),
		Opphoersdato:            e.opphoert(m),
	}}
	for _, n := range e.HistoriskeNavn {
		m.ukjent("historiskeNavn.", n.Rest)
		unit.TidligereNavn = append(unit.TidligereNavn, store.TidligereEnhetsnavn{Navn: n.Navn, Fra: n.Fra, Til: n.Til})
	}
	if err := e.adresser(unit, m); err != nil {
		return nil, err
	}
	unit.Slettet = e.Responsklasse == "SlettetEnhet" || e.Slettedato != 0 && e.bareDetSiste()
	unit.Opphoert = unit.Slettet && unit.Opphoersdato == 0
	return unit, nil
}

// opphoert is the day that the unit ceased: that of its closing before that of its deletion from Enhetsregisteret.
func (e *enhetsdata) opphoert(m *Merknader) store.Dato {
	if e.Nedleggelsesdato == 0 {
		return store.Dato(e.Slettedato)
	}
	if e.Slettedato != 0 && e.Slettedato != e.Nedleggelsesdato {
		m.utenPlass("slettedato")
	}
	return store.Dato(e.Nedleggelsesdato)
}

// bareDetSiste says whether the unit came as deleted ones do, though the answer does not say that it is one: no unit in
// force is without a registration date.
func (e *enhetsdata) bareDetSiste() bool {
	return e.Registreringsdato == 0 && e.OverordnetEnhet == "" && !e.Forretningsadresse.noe() && !e.Beliggenhet.noe()
}

// adresser reads the addresses. Where an underenhet lies is its forretningsadresse; should a unit have both, the one
// that its kind has holds.
func (e *enhetsdata) adresser(unit *Enhet, m *Merknader) (err error) {
	here, path, other, otherPath := e.Forretningsadresse, "forretningsadresse", e.Beliggenhet, "beliggenhetsadresse"
	kind := e.Organisasjonsform.Kode
	if underenhet := kind == "BEDR" || kind == "AAFY"; underenhet && other.noe() || !here.noe() {
		here, path, other, otherPath = other, otherPath, here, path
	}
	if other.noe() {
		m.utenPlass(otherPath)
	}
	if unit.Forretningsadresse, err = here.verdi(path, m); err != nil {
		return err
	}
	unit.Postadresse, err = e.Postadresse.verdi("postadresse", m)
	return err
}

func (a *enhetsadresse) noe() bool {
	return len(a.Linjer) > 0 || a.Postnr+a.Poststed+a.Kommunenr+a.Kommune+a.Landkode+a.Land != "" || len(a.Rest) > 0
}

// verdi is the address without its empty lines. Numbers of Norwegian places are text of four digits: one that is
// shorter has lost its zero on its way through a number, and what it was is not guessed at.
func (a *enhetsadresse) verdi(path string, m *Merknader) (store.Adresse, error) {
	m.ukjent(path+".", a.Rest)
	norsk := a.Landkode == "" || a.Landkode == "NO" || a.Landkode == "SJ"
	switch {
	case norsk && a.Postnr != "" && !fireSifre(a.Postnr):
		return store.Adresse{}, feil(path+".postnummer", "not four digits (a leading zero that was lost?)")
	case a.Kommunenr != "" && !fireSifre(a.Kommunenr):
		return store.Adresse{}, feil(path+".kommunenummer", "not four digits (a leading zero that was lost?)")
	}
	var lines []string
	for _, line := range a.Linjer {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return store.Adresse{Linjer: lines, Postnr: a.Postnr, Poststed: a.Poststed, Kommunenr: a.Kommunenr, Kommune: a.Kommune,
		Landkode: a.Landkode, Land: a.Land}, nil
}

func fireSifre(s string) bool { return len(s) == 4 && digits(s) }

// orgnrFeil asks for nine digits alone: the check digit of a number from Enhetsregisteret itself is noted, not judged.
func orgnrFeil(felt, orgnr string) error {
	if len(orgnr) != 9 || !digits(orgnr) {
		return feil(felt, "not 9 digits")
	}
	return nil
}
