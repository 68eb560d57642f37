package oppslag

import (
	"net/http"
	"regexp"
	"strings"
)

// feltfeil is what was wrong with one field.
type feltfeil struct{ Tag, Id, Ledetekst, Tekst string }

// oppFeil is how the border names the element that a question was refused for, and the rule.
var oppFeil = regexp.MustCompile(`^Elementet (\S+) (.+)\.$`)

// feltfeil is what the border found wrong with a field of the form, nil when it is about none.
func (s *Svar) feltfeil(q spoersmaal) *feltfeil {
	if s.Feil == nil {
		return nil
	}
	parts := oppFeil.FindStringSubmatch(s.Feil.Melding)
	if parts == nil || s.Feil.Status != http.StatusUnprocessableEntity {
		return nil
	}
	form, tag, problem := q.produkt.skjemaer[q.skjema-1], parts[1], parts[2]
	if !form.har(tag) { // of § 2.4's other form, which asks for its own when neither is filled in
		tag, problem = "", "mangler"
		for _, rad := range form.rader {
			if tag == "" && rad.Krav == "M" {
				tag = rad.Tag
			}
		}
	}
	for _, rad := range form.rader {
		if rad.Tag == tag {
			return &feltfeil{tag, feltId(form.nr, tag), rad.Ledetekst, hjelpeord(rad.Ledetekst, tag, problem)}
		}
	}
	return nil
}

// ord are words that help, for a rule of the border as it is written. %s is the field's label.
var ord = []struct{ regel, hjelp string }{
	{"mangler: orgnavn eller etternavn må oppgis", "Fyll inn %s"},
	{"mangler", "Fyll inn %s"},
	{"må være en dato på formen åååå-mm-dd", "%s må være en dato som finnes, skrevet slik: 2024-12-31 eller 31.12.2024"},
	{"kan ikke være etter datotil", "%s kan ikke være etter Dato tom: bytt om datoene eller tøm den ene"},
	{"kan ikke være etter faartil", "%s kan ikke være etter Fødselsår tom"},
	{"kan ikke være større enn aldertil", "%s kan ikke være større enn Alder tom"},
	{"er i strid med fdato", "%s stemmer ikke med fødselsdatoen: tøm det ene feltet"},
	{"har mer enn 256 tegn", "%s er for lang: bruk høyst 256 tegn"},
	{"må være et årstall med fire siffer", "%s må være et årstall med fire siffer, for eksempel 1980"},
	{"må være et helt tall med høyst tre siffer", "%s må være et helt tall, for eksempel 42"},
}

// regelord are words that help for a field, whatever its rule says beyond that something is wrong with its form.
var regelord = map[string]string{
	"foedselsnr":       "%s må ha 11 siffer og være gyldig: se etter skrivefeil",
	"orgnr":            "%s må ha 9 siffer, eller 11 for en personlig arbeidsgiver",
	"arbeidsgiverId":   "%s må ha 9 siffer, eller 11 for en personlig arbeidsgiver",
	"arbeidsforholdId": "%s må være et tall med 1 til 18 siffer",
	"kommunenr":        "%s må ha 4 siffer, for eksempel 0301",
	"postnr":           "%s må ha 4 siffer, for eksempel 0150",
	"fylkenr":          "%s må ha 2 siffer, for eksempel 03",
	"maksAntall":       "%s må være et helt tall fra 1 og oppover",
}

// hjelpeord says what to do about a field, else the rule as the border words it.
func hjelpeord(ledetekst, tag, problem string) string {
	text := "%s " + problem
	if known := regelord[tag]; known != "" {
		text = known
	}
	for _, o := range ord {
		if o.regel == problem {
			text = o.hjelp
		}
	}
	return strings.Replace(text, "%s", "«"+ledetekst+"»", 1) + "."
}

// feilord is a heading and a sentence for each fault that is about no field.
var feilord = map[string][2]string{
	"ugyldigForespoersel": {"Spørsmålet ble ikke forstått", "Se over det du har fylt inn, og prøv igjen."},
	"forStor":             {"Spørsmålet er for stort", "Se over det du har fylt inn, og prøv igjen."},
	"ikkeTilgang":         {"Du har ikke tilgang til dette", "Avtalen til virksomheten omfatter ikke oppslaget, eller ikke et felt du har fylt inn."},
	"forMangeForespoersler": {"Kvoten er brukt opp",
		"Virksomheten har spurt så mange ganger, eller om så mange personer, som avtalen gir rom for. Prøv igjen senere."},
	"feilIBackOffice": {"Noe gikk galt", "Feilen er vår. Prøv igjen om litt."},
	"opptatt":         {"Tjenesten er opptatt akkurat nå", "Prøv igjen om litt."},
}

// referanse is what to quote to whoever runs the service, as the border writes it.
var referanse = regexp.MustCompile(`\b[0-9a-z]{12}\b`)

// ord is the fault in words, and the reference to quote, "" for none.
func (f *Feil) ord() (tittel, tekst, ref string) {
	words, known := feilord[f.Kode]
	if !known {
		words = feilord["ugyldigForespoersel"]
	}
	if i := strings.Index(strings.ToLower(f.Melding), "referanse"); i >= 0 {
		ref = referanse.FindString(f.Melding[i:])
	}
	return words[0], words[1], ref
}
