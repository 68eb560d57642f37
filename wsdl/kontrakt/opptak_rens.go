package kontrakt

import (
	"bytes"
	"errors"
	"regexp"
	"strings"
	"unicode/utf8"
)

// errUTF16 is about a document in which credentials would not be found.
var errUTF16 = errors.New("is in UTF-16, which is not recorded")

// fjernet stands for a credential in a recording. It has a form that every schema takes, so that the question can be
// asked again.
const fjernet = "fjernet"

// fjernetSesjonsid stands for a sesjonsid, in its form.
const fjernetSesjonsid = "1750000000.0#AAAAAAAAAAAAAAAAAAAAAAAAAAA"

// satt is the block that Innlogging.Sett puts into a question, with the header that it makes for it.
var satt = regexp.MustCompile(`<brukersesjon:Brukersesjon xmlns:brukersesjon="[^"]*" xmlns=""><distribusjonskanal>PTP</distribusjonskanal>` +
	`<systemnavn>[^<]*</systemnavn><brukernavn>[^<]*</brukernavn><passord>[^<]*</passord></brukersesjon:Brukersesjon>`)
var sattMedHode = regexp.MustCompile(`<(?:[A-Za-z0-9_.-]+:)?Header>` + satt.String() + `</(?:[A-Za-z0-9_.-]+:)?Header>`)

// rens takes the credentials out of a question or an answer. Those that Innlogging.Sett has put there are gone, so that
// others can be put in their place. Of Brukersesjon and WS-Security's UsernameToken, also in comments, the values are
// replaced; one that its schema finds too short or too long by one of the same length, since the question may be about
// that. All other bytes stay as they are, well-formed or not.
func rens(document []byte) ([]byte, error) {
	if bytes.IndexByte(document, 0) >= 0 {
		return nil, errUTF16
	}
	document = satt.ReplaceAll(sattMedHode.ReplaceAll(document, nil), nil)
	return []byte(rensTekst(string(document))), nil
}

func rensTekst(document string) string {
	return gaaGjennom(document, func(what innhold, text string) string {
		switch {
		case what == hemmelig:
			return erstatt(text)
		case what == ukjent && strings.Contains(text, "<"): // a comment with elements in it
			return rensTekst(text)
		}
		return text
	}, func(name, value string) string {
		if local := name[strings.LastIndexByte(name, ':')+1:]; value != "" && strings.EqualFold(local, "autorisasjonsnoekkel") {
			return fjernet
		}
		return value
	})
}

func erstatt(secret string) string {
	n := utf8.RuneCountInString(secret)
	switch {
	case sesjonsidForm.MatchString(secret):
		return fjernetSesjonsid
	case n < 5 || n > 60:
		return strings.Repeat("x", n)
	}
	return fjernet
}

// tallrekke is a number in a text.
var tallrekke = regexp.MustCompile(`[0-9]+`)

// Oppdiktet tells whether every number of a person and a unit in the answers is one that nobody has: of persons the
// month has 80 added; of units the number begins with 2 or 3, but not with 300 to 302, or has a wrong check digit. All
// products say by such a number of whom they tell, so that nothing of real people is in such answers.
func (o *Opptak) Oppdiktet() bool {
	for _, p := range o.Par {
		if bytes.IndexByte(p.Svar.Kropp, 0) >= 0 {
			return false
		}
		for _, number := range tallrekke.FindAllString(lesbar(p.Svar.Kropp), -1) {
			if !oppdiktet(number) {
				return false
			}
		}
	}
	return true
}

func oppdiktet(number string) bool {
	switch len(number) {
	case 9:
		return (number[0] == '2' || number[0] == '3') && (number[:3] < "300" || number[:3] > "302") || !gyldigOrgnr(number)
	case 11:
		return "81" <= number[2:4] && number[2:4] <= "92"
	}
	return true
}

// gyldigOrgnr tells whether nine digits end in the check digit of an organisasjonsnummer, modulo 11.
func gyldigOrgnr(number string) bool {
	sum := 0
	for i, weight := range []int{3, 2, 7, 6, 5, 4, 3, 2, 1} {
		sum += weight * int(number[i]-'0')
	}
	return sum%11 == 0
}
