package load

import (
	"errors"
	"strings"
	"testing"
)

const (
	head    = "HTTP/1.1 200 OK\r\nContent-Type: text/xml; charset=utf-8\r\n"
	plain   = head + "Content-Length: 5\r\n\r\nabcde"
	empty   = head + "Content-Length: 0\r\n\r\n"
	chunked = head + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n1a\r\n" + "abcdefghijklmnopqrstuvwxyz" + "\r\n0\r\n\r\n"
	busy    = "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\nContent-Length: 2\r\n\r\nno"
)

func TestAnswerIsTheSameInWhateverPiecesItComes(t *testing.T) {
	for _, c := range []struct {
		answer        string
		status        int
		body          int64
		closes, retry bool
	}{{plain, 200, 5, false, false}, {empty, 200, 0, false, false}, {chunked, 200, 29, false, false}, {busy, 503, 2, true, true}} {
		for size := 1; size <= len(c.answer); size++ {
			var r reader
			for rest := c.answer; ; {
				n := min(size, len(rest))
				done, err := r.feed([]byte(rest[:n]))
				rest = rest[n:]
				if err != nil || done != (rest == "") {
					t.Fatalf("in pieces of %d: done %v with %d bytes to come: %v\n%s", size, done, len(rest), err, c.answer)
				}
				if done {
					break
				}
			}
			if r.status != c.status || r.body != c.body || r.closes != c.closes || r.retry != c.retry {
				t.Errorf("in pieces of %d: status %d, %d bytes, closes %v, retry %v\n%s", size, r.status, r.body, r.closes, r.retry, c.answer)
			}
			if r.next(); r.state != inHead || r.body != 0 {
				t.Errorf("the next answer begins with %+v", r)
			}
		}
	}
}

func TestWhatIsNoAnswerIsRefused(t *testing.T) {
	for text, want := range map[string]error{
		plain + "f": errMore,
		"HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n":       errAnswer,
		"HTTP/1.1 OK\r\n\r\n":                                errAnswer,
		head + "\r\n":                                        errAnswer, // no length
		head + "Content-Length: five\r\n\r\n":                errAnswer,
		head + "Transfer-Encoding: chunked\r\n\r\nwide\r\n":  errAnswer,
		"HTTP/1.1 200 OK\r\n" + strings.Repeat("x", maxLine): errAnswer,
	} {
		var r reader
		if _, err := r.feed([]byte(text)); !errors.Is(err, want) {
			t.Errorf("%.60q: %v, want %v", text, err, want)
		}
	}
}
