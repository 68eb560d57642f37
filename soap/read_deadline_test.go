package soap

import (
	"errors"
	"net"
	"os"
	"testing"
	"time"
)

// connected is a connection, and its client's end.
func connected(t *testing.T) (*connection, net.Conn) {
	t.Helper()
	l, err := listen("127.0.0.1:0", 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	client, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	served, err := l.Accept()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { client.Close(); served.Close() })
	return served.(*connection), client
}

// deadlineOf fails the test when a deadline is refused.
func deadlineOf(t *testing.T, set func(time.Time) error, at time.Time) {
	t.Helper()
	if err := set(at); err != nil {
		t.Fatal(err)
	}
}

func TestReadsKeepToTheirDeadlineWheneverItIsSet(t *testing.T) {
	var never time.Time
	netHTTPs := time.Unix(1, 0) // as net/http ends a read at once
	soon := func() time.Time { return time.Now().Add(20 * time.Millisecond) }
	for name, c := range map[string]struct {
		before, during func() time.Time // nil: it is not set
		ended          bool
	}{
		"none":                             {nil, nil, false},
		"past, before":                     {func() time.Time { return time.Now().Add(-time.Second) }, nil, true},
		"net/http's, before":               {func() time.Time { return netHTTPs }, nil, true},
		"soon, before":                     {soon, nil, true},
		"soon, during":                     {nil, soon, true},
		"net/http's, during":               {nil, func() time.Time { return netHTTPs }, true},
		"an hour before, and never during": {func() time.Time { return time.Now().Add(time.Hour) }, func() time.Time { return never }, false},
		"never before, and an hour during": {func() time.Time { return never }, func() time.Time { return time.Now().Add(time.Hour) }, false},
		"an hour before, and soon during":  {func() time.Time { return time.Now().Add(time.Hour) }, soon, true},
	} {
		t.Run(name, func(t *testing.T) {
			served, client := connected(t)
			for range 3 { // what ended one read is nothing to the next
				deadlineOf(t, served.SetReadDeadline, never)
				if c.before != nil {
					deadlineOf(t, served.SetReadDeadline, c.before())
				}
				read := make(chan error, 1)
				go func() {
					_, err := served.Read(make([]byte, 1))
					read <- err
				}()
				if c.during != nil {
					for !served.readDeadline.underWay() {
						time.Sleep(time.Millisecond)
					}
					deadlineOf(t, served.SetReadDeadline, c.during())
				}
				if !c.ended {
					if _, err := client.Write([]byte("a")); err != nil {
						t.Fatal(err)
					}
				}
				err := <-read
				if failed, ok := err.(net.Error); c.ended != (ok && failed.Timeout() && errors.Is(err, os.ErrDeadlineExceeded)) || !c.ended && err != nil {
					t.Fatalf("the read ended with %v", err)
				}
			}
		})
	}
}

func (d *readDeadline) underWay() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.reading
}

func TestBothDeadlinesAreSetTogether(t *testing.T) {
	served, _ := connected(t)
	deadlineOf(t, served.SetDeadline, time.Now().Add(-time.Second))
	if _, err := served.Read(make([]byte, 1)); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("a read ended with %v", err)
	}
	if _, err := served.Write([]byte("a")); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("a write ended with %v", err)
	}
}

// deadlineCounter counts the deadlines that are set in earnest.
type deadlineCounter struct {
	halfCloser
	sets int
}

func (c *deadlineCounter) SetReadDeadline(t time.Time) error {
	c.sets++
	return c.halfCloser.SetReadDeadline(t)
}

// TestADeadlineIsSetInEarnestForAReadAlone sets those that net/http sets for a question.
func TestADeadlineIsSetInEarnestForAReadAlone(t *testing.T) {
	served, client := connected(t)
	counter := &deadlineCounter{halfCloser: served.halfCloser}
	served.halfCloser = counter
	const questions = 10
	for range questions {
		deadlineOf(t, served.SetReadDeadline, time.Now().Add(time.Hour))
		if _, err := client.Write([]byte("a")); err != nil {
			t.Fatal(err)
		}
		if _, err := served.Read(make([]byte, 1)); err != nil {
			t.Fatal(err)
		}
		for _, at := range []time.Time{time.Now().Add(time.Minute), time.Now().Add(2 * time.Minute), {}, time.Unix(1, 0), {}} {
			deadlineOf(t, served.SetReadDeadline, at)
		}
	}
	if counter.sets != questions {
		t.Errorf("set %d times for %d questions", counter.sets, questions)
	}
}
