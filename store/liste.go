package store

import (
	"cmp"
	"iter"
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
	Avtaler                        []Listeavtale // all, newest first
	PermisjonOgPermittering        []Permisjon   // newest first
	skjerming                      skjerming
}

// Avtale is the current agreement, of an ended arbeidsforhold the last: the newest that has begun; of one that is
// still to begin, the first. nil when there is none.
func (r *Listerad) Avtale(today Dato) *Listeavtale {
	if opphoert(today, r.Sluttet) {
		today = r.Sluttet
	}
	for i := range r.Avtaler {
		if r.Avtaler[i].Periode.Fom <= today {
			return &r.Avtaler[i]
		}
	}
	if n := len(r.Avtaler); n > 0 {
		return &r.Avtaler[n-1]
	}
	return nil
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

// aktiv and opphoert are the two states of what began and ended so; what begins after today is in neither.
func aktiv(today, begynt, sluttet Dato) bool { return begynt <= today && !opphoert(today, sluttet) }

func opphoert(today, sluttet Dato) bool { return sluttet != 0 && sluttet < today }

func (f Filter) keeps(today, begynt, sluttet Dato, aOrdningen bool) bool {
	switch {
	case f.Status == Aktive && !aktiv(today, begynt, sluttet),
		f.Status == Opphoerte && !opphoert(today, sluttet),
		f.Lovgivning == Ny && !aOrdningen,
		f.Lovgivning == Gammel && aOrdningen,
		f.Til != 0 && begynt > f.Til,
		f.Fra != 0 && sluttet != 0 && sluttet < f.Fra:
		return false
	}
	return true
}

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
	for _, d := range a.Ansettelsesdetaljer {
		r.Avtaler = append(r.Avtaler, Listeavtale{d.Yrke, d.AvtaltStillingsprosent, d.Gyldighetsperiode})
	}
	return r
}

// An employer's list is packed in pieces of listedel entries, in the order of the answer. An entry is its length
// and then what filters and counts ask for (begynt, sluttet, flags, id), so that the rest is only read when shown.
const listedel = 64

const aOrdningenFlag = 4 // in the flags, above the two bits of skjerming

// packListerad packs an entry with its length before it; indre is where it is packed first.
func packListerad(p, indre *pakker, r *Listerad) {
	indre.dato(r.Begynt)
	indre.dato(r.Sluttet)
	flags := uint64(r.skjerming)
	if r.AOrdningen {
		flags |= aOrdningenFlag
	}
	indre.number(flags)
	indre.number(uint64(r.ArbeidsforholdId))
	indre.text(r.ID)
	indre.text(r.Arbeidstaker.Nummer)
	indre.text(r.Arbeidstaker.Navn)
	indre.dato(r.SistBekreftet)
	indre.verdi(kodeverkType, r.Type)
	packList(indre, r.Avtaler, func(p *pakker, a *Listeavtale) {
		p.verdi(kodeverkYrke, a.Yrke)
		p.text(string(a.Stillingsprosent))
		p.dato(a.Periode.Fom)
		p.dato(a.Periode.Tom)
	})
	packList(indre, r.PermisjonOgPermittering, packPermisjon)
	p.number(uint64(len(indre.b)))
	p.b = append(p.b, indre.b...)
}

// listehode is the part of a packed entry that every filter and count needs.
type listehode struct {
	begynt, sluttet Dato
	skjerming       skjerming
	aOrdningen      bool
	id              int64 // arbeidsforholdId
}

func (u *utpakker) listehode() listehode {
	h := listehode{begynt: u.dato(), sluttet: u.dato()}
	flags := u.number()
	h.skjerming, h.aOrdningen = skjerming(flags&3), flags&aOrdningenFlag != 0
	h.id = int64(u.number())
	return h
}

func unpackListerad(u *utpakker, h listehode, r *Listerad) {
	r.Begynt, r.Sluttet, r.skjerming, r.AOrdningen = h.begynt, h.sluttet, h.skjerming, h.aOrdningen
	r.ArbeidsforholdId = h.id
	r.ID = u.text()
	r.Arbeidstaker.Nummer = u.text()
	r.Arbeidstaker.Navn = u.text()
	r.SistBekreftet = u.dato()
	r.Type = u.verdi()
	r.Avtaler = unpackList(u, r.Avtaler, func(u *utpakker, a *Listeavtale) {
		a.Yrke = u.koder.yrke(u.verdi())
		a.Stillingsprosent = u.desimal()
		a.Periode = Periode{Fom: u.dato(), Tom: u.dato()}
	})
	r.PermisjonOgPermittering = unpackList(u, r.PermisjonOgPermittering, unpackPermisjon)
}

// Liste is an employer's arbeidsforhold as copied out of the register: packed, already cut down to what the view
// may see and the filter keeps when it is read.
type Liste struct {
	// Antall is how many the filter keeps, AntallTot how many there are, both of those the view may see.
	Antall, AntallTot int
	// Aktive says whether one of them is active today, Opphoerte whether one has ended.
	Aktive, Opphoerte bool

	view         View
	innenfor     map[int64]bool // the numbers of those inside the view's Omfang; nil: all
	filter       Filter
	arbeidsgiver Navngitt
	deler        []string
	koder        *kodebok
}

// entries walks the packed entries that the view may see; the utpakker stands behind the head of each.
func (l *Liste) entries(yield func(listehode, *utpakker) bool) error {
	for _, del := range l.deler {
		u := utpakker{s: del, koder: l.koder}
		for u.s != "" {
			entry := utpakker{s: u.text(), koder: l.koder}
			head := entry.listehode()
			if err := cmp.Or(u.err, entry.err); err != nil {
				return err
			}
			if l.sees(head) && !yield(head, &entry) {
				return nil
			}
		}
	}
	return nil
}

func (l *Liste) sees(h listehode) bool {
	return l.view.sees(h.skjerming) && (l.innenfor == nil || l.innenfor[h.id])
}

// tell counts. It reads every entry to its end, so that damage is found before the first byte of an answer.
func (l *Liste) tell() error {
	var rad Listerad
	var damaged error
	err := l.entries(func(h listehode, u *utpakker) bool {
		l.AntallTot++
		if l.filter.keeps(l.view.Today, h.begynt, h.sluttet, h.aOrdningen) {
			l.Antall++
			unpackListerad(u, h, &rad)
		}
		l.Opphoerte = l.Opphoerte || opphoert(l.view.Today, h.sluttet)
		l.Aktive = l.Aktive || aktiv(l.view.Today, h.begynt, h.sluttet)
		damaged = u.err
		return damaged == nil
	})
	return cmp.Or(err, damaged)
}

// Rader are the entries that the filter keeps, newest begyntdato first, then by id; at most max of them. The entry
// yielded is overwritten by the next.
func (l *Liste) Rader(max int) iter.Seq[*Listerad] {
	return func(yield func(*Listerad) bool) {
		rad := Listerad{Arbeidsgiver: l.arbeidsgiver}
		left := max
		_ = l.entries(func(h listehode, u *utpakker) bool { // tell has read them all
			if !l.filter.keeps(l.view.Today, h.begynt, h.sluttet, h.aOrdningen) {
				return true
			}
			if left == 0 {
				return false
			}
			left--
			unpackListerad(u, h, &rad)
			return yield(&rad)
		})
	}
}
