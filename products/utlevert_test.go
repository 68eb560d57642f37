package products

import (
	"errors"
	"io"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aareg/wsdl/bindings"
)

func TestPersonsAreCollectedOnceEachAndRising(t *testing.T) {
	s := NewSvar(io.Discard, head)
	defer s.Release()
	s.Loggfoer()
	for _, nummer := range []string{"12838049808", "", "210000011", "02838049808", "1283804980x", "12838049808", "128380498081", "١٢٨٣٨", "00000000000"} {
		s.Person(nummer)
	}
	s.Antall(3)
	s.Status(Trunkert)
	kode, antall, personer := s.Utlevert()
	if diff := cmp.Diff([]uint64{0, 2838049808, 12838049808}, personer); diff != "" || kode != Trunkert || antall != 3 {
		t.Errorf("%s, %d records, persons (-want +got):\n%s", kode, antall, diff)
	}
}

func TestPersonsAreCollectedOnlyWhenAskedFor(t *testing.T) {
	for range 2 { // the second has what the first gave back
		s := NewSvar(io.Discard, head)
		s.Person("12838049808")
		kode, antall, personer := s.Utlevert()
		if s.Loggfoeres() || kode != "" || antall != 0 || len(personer) != 0 {
			t.Errorf("collected %v, %q, %d records, %d persons", s.Loggfoeres(), kode, antall, len(personer))
		}
		s.Loggfoer()
		s.Person("12838049808")
		s.Antall(1)
		s.Release()
	}
}

// TestPersonOfARefusedQuestionWasAskedFor: who is asked for is told before the question's other elements are judged.
func TestPersonOfARefusedQuestionWasAskedFor(t *testing.T) {
	giver, taker := bindings.PaakrevdArbeidsgivernrType("12838049808"), bindings.PaakrevdFoedselsnrType("12838049808")
	wrong := bindings.StatusArbeidsforholdType("noe annet")
	for name, ask := range map[string]func(*Svar) error{
		"hentArbeidsgiver": func(s *Svar) error {
			return HentArbeidsgiver(t.Context(), Query{}, &bindings.HentArbeidsgiverType{ArbeidsgiverId: &giver, StatusArbeidsforhold: &wrong}, s)
		},
		"hentArbeidstaker": func(s *Svar) error {
			return HentArbeidstaker(t.Context(), Query{}, &bindings.HentArbeidstakerType{Foedselsnr: &taker, StatusArbeidsforhold: &wrong}, s)
		},
	} {
		s := NewSvar(io.Discard, head)
		s.Loggfoer()
		var refused *InvalidRequest
		err := ask(s)
		if kode, _, personer := s.Utlevert(); !errors.As(err, &refused) || kode != "" || !slices.Equal(personer, []uint64{12838049808}) {
			t.Errorf("%s: %v, %q, %d persons", name, err, kode, len(personer))
		}
		s.Release()
	}
}
