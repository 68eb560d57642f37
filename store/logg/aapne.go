package logg

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"aareg/store/sqlite"
)

// ErrBrutt says that the log is not what was written to it: nothing is written any more until somebody has looked.
var ErrBrutt = errors.New("audit log: the chain is broken")

// errLukket says that the log has been closed.
var errLukket = errors.New("audit log: closed")

// Logg is an open audit log. Its methods may be called from many goroutines at once, and other processes may append to
// the same file at the same time.
type Logg struct {
	path    string
	noekkel noekkel
	naa     func() time.Time

	koe     koe       // rows that want to be written
	saker   chan *sak // other changes, each a transaction of its own
	lukk    sync.Once
	lukket  chan struct{} // closed when no more is taken
	stoppet chan struct{} // closed when the writer has ended

	mu       sync.Mutex
	tilstand error // what Ready says
}

// Create makes an empty log in a new file, and its key file when there is none; both only for the owner to read. It
// refuses a log that exists.
func Create(path, noekkel string) (*Logg, error) {
	if err := lagNoekkel(noekkel); err != nil {
		return nil, err
	}
	k, err := lesNoekkel(noekkel)
	if err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, fmt.Errorf("create audit log: %w", err)
	}
	f.Close() // nothing was written
	if err := lag(path, k); err != nil {
		os.Remove(path)
		return nil, fmt.Errorf("create audit log: %w", err)
	}
	return Open(path, noekkel)
}

// Open opens a log and its key file. A log whose chain is broken, or that cannot be written, opens too, so that it can
// be read: Ready says so, and whoever means to write asks it first.
func Open(path, noekkel string) (*Logg, error) {
	k, err := lesNoekkel(noekkel)
	if err != nil {
		return nil, err
	}
	// By its own name: a link that is set to another file must not mix the two.
	file, err := filepath.EvalSymlinks(path)
	if err != nil {
		return nil, fmt.Errorf("open audit log: %w", err)
	}
	fil, err := filVed(file)
	if err != nil {
		return nil, fmt.Errorf("open audit log: %w", err)
	}
	c, err := aapneLesing(file)
	if err != nil {
		return nil, fmt.Errorf("open audit log: %w", err)
	}
	c.Close()
	l := &Logg{path: file, noekkel: k, naa: time.Now,
		koe: koe{vekk: make(chan struct{}, 1)}, saker: make(chan *sak), lukket: make(chan struct{}), stoppet: make(chan struct{})}
	s := &skriver{path: file, noekkel: k, fil: fil}
	if err := s.proev(); !kode(err, sqliteBusy) { // that others write is no fault
		l.tilstand = err
	}
	go l.loekke(s)
	return l, nil
}

// Ready is nil when the last write went well, or none was tried, and the chain is whole as far as the writer knows.
// After a write that failed the log tries itself, every second, whether it can be written again.
func (l *Logg) Ready() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.tilstand
}

func (l *Logg) sett(err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.tilstand != errLukket {
		l.tilstand = err
	}
}

// Close waits for the rows that are being written, and closes the log. Rows that come later get errLukket.
func (l *Logg) Close() error {
	l.lukk.Do(func() { close(l.lukket); l.sett(errLukket) })
	<-l.stoppet
	return nil
}

// les reads the log on a connection of its own.
func (l *Logg) les(ctx context.Context, read func(*sqlite.Conn) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	c, err := aapneLesing(l.path)
	if err == nil {
		defer c.Close()
		err = read(c)
	}
	return err
}
