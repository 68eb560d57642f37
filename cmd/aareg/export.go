package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"

	"aareg/store/innlesing"
)

const exportUsage = `aareg export --db FILE writes everything in a register as NDJSON, from which aareg import makes the same register.

`

func export(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	var db, out string
	flags := flag.NewFlagSet("export", flag.ContinueOnError)
	flags.StringVar(&db, "db", "", "the register is in this `file`")
	flags.StringVar(&out, "out", "", "write to this new `file`, which only its owner can read. Otherwise to standard output")
	if err := parseFlags(flags, exportUsage, args, stdout); err != nil {
		return err
	}
	if db == "" || flags.NArg() > 0 {
		return &usageError{"--db: which register? and nothing but flags"}
	}
	w := stdout
	if out != "" {
		if _, err := os.Lstat(out); !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("--out: %s is there already", out)
		}
		f, err := os.OpenFile(out+".ny", os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
		if err != nil {
			return err
		}
		defer f.Close()
		w = f
	}
	p := newProgress(stderr, -1, "records")
	n, err := innlesing.Eksporter(ctx, db, w, func(int) { p.add(1) })
	p.end()
	if f, ok := w.(*os.File); ok && out != "" {
		if err == nil {
			err = errors.Join(f.Sync(), os.Rename(f.Name(), out)) // half an export must not be taken for one
		}
		if err != nil {
			os.Remove(f.Name())
		}
	}
	if err == nil {
		fmt.Fprintf(stderr, "%d records\n", n)
	}
	return err
}
