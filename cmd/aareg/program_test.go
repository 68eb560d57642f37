package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/beevik/etree"

	"aareg/wsdl"
)

// built is where TestMain's program lies once a test has asked for it.
var built struct {
	once sync.Once
	dir  string
	err  error
}

func TestMain(m *testing.M) {
	code := m.Run()
	if built.dir != "" {
		os.RemoveAll(built.dir)
	}
	os.Exit(code)
}

// binary builds the program as it is shipped, once.
func binary(t testing.TB) string {
	t.Helper()
	built.once.Do(func() {
		if built.dir, built.err = os.MkdirTemp("", "aareg"); built.err != nil {
			return
		}
		build := exec.Command("go", "build", "-o", built.dir, ".")
		if out, err := build.CombinedOutput(); err != nil {
			built.err = fmt.Errorf("%w: %s", err, out)
		}
	})
	if built.err != nil {
		t.Fatal(built.err)
	}
	return filepath.Join(built.dir, "aareg")
}

// program is the real program, running.
type program struct {
	cmd     *exec.Cmd
	address string // host:port
	said    lockedBuffer
	started int // bytes in memory when it was ready
	drained chan struct{}
}

type lockedBuffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

var listensOn = regexp.MustCompile(`POST http://([^/]+)/`)

func startProgram(t testing.TB, flags ...string) *program {
	t.Helper()
	p := &program{cmd: exec.Command(binary(t), append([]string{"serve", "--addr", "127.0.0.1:0"}, flags...)...), drained: make(chan struct{})}
	p.cmd.Stderr = &p.said
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.cmd.Process.Kill() })
	lines := bufio.NewScanner(out)
	for p.address == "" && lines.Scan() {
		if found := listensOn.FindStringSubmatch(lines.Text()); found != nil {
			p.address = found[1]
		}
	}
	if p.address == "" {
		t.Fatalf("it did not start: %s", p.said.String())
	}
	go func() { _, _ = io.Copy(io.Discard, out); close(p.drained) }()
	p.started = p.memory("VmRSS")
	return p
}

// stop tells the program to stop, and is its exit code.
func (p *program) stop(t testing.TB) int {
	t.Helper()
	if err := p.cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	<-p.drained
	var failed *exec.ExitError
	if err := p.cmd.Wait(); err != nil && !errors.As(err, &failed) {
		t.Fatal(err)
	}
	return p.cmd.ProcessState.ExitCode()
}

// memory reads a line of the process's status in bytes; 0 where there is none.
func (p *program) memory(line string) int {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(status), line+":")
	fields := strings.Fields(rest)
	if len(fields) == 0 {
		return 0
	}
	kib, _ := strconv.Atoi(fields[0])
	return kib << 10
}

const mostMemory = 128 << 20

// checkMemory holds the peak since the start against the limit.
func (p *program) checkMemory(t *testing.T) {
	t.Helper()
	if grown := p.memory("VmHWM") - p.started; grown > mostMemory {
		t.Errorf("peak memory grew by %d MiB", grown>>20)
	}
}

// guard ends what hangs: no promise is measured with it.
const guard = 2 * time.Minute

func (p *program) dial(t *testing.T) net.Conn {
	t.Helper()
	conn, err := net.DialTimeout("tcp", p.address, guard)
	if err != nil {
		t.Fatal(err)
	}
	if err := conn.SetDeadline(time.Now().Add(guard)); err != nil {
		t.Fatal(err)
	}
	return conn
}

// result is what a request got.
type result struct {
	outcome string // "200 komplett", "500 soap:Client ugyldigXml", "405 POST", "" when the connection was cut
	header  http.Header
	text    string
	closes  bool // the connection
}

// send sends bytes as they are on a connection of their own. What is answered before all were taken is an answer, too.
func (p *program) send(t *testing.T, request string) result {
	t.Helper()
	conn := p.dial(t)
	defer conn.Close()
	written := make(chan struct{})
	go func() { defer close(written); _, _ = io.WriteString(conn, request) }()
	got := receive(bufio.NewReader(conn), strings.HasPrefix(request, "HEAD "))
	conn.Close()
	<-written
	return got
}

func receive(from *bufio.Reader, isHead bool) result {
	question := &http.Request{Method: http.MethodPost}
	if isHead {
		question.Method = http.MethodHead
	}
	response, err := http.ReadResponse(from, question)
	for err == nil && response.StatusCode == http.StatusContinue {
		response, err = http.ReadResponse(from, question)
	}
	if err != nil {
		return result{}
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	got := result{header: response.Header, text: string(text), closes: response.Close}
	if err != nil {
		return got
	}
	got.outcome = strings.TrimSpace(strconv.Itoa(response.StatusCode) + " " + said(response.Header, text))
	return got
}

// said is the answer's statuskode, or the fault's code and feilkode; of others the methods that are allowed.
func said(header http.Header, text []byte) string {
	doc := etree.NewDocument()
	if doc.ReadFromBytes(text) != nil || doc.Root() == nil || doc.Root().Tag != "Envelope" {
		return header.Get("Allow")
	}
	var words []string
	for _, path := range []string{"//faultcode", "//Fault/Code/Value", "//feilkode", "/Envelope/Body/*/statuskode"} {
		if e := doc.FindElement(path); e != nil {
			words = append(words, e.Text())
		}
	}
	return strings.Join(words, " ")
}

// post is a request to the endpoint; further head lines may follow its Content-Type.
func post(contentType, body string, further ...string) string {
	head := "POST " + wsdl.Endpoint + " HTTP/1.1\r\nHost: localhost\r\n"
	if contentType != "" {
		head += "Content-Type: " + contentType + "\r\n"
	}
	return head + strings.Join(append(further, ""), "\r\n") + "Content-Length: " + strconv.Itoa(len(body)) + "\r\n\r\n" + body
}

const (
	textXML  = "text/xml; charset=utf-8"
	soapXML  = "application/soap+xml; charset=utf-8"
	soap11NS = "http://schemas.xmlsoap.org/soap/envelope/"
	soap12NS = "http://www.w3.org/2003/05/soap-envelope"
	xsiNS    = "http://www.w3.org/2001/XMLSchema-instance"
)

func envelopeOf(namespace, header, body string) string {
	if header != "" {
		header = "<s:Header>" + header + "</s:Header>"
	}
	return `<s:Envelope xmlns:s="` + namespace + `" xmlns:xsi="` + xsiNS + `" xmlns:a="` + wsdl.NamespaceAareg2 + `">` +
		header + "<s:Body>" + body + "</s:Body></s:Envelope>"
}

func envelope(body string) string { return envelopeOf(soap11NS, "", body) }

func element(name, children string) string {
	return "<a:" + name + ">" + children + "</a:" + name + ">"
}

// antall is the question that is asked while others attack; stor has an answer of several megabytes.
var (
	antall = element("hentAntallArbeidstakere", "<orgnr>210000011</orgnr>")
	stor   = element("hentArbeidsgiver", "<arbeidsgiverId>220000036</arbeidsgiverId>")
	good   = post(textXML, envelope(antall))
)
