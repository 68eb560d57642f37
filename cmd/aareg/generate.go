package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"aareg/fixtures/generer"
	"aareg/store"
)

const generateUsage = `aareg generate writes a made-up register of any size, the same every time, in the shapes that sources deliver:
units as Enhetsregisteret's, persons as PDL's, arbeidsforhold as Aa-registeret's REST v2.

`

func generate(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	var v generer.Valg
	var out, db string
	flags := flag.NewFlagSet("generate", flag.ContinueOnError)
	flags.IntVar(&v.Personer, "persons", 10_000, "make this `number` of persons, and about 3.3 arbeidsforhold for each")
	flags.Uint64Var(&v.Seed, "seed", 1, "draw everything from this `number`")
	flags.StringVar(&out, "out", "", "write files into this `folder`, which only its owner can read. Otherwise one stream to standard output")
	flags.StringVar(&db, "db", "", "make a register in this new `file` without writing any text: what is left of an import is the store's part")
	if err := parseFlags(flags, generateUsage, args, stdout); err != nil {
		return err
	}
	switch {
	case v.Personer < 1 || v.Personer > generer.MaksPersoner:
		return &usageError{fmt.Sprintf("--persons: must be 1 to %d", generer.MaksPersoner)}
	case flags.NArg() > 0:
		return &usageError{"takes flags alone; see aareg generate --help"}
	case out != "" && db != "":
		return &usageError{"--out, --db: one of them"}
	}
	p := newProgress(stderr, 0, "records")
	told := func(done, total int64) { p.to(done, total) }
	defer p.end()
	if db != "" {
		return generateInto(ctx, db, v, p)
	}
	if out != "" {
		for _, name := range generer.Filnavn {
			if _, err := os.Lstat(filepath.Join(out, name)); !errors.Is(err, fs.ErrNotExist) {
				return fmt.Errorf("--out: there is a file %s already", name)
			}
		}
		return generer.SkrivFiler(ctx, out, v, told)
	}
	return generer.Skriv(ctx, stdout, v, told)
}

// generateInto hands the records over as the register's own types.
func generateInto(ctx context.Context, db string, v generer.Valg, p *progress) error {
	db = store.Registersti(db)
	lock, err := store.Lock(db)
	if err != nil {
		return err
	}
	defer lock.Unlock()
	if _, err := os.Lstat(db); !errors.Is(err, fs.ErrNotExist) {
		return errors.New("--db: there is something already")
	}
	return store.Replace(ctx, db, p.phase, func(t, _ *store.Tx) error {
		if _, err := t.NyGenerasjon(time.Now()); err != nil {
			return err
		}
		counted := func(err error) error { p.add(1); return err }
		return generer.Poster(ctx, v, generer.Mottak{
			Enhet:          func(e *store.Enhet) error { return counted(t.PutEnhet(e)) },
			Person:         func(q *store.Person) error { return counted(t.PutPerson(q)) },
			Arbeidsforhold: func(a *store.Arbeidsforhold) error { return counted(t.PutArbeidsforhold(a)) },
		})
	})
}
