package sqlite

import (
	"unsafe"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// walIndexRegion is how much of the WAL index SQLite maps at once, in bytes (sqlite.org/walformat.html, 2).
const walIndexRegion = 32 << 10

// WALIndexHeader is where SQLite tells all connections of a file, in this process and others, of the last commit to its
// log: the first n bytes of the WAL index, in memory that is shared and changes, and must not be read when the connection is
// closed. nil: there is none. The connection must have read once. It is SQLite's own mapping that is asked for: to open the
// file beside it, and close it again, would cost the process the locks that SQLite has there.
func (c *Conn) WALIndexHeader(n int) []byte {
	var mode string
	if found, err := c.One("PRAGMA journal_mode", nil, &mode); err != nil || !found || mode != "wal" {
		return nil
	}
	cell := c.alloc(8)
	defer c.free(cell)
	answer := (*uintptr)(pointer(cell))
	*answer = 0
	if rc := sqlite3.Xsqlite3_file_control(c.tls, c.db, 0, sqlite3.SQLITE_FCNTL_FILE_POINTER, cell); rc != sqlite3.SQLITE_OK || *answer == 0 {
		return nil
	}
	file := *answer
	methods := (*sqlite3.Tsqlite3_io_methods)(pointer((*sqlite3.Tsqlite3_file)(pointer(file)).FpMethods))
	if methods.FiVersion < 2 || methods.FxShmMap == 0 {
		return nil
	}
	// A pointer to a function of the library is called as the library calls it.
	shmMap := *(*func(*libc.TLS, uintptr, int32, int32, int32, uintptr) int32)(unsafe.Pointer(&struct{ uintptr }{methods.FxShmMap}))
	*answer = 0
	if rc := shmMap(c.tls, file, 0, walIndexRegion, 0, cell); rc != sqlite3.SQLITE_OK || *answer == 0 {
		return nil
	}
	return unsafe.Slice((*byte)(pointer(*answer)), n)
}
