package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"syscall"
	"time"
)

// bench is a measurement: what is built, served and drawn for it.
type bench struct {
	settings
	cores     cores
	self      string // this program, which is static too
	dir       string // for this run alone
	checkout  string
	registers registers
	ours      *service
	before    *service // what is compared with; nil for nothing
	naive     *target  // nil until it is served
	naiveIDs  []string // the arbeidsforhold that the naive copy has
	drawn     *drawn
	running   []*process
}

func newBench(ctx context.Context, s settings) (b *bench, err error) {
	b = &bench{settings: s}
	b.registers = registers{folder: s.cache, fresh: s.fresh}
	if b.cores, err = findCores(); err != nil {
		return nil, err
	}
	if b.self, err = os.Executable(); err != nil {
		return nil, err
	}
	if b.checkout, err = checkout(ctx); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(s.cache, 0o700); err != nil {
		return nil, err
	}
	b.dir, err = os.MkdirTemp(s.cache, "run-") // on the disk that registers are on: an audit log waits for it
	return b, err
}

// told says what is being done, since it takes minutes.
func told(format string, args ...any) {
	fmt.Fprintf(os.Stderr, time.Now().Format("15:04:05 ")+format+"\n", args...)
}

func (b *bench) close() {
	for _, p := range b.running {
		p.stop()
	}
	os.RemoveAll(b.dir)
}

// table measures every shape, and the figures that are no questions a second.
func (b *bench) table(ctx context.Context) (*report, error) {
	if err := b.prepare(ctx); err != nil {
		return nil, err
	}
	only, err := regexp.Compile(b.only)
	if err != nil {
		return nil, fmt.Errorf("--only: %w", err)
	}
	shapes, err := b.drawn.shapes(b.ours.open)
	if err != nil {
		return nil, err
	}
	var list results
	for _, s := range shapes {
		if !only.MatchString(s.id) {
			continue
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		told("%s", s.id)
		m, err := b.shape(s)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", s.id, err)
		}
		list = append(list, m...)
	}
	o := &others{}
	more, err := b.rest(ctx, only, o)
	if err != nil {
		return nil, err
	}
	list = append(list, more...)
	return &report{Title: b.title(), Measured: list, Verdicts: figureTable(list, o), Tables: []table{comparison(list)}, Notes: notes}, nil
}

// The figures that are no questions a second have these names besides those of shapes.
const (
	oppstart          = "start"
	readingAndWriting = "reading and writing"
)

// rest measures the figures that are no questions a second.
func (b *bench) rest(ctx context.Context, only *regexp.Regexp, o *others) (list results, err error) {
	for _, step := range []struct {
		name    string
		measure func() error
	}{
		{arbeidsgiver40000, func() (err error) { list, err = b.longest(o); return err }},
		{oppstart, func() (err error) { o.start, err = b.start(ctx, b.ours); return err }},
		{readingAndWriting, func() error { return b.readAndWrite(ctx, o) }},
	} {
		if !only.MatchString(step.name) {
			continue
		}
		told("%s", step.name)
		if err := step.measure(); err != nil {
			return nil, fmt.Errorf("%s: %w", step.name, err)
		}
	}
	return list, nil
}

// notes say how to read the tables.
var notes = []string{
	"ratio: questions a second, of the first run of the shape; in the figures, of what the figure names. Medians of the rounds.",
	"*: a server had its core for less than nine tenths of the time, since something else had it or the other core was too slow. Then the ratio is that of the processor time for a question.",
	"private MiB: memory that the process has written (Private_Dirty). Pages of the register are the operating system's.",
	"open: the service without login and audit log; questions in session otherwise. Questions are about numbers drawn at random, lists and names about a few of the size.",
}

func (b *bench) title() string {
	return fmt.Sprintf("aareg against the machine: %d persons, %d arbeidsforhold, %s, %s", b.persons, b.drawn.alle, runtime.GOARCH, time.Now().Format(time.DateTime))
}

func (b *bench) shape(s shape) ([]*measured, error) {
	static, err := b.static(s, b.ours.open)
	if err != nil {
		return nil, err
	}
	defer static.process.stop()
	list, err := b.turns(s, static)
	if err != nil || !b.profile {
		return list, err
	}
	return list, b.profileOf(s)
}

// turns measures a shape with the register in memory, all of it: a machine may have taken away what nobody used for seconds.
func (b *bench) turns(s shape, static *target) ([]*measured, error) {
	for _, service := range []*service{b.ours, b.before} {
		if service == nil {
			continue
		}
		if err := readThrough(service.register); err != nil {
			return nil, err
		}
	}
	return b.pace.turns(b.cores, s.id, b.runs(s, static))
}

func (b *bench) profileFile() string { return filepath.Join(b.out, "open.prof") }

// profileOf has the open service write down what its core does while a shape is asked for.
func (b *bench) profileOf(s shape) error {
	service := b.ours.open
	if err := errors.Join(os.MkdirAll(b.out, 0o755), service.process.cmd.Process.Signal(syscall.SIGUSR1)); err != nil {
		return err
	}
	if _, err := b.ask(service, s.questions, s.connections, b.pace.turn); err != nil {
		return err
	}
	if err := service.process.cmd.Process.Signal(syscall.SIGUSR2); err != nil {
		return err
	}
	name := strings.Map(func(r rune) rune {
		if r == ' ' || r == ',' {
			return '-'
		}
		return r
	}, s.id)
	return os.Rename(b.profileFile(), filepath.Join(b.out, name+".prof"))
}

func (b *bench) build(ctx context.Context) (program, error) {
	told("building")
	return build(ctx, "now", b.checkout, b.checkout, b.dir)
}

// prepare builds, makes registers, and serves them.
func (b *bench) prepare(ctx context.Context) error {
	p, err := b.build(ctx)
	if err != nil {
		return err
	}
	if b.ours, err = b.serve(ctx, p); err != nil {
		return err
	}
	if b.compare != "" {
		p, err := other(ctx, b.compare, b.checkout, b.dir)
		if err != nil {
			return err
		}
		if b.before, err = b.serve(ctx, p); err != nil {
			return err
		}
	}
	told("drawing")
	if b.drawn, err = draw(ctx, b.ours.register); err != nil || b.before != nil {
		return err
	}
	return b.startNaive(ctx, b.drawn.arbeidsgivereMed(1000))
}

func (b *bench) serve(ctx context.Context, p program) (*service, error) {
	m, err := b.registers.get(ctx, p.aareg, b.persons)
	if err != nil {
		return nil, err
	}
	if err := readThrough(m.file); err != nil {
		return nil, err
	}
	s := &service{program: p, register: m.file}
	if p.open != "" {
		if s.open, err = b.cores.serveOpen(p, m.file, "--cpuprofile", b.profileFile()); err != nil {
			return nil, err
		}
		b.running = append(b.running, s.open.process)
	}
	if s.logged, err = b.cores.serveLogged(ctx, p, m.file, b.dir); err != nil {
		return nil, err
	}
	b.running = append(b.running, s.logged.process)
	return s, nil
}

// readThrough has the operating system keep a file in memory, as far as there is room.
func readThrough(file string) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(io.Discard, f)
	return err
}
