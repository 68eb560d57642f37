package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"runtime"
	"sync/atomic"

	_ "modernc.org/sqlite" // the driver "sqlite"

	"aareg/store/sqlite"
)

// utgave is one file of a register, open for reading.
type utgave struct {
	path, vfs string
	info      os.FileInfo // nil in memory
	db        *sql.DB
	readers   chan *reader
	closed    chan struct{}
	koder     atomic.Pointer[kodebok]
}

// busyTimeout is how long, in milliseconds, one who writes waits for another.
const busyTimeout = 2000

// mmapSize is how much of a file is read where it lies in memory: the most that SQLite is built for.
const mmapSize = 2147418112

func openUtgave(path, vfs string) (*utgave, error) {
	settings := where(vfs)
	for _, pragma := range []string{fmt.Sprintf("busy_timeout(%d)", busyTimeout), fmt.Sprintf("mmap_size(%d)", mmapSize),
		"secure_delete(1)", "temp_store(memory)"} {
		settings = append(settings, "_pragma", pragma)
	}
	db, err := sql.Open("sqlite", sqlite.URI(path, settings...))
	if err != nil {
		return nil, err
	}
	u := &utgave{path: path, vfs: vfs, db: db, readers: make(chan *reader, 2*runtime.GOMAXPROCS(0)), closed: make(chan struct{})}
	u.koder.Store(newKodebok())
	return u, nil
}

// where is a file that must be there, or memory in a VFS of that name.
func where(vfs string) []string {
	if vfs != "" {
		return []string{"vfs", vfs}
	}
	return []string{"mode", "rw"}
}

func (u *utgave) start() error {
	if err := u.loadKodebok(context.Background()); err != nil {
		return err
	}
	for range cap(u.readers) {
		conn, err := u.db.Conn(context.Background())
		if err != nil {
			return err
		}
		r, err := newReader(context.Background(), conn)
		if err != nil {
			return err
		}
		u.readers <- r
	}
	return nil
}

// heading tells SQLite's files apart.
var heading = fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d; ", applicationID, schemaVersion)

func (u *utgave) create() error {
	_, err := u.db.Exec("PRAGMA journal_mode = WAL; " + heading + "BEGIN; " + schema + indexes + "; COMMIT")
	if err != nil {
		return err
	}
	key, err := nyUtstedelsesnoekkel()
	if err != nil {
		return err
	}
	_, err = u.db.Exec(setVerdi, "utstedelsesnoekkel", key)
	return err
}

func nyUtstedelsesnoekkel() ([]byte, error) {
	key := make([]byte, noekkellengde)
	_, err := rand.Read(key)
	return key, err
}

func (u *utgave) check() error {
	var id, version int
	if err := u.db.QueryRow("PRAGMA application_id").Scan(&id); err != nil {
		return fmt.Errorf("not a register, or not one that can be read now: %w", outcome(err))
	}
	if err := u.db.QueryRow("PRAGMA user_version").Scan(&version); err != nil {
		return err
	}
	if err := checkHeading(id, version); err != nil {
		return err
	}
	var verdict string
	if err := u.db.QueryRow("PRAGMA quick_check(1)").Scan(&verdict); err != nil || verdict != "ok" {
		return errors.New("the register is damaged: integrity check failed")
	}
	return nil
}

func checkHeading(id, version int) error {
	switch {
	case id != applicationID:
		return errors.New("not a register of aareg")
	case version != schemaVersion:
		return fmt.Errorf("the register has schema version %d, this program reads version %d: import it anew", version, schemaVersion)
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

// close waits for the questions under way.
func (u *utgave) close() error {
	if u.lukket() {
		return nil
	}
	close(u.closed)
	for range cap(u.readers) {
		(<-u.readers).close()
	}
	return u.db.Close()
}

// loadKodebok reads the register's codes.
func (u *utgave) loadKodebok(ctx context.Context) error {
	rows, err := u.db.QueryContext(ctx, kodebokrader)
	if err != nil {
		return err
	}
	book := newKodebok()
	if err := eachRow(rows, func(rows *sql.Rows) error { return book.scan(rows) }); err != nil {
		return err
	}
	u.learn(book)
	return nil
}

// relearn reads the codes anew when there are more than are known.
func (u *utgave) relearn(ctx context.Context) error {
	var last int
	if err := u.db.QueryRowContext(ctx, `SELECT coalesce(max(nr), 0) FROM kode`).Scan(&last); err != nil {
		return outcome(err)
	}
	if last < len(u.koder.Load().verdier) {
		return nil
	}
	return outcome(u.loadKodebok(ctx))
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
