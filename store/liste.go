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
	Avtale                         Listeavtale // the current one, of an ended arbeidsforhold the last; zero when there is none
	HarAvtale                      bool
	PermisjonOgPermittering        []Permisjon // newest first
	skjerming                      skjerming
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

// pakkerad is an arbeidsforhold as lists keep it: which of its agreements is the current one, the day decides on which
// it is asked for.
type pakkerad struct {
	Listerad
	avtaler []Listeavtale // all, newest first
}

// pakkerad is the arbeidsforhold as lists keep it; the names of the parties are the caller's to fill in.
func (a *Arbeidsforhold) pakkerad(s skjerming) pakkerad {
	r := pakkerad{Listerad: Listerad{
		ArbeidsforholdId: a.ArbeidsforholdId, ID: a.ID,
		Begynt: a.Ansettelsesperiode.Startdato, Sluttet: a.Ansettelsesperiode.Sluttdato,
		SistBekreftet: a.SistBekreftet.Dato(), Type: a.Type, AOrdningen: a.AOrdningen(),
		PermisjonOgPermittering: a.PermisjonerOgPermitteringer(), skjerming: s,
	}}
	r.avtaler = make([]Listeavtale, len(a.Ansettelsesdetaljer))
	for i := range a.Ansettelsesdetaljer {
		d := &a.Ansettelsesdetaljer[i]
		r.avtaler[i] = Listeavtale{d.Yrke, d.AvtaltStillingsprosent, d.Gyldighetsperiode}
	}
	return r
}
