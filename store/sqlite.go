package store

import (
	"errors"
	"fmt"
	"unsafe"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// conn is a connection to SQLite for one goroutine at a time, straight on the library that the driver of database/sql
// stands on. A register is written through it: an import is millions of small statements, and what database/sql and
// the driver do for each costs more than the statement.
type conn struct {
	tls   *libc.TLS
	db    uintptr
	stmts map[string]*stmt
}

// sqliteError is what SQLite said: its result code, and no text, since texts may hold values.
type sqliteError struct{ code int32 }

func (e *sqliteError) Error() string {
	if words, ok := sqliteWords[e.code&0xff]; ok {
		return fmt.Sprintf("%s (sqlite result code %d)", words, e.code)
	}
	return fmt.Sprintf("sqlite result code %d", e.code)
}

// sqliteWords say what an operator can do something about.
var sqliteWords = map[int32]string{
	sqlite3.SQLITE_BUSY:     "somebody else is writing",
	sqlite3.SQLITE_FULL:     "the disk is full",
	sqlite3.SQLITE_IOERR:    "the file cannot be read or written",
	sqlite3.SQLITE_READONLY: "the file may not be written",
	sqlite3.SQLITE_CANTOPEN: "the file cannot be opened",
	sqlite3.SQLITE_CORRUPT:  "the file is damaged",
	sqlite3.SQLITE_NOTADB:   "the file is no database",
}

// constraint says whether a unique index refused a row.
func (e *sqliteError) constraint() bool { return e.code&0xff == sqlite3.SQLITE_CONSTRAINT }

// dial opens a file by its URI.
func dial(uri string) (*conn, error) {
	c := &conn{tls: libc.NewTLS(), stmts: map[string]*stmt{}}
	cell, name := c.alloc(8), c.cstring(uri)
	defer c.free(cell)
	defer c.free(name)
	const flags = sqlite3.SQLITE_OPEN_READWRITE | sqlite3.SQLITE_OPEN_CREATE | sqlite3.SQLITE_OPEN_NOMUTEX | sqlite3.SQLITE_OPEN_URI
	rc := sqlite3.Xsqlite3_open_v2(c.tls, name, cell, flags, 0)
	c.db = *(*uintptr)(pointer(cell))
	if rc != sqlite3.SQLITE_OK {
		c.close()
		return nil, &sqliteError{rc}
	}
	sqlite3.Xsqlite3_extended_result_codes(c.tls, c.db, 1)
	sqlite3.Xsqlite3_busy_timeout(c.tls, c.db, busyTimeout)
	return c, nil
}

func (c *conn) close() {
	for _, s := range c.stmts {
		sqlite3.Xsqlite3_finalize(c.tls, s.handle)
		c.free(s.cell)
	}
	sqlite3.Xsqlite3_close_v2(c.tls, c.db)
	c.tls.Close()
}

// pointer is memory of the C library: it is none of Go's, and does not move.
func pointer(p uintptr) unsafe.Pointer { return *(*unsafe.Pointer)(unsafe.Pointer(&p)) }

func (c *conn) alloc(n int) uintptr {
	p := libc.Xmalloc(c.tls, libc.Tsize_t(n))
	if p == 0 {
		panic("out of memory")
	}
	return p
}

func (c *conn) free(p uintptr) { libc.Xfree(c.tls, p) }

func (c *conn) cstring(s string) uintptr {
	p := c.alloc(len(s) + 1)
	b := unsafe.Slice((*byte)(pointer(p)), len(s)+1)
	copy(b, s)
	b[len(s)] = 0
	return p
}

// script runs statements without parameters, and reads none of their rows.
func (c *conn) script(sql string) error {
	text := c.cstring(sql)
	defer c.free(text)
	if rc := sqlite3.Xsqlite3_exec(c.tls, c.db, text, 0, 0, 0); rc != sqlite3.SQLITE_OK {
		return &sqliteError{rc}
	}
	return nil
}

// emptyLog brings a file's log into it and empties it. Readers of older snapshots may hold it open: then it is busy.
func (c *conn) emptyLog() (busy bool, err error) {
	s, err := c.prepare("PRAGMA wal_checkpoint(TRUNCATE)")
	if err != nil {
		return false, err
	}
	defer s.reset()
	if _, err := s.step(); err != nil {
		return false, err
	}
	return s.int64(0) != 0, nil
}

// stmt is a prepared statement. Its parameters lie in one piece of memory of its own while it runs.
type stmt struct {
	*conn
	handle  uintptr
	columns int
	cell    uintptr // the memory of its text and blob parameters
	size    int
}

// prepare prepares a statement once.
func (c *conn) prepare(query string) (*stmt, error) {
	if s, ok := c.stmts[query]; ok {
		return s, nil
	}
	text, cell := c.cstring(query), c.alloc(8)
	defer c.free(text)
	defer c.free(cell)
	if rc := sqlite3.Xsqlite3_prepare_v3(c.tls, c.db, text, -1, sqlite3.SQLITE_PREPARE_PERSISTENT, cell, 0); rc != sqlite3.SQLITE_OK {
		return nil, &sqliteError{rc}
	}
	s := &stmt{conn: c, handle: *(*uintptr)(pointer(cell))}
	s.columns = int(sqlite3.Xsqlite3_column_count(c.tls, s.handle))
	c.stmts[query] = s
	return s, nil
}

var errParameter = errors.New("a parameter of a type that no column has")

// bind gives the statement its parameters, ?1 first. Those of an earlier run stay bound beyond them.
func (s *stmt) bind(args []any) error {
	need := 0
	for _, arg := range args {
		switch v := arg.(type) {
		case string:
			need += len(v) + 1
		case []byte:
			need += len(v) + 1
		}
	}
	if need > s.size {
		s.free(s.cell)
		s.cell, s.size = s.alloc(2*need), 2*need
	}
	memory := unsafe.Slice((*byte)(pointer(s.cell)), s.size)
	used := 0
	for i, arg := range args {
		n := int32(i + 1)
		var rc int32
		switch v := arg.(type) {
		case nil:
			rc = sqlite3.Xsqlite3_bind_null(s.tls, s.handle, n)
		case string:
			rc = sqlite3.Xsqlite3_bind_text(s.tls, s.handle, n, s.cell+uintptr(used), int32(copy(memory[used:], v)), 0)
			used += len(v) + 1
		case []byte:
			if v == nil {
				rc = sqlite3.Xsqlite3_bind_null(s.tls, s.handle, n)
				break
			}
			rc = sqlite3.Xsqlite3_bind_blob(s.tls, s.handle, n, s.cell+uintptr(used), int32(copy(memory[used:], v)), 0)
			used += len(v) + 1
		default:
			number, ok := asInt64(arg)
			if !ok {
				return errParameter
			}
			rc = sqlite3.Xsqlite3_bind_int64(s.tls, s.handle, n, number)
		}
		if rc != sqlite3.SQLITE_OK {
			return &sqliteError{rc}
		}
	}
	return nil
}

func asInt64(v any) (int64, bool) {
	switch v := v.(type) {
	case int64:
		return v, true
	case int:
		return int64(v), true
	case Dato:
		return int64(v), true
	case bool:
		if v {
			return 1, true
		}
		return 0, true
	}
	return 0, false
}

// step goes to the next row; false when there is none.
func (s *stmt) step() (bool, error) {
	switch rc := sqlite3.Xsqlite3_step(s.tls, s.handle); rc {
	case sqlite3.SQLITE_ROW:
		return true, nil
	case sqlite3.SQLITE_DONE:
		return false, nil
	default:
		return false, &sqliteError{rc}
	}
}

// reset ends the run of a statement; what was wrong with it, step has said.
func (s *stmt) reset() { sqlite3.Xsqlite3_reset(s.tls, s.handle) }

// Scan copies the first columns of the row. NULL is the zero value.
func (s *stmt) Scan(into ...any) error {
	if len(into) > s.columns {
		return fmt.Errorf("%d columns asked for, the row has %d", len(into), s.columns)
	}
	for i, dest := range into {
		n := int32(i)
		switch dest := dest.(type) {
		case *string:
			*dest = string(s.bytes(n))
		case *[]byte:
			*dest = nil
			if b := s.bytes(n); b != nil {
				*dest = append([]byte{}, b...)
			}
		case *int64:
			*dest = s.int64(n)
		case *uint64:
			*dest = uint64(s.int64(n))
		case *int:
			*dest = int(s.int64(n))
		case *bool:
			*dest = s.int64(n) != 0
		case *Dato:
			*dest = Dato(s.int64(n))
		case *Gradering:
			*dest = Gradering(s.int64(n))
		case *skjerming:
			*dest = skjerming(s.int64(n))
		default:
			return fmt.Errorf("a column cannot be read into %T", dest)
		}
	}
	return nil
}

func (s *stmt) int64(column int32) int64 {
	return sqlite3.Xsqlite3_column_int64(s.tls, s.handle, column)
}

// bytes is a text or a blob where SQLite holds it, until the next step; nil for NULL.
func (s *stmt) bytes(column int32) []byte {
	p := sqlite3.Xsqlite3_column_blob(s.tls, s.handle, column)
	n := sqlite3.Xsqlite3_column_bytes(s.tls, s.handle, column)
	if p == 0 {
		if sqlite3.Xsqlite3_column_type(s.tls, s.handle, column) == sqlite3.SQLITE_NULL {
			return nil
		}
		return []byte{}
	}
	return unsafe.Slice((*byte)(pointer(p)), n)
}

// lastInsert is the rowid of the row that was inserted last.
func (c *conn) lastInsert() int64 { return sqlite3.Xsqlite3_last_insert_rowid(c.tls, c.db) }
