package kilder

import (
	"context"
	"io"
)

// roer reads what may never come, standard input or a pipe, until the import is stopped: a read that waits cannot be.
type roer struct {
	ctx   context.Context
	biter chan []byte
	slutt error // once biter is closed: why
	rest  []byte
}

func newRoer(ctx context.Context, r io.Reader) *roer {
	p := &roer{ctx: ctx, biter: make(chan []byte)}
	go func() {
		defer close(p.biter)
		for p.slutt == nil {
			b := make([]byte, 64<<10)
			var n int
			n, p.slutt = r.Read(b)
			select {
			case p.biter <- b[:n]:
			case <-ctx.Done():
				return
			}
		}
	}()
	return p
}

func (p *roer) Read(into []byte) (int, error) {
	for len(p.rest) == 0 {
		var more bool
		select {
		case p.rest, more = <-p.biter:
			if !more {
				return 0, p.slutt
			}
		case <-p.ctx.Done():
			return 0, p.ctx.Err()
		}
	}
	n := copy(into, p.rest)
	p.rest = p.rest[n:]
	return n, nil
}
