package sqlite

import (
	"errors"
	"fmt"
	"unsafe"

	sqlite3 "modernc.org/sqlite/lib"
)

// Stmt is a prepared statement. Its parameters lie in one piece of memory of its own while it runs.
type Stmt struct {
	conn    *Conn
	handle  uintptr
	columns int
	cell    uintptr // the memory of its text and blob parameters
	size    int
	texts   []byte // what Texts has copied last
}

// Prepare prepares a statement once.
func (c *Conn) Prepare(query string) (*Stmt, error) {
	if s, ok := c.stmts[query]; ok {
		return s, nil
	}
	text, cell := c.cstring(query), c.alloc(8)
	defer c.free(text)
	defer c.free(cell)
	if rc := sqlite3.Xsqlite3_prepare_v3(c.tls, c.db, text, -1, sqlite3.SQLITE_PREPARE_PERSISTENT, cell, 0); rc != sqlite3.SQLITE_OK {
		return nil, &Error{rc}
	}
	s := &Stmt{conn: c, handle: *(*uintptr)(pointer(cell))}
	s.columns = int(sqlite3.Xsqlite3_column_count(c.tls, s.handle))
	c.stmts[query] = s
	return s, nil
}

var errParameter = errors.New("a parameter of a type that no column has")

// Number is a parameter that is stored as a whole number.
type Number interface{ SQLNumber() int64 }

// NumberScanner is where a whole number can be read into.
type NumberScanner interface{ ScanSQLNumber(n int64) }

// Bind gives the statement its parameters, ?1 first: all of them, since what an earlier run gave may be gone.
func (s *Stmt) Bind(args []any) error {
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
		s.conn.free(s.cell)
		s.cell, s.size = s.conn.alloc(2*need), 2*need
	}
	memory := unsafe.Slice((*byte)(pointer(s.cell)), s.size)
	used := 0
	for i, arg := range args {
		n := int32(i + 1)
		var rc int32
		switch v := arg.(type) {
		case nil:
			rc = sqlite3.Xsqlite3_bind_null(s.conn.tls, s.handle, n)
		case string:
			rc = sqlite3.Xsqlite3_bind_text(s.conn.tls, s.handle, n, s.cell+uintptr(used), int32(copy(memory[used:], v)), 0)
			used += len(v) + 1
		case []byte:
			if v == nil {
				rc = sqlite3.Xsqlite3_bind_null(s.conn.tls, s.handle, n)
				break
			}
			rc = sqlite3.Xsqlite3_bind_blob(s.conn.tls, s.handle, n, s.cell+uintptr(used), int32(copy(memory[used:], v)), 0)
			used += len(v) + 1
		default:
			number, ok := asInt64(arg)
			if !ok {
				return errParameter
			}
			rc = sqlite3.Xsqlite3_bind_int64(s.conn.tls, s.handle, n, number)
		}
		if rc != sqlite3.SQLITE_OK {
			return &Error{rc}
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
	case bool:
		if v {
			return 1, true
		}
		return 0, true
	}
	if v, ok := v.(Number); ok {
		return v.SQLNumber(), true
	}
	return 0, false
}

// Step goes to the next row; false when there is none.
func (s *Stmt) Step() (bool, error) {
	switch rc := sqlite3.Xsqlite3_step(s.conn.tls, s.handle); rc {
	case sqlite3.SQLITE_ROW:
		return true, nil
	case sqlite3.SQLITE_DONE:
		return false, nil
	default:
		return false, &Error{rc}
	}
}

// cellKept is how many bytes of memory for its parameters a statement keeps from one run to the next.
const cellKept = 64 << 10

// Reset ends the run of a statement; what was wrong with it, step has said. Parameters as long as a consumer's list of persons
// are not kept: their memory is none of Go's, which neither counts it nor gives it back, and every connection would come
// to have it.
func (s *Stmt) Reset() {
	sqlite3.Xsqlite3_reset(s.conn.tls, s.handle)
	if s.size > cellKept {
		sqlite3.Xsqlite3_clear_bindings(s.conn.tls, s.handle) // has SQLite plan it anew, which costs less than what was read
		s.conn.free(s.cell)
		s.cell, s.size = 0, 0
	}
}

// Scan copies the first columns of the row. NULL is the zero value.
func (s *Stmt) Scan(into ...any) error {
	if len(into) > s.columns {
		return fmt.Errorf("%d columns asked for, the row has %d", len(into), s.columns)
	}
	for i, dest := range into {
		n := int32(i)
		switch dest := dest.(type) {
		case *string:
			*dest = string(s.Bytes(n))
		case *[]byte:
			*dest = nil
			if b := s.Bytes(n); b != nil {
				*dest = append([]byte{}, b...)
			}
		case *int64:
			*dest = s.Int64(n)
		case *uint64:
			*dest = uint64(s.Int64(n))
		case *int:
			*dest = int(s.Int64(n))
		case *bool:
			*dest = s.Int64(n) != 0
		case NumberScanner:
			dest.ScanSQLNumber(s.Int64(n))
		default:
			return fmt.Errorf("a column cannot be read into %T", dest)
		}
	}
	return nil
}

// Int64 is a column of the row as a whole number.
func (s *Stmt) Int64(column int32) int64 {
	return sqlite3.Xsqlite3_column_int64(s.conn.tls, s.handle, column)
}

// Bytes is a text or a blob where SQLite holds it, until the next step; nil for NULL.
func (s *Stmt) Bytes(column int32) []byte {
	p := sqlite3.Xsqlite3_column_blob(s.conn.tls, s.handle, column)
	n := sqlite3.Xsqlite3_column_bytes(s.conn.tls, s.handle, column)
	if p == 0 {
		if sqlite3.Xsqlite3_column_type(s.conn.tls, s.handle, column) == sqlite3.SQLITE_NULL {
			return nil
		}
		return []byte{}
	}
	return unsafe.Slice((*byte)(pointer(p)), n)
}
