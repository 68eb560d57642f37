package store

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aareg/store/sqlite"
)

// fourRights are views of one day with each right to protected persons.
func fourRights(today Dato) (views []View) {
	for rett := range skjerming(4) {
		v := View{Today: today}
		if rett&1 != 0 {
			v.Fortrolig = InnsynData
		}
		if rett&2 != 0 {
			v.StrengtFortrolig = InnsynData
		}
		views = append(views, v)
	}
	return views
}

func TestRightsSeeWhatTheirViewsSee(t *testing.T) {
	for a := InnsynIngen; a <= InnsynData; a++ {
		for b := InnsynIngen; b <= InnsynData; b++ {
			v := View{Fortrolig: a, StrengtFortrolig: b}
			for s := range skjerming(4) {
				if sees := sesMed[s]>>v.rett()&1 != 0; sees != v.sees(s) {
					t.Errorf("fortrolig %d, strengt %d, skjerming %d: seen %v", a, b, s, sees)
				}
			}
		}
	}
	for rett, v := range fourRights(modelldag) {
		if v.rett() != skjerming(rett) {
			t.Errorf("right %d is %d", rett, v.rett())
		}
	}
}

// bemannet is what is known of an employer on one day with one right.
type bemannet struct {
	Aktoer            int64
	Today             Dato
	Rett              skjerming
	Antall            int
	Aktive, Historikk bool
}

