package kontrakt

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"aareg/wsdl/felt"
)

// former are the formats of values by their type in the table (semantics, "Values").
var former = map[string]func(string) bool{
	"tekst":             func(s string) bool { return s == strings.TrimSpace(s) && !strings.ContainsAny(s, "\t\r\n") },
	"heltall":           regexp.MustCompile(`^(0|[1-9][0-9]*)$`).MatchString,
	"desimaltall":       regexp.MustCompile(`^-?(0|[1-9][0-9]*)\.[0-9]+$`).MatchString,
	"sann_usann":        func(s string) bool { return s == "true" || s == "false" },
	"sann_usann_inn":    func(s string) bool { return slices.Contains(sannUsann, s) },
	"kommunenr":         fireSiffer,
	"postnr":            fireSiffer,
	"aar":               fireSiffer,
	"fylkenr":           regexp.MustCompile(`^[0-9]{2}$`).MatchString,
	"personnr":          regexp.MustCompile(`^[0-9]{11}$`).MatchString,
	"arbeidsforholdid":  regexp.MustCompile(`^[0-9]{1,18}$`).MatchString,
	"siffer 9 eller 11": regexp.MustCompile(`^([0-9]{9}|[0-9]{11})$`).MatchString,
	"dato_åååå-mm-dd":   datoform(isoDato),
	"dato_dd.mm.åååå":   datoform(norskDato),
	"periode_åååå-mm":   datoform("2006-01"),
	"dato_inn":          datoInn,
}

// sannUsann are the booleans that questions may say.
var sannUsann = []string{"true", "false", "True", "False", "1", "0"}

const (
	isoDato   = "2006-01-02"
	norskDato = "02.01.2006"
)

var fireSiffer = regexp.MustCompile(`^[0-9]{4}$`).MatchString

func datoform(layout string) func(string) bool {
	return func(s string) bool {
		at, err := time.Parse(layout, s)
		return err == nil && at.Format(layout) == s
	}
}

var tidssone = regexp.MustCompile(`(Z|[+-][0-9]{2}:[0-9]{2})$`)

// datoInn takes a calendar date, with or without a time zone that does not shift it.
func datoInn(s string) bool { return datoform(isoDato)(tidssone.ReplaceAllString(s, "")) }

// harForm says whether a value has a type of the table: a closed list, or one of the formats.
func harForm(typ, value string) bool {
	if closed := (felt.Rad{Type: typ}).Kodeliste(); closed != nil {
		return slices.Contains(closed, value)
	}
	form, known := former[typ]
	return known && form(value)
}

// isType says whether a word is a type that a leaf of the table can have.
func isType(typ string) bool {
	return former[typ] != nil || (felt.Rad{Type: typ}).Kodeliste() != nil
}

// normal is a value as those are compared that may be written in several ways: dates as åååå-mm-dd, booleans as true
// and false. Others are as they are.
func normal(value string) string {
	for _, layout := range []string{isoDato, norskDato} {
		if at, err := time.Parse(layout, value); err == nil {
			return at.Format(isoDato)
		}
	}
	switch value {
	case "True", "1":
		return "true"
	case "False", "0":
		return "false"
	}
	return value
}
