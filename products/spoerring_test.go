package products

import (
	"errors"
	"testing"

	"aareg/store"
)

type tekst string

func TestDatesMayHaveAZoneThatMeansNothing(t *testing.T) {
	for _, c := range []struct {
		in   tekst
		want store.Dato
		ok   bool
	}{
		{"2024-02-29", 20240229, true}, {"2024-02-29Z", 20240229, true}, {"2024-02-29+02:00", 20240229, true}, {"2024-02-29-14:59", 20240229, true},
		{"", 0, true}, {"2023-02-29", 0, false}, {"29.02.2024", 0, false}, {"2024-2-9", 0, false}, {"2024-02-29T00:00:00", 0, false},
		{"2024-02-29+15:00", 0, false}, {"2024-02-29 ", 0, false}, {"٢٠٢٤-٠٢-٢٩", 0, false}, {"0000-01-01", 0, false},
	} {
		var s spoerring
		if got := parseDato(&s, "fdato", &c.in); got != c.want || (s.err == nil) != c.ok {
			t.Errorf("%q: %v, %v", c.in, got, s.err)
		}
	}
}

func TestBooleansAreThoseOfXMLSchemaAndTheDocument(t *testing.T) {
	for in, want := range map[tekst]bool{"true": true, "True": true, "1": true, "false": false, "False": false, "0": false} {
		var s spoerring
		if got := mandatoryBool(&s, "fonetisk", &in); got != want || s.err != nil {
			t.Errorf("%q: %v %v", in, got, s.err)
		}
	}
	for _, in := range []tekst{"TRUE", "t", "ja", "J", "2", "sann"} {
		var s spoerring
		if parseBool(&s, "fonetisk", &in); s.err == nil {
			t.Errorf("%q is taken for a boolean", in)
		}
	}
}

func TestFirstBrokenRuleIsTheOneTold(t *testing.T) {
	var s spoerring
	in := tekst("x")
	mandatory[tekst](&s, "etternavn", nil)
	parseBool(&s, "fonetisk", &in)
	var invalid *InvalidRequest
	if !errors.As(s.err, &invalid) || invalid.Tag != "etternavn" {
		t.Errorf("told: %v", s.err)
	}
}

func TestYearsAndBirthDateNarrowEachOther(t *testing.T) {
	text := func(s string) *tekst { v := tekst(s); return &v }
	var s spoerring
	var soek store.Personsoek
	born(&s, &soek, text("1980-03-12"), text("1980"), text("1985"), text("40"), text("50"))
	if s.err != nil || soek.FoedtFra != 19800312 || soek.FoedtTil != 19800312 || *soek.AlderFra != 40 || *soek.AlderTil != 50 {
		t.Errorf("%+v %v", soek, s.err)
	}
	s, soek = spoerring{}, store.Personsoek{}
	born[tekst, tekst, tekst, tekst, tekst](&s, &soek, nil, nil, text("1985"), nil, nil)
	if soek.FoedtFra != 0 || soek.FoedtTil != 19851231 {
		t.Errorf("%+v", soek)
	}
}
