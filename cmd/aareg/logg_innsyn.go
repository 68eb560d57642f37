package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"

	"aareg/store"
	"aareg/store/konsument"
	"aareg/store/logg"
)

const loggInnsynUsage = `aareg logg innsyn --logg FILE writes the report of who looked a person up, which that person may ask for (GDPR article 15), in
Norwegian. The person's number is typed unseen, or is the first line of standard input; the report shows six digits of it.

`

// innsynSettings are the flags of logg innsyn.
type innsynSettings struct {
	loggfil
	loggUtvalg
	db, konsumenter string
}

func (k loggKall) innsyn(ctx context.Context, args []string) error {
	var s innsynSettings
	flags := flag.NewFlagSet("logg innsyn", flag.ContinueOnError)
	s.definePeriode(flags)
	flags.StringVar(&s.db, "db", "", "find the person's other numbers, former and present, in the register in this `file`, and look for them, too")
	flags.StringVar(&s.konsumenter, "konsumenter", "", "name consumers, their legal basis and purpose, from this `file`")
	if err := k.parse(flags, &s.loggfil, loggInnsynUsage, args); err != nil {
		return err
	}
	f, err := s.filter()
	if err != nil {
		return err
	}
	r := &innsynsrapport{fra: f.Fra, til: f.Til, laget: k.naa}
	if r.zone, err = oslo(); err != nil {
		return err
	}
	if r.nummer, err = k.readNumber(ctx); err != nil {
		return err
	}
	if err := s.lookUp(ctx, r); err != nil {
		return err
	}
	if f.Personer, err = packNumbers(r.numre...); err != nil {
		return err
	}
	log, err := s.open()
	if err != nil {
		return err
	}
	defer log.Close()
	first, err := firstRow(ctx, log)
	if err != nil {
		return err
	}
	r.foerste = first.Tid
	if r.telling, err = s.account(ctx, log, "innsyn", f); err != nil {
		return err
	}
	w := bufio.NewWriterSize(k.stdout, 1<<16)
	r.skrivHode(w)
	if err := each(ctx, log, f, r.telling.siste, func(rad *logg.Rad) error { return r.skrivRad(w, rad) }); err != nil {
		return err
	}
	r.skrivSlutt(w)
	return w.Flush()
}

// lookUp finds out under which numbers the person has been asked for, and who the consumers are. A number with wrong
// check digits is taken only when the register holds it: a report that nobody asked would be false for whoever was meant.
func (s *innsynSettings) lookUp(ctx context.Context, r *innsynsrapport) error {
	r.numre = []string{r.nummer}
	if s.db != "" {
		err := store.Read(ctx, s.db, func(t *store.Tx) error {
			numre, delte, err := t.NumreTil(r.nummer)
			if err == nil {
				r.numre, r.delte, r.iRegisteret = numre, delte, true
			}
			return err
		})
		switch {
		case errors.Is(err, store.ErrIkkeEntydig):
			return errors.New("identity number: several persons in the register have had it: the report is asked for by the number in force")
		case err != nil && !errors.Is(err, store.ErrIngen):
			return fmt.Errorf("--db: %w", err)
		}
		r.medRegister = true
	}
	if !r.iRegisteret {
		if err := checkDigits(r.nummer); err != nil {
			return err
		}
	}
	if s.konsumenter == "" {
		return nil
	}
	consumers, err := konsument.Open(s.konsumenter)
	if err != nil {
		return fmt.Errorf("--konsumenter: %w", err)
	}
	defer consumers.Close()
	r.konsumenter, err = consumers.Bilde()
	return err
}
