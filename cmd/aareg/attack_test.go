package main

import (
	"bufio"
	"io"
	"regexp"
	"strings"
	"testing"
	"time"
)

// TestBorderHolds sends everything that robustness asks for to one running program, the good and the bad, and then
// looks at what it logged. Times are printed and not judged.
func TestBorderHolds(t *testing.T) {
	if testing.Short() {
		t.Skip("long: make test and make attack run it")
	}
	p := startProgram(t)
	for _, phase := range []struct {
		name string
		run  func(*testing.T, *program)
	}{
		{"rules", checkRules},
		{"documents", checkDocuments},
		{"values", checkValues},
		{"HTTP", checkHTTP},
		{"nothing is called", checkNothingIsCalled},
		{"connections", checkConnections},
		{"crowds", checkCrowds},
		{"slow clients", checkSlowClients},
		{"secrets in wrong places", checkSecrets},
	} {
		t.Run(phase.name, func(t *testing.T) { phase.run(t, p) })
	}
	t.Logf("memory: %d MiB at start, peak %d MiB", p.started>>20, p.memory("VmHWM")>>20)
	p.checkMemory(t)
	if code := p.stop(t); code != exitOK {
		t.Errorf("stopped with exit code %d", code)
	}
	checkLog(t, p.said.String())
}

// attack is one request and what it must get.
type attack struct{ name, request, want string }

// expect sends each attack while good questions are asked, and one after it.
func expect(t *testing.T, p *program, attacks []attack) {
	t.Helper()
	for _, a := range attacks {
		t.Run(a.name, func(t *testing.T) {
			begun := time.Now()
			var got result
			p.whileGoodAreAnswered(t, func() { got = p.send(t, a.request) })
			if got.outcome != a.want {
				t.Errorf("got %q, want %q", got.outcome, a.want)
			}
			checkLeaks(t, got)
			t.Logf("%d bytes in %v", len(a.request), time.Since(begun).Round(time.Millisecond/10))
			p.checkMemory(t)
		})
	}
}

// ours is what only the program's inside has words for: SQL and its engine, files, libraries, stacks.
var ours = regexp.MustCompile(`(?i)sqlite|\bselect\b|\.go\b|goroutine|panic|runtime|strconv|encoding/|mime:|xml syntax|invalid character|/(?:tmp|etc|usr|home|root)/`)

// checkLeaks looks for the inside in what a refused request got.
func checkLeaks(t *testing.T, got result) {
	t.Helper()
	if found := ours.FindString(got.text); found != "" && !strings.HasPrefix(got.outcome, "200") {
		t.Errorf("%s says %q", got.outcome, found)
	}
}

// whileGoodAreAnswered asks good questions on a connection of its own until attack returns, and once after it: all
// must be answered.
func (p *program) whileGoodAreAnswered(t *testing.T, attack func()) {
	t.Helper()
	done := make(chan struct{})
	answered := make(chan string)
	good := newGoodClient(t, p)
	defer good.conn.Close()
	go func() {
		defer close(answered)
		answered <- good.ask()
		for last := false; !last; {
			select {
			case <-done:
				last = true
			default:
			}
			if got := good.ask(); got != "200 komplett" {
				answered <- got
			}
		}
	}()
	if got := <-answered; got != "200 komplett" {
		t.Errorf("a good question before: %q", got)
	}
	attack()
	close(done)
	for got := range answered {
		t.Errorf("a good question meanwhile: %q", got)
	}
}

// goodClient asks one question after the other on a connection that is kept.
type goodClient struct {
	conn io.ReadWriteCloser
	from *bufio.Reader
}

func newGoodClient(t *testing.T, p *program) *goodClient {
	conn := p.dial(t)
	return &goodClient{conn, bufio.NewReader(conn)}
}

func (c *goodClient) ask() string {
	if _, err := io.WriteString(c.conn, good); err != nil {
		return err.Error()
	}
	return receive(c.from, false).outcome
}

const (
	notXML    = "500 soap:Client ugyldigXml"
	notSOAP   = "500 soap:Client ugyldigKonvolutt"
	tooMuch   = "500 soap:Client forStor"
	unknownOp = "500 soap:Client ukjentOperasjon"
	badValue  = "500 soap:Client ugyldigForespoersel"
	komplett  = "200 komplett"
	ingen     = "200 ingen"
)

// xmlAttacks makes attacks of documents that all get the same.
func xmlAttacks(want string, documents map[string]string) (attacks []attack) {
	for name, document := range documents {
		attacks = append(attacks, attack{name, post(textXML, document), want})
	}
	return attacks
}

// deep is n elements in each other.
func deep(n int) string { return strings.Repeat("<x>", n) + strings.Repeat("</x>", n) }
