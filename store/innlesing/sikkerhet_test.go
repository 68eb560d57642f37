package innlesing_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aareg/store"
	"aareg/store/innlesing"
	"aareg/store/kilder"
)

// beside are the names of the files of a register, its own first letter on.
func (r *register) beside() (names []string) {
	r.t.Helper()
	found, err := os.ReadDir(filepath.Dir(r.db))
	if err != nil {
		r.t.Fatal(err)
	}
	for _, f := range found {
		names = append(names, f.Name())
	}
	return names
}

// known is a register with a bit of everything.
func known(t *testing.T) *register {
	t.Helper()
	return etter(t, steg{om(formEnhet(komm, "KOMMUNEN", "KOMM", ""), formEnhet(skole, "SKOLEN", "BEDR", komm), formPDL("Ulv", "FORTROLIG", saa, foerst),
		formA(48000001, uuid(1), saa, "2020-02"), formB(uuid(2), ulv, "2020-02"))})
}

// modes are the two ways to import.
var modes = map[string]func(*innlesing.Valg){"incremental": shrinking, "full": func(v *innlesing.Valg) { v.Full, v.TillatKrymp = true, true }}

func TestARecordThatCannotBeUsedStopsTheImportAndChangesNothing(t *testing.T) {
	good := formA(48000009, uuid(9), blid, "2020-02").String()
	for name, test := range map[string]struct {
		bad  []string
		want string // behind the name of the file
	}{
		"a date": {lines(formA(48000003, uuid(3), "13897049814").with(obj{"ansettelsesperiode": obj{"startdato": "2020-13-01"}})),
			":2: record 2 (v2): ansettelsesperiode.startdato: "},
		"no number": {lines(formB("", "13897049814")), ":2: record 2 (dist): has neither "},
		"a person without protection": {lines(obj{"hentPerson": obj{"navn": []obj{{"fornavn": "Lang", "etternavn": "Hemmelig"}}}}),
			":2: record 2 (PDL): "},
		"a unit's number": {lines(formEnhet("21990", "HEMMELIG AS", "AS", "")), ":2: record 2 (enhet): organisasjonsnummer: "},
		"another's number": {lines(formA(48000009, uuid(4), "13897049814")),
			":2: record 2 (v2): arbeidsforhold: navArbeidsforholdId: is the number of another arbeidsforhold"},
		"another's former number": {lines(formPDL("Ulv", "", saa, foerst), formPDL("Hemmelig", "", foerst)),
			":3: record 3 (PDL): person: foedselsnr: is a former number of somebody else"},
		"no known shape":   {[]string{`{"hemmelig":"13897049814"}`}, ":2: record 2 (unknown shape): "},
		"no JSON":          {[]string{`{"navUuid":"Hemmelig"`}, ":2: record 2: the file ends in the middle of a record"},
		"aareg's own":      {[]string{`{"person":{"foedselsnr":"13897049814","navn":{"etternavn":"Hemmelig"},"kjoenn":"X"}}`}, ":2: record 2 (aareg): person: kjoenn: "},
		"an event":         {[]string{`{"id":1,"endringstype":"Hemmelig","arbeidsforhold":{"navUuid":"` + uuid(1) + `"},"tidsstempel":"x"}`}, ":2: record 2 (hendelse): endringstype: "},
		"a failed answer":  {[]string{`{"data":null,"errors":[{"message":"Hemmelig 13897049814"}]}`}, ":2: record 2 (envelope): errors: "},
		"neither of these": {[]string{`"13897049814"`}, ":2: record 2 (JSON): "},
	} {
		for mode, choice := range modes {
			t.Run(name+", "+mode, func(t *testing.T) {
				r := known(t)
				before, files := r.dump(), r.beside()
				file := r.file(append([]string{good}, test.bad...)...)
				_, err := innlesing.Importer(t.Context(), r.valg(choice, func(v *innlesing.Valg) { v.Filer = []string{file} }))
				var bad *kilder.Feil
				if !errors.As(err, &bad) {
					t.Fatalf("error %v", err)
				}
				if !strings.HasPrefix(err.Error(), file+test.want) {
					t.Errorf("error %q, want it to begin %q", err, file+test.want)
				}
				for _, value := range []string{"13897049814", foerst, saa, "Hemmelig", "HEMMELIG", "21990\"", "2020-13"} {
					if strings.Contains(strings.ReplaceAll(err.Error(), file, ""), value) {
						t.Errorf("the error tells a value: %v", err)
					}
				}
				unchanged(t, r, before, files)
			})
		}
	}
}

func unchanged(t *testing.T, r *register, before dump, files []string) {
	t.Helper()
	if diff := diff(before, r.dump()); diff != "" {
		t.Errorf("the register has changed (-before +after):\n%s", diff)
	}
	if diff := cmp.Diff(files, r.beside()); diff != "" {
		t.Errorf("its files have changed (-before +after):\n%s", diff)
	}
}

