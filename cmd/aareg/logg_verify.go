package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
	"time"

	"aareg/store/logg"
)

const loggVerifyUsage = `aareg logg verify --logg FILE checks the whole log: every row's number and hash, the head and the start with the key, and
the anchors that aareg logg anchor has printed. It only reads, and a server may go on writing meanwhile.

Exit codes: 0 the log is whole, 1 it is not, or not all could be checked, 2 called wrongly.

`

func (k loggKall) verify(ctx context.Context, args []string) error {
	var l loggfil
	var file string
	flags := flag.NewFlagSet("logg verify", flag.ContinueOnError)
	flags.StringVar(&file, "anchors", "", "the log must hold the anchors in this `file`, one a line")
	if err := k.parse(flags, &l, loggVerifyUsage, args); err != nil {
		return err
	}
	var anchors []logg.Anker
	if file != "" {
		var err error
		if anchors, err = readAnchors(file); err != nil {
			return fmt.Errorf("--anchors: %w", err)
		}
	}
	var past []logg.Anker
	span, known := l.span(ctx)
	if known {
		anchors, past = divideAnchors(anchors, span.foerste.Nr)
	}
	report, err := logg.Verify(ctx, l.fil, l.key(), anchors)
	if err != nil {
		return err
	}
	fmt.Fprintf(k.stdout, "log       %s\nkey       %s\n", l.fil, l.key())
	if report.Rader > 0 {
		fmt.Fprintf(k.stdout, "rows      %d, number %d to %d\n", report.Rader, report.Foerste, report.Siste)
	} else {
		fmt.Fprintln(k.stdout, "rows      none")
	}
	if known {
		fmt.Fprintf(k.stdout, "from      %s\nto        %s\n", span.foerste.Tid.In(span.zone).Format(time.RFC3339), span.siste.Tid.In(span.zone).Format(time.RFC3339))
	}
	k.printAnchors(file, anchors, past)
	return k.verdict(&report)
}

func (k loggKall) printAnchors(file string, anchors, past []logg.Anker) {
	if file == "" {
		fmt.Fprintln(k.stdout, "anchors   none were given: rows that the key's holder has cut off or made anew cannot be seen (--anchors)")
		return
	}
	fmt.Fprintf(k.stdout, "anchors   %d", len(anchors))
	if len(anchors) > 0 {
		latest := slices.MaxFunc(anchors, func(a, b logg.Anker) int { return a.Tid.Compare(b.Tid) })
		fmt.Fprintf(k.stdout, ", the latest of row %d at %s", latest.Nr, latest.Tid.UTC().Format(time.RFC3339))
	}
	if len(past) > 0 {
		fmt.Fprintf(k.stdout, "; and %d of rows that are removed, which need no check of their own: what follows is chained to them", len(past))
	}
	fmt.Fprintln(k.stdout)
}

// verdict prints what is wrong and what was not checked; either is an error.
func (k loggKall) verdict(r *logg.Rapport) error {
	for _, f := range r.Funn {
		fmt.Fprintf(k.stdout, "WRONG     %s\n", f)
	}
	if r.Flere > 0 {
		fmt.Fprintf(k.stdout, "WRONG     and %d more\n", r.Flere)
	}
	for _, what := range r.Uproevd {
		fmt.Fprintf(k.stdout, "UNCHECKED %s\n", what)
	}
	switch {
	case !r.Feilfri():
		return errors.New("the audit log is not as it was written")
	case len(r.Uproevd) > 0:
		return errors.New("nothing wrong was found, but not all could be checked")
	}
	fmt.Fprintln(k.stdout, "whole     every row, head and start are as they were written")
	return nil
}

// divideAnchors sets those aside that are of removed rows, but for the last removed, which the first that is kept follows.
// An anchor that holds vouches for all before it; but when none is left, nothing vouches, and all are to be checked.
func divideAnchors(all []logg.Anker, first int64) (anchors, past []logg.Anker) {
	for _, a := range all {
		if a.Nr < first-1 {
			past = append(past, a)
		} else {
			anchors = append(anchors, a)
		}
	}
	if len(anchors) == 0 {
		return past, nil
	}
	return anchors, past
}

// readAnchors reads the lines that anchor has printed; empty ones do not matter.
func readAnchors(file string) ([]logg.Anker, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var anchors []logg.Anker
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		var a logg.Anker
		if err := a.UnmarshalText(lines.Bytes()); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		anchors = append(anchors, a)
	}
	if err := lines.Err(); err != nil {
		return nil, err
	}
	if len(anchors) == 0 {
		return nil, errors.New("there is no anchor in the file")
	}
	return anchors, nil
}

const loggAnchorUsage = `aareg logg anchor --logg FILE prints one line with the newest row's number and chain hash. Append it, every hour, to a file
on another machine: a log that was cut or made anew afterwards does not match it, whoever has the key (aareg logg verify --anchors).

`

func (k loggKall) anchor(ctx context.Context, args []string) error {
	var l loggfil
	if err := k.parse(flag.NewFlagSet("logg anchor", flag.ContinueOnError), &l, loggAnchorUsage, args); err != nil {
		return err
	}
	log, err := l.open()
	if err != nil {
		return err
	}
	defer log.Close()
	a, err := log.Anker(ctx)
	if err != nil {
		return err
	}
	line, err := a.MarshalText()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(k.stdout, "%s\n", line)
	return err
}
