package soap

import (
	"context"
	"io"
	"net/http"
	"time"
)

// The probes: paths that an operator's machinery asks. Neither tells more than one bit.
const (
	livePath  = "/livez"  // the process answers; it never asks the register
	readyPath = "/readyz" // the register and the consumers can be read, the audit log written, and the program was not told to stop
)

// readyPatience is how long the register may take to show that it can be read.
const readyPatience = time.Second

// serveProbe answers GET and HEAD of a probe with "ok" or, and 503, "not ready".
func (h *handler) serveProbe(w http.ResponseWriter, r *http.Request) {
	if !reads(r.Method) {
		notAllowed(w, "GET, HEAD")
		return
	}
	status, text := http.StatusOK, "ok\n"
	if r.URL.Path == readyPath && !h.ready(r.Context()) {
		status, text = http.StatusServiceUnavailable, "not ready\n"
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	// A write fails only when the client has gone.
	_, _ = io.WriteString(w, text)
}

func (h *handler) ready(ctx context.Context) bool {
	select {
	case <-h.config.Stopping:
		return false
	default:
	}
	ctx, cancel := context.WithTimeout(ctx, readyPatience)
	defer cancel()
	return h.config.Store.Ready(ctx) == nil && (h.config.Logg == nil || h.config.Logg.Ready() == nil) &&
		(h.config.Port == nil || h.config.Port.Ready() == nil)
}
