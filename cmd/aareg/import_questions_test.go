package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// TestQuestionsDuringImportsGetOneGeneration asks all six products while the register is imported anew and changed, in
// turn. Every answer is to be that of one generation to the last byte, and none is to be missing. AAREG_QUESTIONS says
// how many questions are asked while imports run.
func TestQuestionsDuringImportsGetOneGeneration(t *testing.T) {
	long(t)
	questions := fromEnvironment(t, "AAREG_QUESTIONS", 5000, 1000)
	r := newStampedRegister(t)
	db := filepath.Join(t.TempDir(), "register")
	mustRun(t, r.generation(t, 1), "import", "--db", db, "-")
	p := startWithConsumer(t, "--db", db, "--today", "2026-01-01")
	c := newCrowd(t, p, r.questions())
	asking := c.begin()
	for c.asked(idle) < questions/10 {
		time.Sleep(time.Millisecond)
	}
	g, reloads := 1, 0
	for !t.Failed() && (c.asked(during) < questions || g < 8) {
		g++
		args := []string{"import", "--db", db, "-"}
		if g%2 == 0 {
			args = append([]string{"import", "--full"}, args[1:]...)
			reloads++
		}
		text := r.generation(t, g)
		c.when.Store(during)
		mustRun(t, text, args...)
		c.when.Store(between)
		if g%4 == 0 {
			_ = p.cmd.Process.Signal(syscall.SIGHUP)
		}
		c.await(t, g)
	}
	close(c.enough)
	asking.Wait()
	c.report(t, g)
	if code := p.stop(t); code != exitOK {
		t.Errorf("stopped with exit code %d", code)
	}
	checkFiles(t, db)
	if said := p.said.String(); strings.Count(said, "taken up") != reloads || strings.Contains(said, `"level":"ERROR"`) {
		t.Errorf("%d times it was to take up a new file; it said:\n%s", reloads, said)
	}
}

// TestServerTakesUpAReloadByItselfAndAtOnceWhenTold: a server looks now and then. One that is told looks then and there:
// in one of some rounds it has the new generation before it would have looked.
func TestServerTakesUpAReloadByItselfAndAtOnceWhenTold(t *testing.T) {
	long(t)
	r := newStampedRegister(t)
	db := filepath.Join(t.TempDir(), "register")
	mustRun(t, r.generation(t, 1), "import", "--db", db, "-")
	p := startWithConsumer(t, "--db", db, "--today", "2026-01-01")
	c := newCrowd(t, p, r.questions()[:1])
	reload := func(g int) {
		text := r.generation(t, g)
		mustRun(t, text, "import", "--full", "--db", db, "-")
	}
	takenUp := func(g int) time.Time {
		for begun := time.Now(); time.Since(begun) < guard; {
			if got := c.question(&http.Client{}, c.questions[0]); got >= g {
				return time.Now()
			}
		}
		t.Fatalf("generation %d is not taken up", g)
		return time.Time{}
	}
	const rounds = 10
	for g := 2; g < 2+2*rounds; g += 2 {
		reload(g)
		looked := takenUp(g)
		reload(g + 1)
		if c.question(&http.Client{}, c.questions[0]) > g {
			continue // it has looked already
		}
		next := looked.Add(time.Since(looked).Truncate(lookEvery) + lookEvery) // it looks then, by itself
		if err := p.cmd.Process.Signal(syscall.SIGHUP); err != nil {
			t.Fatal(err)
		}
		if taken := takenUp(g + 1); taken.Before(next.Add(-lookEvery / 2)) {
			t.Logf("taken up %v before it would have looked", next.Sub(taken).Round(time.Millisecond))
			return
		}
	}
	t.Errorf("told %d times, it took the new generation up when it would have looked anyway", rounds)
}

// When a question was asked.
const (
	idle    = iota // before the first import
	during         // while an import ran
	between        // after one
	times
)

// crowd asks questions and judges the answers.
type crowd struct {
	url       string
	questions []*asked
	when      atomic.Int32
	newest    atomic.Int64 // the latest generation that was seen
	enough    chan struct{}

	mu     sync.Mutex
	took   [times][]time.Duration
	mixed  int
	failed int
	seen   map[int]int
	first  string // what was wrong with the first bad answer
}

