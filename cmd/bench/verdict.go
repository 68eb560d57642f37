package main

import (
	"slices"
)

// verdict is a figure that was asked for, and what was measured of it.
type verdict struct {
	Figure   string   `json:"figure"`
	Measured *float64 `json:"measured"` // nil: not measured in this run
	Floor    float64  `json:"floor"`
	Aim      float64  `json:"aim"`
	Less     bool     `json:"lessIsBetter"`
	Unit     string   `json:"unit,omitempty"`
	Stated   bool     `json:"stated,omitempty"` // it has neither floor nor aim
	ByCPU    bool     `json:"byProcessorTime,omitempty"`
	Verdict  string   `json:"verdict"`
}

const (
	aimReached  = "aim reached"
	floorHeld   = "floor held"
	belowFloor  = "below the floor"
	notMeasured = "not measured"
	statedOnly  = "stated"
)

// judge says what a figure comes to.
func (v *verdict) judge() {
	reaches := func(mark float64) bool {
		if v.Less {
			return *v.Measured <= mark
		}
		return *v.Measured >= mark
	}
	switch {
	case v.Measured == nil:
		v.Verdict = notMeasured
	case v.Stated:
		v.Verdict = statedOnly
	case reaches(v.Aim):
		v.Verdict = aimReached
	case reaches(v.Floor):
		v.Verdict = floorHeld
	default:
		v.Verdict = belowFloor
	}
}

func (v *verdict) cells() []string {
	number := func(n float64) string { return figures(n) + v.Unit }
	measured, floor, aim := "–", number(v.Floor), number(v.Aim)
	if v.Measured != nil {
		measured = number(*v.Measured)
	}
	if v.Stated {
		floor, aim = "–", "–"
	}
	if v.ByCPU {
		measured += " *"
	}
	return []string{v.Figure, v.Verdict, measured, floor, aim}
}

// missedAny says whether a figure is below its floor.
func missedAny(list []verdict) bool {
	return slices.ContainsFunc(list, func(v verdict) bool { return v.Verdict == belowFloor })
}

// results finds what was measured.
type results []*measured

func (r results) of(shape, run string) *measured {
	for _, m := range r {
		if m.Shape == shape && m.Run == run {
			return m
		}
	}
	return nil
}

// quiet is the part of the time that both servers must have had their core for: below it something else had it, or whoever
// asked was too slow, and questions a second say nothing of the servers.
const quiet = 0.9

// ratio is how many questions a second one run had beside another of the same shape, median of the ratios within each
// round. On a machine that was not quiet it is that of the processor time for a question, which is the same where a server
// has its core for itself. nil: not measured.
func (r results) ratio(shape, run, to string) (ratio *float64, byCPU bool) {
	a, b := r.of(shape, run), r.of(shape, to)
	if a == nil || b == nil {
		return nil, false
	}
	m := median(ratios(a.rounds, b.rounds))
	if byCPU = min(a.Busy, b.Busy) < quiet; byCPU {
		m = b.CPU / a.CPU
	}
	return &m, byCPU
}

