package main

import (
	"compress/gzip"
	"io"
	"time"

	fast "github.com/klauspost/compress/gzip"
)

// packingTurns is how often each compressor has its turn with an answer.
const packingTurns = 50

// packing is how many times as many bytes a second the library that packs answers takes as compress/gzip does, both at
// their fastest, of answers of hentArbeidsgiver with 1000: the median of turns.
func (b *bench) packing() (*float64, error) {
	answers, err := b.ours.open.typical(about("hentArbeidsgiver", "arbeidsgiverId", b.drawn.arbeidsgivereMed(1000)))
	if err != nil {
		return nil, err
	}
	ours, err := fast.NewWriterLevel(nil, fast.BestSpeed)
	if err != nil {
		return nil, err
	}
	theirs, err := gzip.NewWriterLevel(nil, gzip.BestSpeed)
	if err != nil {
		return nil, err
	}
	var times []float64
	for range packingTurns {
		for _, answer := range answers {
			times = append(times, float64(pack(theirs, answer))/float64(pack(ours, answer)))
		}
	}
	m := median(times)
	return &m, nil
}

// compressor is what both libraries have.
type compressor interface {
	io.WriteCloser
	Reset(io.Writer)
}

// pack is how long that takes.
func pack(c compressor, answer []byte) time.Duration {
	begun := time.Now()
	c.Reset(io.Discard)
	_, _ = c.Write(answer) // what is discarded is taken
	_ = c.Close()
	return time.Since(begun)
}
