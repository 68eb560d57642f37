package kilder

import (
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"aareg/store"
)

// v1Form is an arbeidsforhold of Aa-registeret's REST service, version 1: bare codes, agreements with periods in days,
// leaves and lay-offs in one list, and no uuid. Its arbeidsforholdId is the employer's, navArbeidsforholdId the
// register's.
var v1Form = &form{"v1", lesV1}

type v1 struct {
	NavArbeidsforholdId          int64          `json:"navArbeidsforholdId"`
	ArbeidsforholdId             string         `json:"arbeidsforholdId"`
	Type                         string         `json:"type"`
	Arbeidstaker                 v1Part         `json:"arbeidstaker"`
	Arbeidsgiver                 v1Part         `json:"arbeidsgiver"`
	Opplysningspliktig           v1Part         `json:"opplysningspliktig"`
	Ansettelsesperiode           v1Ansettelse   `json:"ansettelsesperiode"`
	Arbeidsavtaler               []v1Avtale     `json:"arbeidsavtaler"`
	PermisjonPermitteringer      []v1Permisjon  `json:"permisjonPermitteringer"`
	AntallTimerForTimeloennet    []v1Timer      `json:"antallTimerForTimeloennet"`
	Utenlandsopphold             []v1Utland     `json:"utenlandsopphold"`
	Varsler                      []v1Varsel     `json:"varsler"`
	InnrapportertEtterAOrdningen *bool          `json:"innrapportertEtterAOrdningen"`
	Registrert                   tidspunkt      `json:"registrert"`
	SistBekreftet                tidspunkt      `json:"sistBekreftet"`
	Bruksperiode                 bruksperiode   `json:"bruksperiode"`
	Sporingsinformasjon          nevnt          `json:"sporingsinformasjon"`
	Rest                         jsontext.Value `json:",embed"`
}

type v1Part struct {
	Type                string         `json:"type"`
	Organisasjonsnummer string         `json:"organisasjonsnummer"`
	OffentligIdent      string         `json:"offentligIdent"`
	AktoerId            nevnt          `json:"aktoerId"`
	Rest                jsontext.Value `json:",embed"`
}

type v1Periode struct {
	Fom  dato           `json:"fom"`
	Tom  dato           `json:"tom"`
	Rest jsontext.Value `json:",embed"`
}

type v1Ansettelse struct {
	Periode             v1Periode      `json:"periode"`
	Sluttaarsak         string         `json:"sluttaarsak"`
	Varslingskode       string         `json:"varslingskode"`
	Bruksperiode        nevnt          `json:"bruksperiode"`
	Sporingsinformasjon nevnt          `json:"sporingsinformasjon"`
	Rest                jsontext.Value `json:",embed"`
}

type v1Avtale struct {
	Type                     string         `json:"type"`
	Arbeidstidsordning       string         `json:"arbeidstidsordning"`
	Ansettelsesform          string         `json:"ansettelsesform"`
	Yrke                     string         `json:"yrke"`
	AntallTimerPrUke         desimal        `json:"antallTimerPrUke"`
	Stillingsprosent         desimal        `json:"stillingsprosent"`
	BeregnetAntallTimerPrUke desimal        `json:"beregnetAntallTimerPrUke"`
	SistStillingsendring     dato           `json:"sistStillingsendring"`
	SistLoennsendring        dato           `json:"sistLoennsendring"`
	Gyldighetsperiode        v1Periode      `json:"gyldighetsperiode"`
	Fartsomraade             string         `json:"fartsomraade"`
	Skipsregister            string         `json:"skipsregister"`
	Skipstype                string         `json:"skipstype"`
	Bruksperiode             bruksperiode   `json:"bruksperiode"`
	Sporingsinformasjon      nevnt          `json:"sporingsinformasjon"`
	Rest                     jsontext.Value `json:",embed"`
}

type v1Permisjon struct {
	PermisjonPermitteringId string         `json:"permisjonPermitteringId"`
	Type                    string         `json:"type"`
	Periode                 v1Periode      `json:"periode"`
	Prosent                 desimal        `json:"prosent"`
	Varslingskode           string         `json:"varslingskode"`
	Sporingsinformasjon     nevnt          `json:"sporingsinformasjon"`
	Rest                    jsontext.Value `json:",embed"`
}

type v1Timer struct {
	AntallTimer          desimal        `json:"antallTimer"`
	Periode              v1Periode      `json:"periode"`
	Rapporteringsperiode maaned         `json:"rapporteringsperiode"`
	Sporingsinformasjon  nevnt          `json:"sporingsinformasjon"`
	Rest                 jsontext.Value `json:",embed"`
}

