package store

import (
	"cmp"
	"context"
	"sync/atomic"
	"time"
)

// A snapshot of a file costs some system calls to begin and to end. So a reader keeps it for the next question, as long
// as nobody has committed anything since, in this process or another: what a question reads is what is there when it
// comes, as if it had a snapshot of its own. None is kept for longer than keepFor and one question: a change's log is
// emptied when nobody reads from it any more.
const keepFor = 20 * time.Millisecond

// commits is the header of the WAL index, by which SQLite itself knows a snapshot of the last commit from an older one
// (sqlite.org/walformat.html, 2.1). nil, of a register in memory, is none: then every snapshot is ended.
type commits []byte

type commit [48]byte

func (c commits) last() commit { return commit(c) }

// kept are the snapshots that the readers of a file keep.
type kept struct {
	commits commits
	round   atomic.Int64 // counts the times that they were let go
	due     atomic.Bool  // they will be, soon
}

// keptSnapshot is one that a reader has, or has not: then it is the zero one.
type keptSnapshot struct {
	open   bool
	commit commit // the last one when it began, or one before
	sikker bool   // it is of that commit, and of none that came while it began
	round  int64
}

// snapshot asks within one transaction. It ends as if nothing had been, unless an Omfang was written that is to stay.
// Its bounds are not for the question's context to cut, which interrupts what is between them alone: a transaction left
// open would spoil the connection for all who come after.
func (r *reader) snapshot(ctx context.Context, o *Omfang, question func() error) (err error) {
	if err := r.begin(); err != nil {
		return err
	}
	wrote, asked := false, false
	defer func() {
		spoiled := wrote || !asked || Registerfeil(err) || ctx.Err() != nil
		if r.avloeser == nil && (spoiled || !r.keeps()) {
			err = cmp.Or(err, r.avslutt())
		}
	}()
	r.c.InterruptOn(ctx)
	defer r.c.Uninterrupted()
	if wrote, err = r.setOmfang(ctx, o); err != nil {
		r.omfangene.glem()
		return err
	}
	if wrote {
		r.ende = "COMMIT"
	}
	err = question()
	asked = true
	return err
}

// begin begins a snapshot, unless the one that is kept is still of the last commit.
func (r *reader) begin() error {
	commits := r.utgave.kept.commits
	if r.har.open {
		if r.har.commit == commits.last() {
			return nil
		}
		if err := r.avslutt(); err != nil {
			return err
		}
	}
	if commits != nil {
		r.har = keptSnapshot{commit: commits.last(), round: r.utgave.kept.round.Load()}
		r.utgave.minne.glem(r.har.commit)
	}
	r.ende = "ROLLBACK"
	return r.c.Exec("BEGIN")
}

// keeps says whether the reader keeps its snapshot for the next question.
func (r *reader) keeps() bool {
	k := &r.utgave.kept
	r.har.open = k.commits != nil && r.har.round == k.round.Load()
	if r.har.open && !k.due.Load() && k.due.CompareAndSwap(false, true) {
		time.AfterFunc(keepFor, r.utgave.letGo)
	}
	return r.har.open
}

// letGo ends the snapshots of readers that nobody asks, and has the others end theirs.
func (u *utgave) letGo() {
	u.kept.due.Store(false)
	u.kept.round.Add(1)
	for range cap(u.readers) {
		select {
		case r := <-u.readers:
			if r.har.open {
				_ = r.avslutt() // a reader that cannot end it tells the next question
			}
			u.readers <- r
		default:
			return
		}
	}
}

// avslutt ends the snapshot.
func (r *reader) avslutt() error {
	r.har.open = false
	err := r.c.Exec(r.ende)
	if err != nil {
		r.omfangene.glem()
		_ = r.c.Exec("ROLLBACK") // of a COMMIT that failed; there may be nothing left to undo
	}
	return err
}
