package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"strings"

	"aareg/wsdl/felt"
	"aareg/wsdl/kontrakt"
)

const diffKontraktUsage = `aareg diff-kontrakt [flags] A B asks two endpoints the same questions and shows where their answers differ, leaf by leaf.
A and B are each a URL, or a folder that aareg kontrakt --record has made.

The questions are the built-in ones, or those of --questions; where A or B is a recording, its own (A's, if both are).
What varies from call to call (sesjonsid, times, references of faults) is compared by its form. WSDLs are not compared.

Exit codes: 0 no differences, 1 differences or not compared, 2 called wrongly.

`

// diffSettings are the flags of diff-kontrakt. Of those that kontrakt has, too, the values stand where kontrakt has them.
type diffSettings struct {
	kontraktSettings
	a, b        string
	ignoreOrder bool
}

func (s *diffSettings) flagSet() *flag.FlagSet {
	flags := flag.NewFlagSet("diff-kontrakt", flag.ContinueOnError)
	flags.StringVar(&s.questions, "questions", "", "ask what stands in this CSV `file`, as kontrakt does")
	flags.BoolVar(&s.ignoreOrder, "ignore-order", false, "take an element that only stands at another place among those beside it for the same")
	flags.Func("dialect", "both speak the `spellings` of spek or 2015 (spek unless given)", s.setDialekt)
	s.defineAsking(flags)
	flags.BoolVar(&s.unmasked, "unmasked", false, "show identity numbers, names and addresses as they are")
	return flags
}

// diffKontrakt compares two endpoints or recordings. The error says that they differ, or could not be compared.
func diffKontrakt(ctx context.Context, args []string, stdout io.Writer) error {
	s := &diffSettings{kontraktSettings: kontraktSettings{dialekt: felt.Spek, profile: "strict"}}
	flags := s.flagSet()
	if err := parseFlags(flags, diffKontraktUsage, args, stdout); err != nil {
		return err
	}
	if flags.NArg() != 2 {
		return &usageError{"which two? A and B after the flags (aareg diff-kontrakt --help tells about them)"}
	}
	s.a, s.b = flags.Arg(0), flags.Arg(1)
	comparison, questions, err := s.run()
	if err != nil {
		return err
	}
	found, err := comparison.Kjoer(ctx, questions)
	if err != nil {
		return err
	}
	if err := kontrakt.SkrivForskjeller(stdout, kontrakt.Visning{Umasket: s.unmasked}, len(questions), found); err != nil {
		return err
	}
	if len(found) > 0 {
		return fmt.Errorf("%d of %d questions were answered differently", len(found), len(questions))
	}
	return nil
}

// run puts together whom to ask and what.
func (s *diffSettings) run() (*kontrakt.Sammenlikning, []kontrakt.Spoersmaal, error) {
	a, recordedA, err := s.side("A", s.a)
	if err != nil {
		return nil, nil, err
	}
	b, recordedB, err := s.side("B", s.b)
	if err != nil {
		return nil, nil, err
	}
	comparison := &kontrakt.Sammenlikning{A: a, B: b, Rader: s.dialekt.Table(), Samtidig: samtidig, UansettRad: s.ignoreOrder}
	recorded := recordedA
	if recorded == nil {
		recorded = recordedB
	}
	if recorded != nil && s.questions != "" {
		return nil, nil, &usageError{"--questions: a recording has its own"}
	}
	s.opptak = recorded
	questions, _, err := s.spoersmaal(kontrakt.NyDommer(s.dialekt.Table(), s.dialekt.Operations(), nil))
	if err != nil {
		return nil, nil, err
	}
	if s.login != nil {
		for i := range questions {
			if err := s.login.Sett(&questions[i]); err != nil {
				return nil, nil, err
			}
		}
	}
	return comparison, questions, nil
}

// side is who answers for A or B: an endpoint, or a recording, which is returned besides.
func (s *diffSettings) side(name, where string) (kontrakt.Svarer, *kontrakt.Opptak, error) {
	if strings.Contains(where, "://") {
		s.url = where
		if err := s.check(); err != nil {
			return nil, nil, fmt.Errorf("%s: %w", name, err)
		}
		if s.login == nil { // a password on standard input can be read once
			if err := s.readLogin(); err != nil {
				return nil, nil, err
			}
		}
		endpoint, err := s.spoerrer()
		return endpoint, nil, err
	}
	o, err := kontrakt.LesOpptak(where)
	if err != nil {
		return nil, nil, &usageError{fmt.Sprintf("%s is neither a URL nor a recording: %v", name, err)}
	}
	if o.Dialekt != "" && o.Dialekt != string(s.dialekt) {
		return nil, nil, &usageError{fmt.Sprintf("--dialect: the recording %s is of the dialect %s", name, o.Dialekt)}
	}
	return o.Avspiller(), o, nil
}
