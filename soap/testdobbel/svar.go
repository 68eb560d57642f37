package testdobbel

import (
	"bytes"
	"net/http"
	"strconv"
	"strings"
	"time"

	"aareg/soap"
)

// header tells a client's tests what an answer came from.
const header = "X-Aareg-Test"

// ask answers a question as it is to be answered. What it came to is in the journal before the first byte leaves.
func (d *Dobbel) ask(reg *register, w http.ResponseWriter, r *http.Request, q soap.Question, answer func(http.ResponseWriter, error)) {
	t := d.find(q)
	tell := func(outcome string) {
		if t.source == "register" && outcome == "ingen" && t.why == "" {
			t.why = "nothing has this in the register, which is " + reg.name
		}
		d.journal.add(q, t, outcome)
		w.Header().Set(header, strings.TrimSuffix(t.source+"; "+t.why, "; "))
	}
	c := t.scenario
	if c == nil {
		c = new(Scenario)
	}
	if c.Latency.to > 0 || c.Dribble != nil {
		d.unhurried(w)
		d.sleep(t.latency)
		d.hurried(w, r)
	}
	switch {
	case c.HTTP != 0:
		tell("http " + strconv.Itoa(c.HTTP))
		if c.HTTP == http.StatusServiceUnavailable {
			w.Header().Set("Retry-After", "1")
		}
		http.Error(w, "asked for of the test double", c.HTTP)
		return
	case c.Transport == "reset" || c.Transport == "empty":
		tell(c.Transport)
		d.hangUp(w, c.Transport == "reset")
		return
	case c.Transport == "garbage":
		tell(c.Transport)
		w.Header().Set("Content-Type", "text/xml; charset=utf-8")
		_, _ = w.Write([]byte("\x00\xff\xfe this is no XML <<<&")) // fails only when the client has gone
		return
	}
	s := &writer{ResponseWriter: w, tell: tell, hold: c.Dribble != nil || c.Transport == "truncated"}
	answer(s, t.instead)
	s.begin(nil)
	switch {
	case c.Transport == "truncated":
		_, _ = w.Write(s.held.Bytes()[:s.held.Len()/2])
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler) // net/http's own way to cut an answer
	case c.Dribble != nil:
		d.dribble(w, r, s.held.Bytes(), c.Dribble)
	}
}

// unhurried takes away the limits of time that the real service has for one answer.
func (d *Dobbel) unhurried(w http.ResponseWriter) {
	c := http.NewResponseController(w)
	for _, set := range []func(time.Time) error{c.SetWriteDeadline, c.SetReadDeadline} {
		if err := set(time.Time{}); err != nil {
			d.config.Log.Warn("an answer is not given its time", "error", err.Error())
		}
	}
}

// hurried begins the server's limit for an answer anew, so that a client that does not read is cut as always.
func (d *Dobbel) hurried(w http.ResponseWriter, r *http.Request) {
	server, ok := r.Context().Value(http.ServerContextKey).(*http.Server)
	if !ok || server.WriteTimeout <= 0 {
		return
	}
	if err := http.NewResponseController(w).SetWriteDeadline(time.Now().Add(server.WriteTimeout)); err != nil {
		d.config.Log.Warn("an answer is without its limit of time", "error", err.Error())
	}
}

// sleep waits, but not longer than the program runs.
func (d *Dobbel) sleep(t time.Duration) {
	timer := time.NewTimer(t)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-d.config.Stopping:
	}
}

// hangUp closes the connection without an answer, by a TCP RST or in the ordinary way.
func (d *Dobbel) hangUp(w http.ResponseWriter, reset bool) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler) // closes it at least
	}
	defer conn.Close()
	if tcp, ok := conn.(interface{ SetLinger(seconds int) error }); ok && reset {
		if err := tcp.SetLinger(0); err != nil {
			d.config.Log.Warn("a connection is closed, not reset", "error", err.Error())
		}
	}
}

// dribble sends an answer piece by piece, until the client has gone.
func (d *Dobbel) dribble(w http.ResponseWriter, r *http.Request, answer []byte, how *dribble) {
	flush := http.NewResponseController(w).Flush
	for len(answer) > 0 {
		piece := answer[:min(how.Bytes, len(answer))]
		answer = answer[len(piece):]
		if _, err := w.Write(piece); err != nil || flush() != nil {
			return
		}
		d.sleep(how.Every.from)
		d.hurried(w, r)
	}
}

// writer takes an answer, tells what it is before the first byte leaves, and may hold it back.
type writer struct {
	http.ResponseWriter
	tell   func(outcome string)
	status int
	begun  bool
	hold   bool
	held   bytes.Buffer
}

// WriteHeader keeps the status for the first piece.
func (s *writer) WriteHeader(status int) { s.status = status }

// Write passes a piece on, or holds it.
func (s *writer) Write(piece []byte) (int, error) {
	s.begin(piece)
	if s.hold {
		return s.held.Write(piece)
	}
	return s.ResponseWriter.Write(piece)
}

func (s *writer) begin(piece []byte) {
	if s.begun {
		return
	}
	s.begun = true
	if s.status == 0 {
		s.status = http.StatusOK
	}
	s.tell(outcomeOf(s.status, piece))
	s.ResponseWriter.WriteHeader(s.status)
}

// outcomeOf is the statuskode or feilkode that an answer begins with; of others, the HTTP status. The service wrote the
// answer, in which "<" stands for nothing but a tag.
func outcomeOf(status int, piece []byte) string {
	for _, tag := range []string{"statuskode", "feilkode"} {
		if _, after, found := bytes.Cut(piece, []byte("<"+tag+">")); found {
			kode, _, _ := bytes.Cut(after, []byte("<"))
			return string(kode)
		}
	}
	return "http " + strconv.Itoa(status)
}
