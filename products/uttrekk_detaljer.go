package products

import (
	"context"
	"strings"

	"aareg/store"
)

// Detaljgruppe is what the register knows of an arbeidsforhold, or of one entry of its lists, that no product shows.
type Detaljgruppe struct {
	Navn string // what Nav's list of data elements calls it
	// Nr is the entry's place in its list, from 1 on in the order of § 2.6's answer; 0 of the arbeidsforhold itself.
	Nr   int
	Ledd []Detalj
}

// Detalj is one of them.
type Detalj struct {
	Ledetekst, Verdi string
	Kode             string // of a value of a code list, "" when it came without, or is of none
	Format           Format
}

// Detaljsvar are the data elements of one arbeidsforhold beyond § 2.6's answer.
type Detaljsvar struct {
	// Statuskode is Komplett, or the grade of a protected person whose data the consumer may have.
	Statuskode Statuskode
	// Personer are whom it is about, numbers below 10^11, whom the caller accounts for.
	Personer []uint64
	Grupper  []Detaljgruppe
}

// Detaljer are those of an arbeidsforhold that have a value and are inside the consumer's field profile (viser). Who may not
// see the arbeidsforhold gets the error that § 2.6 answers with (StatusOf).
func Detaljer(ctx context.Context, q Query, arbeidsforholdId int64, viser func(rett string) bool) (*Detaljsvar, error) {
	a, err := q.Store.Arbeidsforhold(ctx, q.View, arbeidsforholdId)
	if err != nil {
		return nil, err
	}
	defer a.Release()
	svar := &Detaljsvar{Statuskode: protected(a.Gradering, Komplett)}
	for _, nummer := range []string{a.Arbeidstaker.Nummer, a.Arbeidsgiver.Nummer, a.Opplysningspliktig.Nummer} {
		if n, ok := personnummer(nummer); ok {
			svar.Personer = append(svar.Personer, n)
		}
	}
	for _, g := range uttrekksgrupper {
		for i := range g.antall(a) {
			gruppe := Detaljgruppe{Navn: g.navn, Ledd: g.detaljer(a, i, viser)}
			if g.liste != "" {
				gruppe.Nr = i + 1
			}
			if len(gruppe.Ledd) > 0 {
				svar.Grupper = append(svar.Grupper, gruppe)
			}
		}
	}
	return svar, nil
}

// detaljer are the group's own elements of entry i; kode and beskrivelse are one.
func (g *uttrekksgruppe) detaljer(a *store.HentetArbeidsforhold, i int, viser func(rett string) bool) (ledd []Detalj) {
	kode := ""
	for n := range g.felter {
		f := &g.felter[n]
		if !f.Egen() || !viser(f.Rett) {
			continue
		}
		verdi := f.verdi(a, i)
		if strings.HasSuffix(f.Sti, ".kode") { // its beskrivelse comes next
			kode = verdi
			continue
		}
		if verdi != "" {
			ledd = append(ledd, Detalj{Ledetekst: f.Navn, Verdi: verdi, Kode: kode, Format: f.Format})
		}
		kode = ""
	}
	return ledd
}
