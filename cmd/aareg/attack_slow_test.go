package main

import (
	"io"
	"net"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// slow are the ways to be slow, and how many clients go each of them: 200 in all.
var slow = []struct {
	name    string
	clients int
	act     func(*slowClient)
}{
	{"say nothing", 60, (*slowClient).silent},
	{"send a head byte by byte", 63, (*slowClient).slowHead},
	{"send a body byte by byte", 63, (*slowClient).slowBody},
	{"hardly read a long answer", 14, (*slowClient).slowReader},
}

// slowClient is slow on one connection after the other.
type slowClient struct {
	t       *testing.T
	p       *program
	stop    <-chan struct{}
	begun   func()       // called when it is at it, once: for a reader, when the first piece of its answer is there
	cut     atomic.Int64 // connections that the program closed
	partial atomic.Int64 // of these, in the middle of an answer
}

// lull is the pause of those who send byte by byte.
const lull = 400 * time.Millisecond

// checkSlowClients asks good questions alone, and then among 200 slow clients until the slowest of them are cut.
func checkSlowClients(t *testing.T, p *program) {
	alone, among := 3*time.Second, 35*time.Second // readers are cut after 30
	if testing.Short() {
		alone, among = time.Second, 4*time.Second
	}
	idle := measure(t, p, alone)
	stop := make(chan struct{})
	var running, connected sync.WaitGroup
	crowd := map[string][]*slowClient{}
	for _, way := range slow {
		for range way.clients {
			c := &slowClient{t: t, p: p, stop: stop, begun: sync.OnceFunc(connected.Done)}
			crowd[way.name] = append(crowd[way.name], c)
			connected.Add(1)
			running.Go(func() { way.act(c) })
		}
	}
	connected.Wait()
	during := measure(t, p, among)
	close(stop)
	running.Wait()
	for _, way := range slow {
		var cut, partial int64
		for _, c := range crowd[way.name] {
			cut, partial = cut+c.cut.Load(), partial+c.partial.Load()
		}
		t.Logf("%d clients who %s: cut %d times, %d of them in an answer", way.clients, way.name, cut, partial)
		if needed := int64(way.clients); cut < needed && !testing.Short() {
			t.Errorf("of %d clients who %s only %d were cut", needed, way.name, cut)
		}
	}
	verdict := "below"
	ratio := float64(during.p99) / float64(idle.p99)
	if ratio >= 2 {
		verdict = "NOT below"
	}
	t.Logf("p99 of a good client: %v idle (%d questions), %v among 200 slow clients (%d questions): %.2f times, %s twice",
		idle.p99, idle.asked, during.p99, during.asked, ratio, verdict)
	p.checkMemory(t)
}

type measurement struct {
	p99   time.Duration
	asked int
}

// measure asks good questions one after the other, at a pace that leaves the machine mostly idle.
func measure(t *testing.T, p *program, length time.Duration) measurement {
	t.Helper()
	var took []time.Duration
	for end := time.Now().Add(length); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		client := newGoodClient(t, p)
		for range 5 {
			begun := time.Now()
			if got := client.ask(); got != komplett {
				t.Errorf("a good question got %q", got)
			}
			took = append(took, time.Since(begun))
		}
		client.conn.Close()
	}
	slices.Sort(took)
	return measurement{took[len(took)*99/100].Round(time.Microsecond), len(took)}
}

// each connects again and again, until it is told to stop; use returns when the program has cut the connection.
func (c *slowClient) each(use func(net.Conn) error) {
	defer c.begun()
	for {
		conn := c.p.dialDeaf(c.t)
		released := make(chan struct{})
		go func() {
			select {
			case <-c.stop:
				_ = conn.SetDeadline(time.Now())
			case <-released:
			}
		}()
		err := use(conn)
		close(released)
		conn.Close()
		select {
		case <-c.stop:
			return
		default:
		}
		if err != nil && !isTimeout(err) {
			c.cut.Add(1)
		}
	}
}

func isTimeout(err error) bool {
	failed, ok := err.(net.Error)
	return ok && failed.Timeout()
}

// ended reads until the program closes the connection.
func ended(conn net.Conn) error {
	if _, err := io.Copy(io.Discard, conn); err != nil {
		return err
	}
	return io.EOF
}

func (c *slowClient) silent() {
	c.each(func(conn net.Conn) error {
		c.begun()
		return ended(conn)
	})
}

func (c *slowClient) slowHead() {
	c.each(func(conn net.Conn) error { return c.drip(conn, good) })
}

func (c *slowClient) slowBody() {
	c.each(func(conn net.Conn) error {
		head, body, _ := strings.Cut(good, "\r\n\r\n")
		if _, err := io.WriteString(conn, head+"\r\n\r\n"); err != nil {
			return err
		}
		return c.drip(conn, body)
	})
}

// drip sends byte by byte until the program closes the connection.
func (c *slowClient) drip(conn net.Conn, text string) error {
	c.begun()
	over := make(chan error, 1)
	go func() { over <- ended(conn) }()
	for i := range text {
		select {
		case err := <-over:
			return err
		case <-time.After(lull):
		}
		_, _ = io.WriteString(conn, text[i:i+1]) // when it fails, over tells
	}
	return <-over
}

// slowReader reads a long answer 500 bytes at a time for longer than an answer may take; then what is left of it must end
// before its end.
func (c *slowClient) slowReader() {
	c.each(func(conn net.Conn) error {
		if _, err := io.WriteString(conn, post(textXML, envelope(stor))); err != nil {
			return err
		}
		piece := make([]byte, 500)
		for end := time.Now().Add(31 * time.Second); time.Now().Before(end); {
			if _, err := conn.Read(piece); err != nil {
				return err
			}
			c.begun()
			select {
			case <-c.stop:
				return nil
			case <-time.After(lull):
			}
		}
		rest, err := io.ReadAll(conn)
		if isTimeout(err) {
			return err
		}
		if !strings.HasSuffix(string(rest), "0\r\n\r\n") { // the last chunk never came
			c.partial.Add(1)
			return io.ErrUnexpectedEOF
		}
		c.t.Error("a slow reader got a long answer to its end")
		return nil
	})
}
