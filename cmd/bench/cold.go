package main

import (
	"context"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// coldAsked is how many questions are asked of a cold file, each about something else.
const coldAsked = 300

// byTemperature asks the same questions of a file that is on the disk alone, and again when they have been asked once.
func (b *bench) byTemperature(context.Context) (table, error) {
	told("cold and warm")
	t := table{Title: "Cold and warm", Words: 1, Rows: [][]string{{"shape", "cold p50 ms", "cold p99 ms", "warm p50 ms", "warm p99 ms"}}}
	for _, s := range []shape{
		{id: ettArbeidsforhold, questions: about("hentArbeidsforhold", "arbeidsforholdId", b.drawn.arbeidsforhold)},
		{id: arbeidstaker7, questions: about("hentArbeidstaker", "foedselsnr", b.drawn.arbeidstakere)},
		{id: arbeidsgiver1000, questions: about("hentArbeidsgiver", "arbeidsgiverId", b.drawn.arbeidsgivereMed(1000))},
	} {
		cold, warm, err := b.coldAndWarm(s.questions)
		if err != nil {
			return t, err
		}
		row := []string{s.id}
		for _, list := range [][]time.Duration{cold, warm} {
			row = append(row, figures(milliseconds(percentile(list, 50))), figures(milliseconds(percentile(list, 99))))
		}
		t.Rows = append(t.Rows, row)
	}
	return t, nil
}

func (b *bench) coldAndWarm(q questions) (cold, warm []time.Duration, err error) {
	b.ours.open.process.stop() // what it has mapped is not dropped
	if err := dropPages(b.ours.register); err != nil {
		return nil, nil, err
	}
	if b.ours.open, err = b.cores.serveOpen(b.ours.program, b.ours.register); err != nil {
		return nil, nil, err
	}
	asked := q.leaves[:min(coldAsked, len(q.leaves))]
	if cold, err = b.ours.open.oneByOne(q.operation, asked); err != nil {
		return nil, nil, err
	}
	warm, err = b.ours.open.oneByOne(q.operation, asked)
	return cold, warm, err
}

// oneByOne is how long each took.
func (t *target) oneByOne(operation string, leaves []string) (times []time.Duration, err error) {
	for _, l := range leaves {
		began := time.Now()
		if _, err := t.ask(operation, l); err != nil {
			return nil, err
		}
		times = append(times, time.Since(began))
	}
	return times, nil
}

// dropPages has the operating system forget what it holds of a file.
func dropPages(file string) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := f.Sync(); err != nil { // what is not written yet is not forgotten
		return err
	}
	return unix.Fadvise(int(f.Fd()), 0, 0, unix.FADV_DONTNEED)
}
