package store

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
)

// doep gives both parties of an arbeidsforhold the same name, in one commit.
func doep(t *testing.T, s *Store, navn string) {
	t.Helper()
	update(t, s, func(tx *Tx) error {
		if err := tx.PutEnhet(enhet(hovedenhetNr, navn, "AS", "")); err != nil {
			return err
		}
		return tx.PutEnhet(enhet(underenhetNr, navn, "BEDR", hovedenhetNr))
	})
}

func partenesNavn(t *testing.T, s *Store) (giver, pliktig, iListe string) {
	t.Helper()
	h, err := s.Arbeidsforhold(ctx, seesAll, 1)
	if err != nil {
		t.Fatal(err)
	}
	defer h.Release()
	p, err := s.Arbeidstaker(ctx, seesAll, takerNr, Filter{})
	if err != nil {
		t.Fatal(err)
	}
	return h.Arbeidsgiver.Navn, h.Opplysningspliktig.Navn, p.Arbeidsforhold[0].Arbeidsgiver.Navn
}

func TestPartiesAreRememberedForOneCommit(t *testing.T) {
	s := onDisk(t)
	other := beside(t, s)
	doep(t, s, "Før")
	update(t, s, func(tx *Tx) error { return tx.PutArbeidsforhold(jobb(1, takerNr)) })
	ask := func() arbeid { return spent(s, func() { finnes(s, 1) }) }
	for i, want := range []arbeid{{3, 3}, {1, 1}, {1, 1}} {
		if got := ask(); got != want {
			t.Errorf("question %d cost %+v, not %+v", i+1, got, want)
		}
	}
	for i, writer := range []*Store{s, other, s, other} {
		navn := fmt.Sprint("Navn ", i)
		err := s.Uttrekk(ctx, seesAll, func(u *Uttrekk) error {
			var before, now string
			each := func(h *HentetArbeidsforhold) error { now = h.Arbeidsgiver.Navn; return nil }
			if err := u.Arbeidsforhold(ctx, 1, each); err != nil {
				return err
			}
			before = now
			doep(t, writer, navn)
			for range 3 { // by turns with questions that see the change
				if a, b, c := partenesNavn(t, s); a != navn || b != navn || c != navn {
					t.Errorf("%q, %q and %q after a change to %q", a, b, c, navn)
				}
				if err := u.Arbeidsforhold(ctx, 1, each); err != nil {
					return err
				}
				if now != before {
					t.Errorf("an extract from before the change: %q, then %q", before, now)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// Whoever asks while names change gets those of one commit, and of none before the last that was done when it asked.
func TestPartiesAreOfOneCommitWhileTheyChange(t *testing.T) {
	s := onDisk(t)
	doep(t, s, "1000")
	update(t, s, func(tx *Tx) error { return tx.PutArbeidsforhold(jobb(1, takerNr)) })
	var done atomic.Bool
	var last atomic.Int64
	last.Store(1000)
	var asking sync.WaitGroup
	for range 4 {
		asking.Go(func() {
			for !done.Load() {
				before := fmt.Sprint(last.Load())
				a, b, c := partenesNavn(t, s)
				if a != b || a < before || c < a {
					t.Errorf("%s and %s, then %s, when %s was stored", a, b, c, before)
				}
			}
		})
	}
	for i := int64(1001); i < 1150; i++ {
		doep(t, s, fmt.Sprint(i))
		last.Store(i)
	}
	done.Store(true)
	asking.Wait()
}

// A snapshot that began while a commit came may be of either: it neither uses what is remembered, nor adds to it.
func TestSnapshotOfUnsureCommitRemembersNothing(t *testing.T) {
	var b minne
	c := make(commits, len(commit{}))
	sure, unsure := keptSnapshot{commit: c.last()}, keptSnapshot{commit: c.last()}
	side := b.siden(c, &sure)
	if side == nil || b.siden(c, &sure) != side {
		t.Fatal("nothing is remembered of the last commit")
	}
	c[0]++ // before the unsure one's first read
	if b.siden(c, &unsure) != nil {
		t.Error("a snapshot that may be newer took what is remembered")
	}
	if b.siden(c, &sure) != side {
		t.Error("a snapshot that has been read from before keeps what is remembered")
	}
	next := keptSnapshot{commit: c.last()}
	if now := b.siden(c, &next); now == nil || now == side {
		t.Error("the next commit begins anew")
	}
	if b.siden(c, &sure) != nil || b.siden(nil, &keptSnapshot{}) != nil {
		t.Error("an earlier commit, or none that is known, remembers nothing")
	}
}

// glemGivere forgets the employers that were asked for.
func glemGivere(s *Store) {
	if side := s.naa.Load().minne.side.Load(); side != nil {
		for i := range side.giver {
			side.giver[i].Store(nil)
		}
	}
}

func TestEmployersAreRememberedForOneCommit(t *testing.T) {
	s := onDisk(t)
	other := beside(t, s)
	update(t, s, func(tx *Tx) error { return tx.PutArbeidsforhold(jobb(1, takerNr)) })
	for i, writer := range []*Store{s, other, s, other} {
		navn := fmt.Sprint("Navn ", i)
		err := s.read(ctx, nil, func(r *reader, _ *kodebok) error {
			finn := func() (a *Arbeidsgiver, setninger int) {
				before := r.arbeid.setninger
				a, err := r.finnArbeidsgiver(ctx, seesAll, somArbeidsgiverIDag, underenhetNr)
				if err != nil {
					t.Fatal(err)
				}
				return a, r.arbeid.setninger - before
			}
			before, _ := finn()
			doep(t, writer, navn)
			for range 3 { // by turns with questions that see the change
				a, antall, err := s.AntallArbeidstakere(ctx, seesAll, underenhetNr)
				if err != nil || a.Navn != navn || a.Overordnet.Navn != navn || antall != 1 {
					t.Errorf("%q below %q of %d (%v) after a change to %q", a.Navn, a.Overordnet.Navn, antall, err, navn)
				}
				if now, _ := finn(); now.Navn != before.Navn {
					t.Errorf("a question from before the change: %q, then %q", before.Navn, now.Navn)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	glemGivere(s)
	err := s.read(ctx, nil, func(r *reader, _ *kodebok) error {
		for i, want := range []arbeid{{1, 1}, {0, 0}, {0, 0}} {
			before := r.arbeid
			if _, err := r.finnArbeidsgiver(ctx, seesAll, somArbeidsgiver, hovedenhetNr); err != nil {
				return err
			}
			if got := (arbeid{r.arbeid.setninger - before.setninger, r.arbeid.rader - before.rader}); got != want {
				t.Errorf("question %d cost %+v, not %+v", i+1, got, want)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// What is remembered for one view is not told another: here a unit that is known of by an arbeidsforhold of somebody protected
// alone, and one that ceases the next day.
func TestEmployersAreRememberedForOneView(t *testing.T) {
	const annen = "210001018"
	s := onDisk(t)
	update(t, s, func(tx *Tx) error {
		ceases := enhet(annen, "Opphører", "BEDR", "")
		ceases.Opphoersdato = seesAll.Today.AddDays(1)
		return errors.Join(tx.PutPerson(&Person{Foedselsnr: takerNr, Adressebeskyttelse: Fortrolig}),
			tx.PutArbeidsforhold(jobb(1, takerNr)), tx.PutEnhet(ceases))
	})
	day, kode, none := seesAll, seesAll, View{Today: seesAll.Today}
	day.Today, kode.Fortrolig = day.Today.AddDays(1), InnsynKode
	outside := seesAll
	outside.Omfang = &Omfang{Arbeidsgivere: []string{annen}}
	for range 3 {
		for _, c := range []struct {
			nummer string
			v      View
			want   error
			antall int
			borte  bool
		}{
			{underenhetNr, seesAll, nil, 1, false}, {underenhetNr, day, nil, 1, false}, {underenhetNr, none, ErrIngen, 0, false},
			{underenhetNr, kode, ErrIngen, 0, false}, {underenhetNr, outside, ErrIngen, 0, false},
			{annen, seesAll, nil, 0, false}, {annen, outside, nil, 0, false}, {annen, day, nil, 0, true},
		} {
			for range 2 {
				a, antall, err := s.AntallArbeidstakere(ctx, c.v, c.nummer)
				if !errors.Is(err, c.want) || antall != c.antall || err == nil && a.Opphoert != c.borte {
					t.Errorf("%s, %+v: %d, %v; want %+v", c.nummer, c.v, antall, err, c)
				}
			}
		}
	}
}
