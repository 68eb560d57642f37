package sqlite

import (
	"context"
	"sync"

	sqlite3 "modernc.org/sqlite/lib"
)

// interrupts has a connection give up when the context is done that it works for. Many questions come with the same one, which
// is followed as long as no other comes: to begin and to end that for each costs more than to tell which it is.
type interrupts struct {
	mu       sync.Mutex
	under    context.Context // what the connection works for; nil: for nothing that ends
	followed context.Context // touched by those alone who use the connection
	leave    func() bool
}

// InterruptOn has the connection give up what it is doing, with SQLITE_INTERRUPT, when ctx is done, until Uninterrupted. It is
// called on the goroutine that uses the connection.
func (c *Conn) InterruptOn(ctx context.Context) {
	if ctx.Done() == nil {
		return
	}
	i := &c.interrupts
	i.mu.Lock()
	i.under = ctx
	i.mu.Unlock()
	if i.followed == ctx {
		return
	}
	i.unfollow()
	i.followed = ctx
	i.leave = context.AfterFunc(ctx, func() {
		i.mu.Lock()
		defer i.mu.Unlock()
		if i.under == ctx {
			sqlite3.Xsqlite3_interrupt(c.tls, c.db)
		}
	})
}

// Uninterrupted ends InterruptOn: after it nothing is interrupted any more.
func (c *Conn) Uninterrupted() {
	c.interrupts.mu.Lock()
	c.interrupts.under = nil
	c.interrupts.mu.Unlock()
}

func (i *interrupts) unfollow() {
	if i.leave != nil {
		i.leave()
	}
	i.followed, i.leave = nil, nil
}
