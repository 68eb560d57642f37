package store

import (
	"errors"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// fulltOgLite is a register with an arbeidsforhold with everything in it, of takerNr, and one with little, of another.
func fulltOgLite(t *testing.T) (s *Store, full, little Arbeidsforhold) {
	t.Helper()
	n := 0
	fill(reflect.ValueOf(&full).Elem(), &n)
	full.UUID = "aa4e6000-0000-4000-8000-00000000abcd"
	full.Arbeidstaker.Ident, full.Arbeidssted.Ident, full.Opplysningspliktig.Ident = takerNr, underenhetNr, hovedenhetNr
	little = Arbeidsforhold{ArbeidsforholdId: full.ArbeidsforholdId + 1000, Arbeidstaker: Part{Ident: tellende(1)}, Arbeidssted: Part{Ident: listegiver(1)},
		Ansettelsesperiode: Ansettelsesperiode{Startdato: 20200101}}
	s = newStore(t)
	update(t, s, func(tx *Tx) error { return errors.Join(tx.PutArbeidsforhold(&full), tx.PutArbeidsforhold(&little)) })
	return s, full, little
}

// TestWhatIsGivenBackTellsTheNextNothing asks for one with everything in it, and then for one with little, 20 times: memory
// may be lost on the way.
func TestWhatIsGivenBackTellsTheNextNothing(t *testing.T) {
	s, full, little := fulltOgLite(t)
	want, err := s.Arbeidsforhold(ctx, seesAll, little.ArbeidsforholdId)
	if err != nil {
		t.Fatal(err)
	}
	for range 20 {
		before, err := s.Arbeidsforhold(ctx, seesAll, full.ArbeidsforholdId)
		if err != nil || len(before.Permisjoner) == 0 {
			t.Fatal(err)
		}
		before.Release()
		got, err := s.Arbeidsforhold(ctx, seesAll, little.ArbeidsforholdId)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty(), cmpopts.IgnoreUnexported(HentetArbeidsforhold{})); diff != "" {
			t.Fatalf("fresh, and after another (-want +got):\n%s", diff)
		}
		got.Release()
	}
}

// TestAnArbeidstakerGivenBackTellsTheNextNothing is the same of their arbeidstakere.
func TestAnArbeidstakerGivenBackTellsTheNextNothing(t *testing.T) {
	s, _, _ := fulltOgLite(t)
	update(t, s, func(tx *Tx) error {
		return tx.PutPerson(&Person{Foedselsnr: takerNr, Navn: Navn{"Moe", "Kari", "Li"}, Kjoenn: "K", Foedselsdato: 19700101, Doedsdato: 20240101})
	})
	want, err := s.Arbeidstaker(ctx, seesAll, tellende(1), Filter{})
	if err != nil {
		t.Fatal(err)
	}
	for range 20 {
		before, err := s.Arbeidstaker(ctx, seesAll, takerNr, Filter{})
		if err != nil || len(before.Arbeidsforhold) != 1 || len(before.Arbeidsforhold[0].PermisjonOgPermittering) == 0 {
			t.Fatal(err)
		}
		before.Release()
		got, err := s.Arbeidstaker(ctx, seesAll, tellende(1), Filter{})
		if err != nil {
			t.Fatal(err)
		}
		unexported := cmp.AllowUnexported(Arbeidstaker{}, livsloep{}, Listerad{})
		if diff := cmp.Diff(want, got, unexported, cmpopts.EquateEmpty(), cmpopts.IgnoreFields(Arbeidstaker{}, "leser")); diff != "" {
			t.Fatalf("fresh, and after another (-want +got):\n%s", diff)
		}
		got.Release()
	}
}
