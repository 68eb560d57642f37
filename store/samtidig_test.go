package store

import (
	"context"
	"errors"
	"path/filepath"
	"sync"
	"testing"
)

func TestOneQuestionReadsOneSnapshot(t *testing.T) {
	path := filepath.Join(t.TempDir(), "register.db")
	s, err := Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	count := func(r *reader) (n int) {
		if _, err := r.one(ctx, `SELECT count(*) FROM arbeidsforhold`, nil, &n); err != nil {
			t.Error(err)
		}
		return n
	}
	err = s.read(ctx, nil, func(r *reader, _ *kodebok) error {
		before := count(r)
		update(t, s, func(tx *Tx) error { return tx.PutArbeidsforhold(jobb(1, takerNr)) })
		if after := count(r); after != before {
			t.Errorf("%d arbeidsforhold, then %d, within one question", before, after)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	_ = s.read(ctx, nil, func(r *reader, _ *kodebok) error {
		if n := count(r); n != 1 {
			t.Errorf("the next question sees %d", n)
		}
		return nil
	})
}

func TestCancelledAndPanickingQuestionsSpoilNothing(t *testing.T) {
	s := newStore(t)
	update(t, s, func(tx *Tx) error { return tx.PutArbeidsforhold(jobb(1, takerNr)) })
	for range 4 * cap(s.naa.Load().readers) {
		gone, cancel := context.WithCancel(ctx)
		_ = s.read(gone, nil, func(*reader, *kodebok) error { cancel(); return nil })
		func() {
			defer func() { _ = recover() }()
			_ = s.read(ctx, nil, func(*reader, *kodebok) error { panic("in a question") })
		}()
		func() {
			defer func() { _ = recover() }()
			_ = s.Update(ctx, func(*Tx) error { panic("in a change") })
		}()
	}
	if _, err := s.Arbeidsforhold(ctx, seesAll, 1); err != nil {
		t.Error(err)
	}
	update(t, s, func(tx *Tx) error { return tx.PutArbeidsforhold(jobb(2, takerNr)) })
}

func TestCancelledChangeIsNotStored(t *testing.T) {
	s := newStore(t)
	gone, cancel := context.WithCancel(ctx)
	err := s.Update(gone, func(tx *Tx) error {
		defer cancel()
		return tx.PutArbeidsforhold(jobb(1, takerNr))
	})
	if err == nil {
		t.Error("a cancelled change is told as stored")
	}
	if _, err := s.Arbeidsforhold(ctx, seesAll, 1); !errors.Is(err, ErrIngen) {
		t.Errorf("and it is: %v", err)
	}
}

func TestQuestionsGoOnWhileCodesAreAdded(t *testing.T) {
	s, err := Create(filepath.Join(t.TempDir(), "register.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	update(t, s, func(tx *Tx) error { return tx.PutArbeidsforhold(jobb(1, takerNr)) })
	done := make(chan bool)
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				if _, err := s.Arbeidsforhold(ctx, seesAll, 1); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	for i := range 100 {
		j := jobb(1, takerNr)
		j.Type.Beskrivelse = string(rune('a'+i%26)) + string(rune('a'+i/26))
		update(t, s, func(tx *Tx) error { return tx.PutArbeidsforhold(j) })
	}
	close(done)
	readers.Wait()
}

func TestClosedTwiceAndChangedAfterwards(t *testing.T) {
	s, err := InMemory()
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(s.Close(), s.Close()); err != nil {
		t.Error(err)
	}
	if err := s.Update(ctx, func(*Tx) error { return nil }); !errors.Is(err, ErrUtilgjengelig) {
		t.Errorf("changed after it was closed: %v", err)
	}
}
