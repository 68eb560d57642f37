package kontrakt

import (
	"fmt"

	"aareg/wsdl/felt"
)

// maksUlike is how many differences of one answer are told one by one.
const maksUlike = 5000

// Fasit holds an answer against the one that was recorded, or a case's golden one: a violation of the rule fasit for
// each leaf that differs (see Ulikheter for what does not count), with the row of table it belongs to. A want without
// HTTP status or media type says nothing of them.
func Fasit(table []felt.Rad, q Spoersmaal, want, got Svar) []Brudd {
	var found []Brudd
	differences := Ulikheter(table, operasjonTil(q), want, got)
	for i, u := range differences {
		if i == maksUlike {
			rest := fmt.Sprintf("there are %d more differences", len(differences)-i)
			return append(found, Brudd{Regel: "fasit", Tekst: rest})
		}
		found = append(found, Brudd{Regel: "fasit", Rad: u.Rad, Sti: u.Sti, Tekst: u.sier()})
	}
	return found
}

// operasjonTil is the operation that a question asks: of one that says none, the root of its body.
func operasjonTil(q Spoersmaal) string {
	if q.Operasjon != "" {
		return q.Operasjon
	}
	if k, err := aapne(q.Konvolutt); err == nil && k.innhold != nil {
		return k.innhold.Tag
	}
	return ""
}

// sier tells a difference from a recording in one sentence.
func (u *Ulikhet) sier() string {
	place := ""
	if u.Sted != u.Sti {
		place = ", at " + u.Sted
	}
	switch {
	case u.Sti == "" && !u.B.Finnes:
		return "nothing was answered; recorded was " + u.A.vis()
	case u.Sti == "" && !u.A.Finnes:
		return "is " + u.B.vis() + "; recorded was that nothing was answered"
	case u.Flyttet:
		return "stands at another place than recorded" + place
	case !u.B.Finnes:
		return "is missing; recorded was " + u.A.vis() + place
	case !u.A.Finnes:
		return "is " + u.B.vis() + ", and was not recorded" + place
	}
	return "is " + u.B.vis() + "; recorded was " + u.A.vis() + place
}

// maksVist is how many characters of a value are shown.
const maksVist = 120

// vis shows one side of a difference.
func (s Side) vis() string {
	switch text := []rune(s.Tekst); {
	case !s.Finnes && s.Tekst != "":
		return "nothing: " + s.Tekst
	case !s.Finnes:
		return "nothing"
	case len(text) == 0 && s.Barn > 0:
		return fmt.Sprintf("an element with %d others in it", s.Barn)
	case len(text) > maksVist:
		return fmt.Sprintf("%q…", string(text[:maksVist]))
	}
	return fmt.Sprintf("%q", s.Tekst)
}
