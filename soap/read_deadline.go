package soap

import (
	"os"
	"sync"
	"time"
)

// readDeadline is until when a connection is read from. net/http sets it six times for a question, and mostly nobody reads
// until it is set again; to set it in earnest costs as much as to read a line of a head. So that is done when somebody reads.
type readDeadline struct {
	mu      sync.Mutex
	wanted  time.Time
	set     time.Time // in earnest
	reading bool
}

// longAgo is later than what net/http sets to have a read ended at once.
var longAgo = time.Unix(1_000_000, 0)

// SetReadDeadline sets until when reads may take, those that are under way too; zero is for ever.
func (c *connection) SetReadDeadline(t time.Time) error {
	d := &c.readDeadline
	d.mu.Lock()
	defer d.mu.Unlock()
	d.wanted = t
	if !d.reading {
		return nil
	}
	return d.apply(c)
}

// SetDeadline sets until when reads and writes may take.
func (c *connection) SetDeadline(t time.Time) error {
	if err := c.SetReadDeadline(t); err != nil {
		return err
	}
	return c.SetWriteDeadline(t)
}

// begin sets the deadline in earnest, if it is another than was. An error means that there is nothing to be read.
func (d *readDeadline) begin(c *connection) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.wanted.IsZero() && d.wanted.Before(longAgo) {
		return os.ErrDeadlineExceeded
	}
	if err := d.apply(c); err != nil {
		return err
	}
	d.reading = true
	return nil
}

func (d *readDeadline) end() {
	d.mu.Lock()
	d.reading = false
	d.mu.Unlock()
}

func (d *readDeadline) apply(c *connection) error {
	if d.wanted.Equal(d.set) {
		return nil
	}
	err := c.halfCloser.SetReadDeadline(d.wanted)
	if err == nil {
		d.set = d.wanted
	}
	return err
}
