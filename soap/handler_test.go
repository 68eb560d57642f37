package soap

import (
	"bufio"
	"compress/gzip"
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"aareg/products"
	"aareg/wsdl"
	"aareg/wsdl/bindings"
)

func newServer(t *testing.T, h http.Handler) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return server
}

func TestEndpointAndDocumentsHaveTheirMethods(t *testing.T) {
	s := newService(t, testOperations)
	for _, c := range []struct {
		method, path string
		status       int
		allow        string
	}{
		{"GET", "/", 405, "POST"},
		{"GET", wsdl.Endpoint, 405, "POST"},
		{"HEAD", wsdl.Endpoint, 405, "POST"},
		{"PUT", wsdl.Endpoint, 405, "POST"},
		{"PUT", wsdl.Endpoint + "?wsdl", 405, "POST"},
		{"DELETE", "/", 405, "POST"},
		{"OPTIONS", "/", 405, "POST"},
		{"TRACE", "/", 405, "POST"},
		{"PATCH", "/nowhere", 404, ""},
		{"POST", wsdl.PathWSDL, 405, "GET, HEAD"},
		{"GET", "/nowhere", 404, ""},
		{"POST", "/nowhere", 404, ""},
		{"POST", "/ws/NAV/Aareg2.pl/", 404, ""},
		{"GET", wsdl.Endpoint + "?wsdl", 200, ""},
		{"GET", wsdl.Endpoint + "?WSDL", 200, ""},
		{"GET", "/?Wsdl=", 200, ""},
		{"HEAD", wsdl.Endpoint + "?wsdl", 200, ""},
		{"GET", wsdl.Endpoint + "?wsdlx", 405, "POST"},
		{"GET", wsdl.PathWSDL, 200, ""},
		{"HEAD", wsdl.PathWSDL, 200, ""},
		{"GET", wsdl.PathAareg2, 200, ""},
		{"GET", wsdl.PathBrukersesjon, 200, ""},
		{"GET", wsdl.PathTransaksjon, 200, ""},
		{"GET", wsdl.PathFeil, 200, ""},
	} {
		t.Run(c.method+" "+c.path, func(t *testing.T) {
			got := s.do(t, s.request(t, c.method, c.path, "", ""))
			if got.status != c.status || got.header.Get("Allow") != c.allow {
				t.Errorf("status %d, Allow %q", got.status, got.header.Get("Allow"))
			}
			if c.status == 200 && got.header.Get("Content-Type") != xmlType {
				t.Errorf("Content-Type = %q", got.header.Get("Content-Type"))
			}
			if (c.method == "HEAD") != (got.text == "") {
				t.Errorf("%d bytes of body", len(got.text))
			}
		})
	}
}

func TestAddressFollowsThePlainHostOrTheConfiguredURL(t *testing.T) {
	for _, c := range []struct{ host, public, want string }{
		{"aareg.example.no", "", "http://aareg.example.no"},
		{"aareg-1.example.no:8080", "", "http://aareg-1.example.no:8080"},
		{"192.0.2.1:8080", "", "http://192.0.2.1:8080"},
		{"[::1]:8080", "", "http://[::1]:8080"},
		{"[2001:db8::1]", "", "http://[2001:db8::1]"},
		{"evil.example/x?", "", "http://localhost"},
		{`a"><b>`, "", "http://localhost"},
		{"a b", "", "http://localhost"},
		{"user@host", "", "http://localhost"},
		{"-a", "", "http://localhost"},
		{"a:123456", "", "http://localhost"},
		{"", "", "http://localhost"},
		{"evil.example", "https://aareg.example.no/", "https://aareg.example.no"},
	} {
		config := testConfig(io.Discard)
		config.PublicURL = c.public
		handler := newHandler(config, testOperations)
		split, _ := wsdl.Document(wsdl.PathWSDL, c.want)
		for path, want := range map[string][]byte{wsdl.Endpoint + "?wsdl": wsdl.Flat(c.want), wsdl.PathWSDL: split} {
			r := httptest.NewRequest(http.MethodGet, path, nil)
			r.Host = c.host
			w := httptest.NewRecorder()
			handler.ServeHTTP(w, r)
			if diff := cmp.Diff(string(want), w.Body.String()); diff != "" {
				t.Errorf("host %q, public URL %q (-want +got):\n%s", c.host, c.public, diff)
			}
		}
	}
}

