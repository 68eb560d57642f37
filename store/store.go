// Package store is the register: all SQL of the project, the types of what is in it, and one method for each
// question that the products ask. It knows nothing of XML, requests or answers, and asks nobody for rights or for
// today's date: they come with the question, as a View.
package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"net/url"
	"os"
	"runtime"
	"sync"
	"sync/atomic"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

//go:embed schema.sql
var schema string

const (
	applicationID = 0x41415247 // "AARG", so that no other SQLite file is taken for a register
	schemaVersion = 1
)

// Store is an open register. Its methods may be called from many goroutines at once; each reads one snapshot.
type Store struct {
	db      *sql.DB
	readers chan *reader
	closed  chan struct{}
	writing sync.Mutex // held by the one change under way
	koder   atomic.Pointer[kodebok]
}

// Open opens the register in a file. It refuses a file that is not there, that is no register, that has another
// schema version, or that SQLite's quick_check finds damaged.
func Open(path string) (*Store, error) {
	if _, err := os.Stat(path); err != nil {
		return nil, fmt.Errorf("open register: %w", err)
	}
	return open(path, "", true)
}

// Create makes an empty register in a new file, which only the owner can read, and opens it.
func Create(path string) (*Store, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, fmt.Errorf("create register: %w", err)
	}
	f.Close() // nothing was written
	s, err := open(path, "", false)
	if err != nil {
		os.Remove(path)
	}
	return s, err
}

var memories atomic.Int64

// InMemory makes an empty register in memory; it is gone when it is closed. Questions wait while it is changed.
func InMemory() (*Store, error) {
	return open(fmt.Sprintf("/aareg-%d", memories.Add(1)), "memdb", false)
}

func open(path, vfs string, exists bool) (*Store, error) {
	db, err := sql.Open("sqlite", dataSource(path, vfs))
	if err != nil {
		return nil, fmt.Errorf("open register: %w", err)
	}
	s := &Store{db: db, readers: make(chan *reader, 2*runtime.GOMAXPROCS(0)), closed: make(chan struct{})}
	s.koder.Store(newKodebok())
	if err := s.start(exists); err != nil {
		db.Close()
		return nil, fmt.Errorf("open register: %w", err)
	}
	return s, nil
}

func (s *Store) start(exists bool) error {
	prepare := s.create
	if exists {
		prepare = s.check
	}
	if err := prepare(); err != nil {
		return err
	}
	if err := s.loadKodebok(context.Background()); err != nil {
		return err
	}
	return s.openReaders()
}

// dataSource is the file with the settings of every connection: reads mapped into memory, writers waited for,
// what is deleted overwritten.
func dataSource(path, vfs string) string {
	settings := url.Values{"mode": {"rw"}, "_pragma": {"busy_timeout(2000)", "mmap_size(2147418112)", "secure_delete(1)"}}
	if vfs != "" {
		settings.Set("vfs", vfs)
		settings.Del("mode")
	}
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + settings.Encode()
}

func (s *Store) create() error {
	_, err := s.db.Exec(fmt.Sprintf("PRAGMA journal_mode = WAL; PRAGMA application_id = %d; PRAGMA user_version = %d; BEGIN; %s; COMMIT",
		applicationID, schemaVersion, schema))
	if err != nil {
		return err
	}
	key := make([]byte, 32)
	if _, err := rand.Read(key); err != nil {
		return err
	}
	return s.SetUtstedelsesnoekkel(key)
}

// SetUtstedelsesnoekkel sets the key that minted numbers are drawn with. A new register draws its own; a test
// register sets one, before anything is in it, to get the same numbers every time.
func (s *Store) SetUtstedelsesnoekkel(key []byte) error {
	_, err := s.db.Exec(`INSERT INTO register VALUES ('utstedelsesnoekkel', ?1) ON CONFLICT DO UPDATE SET verdi = ?1`, key)
	return err
}

func (s *Store) check() error {
	var id, version int
	if err := s.db.QueryRow("PRAGMA application_id").Scan(&id); err != nil {
		return fmt.Errorf("not a register, or not one that can be read now: %w", outcome(err))
	}
	if id != applicationID {
		return errors.New("not a register of aareg")
	}
	if err := s.db.QueryRow("PRAGMA user_version").Scan(&version); err != nil {
		return err
	}
	if version != schemaVersion {
		return fmt.Errorf("the register has schema version %d, this program reads version %d: import it anew", version, schemaVersion)
	}
	var verdict string
	if err := s.db.QueryRow("PRAGMA quick_check(1)").Scan(&verdict); err != nil || verdict != "ok" {
		return errors.New("the register is damaged: integrity check failed")
	}
	return nil
}

// Close closes the register when the questions and the change under way are done. Later ones get ErrUtilgjengelig.
func (s *Store) Close() error {
	s.writing.Lock()
	defer s.writing.Unlock()
	select {
	case <-s.closed:
		return nil
	default:
	}
	close(s.closed)
	for range cap(s.readers) {
		(<-s.readers).close()
	}
	return s.db.Close()
}

// loadKodebok reads the register's codes.
func (s *Store) loadKodebok(ctx context.Context) error {
	rows, err := s.db.QueryContext(ctx, kodebokrader)
	if err != nil {
		return err
	}
	book := newKodebok()
	if err := eachRow(rows, book.scan); err != nil {
		return err
	}
	s.learn(book)
	return nil
}

// learn keeps a book that is newer than the one that is known. Codes are only ever added: the longer is the newer.
func (s *Store) learn(book *kodebok) {
	for {
		known := s.koder.Load()
		if len(book.verdier) <= len(known.verdier) || s.koder.CompareAndSwap(known, book) {
			return
		}
	}
}
