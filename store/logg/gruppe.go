package logg

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"
)

// A group of rows that are written with one wait for the disk has no more than this, so that none waits for ever.
const (
	gruppeRader = 1024
	gruppeBytes = 8 << 20
)

// gruppeFrist is how long the first row of a group waits for others that were announced: about as long as the disk.
const gruppeFrist = time.Millisecond

// gruppePause is how long after a group nobody is expected to come again at once.
const gruppePause = 10 * time.Millisecond

// proevIgjen is how long after a failure the log tries whether it can be written again.
const proevIgjen = time.Second

// oppdrag is a row that is to be written.
type oppdrag struct {
	post post
	nr   int64
	svar chan error
}

// sak is another change of the log.
type sak struct {
	gjoer func(*tx) error
	svar  chan error
}

// koe is the rows that wait for the writer, and how many may still come. The writer is woken by the first row, and then not
// for each: only when nobody is waited for any more.
type koe struct {
	mu     sync.Mutex
	venter []*oppdrag
	bytes  int
	meldt  int           // rows that may come, and those of them that wait
	topp   int           // how many these were at most of late
	vekk   chan struct{} // holds one: there is something to write, or nobody left to wait for
}

// Skriv writes a row and returns when it is on disk, together with all rows that waited at the same time; it sets
// r.Nr then. While it waits for its turn the end of ctx ends it; after that it says what became of the row.
func (l *Logg) Skriv(ctx context.Context, r *Rad) error {
	p, err := lagPost(r)
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return fmt.Errorf("audit log: %w", err)
	}
	o := &oppdrag{post: p, svar: make(chan error, 1)}
	l.koe.still(o)
	select {
	case err = <-o.svar:
	case <-ctx.Done():
		if l.koe.trekk(o) {
			return fmt.Errorf("audit log: %w", ctx.Err())
		}
		err = <-o.svar
	case <-l.lukket:
		if l.koe.trekk(o) {
			return errLukket
		}
		err = <-o.svar
	}
	if err != nil {
		return err
	}
	r.Nr = o.nr
	return nil
}

// Meld announces a row that may come, so that the writer can wait a moment for those that are on their way: a commit
// costs more than they do, and for every few rows more than the wait. avmeld says that the row has been written, or will
// not come; it may be called more than once.
func (l *Logg) Meld() (avmeld func()) {
	l.koe.meld(1)
	return sync.OnceFunc(func() { l.koe.meld(-1) })
}

// still puts a row into the queue.
func (k *koe) still(o *oppdrag) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.venter = append(k.venter, o)
	k.bytes += o.post.size()
	if len(k.venter) == 1 || k.nok() {
		k.vekkSkriver()
	}
}

// trekk takes a row back, unless the writer has it.
func (k *koe) trekk(o *oppdrag) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	i := slices.Index(k.venter, o)
	if i < 0 {
		return false
	}
	k.venter = slices.Delete(k.venter, i, i+1)
	k.bytes -= o.post.size()
	return true
}

func (k *koe) meld(n int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.meldt += n
	k.topp = max(k.topp, k.meldt)
	if n < 0 && len(k.venter) > 0 && k.nok() {
		k.vekkSkriver()
	}
}

// nok says that there is no use in waiting for more rows. Whoever has just been answered may come again at once: so in a
// busy time all are waited for who came of late, since two groups that take turns wait for the disk twice as often as one.
func (k *koe) nok() bool {
	return len(k.venter) >= min(max(k.meldt, k.topp), gruppeRader) || k.bytes >= gruppeBytes
}

// glem says that there has been a pause: nobody comes again at once.
func (k *koe) glem() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.topp = k.meldt
}

func (k *koe) vekkSkriver() {
	select {
	case k.vekk <- struct{}{}:
	default: // it is told already
	}
}

// ta takes the next group, unless there are rows to wait for and patient says that there is time. What is too much for
// one group stays.
func (k *koe) ta(patient bool) []*oppdrag {
	k.mu.Lock()
	defer k.mu.Unlock()
	if len(k.venter) == 0 || patient && !k.nok() {
		return nil
	}
	n, size := 0, 0
	for n < min(len(k.venter), gruppeRader) && size < gruppeBytes {
		size += k.venter[n].post.size()
		n++
	}
	group := k.venter[:n:n]
	k.venter = slices.Clone(k.venter[n:])
	k.bytes -= size
	k.topp = max(k.meldt, (k.topp+n)/2)
	if len(k.venter) > 0 {
		k.vekkSkriver()
	}
	return group
}

// endre makes another change, in a transaction of its own.
func (l *Logg) endre(ctx context.Context, gjoer func(*tx) error) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("audit log: %w", err)
	}
	s := &sak{gjoer: gjoer, svar: make(chan error, 1)}
	select {
	case l.saker <- s:
		return <-s.svar
	case <-ctx.Done():
		return fmt.Errorf("audit log: %w", ctx.Err())
	case <-l.lukket:
		return errLukket
	}
}

// loekke is the writer. While it waits for the disk the next rows gather, and it takes all of them at once.
func (l *Logg) loekke(s *skriver) {
	defer close(l.stoppet)
	defer s.slipp()
	var igjen <-chan time.Time
	var sist time.Time // when the last group was done
	for {
		var err error
		select {
		case <-l.koe.vekk:
			if time.Since(sist) > gruppePause {
				l.koe.glem()
			}
			group := l.samle()
			if group == nil {
				continue // who had put a row there has taken it back
			}
			err = s.transaksjon(func(t *tx) error { return t.leggAlle(group) })
			l.sett(err)
			for _, o := range group {
				o.svar <- err
			}
			sist = time.Now()
		case other := <-l.saker:
			err = s.transaksjon(other.gjoer)
			l.sett(err)
			other.svar <- err
		case <-igjen:
			err = s.transaksjon(func(*tx) error { return nil })
			l.sett(err)
		case <-l.lukket:
			return
		}
		igjen = nil
		if err != nil && s.brutt == nil {
			igjen = time.After(proevIgjen)
		}
	}
}

// samle takes the rows that wait, and waits a moment for those that were announced.
func (l *Logg) samle() []*oppdrag {
	if group := l.koe.ta(true); group != nil {
		return group
	}
	frist := time.NewTimer(gruppeFrist)
	defer frist.Stop()
	for {
		select {
		case <-l.koe.vekk:
			if group := l.koe.ta(true); group != nil {
				return group
			}
		case <-frist.C:
			return l.koe.ta(false)
		}
	}
}

// leggAlle appends a group.
func (t *tx) leggAlle(group []*oppdrag) (err error) {
	for _, o := range group {
		if o.nr, err = t.legg(&o.post); err != nil {
			return err
		}
	}
	return nil
}
