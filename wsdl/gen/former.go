package main

import (
	"fmt"
	"slices"

	"aareg/wsdl/felt"
)

// form is a named simple type: a restriction of xs:string. Codes that may be
// empty are patterns, since an enumeration with or without an empty literal
// breaks clients; so are dates and numbers, which old clients read as text.
type form struct {
	name     string
	pattern  string
	values   []string // an enumeration
	notEmpty bool
}

const (
	month    = `(0[1-9]|1[0-2])`
	dayOf31  = `(0[1-9]|[12][0-9]|3[01])`
	dayOf30  = `(0[1-9]|[12][0-9]|30)`
	dayOf29  = `(0[1-9]|[12][0-9])`
	long     = `(0[13578]|1[02])`
	short    = `(0[469]|11)`
	isoDate  = `[0-9]{4}-(` + long + `-` + dayOf31 + `|` + short + `-` + dayOf30 + `|02-` + dayOf29 + `)`
	norDate  = `(` + dayOf31 + `\.` + long + `|` + dayOf30 + `\.` + short + `|` + dayOf29 + `\.02)\.[0-9]{4}`
	timeZone = `(Z|(\+|-)((0[0-9]|1[0-3]):[0-5][0-9]|14:00))?`
)

// statuskoder is column type of statuskode, the one enumeration. The 2015
// dialect has an eighth value.
const (
	statuskoder     = "kode:komplett|ikke_entydig|ingen|fortrolig|strengt_fortrolig|trunkert|utilgjengelig"
	statuskoder2015 = statuskoder + "|opphoert"
)

// statuskoderOf is the type that statuskode has in a dialect.
func statuskoderOf(d felt.Dialekt) string {
	if d == felt.D2015 {
		return statuskoder2015
	}
	return statuskoder
}

// Forms of elements that share a type of the table with others.
const (
	alder      = "alder i spørring"
	maksAntall = "maksAntall"
)

// kind is a type of the table, with the name and the pattern of its form.
type kind struct{ typ, name, pattern string }

// kinds are all of them but statuskode. Each gives two simple types, one that
// may be empty and one, called Paakrevd…, that may not.
var kinds = []kind{
	{"tekst", "Tekst", ""},
	{"heltall", "Heltall", `[0-9]+`},
	{alder, "AlderInn", `[0-9]{1,3}`},
	{maksAntall, "MaksAntall", `0*[1-9][0-9]*`},
	{"desimaltall", "Desimaltall", `-?[0-9]+\.[0-9]+`},
	{"sann_usann", "SannUsann", `true|false`},
	{"sann_usann_inn", "SannUsannInn", `true|false|True|False|1|0`},
	{"dato_åååå-mm-dd", "Dato", isoDate},
	{"dato_dd.mm.åååå", "DatoNorsk", norDate},
	{"dato_inn", "DatoInn", isoDate + timeZone},
	{"periode_åååå-mm", "Maaned", `[0-9]{4}-` + month},
	{"aar", "Aar", `[0-9]{4}`},
	{"kommunenr", "Kommunenr", `[0-9]{4}`},
	{"postnr", "Postnr", `[0-9]{4}`},
	{"fylkenr", "Fylkenr", `[0-9]{2}`},
	{"personnr", "Foedselsnr", `[0-9]{11}`},
	{"arbeidsforholdid", "ArbeidsforholdId", `[0-9]{1,18}`},
	{"siffer 9 eller 11", "Arbeidsgivernr", `[0-9]{9}|[0-9]{11}`},
	{"kode:K|M", "Kjoenn", `K|M`},
	{"kode:0|1", "NullEllerEn", `0|1`},
	{"kode:alle|aktive|aktiv|opphoert", "StatusArbeidsforhold", `alle|aktive|aktiv|opphoert`},
	{"kode:alle|ny|gammel", "Lovgivning", `alle|ny|gammel`},
}

// neverEmpty are the leaves of answers that always have a value.
var neverEmpty = []string{"statuskode", "statustekst", "antall", "antallTot"}

// formsOf are all simple types there can be in a dialect, in the order of the schema.
func formsOf(d felt.Dialekt) []form {
	all := []form{{name: "StatuskodeType", values: felt.Rad{Type: statuskoderOf(d)}.Kodeliste()}}
	for _, k := range kinds {
		optional := form{name: k.name + "Type"}
		if k.pattern != "" {
			optional.pattern = "(" + k.pattern + ")?"
		}
		all = append(all, optional,
			form{name: "Paakrevd" + k.name + "Type", pattern: k.pattern, notEmpty: k.pattern == ""})
	}
	return all
}

// formOf is the name of a leaf's simple type.
func formOf(d felt.Dialekt, r felt.Rad) (string, error) {
	if r.Type == statuskoderOf(d) {
		return "StatuskodeType", nil
	}
	typ := typeOf(r)
	i := slices.IndexFunc(kinds, func(k kind) bool { return k.typ == typ })
	switch {
	case i < 0:
		return "", fmt.Errorf("no form for type %q", r.Type)
	case filled(r):
		return "Paakrevd" + kinds[i].name + "Type", nil
	}
	return kinds[i].name + "Type", nil
}

// typeOf is the type of the table, or the narrower one that a question's number has.
func typeOf(r felt.Rad) string {
	switch {
	case r.Retning == felt.Respons || r.Type != "heltall":
		return r.Type
	case r.Tag == "maksAntall":
		return maksAntall
	}
	return alder
}

// filled tells whether the leaf must have a value where it stands.
func filled(r felt.Rad) bool {
	if r.Retning == felt.Request {
		return r.Krav == "M" && r.Mandatory()
	}
	return slices.Contains(neverEmpty, r.Tag)
}
