package store

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// modellsvar is what an answer says, as far as scope and protection decide it.
type modellsvar struct {
	Utfall             string
	Nummer             string
	Antall, Tot        int
	Aktive, Historikk  bool
	Enheter, Treff     []string
	Arbeidsforhold     []int64
	Partnumre          []string
	Gradering          Gradering
	Hovedenhet, Enhver bool
}

func utfall(err error) string {
	if err == nil {
		return "komplett"
	}
	return err.Error()
}

// provet is one seed's register, in the store and in the modell.
type provet struct {
	*modell
	t      *testing.T
	s      *Store
	n      int            // how many answers were compared
	utfall map[string]int // how often each outcome was right
}

func (p *provet) compare(what string, v View, want, got modellsvar) {
	p.t.Helper()
	p.n++
	p.utfall[want.Utfall]++
	if diff := cmp.Diff(want, got); diff != "" {
		p.t.Fatalf("answer %d, %s, fortrolig %d, strengt %d, within %+v (-want +got):\n%s", p.n, what, v.Fortrolig, v.StrengtFortrolig, v.Omfang, diff)
	}
}

func (p *provet) antallArbeidstakere(v View, nummer string) {
	e, err := p.finn(v, somArbeidsgiverIDag, nummer)
	want := modellsvar{Utfall: utfall(err)}
	if err == nil {
		want.Nummer = e.numre[0]
		persons := map[*modellpart]bool{}
		for _, j := range p.seen(v, func(j *modelljobb) bool { return j.giver.under(e) && j.aktiv() && !e.opphoert }) {
			persons[j.taker] = true
		}
		want.Antall = len(persons)
	}
	a, antall, err := p.s.AntallArbeidstakere(ctx, v, nummer)
	got := modellsvar{Utfall: utfall(err), Antall: antall}
	if err == nil {
		got.Nummer = a.Nummer
	}
	p.compare("§ 2.1", v, want, got)
}

func (p *provet) arbeidsgiver(v View, nummer string, f Filter, maks int) {
	e, err := p.finn(v, somArbeidsgiver, nummer)
	want := modellsvar{Utfall: utfall(err)}
	if err == nil {
		want.Nummer, want.Hovedenhet = e.numre[0], p.hovedenhet(v, e)
		own := p.seen(v, func(j *modelljobb) bool { return j.giver == e })
		speaksFor := own
		if want.Hovedenhet {
			want.Enheter = p.underenheter(v, e)
			speaksFor = p.seen(v, func(j *modelljobb) bool { return j.giver.under(e) })
		}
		want.Aktive, want.Historikk = slices.ContainsFunc(speaksFor, (*modelljobb).aktiv), slices.ContainsFunc(speaksFor, (*modelljobb).opphoert)
		want.Tot = len(own)
		for _, j := range own {
			if j.kept(f) {
				if want.Antall++; want.Antall <= maks {
					want.Arbeidsforhold, want.Partnumre = append(want.Arbeidsforhold, j.id), append(want.Partnumre, j.taker.numre[0])
				}
			}
		}
	}
	a, err := p.s.Arbeidsgiver(ctx, v, nummer, f)
	got := modellsvar{Utfall: utfall(err)}
	if err == nil {
		got.Nummer, got.Hovedenhet, got.Aktive, got.Historikk = a.Nummer, a.Hovedenhet(), a.Arbeidstakere, a.Historikk
		got.Antall, got.Tot = a.Liste.Antall, a.Liste.AntallTot
		for _, u := range a.Underenheter {
			got.Enheter = append(got.Enheter, strings.TrimPrefix("-"+u.Orgnr, map[bool]string{false: "-"}[u.Historisk]))
		}
		for r := range a.Liste.Rader(maks) {
			got.Arbeidsforhold, got.Partnumre = append(got.Arbeidsforhold, r.ArbeidsforholdId), append(got.Partnumre, r.Arbeidstaker.Nummer)
		}
	}
	p.compare("§ 2.2", v, want, got)
}

