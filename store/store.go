// Package store is the register: all SQL of the project, the types of what is in it, and one method for each
// question that the products ask. It knows nothing of XML, requests or answers, and asks nobody for rights or for
// today's date: they come with the question, as a View.
package store

import (
	"context"
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
)

//go:embed schema.sql
var schema string

const (
	applicationID = 0x41415247 // "AARG", so that no other SQLite file is taken for a register
	schemaVersion = 5
	eldsteLest    = 3 // what a full import over a register, and an export, still read: what they ask for has the same names since
)

// Store is an open register. Its methods may be called from many goroutines at once; each reads one snapshot.
type Store struct {
	path    string // as it was named; what it leads to may change (Refresh)
	naa     atomic.Pointer[utgave]
	writing sync.Mutex  // held by the one change under way, and by Refresh and Close
	avvist  os.FileInfo // a file that Refresh could not take up, and why
	hvorfor error
}

// Open opens the register in a file, at once. It refuses a file that is not there, that is no register, or that has another
// schema version; whether it is damaged, Check finds out.
func Open(path string) (*Store, error) {
	s := &Store{path: path}
	u, err := openExisting(path)
	if err != nil {
		return nil, fmt.Errorf("open register: %w", err)
	}
	s.naa.Store(u)
	return s, nil
}

func openExisting(path string) (*utgave, error) {
	// The file that a link leads to is opened by its own name: SQLite keeps its log beside it, and a link that is
	// set to another file must not mix the two.
	file, err := filepath.EvalSymlinks(path)
	if err != nil {
		return nil, err
	}
	u, err := openUtgave(file, "")
	if err != nil {
		return nil, err
	}
	if u.info, err = os.Stat(file); err == nil {
		err = u.heading()
	}
	if err == nil {
		err = u.start()
	}
	if err != nil {
		u.abandon()
		return nil, err
	}
	return u, nil
}

// Create makes an empty register in a new file, which only the owner can read, and opens it.
func Create(path string) (*Store, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, fmt.Errorf("create register: %w", err)
	}
	f.Close() // nothing was written
	s, err := create(path, "")
	if err != nil {
		os.Remove(path)
		return nil, err
	}
	s.naa.Load().info, err = os.Stat(path)
	return s, err
}

var memories atomic.Int64

// InMemory makes an empty register in memory; it is gone when it is closed. Questions wait while it is changed.
func InMemory() (*Store, error) {
	return create(fmt.Sprintf("/aareg-%d", memories.Add(1)), "memdb")
}

func create(path, vfs string) (*Store, error) {
	u, err := openUtgave(path, vfs)
	if err != nil {
		return nil, fmt.Errorf("create register: %w", err)
	}
	if err = u.create(); err == nil {
		err = u.start()
	}
	if err != nil {
		u.abandon()
		return nil, fmt.Errorf("create register: %w", err)
	}
	s := &Store{path: path}
	s.naa.Store(u)
	return s, nil
}

// Close closes the register when the questions and the change under way are done. Later ones get ErrUtilgjengelig.
func (s *Store) Close() error {
	s.writing.Lock()
	defer s.writing.Unlock()
	s.naa.Load().close()
	return nil
}

// Refresh takes up what another process has made of the register: another file in the place of the one that was
// read, or new codes in the same. Questions under way end on the file that they began with; none waits, none fails.
// What cannot be opened is not taken up, and the register goes on as it was. It says whether the file was another.
func (s *Store) Refresh(ctx context.Context) (another bool, err error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	old := s.naa.Load()
	if old.lukket() || old.info == nil {
		return false, nil
	}
	info, err := os.Stat(s.path)
	if err != nil {
		return false, fmt.Errorf("refresh register: %w", err)
	}
	if os.SameFile(info, old.info) {
		return false, old.relearn()
	}
	if s.avvist != nil && os.SameFile(info, s.avvist) && info.ModTime().Equal(s.avvist.ModTime()) {
		return false, s.hvorfor
	}
	u, err := openExisting(s.path)
	if err == nil {
		if err = u.check(ctx); err != nil {
			u.close()
		}
	}
	if err != nil {
		s.avvist, s.hvorfor = info, fmt.Errorf("refresh register: %w", err)
		return false, s.hvorfor
	}
	s.naa.Store(u)
	old.close()
	return true, nil
}
