package kilder

import (
	"errors"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"aareg/store"
)

// What the shapes of arbeidsforhold share.

// nevnt is a member that is known and has no place in the register: all that is kept is whether it says anything.
type nevnt bool

func (n *nevnt) UnmarshalJSONFrom(d *jsontext.Decoder) error {
	value, err := d.ReadValue()
	if err != nil {
		return err
	}
	*n = nevnt(!tom(value))
	return nil
}

// nevn counts a member that says something as one without a place.
func (m *Merknader) nevn(path string, n nevnt) {
	if n {
		m.utenPlass(path)
	}
}

// bruksperiode is when Aa-registeret itself used a row. One that has ended was replaced by another.
type bruksperiode struct {
	Fom  tidspunkt      `json:"fom"`
	Tom  tidspunkt      `json:"tom"`
	Rest jsontext.Value `json:",embed"`
}

const erstattet = "an arbeidsforhold whose bruksperiode has ended is technical history and was left out"

// liste turns a list of a source into one of the register. Missing, null and empty are the same: none.
func liste[S, R any](source []S, one func(*S) R) []R {
	if len(source) == 0 {
		return nil
	}
	list := make([]R, len(source))
	for i := range source {
		list[i] = one(&source[i])
	}
	return list
}

// iFelt puts the path of a member before what is wrong in it.
func iFelt(path string, err error) error {
	var inner *feltfeil
	switch {
	case !errors.As(err, &inner):
		return err
	case inner.felt == "":
		return feil(path, inner.problem)
	}
	return feil(path+"."+inner.felt, inner.problem)
}

// uuid is one written in lower case, as all that is compared later must be.
func uuid(s string) (string, error) {
	if s == "" {
		return "", nil
	}
	s = strings.ToLower(s)
	if len(s) != 36 || s[8] != '-' || s[13] != '-' || s[18] != '-' || s[23] != '-' || strings.Trim(s, "0123456789abcdef-") != "" ||
		strings.Count(s, "-") != 4 {
		return "", feil("", "not a uuid")
	}
	return s, nil
}

// kontroll refuses what the register could not keep or find again.
func kontroll(a *store.Arbeidsforhold, m *Merknader) error {
	named := a.UUID != "" || a.ArbeidsforholdId != 0
	switch {
	case !named && a.Arbeidstaker.Ident == "":
		return feil("", "has neither uuid nor navArbeidsforholdId, and no arbeidstaker: that is no whole arbeidsforhold")
	case !named:
		return feil("", "has neither uuid nor navArbeidsforholdId, so it could never be found again")
	case a.ArbeidsforholdId < 0:
		return feil("navArbeidsforholdId", "negative")
	case a.Arbeidstaker.Ident == "":
		return feil("arbeidstaker", "has no number")
	case a.Arbeidssted.Ident == "":
		return feil("", "has no arbeidssted (arbeidsgiver) with a number")
	case a.Ansettelsesperiode.Startdato == 0:
		return feil("ansettelsesperiode", "has no start")
	}
	if a.Opplysningspliktig.Ident == "" {
		m.bemerk("an arbeidsforhold without a number of its opplysningspliktig")
	}
	return nil
}
