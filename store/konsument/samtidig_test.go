package konsument

import (
	"runtime"
	"sync"
	"testing"
)

// TestManyAskWhileTwoChange also has the race detector look on, when it is on.
func TestManyAskWhileTwoChange(t *testing.T) {
	one, path := nytt(t)
	two := aapnet(t, path)
	nr := lagt(t, one, avtale(etat, func(k *Konsument) { k.Rettigheter.PersonerPerDoegn = 0 }))
	const changes = 40
	var changing, asking sync.WaitGroup
	for _, r := range []*Register{one, two} {
		changing.Go(func() {
			for range changes {
				if err := r.Endre(nr, func(k *Konsument) error { k.Rettigheter.PersonerPerDoegn++; return nil }); err != nil {
					t.Error(err)
				}
			}
		})
	}
	done := make(chan struct{})
	for _, r := range []*Register{one, two, one, two} {
		asking.Go(func() {
			for last := 0; ; {
				b, err := r.Bilde()
				if err != nil {
					t.Error(err)
					return
				}
				now := b.Konsument(nr).Rettigheter.PersonerPerDoegn
				if now < last {
					t.Errorf("the picture went back from %d to %d", last, now)
				}
				last = now
				select {
				case <-done:
					return
				default:
					runtime.Gosched()
				}
			}
		})
	}
	changing.Wait()
	close(done)
	asking.Wait()
	if got := bilde(t, one).Konsument(nr).Rettigheter.PersonerPerDoegn; got != 2*changes {
		t.Errorf("%d of %d changes stand", got, 2*changes)
	}
}

func BenchmarkBildeUnchanged(b *testing.B) {
	r, _ := nytt(b)
	for range 3 {
		lagt(b, r, avtale([]string{etat, pensjon, tilsyn}[len(bilde(b, r).Konsumenter())]))
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := r.Bilde(); err != nil {
			b.Fatal(err)
		}
	}
}
