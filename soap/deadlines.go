package soap

import (
	"context"
	"sync/atomic"
	"time"
)

// deadlines gives out contexts that end when patience does. Questions that come at nearly the same time share one, since
// a context with a timer of its own costs a question more than the border does otherwise. They do not end with the
// request's context: net/http cancels that when a client closes its sending half, as old ones do, and still reads.
type deadlines struct {
	patience time.Duration
	latest   atomic.Pointer[deadline]
}

type deadline struct {
	context.Context
	begun time.Time
}

// sharedFor is how long one context is given out, and so how much longer than patience a question may take.
const sharedFor = 100 * time.Millisecond

// next is a context that ends when patience has passed, or a little later.
func (d *deadlines) next() context.Context {
	now := time.Now()
	if latest := d.latest.Load(); latest != nil && now.Sub(latest.begun) < sharedFor {
		return latest.Context
	}
	ctx, cancel := context.WithTimeout(context.Background(), d.patience+sharedFor)
	context.AfterFunc(ctx, cancel) // it is never cancelled before its time
	d.latest.Store(&deadline{ctx, now})
	return ctx
}
