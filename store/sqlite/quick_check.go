package sqlite

import (
	"time"
	"unsafe"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// A look through a whole file (quick_check) is one statement that takes seconds. Go lets it keep a processor for ten milliseconds at a
// time, and where there is no other hears nothing of the network meanwhile: each step of each question would wait as long.
// Go wakes nobody sooner than after a millisecond when all are asleep.
const (
	worksFor     = time.Millisecond
	makesWayFor  = time.Millisecond
	stepsAtATime = 100 // pages, or instructions for rows: in any case less than that
)

// QuickCheck has SQLite look through the whole file: every page, but not whether indexes and tables say the same. It makes way for
// others. verdict is "ok", or what was found first.
func (c *Conn) QuickCheck() (verdict string, err error) {
	c.makeWayForOthers()
	_, err = c.One("PRAGMA quick_check(1)", nil, &verdict)
	return verdict, err
}

// makeWayForOthers has the connection sleep as long as it works, in what it does from now on.
func (c *Conn) makeWayForOthers() {
	if c.worked == 0 {
		c.worked = c.alloc(8)
	}
	*(*time.Duration)(pointer(c.worked)) = clock()
	handler := makeWay
	sqlite3.Xsqlite3_progress_handler(c.tls, c.db, stepsAtATime, *(*uintptr)(unsafe.Pointer(&handler)), c.worked)
}

// makeWay is called by SQLite, which goes on when that is 0. since is when work began.
func makeWay(_ *libc.TLS, since uintptr) int32 {
	if began := (*time.Duration)(pointer(since)); clock()-*began >= worksFor {
		sleep(makesWayFor)
		*began = clock()
	}
	return 0
}

// What tells the time, and passes it.
var (
	begun = time.Now()
	clock = func() time.Duration { return time.Since(begun) }
	sleep = time.Sleep
)
