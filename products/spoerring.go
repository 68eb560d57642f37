package products

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"aareg/store"
)

// spoerring reads the elements of one request, in the order a handler asks for them, and keeps the first rule that
// was broken. An element that is absent arrives as nil; the border has trimmed the others.
type spoerring struct {
	err error
}

func (s *spoerring) refuse(tag, problem string) {
	if s.err == nil {
		s.err = &InvalidRequest{Tag: tag, Problem: problem}
	}
}

// optional is the text of an element, "" when it is absent.
func optional[T ~string](text *T) string {
	if text == nil {
		return ""
	}
	return string(*text)
}

func mandatory[T ~string](s *spoerring, tag string, text *T) string {
	if optional(text) == "" {
		s.refuse(tag, "mangler")
	}
	return optional(text)
}

// matching is an element that, when it is there, has a form.
func matching[T ~string](s *spoerring, tag string, text *T, form form, problem string) string {
	value := optional(text)
	if value != "" && !form(value) {
		s.refuse(tag, problem)
		return ""
	}
	return value
}

// form says whether a text has a form.
type form func(text string) bool

var (
	arbeidsgivernr   = form(func(s string) bool { return len(s) != 10 && siffer(9, 11)(s) })
	foedselsnr       = siffer(11, 11)
	arbeidsforholdId = siffer(1, 18)
	kommunenr        = siffer(4, 4)
	postnr           = siffer(4, 4)
	fylkenr          = siffer(2, 2)
	aar              = siffer(4, 4)
	alder            = siffer(1, 3)
	antall           = form(regexp.MustCompile(`^0*[1-9][0-9]*$`).MatchString)
	dato             = regexp.MustCompile(`^([0-9]{4}-[0-9]{2}-[0-9]{2})(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9])?$`)
)

// siffer is the form of so many digits. Nearly every question has a number, and a regular expression takes a third as long as
// the gate does for the whole question.
func siffer(least, most int) form {
	return func(s string) bool {
		for _, c := range []byte(s) {
			if c < '0' || c > '9' {
				return false
			}
		}
		return least <= len(s) && len(s) <= most
	}
}

// number is a whole number of a form, the largest there is for one that is larger; nil when the element is absent.
func number[T ~string](s *spoerring, tag string, text *T, form form, problem string) *int {
	value := matching(s, tag, text, form, problem)
	if value == "" {
		return nil
	}
	n, err := strconv.Atoi(value)
	if err != nil {
		n = math.MaxInt // the form lets digits through and nothing else
	}
	return &n
}

// code is an element that is one of a closed list; "" when it is absent.
func code[T ~string](s *spoerring, tag string, text *T, allowed ...string) string {
	value := optional(text)
	for _, a := range allowed {
		if value == a {
			return value
		}
	}
	if value != "" {
		s.refuse(tag, "må være en av "+strings.Join(allowed, ", "))
	}
	return ""
}

// parseDato is a date of a question: åååå-mm-dd; a zone is allowed and means nothing, the calendar date counts.
func parseDato[T ~string](s *spoerring, tag string, text *T) store.Dato {
	value := optional(text)
	if value == "" {
		return 0
	}
	const problem = "må være en dato på formen åååå-mm-dd"
	parts := dato.FindStringSubmatch(value)
	if parts == nil {
		s.refuse(tag, problem)
		return 0
	}
	d, err := store.ParseDato(parts[1])
	if err != nil {
		s.refuse(tag, problem)
	}
	return d
}

// parseBool is a boolean of a question: xsd:boolean's four, and True and False, which the document prints.
func parseBool[T ~string](s *spoerring, tag string, text *T) bool {
	switch optional(text) {
	case "true", "True", "1":
		return true
	case "false", "False", "0", "":
		return false
	}
	s.refuse(tag, "må være true eller false")
	return false
}

func mandatoryBool[T ~string](s *spoerring, tag string, text *T) bool {
	mandatory(s, tag, text)
	return parseBool(s, tag, text)
}

// parseStatusArbeidsforhold takes both spellings, aktive (§ 2.2) and aktiv (§ 2.3), in both.
func parseStatusArbeidsforhold[T ~string](s *spoerring, text *T) store.StatusArbeidsforhold {
	switch code(s, "statusArbeidsforhold", text, "alle", "aktive", "aktiv", "opphoert") {
	case "aktive", "aktiv":
		return store.Aktive
	case "opphoert":
		return store.Opphoerte
	}
	return 0
}

func parseLovgivning[T ~string](s *spoerring, text *T) store.Lovgivning {
	switch code(s, "lovgivning", text, "alle", "ny", "gammel") {
	case "ny":
		return store.Ny
	case "gammel":
		return store.Gammel
	}
	return 0
}

// born narrows a search to a birth date or years of birth, and to ages.
func born[D, F, T, A, B ~string](s *spoerring, soek *store.Personsoek, foedt *D, faarfra *F, faartil *T, alderfra *A, aldertil *B) {
	const aarProblem, alderProblem = "må være et årstall med fire siffer", "må være et helt tall med høyst tre siffer"
	fdato := parseDato(s, "fdato", foedt)
	soek.FoedtFra, soek.FoedtTil = fdato, fdato
	if fra := number(s, "faarfra", faarfra, aar, aarProblem); fra != nil {
		soek.FoedtFra = max(fdato, store.Dato(*fra*10000+101)) // within the year of fdato, or refused below
	}
	if til := number(s, "faartil", faartil, aar, aarProblem); til != nil && fdato == 0 {
		soek.FoedtTil = store.Dato(*til*10000 + 1231)
	}
	switch fra, til, year := optional(faarfra), optional(faartil), fdato.String(); {
	case fra != "" && til != "" && fra > til:
		s.refuse("faarfra", "kan ikke være etter faartil")
	case fdato != 0 && fra != "" && fra > year[:4]:
		s.refuse("faarfra", "er i strid med fdato")
	case fdato != 0 && til != "" && til < year[:4]:
		s.refuse("faartil", "er i strid med fdato")
	}
	soek.AlderFra = number(s, "alderfra", alderfra, alder, alderProblem)
	soek.AlderTil = number(s, "aldertil", aldertil, alder, alderProblem)
	if soek.AlderFra != nil && soek.AlderTil != nil && *soek.AlderFra > *soek.AlderTil {
		s.refuse("alderfra", "kan ikke være større enn aldertil")
	}
}
