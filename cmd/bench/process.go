package main

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// process is a server that is measured: a program of its own on a core of its own.
type process struct {
	cmd  *exec.Cmd
	addr string
	said bytes.Buffer // what it wrote to standard error; read when it has ended
	done chan error
}

// startWithin is how long a server may take until it can be asked.
const startWithin = 2 * time.Minute

// start starts a server on its core and waits until it takes connections. Of args, the one that is ADDR becomes its address.
func (c cores) start(program string, args ...string) (*process, error) {
	p, err := c.launch(program, args...)
	if err != nil {
		return nil, err
	}
	for begun := time.Now(); time.Since(begun) < startWithin; time.Sleep(2 * time.Millisecond) {
		if conn, err := net.Dial("tcp", p.addr); err == nil {
			conn.Close()
			return p, nil
		}
		select {
		case err := <-p.done:
			return nil, fmt.Errorf("%s ended: %w: %s", filepath.Base(program), err, &p.said)
		default:
		}
	}
	p.stop()
	return nil, fmt.Errorf("%s takes no connections within %s", filepath.Base(program), startWithin)
}

// launch starts a server and does not wait.
func (c cores) launch(program string, args ...string) (*process, error) {
	addr, err := freeAddr()
	if err != nil {
		return nil, err
	}
	p := &process{addr: addr, done: make(chan error, 1)}
	for i, arg := range args {
		if arg == "ADDR" {
			args[i] = addr
		}
	}
	p.cmd = exec.Command(program, args...)
	p.cmd.Env = append(os.Environ(), "GOMAXPROCS=1")
	p.cmd.Stderr = &p.said
	if err := on(c.server, p.cmd.Start); err != nil {
		return nil, err
	}
	go func() { p.done <- p.cmd.Wait() }()
	return p, nil
}

func freeAddr() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// stop ends the server and waits for its end.
func (p *process) stop() {
	_ = p.cmd.Process.Signal(syscall.SIGTERM) // it may have ended by itself
	select {
	case <-p.done:
	case <-time.After(10 * time.Second):
		_ = p.cmd.Process.Kill()
		<-p.done
	}
}

var errProc = errors.New("/proc does not tell of a process what is measured")

// cpu is the processor time that the server has used.
func (p *process) cpu() (time.Duration, error) {
	threads, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/schedstat", p.cmd.Process.Pid))
	if err != nil || len(threads) == 0 {
		return 0, errors.Join(errProc, err)
	}
	var sum time.Duration
	for _, thread := range threads {
		text, err := os.ReadFile(thread)
		if err != nil {
			return 0, fmt.Errorf("%w: %w", errProc, err)
		}
		on, _, _ := strings.Cut(string(text), " ")
		ns, err := strconv.ParseInt(on, 10, 64)
		if err != nil {
			return 0, errProc
		}
		sum += time.Duration(ns)
	}
	return sum, nil
}

// private is the memory, in bytes, that is the server's own: what it has written. Pages of the register that it has mapped are
// the operating system's and can be dropped at any time.
func (p *process) private() (int64, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/smaps_rollup", p.cmd.Process.Pid))
	if err != nil {
		return 0, fmt.Errorf("%w: %w", errProc, err)
	}
	for line := range strings.Lines(string(text)) {
		if words := strings.Fields(line); len(words) == 3 && words[0] == "Private_Dirty:" {
			kib, err := strconv.ParseInt(words[1], 10, 64)
			return kib << 10, err
		}
	}
	return 0, errProc
}

// peak calls during, and looks at the server's memory all the while.
func (p *process) peak(during func() error) (most int64, err error) {
	ended := make(chan error, 1)
	go func() { ended <- during() }()
	for {
		now, err := p.private()
		if err != nil {
			return 0, err
		}
		most = max(most, now)
		select {
		case err := <-ended:
			return most, err
		case <-time.After(10 * time.Millisecond):
		}
	}
}
