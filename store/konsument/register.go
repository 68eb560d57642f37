package konsument

import (
	"crypto/rand"
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"aareg/store/sqlite"
)

//go:embed schema.sql
var schema string

const (
	applicationID = 0x41414B4F // "AAKO", so that no other SQLite file is taken for one of consumers
	schemaVersion = 1
)

// settings of each connection. A change is on disk when it is answered for, and what it takes away is overwritten:
// it may be a secret.
const settings = `PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;`

// Register is an open database of consumers. Its methods may be called from many goroutines at once. Other processes
// may have the same file open, and change it.
type Register struct {
	path string
	info os.FileInfo // of the file that was opened
	now  func() time.Time

	mu   sync.Mutex // held by whoever uses the connection
	conn *sqlite.Conn
	naa  *Bilde // the picture in force, nil when it must be read
	sett int64  // PRAGMA data_version when it was read

	commits []byte   // where SQLite tells of the last commit (WALIndexHeader); nil: it must be asked
	commit  [48]byte // the last one when the picture was looked at, or one before
	sist    time.Time
}

// lookEvery is how often the path is looked at, whether it still leads to the file that was opened.
const lookEvery = time.Millisecond

var errClosed = errors.New("consumers: closed")

// Create makes a new file without consumers, which only its owner can read, and opens it. It refuses a file that is
// there already.
func Create(path string) (*Register, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, fmt.Errorf("create consumers: %w", err)
	}
	f.Close() // nothing was written
	r, err := dial(path)
	if err == nil {
		err = r.create()
	}
	if err != nil {
		if r != nil {
			r.conn.Close()
		}
		os.Remove(path)
		return nil, fmt.Errorf("create consumers: %w", err)
	}
	return r, nil
}

// create makes the tables, all at once: what is half made is no database of consumers.
func (r *Register) create() error {
	if err := r.conn.Script("PRAGMA journal_mode = WAL"); err != nil {
		return err
	}
	heading := fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d;", applicationID, schemaVersion)
	return r.inTransaction(func() error {
		if err := r.conn.Script(heading + schema); err != nil {
			return err
		}
		key := make([]byte, 32)
		_, _ = rand.Read(key) // it never fails
		return r.conn.Exec(`INSERT INTO oppsett (id, versjon, noekkel) VALUES (1, ?1, ?2)`, nyVersjon(), key)
	})
}

// Open opens a file of consumers. It refuses one that is not there, that holds something else, or that is of another
// schema version.
func Open(path string) (*Register, error) {
	r, err := dial(path)
	if err != nil {
		return nil, fmt.Errorf("open consumers: %w", err)
	}
	if err := r.heading(); err != nil {
		r.conn.Close()
		return nil, fmt.Errorf("open consumers: %w", err)
	}
	return r, nil
}

func dial(path string) (*Register, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("it is no file")
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, errors.New("others may read it, and it holds secrets: chmod 600")
	}
	conn, err := sqlite.Open(sqlite.URI(path, "mode", "rw"))
	if err != nil {
		return nil, err
	}
	if err := conn.Script(settings); err != nil {
		conn.Close()
		return nil, err
	}
	return &Register{path: path, info: info, now: time.Now, conn: conn}, nil
}

func (r *Register) heading() error {
	var id, version int
	if _, err := r.conn.One("PRAGMA application_id", nil, &id); err != nil {
		return err
	}
	if _, err := r.conn.One("PRAGMA user_version", nil, &version); err != nil {
		return err
	}
	switch {
	case id != applicationID:
		return errors.New("the file holds something else than consumers")
	case version != schemaVersion:
		return fmt.Errorf("the file is of schema version %d, this program reads %d", version, schemaVersion)
	}
	return nil
}

// Close closes the database. A picture that somebody holds stays good; no new one is given.
func (r *Register) Close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.conn == nil {
		return nil
	}
	r.conn.Close()
	r.conn, r.naa, r.commits = nil, nil, nil
	return nil
}

// same refuses to go on when the file is no longer the one that was opened: nobody could disable a consumer in it.
func (r *Register) same() error {
	if r.conn == nil {
		return errClosed
	}
	info, err := os.Stat(r.path)
	if err != nil {
		return fmt.Errorf("consumers: %w", err)
	}
	if !os.SameFile(info, r.info) {
		return errors.New("consumers: the file has been replaced by another, and must be opened anew")
	}
	return nil
}

// inTransaction does all of a change or nothing of it. Who else wants to change the file waits.
func (r *Register) inTransaction(change func() error) error {
	if err := r.conn.Script("BEGIN IMMEDIATE"); err != nil {
		return err
	}
	err := change()
	if err == nil {
		err = r.conn.Script("COMMIT")
	}
	if err != nil {
		_ = r.conn.Script("ROLLBACK") // what went wrong is told already
	}
	return err
}

// nyVersjon is a number that no other picture has.
func nyVersjon() int64 {
	var b [8]byte
	_, _ = rand.Read(b[:]) // it never fails
	return int64(binary.BigEndian.Uint64(b[:])>>1) | 1
}
