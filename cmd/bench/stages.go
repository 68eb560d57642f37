package main

import (
	"context"
	"fmt"
	"os/exec"
	"slices"
	"strconv"
	"strings"
)

// stage is a line of go test -bench: a benchmark's name, and its metrics by unit.
type stage struct {
	name    string
	metrics map[string]float64
}

// stages runs benchmarks of a package on one core.
func (b *bench) stages(ctx context.Context, pattern, pkg string) ([]stage, error) {
	cmd := exec.CommandContext(ctx, "go", "test", "-run", "^$", "-bench", pattern, "-benchtime", "1s", "-cpu", "1", pkg)
	cmd.Dir = b.checkout
	out, err := cmd.CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf("%s: %w: %s", pkg, err, out)
	}
	return parseStages(string(out)), nil
}

func parseStages(text string) (list []stage) {
	for line := range strings.Lines(text) {
		words := strings.Fields(line)
		if len(words) < 4 || !strings.HasPrefix(words[0], "Benchmark") {
			continue
		}
		s := stage{name: strings.TrimPrefix(words[0], "Benchmark"), metrics: map[string]float64{}}
		for pair := range slices.Chunk(words[2:], 2) {
			if n, err := strconv.ParseFloat(pair[0], 64); err == nil && len(pair) == 2 {
				s.metrics[pair[1]] = n
			}
		}
		list = append(list, s)
	}
	return list
}

// worst is the largest of a metric; nil when no stage has it.
func worst(list []stage, unit string) (most *float64) {
	for _, s := range list {
		if n, found := s.metrics[unit]; found && (most == nil || n > *most) {
			most = &n
		}
	}
	return most
}

// readAndWrite measures what has a benchmark of its own: how questions are read, and how answers are written.
func (b *bench) readAndWrite(ctx context.Context, o *others) error {
	reading, err := b.stages(ctx, "^BenchmarkGate$", "./soap")
	if err != nil {
		return err
	}
	o.decode = worst(reading, "x-tokenloop")
	writing, err := b.stages(ctx, "^BenchmarkArbeidsforhold$", "./products")
	if err != nil {
		return err
	}
	o.writer, o.writerAllocations = worst(writing, "x-etree"), worst(writing, "allocs/record")
	o.packing, err = b.packing()
	return err
}
