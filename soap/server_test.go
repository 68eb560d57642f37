package soap

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"aareg/products"
	"aareg/store"
	"aareg/wsdl"
	"aareg/wsdl/bindings"
)

func TestServerHasTheLimitsOfABorder(t *testing.T) {
	server := NewServer(testConfig(io.Discard))
	got := []time.Duration{server.ReadHeaderTimeout, server.ReadTimeout, server.WriteTimeout, server.IdleTimeout}
	want := []time.Duration{5 * time.Second, 10 * time.Second, 30 * time.Second, 60 * time.Second}
	if diff := cmp.Diff(want, got); diff != "" || server.MaxHeaderBytes != 16<<10 {
		t.Errorf("%d bytes of head, times (-want +got):\n%s", server.MaxHeaderBytes, diff)
	}
}

// listening serves with at most n connections, and is the address.
func listening(t *testing.T, n int, config Config) string {
	t.Helper()
	return served(t, n, NewServer(config))
}

func served(t *testing.T, n int, server *http.Server) string {
	t.Helper()
	l, err := listen("127.0.0.1:0", n, nil)
	if err != nil {
		t.Fatal(err)
	}
	until := make(chan error, 1)
	go func() { until <- server.Serve(l) }()
	t.Cleanup(func() {
		if err := server.Shutdown(context.Background()); err != nil {
			t.Error(err)
		}
		if err := <-until; !errors.Is(err, http.ErrServerClosed) {
			t.Errorf("served until %v", err)
		}
	})
	return l.Addr().String()
}

func dialed(t *testing.T, address string) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return conn
}

func TestConnectionBeyondTheLimitWaitsForAPlace(t *testing.T) {
	address := listening(t, 1, testConfig(io.Discard))
	const live = "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n"
	first := dialed(t, address)
	ask := func(conn net.Conn) string {
		if _, err := io.WriteString(conn, live); err != nil {
			return err.Error()
		}
		answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil {
			return err.Error()
		}
		defer answer.Body.Close()
		return answer.Status
	}
	if got := ask(first); got != "200 OK" {
		t.Fatalf("the first connection got %s", got)
	}
	second := dialed(t, address)
	var waiting sync.WaitGroup
	waiting.Go(func() {
		if got := ask(second); got != "200 OK" {
			t.Errorf("the second connection got %s", got)
		}
	})
	first.Close()
	waiting.Wait()
}

// TestBusyConnectionGivesWayToOneThatWaits has a client that asks on and on, as long as it is let.
func TestBusyConnectionGivesWayToOneThatWaits(t *testing.T) {
	address := listening(t, 1, testConfig(io.Discard))
	const live = "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n"
	busy := dialed(t, address)
	answers := bufio.NewReader(busy)
	ask := func() (closes bool) {
		if _, err := io.WriteString(busy, live); err != nil {
			t.Fatal(err)
		}
		answer, err := http.ReadResponse(answers, nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, answer.Body); err != nil || answer.StatusCode != http.StatusOK {
			t.Fatalf("%s %v", answer.Status, err)
		}
		return answer.Close
	}
	if ask() {
		t.Fatal("closed, though nobody waits")
	}
	waits := dialed(t, address)
	if _, err := io.WriteString(waits, live); err != nil {
		t.Fatal(err)
	}
	for !ask() {
	}
	answer, err := http.ReadResponse(bufio.NewReader(waits), nil)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("the one that waited got %v %v", answer, err)
	}
	answer.Body.Close()
}

// TestListenerThatIsFullCanBeClosed closes it while nobody wants in, and while somebody waits.
func TestListenerThatIsFullCanBeClosed(t *testing.T) {
	for clients := range 2 {
		l, err := listen("127.0.0.1:0", 0, nil)
		if err != nil {
			t.Fatal(err)
		}
		accepted := make(chan error, 1)
		go func() { _, err := l.Accept(); accepted <- err }()
		for range clients {
			dialed(t, l.Addr().String())
			for !l.(*listener).waits.Load() {
				time.Sleep(time.Millisecond)
			}
		}
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
		if err := <-accepted; !errors.Is(err, net.ErrClosed) {
			t.Errorf("with %d clients, Accept ended with %v", clients, err)
		}
	}
}

