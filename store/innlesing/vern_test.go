package innlesing_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aareg/store"
)

// skjerming is the protection of every arbeidsforhold: 2 is strengt fortrolig.
func (r *register) skjerming() []string {
	r.t.Helper()
	return rows(r.t, open(r.t, r.db), `SELECT arbeidsforhold_id AS nr, skjerming FROM arbeidsforhold ORDER BY 1`)
}

// Protection holds whatever the order of records and imports: an arbeidsforhold under a number that several have had
// is as protected as any of them, and what was delivered is not undone by what was known before.
func TestProtectionHoldsWhateverTheOrder(t *testing.T) {
	const streng = "STRENGT_FORTROLIG"
	a, b := formPDL("Ulv", "", saa, foerst), formPDL("Rev", streng, blid, foerst)
	aNewName := formPDL("Ulv-Ås", "", saa, foerst)
	shared := formA(48000001, uuid(1), foerst) // under a number that both have had
	atA := formA(48000002, uuid(2), saa)
	protected := []string{"nr=48000001 skjerming=2 "}
	for name, test := range map[string]struct {
		steg steg
		want []string
	}{
		"the arbeidsforhold last":       {steg{om(a, b, shared)}, protected},
		"first":                         {steg{om(shared, a, b)}, protected},
		"between":                       {steg{om(a, shared, b)}, protected},
		"and one of them told of again": {steg{om(a, b, shared), om(aNewName)}, protected},
		"and the other protected later": {steg{om(a, formPDL("Rev", "", blid, foerst), shared), om(b)}, protected},
		"and a full import without the protected one":    {steg{om(a, b, shared), omFull(a, shared)}, protected},
		"in whatever order":                              {steg{om(a, b, shared), omFull(shared, a)}, protected},
		"a stale number cannot take the row of another":  {steg{om(formPDL("Ulv", streng, saa, foerst), formA(48000001, uuid(1), foerst), formPDL("Rev", "", blid)), refused(formPDL("Mår", "", foerst, blid))}, protected},
		"a full import that says protected and deletes":  {steg{om(formPDL("Ulv", "", saa), atA), omFull(formPDL("Ulv", streng, saa), atA, slettPerson(saa))}, []string{"nr=48000002 skjerming=2 "}},
		"told twice in a full import, once without":      {steg{omFull(formPDL("Ulv", streng, saa, foerst), formPDL("Ulv", streng, saa), shared)}, protected},
		"a former number of a former number":             {steg{omFull(formPDL("Ulv", "", saa, foerst), formPDL("Ulv", streng, naa, saa)), om(shared)}, protected},
		"who was known unprotected under another number": {steg{om(formPDL("Ulv", "", saa, foerst)), omFull(formPDL("Rev", streng, foerst), shared)}, protected},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := etter(t, test.steg)
			if diff := cmp.Diff(test.want, r.skjerming()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.want, r.again().skjerming()); diff != "" {
				t.Errorf("in an import of its export (-want +got):\n%s", diff)
			}
		})
	}
}

// A removed person of whom an export tells does not come back with a full import of it.
func TestWhatWasRemovedStaysRemoved(t *testing.T) {
	worker := formA(48000001, uuid(1), saa)
	r := etter(t, steg{om(formPDL("Ulv", "STRENGT_FORTROLIG", saa), worker), om(slettPerson(saa))})
	export := r.export()
	other := etter(t, steg{om(formPDL("Ulv", "", saa), worker)})
	other.take(export, full, shrinking)
	if diff := cmp.Diff([]string{"nr=48000001 skjerming=2 "}, other.skjerming()); diff != "" {
		t.Errorf("protection (-want +got):\n%s", diff)
	}
	if names := rows(t, open(t, other.db), `SELECT etternavn FROM personnavn`); len(names) > 0 {
		t.Errorf("the name is back, %d times", len(names))
	}
}

// refused is an import that must not be taken.
func refused(record obj) func(*register) {
	return func(r *register) {
		if _, err := r.try(lines(record)); err == nil || !strings.Contains(fmt.Sprint(err), "former number of somebody else") {
			r.t.Errorf("taken: %v", err)
		}
	}
}

// What is removed is removed from the generation before as well, which may know it by another key.
func TestRemovalReachesTheGenerationBeforeByAllKeys(t *testing.T) {
	unnamed := obj{"slett": obj{"navUuid": uuid(1)}}
	r := etter(t, steg{
		om(formPDL("Ulv", "", foerst), formD(48000001, foerst), formA(48000002, uuid(2), blid)),
		omFull(formPDL("Ulv", "", saa, foerst), formA(48000001, uuid(1), saa), formA(48000002, uuid(2), blid)),
		om(slettPerson(saa), unnamed),
	})
	before, err := store.Forrige(r.db)
	if err != nil || before == "" {
		t.Fatalf("there is no generation before: %v", err)
	}
	err = store.Read(t.Context(), before, func(tx *store.Tx) error {
		return errors.Join(
			tx.Personer(func(p *store.Person) error { t.Error("a person is left"); return nil }),
			tx.AlleArbeidsforhold(func(a *store.Arbeidsforhold) error {
				if a.ArbeidsforholdId != 48000002 {
					t.Error("an arbeidsforhold is left")
				}
				return nil
			}))
	})
	if err != nil {
		t.Fatal(err)
	}
}

// An export that was cut, or that something was added to, is no register.
func TestAnExportThatWasCutIsRefused(t *testing.T) {
	export := etter(t, steg{om(formPDL("Ulv", "", saa), formA(48000001, uuid(1), saa))}).export()
	for name, lines := range map[string][]string{
		"cut":      export[:len(export)-1],
		"added to": append(export, export[len(export)-1]),
	} {
		if _, err := newRegister(t).try(lines); err == nil || !strings.Contains(err.Error(), "an export of 2 records") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
