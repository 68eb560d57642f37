package load

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

const body = "<question/>"

func next(b []byte) []byte {
	return fmt.Appendf(b, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n%s", len(body), body)
}

// serve counts the questions that came whole.
func serve(t *testing.T, answer func(n int64, w http.ResponseWriter)) (addr string, asked *atomic.Int64) {
	asked = new(atomic.Int64)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if text, err := io.ReadAll(r.Body); err != nil || string(text) != body {
			t.Errorf("asked %q: %v", text, err)
		}
		answer(asked.Add(1), w)
	}))
	t.Cleanup(s.Close)
	return strings.TrimPrefix(s.URL, "http://"), asked
}

func TestEveryAnswerIsCounted(t *testing.T) {
	long := strings.Repeat("0123456789", 100_000) // more than one read, in chunks
	addr, asked := serve(t, func(_ int64, w http.ResponseWriter) { io.WriteString(w, long) })
	began := int64(-1)
	r, err := Closed{Addr: addr, Connections: 3, Next: next, Warm: 20 * time.Millisecond, For: 50 * time.Millisecond,
		Began: func() { began = asked.Load() }}.Run()
	if err != nil {
		t.Fatal(err)
	}
	if began < 3 || int64(r.Answered) != asked.Load()-began || r.Answered < 3 {
		t.Errorf("%d counted, %d asked, %d of them before it counted", r.Answered, asked.Load(), began)
	}
	if r.Bytes != int64(r.Answered*len(long)) || len(r.Whole) != r.Answered || len(r.First) != r.Answered {
		t.Errorf("%d bytes, %d and %d times of %d answers", r.Bytes, len(r.Whole), len(r.First), r.Answered)
	}
	for i := range r.Whole {
		if r.First[i] <= 0 || r.Whole[i] < r.First[i] {
			t.Fatalf("the first byte came after %v, the last after %v", r.First[i], r.Whole[i])
		}
	}
}

func TestAnswerByAnotherStatusEndsTheMeasurement(t *testing.T) {
	addr, _ := serve(t, func(n int64, w http.ResponseWriter) {
		if n == 10 {
			http.Error(w, "", http.StatusInternalServerError)
		}
	})
	if _, err := (Closed{Addr: addr, Connections: 2, Next: next, For: time.Minute}).Run(); err == nil || !strings.Contains(err.Error(), "500") {
		t.Errorf("it ended with %v", err)
	}
}

func TestRefusalsAreToldFromFailures(t *testing.T) {
	addr, _ := serve(t, func(n int64, w http.ResponseWriter) {
		switch n % 5 {
		case 0:
			w.Header().Set("Retry-After", "1")
			w.Header().Set("Connection", "close")
			http.Error(w, "", http.StatusServiceUnavailable)
		case 1:
			http.Error(w, "", http.StatusServiceUnavailable) // does not say when to come again
		case 2:
			panic(http.ErrAbortHandler)
		}
	})
	o, err := Open{Addr: addr, Connections: 4, Next: next, PerSecond: 500, For: 200 * time.Millisecond, Patience: time.Minute}.Run()
	if err != nil {
		t.Fatal(err)
	}
	if o.Answered == 0 || o.Refused == 0 || o.Other < o.Refused || o.Answered+o.Refused+o.Other != o.Asked || o.Asked > o.Due || len(o.Whole) != o.Answered {
		t.Errorf("%+v", o)
	}
}

func TestWhoWaitsDoesNotAskAgain(t *testing.T) {
	addr, asked := serve(t, func(int64, http.ResponseWriter) { time.Sleep(100 * time.Millisecond) })
	o, err := Open{Addr: addr, Connections: 2, Next: next, PerSecond: 1000, For: 50 * time.Millisecond, Patience: time.Minute}.Run()
	if err != nil || asked.Load() != 2 || o.Asked != 2 || o.Answered != 2 || o.Due <= 2 {
		t.Errorf("%d asked: %+v, %v", asked.Load(), o, err)
	}
}
