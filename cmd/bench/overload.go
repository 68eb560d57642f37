package main

import (
	"context"
	"fmt"
	"runtime"
	"strconv"
	"time"

	"aareg/cmd/bench/load"
)

const (
	overloadTimes   = 4   // the capacity
	overloadClients = 500 // nearly as many as the service takes connections: further ones would wait for one of these to close
	overloadFor     = 10 * time.Second
	overloadWaits   = 40 * time.Second // longer than any limit of the service
	recoveryLook    = 250 * time.Millisecond
	recoveryWithin  = 30 * time.Second
)

// overloadHead is the head of the table: what was offered, what came of it, and how the service was afterwards.
var overloadHead = []string{"shape", "service", "capacity/s", "offered/s", "asked/s", "answered/s", "503/s", "other", "p50 ms", "p99 ms",
	"p99 before", "private MiB before", "most", "after", "recovered s"}

// overloaded asks four times what can be answered, of a list and of a point shape, of both services.
func (b *bench) overloaded(ctx context.Context) (*report, error) {
	if err := b.prepare(ctx); err != nil {
		return nil, err
	}
	rows := [][]string{overloadHead}
	for _, s := range []shape{
		{id: ettArbeidsforhold, questions: about("hentArbeidsforhold", "arbeidsforholdId", b.drawn.arbeidsforhold)},
		{id: arbeidsgiver1000, questions: about("hentArbeidsgiver", "arbeidsgiverId", b.drawn.arbeidsgivereMed(1000))},
	} {
		for _, t := range []*target{b.ours.open, b.ours.logged} {
			told("%s: %s", s.id, t.name)
			row, err := b.overload(s, t)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", s.id, err)
			}
			rows = append(rows, row)
		}
	}
	return &report{Title: fmt.Sprintf("aareg at %d times its capacity: %d arbeidsforhold, %s, %s", overloadTimes, b.drawn.alle, runtime.GOARCH,
		time.Now().Format(time.DateTime)), Tables: []table{{Rows: rows, Words: 2}}, Notes: overloadNotes}, nil
}

var overloadNotes = []string{
	fmt.Sprintf("capacity: what %d clients get that ask anew when they are answered. Then %d clients ask %d times as much for %s; a question that comes while all of them wait is not asked.",
		pointClients, overloadClients, overloadTimes, overloadFor),
	"p50 and p99: of what was answered. other: answers that are neither 200 nor 503 with Retry-After, connections that were cut, and questions without an answer; there should be none.",
	fmt.Sprintf("recovered: the time after the last of them until p99 of %d clients is within twice what it was before.", pointClients),
}

func (b *bench) overload(s shape, t *target) ([]string, error) {
	before, err := b.ask(t, s.questions, pointClients, b.pace.turn)
	if err != nil {
		return nil, err
	}
	capacity, usual := float64(before.Answered)/before.Elapsed.Seconds(), percentile(before.Whole, 99)
	memory, err := t.process.private()
	if err != nil {
		return nil, err
	}
	var o *load.Outcome
	most, err := t.process.peak(func() error {
		return on(b.cores.asking, func() (err error) {
			o, err = load.Open{Addr: t.process.addr, Connections: overloadClients, Next: t.next(s.questions), PerSecond: overloadTimes * capacity,
				For: overloadFor, Patience: overloadWaits}.Run()
			return err
		})
	})
	if err != nil {
		return nil, err
	}
	recovered, err := b.recovery(s, t, usual)
	if err != nil {
		return nil, err
	}
	after, err := t.process.private()
	rate := func(n int) string { return figures(float64(n) / o.Elapsed.Seconds()) }
	mb := func(n int64) string { return figures(float64(n) / mib) }
	return []string{s.id, t.name, figures(capacity), rate(o.Due), rate(o.Asked), rate(o.Answered), rate(o.Refused), strconv.Itoa(o.Other),
		figures(milliseconds(percentile(o.Whole, 50))), figures(milliseconds(percentile(o.Whole, 99))), figures(milliseconds(usual)),
		mb(memory), mb(most), mb(after), recovered}, err
}

// recovery is how long it takes until the usual load is answered as before.
func (b *bench) recovery(s shape, t *target, usual time.Duration) (string, error) {
	for began := time.Now(); time.Since(began) < recoveryWithin; {
		at := time.Since(began)
		r, err := b.ask(t, s.questions, pointClients, recoveryLook)
		if err != nil {
			return "", err
		}
		if percentile(r.Whole, 99) <= 2*usual {
			return figures(at.Seconds()), nil
		}
	}
	return "not within " + recoveryWithin.String(), nil
}
