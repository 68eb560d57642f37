package main

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"aareg/cmd/bench/load"
)

// growth is how much memory of its own, in MiB, a service takes for the answer about an employer while so many ask for it: the most
// that it has meanwhile, less what it had when it had answered short questions alone.
func (b *bench) growth(s *service, employer string, clients int) (*float64, error) {
	t, err := b.cores.serveOpen(s.program, s.register)
	if err != nil {
		return nil, err
	}
	defer t.process.stop()
	short := about("hentArbeidsforhold", "arbeidsforholdId", b.drawn.arbeidsforhold)
	if _, err := b.ask(t, short, pointClients, b.pace.turn); err != nil {
		return nil, err
	}
	before, err := t.process.private()
	if err != nil {
		return nil, err
	}
	most, err := t.process.peak(func() error {
		_, err := b.ask(t, about("hentArbeidsgiver", "arbeidsgiverId", []string{employer}), clients, b.pace.turn)
		return err
	})
	grown := float64(most-before) / mib
	return &grown, err
}

// ask asks for some time.
func (b *bench) ask(t *target, q questions, clients int, d time.Duration) (r *load.Result, err error) {
	err = on(b.cores.asking, func() (err error) {
		r, err = load.Closed{Addr: t.process.addr, Connections: clients, Next: t.next(q), For: d}.Run()
		return err
	})
	return r, err
}

// longest measures what the longest answer is about: memory, and the time to its first byte.
func (b *bench) longest(o *others) (results, error) {
	largest := b.drawn.arbeidsgivere[0].hva
	s := shape{id: arbeidsgiver40000, questions: about("hentArbeidsgiver", "arbeidsgiverId", []string{largest}), connections: 1, logged: true}
	static, err := b.static(s, b.ours.open)
	if err != nil {
		return nil, err
	}
	defer static.process.stop()
	list, err := b.turns(s, static)
	if err != nil {
		return nil, err
	}
	r := results(list)
	o.firstByte, o.firstByteLogged = &r.of(s.id, runOpen).FirstByte, &r.of(s.id, runLogged).FirstByte
	if o.growth1, err = b.growth(b.ours, largest, 1); err != nil {
		return nil, err
	}
	o.growth16, err = b.growth(b.ours, largest, 16)
	return r, err
}

// starts is how often a start is measured.
const starts = 7

// start is the time in milliseconds from the start of the real program to the last byte of its first answer, median. The register's
// pages are in the operating system's memory; the session is one of the service that runs already.
func (b *bench) start(ctx context.Context, s *service) (*float64, error) {
	who := newConsumer(s.program, b.dir) // who is there already
	var times []float64
	for i := range starts {
		took, err := b.startOnce(ctx, s, who, b.drawn.arbeidsforhold[i])
		if err != nil {
			return nil, err
		}
		times = append(times, milliseconds(took))
	}
	middle := median(times)
	return &middle, nil
}

func (b *bench) startOnce(ctx context.Context, s *service, who consumer, id string) (time.Duration, error) {
	began := time.Now()
	process, err := b.cores.launch(s.program.aareg, loggedArgs(s.register, who, b.dir)...)
	if err != nil {
		return 0, err
	}
	defer process.stop()
	t := &target{process: process, path: s.logged.path, session: s.logged.session}
	defer http.DefaultClient.CloseIdleConnections()
	for time.Since(began) < startWithin && ctx.Err() == nil {
		if answer, err := t.ask("hentArbeidsforhold", leaf("arbeidsforholdId", id)); err == nil {
			took := time.Since(began)
			_, err := body(answer, "komplett")
			return took, err
		}
		time.Sleep(time.Millisecond)
	}
	return 0, fmt.Errorf("%s gave no answer within %s", s.program.name, startWithin)
}
