package load

import (
	"errors"
	"fmt"
	"net/netip"
	"time"

	"golang.org/x/sys/unix"
)

// conn is one connection: at most one question is under way on it.
type conn struct {
	fd     int
	asking bool
	due    time.Duration // when the question was to be asked, from the start of the run
	first  time.Duration // when its first byte came; 0: not yet
	answer reader
	out    []byte
}

// poller waits for many connections at once, in one goroutine.
type poller struct {
	fd     int
	began  time.Time
	to     unix.Sockaddr
	conns  []*conn
	events []unix.EpollEvent
	in     []byte
}

const (
	maxEvents  = 256
	readBuffer = 256 << 10 // bytes: several pieces of a long answer at once
)

func newPoller(addr string) (*poller, error) {
	host, err := netip.ParseAddrPort(addr)
	if err != nil || !host.Addr().Is4() {
		return nil, fmt.Errorf("load: %q is no IPv4 address with a port", addr)
	}
	fd, err := unix.EpollCreate1(unix.EPOLL_CLOEXEC)
	if err != nil {
		return nil, fmt.Errorf("load: %w", err)
	}
	return &poller{fd: fd, began: time.Now(), to: &unix.SockaddrInet4{Port: int(host.Port()), Addr: host.Addr().As4()},
		events: make([]unix.EpollEvent, maxEvents), in: make([]byte, readBuffer)}, nil
}

func (p *poller) close() {
	for _, c := range p.conns {
		_ = unix.Close(c.fd) // nothing is lost with it
	}
	_ = unix.Close(p.fd)
}

// now is the time since the run began.
func (p *poller) now() time.Duration { return time.Since(p.began) }

// dial opens one more connection.
func (p *poller) dial() (*conn, error) {
	c := &conn{}
	if err := p.redial(c, len(p.conns)); err != nil {
		return nil, err
	}
	p.conns = append(p.conns, c)
	return c, nil
}

// redial opens a connection anew at its place among all.
func (p *poller) redial(c *conn, place int) error {
	fd, err := unix.Socket(unix.AF_INET, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return fmt.Errorf("load: %w", err)
	}
	err = errors.Join(unix.Connect(fd, p.to), unix.SetNonblock(fd, true), unix.SetsockoptInt(fd, unix.IPPROTO_TCP, unix.TCP_NODELAY, 1),
		unix.EpollCtl(p.fd, unix.EPOLL_CTL_ADD, fd, &unix.EpollEvent{Events: unix.EPOLLIN, Fd: int32(place)}))
	if err != nil {
		unix.Close(fd)
		return fmt.Errorf("load: connect: %w", err)
	}
	c.fd, c.asking = fd, false
	return nil
}

// ask sends one question. A question is far smaller than what the operating system takes at once.
func (p *poller) ask(c *conn, next Next, due time.Duration) error {
	c.out = next(c.out[:0])
	c.asking, c.due, c.first = true, due, 0
	c.answer.next()
	n, err := unix.Write(c.fd, c.out)
	if err != nil {
		return fmt.Errorf("load: ask: %w", err)
	}
	if n != len(c.out) {
		return errors.New("load: ask: a question went out in part")
	}
	return nil
}

// wait calls each with every connection that has something to read, at the latest after timeout.
func (p *poller) wait(timeout time.Duration, each func(c *conn, place int) error) error {
	// The system's clock has milliseconds here; what is due sooner is looked for at once.
	n, err := unix.EpollWait(p.fd, p.events, int(timeout/time.Millisecond))
	if errors.Is(err, unix.EINTR) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("load: %w", err)
	}
	for _, e := range p.events[:n] {
		if err := each(p.conns[e.Fd], int(e.Fd)); err != nil {
			return err
		}
	}
	return nil
}

var errCut = errors.New("load: the connection was closed within an answer")

// read takes what has come of an answer, and says whether it is complete.
func (p *poller) read(c *conn) (done bool, err error) {
	n, err := unix.Read(c.fd, p.in)
	switch {
	case errors.Is(err, unix.EAGAIN):
		return false, nil
	case err != nil:
		return false, fmt.Errorf("load: read: %w", err)
	case n == 0:
		return false, errCut
	}
	if c.first == 0 {
		c.first = p.now()
	}
	return c.answer.feed(p.in[:n])
}
