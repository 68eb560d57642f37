// Command bench measures aareg against the machine: it builds the real program, makes a register with it, serves the register
// on one core, and asks from the other, in turns with a handler that sends the very bytes of an answer without a thought.
// What it finds goes to standard output as Markdown, and into a folder as Markdown and JSON. It is for measuring and is no part of
// aareg.
//
// A machine's speed differs from one hour to the next by half and more; the ratios of what took turns within one run do so
// much less. It needs two cores and Linux: it tells servers where to run, and reads of them in /proc.
package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"
)

// settings are the flags.
type settings struct {
	persons         int
	fresh, judge    bool
	profile         bool
	scale, overload bool
	compare, out    string
	cache           string // registers and what a run needs for itself are kept in this folder
	only            string
	pace            pace
	to              int
}

func parse(args []string) (s settings, err error) {
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.IntVar(&s.persons, "persons", 300_000, "make a register of this `number` of persons, 300 or more, with 3.3 arbeidsforhold each")
	flags.BoolVar(&s.fresh, "fresh", false, "make registers anew, also where there is one in the cache")
	flags.BoolVar(&s.judge, "judge", false, "end with exit code 1 when a figure is below its floor")
	flags.StringVar(&s.compare, "compare", "", "measure another program in turns with this one: a commit, the `folder` of a checkout, or a program")
	flags.StringVar(&s.out, "out", "", "write the tables into this `folder`. Otherwise into the user's cache")
	flags.StringVar(&s.only, "only", "", "measure only the shapes that this `expression` matches; start, and reading and writing, are named so")
	flags.IntVar(&s.pace.rounds, "rounds", 7, "this `number` of turns each")
	flags.DurationVar(&s.pace.turn, "turn", time.Second, "ask for this `duration` in each turn")
	flags.BoolVar(&s.profile, "profile", false, "write a CPU profile of each shape of the open service beside the tables")
	flags.BoolVar(&s.scale, "scale", false, "print curves instead: against the size of employers and registers, and the frequency of names")
	flags.IntVar(&s.to, "to", 1_000_000, "with --scale, up to this `number` of arbeidsforhold")
	flags.BoolVar(&s.overload, "overload", false, "ask four times as much as can be answered instead")
	if err := flags.Parse(args); err != nil {
		return s, err
	}
	s.pace.warm = s.pace.turn / 6
	if flags.NArg() > 0 || s.persons < 300 || s.pace.rounds < 1 || s.scale && s.overload {
		return s, errors.New("called wrongly; see --help")
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return s, err
	}
	s.cache = filepath.Join(cache, "aareg-bench")
	s.out = cmp.Or(s.out, filepath.Join(s.cache, "results"))
	return s, nil
}

// servers are what this program also is, in processes of their own.
var servers = map[string]func(args []string) error{"static": static, "naive": naiveService}

func main() {
	if len(os.Args) > 1 {
		if serve := servers[os.Args[1]]; serve != nil {
			fmt.Fprintln(os.Stderr, serve(os.Args[2:])) // it serves until it is ended
			os.Exit(1)
		}
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	missed, err := measure(ctx, os.Args[1:])
	switch {
	case errors.Is(err, flag.ErrHelp):
	case err != nil:
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	case missed:
		os.Exit(1)
	}
}

// measure does what the flags ask for; missed says that a floor is missed that was to be judged.
func measure(ctx context.Context, args []string) (missed bool, err error) {
	s, err := parse(args)
	if err != nil {
		return false, err
	}
	b, err := newBench(ctx, s)
	if err != nil {
		return false, err
	}
	defer b.close()
	name, what := "bench", b.table
	switch {
	case s.scale:
		name, what = "scale", b.curves
	case s.overload:
		name, what = "overload", b.overloaded
	}
	r, err := what(ctx)
	if err != nil {
		return false, err
	}
	r.markdown(os.Stdout)
	told("written to %s/%s.md and .json", s.out, name)
	return s.judge && missedAny(r.Verdicts), r.write(s.out, name)
}