func TestOtherMediaTypesAndEncodingsGet415(t *testing.T) {
	s := newService(t, testOperations)
	type headers map[string][]string
	for name, c := range map[string]struct {
		headers headers
		want    int
	}{
		"text/xml":             {headers{"Content-Type": {"text/xml"}}, 200},
		"in capitals":          {headers{"Content-Type": {"TEXT/XML; CHARSET=UTF-8"}}, 200},
		"no space":             {headers{"Content-Type": {"text/xml;charset=utf-8"}}, 200},
		"charset in quotes":    {headers{"Content-Type": {`text/xml; charset="utf-8"`}}, 200},
		"action unquoted":      {headers{"Content-Type": {"application/soap+xml;charset=utf-8;action=http://x/y"}}, 200},
		"identity":             {headers{"Content-Type": {"text/xml"}, "Content-Encoding": {"identity"}}, 200},
		"none":                 {headers{}, 415},
		"empty":                {headers{"Content-Type": {""}}, 415},
		"two":                  {headers{"Content-Type": {"text/xml", "text/xml"}}, 415},
		"application/xml":      {headers{"Content-Type": {"application/xml"}}, 415},
		"text/plain":           {headers{"Content-Type": {"text/plain"}}, 415},
		"json":                 {headers{"Content-Type": {"application/json"}}, 415},
		"form":                 {headers{"Content-Type": {"application/x-www-form-urlencoded"}}, 415},
		"multipart":            {headers{"Content-Type": {`multipart/related; type="text/xml"; boundary=x`}}, 415},
		"charset unknown":      {headers{"Content-Type": {"text/xml; charset=utf-7"}}, 415},
		"charset twice":        {headers{"Content-Type": {"text/xml; charset=utf-8; charset=iso-8859-1"}}, 415},
		"gzip":                 {headers{"Content-Type": {"text/xml"}, "Content-Encoding": {"gzip"}}, 415},
		"gzip behind identity": {headers{"Content-Type": {"text/xml"}, "Content-Encoding": {"identity", "gzip"}}, 415},
		"br":                   {headers{"Content-Type": {"text/xml"}, "Content-Encoding": {"br"}}, 415},
	} {
		t.Run(name, func(t *testing.T) {
			// A body that does not fit the socket: the answer must arrive all the same.
			r := s.request(t, http.MethodPost, wsdl.Endpoint, "", good+strings.Repeat(" ", 200<<10))
			for key, values := range c.headers {
				r.Header[key] = values
			}
			if got := s.do(t, r); got.status != c.want {
				t.Errorf("status %d, want %d", got.status, c.want)
			}
		})
	}
}

func TestAnswersSayHowLongTheyAre(t *testing.T) {
	s := newService(t, map[string]operation{"hentArbeidstaker": hits(1000)})
	r := s.request(t, http.MethodPost, "/", xmlType, good)
	r.Header.Set("Accept-Encoding", "identity")
	got := s.do(t, r)
	if length := got.header.Get("Content-Length"); length != strconv.Itoa(len(got.text)) || len(got.text) < 10_000 {
		t.Errorf("Content-Length = %q of %d bytes", length, len(got.text))
	}
}

// hits is an operation whose answer has n leaves.
func hits(n int64) operation {
	return on(func(_ context.Context, _ products.Query, _ *bindings.HentArbeidstaker, svar *products.Svar) error {
		svar.Status(products.Komplett)
		for i := range n {
			svar.Number(products.NewTag("n"), i)
		}
		return nil
	})
}

