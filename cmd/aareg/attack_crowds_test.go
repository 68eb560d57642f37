package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"aareg/wsdl"
)

// checkConnections sends two requests where there should be one.
func checkConnections(t *testing.T, p *program) {
	plain := envelope(antall)
	chunks := fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(plain), plain)
	hidden := get("GET", "/livez")
	head := "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\n"
	for name, c := range map[string]struct {
		request string
		want    []string
	}{
		"hidden behind chunks":          {head + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks + hidden, []string{"400"}},
		"behind a question":             {good + hidden, []string{komplett, "400"}},
		"behind a fault":                {post(textXML, "<") + hidden, []string{notXML, "400"}},
		"behind a length that is short": {head + "Content-Length: 1\r\n\r\n<" + hidden, []string{notXML, "400"}},
	} {
		t.Run("a request "+name, func(t *testing.T) {
			conn := p.dial(t)
			defer conn.Close()
			if _, err := io.WriteString(conn, c.request); err != nil {
				t.Fatal(err)
			}
			from := bufio.NewReader(conn)
			for _, want := range c.want {
				if got := receive(from, false).outcome; got != want {
					t.Errorf("got %q, want %q", got, want)
				}
			}
			if rest, _ := io.ReadAll(from); len(rest) > 0 {
				t.Errorf("%d bytes follow", len(rest))
			}
		})
	}
}

// checkCrowds opens many connections that each hold something, and looks at the memory.
func checkCrowds(t *testing.T, p *program) {
	stuck := "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\nContent-Length: 262144\r\n\r\n" + strings.Repeat(" ", 260_000)
	half := "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\nContent-Length: 30000\r\n\r\n" + strings.Repeat(" ", 29_999)
	for _, c := range []struct {
		name, request string
		connections   int
	}{
		{"200 who do not read a long answer", post(textXML, envelope(stor)), 200},
		{"200 who do not read a long compressed answer", post(textXML, envelope(stor), "Accept-Encoding: gzip"), 200},
		{"200 who do not end a large question", stuck, 200},
		{"400 who do not end a small question", half, 400},
		{"200 who do not read the contract", get("GET", wsdl.Endpoint+"?wsdl"), 200},
	} {
		t.Run(c.name, func(t *testing.T) {
			p.whileGoodAreAnswered(t, func() {
				var crowd []net.Conn
				for range c.connections {
					conn := p.dialDeaf(t)
					defer conn.Close()
					crowd = append(crowd, conn)
				}
				var sending sync.WaitGroup
				for _, conn := range crowd {
					sending.Go(func() { // what the program does not take is not its memory
						_ = conn.SetWriteDeadline(time.Now().Add(2 * time.Second))
						_, _ = io.WriteString(conn, c.request)
					})
				}
				sending.Wait()
				time.Sleep(time.Second) // so much that each has been looked at; no promise hangs on it
			})
			t.Logf("memory: %d MiB at start, now %d, peak %d", p.started>>20, p.memory("VmRSS")>>20, p.memory("VmHWM")>>20)
			p.checkMemory(t)
		})
	}
	t.Run("more connections than are served wait", func(t *testing.T) { checkQueue(t, p) })
}

// dialDeaf connects with hardly any room for what comes back.
func (p *program) dialDeaf(t *testing.T) net.Conn {
	t.Helper()
	conn := p.dial(t)
	if err := conn.(*net.TCPConn).SetReadBuffer(64 << 10); err != nil {
		t.Fatal(err)
	}
	return conn
}

// checkQueue opens 600 connections that say nothing: 512 are taken, and a question behind them is answered when these
// are cut.
func checkQueue(t *testing.T, p *program) {
	if testing.Short() {
		t.Skip("waits until silent connections are cut")
	}
	for range 600 {
		conn := p.dial(t)
		defer conn.Close()
	}
	if got := p.send(t, good); got.outcome != komplett {
		t.Errorf("the question in the queue got %q", got.outcome)
	}
	p.checkMemory(t)
}

func TestStoppedProgramIsNotReadyAtOnceAndFinishes(t *testing.T) {
	if testing.Short() {
		t.Skip("long: make test and make attack run it")
	}
	p := startProgram(t, "--drain", "5s")
	underWay := p.dial(t)
	defer underWay.Close()
	cut := len(good) - 10
	if _, err := io.WriteString(underWay, good[:cut]); err != nil {
		t.Fatal(err)
	}
	probe := get("GET", "/readyz")
	if got := p.send(t, probe); got.outcome != "200" || got.text != "ok\n" {
		t.Fatalf("while it serves: %q %q", got.outcome, got.text)
	}
	stopped := make(chan int, 1)
	go func() { stopped <- p.stop(t) }()
	got := p.send(t, probe)
	for got.outcome == "200" { // until the signal has arrived
		got = p.send(t, probe)
	}
	if got.outcome != "503" || got.text != "not ready\n" {
		t.Errorf("when it was told to stop: %q %q", got.outcome, got.text)
	}
	if got := p.send(t, get("GET", "/livez")); got.outcome != "200" {
		t.Errorf("it lives on, but /livez says %q", got.outcome)
	}
	if _, err := io.WriteString(underWay, good[cut:]); err != nil {
		t.Fatal(err)
	}
	if got := receive(bufio.NewReader(underWay), false); got.outcome != komplett {
		t.Errorf("the question under way got %q", got.outcome)
	}
	if code := <-stopped; code != exitOK {
		t.Errorf("exit code %d", code)
	}
}
