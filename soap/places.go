package soap

import (
	"runtime"
	"time"
)

// places bounds how many may do a thing at once, and so the memory that it can take.
type places chan struct{}

// take takes a place; false when none came free in time.
func (p places) take(patience time.Duration) bool {
	select {
	case p <- struct{}{}:
		return true
	default:
	}
	if patience == 0 {
		return false
	}
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case p <- struct{}{}:
		return true
	case <-timer.C:
		return false
	}
}

func (p places) free() { <-p }

const (
	// patience is how long a question waits for its turn to be read or parsed; then it is answered 503.
	patience = time.Second
	// maxSmall is how many bytes of a question are read without a place: no legal one is longer.
	maxSmall = 32 << 10
	// maxStreams is how many answers that are longer than one piece are written at once. Each keeps its data, and when
	// it is compressed the compressor's tables, in memory until the client has read it: about 4 MiB with the memory of its pieces, 30
	// seconds at most.
	maxStreams = 16
)

// newPlaces are the places for what takes work: four for each core.
func newPlaces() places { return make(places, 4*runtime.GOMAXPROCS(0)) }
