package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"aareg/fixtures"
	"aareg/wsdl/felt"
	"aareg/wsdl/kontrakt"
)

// samtidig is how many questions are under way at a time.
const samtidig = 4

// judgeEndpoint asks an endpoint and judges what it answers. The error says that the contract is violated, or that the
// endpoint could not be judged.
func judgeEndpoint(ctx context.Context, args []string, stdout io.Writer) error {
	s, err := parseKontrakt(args, stdout)
	if err != nil {
		return err
	}
	k, notes, err := s.run()
	if err != nil {
		return err
	}
	result, failed := s.kjoer(ctx, k)
	if result == nil {
		return failed
	}
	result.Merknader = append(result.Merknader, notes...)
	for _, a := range k.Dommer.Ubrukt() {
		if s.declared[a.Kilde] {
			result.Merknader = append(result.Merknader, "the deviation declared in "+a.Kilde+" was not met")
		}
	}
	return errors.Join(failed, s.report(result, stdout))
}

// run puts together whom to ask, what, and who judges; and what the reader of the result should know of it.
func (s *kontraktSettings) run() (*kontrakt.Kjoering, []string, error) {
	avvik, err := s.avvik()
	if err != nil {
		return nil, nil, err
	}
	dommer := kontrakt.NyDommer(s.dialekt.Table(), s.dialekt.Operations(), avvik)
	asking, err := s.spoerrer()
	if err != nil {
		return nil, nil, err
	}
	questions, notes, err := s.spoersmaal(dommer)
	if err != nil {
		return nil, nil, err
	}
	for i := range questions {
		if s.login == nil {
			break
		}
		tried := questions[i] // asking puts it there, too, where it is no longer an error of the question
		if err := s.login.Sett(&tried); err != nil {
			return nil, nil, err
		}
	}
	return &kontrakt.Kjoering{Spoerrer: asking, Dommer: dommer, Dialekt: string(s.dialekt), Spoersmaal: questions, Samtidig: samtidig}, notes, nil
}

// spoersmaal are the questions of the recording or the user's file, or else the built-in ones.
func (s *kontraktSettings) spoersmaal(d *kontrakt.Dommer) ([]kontrakt.Spoersmaal, []string, error) {
	if s.opptak != nil {
		return s.opptak.Spoersmaal(), nil, nil
	}
	if s.questions == "" {
		return innebygde(s.dialekt)
	}
	f, err := os.Open(s.questions)
	if err != nil {
		return nil, nil, fmt.Errorf("--questions: %w", err)
	}
	defer f.Close()
	questions, err := d.LesSpoersmaal(f, filepath.Base(s.questions))
	if err != nil {
		return nil, nil, fmt.Errorf("--questions: %w", err)
	}
	return questions, nil, nil
}

// innebygde are the conformance cases that a demo server as it is answers. What each is to be answered with stands in
// its golden answer.
func innebygde(dialekt felt.Dialekt) ([]kontrakt.Spoersmaal, []string, error) {
	cases, err := fixtures.Kaser()
	if err != nil {
		return nil, nil, err
	}
	var questions []kontrakt.Spoersmaal
	for _, c := range cases {
		if c.With != "" {
			continue
		}
		q := kontrakt.Spoersmaal{Navn: c.Name, Hvorfor: c.Why, Konvolutt: c.Request, Mediatype: kontrakt.Mediatype(c.Request), Fasit: c.Golden}
		if c.Folder != fixtures.FeilFolder {
			q.Operasjon = c.Folder
		}
		if q.Ventet, err = kontrakt.Utfallet(c.Golden); err != nil {
			return nil, nil, fmt.Errorf("%s: %w", c.Name, err)
		}
		kontrakt.IDialekt(&q, dialekt)
		questions = append(questions, q)
	}
	note := fmt.Sprintf("asked the %d built-in cases, which are about the demo register; %d more are left out, since they need a server with settings of their own",
		len(questions), len(cases)-len(questions))
	return questions, []string{note}, nil
}

// report writes the summary and the reports that were asked for: one that cannot be written keeps no other from it.
func (s *kontraktSettings) report(r *kontrakt.Resultat, stdout io.Writer) error {
	if err := r.SkrivTerminal(stdout); err != nil {
		return err
	}
	view := kontrakt.Visning{Umasket: s.unmasked}
	var errs []error
	for _, out := range []struct {
		file  string
		write func(io.Writer, kontrakt.Visning) error
	}{{s.junit, r.SkrivJUnit}, {s.html, r.SkrivHTML}, {s.json, r.SkrivJSON}} {
		if out.file == "" {
			continue
		}
		errs = append(errs, writeReport(out.file, func(w io.Writer) error { return out.write(w, view) }))
	}
	if r.Brutt() {
		errs = append(errs, errors.New("the contract is violated"))
	}
	if why := r.Ufullstendig(); why != "" {
		errs = append(errs, errors.New(why))
	}
	return errors.Join(errs...)
}

// writeReport writes a report into a file that only its owner can read: it may tell of people.
func writeReport(name string, write func(io.Writer) error) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(write(f), f.Close())
}
