package soap

import (
	"bytes"
	"context"
	"net"
	"net/http"
	"sync"
)

// head watches the bytes of one request's head as they come. net/http reads some heads leniently that a proxy may
// read otherwise; where the two disagree about the end of a request, one client's bytes become another's question.
type head struct {
	mu      sync.Mutex
	line    []byte // of the line under way, as much as is looked at
	begun   bool   // a line came; before it, empty ones are nothing: old clients send one behind a body
	done    bool   // the empty line came
	bareLF  bool   // a line ended without CR
	lengths int    // Content-Length, how often
	codings int    // Transfer-Encoding, how often
}

// lookedAt is how much of a line is kept: enough for the two names.
const lookedAt = len("transfer-encoding:") + 1

// watch looks at bytes that were read from the connection.
func (h *head) watch(read []byte) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for len(read) > 0 && !h.done {
		at := bytes.IndexByte(read, '\n')
		if at < 0 {
			h.keep(read)
			return
		}
		line := read[:at]
		if len(h.line) > 0 {
			h.keep(line)
			line = h.line
		}
		h.endLine(line)
		h.line = h.line[:0]
		read = read[at+1:]
	}
}

// keep adds to the line under way; of what is too long for it, the last byte alone stays, since it may be the CR.
func (h *head) keep(part []byte) {
	if len(part) == 0 {
		return
	}
	room := lookedAt - len(h.line)
	if len(part) <= room {
		h.line = append(h.line, part...)
		return
	}
	h.line = append(h.line, part[:room]...)
	h.line[lookedAt-1] = part[len(part)-1]
}

var (
	contentLength    = []byte("content-length")
	transferEncoding = []byte("transfer-encoding")
)

// endLine looks at a line, or at what was kept of it.
func (h *head) endLine(line []byte) {
	line, endsInCR := bytes.CutSuffix(line, []byte("\r"))
	name := line
	if at := bytes.IndexByte(line, ':'); at >= 0 {
		name = line[:at]
	}
	switch len(name) {
	case 0:
		if !h.begun {
			return
		}
		h.done = true
	case len(contentLength):
		if bytes.EqualFold(name, contentLength) {
			h.lengths++
		}
	case len(transferEncoding):
		if bytes.EqualFold(name, transferEncoding) {
			h.codings++
		}
	}
	h.begun = true
	h.bareLF = h.bareLF || !endsInCR
}

// next expects another head.
func (h *head) next() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.line, h.begun, h.done, h.bareLF, h.lengths, h.codings = h.line[:0], false, false, false, 0, 0
}

// ambiguous says whether a proxy might see another request in the same bytes: by bare line feeds, two lengths, a length
// and a coding, or because it was sent before the one before it was answered, as smuggled ones are.
func (h *head) ambiguous() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return !h.done || h.bareLF || h.lengths > 1 || h.lengths+h.codings > 1
}

type connectionKey struct{}

// remember lets a request find its connection.
func remember(ctx context.Context, c net.Conn) context.Context {
	return context.WithValue(ctx, connectionKey{}, c)
}

// follow tells a connection that the next request begins.
func follow(c net.Conn, state http.ConnState) {
	if ours, ok := c.(*connection); ok && state == http.StateIdle {
		ours.head.next()
	}
}

// refuseAmbiguous answers 400 to a request whose end could be disputed, and closes the connection. It tells the request
// of its TLS, too, which net/http does not see, and has a connection that another one waits for closed behind the answer.
func refuseAmbiguous(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ours, ok := r.Context().Value(connectionKey{}).(*connection)
		if ok && ours.tls != nil {
			state := ours.tls.ConnectionState()
			r.TLS = &state
		}
		if ok && ours.head.ambiguous() {
			w.Header().Set("Connection", "close")
			http.Error(w, "the request's end is ambiguous", http.StatusBadRequest)
			return
		}
		if ok && ours.crowded.Load() {
			w.Header().Set("Connection", "close")
		}
		next.ServeHTTP(w, r)
	})
}
