package main

import (
	"context"
	"flag"
	"fmt"
	"io"

	"aareg/store"
	"aareg/store/innlesing"
	"aareg/store/logg"
)

const exportUsage = `aareg export --db FILE --logg FILE writes everything in a register as NDJSON, from which aareg import makes the same
register. All its persons are disclosed: the audit log gets a row of it before the first byte is written, or nothing is.

`

// exportSettings are the flags of export.
type exportSettings struct {
	db, out    string
	logg       loggfil
	withoutLog bool
}

func (s *exportSettings) flagSet() *flag.FlagSet {
	flags := flag.NewFlagSet("export", flag.ContinueOnError)
	flags.StringVar(&s.db, "db", "", "the register is in this `file`")
	flags.StringVar(&s.out, "out", "", "write to this new `file`, which only its owner can read. Otherwise to standard output")
	s.logg.flags(flags)
	flags.BoolVar(&s.withoutLog, "without-log", false, "write no row: of made-up data alone")
	return flags
}

func (s *exportSettings) check(rest []string) error {
	switch {
	case s.db == "" || len(rest) > 0:
		return &usageError{"--db: which register? and nothing but flags"}
	case s.withoutLog == (s.logg.fil != ""):
		return &usageError{"--logg, --without-log: one of them. An export discloses everybody in the register, and must be accounted for unless all are made up"}
	case s.withoutLog && s.logg.noekkel != "":
		return &usageError{"--logg-noekkel: goes with --logg"}
	}
	return nil
}

func export(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	var s exportSettings
	flags := s.flagSet()
	if err := parseFlags(flags, exportUsage, args, stdout); err != nil {
		return err
	}
	if err := s.check(flags.Args()); err != nil {
		return err
	}
	if err := checkNew(s.out, "--out"); err != nil {
		return err
	}
	var account func(*store.Tx) error
	if !s.withoutLog {
		l, err := openLogg(s.logg.fil, s.logg.key())
		if err != nil {
			return err
		}
		defer l.Close()
		account = func(t *store.Tx) error { return s.account(ctx, t, l) }
	}
	if s.out == "" {
		return exportTo(ctx, s.db, stdout, account, stderr)
	}
	return writeNew(s.out, "--out", func(w io.Writer) error { return exportTo(ctx, s.db, w, account, stderr) })
}

func exportTo(ctx context.Context, db string, w io.Writer, account func(*store.Tx) error, stderr io.Writer) error {
	p := newProgress(stderr, -1, "records")
	n, err := innlesing.Eksporter(ctx, db, w, account, func(int) { p.add(1) })
	p.end()
	if err == nil {
		fmt.Fprintf(stderr, "%d records\n", n)
	}
	return err
}

// account writes the row of an export: everybody who is in the snapshot that leaves. What was accounted for and did not
// leave after all, since the disk was full or somebody gave up, stays in the log.
func (s *exportSettings) account(ctx context.Context, t *store.Tx, l *logg.Logg) error {
	head, err := t.Hode()
	if err != nil {
		return err
	}
	generation, err := t.Generasjon()
	if err != nil {
		return err
	}
	persons, err := t.Personnumre()
	if err != nil {
		return err
	}
	to := s.out
	if to == "" {
		to = "-"
	}
	row := &logg.Rad{
		Slag: logg.Eksport, Parametre: []logg.Parameter{{Tag: "db", Verdi: s.db}, {Tag: "out", Verdi: to}}, Utfall: utfallKomplett,
		Antall: head.Poster, Generasjon: int64(generation.Nummer), Personer: persons,
	}
	return writeOwnRow(ctx, l, row)
}