// asked is a question and the answer to it, in which stamps and sexes are open.
type asked struct {
	operation, body string
	want            string
}

// newCrowd asks each question once of generation 1, which nobody changes yet.
func newCrowd(t *testing.T, p *program, questions []*asked) *crowd {
	t.Helper()
	c := &crowd{url: p.consumersURL(), questions: questions, enough: make(chan struct{}), seen: map[int]int{}}
	products := map[string]bool{}
	for _, q := range questions {
		products[q.operation] = true
		got := p.send(t, post(textXML, envelope(q.body), asConsumer))
		_, answer, _ := strings.Cut(got.text, ":Body>")
		stamps := strings.Count(answer, stamp(1))
		if got.outcome != komplett || stamps == 0 || strings.Count(answer, stampWord) != stamps {
			t.Fatalf("%s: %q with %d stamps", q.operation, got.outcome, stamps)
		}
		q.want = open(answer, 1)
		t.Logf("%s: %d bytes, %d stamps", q.operation, len(answer), stamps)
	}
	if len(questions) > 1 && len(products) != 6 {
		t.Fatalf("%d products are asked", len(products))
	}
	return c
}

// begin has some ask without end, until there is enough.
func (c *crowd) begin() *sync.WaitGroup {
	var asking sync.WaitGroup
	for i := range 4 {
		asking.Go(func() {
			client, last := &http.Client{Transport: &http.Transport{}}, 0
			defer client.CloseIdleConnections()
			for n := i; ; n++ {
				select {
				case <-c.enough:
					return
				default:
				}
				g := c.question(client, c.questions[n%len(c.questions)])
				if g > 0 && g < last {
					c.bad(&c.mixed, fmt.Sprintf("generation %d after %d", g, last))
				}
				last = max(last, g)
			}
		})
	}
	return &asking
}

// question asks one question, and is the generation of which the answer is; 0 when it is no answer to it.
func (c *crowd) question(client *http.Client, q *asked) int {
	when, begun := c.when.Load(), time.Now()
	response, err := client.Post(c.url, textXML, strings.NewReader(envelope(q.body)))
	if err != nil {
		c.bad(&c.failed, err.Error())
		return 0
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	took := time.Since(begun)
	_, answer, _ := bytes.Cut(text, []byte(":Body>"))
	g := stamped(answer)
	switch {
	case err != nil || response.StatusCode != http.StatusOK || g == 0:
		c.bad(&c.failed, fmt.Sprintf("%s: %s, %d bytes (%v)", q.operation, response.Status, len(text), err))
		return 0
	case open(string(answer), g) != q.want:
		c.bad(&c.mixed, fmt.Sprintf("%s: not the answer of generation %d", q.operation, g))
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.took[when] = append(c.took[when], took)
	c.seen[g]++
	c.newest.Store(max(c.newest.Load(), int64(g)))
	return g
}

func (c *crowd) bad(count *int, what string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	*count++
	if c.first == "" {
		c.first = what
	}
}

func (c *crowd) asked(when int) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.took[when])
}

// await waits until somebody has seen a generation.
func (c *crowd) await(t *testing.T, g int) {
	t.Helper()
	for begun := time.Now(); c.newest.Load() < int64(g); time.Sleep(time.Millisecond) {
		if time.Since(begun) > guard {
			t.Fatalf("generation %d is not taken up", g)
		}
	}
}

func (c *crowd) report(t *testing.T, generations int) {
	t.Helper()
	t.Logf("%d generations; %d questions while imports ran, %d between, %d before; %d failed, %d mixed", generations,
		len(c.took[during]), len(c.took[between]), len(c.took[idle]), c.failed, c.mixed)
	for when, name := range []string{"idle", "during"} {
		slices.Sort(c.took[when])
		n := len(c.took[when])
		t.Logf("%-6s p50 %v, p99 %v", name, c.took[when][n/2].Round(time.Microsecond), c.took[when][n*99/100].Round(time.Microsecond))
	}
	if c.failed+c.mixed > 0 {
		t.Errorf("the first bad answer: %s", c.first)
	}
	for g := range generations {
		if c.seen[g+1] == 0 {
			t.Errorf("nobody saw generation %d", g+1)
		}
	}
}
