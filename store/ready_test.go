package store

import (
	"context"
	"errors"
	"testing"
)

func TestReadyIsWhatQuestionsWouldFind(t *testing.T) {
	s, err := InMemory()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Ready(t.Context()); err != nil {
		t.Errorf("an empty register: %v", err)
	}
	busy, give := context.WithCancel(t.Context())
	give()
	held := make([]*reader, 0, cap(s.naa.Load().readers))
	for range cap(s.naa.Load().readers) {
		held = append(held, <-s.naa.Load().readers)
	}
	if err := s.Ready(busy); err == nil {
		t.Error("ready, though every reader is busy for as long as was waited")
	}
	for _, r := range held {
		s.naa.Load().readers <- r
	}
	if err := s.naa.Load().own.Exec("DELETE FROM register"); err != nil {
		t.Fatal(err)
	}
	if err := s.Ready(t.Context()); !errors.Is(err, ErrUtilgjengelig) {
		t.Errorf("without its first row: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.Ready(t.Context()); !errors.Is(err, ErrUtilgjengelig) {
		t.Errorf("closed: %v", err)
	}
}
