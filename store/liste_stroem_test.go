package store

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const lang = 5000 // more than is copied

// begun is a long list of which a row has been read; the rest is read by the function, which says how many there were.
func begun(t *testing.T, s *Store) (l *Liste, rest func() int) {
	t.Helper()
	a, err := s.Arbeidsgiver(ctx, seesAll, underenhetNr, Filter{})
	if err != nil {
		t.Fatal(err)
	}
	if a.Liste.stroem == nil {
		t.Fatal("the list has been copied")
	}
	more, done := make(chan bool), make(chan int)
	go func() {
		n := 0
		for _, err := range a.Liste.Rader(a.Liste.Antall) {
			if n++; err != nil {
				t.Error(err)
			}
			if n == 1 {
				more <- true
				<-more
			}
		}
		done <- n
	}()
	<-more
	return &a.Liste, func() int {
		more <- true
		return <-done
	}
}

func TestALongListIsOfOneSnapshot(t *testing.T) {
	s := listefil(t, lang)
	l, rest := begun(t, s)
	defer l.Close()
	update(t, s, func(tx *Tx) (err error) {
		for i := range lang - 3 {
			err = errors.Join(err, tx.DeleteArbeidsforhold(listejobb(0, i).ArbeidsforholdId))
		}
		return err
	})
	if n := rest(); n != lang || l.AntallTot != lang {
		t.Errorf("%d of %d", n, l.AntallTot)
	}
	if rader, _ := visteRader(t, s, seesAll, underenhetNr, Filter{}, lang); len(rader) != 3 {
		t.Errorf("the next question finds %d", len(rader))
	}
}

func TestALongListKeepsNobodyWaiting(t *testing.T) {
	s := listefil(t, lang)
	u := s.naa.Load()
	n := 2*cap(u.readers) + reserveMaks
	lists := make([]*Liste, n)
	rests := make([]func() int, n)
	for i := range n {
		lists[i], rests[i] = begun(t, s)
		for range 10_000 { // who lets snapshots go takes one out for a moment
			if len(u.readers) == cap(u.readers) {
				break
			}
			time.Sleep(time.Millisecond)
		}
		if len(u.readers) != cap(u.readers) {
			t.Fatalf("%d lists are being read, and %d of %d readers are there", i+1, len(u.readers), cap(u.readers))
		}
	}
	for i := range n {
		if got := rests[i](); got != lang {
			t.Errorf("list %d: %d rows", i, got)
		}
		lists[i].Close()
	}
	if got := len(u.reserve.ledige); got != reserveMaks {
		t.Errorf("%d readers were laid by, want %d", got, reserveMaks)
	}
	for range 3 { // and are taken again
		l, rest := begun(t, s)
		if got := len(u.reserve.ledige); got != reserveMaks-1 {
			t.Errorf("%d are left", got)
		}
		rest()
		l.Close()
	}
}

func TestALongListIsReadToItsEndWhenTheRegisterIsReplacedAndClosed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "register.db")
	fill := func(n int) {
		t.Helper()
		err := Replace(ctx, path, nil, func(tx, _ *Tx) (err error) {
			for i := range n {
				err = errors.Join(err, tx.PutArbeidsforhold(listejobb(0, i)))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	fill(lang)
	s, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	old := s.naa.Load()
	first, firstRest := begun(t, s)
	second, secondRest := begun(t, s)
	fill(3)
	if another, err := s.Refresh(ctx); err != nil || !another {
		t.Fatalf("another %v, %v", another, err)
	}
	if n := firstRest(); n != lang {
		t.Errorf("%d rows after the register was replaced", n)
	}
	first.Close()
	if rader, _ := visteRader(t, s, seesAll, underenhetNr, Filter{}, lang); len(rader) != 3 {
		t.Errorf("the next question finds %d", len(rader))
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if n := secondRest(); n != lang {
		t.Errorf("%d rows after the register was closed", n)
	}
	second.Close()
	if n := len(old.reserve.ledige); n > 0 {
		t.Errorf("%d connections to a file that is closed are laid by", n)
	}
}

// TestAListIsReadTwice: the audit log asks for the numbers before the answer is written.
func TestAListIsReadTwice(t *testing.T) {
	for _, size := range lengths {
		s := listefil(t, size)
		a, err := s.Arbeidsgiver(ctx, seesAll, underenhetNr, Filter{})
		if err != nil {
			t.Fatal(err)
		}
		var numre []string
		for one, err := range a.Liste.Ansettelser(size - 1) {
			if err != nil {
				t.Fatal(err)
			}
			numre = append(numre, strings.Clone(one.Arbeidstaker))
		}
		n := 0
		for r, err := range a.Liste.Rader(size - 1) {
			if err != nil || r.Arbeidstaker.Nummer != numre[n] {
				t.Fatalf("list of %d, row %d: another number, or %v", size, n, err)
			}
			n++
		}
		if n != size-1 || len(numre) != n {
			t.Errorf("list of %d: %d rows, %d numbers", size, n, len(numre))
		}
		a.Liste.Close()
	}
}
