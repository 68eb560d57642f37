package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"slices"
	"syscall"
	"time"

	"aareg/store/innlesing"
)

const importUsage = `aareg import [flags] FILE|FOLDER|- ... reads files into a register, all at once or not at all.

It tells the shape of every record by its keys: arbeidsforhold as Aa-registeret delivers them (REST v1 and v2, GraphQL,
OTP, Tenor, SOAP v3), units of Enhetsregisteret (JSON, CSV, the update feed), persons (PDL, Folkeregisteret, Tenor),
events, and what aareg export writes; plain, gzip or zstd. A server that serves the register takes up what was imported
by itself. Exit codes: 0 imported, 1 not imported and nothing changed, 2 called wrongly.

`

// parseFlags reads the flags of a subcommand. flag.ErrHelp says that help was asked for, and has been printed.
func parseFlags(flags *flag.FlagSet, usage string, args []string, stdout io.Writer) error {
	flags.SetOutput(io.Discard)
	flags.Usage = func() {}
	err := flags.Parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(stdout, usage)
		flags.VisitAll(func(f *flag.Flag) { printFlag(stdout, f) })
		return err
	case err != nil:
		return &usageError{fmt.Sprintf("%v (aareg %s --help tells about flags)", err, flags.Name())}
	}
	return nil
}

func importer(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	v := innlesing.Valg{Naa: time.Now}
	flags := flag.NewFlagSet("import", flag.ContinueOnError)
	flags.StringVar(&v.DB, "db", "", "the register is in this `file`, and is made when it is not there")
	flags.BoolVar(&v.Full, "full", false, "make the register anew: what is delivered takes the place of all there was of its kind")
	flags.BoolVar(&v.Proev, "dry-run", false, "read and check everything, and change nothing")
	flags.BoolVar(&v.TillatKrymp, "allow-shrink", false, "let the register shrink by more than 5 %")
	flags.StringVar(&v.Tilside, "skip-bad", "", "write records that cannot be used to this new `file`, and go on")
	flags.IntVar(&v.TilsideMaks, "skip-bad-max", 1000, "and give up after this `number` of them")
	flags.StringVar(&v.Hentes, "fetch", "", "write the keys that events name, and that no object came with, to this new `file`")
	if err := parseFlags(flags, importUsage, args, stdout); err != nil {
		return err
	}
	v.Filer = flags.Args()
	switch {
	case v.DB == "" && !slices.Contains(v.Filer, "--db"):
		return &usageError{"--db: which register?"}
	case len(v.Filer) == 0:
		return &usageError{"no files; - is standard input"}
	case slices.ContainsFunc(v.Filer, func(name string) bool { return len(name) > 1 && name[0] == '-' }):
		return &usageError{"flags come before the files (a file of such a name is ./-name)"}
	case v.TilsideMaks < 1:
		return &usageError{"--skip-bad-max: must be 1 or more"}
	}
	if !signal.Ignored(syscall.SIGHUP) { // as nohup has it
		var stop context.CancelFunc
		ctx, stop = signal.NotifyContext(ctx, syscall.SIGHUP)
		defer stop()
	}
	p := newProgress(stderr, totalSize(v.Filer), "bytes")
	v.Lest, v.Fase = p.add, p.phase
	s, err := innlesing.Importer(ctx, v)
	p.end()
	if s != nil {
		printSummary(stdout, s)
	}
	if errors.Is(err, context.Canceled) {
		return errors.New("stopped, and nothing is changed")
	}
	return err
}

// importMemory is where the collector of an import begins to hurry, in bytes; SQLite's cache comes beside it.
const importMemory = 144 << 20

// background makes the process what an import is: something that lets whoever answers questions on this machine go
// first (where that is not allowed, it does not), and that keeps its memory small.
func background() {
	_ = syscall.Setpriority(syscall.PRIO_PROCESS, 0, 10)
	debug.SetGCPercent(250) // records live briefly: fewer, larger collections
	debug.SetMemoryLimit(importMemory)
}

// totalSize is how many bytes the files have, -1 when that cannot be told.
func totalSize(names []string) int64 {
	total := int64(0)
	files, err := innlesing.Filer(names)
	if err != nil {
		return -1
	}
	for _, file := range files {
		info, err := os.Stat(file)
		if err != nil || !info.Mode().IsRegular() {
			return -1
		}
		total += info.Size()
	}
	return total
}
