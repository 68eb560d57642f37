package testdobbel

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/beevik/etree"

	"aareg/soap"
	"aareg/wsdl"
)

// tjeneste is a test double over real HTTP, and what it logs.
type tjeneste struct {
	t               *testing.T
	question, admin *httptest.Server
	log             *logBuffer
}

type logBuffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

func start(t *testing.T) *tjeneste {
	t.Helper()
	return startAs(t, wsdl.Spek, func(*http.Server) {})
}

// startAs starts a double of a dialect, whose server of questions is changed.
func startAs(t *testing.T, dialekt wsdl.Dialekt, change func(*http.Server)) *tjeneste {
	t.Helper()
	log := new(logBuffer)
	stopping := make(chan struct{})
	d, err := New(soap.Config{Dialekt: dialekt, MaxArbeidsforhold: 10_000, MaxTreff: 1000, Stopping: stopping, Log: slog.New(slog.NewJSONHandler(log, nil))}, 0)
	if err != nil {
		t.Fatal(err)
	}
	l, err := soap.Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := d.Server()
	change(server)
	s := &tjeneste{t, serve(server, l), nil, log}
	if l, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	s.admin = serve(d.Admin(), l)
	t.Cleanup(func() {
		close(stopping)
		s.question.Close()
		s.admin.Close()
		if err := d.Close(); err != nil {
			t.Error(err)
		}
		if _, err := os.Stat(d.dir); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("what was loaded is still there: %v", err)
		}
	})
	return s
}

func serve(server *http.Server, l net.Listener) *httptest.Server {
	s := &httptest.Server{Listener: l, Config: server}
	s.Start()
	return s
}

// reply is what a question or a request got.
type reply struct {
	status int
	from   string // X-Aareg-Test
	body   []byte
}

func (s *tjeneste) send(method, url, contentType string, body []byte, change ...func(*http.Request)) (reply, error) {
	s.t.Helper()
	r, err := http.NewRequestWithContext(s.t.Context(), method, url, bytes.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	r.Close = true // a connection of its own, so that the client asks once and no more
	if contentType != "" {
		r.Header.Set("Content-Type", contentType)
	}
	for _, c := range change {
		c(r)
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		return reply{}, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	return reply{response.StatusCode, response.Header.Get(header), text}, err
}

// post asks bytes.
func (s *tjeneste) post(question []byte) (reply, error) {
	s.t.Helper()
	return s.send("POST", s.question.URL+wsdl.Endpoint, "text/xml; charset=utf-8", question)
}

// try asks an operation with elements as in the table: foedselsnr=12838049808 fonetisk=true.
func (s *tjeneste) try(operasjon, felt string) (reply, error) {
	s.t.Helper()
	return s.post(question(operasjon, felt))
}

func question(operasjon, felt string) []byte {
	children := ""
	for f := range strings.FieldsSeq(felt) {
		tag, value, _ := strings.Cut(f, "=")
		children += "<" + tag + ">" + value + "</" + tag + ">"
	}
	return []byte(`<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><a:` + operasjon + ` xmlns:a="` +
		wsdl.NamespaceAareg2 + `">` + children + `</a:` + operasjon + `></e:Body></e:Envelope>`)
}

// ask is a question that must be answered.
func (s *tjeneste) ask(operasjon, felt string) reply {
	s.t.Helper()
	got, err := s.try(operasjon, felt)
	if err != nil {
		s.t.Fatal(err)
	}
	return got
}

// kode is the statuskode or feilkode of an answer.
func (r reply) kode() string {
	doc := etree.NewDocument()
	if doc.ReadFromBytes(r.body) != nil {
		return ""
	}
	for _, path := range []string{"/Envelope/Body/*/statuskode", "/Envelope/Body/Fault/detail/feil/feilkode"} {
		if e := doc.FindElement(path); e != nil {
			return e.Text()
		}
	}
	return ""
}

// steer asks the admin port for something with JSON, and has what it answers.
func (s *tjeneste) steer(method, path, body string) (status int, said map[string]any) {
	s.t.Helper()
	got, err := s.send(method, s.admin.URL+path, "application/json", []byte(body))
	if err != nil {
		s.t.Fatal(err)
	}
	if err := json.Unmarshal(got.body, &said); err != nil {
		s.t.Fatalf("%s %s: %v", method, path, err)
	}
	return got.status, said
}

// must steers, which must be done.
func (s *tjeneste) must(method, path, body string) map[string]any {
	s.t.Helper()
	status, said := s.steer(method, path, body)
	if status != http.StatusOK {
		s.t.Fatalf("%s %s: %d %v", method, path, status, said)
	}
	return said
}

// kari is an employee of the demo register.
const kari = "foedselsnr=12838049808"
