// Package load asks an HTTP server as fast as one core can: one goroutine, the system's own way of waiting for many
// connections, requests that are appended to a buffer, and answers of which only the end is looked for. It knows nothing of
// SOAP, and it does not judge answers beyond their status.
package load

import (
	"errors"
	"fmt"
	"net/http"
	"time"
)

// Next appends one whole HTTP request to b.
type Next func(b []byte) []byte

// Closed is clients that each ask anew as soon as they are answered.
type Closed struct {
	Addr        string // an IPv4 address and port
	Connections int
	Next        Next
	Warm, For   time.Duration // how long questions are asked before they count, and while they do
	Began       func()        // is called when they begin to count; may be nil
}

// Result is what came of the questions that count.
type Result struct {
	Answered int
	Elapsed  time.Duration   // from the first question that counts to the last answer
	Whole    []time.Duration // how long each took to the last byte of its answer
	First    []time.Duration // and to the first
	Bytes    int64           // of bodies, as they went over the wire
}

// Run asks. An answer by another status than 200, or none, ends it with an error: what is measured would not be what
// was meant.
func (l Closed) Run() (*Result, error) {
	p, err := newPoller(l.Addr)
	if err != nil {
		return nil, err
	}
	defer p.close()
	for range l.Connections {
		if _, err := p.dial(); err != nil {
			return nil, err
		}
	}
	if l.Warm > 0 {
		if err := p.closed(l.Next, l.Warm, &Result{}); err != nil {
			return nil, err
		}
	}
	if l.Began != nil {
		l.Began()
	}
	const usual = 100_000 // answers; no memory is asked for meanwhile
	r := &Result{Whole: make([]time.Duration, 0, usual), First: make([]time.Duration, 0, usual)}
	return r, p.closed(l.Next, l.For, r)
}

// patience is how long all clients wait for a byte.
const patience = time.Minute

var errSilent = errors.New("load: nobody was answered for a minute")

// closed asks for that long, and then waits for the answers that are under way.
func (p *poller) closed(next Next, d time.Duration, r *Result) error {
	begin := p.now()
	end := begin + d
	underWay := len(p.conns)
	for _, c := range p.conns {
		if err := p.ask(c, next, p.now()); err != nil {
			return err
		}
	}
	silent := begin
	// It looks again and again and never sleeps: whoever answers would pay for waking it, the more the slower they are.
	for underWay > 0 {
		if p.now()-silent > patience {
			return errSilent
		}
		err := p.wait(0, func(c *conn, _ int) error {
			done, err := p.read(c)
			silent = p.now()
			if err != nil || !done {
				return err
			}
			if c.answer.status != http.StatusOK {
				return fmt.Errorf("load: an answer has status %d", c.answer.status)
			}
			now := p.now()
			r.add(c, now)
			if now >= end {
				underWay--
				return nil
			}
			return p.ask(c, next, now)
		})
		if err != nil {
			return err
		}
	}
	r.Elapsed = p.now() - begin
	return nil
}

func (r *Result) add(c *conn, now time.Duration) {
	r.Answered++
	r.Bytes += c.answer.body
	r.Whole = append(r.Whole, now-c.due)
	r.First = append(r.First, c.first-c.due)
}
