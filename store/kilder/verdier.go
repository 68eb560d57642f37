package kilder

import (
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"aareg/store"
)

// dato is a calendar date as sources write it: yyyy-mm-dd alone, with a zone behind it (2017-12-01+01:00), or as the
// date of a time (2018-05-14T21:53:00.000Z). The date that is written holds; no zone moves it. Empty is none.
type dato store.Dato

var errDato = feil("", "not a date of the form yyyy-mm-dd")

func lesDato(s string) (store.Dato, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return 0, nil
	}
	if len(s) > 10 {
		if !etterDato(s[10:]) {
			return 0, errDato
		}
		s = s[:10]
	}
	d, err := store.ParseDato(s)
	if err != nil {
		return 0, errDato
	}
	return d, nil
}

func (d *dato) UnmarshalText(b []byte) error {
	v, err := lesDato(string(b))
	*d = dato(v)
	return err
}

// maaned is a calendar month: yyyy-mm, yyyy-m (Aa-registeret's own store writes it so), or with a zone behind it.
type maaned store.Maaned

var errMaaned = feil("", "not a month of the form yyyy-mm")

func lesMaaned(s string) (store.Maaned, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return 0, nil
	}
	if len(s) < 6 || !digits(s[:4]) || s[4] != '-' {
		return 0, errMaaned
	}
	end := 6
	if len(s) > 6 && siffer(s[6]) {
		end = 7
	}
	if !digits(s[5:end]) || end < len(s) && !sone(s[end:]) {
		return 0, errMaaned
	}
	year, month := tall(s[:4]), tall(s[5:end])
	if year == 0 || month < 1 || month > 12 {
		return 0, errMaaned
	}
	return store.Maaned(year*100 + month), nil
}

func (m *maaned) UnmarshalText(b []byte) error {
	v, err := lesMaaned(string(b))
	*m = maaned(v)
	return err
}

// tidspunkt is a time, kept as it is written: without a zone or with one, with or without seconds, or a date alone.
type tidspunkt store.Tidspunkt

func (t *tidspunkt) UnmarshalText(b []byte) error {
	s := strings.TrimSpace(string(b))
	if _, err := lesDato(s); err != nil {
		return feil("", "not a time of the form yyyy-mm-ddThh:mm[:ss[.fffffffff]]")
	}
	*t = tidspunkt(s)
	return nil
}

// desimal is a JSON number, exact as it is written. Some exporters write numbers as strings; they are read, too.
type desimal store.Desimal

var errDesimal = feil("", "not a decimal number")

func (d *desimal) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	value, err := dec.ReadValue()
	if err != nil {
		return err
	}
	switch value.Kind() {
	case 'n':
		*d = ""
		return nil
	case '"':
		value = value[1 : len(value)-1]
	case '0':
	default:
		return errDesimal
	}
	v, err := lesDesimal(string(value))
	*d = desimal(v)
	return err
}

func lesDesimal(s string) (store.Desimal, error) {
	s = strings.TrimSpace(s)
	switch {
	case s == "":
		return "", nil
	case len(s) < 20 && digits(s) && (s[0] != '0' || len(s) == 1):
		return store.Desimal(s + ".0"), nil
	case somTrykt(s):
		return store.Desimal(s), nil
	}
	v, err := store.ParseDesimal(s)
	if err != nil {
		return "", errDesimal
	}
	return v, nil
}

// somTrykt says whether a decimal number is written as it will be printed, so that nothing need be done with it.
func somTrykt(s string) bool {
	whole, fraction, point := strings.Cut(s, ".")
	return point && len(s) < 20 && digits(whole) && digits(fraction) && (whole[0] != '0' || len(whole) == 1) &&
		(fraction[len(fraction)-1] != '0' || len(fraction) == 1)
}

// gradering reads the protection grade of a person in the spellings of PDL (STRENGT_FORTROLIG, STRENGT_FORTROLIG_UTLAND,
// FORTROLIG, UGRADERT), Folkeregisteret (strengtFortrolig, fortrolig, ugradert), Tenor (StrengtFortrolig) and the old
// codes (6 and 7, SPSF and SPFO). klientadresse is of an address, and no protection of a person. What is not known is
// an error: somebody's protection must not be lost.
func gradering(s string) (store.Gradering, error) {
	switch strings.ReplaceAll(strings.ToLower(strings.TrimSpace(s)), "_", "") {
	case "", "ugradert", "klientadresse":
		return store.Ugradert, nil
	case "fortrolig", "7", "spfo":
		return store.Fortrolig, nil
	case "strengtfortrolig", "6", "spsf":
		return store.StrengtFortrolig, nil
	case "strengtfortroligutland":
		return store.StrengtFortroligUtland, nil
	}
	return 0, feil("", "not a known protection grade")
}
