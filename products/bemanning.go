package products

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strconv"

	"aareg/store"
	"aareg/wsdl/bindings"
)

// Bemanningstrinn says that from a day on, and until the next one, so many work for an employer.
type Bemanningstrinn struct {
	Fra    store.Dato
	Antall int
}

// Bemanning are the days on which the number of those who work for an employer changes, the first first, out of all
// arbeidsforhold that § 2.2 would list without a limit: each person once, however many overlap. An arbeidsforhold without a
// first day counts nowhere (udaterte). felter are the elements of that question, by tag. Errors are those of
// HentArbeidsgiver.
func Bemanning(ctx context.Context, q Query, felter map[string]string) (trinn []Bemanningstrinn, udaterte int, err error) {
	nummer, filter, err := arbeidsgiverspoersmaal(&bindings.HentArbeidsgiverType{
		ArbeidsgiverId:       gitt[bindings.PaakrevdArbeidsgivernrType](felter, "arbeidsgiverId"),
		StatusArbeidsforhold: gitt[bindings.StatusArbeidsforholdType](felter, "statusArbeidsforhold"),
		Lovgivning:           gitt[bindings.LovgivningType](felter, "lovgivning"),
		Datofra:              gitt[bindings.DatoInnType](felter, "datofra"),
		Datotil:              gitt[bindings.DatoInnType](felter, "datotil"),
	})
	if err != nil {
		return nil, 0, err
	}
	a, err := q.Store.Arbeidsgiver(ctx, q.View, nummer, filter)
	if err != nil {
		return nil, 0, err
	}
	defer a.Liste.Close()
	alle := make([]ansatt, 0, a.Liste.Antall)
	for one, err := range a.Liste.Ansettelser(a.Liste.Antall) {
		if err != nil {
			return nil, 0, err
		}
		if one.Begynt == 0 || one.Sluttet != 0 && one.Sluttet < one.Begynt {
			udaterte++
			continue
		}
		person, err := strconv.ParseUint(one.Arbeidstaker, 10, 64)
		if err != nil { // the register has numbers alone
			return nil, 0, err
		}
		alle = append(alle, ansatt{person, one.Begynt, one.Sluttet})
	}
	return tell(alle), udaterte, nil
}

// gitt is an element of the question.
func gitt[T ~string](felter map[string]string, tag string) *T {
	value := T(felter[tag])
	return &value
}

// ansatt is that a person is employed from the first day to the last; 0 is no last.
type ansatt struct {
	person   uint64
	fra, til store.Dato
}

// tell counts each person once at a time. It sorts alle.
func tell(alle []ansatt) (trinn []Bemanningstrinn) {
	slices.SortFunc(alle, func(a, b ansatt) int {
		if a.person != b.person {
			return cmp.Compare(a.person, b.person)
		}
		return cmp.Compare(a.fra, b.fra)
	})
	// endring is how many more work there from a day on, sist how many have their last day.
	endring, sist := map[store.Dato]int{}, map[store.Dato]int{}
	for i := 0; i < len(alle); {
		en := alle[i]
		for i++; i < len(alle) && alle[i].person == en.person && (en.til == 0 || alle[i].fra <= en.til); i++ {
			if alle[i].til == 0 || en.til != 0 && alle[i].til > en.til {
				en.til = alle[i].til
			}
		}
		endring[en.fra]++
		if en.til != 0 {
			sist[en.til]++
		}
	}
	for dag, n := range sist {
		endring[dag.AddDays(1)] -= n
	}
	antall := 0
	for _, dag := range slices.Sorted(maps.Keys(endring)) {
		if endring[dag] != 0 {
			antall += endring[dag]
			trinn = append(trinn, Bemanningstrinn{dag, antall})
		}
	}
	return trinn
}
