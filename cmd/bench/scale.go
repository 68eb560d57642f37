package main

import (
	"context"
	"fmt"
	"runtime"
	"strconv"
	"time"
)

// curves measures latency and memory against the sizes of registers and employers, hit lists against the frequency of
// names, and a cold file against a warm one.
func (b *bench) curves(ctx context.Context) (*report, error) {
	p, err := b.build(ctx)
	if err != nil {
		return nil, err
	}
	r := &report{Title: fmt.Sprintf("aareg by size: %s, %s", runtime.GOARCH, time.Now().Format(time.DateTime)), Notes: scaleNotes}
	registers := table{Title: "Registers", Rows: [][]string{registersHead}}
	for size := 10_000; size <= b.to; size *= 10 {
		told("a register of %d arbeidsforhold", size)
		row, err := b.ofRegister(ctx, p, size*3/10)
		if err != nil {
			return nil, err
		}
		registers.Rows = append(registers.Rows, row)
		if size*10 > b.to {
			tables, err := b.ofLargest(ctx)
			if err != nil {
				return nil, err
			}
			r.Tables = append(r.Tables, tables...)
		}
		b.ours.open.process.stop()
	}
	r.Tables = append([]table{registers}, r.Tables...)
	return r, nil
}

var scaleNotes = []string{
	"made: how long aareg generate took, on all cores. The other times are of one client that asks anew when it is answered, and of a server that has one core.",
	"growth: the most memory of its own that the service has while one client asks, less what it has after short questions.",
	"cold: the file's pages were dropped from memory (POSIX_FADV_DONTNEED) and the service started anew; each number is asked about once. What lies below the file system may still hold them.",
}

var registersHead = []string{"arbeidsforhold", "file MiB", "bytes each", "made s", "ett arbeidsforhold p50 ms", "p99 ms", "CPU µs", "arbeidstaker p50 ms", "CPU µs",
	"antall of the largest p50 ms", "CPU µs", "start ms"}

// ofRegister serves a register of so many persons, and is a line about it.
func (b *bench) ofRegister(ctx context.Context, p program, persons int) ([]string, error) {
	m, err := b.registers.get(ctx, p.aareg, persons)
	if err != nil {
		return nil, err
	}
	if b.drawn, err = draw(ctx, m.file); err != nil {
		return nil, err
	}
	if err := readThrough(m.file); err != nil {
		return nil, err
	}
	b.ours = &service{program: p, register: m.file}
	started := time.Now()
	if b.ours.open, err = b.cores.serveOpen(p, m.file); err != nil {
		return nil, err
	}
	start := time.Since(started)
	row := []string{strconv.Itoa(b.drawn.alle), figures(float64(m.bytes) / mib), strconv.Itoa(int(m.bytes) / b.drawn.alle), figures(m.took.Seconds())}
	for i, q := range []questions{
		about("hentArbeidsforhold", "arbeidsforholdId", b.drawn.arbeidsforhold),
		about("hentArbeidstaker", "foedselsnr", b.drawn.arbeidstakere),
		about("hentAntallArbeidstakere", "orgnr", []string{b.drawn.arbeidsgivere[0].hva}),
	} {
		one, err := b.one(q)
		if err != nil {
			return nil, err
		}
		row = append(row, figures(one.P50))
		if i == 0 {
			row = append(row, figures(one.P99))
		}
		row = append(row, figures(one.CPU))
	}
	return append(row, figures(milliseconds(start))), nil
}

// one measures one client of the open service.
func (b *bench) one(q questions) (*measured, error) {
	list, err := b.pace.turns(b.cores, "", []run{{runOpen, b.ours.open, q, 1}})
	if err != nil {
		return nil, err
	}
	return list[0], nil
}

// ofLargest are the tables about the register that is served.
func (b *bench) ofLargest(ctx context.Context) (tables []table, err error) {
	for _, measure := range []func(context.Context) (table, error){b.byEmployer, b.byName, b.byTemperature} {
		t, err := measure(ctx)
		if err != nil {
			return nil, err
		}
		tables = append(tables, t)
	}
	return tables, nil
}

// employerSizes are those that are looked for; a register has the nearest, up to its largest.
var employerSizes = []int{10, 100, 1000, 5000, 10_000, 20_000, 40_000, 100_000, 200_000}

func (b *bench) byEmployer(context.Context) (table, error) {
	told("by employer")
	t := table{Title: "hentArbeidsgiver, by size", Rows: [][]string{{"arbeidsforhold", "bytes", "p50 ms", "p99 ms", "first byte ms", "CPU µs", "µs each", "growth MiB"}}}
	before := 0
	for _, size := range employerSizes {
		e := nearest(b.drawn.arbeidsgivere, size, 1)[0]
		if e.antall == before {
			continue
		}
		before = e.antall
		m, err := b.one(about("hentArbeidsgiver", "arbeidsgiverId", []string{e.hva}))
		if err != nil {
			return t, err
		}
		growth, err := b.growth(b.ours, e.hva, 1)
		if err != nil {
			return t, err
		}
		t.Rows = append(t.Rows, []string{strconv.Itoa(e.antall), fmt.Sprintf("%.0f", m.Bytes), figures(m.P50), figures(m.P99), figures(m.FirstByte),
			figures(m.CPU), figures(m.CPU / float64(e.antall)), figures(*growth)})
	}
	return t, nil
}

// byName asks for surnames that so many have, exactly and by sound.
func (b *bench) byName(context.Context) (table, error) {
	told("by name")
	t := table{Title: "hentTrefflisteArbeidstaker, by how many names in force have the word", Rows: [][]string{
		{"names", "hits in the answer", "p50 ms", "CPU µs", "phonetic: hits in the answer", "p50 ms", "CPU µs"}}}
	before := 0
	for size := 1; size <= b.drawn.etternavn[0].antall*3; size *= 3 {
		word := nearest(b.drawn.etternavn, size, 1)[0]
		if word.antall == before {
			continue
		}
		before = word.antall
		row := []string{strconv.Itoa(word.antall)}
		for _, sound := range []string{"false", "true"} {
			q := about("hentTrefflisteArbeidstaker", "etternavn", []string{word.hva}).with(leaf("fonetisk", sound))
			found, err := b.ours.open.countHits(q.operation, q.leaves[0])
			if err != nil {
				return t, err
			}
			m, err := b.one(q)
			if err != nil {
				return t, err
			}
			row = append(row, strconv.Itoa(found), figures(m.P50), figures(m.CPU))
		}
		t.Rows = append(t.Rows, row)
	}
	return t, nil
}
