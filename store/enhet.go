package store

import (
	"errors"
	"reflect"
	"strings"
)

// Adresse is an address as Enhetsregisteret delivers it: any number of lines, four-digit postnummer and
// kommunenummer as text, landkode ISO alpha-2.
type Adresse struct {
	Linjer    []string `json:"adresse,omitempty"`
	Postnr    string   `json:"postnummer,omitempty"`
	Poststed  string   `json:"poststed,omitempty"`
	Kommunenr string   `json:"kommunenummer,omitempty"`
	Kommune   string   `json:"kommune,omitempty"`
	Landkode  string   `json:"landkode,omitempty"`
	Land      string   `json:"land,omitempty"`
}

// Linje is line 1, 2 or 3 of the three that the products have; lines beyond the third follow it after a comma.
func (a Adresse) Linje(n int) string {
	switch {
	case n > len(a.Linjer):
		return ""
	case n == 3:
		return strings.Join(a.Linjer[2:], ", ")
	}
	return a.Linjer[n-1]
}

func (a Adresse) empty() bool {
	return len(a.Linjer) == 0 && a.Postnr+a.Poststed+a.Kommunenr+a.Kommune+a.Landkode+a.Land == ""
}

// TidligereEnhetsnavn is a name that a unit had, with its period as delivered.
type TidligereEnhetsnavn struct {
	Navn string `json:"navn"`
	Fra  string `json:"fraDato,omitempty"`
	Til  string `json:"tilDato,omitempty"`
}

// TidligereOverordnet is a unit that an underenhet belonged to until it was transferred.
type TidligereOverordnet struct {
	Orgnr string `json:"organisasjonsnummer"`
	Til   Dato   `json:"tilDato,omitempty"`
}

// Enhet is what the register keeps of a unit of Enhetsregisteret.
type Enhet struct {
	Orgnr                   string                `json:"organisasjonsnummer"` // 9 digits
	Navn                    string                `json:"navn"`
	Organisasjonsform       Kodeverdi             `json:"organisasjonsform"`
	OverordnetEnhet         string                `json:"overordnetEnhet,omitempty"`
	Forretningsadresse      Adresse               `json:"forretningsadresse,omitzero"` // of an underenhet: beliggenhetsadresse
	Postadresse             Adresse               `json:"postadresse,omitzero"`
	Registreringsdato       Dato                  `json:"registreringsdatoEnhetsregisteret,omitempty"`
	Stiftelsesdato          Dato                  `json:"stiftelsesdato,omitempty"` // hovedenhet
	Oppstartsdato           Dato                  `json:"oppstartsdato,omitempty"`  // underenhet
	Opphoert                bool                  `json:"opphoert,omitempty"`       // ceased, the day unknown
	Opphoersdato            Dato                  `json:"opphoersdato,omitempty"`
	Virksomhetsoverdragelse Dato                  `json:"virksomhetsoverdragelse,omitempty"`
	TidligereNavn           []TidligereEnhetsnavn `json:"tidligereNavn,omitempty"`
	TidligereOverordnet     []TidligereOverordnet `json:"tidligereOverordnet,omitempty"`
}

func (e *Enhet) check() error {
	switch {
	case !digits(e.Orgnr, 9):
		return errors.New("enhet: organisasjonsnummer: not 9 digits")
	case e.OverordnetEnhet != "" && !digits(e.OverordnetEnhet, 9):
		return errors.New("enhet: overordnetEnhet: not 9 digits")
	case e.OverordnetEnhet == e.Orgnr:
		return errors.New("enhet: overordnetEnhet: the unit itself")
	}
	for _, former := range e.TidligereOverordnet {
		if !digits(former.Orgnr, 9) || former.Orgnr == e.Orgnr {
			return errors.New("enhet: tidligereOverordnet: not 9 digits of another unit")
		}
	}
	return nil
}

// Same says whether two records say the same of a unit.
func (e *Enhet) Same(o *Enhet) bool { return reflect.DeepEqual(e.tidy(), o.tidy()) }

// tidy is the unit as it reads when it has been stored.
func (e *Enhet) tidy() *Enhet {
	c := *e
	if len(c.Forretningsadresse.Linjer) == 0 {
		c.Forretningsadresse.Linjer = nil
	}
	if len(c.Postadresse.Linjer) == 0 {
		c.Postadresse.Linjer = nil
	}
	c.TidligereNavn, c.TidligereOverordnet = nil, nil
	for _, n := range e.TidligereNavn {
		if n.Navn != "" {
			c.TidligereNavn = append(c.TidligereNavn, n)
		}
	}
	c.TidligereOverordnet = append(c.TidligereOverordnet, e.TidligereOverordnet...)
	return &c
}

// underenhet says whether an organisasjonsform is one of the two that employ people below a hovedenhet.
func underenhet(enhkode string) bool { return enhkode == "BEDR" || enhkode == "AAFY" }

// GammelArbeidsgiver is an employer that ceased before Enhetsregisteret was made: a number without a check digit,
// 9 or 11 digits, and a name.
type GammelArbeidsgiver struct {
	Arbeidsgivernr string `json:"arbeidsgivernr"`
	Navn           string `json:"navn"`
}

func (g *GammelArbeidsgiver) check() error {
	if !digits(g.Arbeidsgivernr, 9) && !digits(g.Arbeidsgivernr, 11) {
		return errors.New("arbeidsgiver: arbeidsgivernr: neither 9 nor 11 digits")
	}
	return nil
}
