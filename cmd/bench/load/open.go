package load

import (
	"errors"
	"net/http"
	"time"

	"golang.org/x/sys/unix"
)

// Open is clients that ask when they have something to ask, answered or not: so many questions a second in all. Each has
// one question under way and keeps its connection; a question that comes while all of them wait is not asked.
type Open struct {
	Addr        string // an IPv4 address and port
	Connections int    // clients, at most
	Next        Next
	PerSecond   float64
	For         time.Duration
	Patience    time.Duration // how long the last ones wait for their answers
}

// Outcome is what came of the questions.
type Outcome struct {
	Due, Asked int             // that came, and of these the ones that were asked
	Answered   int             // with status 200
	Refused    int             // with status 503 and Retry-After
	Other      int             // otherwise, or cut, or not at all
	Whole      []time.Duration // how long the answered ones took, to the last byte
	Elapsed    time.Duration   // until the last question
}

// Run asks.
func (l Open) Run() (*Outcome, error) {
	p, err := newPoller(l.Addr)
	if err != nil {
		return nil, err
	}
	defer p.close()
	o := &Outcome{}
	idle, err := l.dialAll(p)
	if err != nil {
		return nil, err
	}
	begin := p.now()
	for now := begin; now < begin+l.For; now = p.now() {
		o.Elapsed = now - begin
		for due := int(o.Elapsed.Seconds() * l.PerSecond); o.Due < due; o.Due++ {
			if len(idle) == 0 {
				o.Due = due
				break
			}
			place := idle[len(idle)-1]
			idle = idle[:len(idle)-1]
			o.Asked++
			if p.ask(p.conns[place], l.Next, now) != nil {
				idle = o.lost(p, place, idle)
			}
		}
		if idle, err = o.hear(p, idle, 0); err != nil {
			return nil, err
		}
	}
	for end := p.now() + l.Patience; len(idle) < len(p.conns) && p.now() < end; {
		if idle, err = o.hear(p, idle, 10*time.Millisecond); err != nil {
			return nil, err
		}
	}
	o.Other += len(p.conns) - len(idle)
	return o, nil
}

func (l Open) dialAll(p *poller) (idle []int, err error) {
	for place := range l.Connections {
		if _, err := p.dial(); err != nil {
			return nil, err
		}
		idle = append(idle, place)
	}
	return idle, nil
}

// hear takes what has come, and returns who is idle now.
func (o *Outcome) hear(p *poller, idle []int, timeout time.Duration) ([]int, error) {
	err := p.wait(timeout, func(c *conn, place int) error {
		if !c.asking { // the server closes a connection that nothing was asked on
			return p.again(c, place)
		}
		done, err := p.read(c)
		switch {
		case err != nil:
			idle = o.lost(p, place, idle)
		case done:
			o.count(c, p.now())
			c.asking = false
			idle = append(idle, place)
			if c.answer.closes {
				return p.again(c, place)
			}
		}
		return nil
	})
	return idle, err
}

func (o *Outcome) count(c *conn, now time.Duration) {
	switch {
	case c.answer.status == http.StatusOK:
		o.Answered++
		o.Whole = append(o.Whole, now-c.due)
	case c.answer.status == http.StatusServiceUnavailable && c.answer.retry:
		o.Refused++
	default:
		o.Other++
	}
}

// lost is a question that came to nothing; its client connects anew.
func (o *Outcome) lost(p *poller, place int, idle []int) []int {
	o.Other++
	if p.again(p.conns[place], place) != nil {
		return idle // nobody listens any more: this client never asks again
	}
	return append(idle, place)
}

var errConnect = errors.New("load: a connection could not be opened anew")

// again opens a connection anew in the place of one that is over.
func (p *poller) again(c *conn, place int) error {
	if err := errors.Join(unix.Close(c.fd), p.redial(c, place)); err != nil {
		return errors.Join(errConnect, err)
	}
	return nil
}
