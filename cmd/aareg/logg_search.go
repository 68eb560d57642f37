package main

import (
	"bufio"
	"cmp"
	"context"
	"flag"
	"fmt"
	"io"
	"strings"
	"time"

	"aareg/store/logg"
)

const loggSearchUsage = `aareg logg search --logg FILE lists rows, one a line: number, time in Norway, consumer, product, outcome, how many persons,
correlation, and the right that it was given by or lacked. Persons' numbers are shown with --personer alone.

`

func (k loggKall) search(ctx context.Context, args []string) error {
	var l loggfil
	var u loggUtvalg
	var numbers bool
	flags := flag.NewFlagSet("logg search", flag.ContinueOnError)
	u.define(flags)
	flags.BoolVar(&numbers, "personer", false, "show the numbers of each row's persons, too")
	if err := k.parse(flags, &l, loggSearchUsage, args); err != nil {
		return err
	}
	f, err := u.filter()
	if err == nil && u.person {
		err = k.readPerson(ctx, &f)
	}
	if err != nil {
		return err
	}
	log, err := l.open()
	if err != nil {
		return err
	}
	defer log.Close()
	zone, err := oslo()
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(k.stdout, 1<<16)
	visit := func(r *logg.Rad) error { return writeRow(w, r, zone, numbers) }
	if !u.person && !numbers {
		fmt.Fprint(w, rowHeading)
		err = log.Soek(ctx, f, visit)
	} else {
		var t telling
		if t, err = u.account(ctx, log, "search", f); err != nil {
			return err
		}
		fmt.Fprint(w, rowHeading)
		err = each(ctx, log, f, t.siste, visit)
	}
	if err != nil {
		return err
	}
	return w.Flush()
}

const rowLayout = "%8v  %-29v  %-16v  %-26v  %-21v  %7v  %-32v  %s"

var rowHeading = strings.TrimRight(fmt.Sprintf(rowLayout, "row", "time", "consumer", "product", "outcome", "persons", "correlation", "right"), " ") + "\n"

// writeRow writes one line of the table. What nobody has said is a dash, so that columns can be told apart by blanks too.
func writeRow(w io.Writer, r *logg.Rad, zone *time.Location, numbers bool) error {
	right := r.Rettighet
	if r.Avslag {
		right = "lacks " + cmp.Or(right, "-")
	}
	product := r.Produkt
	if r.Slag != logg.Svar {
		product = strings.TrimSpace(string(r.Slag) + " " + product)
	}
	cell := func(s string) string { return cmp.Or(printable(s), "-") }
	line := fmt.Sprintf(rowLayout, r.Nr, r.Tid.In(zone).Format("2006-01-02T15:04:05.000Z07:00"), cell(cmp.Or(r.Orgnr, r.Bruker)), cell(product),
		cell(r.Utfall), len(r.Personer), cell(r.Korrelasjon), cell(right))
	if _, err := io.WriteString(w, line); err != nil {
		return err
	}
	if numbers {
		for _, p := range r.Personer {
			if _, err := io.WriteString(w, " "+logg.Nummer(p)); err != nil {
				return err
			}
		}
	}
	_, err := io.WriteString(w, "\n")
	return err
}

const loggExportUsage = `aareg logg export --logg FILE writes rows to standard output with all that is in them, persons' numbers too: as JSON, one
object a line, or in the Common Event Format, one line for each person.

`

func (k loggKall) export(ctx context.Context, args []string) error {
	var l loggfil
	var u loggUtvalg
	var format string
	flags := flag.NewFlagSet("logg export", flag.ContinueOnError)
	u.define(flags)
	flags.StringVar(&format, "format", "json", "write in the `format` json or cef")
	if err := k.parse(flags, &l, loggExportUsage, args); err != nil {
		return err
	}
	write, known := map[string]func(io.Writer, *logg.Rad) error{"json": logg.SkrivJSON, "cef": logg.SkrivCEF}[format]
	if !known {
		return &usageError{"--format: json or cef"}
	}
	f, err := u.filter()
	if err == nil && u.person {
		err = k.readPerson(ctx, &f)
	}
	if err != nil {
		return err
	}
	log, err := l.open()
	if err != nil {
		return err
	}
	defer log.Close()
	t, err := u.account(ctx, log, "export", f)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(k.stdout, 1<<16)
	if err := each(ctx, log, f, t.siste, func(r *logg.Rad) error { return write(w, r) }); err != nil {
		return err
	}
	if err := w.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(k.stderr, "%d rows\n", t.rader)
	return nil
}
