package soap

import "sync"

// net/http writes through 4 KiB of memory: an answer in one piece would leave in two writes when it is longer than that,
// and a write costs as much as all else that is done for a short answer. So its beginning waits for its end here.

// held is the beginning of an answer that waits for its end.
type held struct {
	body int     // how many bytes the answer's body has; 0: nothing waits
	text *[]byte // what has come of the head and the body, nil before the first of it
}

// fitsOneWrite is the length from which a body, with its head, may not fit net/http's memory.
const fitsOneWrite = 3 << 10

// heldTexts is the memory of those that nobody uses.
var heldTexts = sync.Pool{New: func() any { return new([]byte) }}

// Write writes. Of an answer whose length was told (together), the bytes leave when as many have come as its body has.
func (c *connection) Write(p []byte) (int, error) {
	h := &c.held
	if h.body == 0 {
		return c.halfCloser.Write(p)
	}
	if h.text == nil && len(p) >= h.body {
		h.body = 0
		return c.halfCloser.Write(p)
	}
	if h.text == nil {
		h.text = heldTexts.Get().(*[]byte)
	}
	*h.text = append(*h.text, p...)
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
	if c, ok := x.r.Context().Value(connectionKey{}).(*connection); ok && body >= fitsOneWrite && x.config.Around == nil {
		c.held.body = body
	}
}
