package oppslag

import (
	"strings"

	"aareg/wsdl/felt"
)

// koder are the texts of codes, by the leaf or field that has them; what is not here is its own text.
var koder = map[string]map[string]string{
	"kjoenn":               {"K": "Kvinne", "M": "Mann", "": "Begge"},
	"statusArbeidsforhold": {"": "Alle", "aktive": "Aktive", "aktiv": "Aktive", "opphoert": "Opphørte"},
	"lovgivning":           {"": "Alle", "ny": "Ny: etter a-ordningen", "gammel": "Gammel: før a-ordningen"},
	"fonetisk":             {"true": "Fonetisk søk: også navn som lyder likt", "false": "Eksakt søk"},
	"inkluderOpphoerte":    {"true": "Ja, også opphørte", "false": "Nei, bare enheter som finnes i dag"},
	"historisk":            {"0": "Nei", "1": "Ja", "true": "Ja", "false": "Nei"},
	"arbeidsforholdInnrapportertEtterAOrdningen": {"true": "Ja", "false": "Nei, etter tidligere ordning"},
}

// valgtekst is the text of a code.
func valgtekst(tag, kode string) string {
	if text, known := koder[tag][kode]; known {
		return text
	}
	return kode
}

// vist is a leaf's value as a Norwegian reader expects it: dates as 31.12.2024, months as 12.2024, a decimal comma, and
// yes or no.
func vist(rad felt.Rad, text string) string {
	if known, ok := koder[rad.Tag][text]; ok && text != "" {
		return known
	}
	switch rad.Type {
	case "dato_åååå-mm-dd", "periode_åååå-mm":
		parts := strings.Split(text, "-")
		for i, j := 0, len(parts)-1; i < j; i, j = i+1, j-1 {
			parts[i], parts[j] = parts[j], parts[i]
		}
		return strings.Join(parts, ".")
	case "desimaltall":
		return strings.Replace(text, ".", ",", 1)
	case "sann_usann":
		switch text {
		case "true":
			return "Ja"
		case "false":
			return "Nei"
		}
	}
	return text
}

// status is a statuskode in words: on the badge, how it is coloured beside that, and what the reader can do about it,
// which stands behind the statustekst.
type status struct{ Kode, Tekst, Farge, Forklaring string }

var statuser = map[string]status{
	"komplett":          {"", "Komplett", "success", ""},
	"trunkert":          {"", "Avkortet", "warning", "Snevre inn for å se resten."},
	"ingen":             {"", "Ingen treff", "neutral", "Registeret har ingenting som passer. Se etter skrivefeil, eller prøv et videre søk."},
	"ikke_entydig":      {"", "Ikke entydig", "warning", "Nummeret hører til flere. Bruk et annet nummer, eller søk på navn."},
	"fortrolig":         {"", "Fortrolig", "danger", "Personen har adressebeskyttelse. Opplysninger vises bare for dem som har rett til det."},
	"strengt_fortrolig": {"", "Strengt fortrolig", "danger", "Personen har streng adressebeskyttelse. Opplysninger vises bare for dem som har rett til det."},
	"utilgjengelig":     {"", "Utilgjengelig", "warning", "Registeret kan ikke leses akkurat nå. Prøv igjen om litt."},
}

// statusAv is a statuskode in words; a code that is not known is its own.
func statusAv(kode string) status {
	s, known := statuser[kode]
	if !known {
		s = status{Tekst: kode, Farge: "neutral"}
	}
	s.Kode = kode
	return s
}
