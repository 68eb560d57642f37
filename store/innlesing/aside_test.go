package innlesing_test

import (
	"os"
	"strings"
	"testing"
)

// TestNobodyIsLessProtectedForARecordSetAside: a person's record that cannot be used stops the import, unless it says that nobody
// in it is protected; so does any other that says that somebody is.
func TestNobodyIsLessProtectedForARecordSetAside(t *testing.T) {
	pdl := func(beskyttelse string) string {
		return `{"ident":"12829499914","code":"ok","person":{"navn":[{"etternavn":"Ulv"}],"foedselsdato":[{"foedselsdato":"1994-13-45"}]` + beskyttelse + `}}`
	}
	for name, test := range map[string]struct {
		record string
		aside  bool
	}{
		"nobody is":                       {pdl(`,"adressebeskyttelse":[]`), true},
		"nobody is, in so many words":     {pdl(`,"adressebeskyttelse":[{"gradering":"UGRADERT"}]`), true},
		"kode 6":                          {pdl(`,"adressebeskyttelse":[{"gradering":"STRENGT_FORTROLIG"}]`), false},
		"kode 7 once":                     {pdl(`,"adressebeskyttelse":[{"gradering":"UGRADERT"},{"gradering":"FORTROLIG","metadata":{"historisk":true}}]`), false},
		"not told":                        {pdl(``), false},
		"of a grade unheard of":           {pdl(`,"adressebeskyttelse":[{"gradering":"HEMMELIG"}]`), false},
		"no JSON that is read":            {pdl(`,"x":1,"x":2`), false},
		"told twice":                      {pdl(`,"adressebeskyttelse":[{"gradering":"FORTROLIG"}],"adressebeskyttelse":[]`), false},
		"too long to be read":             {pdl(`,"x":"` + strings.Repeat("x", 1<<20) + `"`), false},
		"Folkeregisteret's":               {`{"foedselsnummer":"12829499914","folkeregisterperson":{"foedsel":[{"foedselsdato":"1994-13-45"}],"adressebeskyttelse":[{"graderingsnivaa":"strengtFortrolig"}]}}`, false},
		"aareg's own":                     {`{"person":{"foedselsnr":"12829499914","kjoenn":"X","adressebeskyttelse":"FORTROLIG"}}`, false},
		"aareg's own, which does not say": {`{"person":{"foedselsnr":"12829499914","kjoenn":"X"}}`, false},
		"of no known shape":               {`{"a":{"adressebeskyttelse":[{"gradering":"FORTROLIG"}]}}`, false},
		"an arbeidsforhold's":             {`{"navUuid":"x","ansettelsesperiode":{}}`, true},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRegister(t)
			path, choice := r.aside(10)
			s, err := r.try([]string{formA(48000001, uuid(1), saa).String(), test.record}, choice)
			switch {
			case test.aside && err != nil:
				t.Error(err)
			case test.aside && s.Tilside != 1:
				t.Errorf("%d are set aside", s.Tilside)
			case !test.aside && err == nil:
				t.Errorf("it was set aside: %q", text(t, path))
			case !test.aside && !strings.Contains(err.Error(), "somebody who is protected"):
				t.Errorf("refused for another reason: %v", err)
			case !test.aside:
				if _, there := os.Stat(path); there == nil {
					t.Error("the file of an import that was not stored is there")
				}
			}
		})
	}
}
