package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"aareg/store/logg"
)

const loggUsage = `aareg logg reads and keeps the audit log: who was told what of whom.

Usage:
  aareg logg verify    check that no row was changed, removed, put in or cut off
  aareg logg anchor    print one line that a log made anew cannot match, to be kept elsewhere
  aareg logg search    list rows by consumer, time, product or person
  aareg logg export    write rows as JSON or CEF
  aareg logg innsyn    write the report of who looked a person up, for that person, in Norwegian
  aareg logg slett     remove rows whose time is over

An identity number is typed unseen, or read from the first line of standard input; it is never an argument. Whoever looks
a person up in the log, sees persons' numbers or exports rows gets a row in it, before anything is shown.

aareg logg verify --help tells about the flags of verify, and so do the others.
`

// loggKall is one call of aareg logg: where it reads and writes, and when it is.
type loggKall struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	naa            time.Time
}

// auditLog is the subcommand logg.
func auditLog(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	return loggKall{os.Stdin, stdout, stderr, time.Now()}.run(ctx, args)
}

func (k loggKall) run(ctx context.Context, args []string) error {
	if err := checkNoNumber(args); err != nil {
		return err
	}
	if len(args) == 0 {
		return &usageError{"what? verify, anchor, search, export, innsyn or slett (aareg logg --help tells about them)"}
	}
	switch args[0] {
	case "verify":
		return k.verify(ctx, args[1:])
	case "anchor":
		return k.anchor(ctx, args[1:])
	case "search":
		return k.search(ctx, args[1:])
	case "export":
		return k.export(ctx, args[1:])
	case "innsyn":
		return k.innsyn(ctx, args[1:])
	case "slett":
		return k.slett(ctx, args[1:])
	case "help", "-h", "-help", "--help":
		fmt.Fprint(k.stdout, loggUsage)
		return nil
	}
	return &usageError{fmt.Sprintf("there is no %q (aareg logg --help tells what there is)", args[0])}
}

// parse reads the flags of one of the commands, of which --logg is common to all.
func (k loggKall) parse(flags *flag.FlagSet, l *loggfil, usage string, args []string) error {
	l.flags(flags)
	if err := parseFlags(flags, usage, args, k.stdout); err != nil {
		return err
	}
	switch {
	case flags.NArg() > 0:
		return &usageError{"takes flags alone; see aareg " + flags.Name() + " --help"}
	case l.fil == "":
		return &usageError{"--logg: which audit log?"}
	}
	return nil
}

const loggSlettUsage = `aareg logg slett --before DATE removes the rows from before a day (retention), for good, and writes a row that says so. What
is left is chained to where the removed rows ended.

`

func (k loggKall) slett(ctx context.Context, args []string) error {
	var l loggfil
	var before string
	var yes bool
	flags := flag.NewFlagSet("logg slett", flag.ContinueOnError)
	flags.StringVar(&before, "before", "", "remove what is from before this `date` (yyyy-mm-dd, as Norway has days; also a month or a time)")
	flags.BoolVar(&yes, "yes", false, "do not ask first")
	if err := k.parse(flags, &l, loggSlettUsage, args); err != nil {
		return err
	}
	at, err := readBefore(before, k.naa)
	if err != nil {
		return err
	}
	log, err := l.open()
	if err != nil {
		return err
	}
	defer log.Close()
	if !yes {
		if err := k.confirm(ctx, log, at); err != nil {
			return err
		}
	}
	n, err := log.Slett(ctx, at, logg.Rad{Bruker: systemUser()})
	if err == nil || n > 0 {
		fmt.Fprintf(k.stdout, "%d rows from before %s removed\n", n, at.Format(time.RFC3339))
	}
	return err
}

// readBefore reads until when rows are removed: a time that has been, and long enough ago.
func readBefore(s string, now time.Time) (time.Time, error) {
	at, _, err := readPeriode(s)
	switch {
	case err != nil:
		return at, &usageError{"--before: " + err.Error()}
	case at.After(now):
		return at, &usageError{"--before: later than today"}
	case now.Sub(at) < logg.Minstetid:
		return at, &usageError{fmt.Sprintf("--before: rows are kept for %d days at least", logg.Minstetid/(24*time.Hour))}
	}
	return at, nil
}

func (k loggKall) confirm(ctx context.Context, log *logg.Logg, before time.Time) error {
	t, err := tell(ctx, log, logg.Filter{Til: before})
	if err != nil || t.rader == 0 {
		return err // nothing to ask about
	}
	fmt.Fprintf(k.stderr, "rows from before %[2]s, %[1]d at most, will be removed for good. Type yes to remove them: ", t.rader, before.Format(time.RFC3339))
	answer, _ := bufio.NewReader(io.LimitReader(k.stdin, 16)).ReadString('\n') // what cannot be read is no yes
	if strings.TrimSpace(answer) != "yes" {
		return errors.New("nothing is removed: the answer was not yes (--yes does not ask)")
	}
	return nil
}
