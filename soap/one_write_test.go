package soap

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"aareg/products"
	"aareg/wsdl/bindings"
)

// counted counts what is written at once.
type counted struct {
	net.Conn
	writes []int
}

func (c *counted) Write(p []byte) (int, error) {
	c.writes = append(c.writes, len(p))
	return len(p), nil
}

func (c *counted) CloseWrite() error { return nil }

func TestAnswerInOnePieceLeavesInOneWrite(t *testing.T) {
	for name, c := range map[string]struct {
		body   int
		pieces []int
		want   []int
	}{
		"short":                        {3500, []int{3700}, []int{3700}},
		"two pieces":                   {5000, []int{4096, 1100}, []int{5196}},
		"three pieces":                 {9000, []int{4096, 4096, 1000}, []int{9192}},
		"a head that fills the memory": {4000, []int{4096, 100}, []int{4096, 100}},
		"nothing told":                 {0, []int{4096, 1100}, []int{4096, 1100}},
	} {
		to := &counted{}
		conn := &connection{halfCloser: to}
		for range 2 { // and the next answer likewise
			to.writes, conn.held.body = nil, c.body
			for _, n := range c.pieces {
				if wrote, err := conn.Write(make([]byte, n)); wrote != n || err != nil {
					t.Fatalf("%s: %d bytes, %v", name, wrote, err)
				}
			}
			if len(to.writes) != len(c.want) || to.writes[0] != c.want[0] {
				t.Errorf("%s: left as %v, want %v", name, to.writes, c.want)
			}
		}
	}
}

// TestAnswersOfEveryLengthArriveWhole asks over one connection, one answer after the other.
func TestAnswersOfEveryLengthArriveWhole(t *testing.T) {
	length := 0
	operations := map[string]operation{"hentArbeidstaker": longText(&length)}
	server := NewServer(testConfig(io.Discard))
	server.Handler = newHandler(testConfig(io.Discard), operations)
	address := served(t, 1, server)
	conn := dialed(t, address)
	from := bufio.NewReader(conn)
	for length = 0; length < 100_000; length += 1 + length/40 {
		r, err := http.NewRequest(http.MethodPost, "http://"+address+"/", strings.NewReader(good))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", xmlType)
		if err := r.Write(conn); err != nil {
			t.Fatal(err)
		}
		resp, err := http.ReadResponse(from, r)
		if err != nil {
			t.Fatalf("%d bytes: %v", length, err)
		}
		body, err := io.ReadAll(resp.Body)
		if err != nil || strings.Count(string(body), "x") < length || !strings.HasSuffix(string(body), "</soap:Envelope>") {
			t.Fatalf("%d bytes: %d came, %v", length, len(body), err)
		}
	}
}

// longText answers with a text of some length.
func longText(length *int) operation {
	return on(func(_ context.Context, _ products.Query, _ *bindings.HentArbeidstaker, svar *products.Svar) error {
		svar.Status(products.Komplett)
		svar.Text(products.NewTag("n"), strings.Repeat("x", *length))
		return nil
	})
}
