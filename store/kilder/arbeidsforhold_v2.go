package kilder

import (
	"github.com/go-json-experiment/json/jsontext"

	"aareg/store"
)

// v2Form is an arbeidsforhold of Aa-registeret's REST service, version 2. distForm is that of its GraphQL services
// (Integrert oppslag, OTP) and of Tenor: the same with the uuid under another name, parties with one number each, and
// without the register's own number and bookkeeping. One reader serves both.
var (
	v2Form   = &form{"v2", lesV2}
	distForm = &form{"dist", lesV2}
)

type v2 struct {
	ID                   string          `json:"id"`
	Type                 kodeverdi       `json:"type"`
	Arbeidstaker         v2Part          `json:"arbeidstaker"`
	Arbeidssted          v2Part          `json:"arbeidssted"`
	Opplysningspliktig   v2Part          `json:"opplysningspliktig"`
	Ansettelsesperiode   v2Periode       `json:"ansettelsesperiode"`
	Ansettelsesdetaljer  []v2Detaljer    `json:"ansettelsesdetaljer"`
	Permisjoner          []v2Permisjon   `json:"permisjoner"`
	Permitteringer       []v2Permisjon   `json:"permitteringer"`
	TimerMedTimeloenn    []v2Timer       `json:"timerMedTimeloenn"`
	Utenlandsopphold     []v2Utland      `json:"utenlandsopphold"`
	IdHistorikk          []v2IdHistorikk `json:"idHistorikk"`
	Varsler              []v2Varsel      `json:"varsler"`
	Rapporteringsordning kodeverdi       `json:"rapporteringsordning"`
	NavArbeidsforholdId  int64           `json:"navArbeidsforholdId"`
	NavUuid              string          `json:"navUuid"`
	UUID                 string          `json:"uuid"`
	NavVersjon           nevnt           `json:"navVersjon"`
	Opprettet            tidspunkt       `json:"opprettet"`
	SistBekreftet        tidspunkt       `json:"sistBekreftet"`
	SistEndret           tidspunkt       `json:"sistEndret"`
	Bruksperiode         bruksperiode    `json:"bruksperiode"`
	Sporingsinformasjon  nevnt           `json:"sporingsinformasjon"`
	Rest                 jsontext.Value  `json:",embed"`
}

type v2Periode struct {
	Startdato           dato           `json:"startdato"`
	Sluttdato           dato           `json:"sluttdato"`
	Sluttaarsak         kodeverdi      `json:"sluttaarsak"`
	Varsling            kodeverdi      `json:"varsling"`
	Sporingsinformasjon nevnt          `json:"sporingsinformasjon"`
	Rest                jsontext.Value `json:",embed"`
}

type v2Detaljer struct {
	Type                         string         `json:"type"`
	Arbeidstidsordning           kodeverdi      `json:"arbeidstidsordning"`
	Ansettelsesform              kodeverdi      `json:"ansettelsesform"`
	Yrke                         kodeverdi      `json:"yrke"`
	AntallTimerPrUke             desimal        `json:"antallTimerPrUke"`
	AvtaltStillingsprosent       desimal        `json:"avtaltStillingsprosent"`
	SisteStillingsprosentendring dato           `json:"sisteStillingsprosentendring"`
	SisteLoennsendring           dato           `json:"sisteLoennsendring"`
	Rapporteringsmaaneder        v2Maaneder     `json:"rapporteringsmaaneder"`
	Fartsomraade                 kodeverdi      `json:"fartsomraade"`
	Skipsregister                kodeverdi      `json:"skipsregister"`
	Fartoeystype                 kodeverdi      `json:"fartoeystype"`
	Sporingsinformasjon          nevnt          `json:"sporingsinformasjon"`
	Rest                         jsontext.Value `json:",embed"`
}

type v2Maaneder struct {
	Fra  maaned         `json:"fra"`
	Til  maaned         `json:"til"`
	Rest jsontext.Value `json:",embed"`
}

type v2Permisjon struct {
	ID                  string          `json:"id"`
	Type                kodeverdi       `json:"type"`
	Startdato           dato            `json:"startdato"`
	Sluttdato           dato            `json:"sluttdato"`
	Prosent             desimal         `json:"prosent"`
	Varsling            kodeverdi       `json:"varsling"`
	IdHistorikk         []v2IdHistorikk `json:"idHistorikk"`
	Sporingsinformasjon nevnt           `json:"sporingsinformasjon"`
	Rest                jsontext.Value  `json:",embed"`
}

type v2Timer struct {
	Antall              desimal        `json:"antall"`
	Startdato           dato           `json:"startdato"`
	Sluttdato           dato           `json:"sluttdato"`
	Rapporteringsmaaned maaned         `json:"rapporteringsmaaned"`
	Sporingsinformasjon nevnt          `json:"sporingsinformasjon"`
	Rest                jsontext.Value `json:",embed"`
}

type v2Utland struct {
	Land                kodeverdi      `json:"land"`
	Startdato           dato           `json:"startdato"`
	Sluttdato           dato           `json:"sluttdato"`
	Rapporteringsmaaned maaned         `json:"rapporteringsmaaned"`
	Sporingsinformasjon nevnt          `json:"sporingsinformasjon"`
	Rest                jsontext.Value `json:",embed"`
}