func TestHeadThatProxiesCouldReadOtherwiseIsAmbiguous(t *testing.T) {
	for name, c := range map[string]struct {
		head string
		want bool
	}{
		"plain":                  {"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n", false},
		"chunked":                {"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", false},
		"names in values":        {"POST / HTTP/1.1\r\nX: content-length:\r\nX-Content-Length: 1\r\nContent-Length: 1\r\n\r\n", false},
		"empty line before it":   {"\r\nPOST / HTTP/1.1\r\nContent-Length: 1\r\n\r\n", false},
		"lines of the body":      {"POST / HTTP/1.1\r\nContent-Length: 1\r\n\r\nContent-Length: 2\n\n", false},
		"long line":              {"POST / HTTP/1.1\r\nX: " + strings.Repeat("a", 9000) + "\r\nContent-Length: 1\r\n\r\n", false},
		"nothing":                {"", true},
		"not whole":              {"POST / HTTP/1.1\r\nHost: x\r\n", true},
		"bare LF":                {"POST / HTTP/1.1\nHost: x\n\n", true},
		"bare LF at the end":     {"POST / HTTP/1.1\r\nHost: x\r\n\n", true},
		"bare LF on a long line": {"POST / HTTP/1.1\r\nX: " + strings.Repeat("a", 9000) + "\n\r\n", true},
		"two lengths":            {"POST / HTTP/1.1\r\ncontent-length: 1\r\nCONTENT-LENGTH: 1\r\n\r\n", true},
		"length and coding":      {"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n", true},
		"behind an empty line":   {"\r\nPOST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n", true},
	} {
		t.Run(name, func(t *testing.T) {
			var whole, bytewise head
			whole.watch([]byte(c.head))
			for i := range len(c.head) {
				bytewise.watch([]byte{c.head[i]})
			}
			if whole.ambiguous() != c.want || bytewise.ambiguous() != c.want {
				t.Errorf("at once %v, byte by byte %v; want %v", whole.ambiguous(), bytewise.ambiguous(), c.want)
			}
			whole.next()
			whole.watch([]byte("GET / HTTP/1.1\r\n\r\n"))
			if whole.ambiguous() {
				t.Error("the next head is still ambiguous")
			}
		})
	}
}

func TestProbesTellOneBit(t *testing.T) {
	register, err := store.InMemory()
	if err != nil {
		t.Fatal(err)
	}
	stopping := make(chan struct{})
	config := testConfig(io.Discard)
	config.Store, config.Stopping = register, stopping
	s := &service{Server: newServer(t, NewHandler(config))}
	expect := func(when, path string, status int, text string) {
		t.Helper()
		got := s.do(t, s.request(t, http.MethodGet, path, "", ""))
		if got.status != status || got.text != text || got.header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s, %s: %d %q %v", when, path, got.status, got.text, got.header)
		}
	}
	expect("serving", livePath, 200, "ok\n")
	expect("serving", readyPath, 200, "ok\n")
	close(stopping)
	expect("told to stop", livePath, 200, "ok\n")
	expect("told to stop", readyPath, 503, "not ready\n")
	config.Stopping = nil
	s = &service{Server: newServer(t, NewHandler(config))}
	if err := register.Close(); err != nil {
		t.Fatal(err)
	}
	expect("register closed", livePath, 200, "ok\n")
	expect("register closed", readyPath, 503, "not ready\n")
}

func TestLargeQuestionsAndLongAnswersHavePlaces(t *testing.T) {
	long := on(func(_ context.Context, _ products.Query, _ *bindings.HentArbeidstaker, svar *products.Svar) error {
		svar.Status(products.Komplett)
		for range 20_000 {
			svar.Number(products.NewTag("n"), 1)
		}
		return nil
	})
	for name, c := range map[string]struct {
		large, streams int
		question       string
		want           int
	}{
		"small question, no place for large ones": {0, 1, good, 200},
		"large question, a place":                 {1, 1, good + strings.Repeat(" ", maxSmall), 200},
		"large question, no place":                {0, 1, good + strings.Repeat(" ", maxSmall), 503},
		"long answer, no place":                   {1, 0, good, 503},
	} {
		t.Run(name, func(t *testing.T) {
			h := &handler{config: testConfig(io.Discard), operations: map[string]operation{"hentArbeidstaker": long},
				parses: make(places, 1), large: make(places, c.large), streams: make(places, c.streams)}
			for range 2 { // places are given back
				r := httptest.NewRequest(http.MethodPost, wsdl.Endpoint, strings.NewReader(c.question))
				r.Header.Set("Content-Type", xmlType)
				w := httptest.NewRecorder()
				h.ServeHTTP(w, r)
				if w.Code != c.want || (w.Header().Get("Retry-After") == "1") != (c.want == 503) {
					t.Errorf("status %d, Retry-After %q", w.Code, w.Header().Get("Retry-After"))
				}
				if length := w.Header().Get("Content-Length"); length != "" && length != strconv.Itoa(w.Body.Len()) {
					t.Errorf("Content-Length %s of %d bytes", length, w.Body.Len())
				}
			}
		})
	}
}

func TestForwardedHostIsBelievedOfTrustedPeersAlone(t *testing.T) {
	h := &handler{config: Config{TrustedProxies: []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24"), netip.MustParsePrefix("2001:db8::/32")}}}
	for peer, want := range map[string]string{
		"192.0.2.9:1": "https://aareg.example.no", "[::ffff:192.0.2.9]:1": "https://aareg.example.no", "[2001:db8::1%eth0]:1": "https://aareg.example.no",
		"192.0.3.9:1": "http://inside", "[2001:db9::1]:1": "http://inside", "": "http://inside", "@": "http://inside",
	} {
		r := httptest.NewRequest(http.MethodGet, "/?wsdl", nil)
		r.Host, r.RemoteAddr = "inside", peer
		r.Header.Set("X-Forwarded-Host", "aareg.example.no")
		r.Header.Set("X-Forwarded-Proto", "https")
		if got := h.base(r); got != want {
			t.Errorf("peer %q: %s, want %s", peer, got, want)
		}
	}
}
