package main

import (
	"cmp"
	"time"

	"aareg/cmd/bench/load"
)

// run is one way of asking that takes its turn with others: who is asked, and what.
type run struct {
	name        string
	target      *target
	questions   questions
	connections int
}

// measured is what came of a run.
type measured struct {
	Shape      string  `json:"shape"`
	Run        string  `json:"run"`
	PerSecond  float64 `json:"perSecond"`       // median of the rounds
	Ratio      float64 `json:"ratio"`           // to the first run of the shape, median of the ratios within each round
	CPU        float64 `json:"cpuMicroseconds"` // of the server, for one question
	Busy       float64 `json:"busy"`            // the part of the time that the server had its core; 1: all of it
	P50        float64 `json:"p50Milliseconds"` // to the last byte
	P99        float64 `json:"p99Milliseconds"` //
	FirstByte  float64 `json:"firstByteP50Milliseconds"`
	Bytes      float64 `json:"bytes"`            // of an answer's body as sent, mean
	PrivateMiB float64 `json:"privateMebibytes"` // the most memory of its own that the server had

	rounds []float64 // questions a second in each round
}

// pace is how long and how often there is measuring.
type pace struct {
	rounds     int
	turn, warm time.Duration
}

// turns has the runs take turns, so that what else the machine does comes to all of them.
func (p pace) turns(c cores, shape string, runs []run) ([]*measured, error) {
	list := make([]*measured, len(runs))
	sums := make([]sum, len(runs))
	for i, r := range runs {
		list[i] = &measured{Shape: shape, Run: r.name}
	}
	for range p.rounds {
		for i, r := range runs {
			perSecond, err := p.turnOf(c, r, &sums[i])
			if err != nil {
				return nil, err
			}
			list[i].rounds = append(list[i].rounds, perSecond)
		}
	}
	for i, m := range list {
		sums[i].into(m)
		m.Ratio = median(ratios(m.rounds, list[0].rounds))
	}
	return list, nil
}

// sum is the turns of one run together.
type sum struct {
	answered     int
	bytes, most  int64
	cpu, elapsed time.Duration
	whole, first []time.Duration
}

func (p pace) turnOf(c cores, r run, s *sum) (perSecond float64, err error) {
	server := r.target.process
	var before time.Duration
	var result *load.Result
	closed := load.Closed{Addr: server.addr, Connections: r.connections, Next: r.target.next(r.questions), Warm: p.warm, For: p.turn,
		Began: func() { before, err = server.cpu() }}
	asked := func() (failed error) {
		result, failed = closed.Run()
		return failed
	}
	if failed := on(c.asking, asked); failed != nil || err != nil {
		return 0, cmp.Or(failed, err)
	}
	after, err := server.cpu()
	if err != nil {
		return 0, err
	}
	now, err := server.private()
	if err != nil {
		return 0, err
	}
	s.cpu, s.elapsed, s.most = s.cpu+after-before, s.elapsed+result.Elapsed, max(s.most, now)
	s.answered, s.bytes = s.answered+result.Answered, s.bytes+result.Bytes
	s.whole, s.first = append(s.whole, result.Whole...), append(s.first, result.First...)
	return float64(result.Answered) / result.Elapsed.Seconds(), nil
}

func (s *sum) into(m *measured) {
	n := float64(s.answered)
	m.PerSecond, m.CPU, m.Bytes = median(m.rounds), float64(s.cpu.Microseconds())/n, float64(s.bytes)/n
	m.Busy = s.cpu.Seconds() / s.elapsed.Seconds()
	m.P50, m.P99 = milliseconds(percentile(s.whole, 50)), milliseconds(percentile(s.whole, 99))
	m.FirstByte, m.PrivateMiB = milliseconds(percentile(s.first, 50)), float64(s.most)/mib
}

func ratios(list, to []float64) []float64 {
	r := make([]float64, len(list))
	for i := range list {
		r[i] = list[i] / to[i]
	}
	return r
}
