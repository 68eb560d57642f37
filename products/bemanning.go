package products

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"aareg/store"
	"aareg/wsdl/bindings"
)

// Bemanningstrinn says that from a day on, and until the next one, so many work for an employer.
type Bemanningstrinn struct {
	Fra    store.Dato
	Antall int
}

// Bemanningssvar is how many work for an employer over time. It tells of no employee.
type Bemanningssvar struct {
	// Statuskode is Komplett, or the grade of a protected employer whose data the consumer may have.
	Statuskode Statuskode
	Nummer     string            // the employer's number in force
	Trinn      []Bemanningstrinn // the first day first
	Udaterte   int               // arbeidsforhold that count nowhere, since they have no first day or end before it
}

var errIkkeNummer = errors.New("an arbeidstaker whose number is none") // which is not told

// Bemanning counts all arbeidsforhold that § 2.2 would list without a limit: each person once, however many overlap. felter
// are the elements of that question, by tag. Errors are those of HentArbeidsgiver.
func Bemanning(ctx context.Context, q Query, felter map[string]string) (*Bemanningssvar, error) {
	nummer, filter, err := arbeidsgiverspoersmaal(&bindings.HentArbeidsgiverType{
		ArbeidsgiverId:       gitt[bindings.PaakrevdArbeidsgivernrType](felter, "arbeidsgiverId"),
		StatusArbeidsforhold: gitt[bindings.StatusArbeidsforholdType](felter, "statusArbeidsforhold"),
		Lovgivning:           gitt[bindings.LovgivningType](felter, "lovgivning"),
		Datofra:              gitt[bindings.DatoInnType](felter, "datofra"),
		Datotil:              gitt[bindings.DatoInnType](felter, "datotil"),
	})
	if err != nil {
		return nil, err
	}
	a, err := q.Store.Arbeidsgiver(ctx, q.View, nummer, filter)
	if err != nil {
		return nil, err
	}
	defer a.Liste.Close()
	svar := &Bemanningssvar{Statuskode: protected(a.Gradering, Komplett), Nummer: a.Nummer}
	alle := make([]ansatt, 0, a.Liste.Antall)
	for one, err := range a.Liste.Ansettelser(a.Liste.Antall) {
		if err == nil && ctx.Err() != nil { // it takes longer than a question may
			err = fmt.Errorf("%w: %w", store.ErrUtilgjengelig, ctx.Err())
		}
		if err != nil {
			return nil, err
		}
		person, ok := personnummer(one.Arbeidstaker)
		switch {
		case !ok:
			return nil, errIkkeNummer
		case one.Begynt == 0 || one.Sluttet != 0 && one.Sluttet < one.Begynt:
			svar.Udaterte++
		case one.Sluttet >= sisteDag: // there is no day after it
			alle = append(alle, ansatt{person, one.Begynt, 0})
		default:
			alle = append(alle, ansatt{person, one.Begynt, one.Sluttet})
		}
	}
	svar.Trinn = tell(alle)
	return svar, nil
}

// sisteDag is the last day that has a date.
const sisteDag = store.Dato(99991231)

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