// sammenlign compares what is counted ahead with what counting finds, of everybody, and counts how often somebody is there.
func sammenlign(t *testing.T, s *Store, days []Dato) (compared, there int) {
	t.Helper()
	err := s.read(ctx, nil, func(r *reader, _ *kodebok) error {
		var who []int64
		if err := r.each(ctx, `SELECT aktoer FROM aktoer`, nil, func(row *sqlite.Stmt) error {
			who = append(who, row.Int64(0))
			return nil
		}); err != nil {
			return err
		}
		for _, day := range days {
			for _, v := range fourRights(day) {
				for _, id := range who {
					want, got := bemannet{Aktoer: id, Today: day, Rett: v.rett()}, bemannet{Aktoer: id, Today: day, Rett: v.rett()}
					args := []any{id, day, v.visible()}
					_, err1 := r.oneSeen(ctx, &antallArbeidstakere, args, &want.Antall)
					_, err2 := r.oneSeen(ctx, &aktivOgHistorikk, args, &want.Aktive, &want.Historikk)
					var err3, err4 error
					got.Antall, err3 = r.antallArbeidstakere(ctx, v, &Arbeidsgiver{aktoer: id})
					got.Aktive, got.Historikk, err4 = r.aktivOgHistorikk(ctx, v, id)
					if err := errors.Join(err1, err2, err3, err4); err != nil {
						return err
					}
					if got != want {
						return fmt.Errorf("counted against counted ahead (-want +got):\n%s", cmp.Diff(want, got))
					}
					compared++
					if got.Antall > 0 {
						there++
					}
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return compared, there
}

// dager are days around which something happens, and others.
func (m *modell) dager() (days []Dato) {
	j := m.jobber[m.rnd.IntN(len(m.jobber))]
	days = []Dato{j.begynt, j.begynt.AddDays(-1)}
	if j.sluttet != 0 {
		days = append(days, j.sluttet, j.sluttet.AddDays(1))
	}
	return append(days, 19000101, 99991231, Dato(20080101).AddDays(m.rnd.IntN(12000)))
}

// stir changes something that the counts hang on, without regard to whether the modell follows.
func (m *modell) stir(tx *Tx) error {
	j, p, q, e := m.jobber[m.rnd.IntN(len(m.jobber))], m.one(m.folk[3:55]), m.one(m.folk[3:55]), m.one(m.enheter)
	switch m.rnd.IntN(10) {
	case 0:
		j = m.newJobb(int64(2000 + m.rnd.IntN(100)))
		return j.put(tx)
	case 1:
		j.sluttet = j.begynt.AddDays(m.rnd.IntN(3000) - 2)
		return j.put(tx)
	case 2:
		j.taker, j.giver = p, m.one(m.enheter)
		j.som = p.numre[0]
		return j.put(tx)
	case 3:
		return unless(ErrIngen, tx.DeleteArbeidsforhold(j.id))
	case 4:
		p.gradering = Gradering(m.rnd.IntN(4))
		return p.put(tx)
	case 5:
		if e.overordnet = m.one(append(m.enheter[:9:9], nil)); e.overordnet == e {
			e.overordnet = nil
		}
		return e.put(tx)
	case 6: // two units belong to each other
		over := m.enheter[m.rnd.IntN(9)]
		if over != e {
			e.overordnet, over.overordnet = over, e
		}
		return errors.Join(e.put(tx), over.put(tx))
	case 7:
		return unless(ErrIngen, tx.DeleteEnhet(e.numre[0]))
	case 8:
		if m.chance(3) && p != q { // one of them is the other
			p.numre = append(p.numre, q.numre...)
		}
		return p.put(tx)
	}
	return unless(ErrIngen, tx.DeletePerson(p.numre[0]))
}

func unless(expected, err error) error {
	if errors.Is(err, expected) {
		return nil
	}
	return err
}

const antallsrader = `SELECT aktoer || ' ' || fra || ' ' || hex(dok) FROM arbeidstakerantall ORDER BY aktoer, fra`

func TestWhatIsCountedAheadIsWhatCountingFinds(t *testing.T) {
	compared, there, rings, refused := 0, 0, 0, 0
	for seed := range uint64(3) {
		s := newStore(t)
		m := newModell(seed)
		m.store(t, s)
		for range 12 {
			update(t, s, func(tx *Tx) error {
				for range 1 + m.rnd.IntN(4) {
					if err := m.stir(tx); errors.Is(err, errStaleNumber) {
						refused++
					} else if err != nil {
						return err
					}
				}
				return nil
			})
			c, n := sammenlign(t, s, m.dager())
			compared, there = compared+c, there+n
			stepwise := dump(t, s, antallsrader)
			rings += len(dump(t, s, iRing))
			update(t, s, func(tx *Tx) error { tx.beroert.alt = true; return nil })
			if diff := cmp.Diff(dump(t, s, antallsrader), stepwise); diff != "" {
				t.Fatalf("all at once against step by step (-want +got):\n%s", diff)
			}
		}
	}
	t.Logf("%d compared, %d with somebody there, %d units in rings, %d changes refused", compared, there, rings, refused)
	if there < compared/20 || rings == 0 {
		t.Error("that is no proof")
	}
}

func TestPersonIsCountedOnceFromTheFirstDayToTheLast(t *testing.T) {
	const other, protected = "210000151", "01810000001"
	period := func(id int64, taker, orgnr string, fra, til Dato) *Arbeidsforhold {
		j := jobb(id, taker)
		j.Arbeidssted.Ident, j.Ansettelsesperiode = orgnr, Ansettelsesperiode{Startdato: fra, Sluttdato: til}
		return j
	}
	s := newStore(t)
	update(t, s, func(tx *Tx) error {
		return errors.Join(tx.PutEnhet(enhet(hovedenhetNr, "Hoved", "AS", "")), tx.PutEnhet(enhet(underenhetNr, "Her", "BEDR", hovedenhetNr)),
			tx.PutEnhet(enhet(other, "Der", "BEDR", hovedenhetNr)), tx.PutPerson(&Person{Foedselsnr: protected, Adressebeskyttelse: Fortrolig}),
			tx.PutArbeidsforhold(period(1, takerNr, underenhetNr, 20200101, 20200229)),
			tx.PutArbeidsforhold(period(2, takerNr, other, 20200301, 0)), // the day after
			tx.PutArbeidsforhold(period(3, protected, underenhetNr, 20200101, 20201231)))
	})
	type counts struct{ Her, Der, Hoved int }
	for _, c := range []struct {
		today         Dato
		without, with counts
	}{
		{20191231, counts{0, 0, 0}, counts{0, 0, 0}},
		{20200101, counts{1, 0, 1}, counts{2, 0, 2}},
		{20200229, counts{1, 0, 1}, counts{2, 0, 2}},
		{20200301, counts{0, 1, 1}, counts{1, 1, 2}},
		{20201231, counts{0, 1, 1}, counts{1, 1, 2}},
		{20210101, counts{0, 1, 1}, counts{0, 1, 1}},
	} {
		for rett, want := range []counts{c.without, c.with, c.without, c.with} {
			var got counts
			for nummer, n := range map[string]*int{underenhetNr: &got.Her, other: &got.Der, hovedenhetNr: &got.Hoved} {
				var err error
				if _, *n, err = s.AntallArbeidstakere(ctx, fourRights(c.today)[rett], nummer); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s, right %d (-want +got):\n%s", c.today, rett, diff)
			}
		}
	}
}

// employees makes units with so many employees, of whom some come and go, under the numbers that it returns.
func employees(tb testing.TB, s *Store, antall ...int) (numre []string) {
	tb.Helper()
	err := s.Update(ctx, func(tx *Tx) error {
		for u, n := range antall {
			numre = append(numre, fmt.Sprintf("2100%05d", u))
			if err := tx.PutEnhet(enhet(numre[u], "Arbeidsplass", "BEDR", "")); err != nil {
				return err
			}
			for i := range n {
				j := jobb(int64(1_000_000*(u+1)+i), fmt.Sprintf("0181%07d", i))
				j.Arbeidssted.Ident, j.Ansettelsesperiode.Startdato = numre[u], Dato(20000101).AddDays(i*7919%9000)
				if i%3 == 2 {
					j.Ansettelsesperiode.Sluttdato = j.Ansettelsesperiode.Startdato.AddDays(i % 2000)
				}
				if err := tx.PutArbeidsforhold(j); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		tb.Fatal(err)
	}
	return numre
}

func TestCountingCostsAsMuchForLargeEmployersAsForSmall(t *testing.T) {
	s := newStore(t)
	numre := employees(t, s, 10, 10_000)
	if rows := len(dump(t, s, antallsrader)); rows < 50 {
		t.Fatalf("%d rows are no large employer", rows)
	}
	for _, o := range []*Omfang{nil, {Arbeidsgivere: slices.Clone(numre)}} {
		v := seesAll
		v.Omfang = o
		var cost []arbeid
		for _, nummer := range numre {
			ask := func() {
				if _, antall, err := s.AntallArbeidstakere(ctx, v, nummer); err != nil || antall == 0 {
					t.Errorf("%d: %v", antall, err)
				}
			}
			for range cap(s.naa.Load().readers) {
				ask() // every connection knows the Omfang
			}
			cost = append(cost, spent(s, ask))
		}
		t.Logf("within %v: %+v", o != nil, cost)
		if cost[0] != cost[1] {
			t.Errorf("10 cost %+v, 10,000 %+v", cost[0], cost[1])
		}
	}
}

func TestCountThatIsDamagedIsNotTold(t *testing.T) {
	s := newStore(t)
	numre := employees(t, s, 10)
	if err := s.naa.Load().own.Script(`UPDATE arbeidstakerantall SET dok = substr(dok, 1, length(dok) - 1)`); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.AntallArbeidstakere(ctx, View{Today: 99991231}, numre[0]); !errors.Is(err, ErrUtilgjengelig) {
		t.Errorf("%v, want %v", err, ErrUtilgjengelig)
	}
}
