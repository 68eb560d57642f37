package soap

import (
	"bufio"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"slices"
	"strconv"
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

// TestPartsOfPiecesWaitForMore: as many as may wait leave with what is too much, in their order, and none is left behind.
func TestPartsOfPiecesWaitForMore(t *testing.T) {
	for name, c := range map[string]struct{ pieces, want []int }{
		"a piece as it is":          {[]int{4096, 60_000, 100}, []int{4096, 60_000}}, // the first two in one call, over TCP
		"a packed one":              {[]int{4096, 4096, 4096, 4096, 4096, 10}, []int{4 * 4096, 4096}},
		"a long part with no other": {[]int{60_000, 4096}, []int{60_000}},
	} {
		to := &counted{}
		conn := &connection{halfCloser: to}
		conn.held.pieces = true
		for _, n := range c.pieces {
			if wrote, err := conn.Write(make([]byte, n)); wrote != n || err != nil {
				t.Fatalf("%s: %d bytes, %v", name, wrote, err)
			}
		}
		if !slices.Equal(to.writes, c.want) {
			t.Errorf("%s: left as %v, want %v", name, to.writes, c.want)
		}
		conn.held.pieces = false
		if _, err := conn.Write(make([]byte, 5)); err != nil {
			t.Fatal(err)
		}
		sent, given := 0, 5
		for _, n := range to.writes {
			sent += n
		}
		for _, n := range c.pieces {
			given += n
		}
		if sent != given {
			t.Errorf("%s: %d bytes of %d left", name, sent, given)
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

// TestPackedPiecesArriveWhole: a long answer that packs badly, packed and not, over one connection.
func TestPackedPiecesArriveWhole(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	leaves := make([]string, 80_000)
	for i := range leaves {
		leaves[i] = strconv.FormatUint(random.Uint64(), 36)
	}
	operations := map[string]operation{"hentArbeidstaker": on(func(_ context.Context, _ products.Query, _ *bindings.HentArbeidstaker, svar *products.Svar) error {
		svar.Status(products.Komplett)
		tag := products.NewTag("n")
		for _, l := range leaves {
			svar.Text(tag, l)
		}
		return nil
	})}
	server := NewServer(testConfig(io.Discard))
	server.Handler = compressed(newHandler(testConfig(io.Discard), operations))
	conn := dialed(t, served(t, 1, server))
	from := bufio.NewReader(conn)
	want := "<n>" + strings.Join(leaves, "</n><n>") + "</n>"
	for _, encoding := range []string{"identity", "gzip", "gzip", "identity"} {
		_, err := fmt.Fprintf(conn, "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\nAccept-Encoding: %s\r\nContent-Length: %d\r\n\r\n%s", encoding, len(good), good)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := http.ReadResponse(from, nil)
		if err != nil {
			t.Fatal(err)
		}
		body := io.Reader(resp.Body)
		if encoding == "gzip" {
			if body, err = gzip.NewReader(resp.Body); err != nil {
				t.Fatal(err)
			}
		}
		text, err := io.ReadAll(body)
		if err != nil || !strings.Contains(string(text), want) || !strings.HasSuffix(string(text), "</soap:Envelope>") {
			t.Fatalf("%s: %d bytes, %v", encoding, len(text), err)
		}
		if _, err := io.Copy(io.Discard, resp.Body); err != nil {
			t.Fatal(err)
		}
	}
}
