package sqlite

import (
	"time"
	"unsafe"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// A look through a whole file (quick_check) is one statement that takes seconds. Go lets it keep a processor for ten milliseconds at a
// time, and where there is no other hears nothing of the network meanwhile: each step of each question would wait as long.
// Some hundred pages take less than a millisecond, and Go wakes nobody sooner than after one when all are asleep.
const (
	pagesAtATime = 128
	makesWayFor  = time.Millisecond
)

// Considerate has the connection make way for others while it looks through a file: it sleeps about as much as it works.
func (c *Conn) Considerate() {
	handler := makeWay
	sqlite3.Xsqlite3_progress_handler(c.tls, c.db, pagesAtATime, *(*uintptr)(unsafe.Pointer(&handler)), 0)
}

var sleep = time.Sleep

// makeWay is called by SQLite, which goes on when that is 0.
func makeWay(*libc.TLS, uintptr) int32 {
	sleep(makesWayFor)
	return 0
}
