package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
)

// side is one of the two builds, and the folder that its files are in.
type side struct {
	navn    string // before or after
	program string
	mappe   string
}

// path is a file of the side.
func (s *side) path(name string) string { return filepath.Join(s.mappe, name) }

// The files of a side.
const (
	registerfil    = "register"
	konsumentfil   = "konsumenter"
	loggfil        = "logg"
	eksportfil     = "eksport.ndjson"
	foersteEksport = "import.ndjson"
)

// kall runs a command of the build; what it is given to read is stdin, "" for nothing.
func (s *side) kall(ctx context.Context, stdin string, args ...string) error {
	cmd := exec.CommandContext(ctx, s.program, args...)
	cmd.Stdin = strings.NewReader(stdin)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: aareg %s: %w: %s", s.navn, args[0], err, out)
	}
	return nil
}

// bygg is the program that a flag means: a file, a commit of the repository that the command is run in, which is taken out
// and built, or, for "", the repository's files as they stand.
func bygg(ctx context.Context, what, dir string) (string, error) {
	if info, err := os.Stat(what); err == nil && info.Mode().IsRegular() {
		return filepath.Abs(what)
	}
	root, err := utfoer(ctx, "", "go", "list", "-m", "-f", "{{.Dir}}")
	if err != nil {
		return "", err
	}
	root = strings.TrimSpace(root)
	if what != "" {
		// An archive and no worktree: the repository is left as it is, also when this is killed.
		source, archive := filepath.Join(dir, "kilde"), filepath.Join(dir, "kilde.tar")
		if _, err := utfoer(ctx, root, "git", "archive", "--format=tar", "-o", archive, what); err != nil {
			return "", fmt.Errorf("%q is neither a program nor a commit: %w", what, err)
		}
		if err := os.Mkdir(source, 0o700); err != nil {
			return "", err
		}
		if _, err := utfoer(ctx, source, "tar", "-xf", archive); err != nil {
			return "", err
		}
		root = source
	}
	program := filepath.Join(dir, "aareg")
	_, err = utfoer(ctx, root, "go", "build", "-o", program, "./cmd/aareg")
	return program, err
}

func utfoer(ctx context.Context, dir, name string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = dir
	var said strings.Builder
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s %s: %w: %s", name, args[0], err, said.String())
	}
	return string(out), nil
}

// tjener is a build that serves.
type tjener struct {
	cmd    *exec.Cmd
	base   string // http://host:port, for questions
	styres string // the same of the port that a test double is steered from
	slutt  chan struct{}
}

var (
	spoerresPaa = regexp.MustCompile(`POST (http://[^/]+)/`)
	styresPaa   = regexp.MustCompile(`steered at (http://[^/]+)/`)
)

// serve starts a server, which is ready when this returns. What it logs goes to a file of the side.
func (s *side) serve(ctx context.Context, args ...string) (*tjener, error) {
	log, err := os.OpenFile(s.path("serve.logg"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	defer log.Close()
	t := &tjener{slutt: make(chan struct{})}
	t.cmd = exec.CommandContext(ctx, s.program, append([]string{"serve", "--addr", "127.0.0.1:0"}, args...)...)
	t.cmd.Stderr = log
	t.cmd.Cancel = func() error { return t.cmd.Process.Signal(syscall.SIGTERM) }
	out, err := t.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := t.cmd.Start(); err != nil {
		return nil, err
	}
	lines := bufio.NewScanner(out)
	for t.base == "" && lines.Scan() {
		if found := styresPaa.FindStringSubmatch(lines.Text()); found != nil {
			t.styres = found[1]
		}
		if found := spoerresPaa.FindStringSubmatch(lines.Text()); found != nil {
			t.base = found[1]
		}
	}
	go func() { _, _ = io.Copy(io.Discard, out); close(t.slutt) }() // ends with the program
	if t.base == "" {
		return nil, errors.Join(fmt.Errorf("%s: it does not serve; %s tells why", s.navn, log.Name()), t.stopp())
	}
	return t, nil
}

// stopp tells the server to stop and waits until it has.
func (t *tjener) stopp() error {
	_ = t.cmd.Process.Signal(syscall.SIGTERM) // one that has ended says so below
	<-t.slutt
	return t.cmd.Wait()
}
