package store

import (
	"os"
	"testing"

	"golang.org/x/sys/unix"
)

// TestReadingTheLastCommitCostsNoLock: SQLite holds a lock on the file beside the log for as long as the process reads, at
// byte 128 (sqlite.org/walformat.html, 2.2.1 and the source's UNIX_SHM_DMS). A process that finds none there takes the file
// for one that a crash has left, and cuts it. POSIX takes a process's locks away when it closes any descriptor of a file.
func TestReadingTheLastCommitCostsNoLock(t *testing.T) {
	s := onDisk(t)
	finnes(s, 1)
	if s.naa.Load().kept.commits == nil {
		t.Fatal("no snapshot is kept of a register in a file")
	}
	f, err := os.Open(s.path + "-shm")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	lock := unix.Flock_t{Type: unix.F_WRLCK, Start: 128, Len: 1}
	if err := unix.FcntlFlock(f.Fd(), unix.F_OFD_GETLK, &lock); err != nil {
		t.Fatal(err)
	}
	if lock.Type != unix.F_RDLCK {
		t.Errorf("lock type %d at byte 128, want %d", lock.Type, unix.F_RDLCK)
	}
}