type v2IdHistorikk struct {
	ID           string         `json:"id"`
	Bruksperiode bruksperiode   `json:"bruksperiode"`
	Rest         jsontext.Value `json:",embed"`
}

type v2Varsel struct {
	Entitet  string         `json:"entitet"`
	Varsling kodeverdi      `json:"varsling"`
	Rest     jsontext.Value `json:",embed"`
}

type v2Part struct {
	Type    string         `json:"type"`
	Ident   string         `json:"ident"`
	Identer []v2Ident      `json:"identer"`
	Rest    jsontext.Value `json:",embed"`
}

type v2Ident struct {
	Type      string         `json:"type"`
	Ident     string         `json:"ident"`
	Gjeldende bool           `json:"gjeldende"`
	Rest      jsontext.Value `json:",embed"`
}

func lesV2(tekst []byte, m *Merknader) ([]Post, error) {
	var k v2
	if err := lesJSON(tekst, &k); err != nil {
		return nil, err
	}
	if k.Bruksperiode.Tom != "" {
		m.bemerk(erstattet)
		return nil, nil
	}
	a := &store.Arbeidsforhold{ArbeidsforholdId: k.NavArbeidsforholdId}
	var err error
	if a.UUID, err = k.uuid(); err != nil {
		return nil, err
	}
	if err := k.parter(a, m); err != nil {
		return nil, err
	}
	a.Ansettelsesperiode = k.Ansettelsesperiode.periode(m)
	if err := kontroll(a, m); err != nil {
		return nil, err
	}
	k.fyll(a, m)
	k.nevn(m)
	return []Post{{Arbeidsforhold: a}}, nil
}

// uuid is the one name of the arbeidsforhold, which the services call differently.
func (k *v2) uuid() (string, error) {
	nav, err := uuid(k.NavUuid)
	if err != nil {
		return "", iFelt("navUuid", err)
	}
	id, err := uuid(k.UUID)
	switch {
	case err != nil:
		return "", iFelt("uuid", err)
	case id == "":
		return nav, nil
	case nav != "" && nav != id:
		return "", feil("uuid", "another one than navUuid")
	}
	return id, nil
}

func (k *v2) parter(a *store.Arbeidsforhold, m *Merknader) error {
	kind, ident, err := k.Arbeidstaker.nummer("arbeidstaker.", m)
	if err == nil && ident != "" {
		a.Arbeidstaker, err = arbeidstaker(kind, ident, m)
	}
	if err != nil {
		return iFelt("arbeidstaker", err)
	}
	if a.Arbeidssted, err = k.Arbeidssted.part("arbeidssted.", m); err != nil {
		return iFelt("arbeidssted", err)
	}
	if a.Opplysningspliktig, err = k.Opplysningspliktig.part("opplysningspliktig.", m); err != nil {
		return iFelt("opplysningspliktig", err)
	}
	return nil
}

// part is an employer. Without a number it has its kind alone.
func (p *v2Part) part(path string, m *Merknader) (store.Part, error) {
	kind, ident, err := p.nummer(path, m)
	if err != nil || ident == "" {
		return store.Part{Type: kind}, err
	}
	return part(kind, ident)
}

// nummer is a party's number: the flat one, or of several the one in force. The others are named.
func (p *v2Part) nummer(path string, m *Merknader) (kind, ident string, err error) {
	m.ukjent(path, p.Rest)
	if len(p.Identer) == 0 {
		return p.Type, p.Ident, nil
	}
	chosen, err := gjeldende(p.Identer)
	if err != nil {
		return "", "", err
	}
	if p.Ident != "" && p.Ident != chosen.Ident {
		return "", "", feil("ident", "another number than the one in identer")
	}
	for i := range p.Identer {
		if id := &p.Identer[i]; id != chosen {
			m.utenPlass(path + id.sted())
		}
		if rest := p.Identer[i].Rest; len(rest) > 0 {
			m.ukjent(path+"identer.", rest)
		}
	}
	if p.Type == "" && chosen.Type == "FOLKEREGISTERIDENT" {
		return "Person", chosen.Ident, nil
	}
	return p.Type, chosen.Ident, nil
}

// gjeldende chooses by type, never by place: the number that is said to be in force, else the only one.
func gjeldende(identer []v2Ident) (*v2Ident, error) {
	var current, only *v2Ident
	numbers := 0
	for i := range identer {
		id := &identer[i]
		if id.Ident == "" || id.Type != "FOLKEREGISTERIDENT" && id.Type != "ORGANISASJONSNUMMER" {
			continue
		}
		numbers++
		only = id
		if id.Gjeldende && current != nil && current.Ident != id.Ident {
			return nil, feil("identer", "several numbers are gjeldende")
		}
		if id.Gjeldende {
			current = id
		}
	}
	switch {
	case current != nil:
		return current, nil
	case numbers > 1:
		return nil, feil("identer", "several numbers and none of them is gjeldende")
	case only == nil:
		return nil, feil("identer", "neither a FOLKEREGISTERIDENT nor an ORGANISASJONSNUMMER")
	}
	return only, nil
}

// sted names a number that has no place by what it is.
func (id *v2Ident) sted() string {
	switch id.Type {
	case "AKTORID", "NPID", "FOLKEREGISTERIDENT", "ORGANISASJONSNUMMER":
		return "identer." + id.Type
	}
	return "identer"
}
