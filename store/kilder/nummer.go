package kilder

import (
	"strings"

	"aareg/store"
)

// part is a party of an arbeidsforhold, told by its number as Aa-registeret tells them: a valid foedselsnummer or
// D-number, a valid organisasjonsnummer, else an arbeidsgivernummer from before Enhetsregisteret (nine digits beginning
// with 300, 301 or 302, or any eleven). What the source calls a Person is one, whatever its check digits. The name that
// the source uses for the kind is kept.
func part(kind, ident string) (store.Part, error) {
	ident = strings.TrimSpace(ident)
	p := store.Part{Type: kind, Ident: ident}
	switch {
	case !digits(ident) || len(ident) != 9 && len(ident) != 11:
		return p, feil("ident", "neither 9 nor 11 digits")
	case len(ident) == 11 && (kind == "Person" || store.ValidFoedselsnr(ident)), len(ident) == 9 && store.ValidOrgnr(ident):
		return p, nil
	case len(ident) == 11 || ident[:3] == "300" || ident[:3] == "301" || ident[:3] == "302":
		p.Type = "Arbeidsgivernummer"
		return p, nil
	}
	return p, feil("ident", "9 digits that are neither an organisasjonsnummer nor an old arbeidsgivernummer")
}

// arbeidstaker is the employee: eleven digits. Folkeregisteret's own rules are not asked, since the register keeps
// whoever it was told of; a number that they refuse is noted.
func arbeidstaker(kind, ident string, m *Merknader) (store.Part, error) {
	ident = strings.TrimSpace(ident)
	if !digits(ident) || len(ident) != 11 {
		return store.Part{}, feil("ident", "not 11 digits")
	}
	if !store.ValidFoedselsnr(ident) {
		m.bemerk("an arbeidstaker whose number is no valid fødselsnummer or D-number")
	}
	return store.Part{Type: kind, Ident: ident}, nil
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// Utled reads sex and birth date off a foedselsnummer, for somebody of whom no person record is known; "" and 0 where
// that is not sound. It is sound for numbers given out before 2032 alone, so it must not be asked later, nor does it
// answer for a number whose first check digit only the rule of 2032 allows. Of a D-number only the sex is told: its
// day and month may be those of its registration, and its centuries overlap (series of before and after 2021).
// Individual digits that no year has give no date.
func Utled(nummer string) (kjoenn string, foedt store.Dato) {
	if !store.ValidFoedselsnr(nummer) || !store.GammelKontroll(nummer) {
		return "", 0
	}
	kjoenn = "M"
	if nummer[8]%2 == 0 {
		kjoenn = "K"
	}
	day, month := tall(nummer[0:2]), tall(nummer[2:4])
	if day > 40 {
		return kjoenn, 0
	}
	switch {
	case month > 80:
		month -= 80
	case month > 40:
		month -= 40
	}
	year := foedselsaar(tall(nummer[4:6]), tall(nummer[6:9]))
	d := store.Dato(year*10000 + month*100 + day)
	if _, err := store.ParseDato(d.String()); year == 0 || err != nil {
		return kjoenn, 0
	}
	return kjoenn, d
}

// foedselsaar is the year of a foedselsnummer with the last two digits yy and the individual digits iii, 0 when no
// year has them (facts of Folkeregisteret: 000-499 1900-1999, 500-749 1854-1899, 500-999 2000-2039, 900-999 1940-1999).
func foedselsaar(yy, iii int) int {
	switch {
	case iii <= 499:
		return 1900 + yy
	case yy <= 39:
		return 2000 + yy
	case iii <= 749 && yy >= 54:
		return 1800 + yy
	case iii >= 900:
		return 1900 + yy
	}
	return 0
}

func tall(s string) (n int) {
	for _, c := range []byte(s) {
		n = n*10 + int(c-'0')
	}
	return n
}
