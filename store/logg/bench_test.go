package logg

import (
	"fmt"
	"sync"
	"testing"
)

// BenchmarkSkriv writes rows of so many persons from so many goroutines at once, to the disk of the temporary folder.
func BenchmarkSkriv(b *testing.B) {
	for _, persons := range []int{1, 10, 1000, 40_000} {
		for _, writers := range []int{1, 16, 64} {
			b.Run(fmt.Sprintf("persons=%d/writers=%d", persons, writers), func(b *testing.B) { benchSkriv(b, persons, writers) })
		}
	}
}

func benchSkriv(b *testing.B, persons, writers int) {
	l, _ := nyLogg(b)
	var personer []uint64
	for i := range persons {
		personer = append(personer, person(i))
	}
	work := make(chan int)
	var done sync.WaitGroup
	for range writers {
		done.Go(func() {
			for i := range work {
				if err := l.Skriv(b.Context(), prosa(i, personer...)); err != nil {
					b.Error(err)
				}
			}
		})
	}
	b.ReportAllocs()
	b.ResetTimer()
	for i := range b.N {
		work <- i
	}
	close(work)
	done.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
