package innlesing_test

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aareg/store/innlesing"
)

// kafka is an event of Aa-registeret's topic.
func kafka(order int, what string, key obj) obj {
	return obj{"id": order, "endringstype": what, "entitetsendringer": []string{"Ansettelsesperiode"}, "arbeidsforhold": key,
		"tidsstempel": "2024-03-04T05:06:07.891"}
}

// brreg is an event of Enhetsregisteret's feed.
func brreg(order int, what, orgnr string) obj {
	return obj{"oppdateringsid": order, "dato": "2025-09-02T04:05:06.789Z", "organisasjonsnummer": orgnr, "endringstype": what}
}

func TestEventsDeleteOrNameWhatMustBeFetched(t *testing.T) {
	both := func(n int) obj { return obj{"navArbeidsforholdId": 48000000 + n, "navUuid": uuid(n)} }
	one, two, changed := formA(48000001, uuid(1), blid), formD(48000002, ulv), formA(48000001, uuid(1), ulv)
	isOne, isChanged, isTwo := "48000001 000000000001 "+blid, "48000001 000000000001 "+ulv, "48000002  "+ulv
	fetchOne := `{"navArbeidsforholdId":48000001,"navUuid":"` + uuid(1) + "\"}\n"
	for name, test := range map[string]struct {
		records []obj
		want    []string
		fetch   string
	}{
		"deleted by both keys":               {[]obj{kafka(1, "Sletting", both(1))}, []string{isTwo}, ""},
		"deleted by the uuid":                {[]obj{kafka(1, "Sletting", obj{"navUuid": uuid(1)})}, []string{isTwo}, ""},
		"deleted by the number":              {[]obj{kafka(1, "Sletting", obj{"navArbeidsforholdId": 48000001})}, []string{isTwo}, ""},
		"deleted by the one key that it has": {[]obj{kafka(1, "Sletting", both(2))}, []string{isOne}, ""},
		"deleted though nobody knows it":     {[]obj{kafka(1, "Sletting", both(3))}, []string{isOne, isTwo}, ""},
		"changed, and to be fetched":         {[]obj{kafka(1, "Endring", both(1))}, []string{isOne, isTwo}, fetchOne},
		"made, and to be fetched":            {[]obj{kafka(1, "Opprettelse", obj{"navUuid": uuid(7)})}, []string{isOne, isTwo}, `{"navUuid":"` + uuid(7) + "\"}\n"},
		"changed, and it came":               {[]obj{kafka(1, "Endring", both(1)), changed}, []string{isChanged, isTwo}, ""},
		"changed, and it came first":         {[]obj{changed, kafka(1, "Endring", both(1))}, []string{isChanged, isTwo}, ""},
		"changed, and it came without uuid":  {[]obj{kafka(1, "Endring", both(1)), formD(48000001, ulv)}, []string{isChanged, isTwo}, ""},
		"deleted, and it came":               {[]obj{kafka(1, "Sletting", both(1)), changed}, []string{isTwo}, ""},
		"changed and then deleted":           {[]obj{kafka(1, "Endring", both(1)), kafka(2, "Sletting", both(1)), changed}, []string{isTwo}, ""},
		"in another order":                   {[]obj{kafka(2, "Sletting", both(1)), kafka(1, "Endring", both(1)), changed}, []string{isTwo}, ""},
		"deleted and made again":             {[]obj{kafka(1, "Sletting", both(1)), kafka(2, "Opprettelse", both(1)), changed}, []string{isChanged, isTwo}, ""},
		"made again, in another order":       {[]obj{kafka(2, "Opprettelse", both(1)), kafka(1, "Sletting", both(1)), changed}, []string{isChanged, isTwo}, ""},
		"made again, and not there":          {[]obj{kafka(1, "Sletting", both(1)), kafka(2, "Opprettelse", both(1))}, []string{isOne, isTwo}, fetchOne},
		"in the order of what happened": {[]obj{kafka(9, "Endring", obj{"navUuid": uuid(7)}), kafka(3, "Endring", both(1))},
			[]string{isOne, isTwo}, fetchOne + `{"navUuid":"` + uuid(7) + "\"}\n"},
	} {
		for mode, choice := range modes {
			records := test.records
			if mode == "full" { // what is not delivered is gone anyway
				records = append([]obj{one, two}, records...)
				if name == "made again, and not there" || name == "changed, and to be fetched" || name == "in the order of what happened" {
					continue // it is there
				}
			}
			t.Run(name+", "+mode, func(t *testing.T) {
				r := etter(t, steg{om(one, two)})
				fetch := filepath.Join(t.TempDir(), "fetch")
				s := r.take(lines(records...), choice, func(v *innlesing.Valg) { v.Hentes = fetch })
				if diff := cmp.Diff(test.want, r.jobber()); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
				hentet(t, s, fetch, test.fetch)
			})
		}
	}
}

