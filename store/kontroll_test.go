package store

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// TestDamagedRegisterAnswersNothing: what opening does not look at, Check finds, and nobody is answered out of it.
func TestDamagedRegisterAnswersNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "register.db")
	s, err := Create(path)
	if err != nil {
		t.Fatal(err)
	}
	var root int64
	update(t, s, func(tx *Tx) error {
		_, err := tx.one(`SELECT rootpage FROM sqlite_schema WHERE name = 'arbeidsforhold'`, nil, &root)
		return errors.Join(err, tx.PutArbeidsforhold(jobb(1, takerNr)))
	})
	if err := s.Check(ctx); err != nil {
		t.Fatalf("a whole register: %v", err)
	}
	s.Close()

	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteAt(make([]byte, 64), (root-1)*4096); err != nil {
		t.Fatal(err)
	}
	f.Close()
	if s, err = Open(path); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Ready(ctx); err != nil {
		t.Fatalf("before anybody has looked: %v", err)
	}
	if err := s.Check(ctx); !errors.Is(err, ErrUtilgjengelig) {
		t.Errorf("check: %v", err)
	}
	if err := s.Ready(ctx); !errors.Is(err, ErrUtilgjengelig) {
		t.Errorf("ready: %v", err)
	}
	if _, err := s.Arbeidsgiver(ctx, seesAll, underenhetNr, Filter{}); !errors.Is(err, ErrUtilgjengelig) {
		t.Errorf("a question: %v", err)
	}
}
