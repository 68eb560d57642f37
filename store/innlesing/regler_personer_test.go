package innlesing_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"aareg/store"
	"aareg/store/innlesing"
)

// The numbers that one person has in tests, the oldest first, and a D-number.
const (
	foerst = "52829400197" // a D-number
	saa    = "29822099635"
	naa    = "17912099997"
)

func pdl(etternavn string, grade store.Gradering, numbers ...string) store.Person {
	p := store.Person{Foedselsnr: numbers[0], Navn: store.Navn{Etternavn: etternavn, Fornavn: "Lang"}, Kjoenn: "K", Adressebeskyttelse: grade}
	p.TidligereNumre = append(p.TidligereNumre, numbers[1:]...)
	return p
}

func slettet(grade store.Gradering, numbers ...string) store.Person {
	p := store.Person{Slettet: true, Foedselsnr: numbers[0], Adressebeskyttelse: grade}
	p.TidligereNumre = append(p.TidligereNumre, numbers[1:]...)
	return p
}

func slettPerson(nummer string) obj { return obj{"slett": obj{"foedselsnr": nummer}} }

func TestWhatIsKnownOfPersonsStays(t *testing.T) {
	const fortrolig = store.Fortrolig
	worker := formA(48000001, uuid(1), blid)
	atFormer := formA(48000002, uuid(2), foerst)
	kjentePersoner{
		"former numbers that are not delivered again": {
			steg{om(formPDL("Ulv", "", saa, foerst)), om(formPDL("Rev", "", saa))}, []store.Person{pdl("Rev", 0, saa, foerst)}},
		"nor in a full import": {
			steg{om(formPDL("Ulv", "", saa, foerst)), omFull(formPDL("Rev", "", saa))}, []store.Person{pdl("Rev", 0, saa, foerst)}},
		"through two new numbers": {
			steg{om(formPDL("Ulv", "", foerst)), om(formPDL("Ulv", "", saa, foerst)), om(formPDL("Ulv", "", naa, saa))},
			[]store.Person{pdl("Ulv", 0, naa, saa, foerst)}},
		"those of both whom a new number makes one": {
			steg{om(formPDL("Ulv", "", saa, foerst), formPDL("Rev", "", blid, ulv)), om(formPDL("Ulv", "", naa, saa, blid))},
			[]store.Person{pdl("Ulv", 0, naa, ulv, blid, saa, foerst)}},
		"those of both, in a full import": {
			steg{om(formPDL("Ulv", "", saa, foerst), formPDL("Rev", "", blid, ulv)), omFull(formPDL("Ulv", "", naa, saa, blid))},
			[]store.Person{pdl("Ulv", 0, naa, ulv, blid, saa, foerst)}},
		"what aareg wrote is all there is": {
			steg{om(formPDL("Ulv", "", saa, foerst)), om(obj{"person": obj{"foedselsnr": saa, "navn": obj{"etternavn": "Ulv", "fornavn": "Lang"}, "kjoenn": "K"}})},
			[]store.Person{pdl("Ulv", 0, saa)}},
		"of whom a full import has no record, but an arbeidsforhold": {
			steg{om(formPDL("Ulv", "FORTROLIG", blid), formPDL("Rev", "", ulv), worker), omFull(formPDL("Rev", "", ulv), worker)},
			[]store.Person{pdl("Rev", 0, ulv), pdl("Ulv", fortrolig, blid)}},
		"and an arbeidsforhold under a former number": {
			steg{om(formPDL("Ulv", "FORTROLIG", saa, foerst), formPDL("Rev", "", ulv), atFormer), omFull(formPDL("Rev", "", ulv), atFormer)},
			[]store.Person{pdl("Rev", 0, ulv), pdl("Ulv", fortrolig, saa, foerst)}},
		"not of whom it has neither": {
			steg{om(formPDL("Ulv", "", blid), formPDL("Rev", "", ulv), worker), omFull(formPDL("Rev", "", ulv), formA(48000001, uuid(1), ulv))},
			[]store.Person{pdl("Rev", 0, ulv)}},
		"all, when a full import has arbeidsforhold alone": {
			steg{om(formPDL("Ulv", "", blid), formPDL("Rev", "FORTROLIG", ulv), worker), omFull(worker)},
			[]store.Person{pdl("Ulv", 0, blid), pdl("Rev", fortrolig, ulv)}},
		"all, when it has persons alone": {
			steg{om(formPDL("Ulv", "", blid), formPDL("Rev", "", ulv), worker), omFull(formPDL("Rev", "FORTROLIG", ulv))},
			[]store.Person{pdl("Rev", fortrolig, ulv), pdl("Ulv", 0, blid)}},
	}.run(t)
}

