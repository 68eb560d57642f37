package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"aareg/store"
)

// started is the program serving, called as from a shell.
type started struct {
	greeting []string // what it printed when it was ready
	address  string   // http://host:port
	stop     func() (exitCode int)
}

// start starts it; it is stopped with the test at the latest.
func start(t *testing.T, args ...string) started {
	t.Helper()
	s, err := begin(args...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.stop() })
	return s
}

// demo is one server of the demo register for all tests that only ask it: to make the register takes a second, and many
// under the race detector. It goes on until the tests have ended.
func demo(t *testing.T) started {
	t.Helper()
	s, err := oneDemo()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

var oneDemo = sync.OnceValues(func() (started, error) { return begin() })

func begin(args ...string) (started, error) {
	ctx, cancel := context.WithCancel(context.Background())
	out, stdout := io.Pipe()
	code := make(chan int, 1)
	var stderr bytes.Buffer
	go func() {
		code <- run(ctx, append([]string{"serve", "--addr", "127.0.0.1:0"}, args...), stdout, &stderr)
		stdout.Close()
	}()
	s := started{stop: sync.OnceValue(func() int { cancel(); return <-code })}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		s.greeting = append(s.greeting, lines.Text())
		if _, after, found := strings.Cut(lines.Text(), "GET  "); found {
			s.address, _, _ = strings.Cut(after, "/ws/")
			break
		}
	}
	if s.address == "" {
		return s, fmt.Errorf("it did not start: exit code %d, %s", s.stop(), stderr.String())
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	return s, nil
}

func TestServesTheDemoRegisterAndStops(t *testing.T) {
	s := start(t)
	if !strings.Contains(s.greeting[0], "demo register") || !strings.Contains(s.greeting[0], "2025-06-15") {
		t.Errorf("the first line tells neither what is served nor of which day: %s", s.greeting[0])
	}
	response, err := http.Get(s.address + "/ws/NAV/Aareg2.pl?wsdl")
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode != http.StatusOK {
		t.Errorf("the contract: %s", response.Status)
	}
	if code := s.stop(); code != exitOK {
		t.Errorf("stopped with exit code %d", code)
	}
	if _, err := http.Get(s.address + "/ws/NAV/Aareg2.pl?wsdl"); err == nil {
		t.Error("it still answers")
	}
}

func TestServesARegisterInAFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "register.db")
	register, err := store.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	register.Close()
	s := start(t, withConsumer(t, "--db", path, "--today", "2026-01-02")...)
	if !strings.Contains(s.greeting[0], path) || !strings.Contains(s.greeting[0], "2026-01-02") {
		t.Errorf("the first line tells neither what is served nor of which day: %s", s.greeting[0])
	}
	if code := s.stop(); code != exitOK {
		t.Errorf("stopped with exit code %d", code)
	}
}

func TestQuestionUnderWayIsFinishedWhenStopped(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	arrived := make(chan bool)
	finish := make(chan bool)
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		arrived <- true
		<-finish
		io.WriteString(w, "whole")
	})}
	stopped := make(chan error, 1)
	go func() { stopped <- serveUntil(ctx, server, listener) }()
	answer := make(chan string, 1)
	go func() {
		response, err := http.Get("http://" + listener.Addr().String())
		if err != nil {
			answer <- err.Error()
			return
		}
		body, _ := io.ReadAll(response.Body)
		answer <- string(body)
	}()
	<-arrived
	stop()
	for { // until it takes no more questions: only then is it stopping
		another, err := net.Dial("tcp", listener.Addr().String())
		if err != nil {
			break
		}
		another.Close()
	}
	finish <- true
	if got := <-answer; got != "whole" {
		t.Errorf("the question under way got: %s", got)
	}
	if err := <-stopped; err != nil {
		t.Errorf("stopped with %v", err)
	}
}

func TestWrongCallsAreToldSo(t *testing.T) {
	for _, c := range []struct {
		name string
		args []string
		code int
		says string
	}{
		{"nothing", nil, exitUsage, "Usage:"},
		{"unknown subcommand", []string{"sevre"}, exitUsage, `no "sevre"`},
		{"number for a subcommand", []string{"12838049808"}, exitUsage, "never an argument"},
		{"number for a date", []string{"serve", "--today=12838049808"}, exitUsage, "never an argument"},
		{"number for a file", []string{"import", "--db", "x.db", "12838049808"}, exitUsage, "never an argument"},
		{"number in the name of a file", []string{"import", "--db", "x.db", "finnes-ikke/12838049808.ndjson"}, exitFailed, "128380*****.ndjson"},
		{"unknown flag", []string{"serve", "--port", "1"}, exitUsage, "serve --help"},
		{"argument", []string{"serve", "register.db"}, exitUsage, "flags alone"},
		{"address without port", []string{"serve", "--addr", "localhost"}, exitUsage, "host:port"},
		{"public URL without scheme", []string{"serve", "--public-url", "aareg.example.no"}, exitUsage, "--public-url"},
		{"proxy that is no network", []string{"serve", "--trusted-proxy", "192.0.2.1"}, exitUsage, "192.0.2.0/24"},
		{"drain of less than nothing", []string{"serve", "--drain", "-1s"}, exitUsage, "--drain"},
		{"public URL with more than a host", []string{"serve", "--public-url", "https://aareg.example.no/base?q=1"}, exitUsage, "host alone"},
		{"no such date", []string{"serve", "--today", "2025-02-29"}, exitUsage, "--help"},
		{"limit of none", []string{"serve", "--max-treff", "0"}, exitUsage, "--max-treff"},
		{"real data to the world", []string{"serve", "--db", "x.db", "--addr", "0.0.0.0:1"}, exitUsage, "--konsumenter"},
		{"no such register", []string{"serve", "--db", "finnes-ikke.db", "--konsumenter", "k.db", "--logg", "l.db", "--addr", "127.0.0.1:0"}, exitFailed, "open register"},
		{"help", []string{"help"}, exitOK, "Usage:"},
		{"help of serve", []string{"serve", "--help"}, exitOK, "demo register"},
		{"version", []string{"version"}, exitOK, "aareg"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var out bytes.Buffer
			if code := run(context.Background(), c.args, &out, &out); code != c.code {
				t.Errorf("exit code %d, want %d", code, c.code)
			}
			if !strings.Contains(out.String(), c.says) {
				t.Errorf("it does not say %q:\n%s", c.says, out.String())
			}
			if strings.Contains(out.String(), "12838049808") {
				t.Errorf("it says the number:\n%s", out.String())
			}
		})
	}
}

func TestAddressWithoutAHostIsThisMachineAlone(t *testing.T) {
	if s, err := parseServe([]string{"--addr", ":8080"}, io.Discard); err != nil || s.addr != "127.0.0.1:8080" {
		t.Errorf("it listens on %s (%v)", s.addr, err)
	}
}

func TestHelpThatWasAskedForIsNoError(t *testing.T) {
	var stdout, stderr bytes.Buffer
	run(context.Background(), []string{"serve", "--help"}, &stdout, &stderr)
	if stderr.Len() != 0 || !strings.Contains(stdout.String(), "--public-url") {
		t.Errorf("printed %d bytes as help, %d as errors", stdout.Len(), stderr.Len())
	}
}