func (p *provet) arbeidstaker(v View, nummer string, f Filter) {
	w, err := p.finn(v, somArbeidstaker, nummer)
	want := modellsvar{Utfall: utfall(err)}
	if err == nil {
		want.Nummer = w.numre[0]
		for _, j := range p.seen(v, func(j *modelljobb) bool { return j.taker == w && j.kept(f) }) {
			want.Arbeidsforhold, want.Partnumre = append(want.Arbeidsforhold, j.id), append(want.Partnumre, j.giver.numre[0])
		}
	}
	a, err := p.s.Arbeidstaker(ctx, v, nummer, f)
	got := modellsvar{Utfall: utfall(err)}
	if err == nil {
		got.Nummer = a.Foedselsnr
		for _, r := range a.Arbeidsforhold {
			got.Arbeidsforhold, got.Partnumre = append(got.Arbeidsforhold, r.ArbeidsforholdId), append(got.Partnumre, r.Arbeidsgiver.Nummer)
		}
		a.Release()
	}
	p.compare("§ 2.3", v, want, got)
}

func (p *provet) arbeidsforhold(v View, id int64) {
	want := modellsvar{Utfall: utfall(ErrIngen)}
	for _, j := range p.jobber {
		if j.id != id {
			continue
		}
		parties := []*modellpart{j.taker, j.giver}
		if j.pliktig != nil {
			parties = append(parties, j.pliktig)
		}
		strictest := Ugradert
		for _, part := range parties {
			strictest = max(strictest, min(part.gradering, StrengtFortrolig))
		}
		switch {
		case j.finnes(v, InnsynData):
			want = modellsvar{Utfall: utfall(nil), Gradering: strictest}
			for _, part := range parties {
				want.Partnumre = append(want.Partnumre, part.numre[0])
			}
		case j.finnes(v, InnsynKode):
			want.Utfall = utfall(code(strictest))
		}
	}
	a, err := p.s.Arbeidsforhold(ctx, v, id)
	got := modellsvar{Utfall: utfall(err)}
	if err == nil {
		got.Gradering, got.Partnumre = a.Gradering, []string{a.Arbeidstaker.Nummer, a.Arbeidsgiver.Nummer}
		if a.Opplysningspliktig.Nummer != "" {
			got.Partnumre = append(got.Partnumre, a.Opplysningspliktig.Nummer)
		}
		a.Release()
	}
	p.compare("§ 2.6", v, want, got)
}

// treff compares hits: those of the modell, in the order in which one who may see everybody gets them.
func (p *provet) treff(what string, v View, maks int, exists func(*modellpart) (hit, historisk bool), soek func(View, int) ([]string, int, error)) {
	is := map[string]bool{}
	for _, part := range p.parter() {
		if hit, historisk := exists(part); hit {
			is[fmt.Sprint(part.numre[0], part.slag == slagGammel, historisk)] = true
		}
	}
	want := modellsvar{Utfall: utfall(ErrIngen), Antall: len(is)}
	if what == "§ 2.5" { // which tells no more than that there are more
		want.Antall = min(want.Antall, maks+1)
	}
	all := seesAll
	all.Today = modelldag
	order, _, err := soek(all, 1000)
	if err != nil && !errors.Is(err, ErrIngen) {
		p.t.Fatal(err)
	}
	for _, hit := range order {
		if is[hit] && len(want.Treff) < maks {
			want.Utfall, want.Treff = utfall(nil), append(want.Treff, hit)
		}
	}
	hits, found, err := soek(v, maks)
	p.compare(what, v, want, modellsvar{Utfall: utfall(err), Antall: found, Treff: hits})
}

func (p *provet) soekPersoner(v View, word, kjoenn string, role rolle, maks int) {
	soek, what := p.s.SoekArbeidstakere, "§ 2.5"
	if role == somArbeidsgiver {
		soek, what = p.s.SoekPersonligeArbeidsgivere, "§ 2.4, persons"
	}
	p.treff(what, v, maks, func(part *modellpart) (bool, bool) {
		hit, historisk := part.hit(word)
		is, _ := p.exists(v, role, part)
		return part.slag == slagPerson && hit && is && (kjoenn == "" || part.kjoenn == kjoenn), historisk
	}, func(v View, maks int) (hits []string, found int, err error) {
		list, found, err := soek(ctx, v, Personsoek{Navn: Navn{Etternavn: word}, Kjoenn: kjoenn, Maks: maks})
		for _, t := range list {
			hits = append(hits, fmt.Sprint(t.Foedselsnr, false, t.Historisk))
		}
		return hits, found, err
	})
}