func TestOnlyTheProtectionStaysOfAPersonWhoIsDeleted(t *testing.T) {
	const fortrolig, streng = store.Fortrolig, store.StrengtFortrolig
	worker, atFormer := formA(48000001, uuid(1), blid), formA(48000002, uuid(2), foerst)
	kjentePersoner{
		"the protection of one who is deleted and has arbeidsforhold": {
			steg{om(formPDL("Ulv", "FORTROLIG", saa, foerst), atFormer), om(slettPerson(saa))}, []store.Person{slettet(fortrolig, saa, foerst)}},
		"and in a full import after that": {
			steg{om(formPDL("Ulv", "FORTROLIG", saa, foerst), atFormer), om(slettPerson(saa)), omFull(atFormer)},
			[]store.Person{slettet(fortrolig, saa, foerst)}},
		"and when the full import deletes": {
			steg{om(formPDL("Ulv", "STRENGT_FORTROLIG", saa, foerst), atFormer), omFull(atFormer, slettPerson(saa))},
			[]store.Person{slettet(streng, saa, foerst)}},
		"not when nothing names them": {
			steg{om(formPDL("Ulv", "FORTROLIG", saa, foerst)), om(slettPerson(saa))}, nil},
		"nor when a full import deletes what names them": {
			steg{om(formPDL("Ulv", "FORTROLIG", saa, foerst), atFormer, worker), omFull(worker, slettPerson(saa))}, nil},
		"nor when the last that names them is deleted later": {
			steg{om(formPDL("Ulv", "FORTROLIG", saa, foerst), atFormer), om(slettPerson(saa)), om(obj{"slett": obj{"navUuid": uuid(2)}})}, nil},
		"a deleted one who is told of again": {
			steg{om(formPDL("Ulv", "FORTROLIG", saa, foerst), atFormer), om(slettPerson(saa)), om(formPDL("Rev", "", saa))},
			[]store.Person{pdl("Rev", 0, saa, foerst)}},
	}.run(t)
}

// kjentePersoner is a register after some imports, and the persons that it must have.
type kjentePersoner map[string]struct {
	steg steg
	want []store.Person
}

func (tests kjentePersoner) run(t *testing.T) {
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := etter(t, test.steg)
			for i := range test.want {
				slices.Sort(test.want[i].TidligereNumre)
			}
			if diff := cmp.Diff(test.want, r.personer()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if orphans := rows(t, open(t, r.db), eierloese); len(orphans) > 0 {
				t.Errorf("%d numbers are left that nothing holds", len(orphans))
			}
			sameOnce(t, r, "kode")
		})
	}
}

func TestSexAndBirthDateAreOfTheNumberWhereNobodyHasToldOfThePerson(t *testing.T) {
	worker := formA(48000001, uuid(1), blid)
	for name, test := range map[string]struct {
		steg steg
		naa  time.Time
		want string
	}{
		"a man":                        {steg{}, imported, `nummer="12829499914" kjoenn="M" foedselsdato=19940212 doedsdato=0 `},
		"the last day before 2032":     {steg{}, time.Date(2031, 12, 31, 23, 59, 59, 0, time.UTC), `nummer="12829499914" kjoenn="M" foedselsdato=19940212 doedsdato=0 `},
		"the first day of 2032":        {steg{}, time.Date(2032, 1, 1, 0, 0, 0, 0, time.UTC), `nummer="12829499914" kjoenn="" foedselsdato=0 doedsdato=0 `},
		"a record that tells neither":  {steg{om(obj{"person": obj{"foedselsnr": blid, "navn": obj{"etternavn": "Ås"}}})}, imported, `nummer="12829499914" kjoenn="" foedselsdato=0 doedsdato=0 `},
		"a record that tells it wrong": {steg{om(formPDL("Ulv", "", blid))}, imported, `nummer="12829499914" kjoenn="K" foedselsdato=0 doedsdato=0 `},
		"a record that is deleted":     {steg{om(formPDL("Ulv", "", blid), worker), om(slettPerson(blid))}, imported, `nummer="12829499914" kjoenn="M" foedselsdato=19940212 doedsdato=0 `},
	} {
		for mode, whole := range map[string]bool{"": false, " in a full import": true} {
			t.Run(name+mode, func(t *testing.T) {
				r := etter(t, test.steg)
				r.take(lines(worker), func(v *innlesing.Valg) { v.Naa, v.Full = func() time.Time { return test.naa }, whole })
				if diff := cmp.Diff([]string{test.want}, r.dump()["person"]); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
			})
		}
	}
	t.Run("a D-number tells the sex alone", func(t *testing.T) {
		r := etter(t, steg{om(formA(48000001, uuid(1), foerst))})
		if diff := cmp.Diff([]string{`nummer="52829400197" kjoenn="M" foedselsdato=0 doedsdato=0 `}, r.dump()["person"]); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}
