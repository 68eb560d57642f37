package store

import (
	"cmp"
	"slices"
)

// Navngitt is a party as lists show it: number in force and name.
type Navngitt struct {
	Nummer, Navn string
}

// Listeavtale is what lists show of an agreement.
type Listeavtale struct {
	Yrke             Kodeverdi
	Stillingsprosent Desimal
	Periode          Periode
}

// Listerad is an arbeidsforhold as the lists of hentArbeidsgiver and hentArbeidstaker show it.
type Listerad struct {
	ArbeidsforholdId               int64
	ID                             string // as the employer reported it
	Arbeidsgiver, Arbeidstaker     Navngitt
	Begynt, Sluttet, SistBekreftet Dato
	Type                           Kodeverdi
	AOrdningen                     bool
	Avtaler                        []Listeavtale // newest first, all or as far as the current one
	PermisjonOgPermittering        []Permisjon   // newest first
	skjerming                      skjerming
}

// Avtale is the current agreement, of an ended arbeidsforhold the last: the newest that has begun; of one that is
// still to begin, the first. nil when there is none.
func (r *Listerad) Avtale(today Dato) *Listeavtale {
	day := r.gjelder(today)
	for i := range r.Avtaler {
		if r.Avtaler[i].Periode.Fom <= day {
			return &r.Avtaler[i]
		}
	}
	if n := len(r.Avtaler); n > 0 {
		return &r.Avtaler[n-1]
	}
	return nil
}

// gjelder is the day whose agreement is the current one.
func (r *Listerad) gjelder(today Dato) Dato {
	if opphoert(today, r.Sluttet) {
		return r.Sluttet
	}
	return today
}

// StatusArbeidsforhold and Lovgivning are the filters of hentArbeidsgiver and hentArbeidstaker; zero is alle.
type (
	StatusArbeidsforhold uint8
	Lovgivning           uint8
)

// Aktive began by today and have not ended before it, Opphoerte have; what begins later is neither. Ny is reported
// under a-ordningen.
const (
	Aktive StatusArbeidsforhold = iota + 1
	Opphoerte

	Ny Lovgivning = iota - 1
	Gammel
)

// Filter narrows a list. Fra and Til keep what overlaps the period, both days included; 0 is open.
type Filter struct {
	Status     StatusArbeidsforhold
	Lovgivning Lovgivning
	Fra, Til   Dato
}

func opphoert(today, sluttet Dato) bool { return sluttet != 0 && sluttet < today }

func (f Filter) keeps(today, begynt, sluttet Dato, aOrdningen bool) bool {
	g := f.grenser(today)
	return g.rommer(begynt, ellerAldri(sluttet)) && f.Lovgivning.keeps(aOrdningen)
}

func (l Lovgivning) keeps(aOrdningen bool) bool { return l == 0 || (l == Ny) == aOrdningen }

// PermisjonerOgPermitteringer is leaves and lay-offs together, newest first.
func (a *Arbeidsforhold) PermisjonerOgPermitteringer() []Permisjon {
	both := slices.Concat(a.Permisjoner, a.Permitteringer)
	slices.SortStableFunc(both, func(x, y Permisjon) int { return cmp.Compare(y.Startdato, x.Startdato) })
	return both
}

// listerad is the arbeidsforhold as lists show it; the names of the parties are the caller's to fill in.
func (a *Arbeidsforhold) listerad(s skjerming) Listerad {
	r := Listerad{
		ArbeidsforholdId: a.ArbeidsforholdId, ID: a.ID,
		Begynt: a.Ansettelsesperiode.Startdato, Sluttet: a.Ansettelsesperiode.Sluttdato,
		SistBekreftet: a.SistBekreftet.Dato(), Type: a.Type, AOrdningen: a.AOrdningen(),
		PermisjonOgPermittering: a.PermisjonerOgPermitteringer(), skjerming: s,
	}
	r.Avtaler = make([]Listeavtale, len(a.Ansettelsesdetaljer))
	for i := range a.Ansettelsesdetaljer {
		d := &a.Ansettelsesdetaljer[i]
		r.Avtaler[i] = Listeavtale{d.Yrke, d.AvtaltStillingsprosent, d.Gyldighetsperiode}
	}
	return r
}
