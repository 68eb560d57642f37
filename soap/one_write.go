package soap

import (
	"net"
	"sync"
)

// net/http writes through 4 KiB of memory: an answer in one piece would leave in two writes when it is longer than that,
// and each piece of a longer one in two, its beginning and the rest, or, packed, in many; and a write costs as much as all
// else that is done for a short answer. So what comes first waits for the rest here.

// held is the beginning of an answer that waits for its end, or parts of pieces that wait for more.
type held struct {
	body   int     // how many bytes the answer's body has; 0: it is not told
	pieces bool    // pieces are being written
	text   *[]byte // what has come and has not left, nil when nothing has
}

// maxHeld is how many bytes of pieces wait at most.
const maxHeld = 16 << 10

// fitsOneWrite is the length from which a body, with its head, may not fit net/http's memory.
const fitsOneWrite = 3 << 10

// heldTexts is the memory of those that nobody uses.
var heldTexts = sync.Pool{New: func() any { return new([]byte) }}

// Write writes. Of an answer whose length was told (together), the bytes leave when as many have come as its body has; of
// pieces, when there are more than may wait. What waits and what comes leave in one system call, over TLS in two.
func (c *connection) Write(p []byte) (int, error) {
	h := &c.held
	switch {
	case h.pieces && h.waits()+len(p) <= maxHeld:
		c.hold(p)
		return len(p), nil
	case h.body == 0:
		return c.writeAfter(p)
	case h.text == nil && len(p) >= h.body:
		h.body = 0
		return c.halfCloser.Write(p)
	}
	c.hold(p)
	if len(*h.text) < h.body {
		return len(p), nil
	}
	_, err := c.halfCloser.Write(*h.text)
	c.drop()
	if err != nil {
		return 0, err
	}
	return len(p), nil
}

// writeAfter writes what waits, and then p.
func (c *connection) writeAfter(p []byte) (int, error) {
	if c.held.waits() == 0 {
		return c.halfCloser.Write(p)
	}
	both := net.Buffers{*c.held.text, p}
	_, err := both.WriteTo(c.halfCloser)
	*c.held.text = (*c.held.text)[:0]
	if err != nil {
		return 0, err
	}
	return len(p), nil
}

// waits is how many bytes wait.
func (h *held) waits() int {
	if h.text == nil {
		return 0
	}
	return len(*h.text)
}

// hold keeps what came until it leaves.
func (c *connection) hold(p []byte) {
	if c.held.text == nil {
		c.held.text = heldTexts.Get().(*[]byte)
	}
	*c.held.text = append(*c.held.text, p...)
}

// drop forgets what waits.
func (c *connection) drop() {
	if c.held.text != nil {
		*c.held.text = (*c.held.text)[:0]
		heldTexts.Put(c.held.text)
	}
	c.held = held{}
}

// together has an answer of that many bytes, which is written next and at once, leave in one write. A test double writes
// otherwise than it was told to.
func (x *exchange) together(body int) {
	if c := x.connection(); c != nil && body >= fitsOneWrite {
		c.held.body = body
	}
}

// writePiece writes a piece of a longer answer, the last one or not.
func (x *exchange) writePiece(piece []byte, last bool) (int, error) {
	c := x.connection()
	if c == nil {
		return x.w.Write(piece)
	}
	c.held.pieces = true
	n, err := x.w.Write(piece)
	c.held.pieces = false
	if last && err == nil && c.held.waits() > 0 {
		_, err = c.halfCloser.Write(*c.held.text)
	}
	if last {
		c.drop()
	}
	return n, err
}

// connection is what the answer leaves by; nil when that is for somebody else to decide.
func (x *exchange) connection() *connection {
	c, ok := x.r.Context().Value(connectionKey{}).(*connection)
	if !ok || x.config.Around != nil {
		return nil
	}
	return c
}