func (p *provet) soekEnheter(v View, word string, opphoerte bool, maks int) {
	p.treff("§ 2.4, units", v, maks, func(part *modellpart) (bool, bool) {
		hit, historisk := part.hit(word)
		return part.slag != slagPerson && hit && giverInside(v, part) && (opphoerte || part.slag == slagEnhet && !part.opphoert), historisk
	}, func(v View, maks int) (hits []string, found int, err error) {
		list, found, err := p.s.SoekEnheter(ctx, v, Enhetssoek{Navn: word, InkluderOpphoerte: opphoerte, Maks: maks})
		for _, t := range list {
			hits = append(hits, fmt.Sprint(t.Orgnr, t.Enhkode == "", t.Historisk))
		}
		return hits, found, err
	})
}

// numre are the numbers that an Omfang names: of few, of half or of most in a list, former ones too, and of nobody.
func (p *provet) numre(list []*modellpart) []string {
	numre := []string{"299999999", "31839999999"}[p.rnd.IntN(3):]
	share := []int{0, 1, 5, 9}[p.rnd.IntN(4)]
	for _, part := range list {
		if p.chance(share) {
			numre = append(numre, part.numre[p.rnd.IntN(len(part.numre))])
		}
	}
	return numre
}

func (p *provet) omfang() *Omfang {
	o := &Omfang{}
	if p.chance(7) {
		o.Arbeidsgivere = p.numre(slices.Concat(p.enheter, p.gamle, p.folk[:25]))
	}
	if p.chance(7) {
		o.Personer = p.numre(p.folk)
	}
	return o
}

// ask asks every product for somebody, seen from one view.
func (p *provet) ask(v View) {
	whom := p.one(p.parter())
	if p.chance(3) {
		whom = p.one(append(p.enheter[:9:9], p.enheter[26]))
	}
	numre := whom.numre
	nummer := numre[p.rnd.IntN(len(numre))]
	word := strings.Fields(modellnavn[p.rnd.IntN(len(modellnavn))])[0]
	f := Filter{Status: StatusArbeidsforhold(p.rnd.IntN(3)), Lovgivning: Lovgivning(p.rnd.IntN(3))}
	if p.chance(3) {
		f.Fra, f.Til = Dato(20120101), Dato(20180101)
	}
	maks := 1 + p.rnd.IntN(12)
	p.antallArbeidstakere(v, nummer)
	p.arbeidsgiver(v, nummer, f, maks)
	for range 3 { // most are not seen by most views
		w := p.one(p.folk)
		p.arbeidstaker(v, w.numre[p.rnd.IntN(len(w.numre))], f)
	}
	p.arbeidsforhold(v, int64(995+p.rnd.IntN(270)))
	p.soekEnheter(v, word, p.chance(5), maks)
	p.soekPersoner(v, word, []string{"", "", "K", "M"}[p.rnd.IntN(4)], rolle(p.rnd.IntN(2)), maks)
}

func TestWhoExistsForAViewIsWhatTheRulesSay(t *testing.T) {
	total, outcomes := 0, map[string]int{}
	for seed := range uint64(4) {
		s := newStore(t)
		if seed%2 == 1 {
			var err error
			if s, err = Create(filepath.Join(t.TempDir(), "register.db")); err != nil {
				t.Fatal(err)
			}
			defer s.Close()
		}
		p := &provet{modell: newModell(seed), t: t, s: s, utfall: outcomes}
		p.store(t, s)
		var scopes [8]*Omfang
		for round := range 14 {
			scopes[round%len(scopes)] = p.omfang()
			for _, o := range append(scopes[:], nil) {
				v := View{Today: modelldag, Fortrolig: Innsyn(p.rnd.IntN(3)), StrengtFortrolig: Innsyn(p.rnd.IntN(3)), Omfang: o}
				for range 2 {
					p.ask(v)
				}
			}
			p.change(t, s)
		}
		total += p.n
	}
	t.Logf("%d answers: %v", total, outcomes)
	if total < 5000 || len(outcomes) != 5 {
		t.Errorf("%d answers with %d outcomes are no proof", total, len(outcomes))
	}
}
