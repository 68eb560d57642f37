package store

import (
	"path/filepath"
	"sync"
	"testing"

	"aareg/store/sqlite"
)

// onDisk is an empty register in a file.
func onDisk(t *testing.T) *Store {
	t.Helper()
	s, err := Create(filepath.Join(t.TempDir(), "register.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// beside is the same file opened once more, as another process has it.
func beside(t *testing.T, s *Store) *Store {
	t.Helper()
	other, err := Open(s.path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { other.Close() })
	return other
}

func finnes(s *Store, id int64) bool {
	_, err := s.Arbeidsforhold(ctx, seesAll, id)
	return err == nil
}

func TestWhatOthersCommitIsSeenByTheNextQuestion(t *testing.T) {
	s := onDisk(t)
	other := beside(t, s)
	for id := int64(1); id <= 300; id++ {
		for range cap(s.naa.Load().readers) { // each of them keeps a snapshot from before
			if finnes(s, id) {
				t.Fatalf("%d is there before it was stored", id)
			}
		}
		writer := other
		if id%2 == 0 {
			writer = s
		}
		update(t, writer, func(tx *Tx) error { return tx.PutArbeidsforhold(jobb(id, takerNr)) })
		for range cap(s.naa.Load().readers) {
			if !finnes(s, id) {
				t.Fatalf("%d was stored and is not seen", id)
			}
		}
	}
}

func TestSnapshotIsKeptForTheNextQuestionAlone(t *testing.T) {
	s := onDisk(t)
	var first, next keptSnapshot
	see := func(into *keptSnapshot) {
		u, r, err := s.take(ctx)
		if err != nil {
			t.Fatal(err)
		}
		_ = r.snapshot(ctx, nil, func() error { return ErrIngen })
		*into = r.har
		for range cap(u.readers) - 1 { // so that the next one is this one
			u.readers <- <-u.readers
		}
		u.readers <- r
	}
	see(&first)
	see(&next)
	if !first.open || !next.open {
		t.Errorf("not kept: %v, %v", first, next)
	}
	s.naa.Load().letGo()
	for range cap(s.naa.Load().readers) {
		r := <-s.naa.Load().readers
		if r.har.open {
			t.Error("kept by a reader that nobody asks")
		}
		s.naa.Load().readers <- r
	}
}

func TestLogIsEmptiedWhileQuestionsAreAsked(t *testing.T) {
	s := onDisk(t)
	stop := make(chan struct{})
	var asking sync.WaitGroup
	for range 2 * cap(s.naa.Load().readers) {
		asking.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
					finnes(s, 1)
				}
			}
		})
	}
	c, err := sqlite.Open(sqlite.URI(s.path, "mode", "rw"))
	if err != nil {
		t.Fatal(err)
	}
	for id := int64(1); id <= 5; id++ {
		update(t, s, func(tx *Tx) error { return tx.PutArbeidsforhold(jobb(id, takerNr)) })
		if busy, err := c.EmptyLog(); err != nil || busy {
			t.Errorf("after change %d: busy %v, %v", id, busy, err)
		}
	}
	c.Close()
	close(stop)
	asking.Wait()
}

func TestRegisterInMemoryKeepsNoSnapshot(t *testing.T) {
	s := newStore(t)
	finnes(s, 1)
	if s.naa.Load().kept.commits != nil {
		t.Error("a register in memory has no log")
	}
	update(t, s, func(tx *Tx) error { return tx.PutArbeidsforhold(jobb(1, takerNr)) })
	if !finnes(s, 1) {
		t.Error("what was stored is not seen")
	}
}