func TestAFirstImportThatFailsLeavesNoRegister(t *testing.T) {
	r := newRegister(t)
	if _, err := r.try([]string{formA(48000009, uuid(9), blid).String(), `{"hemmelig":1}`}); err == nil {
		t.Fatal("no error")
	}
	if diff := cmp.Diff([]string{"aareg.db.lock"}, r.beside()); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
}

func TestADryRunTellsAllAndChangesNothing(t *testing.T) {
	records := lines(formA(48000001, uuid(1), saa, "2024-01"), formA(48000005, uuid(5), blid), formPDL("Rev", "", saa))
	for mode, choice := range modes {
		t.Run(mode, func(t *testing.T) {
			r := known(t)
			before, files := r.dump(), r.beside()
			tried := r.take(records, choice, trying)
			unchanged(t, r, before, files)
			done := r.take(records, choice)
			tried.Proevd = false
			if diff := cmp.Diff(done.Teller, tried.Teller); diff != "" {
				t.Errorf("counts (-done +tried):\n%s", diff)
			}
			if diff := cmp.Diff(done.Antall, tried.Antall); diff != "" || done.Generasjon != tried.Generasjon {
				t.Errorf("register (-done +tried):\n%s generation %d and %d", diff, done.Generasjon, tried.Generasjon)
			}
		})
	}
	t.Run("first", func(t *testing.T) {
		r := newRegister(t)
		if s := r.take(records, trying); s.Teller[innlesing.Arbeidsforhold].Ny != 2 || !s.Proevd {
			t.Errorf("summary %+v", s)
		}
		if diff := cmp.Diff([]string{"aareg.db.lock"}, r.beside()); diff != "" {
			t.Errorf("files (-want +got):\n%s", diff)
		}
	})
}

// kinds are n records of each kind that a register may lose too many of, and their removals.
var kinds = map[string]struct{ record, removal func(t *testing.T, i int) obj }{
	"arbeidsforhold": {
		func(t *testing.T, i int) obj { return formA(int64(48000000+i), uuid(i), fnr(t, i)) },
		func(_ *testing.T, i int) obj { return obj{"slett": obj{"navUuid": uuid(i)}} }},
	"personer": {
		func(t *testing.T, i int) obj { return formPDL("Ulv", "", fnr(t, i)) },
		func(t *testing.T, i int) obj { return slettPerson(fnr(t, i)) }},
	"enheter": {
		func(t *testing.T, i int) obj { return formEnhet(orgnr(t, i), "SKOLEN", "BEDR", "") },
		func(t *testing.T, i int) obj { return obj{"slett": obj{"organisasjonsnummer": orgnr(t, i)}} }},
}

func TestARegisterDoesNotShrinkUnasked(t *testing.T) {
	const all = 40
	for kind, of := range kinds {
		for lost, allowed := range map[int]bool{2: true, 3: false} {
			t.Run(fmt.Sprintf("%s, %d of %d", kind, lost, all), func(t *testing.T) {
				var whole, less, removals []string
				anything := formA(49000000, uuid(1000), blid).String() // so that persons whom none names can go
				for i := range all {
					whole = append(whole, of.record(t, i).String())
					if i >= lost {
						less = append(less, of.record(t, i).String())
					} else {
						removals = append(removals, of.removal(t, i).String())
					}
				}
				if kind == "arbeidsforhold" {
					anything = formEnhet(komm, "KOMMUNEN", "KOMM", "").String()
				}
				for mode, records := range map[string][]string{"full": append(less, anything), "incremental": removals} {
					r := newRegister(t)
					r.take(append(slices.Clone(whole), anything))
					before, files := r.dump(), r.beside()
					choice := func(v *innlesing.Valg) { v.Full = mode == "full" }
					_, err := r.try(records, choice)
					if allowed && err != nil || !allowed && !errors.Is(err, innlesing.ErrKrymper) {
						t.Errorf("%s: error %v", mode, err)
					}
					if !allowed {
						unchanged(t, r, before, files)
						r.take(records, choice, shrinking)
					}
				}
			})
		}
	}
}

func TestTheSecondOfTwoImportsIsRefused(t *testing.T) {
	for mode, choice := range modes {
		t.Run(mode, func(t *testing.T) {
			r := known(t)
			var second []error
			r.take(lines(formA(48000005, uuid(5), blid)), choice, func(v *innlesing.Valg) {
				v.Fase = func(string) {
					_, err := r.try(lines(formA(48000006, uuid(6), blid)), choice)
					second = append(second, err)
				}
			})
			for _, err := range second {
				if !errors.Is(err, store.ErrImporterer) {
					t.Errorf("the second: %v", err)
				}
			}
			if len(second) == 0 || slices.ContainsFunc(r.jobber(), func(j string) bool { return strings.HasPrefix(j, "48000006") }) {
				t.Errorf("the second was tried %d times: %q", len(second), r.jobber())
			}
			r.take(lines(formA(48000006, uuid(6), blid)), choice)
		})
	}
}
