package tilgang

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aareg/store"
	"aareg/store/konsument"
)

func TestViewIsWhatTheRightsSay(t *testing.T) {
	for _, c := range []struct {
		name string
		rett konsument.Rettigheter
		want store.View
	}{
		{"nobody", konsument.Rettigheter{}, store.View{Omfang: &store.Omfang{Arbeidsgivere: []string{}, Personer: []string{}}}},
		{"everybody", konsument.Rettigheter{Arbeidsgivere: alle, Personer: alle}, store.View{}},
		{"all employers, no persons", konsument.Rettigheter{Arbeidsgivere: alle}, store.View{Omfang: &store.Omfang{Personer: []string{}}}},
		{"listed employers, all persons", konsument.Rettigheter{Arbeidsgivere: konsument.Omfang{Nummer: []string{fond, etat}}, Personer: alle},
			store.View{Omfang: &store.Omfang{Arbeidsgivere: []string{fond, etat}}}},
		{"grades", konsument.Rettigheter{Arbeidsgivere: alle, Personer: alle, Fortrolig: store.InnsynData, StrengtFortrolig: store.InnsynKode},
			store.View{Fortrolig: store.InnsynData, StrengtFortrolig: store.InnsynKode}},
	} {
		v := nyVerden(t)
		c.want.Today = 20260310
		if diff := cmp.Diff(c.want, v.with(c.rett).View(20260310)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

// TestScopeIsTheSamePointerUntilItChanges: what it comes to in the register is dear, and kept by it.
func TestScopeIsTheSamePointerUntilItChanges(t *testing.T) {
	v := nyVerden(t)
	rett := standard
	rett.Arbeidsgivere = konsument.Omfang{Nummer: []string{fond}}
	k := v.with(rett).Konsument.Nr
	first := v.inn(v.port, bruker("etat", passord)).View(0).Omfang
	omfang := func(change func(*konsument.Konsument)) *store.Omfang {
		v.must(v.reg.Endre(k, func(k *konsument.Konsument) error { change(k); return nil }))
		return v.inn(v.port, bruker("etat", passord)).View(0).Omfang
	}
	if omfang(func(*konsument.Konsument) {}) != first || omfang(func(k *konsument.Konsument) { k.Rettigheter.PersonerPerDoegn = 7 }) != first {
		t.Error("another right changed, and the pointer with it")
	}
	second := omfang(func(k *konsument.Konsument) { k.Rettigheter.Arbeidsgivere.Nummer = []string{fond, etat} })
	if second == first || len(second.Arbeidsgivere) != 2 || len(first.Arbeidsgivere) != 1 {
		t.Error("the list changed, and what was given out is not what it says")
	}
	third := omfang(func(k *konsument.Konsument) { k.Rettigheter.Personer = konsument.Omfang{} })
	if third == second || third.Personer == nil {
		t.Error("everybody became nobody, and it does not say so")
	}
}

// TestFieldsAreThoseOfThePictureInForce: a change of rights is seen by the next question, not by one under way.
func TestFieldsAreThoseOfThePictureInForce(t *testing.T) {
	v := nyVerden(t)
	before := v.with(standard)
	v.must(v.reg.Endre(before.Konsument.Nr, func(k *konsument.Konsument) error { k.Rettigheter.Felter = nil; return nil }))
	after := v.inn(v.port, bruker("etat", passord))
	if before.Felter("hentArbeidstaker") != nil {
		t.Error("a question under way changed")
	}
	if got := show(after.Felter("hentArbeidstaker")); got != "statuskode statustekst foedselsnr- etternavn- fornavn- mellomnavn- kjoenn- alder- arbeidsforholdListe!" {
		t.Errorf("the next one sees %s", got)
	}
}

// TestShippedProfilesNameRowsAlone, and may ask with what they need: else a right would silently be none.
func TestShippedProfilesNameRowsAlone(t *testing.T) {
	for _, p := range konsument.Profiler() {
		table := TabellAv(&konsument.Konsument{Rettigheter: p.Rettigheter})
		if len(table.Ukjente) > 0 {
			t.Errorf("%s: no rows: %v", p.Navn, table.Ukjente)
		}
		for _, product := range table.Produkter {
			if product.Tillatt && product.Vist < 3 {
				t.Errorf("%s may ask %s and sees %d leaves", p.Navn, product.Navn, product.Vist)
			}
		}
		if !slices.ContainsFunc(table.Produkter, func(p Produktrett) bool { return p.Tillatt }) {
			t.Errorf("%s may ask nothing", p.Navn)
		}
	}
}

func TestAvslagIsAnErrorThatNamesTheRightAlone(t *testing.T) {
	err := error(&Avslag{Rettighet: "produkt hentArbeidstaker"})
	var a *Avslag
	if !errors.As(err, &a) || err.Error() != "a right is missing: produkt hentArbeidstaker" {
		t.Errorf("%v", err)
	}
}
