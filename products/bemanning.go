package products

import (
	"cmp"
	"context"
	"errors"
	"fmt"
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

// tell counts each person once at a time. It turns alle, which come newest first, so that the first come first.
func tell(alle []ansatt) []Bemanningstrinn {
	slices.SortFunc(alle, func(a, b ansatt) int { return cmp.Compare(a.fra, b.fra) })
	var begynt, sluttet []store.Dato
	til := make(map[uint64]store.Dato, len(alle)) // the last day of whoever has come; 0: none
	for _, en := range alle {
		sist, kommet := til[en.person]
		switch {
		case !kommet || sist != 0 && sist < en.fra:
			begynt = append(begynt, en.fra)
			if kommet {
				sluttet = append(sluttet, sist)
			}
			til[en.person] = en.til
		case sist != 0 && (en.til == 0 || en.til > sist):
			til[en.person] = en.til
		}
	}
	for _, sist := range til {
		if sist != 0 {
			sluttet = append(sluttet, sist)
		}
	}
	slices.Sort(sluttet)
	return trinnene(begynt, sluttet)
}

// trinnene are the days on which more come than have had their last day the day before, or fewer. Both are in order.
func trinnene(begynt, sluttet []store.Dato) (trinn []Bemanningstrinn) {
	borte := make([]store.Dato, len(sluttet)) // the first day without them
	for i, sist := range sluttet {
		if i > 0 && sist == sluttet[i-1] {
			borte[i] = borte[i-1]
		} else {
			borte[i] = sist.AddDays(1)
		}
	}
	for antall := 0; len(begynt)+len(borte) > 0; {
		dag := sisteDag
		if len(begynt) > 0 {
			dag = begynt[0]
		}
		if len(borte) > 0 {
			dag = min(dag, borte[0])
		}
		before := antall
		for ; len(begynt) > 0 && begynt[0] == dag; begynt = begynt[1:] {
			antall++
		}
		for ; len(borte) > 0 && borte[0] == dag; borte = borte[1:] {
			antall--
		}
		if antall != before {
			trinn = append(trinn, Bemanningstrinn{dag, antall})
		}
	}
	return trinn
}
