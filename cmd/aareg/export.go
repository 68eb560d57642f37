package main

import (
	"context"
	"flag"
	"fmt"
	"io"
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
		f, err := os.OpenFile(out, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if err != nil {
			return err
		}
		defer f.Close()
		w = f
	}
	p := newProgress(stderr, -1, "records")
	n, err := innlesing.Eksporter(ctx, db, w, func(int) { p.add(1) })
	p.end()
	if f, ok := w.(*os.File); ok && out != "" && err == nil {
		err = f.Sync()
	}
	if err != nil && out != "" {
		os.Remove(out) // half an export must not be taken for one
	}
	if err == nil {
		fmt.Fprintf(stderr, "%d records\n", n)
	}
	return err
}
