package innlesing

import (
	"bufio"
	"context"
	"io"

	"aareg/store"
	"aareg/store/kilder"
)

// Eksporter writes a register as aareg's own NDJSON: all there is, in one snapshot, so that an import of it makes the
// same register. foerst sees the snapshot before the first byte is written, and nothing is when it fails; skrevet is told
// of each record. Either may be nil.
func Eksporter(ctx context.Context, db string, w io.Writer, foerst func(*store.Tx) error, skrevet func(n int)) (n int, err error) {
	err = store.Read(ctx, db, func(t *store.Tx) error {
		if foerst != nil {
			if err := foerst(t); err != nil {
				return err
			}
		}
		n, err = Skriv(t, w, skrevet)
		return err
	})
	return n, err
}

// Skriv writes a register that is open, as Eksporter does.
func Skriv(t *store.Tx, w io.Writer, skrevet func(n int)) (n int, err error) {
	b := bufio.NewWriterSize(w, 1<<20)
	var line []byte
	write := func(p *kilder.Post) error {
		var err error
		if line, err = kilder.Skriv(line[:0], p); err != nil {
			return err
		}
		if n++; skrevet != nil {
			skrevet(n)
		}
		_, err = b.Write(line)
		return err
	}
	head, err := t.Hode()
	if err != nil {
		return 0, err
	}
	for _, step := range []func() error{
		func() error { return write(&kilder.Post{Register: head}) },
		func() error {
			return t.Enheter(func(e *store.Enhet) error { return write(&kilder.Post{Enhet: &kilder.Enhet{Enhet: *e}}) })
		},
		func() error {
			return t.GamleArbeidsgivere(func(g *store.GammelArbeidsgiver) error { return write(&kilder.Post{GammelArbeidsgiver: g}) })
		},
		func() error { return t.Personer(func(p *store.Person) error { return write(&kilder.Post{Person: p}) }) },
		func() error {
			return t.AlleArbeidsforhold(func(a *store.Arbeidsforhold) error { return write(&kilder.Post{Arbeidsforhold: a}) })
		},
	} {
		if err := step(); err != nil {
			return n, err
		}
	}
	return n, b.Flush()
}
