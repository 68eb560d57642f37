package soap

import (
	"crypto/tls"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// The limits of one connection and of all of them. Go's own default for the times is none at all.
const (
	// readHeaderTimeout is how long a request's head may take, from its first byte, or from the start of a connection
	// that says nothing.
	readHeaderTimeout = 5 * time.Second
	// readTimeout is how long a whole request may take: a slow body is cut here.
	readTimeout = 10 * time.Second
	// writeTimeout is how long an answer may take, counted from the end of the request's head: a client that does not
	// read is cut here.
	writeTimeout = 30 * time.Second
	// idleTimeout is how long a connection may wait for its next request.
	idleTimeout = 60 * time.Second
	// maxHead is the limit of a request's head in bytes; net/http allows 4 KiB above it, then answers 431.
	maxHead = 16 << 10
	// maxConnections are served at once. One more is taken from the operating system's listen queue and waits, unanswered,
	// until one of these is closed; while it does, each of them is closed when it has been answered, so that busy ones
	// give way too. Others stay in the queue, and what does not fit that is refused by the operating system.
	maxConnections = 512
)

// NewServer is the service with the limits that a border needs: questions, the contract, and the probes. The process is
// from then on one that serves: it collects garbage less often.
func NewServer(c Config) *http.Server {
	tuneMemory()
	if c.Log == nil {
		c.Log = slog.Default()
	}
	return &http.Server{
		Handler:           refuseAmbiguous(NewHandler(c)),
		ConnContext:       remember,
		ConnState:         follow,
		ReadHeaderTimeout: readHeaderTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHead,
		ErrorLog:          slog.NewLogLogger(c.Log.Handler(), slog.LevelWarn),
		// OPTIONS * is a method like any other: 405.
		DisableGeneralOptionsHandler: true,
	}
}

// Listen listens on host:port over TCP, for at most 512 connections at once.
func Listen(addr string) (net.Listener, error) { return listen(addr, maxConnections, nil) }

func listen(addr string, connections int, config *tls.Config) (net.Listener, error) {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, err
	}
	tcp, ok := l.(*net.TCPListener)
	if !ok {
		return nil, errors.Join(errors.New("listen: not TCP"), l.Close())
	}
	return &listener{TCPListener: tcp, connections: make(places, connections), tls: config, closed: make(chan struct{})}, nil
}

// listener serves a connection only when there is a place for it.
type listener struct {
	*net.TCPListener
	connections places
	waits       atomic.Bool // a connection does, for a place
	tls         *tls.Config // nil: plain
	closed      chan struct{}
	closing     sync.Once
}

// Accept waits for a connection, then for a place.
func (l *listener) Accept() (net.Conn, error) {
	conn, err := l.AcceptTCP()
	if err != nil {
		return nil, err
	}
	if !l.connections.take(0) && !l.wait() {
		return nil, errors.Join(net.ErrClosed, conn.Close())
	}
	c := &connection{halfCloser: conn, tcp: conn, free: sync.OnceFunc(l.connections.free), crowded: &l.waits}
	if l.tls != nil {
		c.tls = tls.Server(conn, l.tls)
		c.halfCloser = c.tls
	}
	return c, nil
}

// wait waits for a place; false when the listener is closed meanwhile.
func (l *listener) wait() bool {
	l.waits.Store(true)
	defer l.waits.Store(false)
	select {
	case l.connections <- struct{}{}:
		return true
	case <-l.closed:
		return false
	}
}

// Close stops listening; connections that were taken stay open.
func (l *listener) Close() error {
	l.closing.Do(func() { close(l.closed) })
	return l.TCPListener.Close()
}

// connection gives its place back when it is closed. What is read from it has been decrypted: net/http does not see
// that there is TLS below, and so leaves the bytes of each request's head to be watched here.
type connection struct {
	halfCloser              // what is read and written: the TCP connection, or TLS over it
	tcp        *net.TCPConn // never read or written but by halfCloser
	tls        *tls.Conn    // nil: plain
	free       func()
	crowded    *atomic.Bool // another one waits for its place
	head       head
	held       held
}

// halfCloser is a connection of which net/http can close one half first, so that a client who is still sending sees the
// answer.
type halfCloser interface {
	net.Conn
	CloseWrite() error
}

// Read reads, and looks at the head of each request on its way. Over TLS the first read shakes hands, within the time
// that a head may take.
func (c *connection) Read(p []byte) (int, error) {
	n, err := c.halfCloser.Read(p)
	c.head.watch(p[:n])
	return n, err
}

// SetLinger says what becomes of what was not sent when the connection is closed, as of a TCP connection.
func (c *connection) SetLinger(seconds int) error { return c.tcp.SetLinger(seconds) }

// Close closes the connection.
func (c *connection) Close() error {
	c.free()
	return c.halfCloser.Close()
}
