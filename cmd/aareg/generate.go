package main

import (
	"context"
	"flag"
	"io"

	"aareg/fixtures/generer"
)

const generateUsage = `aareg generate writes a made-up register of any size, the same every time, in the shapes that sources deliver:
units as Enhetsregisteret's, persons as PDL's, arbeidsforhold as Aa-registeret's REST v2.

`

func generate(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	var v generer.Valg
	var out string
	flags := flag.NewFlagSet("generate", flag.ContinueOnError)
	flags.IntVar(&v.Personer, "persons", 10_000, "make this `number` of persons, and about 3.3 arbeidsforhold for each")
	flags.Uint64Var(&v.Seed, "seed", 1, "draw everything from this `number`")
	flags.StringVar(&out, "out", "", "write files into this `folder`, which only its owner can read. Otherwise one stream to standard output")
	if err := parseFlags(flags, generateUsage, args, stdout); err != nil {
		return err
	}
	if v.Personer < 1 || flags.NArg() > 0 {
		return &usageError{"--persons: must be 1 or more; and nothing but flags"}
	}
	p := newProgress(stderr, 0, "records")
	told := func(done, total int64) { p.to(done, total) }
	defer p.end()
	if out != "" {
		return generer.SkrivFiler(ctx, out, v, told)
	}
	return generer.Skriv(ctx, stdout, v, told)
}
