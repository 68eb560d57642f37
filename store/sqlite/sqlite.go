// Package sqlite is a connection straight on the library that the driver of database/sql stands on: what is written is
// millions of small statements, and what database/sql and the driver do for each costs more than the statement. Its
// errors hold SQLite's result code and never its text, which may hold values.
package sqlite

import (
	"fmt"
	"unsafe"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// Conn is a connection for one goroutine at a time, with its prepared statements.
type Conn struct {
	tls   *libc.TLS
	db    uintptr
	stmts map[string]*Stmt

	interrupts interrupts
	worked     uintptr // since when, of one that makes way for others: a time.Duration in the C library's memory
}

// Error is what SQLite said: its result code, and no text, since texts may hold values.
type Error struct{ code int32 }

func (e *Error) Error() string {
	if words, ok := words[e.code&0xff]; ok {
		return fmt.Sprintf("%s (sqlite result code %d)", words, e.code)
	}
	return fmt.Sprintf("sqlite result code %d", e.code)
}

// words say what an operator can do something about.
var words = map[int32]string{
	sqlite3.SQLITE_BUSY:     "somebody else is writing",
	sqlite3.SQLITE_FULL:     "the disk is full",
	sqlite3.SQLITE_IOERR:    "the file cannot be read or written",
	sqlite3.SQLITE_READONLY: "the file may not be written",
	sqlite3.SQLITE_CANTOPEN: "the file cannot be opened",
	sqlite3.SQLITE_CORRUPT:  "the file is damaged",
	sqlite3.SQLITE_NOTADB:   "the file is no database",
}

// Code is SQLite's extended result code.
func (e *Error) Code() int { return int(e.code) }

// Constraint says whether a unique index refused a row.
func (e *Error) Constraint() bool { return e.code&0xff == sqlite3.SQLITE_CONSTRAINT }

// busyTimeout is how long, in milliseconds, one who writes waits for another.
const busyTimeout = 2000

// Open opens a file by its URI, for reading and writing; one that is not there is made, unless the URI says mode=rw.
func Open(uri string) (*Conn, error) {
	c := &Conn{tls: libc.NewTLS(), stmts: map[string]*Stmt{}}
	cell, name := c.alloc(8), c.cstring(uri)
	defer c.free(cell)
	defer c.free(name)
	const flags = sqlite3.SQLITE_OPEN_READWRITE | sqlite3.SQLITE_OPEN_CREATE | sqlite3.SQLITE_OPEN_NOMUTEX | sqlite3.SQLITE_OPEN_URI
	rc := sqlite3.Xsqlite3_open_v2(c.tls, name, cell, flags, 0)
	c.db = *(*uintptr)(pointer(cell))
	if rc != sqlite3.SQLITE_OK {
		c.Close()
		return nil, &Error{rc}
	}
	sqlite3.Xsqlite3_extended_result_codes(c.tls, c.db, 1)
	sqlite3.Xsqlite3_busy_timeout(c.tls, c.db, busyTimeout)
	return c, nil
}

// Close closes the connection and its statements.
func (c *Conn) Close() {
	c.Uninterrupted()
	c.interrupts.unfollow()
	for _, s := range c.stmts {
		sqlite3.Xsqlite3_finalize(c.tls, s.handle)
		c.free(s.cell)
	}
	sqlite3.Xsqlite3_close_v2(c.tls, c.db)
	c.free(c.worked)
	c.tls.Close()
}

// pointer is memory of the C library: it is none of Go's, and does not move.
func pointer(p uintptr) unsafe.Pointer { return *(*unsafe.Pointer)(unsafe.Pointer(&p)) }

func (c *Conn) alloc(n int) uintptr {
	p := libc.Xmalloc(c.tls, libc.Tsize_t(n))
	if p == 0 {
		panic("out of memory")
	}
	return p
}

func (c *Conn) free(p uintptr) { libc.Xfree(c.tls, p) }

func (c *Conn) cstring(s string) uintptr {
	p := c.alloc(len(s) + 1)
	b := unsafe.Slice((*byte)(pointer(p)), len(s)+1)
	copy(b, s)
	b[len(s)] = 0
	return p
}

// Script runs statements without parameters, and reads none of their rows.
func (c *Conn) Script(sql string) error {
	text := c.cstring(sql)
	defer c.free(text)
	if rc := sqlite3.Xsqlite3_exec(c.tls, c.db, text, 0, 0, 0); rc != sqlite3.SQLITE_OK {
		return &Error{rc}
	}
	return nil
}

// EmptyLog brings a file's log into it and empties it. Readers of older snapshots may hold it open: then it is busy.
func (c *Conn) EmptyLog() (busy bool, err error) {
	s, err := c.Prepare("PRAGMA wal_checkpoint(TRUNCATE)")
	if err != nil {
		return false, err
	}
	defer s.Reset()
	if _, err := s.Step(); err != nil {
		return false, err
	}
	return s.Int64(0) != 0, nil
}

// LastInsert is the rowid of the row that was inserted last.
func (c *Conn) LastInsert() int64 { return sqlite3.Xsqlite3_last_insert_rowid(c.tls, c.db) }

// Changes is how many rows the last INSERT, UPDATE or DELETE wrote.
func (c *Conn) Changes() int64 { return sqlite3.Xsqlite3_changes64(c.tls, c.db) }