func TestLargeAnswersAreStreamedAndCompressedWhenAsked(t *testing.T) {
	const n = 20_000
	s := newService(t, map[string]operation{"hentArbeidstaker": hits(n)})
	plain := s.request(t, http.MethodPost, "/", xmlType, good)
	plain.Header.Set("Accept-Encoding", "identity")
	want := s.do(t, plain)
	if got := len(want.root.FindElements("//n")); got != n || want.header.Get("Content-Encoding") != "" {
		t.Fatalf("%d hits, encoding %q", got, want.header.Get("Content-Encoding"))
	}
	packed := s.request(t, http.MethodPost, "/", xmlType, good)
	packed.Header.Set("Accept-Encoding", "zstd, gzip")
	resp, err := s.Client().Do(packed)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if got := resp.Header.Get("Content-Encoding"); got != "gzip" || resp.Header.Get("Content-Type") != xmlType {
		t.Fatalf("Content-Encoding %q, Content-Type %q", got, resp.Header.Get("Content-Type"))
	}
	unpacked, err := gzip.NewReader(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(unpacked)
	if err != nil {
		t.Fatal(err)
	}
	if string(text) != want.text {
		t.Error("the compressed answer is another one")
	}
}

func TestOldHTTPIsSpoken(t *testing.T) {
	s := newService(t, testOperations)
	for name, head := range map[string]string{
		"HTTP/1.0": "POST /ws/NAV/Aareg2.pl HTTP/1.0\r\nContent-Type: text/xml\r\nContent-Length: " + strconv.Itoa(len(good)) + "\r\n\r\n",
		"Expect": "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Type: text/xml\r\nContent-Length: " +
			strconv.Itoa(len(good)) + "\r\n\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			conn, err := net.Dial("tcp", s.Listener.Addr().String())
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			if _, err := io.WriteString(conn, head+good); err != nil {
				t.Fatal(err)
			}
			answers := bufio.NewReader(conn)
			resp, err := http.ReadResponse(answers, nil)
			if err == nil && resp.StatusCode == http.StatusContinue {
				resp, err = http.ReadResponse(answers, nil)
			}
			if err != nil || resp.StatusCode != http.StatusOK {
				t.Fatalf("answer %v, error %v", resp, err)
			}
			resp.Body.Close()
		})
	}
}

func TestQuestionThatSaysItIsTooLargeIsNotWaitedFor(t *testing.T) {
	s := newService(t, testOperations)
	conn, err := net.Dial("tcp", s.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	const head = "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\nContent-Length: 1000000000000\r\n\r\n"
	if _, err := io.WriteString(conn, head); err != nil {
		t.Fatal(err)
	}
	if err := conn.(*net.TCPConn).CloseWrite(); err != nil { // nothing more comes: waiting for it ends in another status
		t.Fatal(err)
	}
	resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusRequestEntityTooLarge || !resp.Close {
		t.Errorf("status %d, connection closed %v", resp.StatusCode, resp.Close)
	}
}

func TestClientThatClosesItsSendingHalfIsAnswered(t *testing.T) {
	service := newHandler(testConfig(io.Discard), map[string]operation{
		"hentArbeidstaker": on(func(ctx context.Context, _ products.Query, _ *bindings.HentArbeidstaker, svar *products.Svar) error {
			svar.Status(products.Komplett)
			return ctx.Err()
		}),
	})
	closed, closeHalf := context.WithCancel(t.Context())
	closeHalf() // what net/http does when the client's half is closed
	r := httptest.NewRequestWithContext(closed, http.MethodPost, "/", strings.NewReader(good))
	r.Header.Set("Content-Type", xmlType)
	w := httptest.NewRecorder()
	service.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		t.Errorf("status %d", w.Code)
	}
}

func TestTooManyQuestionsAtOnceGet503(t *testing.T) {
	h := &handler{config: testConfig(io.Discard), operations: testOperations, parses: make(places)} // no places at all
	r := httptest.NewRequest(http.MethodPost, wsdl.Endpoint, strings.NewReader(good))
	r.Header.Set("Content-Type", xmlType)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") != "1" {
		t.Errorf("status %d, Retry-After %q", w.Code, w.Header().Get("Retry-After"))
	}
}

func TestQuestionWaitsForAPlace(t *testing.T) {
	p := make(places, 1)
	p <- struct{}{}
	var waiting sync.WaitGroup
	waiting.Go(func() {
		if !p.take(time.Hour) {
			t.Error("the place that came free was not given")
		}
	})
	p.free()
	waiting.Wait()
}
