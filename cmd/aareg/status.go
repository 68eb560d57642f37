package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"aareg/store"
)

const statusUsage = `aareg status --db FILE tells of a register: its generation and age, what is in it, its files, and whether it is whole.

`

func status(ctx context.Context, args []string, stdout io.Writer) error {
	var db string
	flags := flag.NewFlagSet("status", flag.ContinueOnError)
	flags.StringVar(&db, "db", "", "the register is in this `file`")
	if err := parseFlags(flags, statusUsage, args, stdout); err != nil {
		return err
	}
	if db == "" || flags.NArg() > 0 {
		return &usageError{"--db: which register? and nothing but flags"}
	}
	file, err := filepath.EvalSymlinks(db)
	if err != nil {
		return err
	}
	err = store.Read(ctx, db, func(t *store.Tx) error {
		g, err := t.Generasjon()
		if err != nil {
			return err
		}
		a, err := t.Antall()
		if err != nil {
			return err
		}
		if g.Nummer == 0 {
			fmt.Fprintln(stdout, "generation      0, never imported")
		} else {
			fmt.Fprintf(stdout, "generation      %d, imported %s (%s ago)\n", g.Nummer, g.Innlest.Format(time.RFC3339),
				time.Since(g.Innlest).Round(time.Second))
		}
		fmt.Fprintf(stdout, "arbeidsforhold  %d\npersoner        %d\nenheter         %d, %d in force\ngamle arbeidsgivere %d\n",
			a.Arbeidsforhold, a.Personer, a.Enheter, a.EnheterIDrift, a.GamleArbeidsgivere)
		if a.UkjentePersoner > 0 {
			fmt.Fprintf(stdout, "NOTE: of %d further persons no record was delivered: they are answered as unprotected\n", a.UkjentePersoner)
		}
		printSizes(stdout, db, file)
		if err := t.Integrity(); err != nil {
			return err
		}
		fmt.Fprintln(stdout, "integrity       ok")
		return nil
	})
	return err
}

func printSizes(stdout io.Writer, db, file string) {
	for _, name := range []string{file, file + "-wal"} {
		if info, err := os.Stat(name); err == nil {
			fmt.Fprintf(stdout, "file            %s, %d bytes\n", filepath.Base(name), info.Size())
		}
	}
	if before, err := store.Forrige(store.Registersti(db)); err == nil && before != "" {
		if info, err := os.Stat(before); err == nil {
			fmt.Fprintf(stdout, "generation before %s, %d bytes\n", filepath.Base(before), info.Size())
		}
	}
}