// hentet fails for other keys to fetch than wanted; without any there is no file.
func hentet(t *testing.T, s *innlesing.Sammendrag, path, want string) {
	t.Helper()
	found, err := filepath.Glob(path)
	if err != nil || len(found) != min(s.Hentes, 1) || (want == "") != (s.Hentes == 0) {
		t.Fatalf("%d keys to fetch in %q, want %q: %v", s.Hentes, found, want, err)
	}
	if want == "" {
		return
	}
	private(t, path)
	if diff := cmp.Diff(want, text(t, path)); diff != "" {
		t.Errorf("to fetch (-want +got):\n%s", diff)
	}
}

func TestEventsOfUnitsCeaseOrForgetThemOrNameThem(t *testing.T) {
	unit := formEnhet(skole, "SKOLEN", "BEDR", komm)
	gone := obj{"organisasjonsnummer": skole, "navn": "SKOLEN", "organisasjonsform": obj{"kode": "BEDR"}, "respons_klasse": "SlettetEnhet",
		"slettedato": "2024-05-06"}
	key := `{"organisasjonsnummer":"` + skole + "\"}\n"
	type state struct{ Known, Ceased, OnADay bool }
	for name, test := range map[string]struct {
		records []obj
		want    state
		fetch   string
	}{
		"Ny":                              {[]obj{brreg(1, "Ny", skole)}, state{Known: true}, key},
		"Ukjent":                          {[]obj{brreg(1, "Ukjent", skole)}, state{Known: true}, key},
		"Endring that came":               {[]obj{brreg(1, "Endring", skole), unit}, state{Known: true}, ""},
		"Sletting":                        {[]obj{brreg(1, "Sletting", skole)}, state{Known: true, Ceased: true}, key},
		"Sletting that came":              {[]obj{brreg(1, "Sletting", skole), gone}, state{true, true, true}, ""},
		"Fjernet":                         {[]obj{brreg(1, "Fjernet", skole)}, state{}, ""},
		"HTTP 410":                        {[]obj{{"organisasjonsnummer": skole, "slettedato": "2020-06-15"}}, state{}, ""},
		"Fjernet, and it came":            {[]obj{brreg(1, "Fjernet", skole), unit}, state{}, ""},
		"Endring and then Sletting":       {[]obj{brreg(1, "Endring", skole), brreg(2, "Sletting", skole)}, state{Known: true, Ceased: true}, key},
		"Sletting and then Fjernet":       {[]obj{brreg(2, "Fjernet", skole), brreg(1, "Sletting", skole)}, state{}, ""},
		"Sletting and then Ny, of before": {[]obj{brreg(2, "Ny", skole), brreg(1, "Sletting", skole)}, state{Known: true}, key},
	} {
		for mode, choice := range modes {
			t.Run(name+", "+mode, func(t *testing.T) {
				r := etter(t, steg{om(unit, formA(48000001, uuid(1), blid))})
				fetch := filepath.Join(t.TempDir(), "fetch")
				s := r.take(lines(test.records...), choice, func(v *innlesing.Valg) { v.Hentes = fetch })
				var got state
				if e := r.enhet(skole); e != nil {
					got = state{e.Navn != "", e.Opphoert || e.Opphoersdato != 0, e.Opphoersdato != 0}
				}
				if diff := cmp.Diff(test.want, got); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
				hentet(t, s, fetch, test.fetch)
				if len(r.jobber()) != 1 {
					t.Errorf("arbeidsforhold %q", r.jobber())
				}
			})
		}
	}
}
