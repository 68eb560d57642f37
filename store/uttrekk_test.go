package store

import (
	gocmp "cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// svaret is what came of one that was asked for: ids, or the outcome without data.
type svaret struct {
	Utfall string
	Ider   []int64
}

// uttrekket is an extract of one.
func uttrekket(t *testing.T, s *Store, v View, ask func(*Uttrekk, func(*HentetArbeidsforhold) error) error) (got svaret) {
	t.Helper()
	err := s.Uttrekk(ctx, v, func(u *Uttrekk) error {
		err := ask(u, func(a *HentetArbeidsforhold) error {
			got.Ider = append(got.Ider, a.ArbeidsforholdId)
			return nil
		})
		got.Utfall = fmt.Sprint(err)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// TestExtractsFindWhatTheProductsFind, in registers made at random, whoever asks and about whomever: persons, employers
// with all units below them, and single arbeidsforhold.
func TestExtractsFindWhatTheProductsFind(t *testing.T) {
	p := &provet{modell: newModell(7), t: t, s: newStore(t)}
	p.store(t, p.s)
	utfall := map[string]int{}
	for range 150 {
		v := View{Today: seesAll.Today, Fortrolig: Innsyn(p.rnd.IntN(3)), StrengtFortrolig: Innsyn(p.rnd.IntN(3))}
		if p.chance(5) {
			v.Omfang = p.omfang()
		}
		f := Filter{Status: StatusArbeidsforhold(p.rnd.IntN(3)), Lovgivning: Lovgivning(p.rnd.IntN(3))}
		whom := p.one(p.parter())
		nummer := whom.numre[p.rnd.IntN(len(whom.numre))]
		id := int64(995 + p.rnd.IntN(270))
		for _, c := range []struct {
			what      string
			want, got svaret
		}{
			{"arbeidstaker", p.avArbeidstaker(v, nummer, f), uttrekket(t, p.s, v, func(u *Uttrekk, each func(*HentetArbeidsforhold) error) error {
				return u.Arbeidstaker(ctx, nummer, f, each)
			})},
			{"arbeidsgiver", p.avArbeidsgiver(v, whom, nummer, f), uttrekket(t, p.s, v, func(u *Uttrekk, each func(*HentetArbeidsforhold) error) error {
				return u.Arbeidsgiver(ctx, nummer, f, each)
			})},
			{"arbeidsforhold", p.avId(v, id), uttrekket(t, p.s, v, func(u *Uttrekk, each func(*HentetArbeidsforhold) error) error {
				return u.Arbeidsforhold(ctx, id, each)
			})},
		} {
			utfall[c.what+" "+c.want.Utfall]++
			if diff := cmp.Diff(c.want, c.got); diff != "" {
				t.Errorf("%s, view %v (-product +extract):\n%s", c.what, v, diff)
			}
		}
	}
	for _, must := range []string{"arbeidstaker <nil>", "arbeidsgiver <nil>", "arbeidsforhold <nil>", "arbeidsforhold " + ErrFortrolig.Error(),
		"arbeidstaker " + ErrIngen.Error(), "arbeidsgiver " + ErrIngen.Error()} {
		if utfall[must] == 0 {
			t.Errorf("nothing came out as %q: %v", must, utfall)
		}
	}
}

func (p *provet) avArbeidstaker(v View, nummer string, f Filter) (want svaret) {
	a, err := p.s.Arbeidstaker(ctx, v, nummer, f)
	want.Utfall = fmt.Sprint(err)
	if err == nil {
		for _, rad := range a.Arbeidsforhold {
			want.Ider = append(want.Ider, rad.ArbeidsforholdId)
		}
	}
	return want
}

// avArbeidsgiver is the product's list of an employer, and after it those of the units below.
func (p *provet) avArbeidsgiver(v View, whom *modellpart, nummer string, f Filter) (want svaret) {
	a, err := p.s.Arbeidsgiver(ctx, v, nummer, f)
	want.Utfall = fmt.Sprint(err)
	if err != nil {
		return want
	}
	defer a.Liste.Close()
	for rad, err := range a.Liste.Rader(a.Liste.Antall) {
		if err != nil {
			p.t.Fatal(err)
		}
		want.Ider = append(want.Ider, rad.ArbeidsforholdId)
	}
	var below []*modellpart
	for _, e := range p.enheter {
		for over := e.overordnet; over != nil; over = over.overordnet {
			if over == whom && a.enhet {
				below = append(below, e)
				break
			}
		}
	}
	slices.SortFunc(below, func(x, y *modellpart) int { return strings.Compare(x.numre[0], y.numre[0]) })
	for _, e := range below {
		want.Ider = append(want.Ider, p.direkte(v, e, f)...)
	}
	return want
}

// direkte are the arbeidsforhold of an employer that the view sees, each by itself, and the filter keeps.
func (p *provet) direkte(v View, e *modellpart, f Filter) (ider []int64) {
	var seen []*HentetArbeidsforhold
	for _, j := range p.jobber {
		if j.giver != e {
			continue
		}
		a, err := p.s.Arbeidsforhold(ctx, v, j.id)
		if err == nil && f.keeps(v.Today, a.Ansettelsesperiode.Startdato, a.Ansettelsesperiode.Sluttdato, a.AOrdningen()) {
			seen = append(seen, a)
		}
	}
	slices.SortFunc(seen, func(x, y *HentetArbeidsforhold) int {
		return gocmp.Or(gocmp.Compare(y.Ansettelsesperiode.Startdato, x.Ansettelsesperiode.Startdato), gocmp.Compare(x.ArbeidsforholdId, y.ArbeidsforholdId))
	})
	for _, a := range seen {
		ider = append(ider, a.ArbeidsforholdId)
	}
	return ider
}

func (p *provet) avId(v View, id int64) (want svaret) {
	a, err := p.s.Arbeidsforhold(ctx, v, id)
	want.Utfall = fmt.Sprint(err)
	if err == nil {
		want.Ider = []int64{a.ArbeidsforholdId}
	}
	return want
}

// TestAnExtractIsOfOneSnapshot that the register moves on from, and keeps no question waiting.
func TestAnExtractIsOfOneSnapshot(t *testing.T) {
	s := listefil(t, 100)
	u := s.naa.Load()
	n := 0
	err := s.Uttrekk(ctx, seesAll, func(x *Uttrekk) error {
		return x.Arbeidsgiver(ctx, underenhetNr, Filter{}, func(*HentetArbeidsforhold) error {
			if n++; n == 1 {
				if len(u.readers) != cap(u.readers) {
					t.Errorf("%d of %d readers are there for questions", len(u.readers), cap(u.readers))
				}
				update(t, s, func(tx *Tx) (err error) {
					for i := range 90 {
						err = errors.Join(err, tx.DeleteArbeidsforhold(listejobb(0, i).ArbeidsforholdId))
					}
					return err
				})
			}
			return nil
		})
	})
	if err != nil || n != 100 {
		t.Errorf("%d of 100 were given; %v", n, err)
	}
	if rader, _ := visteRader(t, s, seesAll, underenhetNr, Filter{}, 100); len(rader) != 10 {
		t.Errorf("the next question finds %d, want 10", len(rader))
	}
	if got := len(u.reserve.ledige); got != 1 {
		t.Errorf("%d readers were laid by, want 1", got)
	}
}

// TestAnExtractEndsWithItsContext: whoever gives up is not waited for.
func TestAnExtractEndsWithItsContext(t *testing.T) {
	s := listefil(t, 5000)
	stopped, stop := context.WithCancel(ctx)
	n := 0
	err := s.Uttrekk(stopped, seesAll, func(x *Uttrekk) error {
		return x.Arbeidsgiver(stopped, underenhetNr, Filter{}, func(*HentetArbeidsforhold) error {
			if n++; n == 1 {
				stop()
			}
			return nil
		})
	})
	if !errors.Is(err, context.Canceled) || n == 5000 {
		t.Errorf("%d were given; %v", n, err)
	}
}

// TestAnExtractSortsNothing: the order is that of an index, in both forms of each query.
func TestAnExtractSortsNothing(t *testing.T) {
	s := newStore(t)
	for _, q := range []avgrenset{arbeidsgiversPoster, arbeidstakersPoster} {
		for _, query := range []string{q.alle, q.innenfor} {
			lines := plan(t, s, query)
			for _, line := range lines {
				if strings.Contains(line, "TEMP B-TREE") || strings.HasPrefix(line, "SCAN") && !small.MatchString(line) || strings.Contains(line, "AUTOMATIC") {
					t.Errorf("%s in the plan of %s", line, query)
				}
			}
			if len(lines) == 0 {
				t.Errorf("no plan of %s", query)
			}
		}
	}
}
