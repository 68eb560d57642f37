package store

import (
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"runtime"
	"sync/atomic"

	"aareg/store/sqlite"
)

// utgave is one file of a register, open for reading.
type utgave struct {
	path, vfs string
	info      os.FileInfo  // nil in memory
	own       *sqlite.Conn // the register's own connection, of whoever holds Store.writing
	readers   chan *reader
	reserve   reserve
	kept      kept
	minne     minne
	closed    chan struct{}
	koder     atomic.Pointer[kodebok]
	skadet    atomic.Bool // the file was found damaged (Check)
}

// mmapSize is how much of a file is read where it lies in memory: the most that SQLite is built for.
const mmapSize = 2147418112

// readerSettings are those of a connection that reads.
var readerSettings = fmt.Sprintf("PRAGMA mmap_size = %d; PRAGMA secure_delete = 1; PRAGMA temp_store = memory; ", mmapSize)

func openUtgave(path, vfs string) (*utgave, error) {
	u := &utgave{path: path, vfs: vfs, readers: make(chan *reader, 2*runtime.GOMAXPROCS(0)), closed: make(chan struct{})}
	u.koder.Store(newKodebok())
	var err error
	u.own, err = u.dial()
	return u, err
}

// dial connects one who reads.
func (u *utgave) dial() (*sqlite.Conn, error) {
	c, err := sqlite.Open(sqlite.URI(u.path, where(u.vfs)...))
	if err != nil {
		return nil, err
	}
	if err := c.Script(readerSettings); err != nil {
		c.Close()
		return nil, err
	}
	return c, nil
}

// where is a file that must be there, or memory in a VFS of that name.
func where(vfs string) []string {
	if vfs != "" {
		return []string{"vfs", vfs}
	}
	return []string{"mode", "rw"}
}

func (u *utgave) start() error {
	if err := u.loadKodebok(); err != nil {
		return err
	}
	for range cap(u.readers) {
		r, err := u.newReader()
		if err != nil {
			return err
		}
		u.readers <- r
	}
	u.kept.commits = u.own.WALIndexHeader(len(commit{}))
	return nil
}

func (u *utgave) newReader() (*reader, error) {
	c, err := u.dial()
	if err != nil {
		return nil, err
	}
	if err := c.Script(omfangstabell); err != nil {
		c.Close()
		return nil, err
	}
	return &reader{utgave: u, c: c}, nil
}

// heading tells SQLite's files apart.
var heading = fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d; ", applicationID, schemaVersion)

func (u *utgave) create() error {
	if err := u.own.Script("PRAGMA journal_mode = WAL; " + heading + "BEGIN; " + schema + indexes + "; COMMIT"); err != nil {
		return err
	}
	key, err := nyUtstedelsesnoekkel()
	if err != nil {
		return err
	}
	return u.own.Exec(setVerdi, "utstedelsesnoekkel", key)
}

func nyUtstedelsesnoekkel() ([]byte, error) {
	key := make([]byte, noekkellengde)
	_, err := rand.Read(key)
	return key, err
}

func (u *utgave) heading() error {
	var id, version int
	if _, err := u.own.One("PRAGMA application_id", nil, &id); err != nil {
		return fmt.Errorf("not a register, or not one that can be read now: %w", outcome(err))
	}
	if _, err := u.own.One("PRAGMA user_version", nil, &version); err != nil {
		return outcome(err)
	}
	return checkHeading(id, version, schemaVersion)
}

// checkHeading refuses what is no register, or one of a version that is older than what is read, or newer.
func checkHeading(id, version, eldste int) error {
	switch {
	case id != applicationID:
		return errors.New("not a register of aareg")
	case version > schemaVersion:
		return fmt.Errorf("the register has schema version %d, this program reads version %d: it was made by a newer aareg, and is read by that", version, schemaVersion)
	case version < eldste && eldste < schemaVersion:
		return fmt.Errorf("the register has schema version %d, a full import takes over version %d and newer: do it with an aareg between, or move the file away and import all anew", version, eldste)
	case version < eldste:
		return fmt.Errorf("the register has schema version %d, this program reads version %d: make it anew by a full import", version, schemaVersion)
	}
	return nil
}

func (u *utgave) lukket() bool {
	select {
	case <-u.closed:
		return true
	default:
		return false
	}
}

// close waits for the questions under way, and not for answers that keep their reader: these close it themselves.
func (u *utgave) close() {
	if u.lukket() {
		return
	}
	close(u.closed)
	for range cap(u.readers) {
		(<-u.readers).c.Close()
	}
	u.reserve.close()
	u.own.Close()
}

// abandon closes what could not be opened whole.
func (u *utgave) abandon() {
	for len(u.readers) > 0 {
		(<-u.readers).c.Close()
	}
	if u.own != nil {
		u.own.Close()
	}
}

// loadKodebok reads the register's codes.
func (u *utgave) loadKodebok() error {
	book := newKodebok()
	if err := u.own.Each(kodebokrader, nil, func(row *sqlite.Stmt) error { return book.scan(row) }); err != nil {
		return err
	}
	u.learn(book)
	return nil
}

// relearn reads the codes anew when there are more than are known.
func (u *utgave) relearn() error {
	var last int
	if _, err := u.own.One(`SELECT coalesce(max(nr), 0) FROM kode`, nil, &last); err != nil {
		return outcome(err)
	}
	if last < len(u.koder.Load().verdier) {
		return nil
	}
	return outcome(u.loadKodebok())
}

// learn keeps a book that is newer than the one that is known. Codes are only ever added: the longer is the newer.
func (u *utgave) learn(book *kodebok) {
	for {
		known := u.koder.Load()
		if len(book.verdier) <= len(known.verdier) || u.koder.CompareAndSwap(known, book) {
			return
		}
	}
}
