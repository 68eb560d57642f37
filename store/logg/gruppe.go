package logg

import (
	"context"
	"fmt"
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
	select {
	case l.koe <- o:
	case <-ctx.Done():
		return fmt.Errorf("audit log: %w", ctx.Err())
	case <-l.lukket:
		return errLukket
	}
	if err := <-o.svar; err != nil {
		return err
	}
	r.Nr = o.nr
	return nil
}

// Meld announces a row that may come, so that the writer can wait a moment for those that are on their way: a commit
// costs more than they do, and for every few rows more than the wait. avmeld says that the row has been written, or will
// not come; it may be called more than once.
func (l *Logg) Meld() (avmeld func()) {
	l.meldt.Add(1)
	return sync.OnceFunc(func() { l.meldt.Add(-1) })
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
	for {
		var err error
		select {
		case first := <-l.koe:
			group := l.samle(first)
			err = s.transaksjon(func(t *tx) error { return t.leggAlle(group) })
			l.sett(err)
			for _, o := range group {
				o.svar <- err
			}
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

// samle takes the rows that wait beside the first, and waits a moment for those that were announced.
func (l *Logg) samle(first *oppdrag) []*oppdrag {
	group, size := []*oppdrag{first}, first.post.size()
	frist := time.After(gruppeFrist)
	for len(group) < gruppeRader && size < gruppeBytes {
		o := l.neste(int64(len(group)) < l.meldt.Load(), frist)
		if o == nil {
			break
		}
		group = append(group, o)
		size += o.post.size()
	}
	return group
}

// neste is a row that waits, nil for none; with wait, also one that comes in time.
func (l *Logg) neste(wait bool, frist <-chan time.Time) *oppdrag {
	select {
	case o := <-l.koe:
		return o
	default:
	}
	if !wait {
		return nil
	}
	select {
	case o := <-l.koe:
		return o
	case <-frist:
		return nil
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