// figureTable is what is asked for, in the order and with the floors and aims of the project's issue on speed and scale.
func figureTable(r results, o *others) []verdict {
	list := []verdict{
		r.figure("hentArbeidsforhold, ratio to static bytes", ettArbeidsforhold, runOpen, runStatic, 0.55, 0.70),
		r.figure("hentArbeidstaker, 7 arbeidsforhold (8 asked for)", arbeidstaker7, runOpen, runStatic, 0.50, 0.65),
		r.figure("hentAntallArbeidstakere, employer with 40,000", antall40000, runOpen, runStatic, 0.55, 0.75),
		r.figure("hentArbeidsgiver, 1000 arbeidsforhold", arbeidsgiver1000, runOpen, runStatic, 0.35, 0.50),
		r.figure("hentArbeidsgiver, 5000", arbeidsgiver5000, runOpen, runStatic, 0.50, 0.70),
		r.figure("1000 filtered, per row read, of unfiltered", arbeidsgiver1000, runFiltered, runOpen, 0.9, 1),
		r.figure("5000 filtered, per row read, of unfiltered", arbeidsgiver5000, runFiltered, runOpen, 0.9, 1),
		r.figure("hentTrefflisteArbeidstaker, 1000 hits, exact", takereEksakt, runOpen, runStatic, 0.20, 0.40),
		r.figure("the same, phonetic", takereFonetisk, runOpen, runStatic, 0.15, 0.30),
		r.figure("hentTrefflisteArbeidsgiver, 1000 hits", givereEksakt, runOpen, runStatic, 0.15, 0.30),
		{Figure: "hentArbeidsgiver, 40,000: growth of private memory, 1 client", Measured: o.growth1, Floor: 8, Aim: 4, Less: true, Unit: " MiB"},
		{Figure: "the same, 16 clients", Measured: o.growth16, Floor: 64, Aim: 16, Less: true, Unit: " MiB"},
		{Figure: "the same: time to first byte, audit off", Measured: o.firstByte, Floor: 1, Aim: 0.3, Less: true, Unit: " ms"},
		{Figure: "the same, audit on", Measured: o.firstByteLogged, Unit: " ms", Stated: true},
		r.figure("gzip: hentArbeidsforhold, of plain", ettArbeidsforhold, runGzip, runOpen, 0.60, 0.70),
		{Figure: "gzip: bytes a second of lists of 1000, times compress/gzip level 1", Measured: o.packing, Floor: 1.8, Aim: 2.2},
		r.stated("the same, whole questions, to static bytes so compressed", arbeidsgiver1000, runGzip, runGzipStatic),
		r.stated("the same, lists of 5000", arbeidsgiver5000, runGzip, runGzipStatic),
		{Figure: "gate and decode, of a bare token loop", Measured: o.decode, Floor: 1, Aim: 0.3, Less: true},
		{Figure: "answer writer: allocations", Measured: o.writerAllocations, Less: true},
		{Figure: "answer writer: times the same record through etree", Measured: o.writer, Floor: 20, Aim: 30},
		{Figure: "start to first answer", Measured: o.start, Floor: 100, Aim: 30, Less: true, Unit: " ms"},
		r.figure("hentArbeidsforhold, times the naive way", ettArbeidsforhold, runOpen, runNaive, 8, 12),
		r.figure("hentArbeidsgiver, 1000, times the naive way", arbeidsgiver1000, runOpen, runNaive, 100, 150),
	}
	for i := range list {
		list[i].judge()
	}
	return list
}

func (r results) figure(figure, shape, run, to string, floor, aim float64) verdict {
	v := verdict{Figure: figure, Floor: floor, Aim: aim}
	v.Measured, v.ByCPU = r.ratio(shape, run, to)
	return v
}

// stated is a figure that has neither floor nor aim.
func (r results) stated(figure, shape, run, to string) verdict {
	v := r.figure(figure, shape, run, to, 0, 0)
	v.Stated = true
	return v
}

// others are the figures that are not questions a second.
type others struct {
	growth1, growth16          *float64 // MiB
	firstByte, firstByteLogged *float64 // milliseconds
	decode                     *float64 // times as long
	writer, writerAllocations  *float64
	packing                    *float64
	start                      *float64 // milliseconds
}

// comparison is a line for each shape that was asked of two programs.
func comparison(r results) table {
	rows := [][]string{{"shape", "with", "times as many questions a second as before"}}
	line := func(shape, with, before string) {
		if ratio, byCPU := r.ratio(shape, with, before); ratio != nil {
			cell := figures(*ratio)
			if byCPU {
				cell += " *"
			}
			rows = append(rows, []string{shape, with, cell})
		}
	}
	for _, m := range r {
		switch m.Run {
		case runBefore:
			line(m.Shape, runOpen, runBefore)
		case runBeforeLogged:
			line(m.Shape, runLogged, runBeforeLogged)
		}
	}
	return table{Words: 2, Rows: rows}
}
