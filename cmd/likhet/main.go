// Command likhet asks two builds of aareg the same questions about the same register, and holds their answers against
// each other, byte for byte: a change that makes answers faster may not make them others. It is a tool of whoever
// changes aareg, and no part of it: both builds are asked as their clients ask, over HTTP, and made to import, export and
// serve as their operators do it, by their commands.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"aareg/store"
)

const usage = `likhet --before PROGRAM|COMMIT asks two builds of aareg the same questions and compares their answers, byte for byte.

Each makes a register of its own of the same made-up records, and serves it to consumers with several rights on two days
in a row, between which arbeidsforhold begin and end. The questions are drawn from the register. Exit codes: 0 all
answers are the same, 1 one is not or there is none, 2 called wrongly.

`

// valg are the flags.
type valg struct {
	foer, etter          string
	personer, spoersmaal int
	seed                 uint64
	samtidig, dager      int
	doegnskifte          store.Dato
	mappe                string
}

// errUlike says that the answers are not the same, or that there were none to compare; the report tells which.
var errUlike = errors.New("the two do not answer alike")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run is the whole program: flags in, an exit code out.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	v, err := les(args, stderr)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		fmt.Fprintf(stderr, "likhet: %v\n", err)
		return 2
	}
	r, err := sammenlikn(ctx, v, func(text string) { fmt.Fprintln(stderr, text) })
	if err == nil {
		if err = r.skriv(stdout); err == nil && !r.like() {
			err = errUlike
		}
	}
	if err != nil {
		fmt.Fprintf(stderr, "likhet: %v\n", err)
		return 1
	}
	return 0
}

func les(args []string, stderr io.Writer) (*valg, error) {
	v := new(valg)
	flags := flag.NewFlagSet("likhet", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.Usage = func() { fmt.Fprint(stderr, usage); flags.PrintDefaults() }
	flags.StringVar(&v.foer, "before", "", "a `program`, or a commit to build one of")
	flags.StringVar(&v.etter, "after", "", "the other `program` or commit; this checkout as it stands unless given")
	flags.IntVar(&v.personer, "persons", 20_000, "make the register of this `number` of persons, and the demo register's")
	flags.IntVar(&v.spoersmaal, "questions", 10_000, "draw this `number` of questions, for each consumer and day")
	flags.Uint64Var(&v.seed, "seed", 1, "draw register and questions from this `number`")
	flags.IntVar(&v.samtidig, "connections", 8, "ask on this `number` of connections at once")
	flags.IntVar(&v.dager, "days", 2, "ask as of 1 or 2 `days`")
	flags.TextVar(&v.doegnskifte, "midnight", store.Dato(0), "the second of them is this `date` (yyyy-mm-dd), whatever happens on it; the one on which most arbeidsforhold begin or have ended the day before, unless given")
	flags.StringVar(&v.mappe, "keep", "", "work in this new `folder` and leave all there: registers, questions, and the first answers that differ")
	if err := flags.Parse(args); err != nil {
		return nil, err
	}
	switch {
	case flags.NArg() > 0:
		return nil, errors.New("takes flags alone")
	case v.foer == "":
		return nil, errors.New("--before: which program or commit?")
	case v.personer < 1 || v.spoersmaal < 1 || v.samtidig < 1 || v.dager < 1 || v.dager > 2:
		return nil, errors.New("--persons, --questions, --connections: must be 1 or more; --days: 1 or 2")
	}
	return v, nil
}
