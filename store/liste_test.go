package store

import (
	"cmp"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

// vistRad is what tells a row of a list from others.
type vistRad struct {
	ID              int64
	Begynt, Sluttet Dato
	Nummer, Prosent string
	AOrdningen      bool
}

// visteRader are those that an answer shows, at most max.
func visteRader(t *testing.T, s *Store, v View, nummer string, f Filter, max int) (rader []vistRad, l Liste) {
	t.Helper()
	a, err := s.Arbeidsgiver(ctx, v, nummer, f)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Liste.Close()
	for r, err := range a.Liste.Rader(max) {
		if err != nil {
			t.Fatal(err)
		}
		rader = append(rader, vistRad{r.ArbeidsforholdId, r.Begynt, r.Sluttet, string([]byte(r.Arbeidstaker.Nummer)), string([]byte(r.Avtale.Stillingsprosent)), r.AOrdningen})
	}
	return rader, a.Liste
}

// ventetRader are the same of jobs that are known.
func ventetRader(jobs map[int64]*Arbeidsforhold, v View, f Filter, max int) (rader []vistRad, antall int) {
	for _, j := range jobs {
		p := j.Ansettelsesperiode
		if !f.holder(v.Today, p.Startdato, p.Sluttdato, j.AOrdningen()) {
			continue
		}
		current := j.Ansettelsesdetaljer[0]
		if current.Gyldighetsperiode.Fom > v.Today || p.Sluttdato != 0 && p.Sluttdato < v.Today && current.Gyldighetsperiode.Fom > p.Sluttdato {
			current = j.Ansettelsesdetaljer[1]
		}
		rader = append(rader, vistRad{j.ArbeidsforholdId, p.Startdato, p.Sluttdato, j.Arbeidstaker.Ident, string(current.AvtaltStillingsprosent), j.AOrdningen()})
	}
	slices.SortFunc(rader, func(a, b vistRad) int { return cmp.Or(cmp.Compare(b.Begynt, a.Begynt), cmp.Compare(a.ID, b.ID)) })
	return rader[:min(max, len(rader))], len(rader)
}

// holder is Filter.keeps, rule by rule.
func (f Filter) holder(today, begynt, sluttet Dato, aOrdningen bool) bool {
	ended := sluttet != 0 && sluttet < today
	switch {
	case f.Status == Aktive && (begynt > today || ended), f.Status == Opphoerte && !ended,
		f.Lovgivning == Ny && !aOrdningen, f.Lovgivning == Gammel && aOrdningen,
		f.Til != 0 && begynt > f.Til, f.Fra != 0 && sluttet != 0 && sluttet < f.Fra:
		return false
	}
	return true
}

var listefiltre = []Filter{{}, {Status: Aktive}, {Status: Opphoerte, Lovgivning: Ny}, {Lovgivning: Gammel, Fra: 20180101, Til: 20180601},
	{Fra: 20300101}, {Til: 20100101}, {Status: Aktive, Fra: 20170101, Til: 20190101}, {Status: Opphoerte, Fra: 20170101}}

func TestAFilterKeepsWhatItsRulesSay(t *testing.T) {
	days := []Dato{0, 20240101, 20240229, 20240301, 20250614, 20250615, 20250616, 20300101}
	asked, kept := 0, 0
	for n := range len(days) * len(days) * len(days) * len(days) * 18 {
		pick := func(of int) (i int) { i, n = n%of, n/of; return i }
		f := Filter{StatusArbeidsforhold(pick(3)), Lovgivning(pick(3)), days[pick(len(days))], days[pick(len(days))]}
		begynt, sluttet, ny := days[pick(len(days))], days[pick(len(days))], pick(2) == 0
		want := f.holder(20250615, begynt, sluttet, ny)
		if got := f.keeps(20250615, begynt, sluttet, ny); got != want {
			t.Fatalf("%+v keeps %d-%d: %v", f, begynt, sluttet, got)
		}
		if asked++; want {
			kept++
		}
	}
	t.Logf("%d of %d kept", kept, asked)
}

// TestListsFollowRandomChanges changes lists of many rows of heads and pieces, and compares every answer with what it was
// changed to; at the end a list that is made anew must read as the one that was changed.
func TestListsFollowRandomChanges(t *testing.T) {
	const many = lang
	s := listefil(t, many)
	rnd := rand.New(rand.NewPCG(7, 7))
	jobs := map[int64]*Arbeidsforhold{}
	for i := range many {
		j := listejobb(0, i)
		jobs[j.ArbeidsforholdId] = j
	}
	compare := func(round int) {
		t.Helper()
		for n, f := range listefiltre {
			max := []int{1, 70, 1500, 10_000}[rnd.IntN(4)]
			want, antall := ventetRader(jobs, seesAll, f, max)
			got, l := visteRader(t, s, seesAll, underenhetNr, f, max)
			if diff := gocmp.Diff(want, got); diff != "" || l.Antall != antall || l.AntallTot != len(jobs) {
				t.Fatalf("round %d, filter %d, at most %d: antall %d, want %d; antallTot %d, want %d (-want +got):\n%s", round, n, max, l.Antall, antall, l.AntallTot, len(jobs), diff)
			}
		}
	}
	for round := range 12 {
		compare(round)
		update(t, s, func(tx *Tx) (err error) {
			from, count := rnd.IntN(many), 1+rnd.IntN([]int{3, 300}[round%2])
			for i := from; i < from+count; i++ {
				j := listejobb(0, i)
				j.Ansettelsesperiode.Startdato = []Dato{j.Ansettelsesperiode.Startdato, 20170301, 20260101}[rnd.IntN(3)]
				j.Ansettelsesperiode.Sluttdato = 0
				if round%3 == 0 {
					if jobs[j.ArbeidsforholdId] != nil {
						err = errors.Join(err, tx.DeleteArbeidsforhold(j.ArbeidsforholdId))
					}
					delete(jobs, j.ArbeidsforholdId)
					continue
				}
				jobs[j.ArbeidsforholdId] = j
				err = errors.Join(err, tx.PutArbeidsforhold(j))
			}
			return err
		})
	}
	update(t, s, func(tx *Tx) error { tx.beroert.alt = true; return nil })
	compare(-1)
}

// lengths are the sizes of lists that are copied, and of one that is not.
var lengths = []int{5, 1500, lang}

// TestDamageInAListIsUtilgjengelig damages the last row of heads, and the last piece: of a list that is copied, before
// anything is shown; of one that is not, what comes before the damaged piece is shown already.
func TestDamageInAListIsUtilgjengelig(t *testing.T) {
	for _, size := range lengths {
		s := listefil(t, size)
		own := s.naa.Load().own
		for _, table := range []struct{ name, last, put string }{
			{"piece", `SELECT del, dok FROM arbeidsgiverliste ORDER BY del DESC LIMIT 1`, `UPDATE arbeidsgiverliste SET dok = ?2 WHERE del = ?1`},
			{"heads", `SELECT rad, dok FROM arbeidsgiverhode ORDER BY rad DESC LIMIT 1`, `UPDATE arbeidsgiverhode SET dok = ?2 WHERE rad = ?1`},
		} {
			var row int64
			var dok []byte
			if _, err := own.One(table.last, nil, &row, &dok); err != nil {
				t.Fatal(err)
			}
			for _, at := range []int{0, 5, len(dok) / 2, len(dok) - 1} {
				damaged := slices.Clone(dok)
				damaged[at] ^= 16
				if err := own.Exec(table.put, row, damaged); err != nil {
					t.Fatal(err)
				}
				shown, err := count(s)
				if !errors.Is(err, ErrUtilgjengelig) || shown > 0 != (size == lang && table.name == "piece") {
					t.Errorf("list of %d, %s, byte %d: %v after %d rows", size, table.name, at, err, shown)
				}
			}
			if err := own.Exec(table.put, row, dok); err != nil {
				t.Fatal(err)
			}
			if shown, err := count(s); shown != size || err != nil {
				t.Errorf("list of %d, repaired: %d, %v", size, shown, err)
			}
		}
	}
}

// count is how many rows the list has until an error.
func count(s *Store) (n int, err error) {
	a, err := s.Arbeidsgiver(ctx, seesAll, underenhetNr, Filter{})
	if err != nil {
		return 0, err
	}
	for _, err := range a.rader(10_000) {
		if err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

func TestListsKnowCodesThatAreNewerThanTheKodebok(t *testing.T) {
	for n, size := range lengths {
		writer := listefil(t, size)
		reader, err := Open(writer.path)
		if err != nil {
			t.Fatal(err)
		}
		defer reader.Close()
		j := listejobb(0, 0)
		j.Type = Kodeverdi{"nyKode", "Ny"}
		update(t, writer, func(tx *Tx) error { return tx.PutArbeidsforhold(j) })
		a, err := reader.Arbeidsgiver(ctx, seesAll, underenhetNr, Filter{})
		if err != nil {
			t.Fatal(err)
		}
		defer a.Liste.Close()
		var last Kodeverdi
		for r, err := range a.Liste.Rader(size) {
			if err != nil {
				t.Fatal(err)
			}
			if r.ArbeidsforholdId == j.ArbeidsforholdId {
				last = r.Type
			}
		}
		if last != j.Type {
			t.Errorf("list of %d (%d): %v", size, n, last)
		}
	}
}

// TestAListCostsARowOfHeadsAndItsPieces: a question about an employer of n reads a row for each 1024, and for each 64 that
// has something to show, whatever the filter; and it allocates the same, however many there are.
func TestAListCostsARowOfHeadsAndItsPieces(t *testing.T) {
	sizes := []int{1, 64, 65, 1000, 4096}
	s := listefil(t, sizes...)
	ask := func(n int, f Filter) {
		for _, err := range must(s.Arbeidsgiver(ctx, seesAll, listegiver(n), f)).rader(10_000) {
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	one := spent(s, func() { ask(0, Filter{}) })
	none := spent(s, func() { ask(0, Filter{Til: 19000101}) })
	if want := (arbeid{one.setninger - 1, one.rader - 1}); none != want {
		t.Errorf("nothing to show: %+v, want %+v", none, want)
	}
	for n, size := range sizes {
		want := arbeid{one.setninger, one.rader - 2 + (size+1023)/1024 + (size+63)/64}
		if got := spent(s, func() { ask(n, Filter{}) }); got != want {
			t.Errorf("employer of %d: %+v, want %+v", size, got, want)
		}
		few := Filter{Fra: 20150101, Til: 20150110} // at the end of the list
		if got, most := spent(s, func() { ask(n, few) }), one.rader+(size+1023)/1024+1; got.rader > most || got.setninger > one.setninger {
			t.Errorf("employer of %d, filtered: %+v, want at most %d rows", size, got, most)
		}
		if allocated := testing.AllocsPerRun(20, func() { ask(n, Filter{}) }); allocated > 60 {
			t.Errorf("employer of %d: %.0f allocations", size, allocated)
		}
	}
}

func must(a *HentetArbeidsgiver, err error) *HentetArbeidsgiver {
	if err != nil {
		panic(err)
	}
	return a
}

// rader are the list's, which is closed after them.
func (a *HentetArbeidsgiver) rader(max int) func(func(*Listerad, error) bool) {
	return func(yield func(*Listerad, error) bool) {
		defer a.Liste.Close()
		a.Liste.Rader(max)(yield)
	}
}

func FuzzListe(f *testing.F) {
	j := listejobb(0, 6)
	book, kode := nyKodebok()
	r := j.pakkerad(0)
	p, indre := pakker{b: make([]byte, delhode), kode: kode}, pakker{kode: kode}
	packListerad(&p, &indre, &r)
	hode := r.listehode()
	hode.flagg |= nyDelFlagg
	f.Add(packHoder(nil, []listehode{hode})[kontrollsum:], p.b[kontrollsum:])
	f.Fuzz(func(t *testing.T, rad, del []byte) {
		rad, del = append(make([]byte, kontrollsum), rad...), append(make([]byte, kontrollsum), del...)
		summer(rad)
		summer(del)
		tell := newOpptelling(newListeutvalg(seesAll, Filter{}), nil)
		if err := tell.les(rad); err != nil {
			if !errors.Is(err, errDok) {
				t.Error(err)
			}
			return
		}
		l := Liste{koder: book}
		g := gang{l: &l, les: func(int) ([]byte, error) { b, _, err := aapneDel(del); return b, err }}
		var leser radleser
		err := g.viste(tell.viste, func(h listehode, u *utpakker) error { leser.les(h, u); return u.err })
		if err != nil && !errors.Is(err, errDok) {
			t.Error(err)
		}
	})
}
