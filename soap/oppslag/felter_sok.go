package oppslag

import (
	"net/http"
	"regexp"
	"strings"
	"unicode"
)

// maksTreffVist is how many hits of a search are shown: what is more than this was searched for too widely.
const maksTreffVist = 100

// sokbilde is a search as the page shows it. What is searched for is posted and stands in no address.
type sokbilde struct {
	Sti, Ledetekst string
	Tekst          string // searched for; "" for nothing
	Feil           string // why nothing was searched for
	Treff, Vist    int
}

// nummer is what may be somebody's number, or begin with one, when blanks and punctuation are gone.
var nummer = regexp.MustCompile(`[0-9]{9}`)

// sok reads what is searched for. A number of somebody is refused and forgotten.
func sok(r *http.Request, sti, ledetekst string) sokbilde {
	s := sokbilde{Sti: sti, Ledetekst: ledetekst, Tekst: strings.TrimSpace(strings.ToValidUTF8(r.PostFormValue("sok"), ""))}
	digits := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsPunct(r) {
			return -1
		}
		return r
	}, s.Tekst)
	switch {
	case nummer.MatchString(digits):
		s.Tekst, s.Feil = "", "Her søker du i dokumentasjonen, ikke i registeret. Bruk et av oppslagene for å slå opp et nummer."
	case s.Tekst == "":
		s.Feil = "Fyll inn det du vil søke etter."
	}
	return s
}

// status is that of the page with the search.
func (s sokbilde) status() int {
	if s.Feil != "" {
		return http.StatusUnprocessableEntity
	}
	return http.StatusOK
}

// finner says whether one of some texts has what is searched for, in any case of letters.
func (s sokbilde) finner(texts ...string) bool {
	for _, text := range texts {
		if strings.Contains(strings.ToLower(text), strings.ToLower(s.Tekst)) {
			return true
		}
	}
	return false
}

// tar counts a hit, and says whether it is shown.
func (s *sokbilde) tar() bool {
	s.Treff++
	if s.Treff > maksTreffVist {
		return false
	}
	s.Vist++
	return true
}
