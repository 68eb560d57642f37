package main

import (
	"context"
	"errors"
	"flag"
	"fmt"

	"aareg/wsdl/kontrakt"
)

// opptakSettings are the flags of kontrakt about recordings.
type opptakSettings struct {
	record   string
	personal bool
	replay   string
	opptak   *kontrakt.Opptak // what replay names, once it is read
}

func (s *opptakSettings) define(flags *flag.FlagSet) {
	flags.StringVar(&s.record, "record", "", "keep questions and answers in this new `folder`, which only its owner can read; credentials are taken out")
	flags.BoolVar(&s.personal, "record-personal-data", false, "keep answers about real people: needed with --questions, and when an answer has a number that somebody may have")
	flags.StringVar(&s.replay, "replay", "", "ask the questions of a recording and hold the answers against it; without a URL, judge the recorded answers themselves. A `folder` of --record")
}

// check looks at what can be known before anything is asked. The recording to replay is read.
func (s *opptakSettings) check(url, questions string) error {
	switch {
	case s.replay != "" && (s.record != "" || questions != ""):
		return &usageError{"--replay asks the questions of a recording: neither --questions nor --record goes with it"}
	case url == "" && s.replay == "":
		return &usageError{"which endpoint? One URL, and flags (aareg kontrakt --help tells about them)"}
	case s.personal && s.record == "":
		return &usageError{"--record-personal-data: into what? --record"}
	case s.record != "" && questions != "" && !s.personal:
		return &usageError{"--record: the questions of a file may be about real people. Keeping the answers needs --record-personal-data"}
	}
	if s.record != "" {
		if err := kontrakt.Ledig(s.record); err != nil {
			return fmt.Errorf("--record: %w", err)
		}
	}
	if s.replay == "" {
		return nil
	}
	var err error
	if s.opptak, err = kontrakt.LesOpptak(s.replay); err != nil {
		return &usageError{"--replay: " + err.Error()}
	}
	return nil
}

// kjoer asks and judges; with a recording, it holds the answers against it, or judges the recorded ones when there is
// nobody to ask.
func (s *opptakSettings) kjoer(ctx context.Context, k *kontrakt.Kjoering) (*kontrakt.Resultat, error) {
	switch {
	case s.opptak != nil && s.opptak.Dialekt != "" && s.opptak.Dialekt != k.Dialekt:
		return nil, &usageError{"--dialect: the recording is of the dialect " + s.opptak.Dialekt}
	case s.opptak != nil && k.Spoerrer.URL == "":
		return s.opptak.Doem(k.Dommer), nil
	}
	result, err := k.Kjoer(ctx)
	switch {
	case err != nil:
		return nil, err
	case s.opptak != nil:
		return result, s.opptak.Hold(k.Dommer, result)
	case s.record != "":
		return result, s.keep(result)
	}
	return result, nil
}

// keep writes a recording. Only answers about made-up people and units are kept without being told to: the built-in
// questions are about such, but a register of real people may find some of them by the names that are asked for.
func (s *opptakSettings) keep(result *kontrakt.Resultat) error {
	o, err := kontrakt.NyttOpptak(result)
	if err != nil {
		return fmt.Errorf("--record: %w", err)
	}
	if !s.personal && !o.Oppdiktet() {
		return errors.New("--record: nothing was kept, since an answer has a number that somebody may have: --record-personal-data")
	}
	if err := o.Skriv(s.record); err != nil {
		return fmt.Errorf("--record: %w", err)
	}
	return nil
}