type v1Utland struct {
	Landkode             string         `json:"landkode"`
	Periode              v1Periode      `json:"periode"`
	Rapporteringsperiode maaned         `json:"rapporteringsperiode"`
	Sporingsinformasjon  nevnt          `json:"sporingsinformasjon"`
	Rest                 jsontext.Value `json:",embed"`
}

type v1Varsel struct {
	Entitet       string         `json:"entitet"`
	Varslingskode string         `json:"varslingskode"`
	Rest          jsontext.Value `json:",embed"`
}

func lesV1(tekst []byte, m *Merknader) ([]Post, error) {
	var k v1
	if err := lesJSON(tekst, &k); err != nil {
		return nil, err
	}
	if k.Bruksperiode.Tom != "" {
		m.bemerk(erstattet)
		return nil, nil
	}
	a := &store.Arbeidsforhold{ArbeidsforholdId: k.NavArbeidsforholdId}
	if err := k.parter(a, m); err != nil {
		return nil, err
	}
	a.Ansettelsesperiode = k.Ansettelsesperiode.periode(m)
	if err := kontroll(a, m); err != nil {
		return nil, err
	}
	k.fyll(a, m)
	return []Post{{Arbeidsforhold: a}}, nil
}

func (k *v1) parter(a *store.Arbeidsforhold, m *Merknader) error {
	kind, ident, err := k.Arbeidstaker.nummer("", "arbeidstaker.", m)
	if err == nil && ident != "" {
		a.Arbeidstaker, err = arbeidstaker(kind, ident, m)
	}
	if err != nil {
		return iFelt("arbeidstaker", err)
	}
	if a.Arbeidssted, err = k.Arbeidsgiver.part("Underenhet", "arbeidsgiver.", m); err != nil {
		return iFelt("arbeidsgiver", err)
	}
	if a.Opplysningspliktig, err = k.Opplysningspliktig.part("Hovedenhet", "opplysningspliktig.", m); err != nil {
		return iFelt("opplysningspliktig", err)
	}
	return nil
}

// part is an employer, called by the name that the register's newer services have for an organisation in its place.
func (p *v1Part) part(organisasjon, path string, m *Merknader) (store.Part, error) {
	kind, ident, err := p.nummer(organisasjon, path, m)
	if err != nil || ident == "" {
		return store.Part{Type: kind}, err
	}
	return part(kind, ident)
}

func (p *v1Part) nummer(organisasjon, path string, m *Merknader) (kind, ident string, err error) {
	m.ukjent(path, p.Rest)
	m.nevn(path+"aktoerId", p.AktoerId)
	switch {
	case p.Organisasjonsnummer != "" && p.OffentligIdent != "":
		return "", "", feil("", "both an organisation and a person")
	case p.Organisasjonsnummer != "" && p.Type == "Person", p.OffentligIdent != "" && p.Type == "Organisasjon":
		return "", "", feil("type", "of another kind than the number")
	case p.OffentligIdent != "":
		return "Person", p.OffentligIdent, nil
	case p.Organisasjonsnummer != "":
		return organisasjon, p.Organisasjonsnummer, nil
	case bool(p.AktoerId):
		return "", "", feil("offentligIdent", "missing, and the register knows nobody by aktoerId")
	case p.Type == "Organisasjon":
		return organisasjon, "", nil
	}
	return p.Type, "", nil
}

func (p *v1Ansettelse) periode(m *Merknader) store.Ansettelsesperiode {
	m.ukjent("ansettelsesperiode.", p.Rest)
	m.nevn("ansettelsesperiode.bruksperiode", p.Bruksperiode)
	m.nevn("ansettelsesperiode.sporingsinformasjon", p.Sporingsinformasjon)
	days := p.Periode.periode("ansettelsesperiode.periode.", m)
	return store.Ansettelsesperiode{
		Startdato: days.Fom, Sluttdato: days.Tom, Sluttaarsak: kode(p.Sluttaarsak), Varsling: kode(p.Varslingskode),
	}
}

func (p *v1Periode) periode(path string, m *Merknader) store.Periode {
	m.ukjent(path, p.Rest)
	return store.Periode{Fom: store.Dato(p.Fom), Tom: store.Dato(p.Tom)}
}

// kode is a value that comes without a text.
func kode(s string) store.Kodeverdi { return store.Kodeverdi{Kode: strings.TrimSpace(s)} }
