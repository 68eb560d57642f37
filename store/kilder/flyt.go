package kilder

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"sync"
)

// A file is parted into records by one goroutine; the records are read by several, bunch by bunch, and handed over in
// the order of the file. No more than a few bunches are under way, so memory does not grow with the file.
const (
	bunkePoster = 512
	bunkeBytes  = 512 << 10
)

// postMaks is how many bytes a record may have. A working life with all its months has some fifty thousand; a text of twenty million
// would stand in every answer.
const postMaks = 1 << 20

// bunke is some records in a row, and what they said.
type bunke struct {
	raa  []raa
	size int
	lest []lest
	m    *Merknader
	done chan struct{}
}

type lest struct {
	poster []Post
	err    error
}

func newBunke() *bunke { return &bunke{m: NewMerknader(), done: make(chan struct{})} }

func (b *bunke) les() {
	defer close(b.done)
	b.lest = make([]lest, len(b.raa))
	for i, r := range b.raa {
		b.m.form = r.form.navn
		b.m.Former[r.form.navn]++
		poster, err := r.les(b.m)
		b.lest[i] = lest{poster, plasser(err, r)}
	}
}

func (r raa) les(m *Merknader) ([]Post, error) {
	if len(r.tekst) > postMaks {
		return nil, feil("", "the record is longer than 1 MiB")
	}
	return r.form.les(r.tekst, m)
}

func lesFil(ctx context.Context, fil string, r *bufio.Reader, m *Merknader, mottak Mottak) error {
	format, err := innhold(r)
	if err != nil {
		return fmt.Errorf("import: %s: %w", fil, err)
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	inOrder := make(chan *bunke, runtime.GOMAXPROCS(0)+1)
	work := make(chan *bunke, cap(inOrder))
	var running sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		running.Go(func() {
			for b := range work {
				b.les()
			}
		})
	}
	var parted error
	running.Go(func() {
		defer close(inOrder)
		defer close(work)
		parted = partFil(ctx, format, fil, r, inOrder, work)
	})
	err = overlever(inOrder, m, mottak)
	cancel()
	for range inOrder { // what was still under way when it failed
	}
	running.Wait()
	if err == nil {
		err = parted
	}
	return err
}

// partFil parts a file and sends the bunches to be read, and in order to be handed over.
func partFil(ctx context.Context, format lesFormat, fil string, r io.Reader, inOrder, work chan<- *bunke) error {
	b, envelopes := newBunke(), newBunke()
	send := func(b *bunke) error {
		for _, to := range []chan<- *bunke{work, inOrder} {
			select {
			case to <- b:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	}
	err := format(fil, r, envelopes.m, func(r raa) error {
		b.raa = append(b.raa, r)
		b.size += len(r.tekst)
		if len(b.raa) < bunkePoster && b.size < bunkeBytes {
			return nil
		}
		full := b
		b = newBunke()
		return send(full)
	})
	if sent := cmp.Or(send(b), send(envelopes)); err == nil { // what was read before a failure is handed over, too
		err = sent
	}
	return err
}

// overlever hands over what was read, in the order of the file.
func overlever(inOrder <-chan *bunke, m *Merknader, mottak Mottak) error {
	for b := range inOrder {
		<-b.done
		m.Add(b.m)
		for i, l := range b.lest {
			r := b.raa[i]
			err := l.err
			var bad *Feil
			switch {
			case errors.As(err, &bad):
				err = mottak.Feil(bad)
			case err == nil:
				err = mottak.Poster(r.sted, r.form.navn, r.tekst, l.poster)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}
