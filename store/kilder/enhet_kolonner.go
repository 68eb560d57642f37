package kilder

import "strings"

// csvkolonne is a column of a CSV file of units: the name that its file has for it, and where its values go. A column
// without a place in the register has no sett.
type csvkolonne struct {
	navn string
	sett func(*enhetsdata, string) error
}

// kolonne knows a column by its name. The case of letters differs between the files and from the JSON.
func kolonne(name string) csvkolonne {
	name = strings.TrimSpace(name)
	lower := strings.ToLower(name)
	c := csvkolonne{kolonnenavn(name), enhetskolonner[lower]}
	if prefix, rest, dotted := strings.Cut(lower, "."); dotted && c.sett == nil {
		if adresse := adressekolonner[prefix]; adresse != nil {
			c.sett = adressekolonne(adresse, rest)
		}
	}
	return c
}

// kolonnenavn is a column's name as it may be printed.
func kolonnenavn(name string) string {
	for part := range strings.SplitSeq(name, ".") {
		if !erNavn(strings.ToLower(part)) {
			return "?"
		}
	}
	return name
}

var enhetskolonner = map[string]func(*enhetsdata, string) error{
	"respons_klasse":                     tekstkolonne(func(e *enhetsdata) *string { return &e.Responsklasse }),
	"organisasjonsnummer":                tekstkolonne(func(e *enhetsdata) *string { return &e.Orgnr }),
	"navn":                               tekstkolonne(func(e *enhetsdata) *string { return &e.Navn }),
	"organisasjonsform.kode":             tekstkolonne(func(e *enhetsdata) *string { return &e.Organisasjonsform.Kode }),
	"organisasjonsform.beskrivelse":      tekstkolonne(func(e *enhetsdata) *string { return &e.Organisasjonsform.Beskrivelse }),
	"overordnetenhet":                    tekstkolonne(func(e *enhetsdata) *string { return &e.OverordnetEnhet }),
	"registreringsdatoenhetsregisteret":  datokolonne(func(e *enhetsdata) *dato { return &e.Registreringsdato }),
	"registreringsdatoienhetsregisteret": datokolonne(func(e *enhetsdata) *dato { return &e.Registreringsdato }),
	"stiftelsesdato":                     datokolonne(func(e *enhetsdata) *dato { return &e.Stiftelsesdato }),
	"oppstartsdato":                      datokolonne(func(e *enhetsdata) *dato { return &e.Oppstartsdato }),
	"datoeierskifte":                     datokolonne(func(e *enhetsdata) *dato { return &e.DatoEierskifte }),
	"nedleggelsesdato":                   datokolonne(func(e *enhetsdata) *dato { return &e.Nedleggelsesdato }),
	"slettedato":                         datokolonne(func(e *enhetsdata) *dato { return &e.Slettedato }),
}

var adressekolonner = map[string]func(*enhetsdata) *enhetsadresse{
	"forretningsadresse":  func(e *enhetsdata) *enhetsadresse { return &e.Forretningsadresse },
	"beliggenhetsadresse": func(e *enhetsdata) *enhetsadresse { return &e.Beliggenhet },
	"postadresse":         func(e *enhetsdata) *enhetsadresse { return &e.Postadresse },
}

func tekstkolonne(felt func(*enhetsdata) *string) func(*enhetsdata, string) error {
	return func(e *enhetsdata, value string) error {
		*felt(e) = value
		return nil
	}
}

func datokolonne(felt func(*enhetsdata) *dato) func(*enhetsdata, string) error {
	return func(e *enhetsdata, value string) error {
		return felt(e).UnmarshalText([]byte(value))
	}
}

// adressekolonne is a column of an address by its name behind the dot. Lines stand in one column, or one in each of
// several with a number, in the order of the header.
func adressekolonne(adresse func(*enhetsdata) *enhetsadresse, name string) func(*enhetsdata, string) error {
	text := func(felt func(*enhetsadresse) *string) func(*enhetsdata, string) error {
		return tekstkolonne(func(e *enhetsdata) *string { return felt(adresse(e)) })
	}
	switch name {
	case "postnummer":
		return text(func(a *enhetsadresse) *string { return &a.Postnr })
	case "poststed":
		return text(func(a *enhetsadresse) *string { return &a.Poststed })
	case "kommunenummer":
		return text(func(a *enhetsadresse) *string { return &a.Kommunenr })
	case "kommune":
		return text(func(a *enhetsadresse) *string { return &a.Kommune })
	case "landkode":
		return text(func(a *enhetsadresse) *string { return &a.Landkode })
	case "land":
		return text(func(a *enhetsadresse) *string { return &a.Land })
	}
	number, isLine := strings.CutPrefix(name, "adresse")
	if !isLine || strings.Trim(strings.TrimPrefix(number, "linje"), "0123456789.[]") != "" {
		return nil
	}
	return func(e *enhetsdata, value string) error {
		a := adresse(e)
		a.Linjer = append(a.Linjer, adresselinjer(value)...)
		return nil
	}
}

// adresselinjer parts the lines of an address in one field. The bulk files write /n between them. It is no line end in
// "v/nilsen": there it belongs to the v before it, which alone would be no line.
func adresselinjer(value string) (lines []string) {
	for _, line := range strings.FieldsFunc(value, func(c rune) bool { return c == '\n' || c == '\r' }) {
		rest := line
		for from := 0; ; {
			at := strings.Index(rest[from:], "/n")
			if at < 0 {
				break
			}
			at += from
			if before := strings.ToLower(rest[:at]); before == "v" || strings.HasSuffix(before, " v") {
				from = at + 2
				continue
			}
			lines = append(lines, rest[:at])
			rest, from = rest[at+2:], 0
		}
		lines = append(lines, rest)
	}
	return lines
}
