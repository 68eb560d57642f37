package store

import "sync"

// reserve are readers of a file beside those that questions wait for: they take the places of those that answers keep
// until they are written. So there are as many connections as there are such answers at once, and some stay for the next.
type reserve struct {
	mu     sync.Mutex
	ledige []*reader
	lukket bool
}

// reserveMaks is how many stay: the border writes no more long answers at once.
const reserveMaks = 16

// fraReserven is a reader, a new one when none is left.
func (u *utgave) fraReserven() (*reader, error) {
	u.reserve.mu.Lock()
	if n := len(u.reserve.ledige); n > 0 {
		r := u.reserve.ledige[n-1]
		u.reserve.ledige = u.reserve.ledige[:n-1]
		u.reserve.mu.Unlock()
		return r, nil
	}
	u.reserve.mu.Unlock()
	return u.newReader()
}

// tilReserven lays a reader by, or closes it when it is one too many or the file has been closed meanwhile.
func (u *utgave) tilReserven(r *reader) {
	u.reserve.mu.Lock()
	stays := !u.reserve.lukket && len(u.reserve.ledige) < reserveMaks
	if stays {
		u.reserve.ledige = append(u.reserve.ledige, r)
	}
	u.reserve.mu.Unlock()
	if !stays {
		r.c.Close()
	}
}

func (r *reserve) close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.lukket = true
	for _, r := range r.ledige {
		r.c.Close()
	}
	r.ledige = nil
}
