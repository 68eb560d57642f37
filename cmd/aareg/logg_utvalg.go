package main

import (
	"context"
	"errors"
	"flag"
	"slices"
	"strconv"
	"strings"
	"time"

	"aareg/store"
	"aareg/store/konsument"
	"aareg/store/logg"
)

// loggUtvalg is which rows are asked for, as flags say.
type loggUtvalg struct {
	konsument, produkt, fra, til string
	avslag, person               bool
	utenRad                      bool
}

// definePeriode are the flags of every command that shows rows.
func (u *loggUtvalg) definePeriode(flags *flag.FlagSet) {
	flags.StringVar(&u.fra, "fra", "", "rows from this `date` on (yyyy-mm-dd or yyyy-mm, as Norway has days; or a time as in RFC 3339). Otherwise from the first on")
	flags.StringVar(&u.til, "til", "", "rows until this `date`, with it (or this month; or until a time, without it). Otherwise to the last")
	flags.BoolVar(&u.utenRad, "without-row", false, "write no row of this look into the log: it is a copy that is read, or a log that is broken and cannot be written")
}

func (u *loggUtvalg) define(flags *flag.FlagSet) {
	flags.StringVar(&u.konsument, "konsument", "", "rows of the consumer with this `orgnr`")
	flags.StringVar(&u.produkt, "produkt", "", "rows of this `operation`, as the field specification names it")
	flags.BoolVar(&u.avslag, "avslag", false, "only what was refused")
	flags.BoolVar(&u.person, "person", false, "rows of one person, whose number is typed unseen or read from standard input")
	u.definePeriode(flags)
}

// filter is the flags as the log takes them, but for the person.
func (u *loggUtvalg) filter() (f logg.Filter, err error) {
	f = logg.Filter{Konsument: u.konsument, Produkt: u.produkt, BareAvslag: u.avslag}
	switch {
	case u.konsument != "" && !store.ValidOrgnr(u.konsument):
		return f, &usageError{"--konsument: not an organisation number"}
	case u.produkt != "" && !slices.Contains(konsument.Produkter(), u.produkt):
		return f, &usageError{"--produkt: not one of " + strings.Join(konsument.Produkter(), ", ")}
	}
	if u.fra != "" {
		if f.Fra, _, err = readPeriode(u.fra); err != nil {
			return f, &usageError{"--fra: " + err.Error()}
		}
	}
	if u.til != "" {
		if _, f.Til, err = readPeriode(u.til); err != nil {
			return f, &usageError{"--til: " + err.Error()}
		}
		if !f.Til.After(f.Fra) {
			return f, &usageError{"--til: before --fra"}
		}
	}
	return f, nil
}

// readPerson puts the person who is asked for into a filter.
func (k loggKall) readPerson(ctx context.Context, f *logg.Filter) error {
	number, err := k.readNumber(ctx)
	if err == nil {
		err = checkDigits(number)
	}
	if err != nil {
		return err
	}
	f.Personer, err = packNumbers(number)
	return err
}

// packNumbers is identity numbers as the log has them.
func packNumbers(numbers ...string) ([]uint64, error) {
	packed := make([]uint64, len(numbers))
	for i, number := range numbers {
		var err error
		if packed[i], err = strconv.ParseUint(number, 10, 64); err != nil {
			return nil, errors.New("identity number: not 11 digits")
		}
	}
	return packed, nil
}

// telling is what a walk through the rows of a filter has counted.
type telling struct {
	rader, avslag int
	siste         int64 // number of the last row
}

func tell(ctx context.Context, l *logg.Logg, f logg.Filter) (t telling, err error) {
	err = l.Soek(ctx, f, func(r *logg.Rad) error {
		t.rader++
		t.siste = r.Nr
		if r.Avslag {
			t.avslag++
		}
		return nil
	})
	return t, err
}

var errNok = errors.New("enough rows")

// each visits the rows of a filter up to the one of that number.
func each(ctx context.Context, l *logg.Logg, f logg.Filter, last int64, visit func(*logg.Rad) error) error {
	err := l.Soek(ctx, f, func(r *logg.Rad) error {
		if r.Nr > last {
			return errNok
		}
		return visit(r)
	})
	if errors.Is(err, errNok) {
		return nil
	}
	return err
}

// account counts the rows that will be shown, and writes the row of who saw them. It names what was asked for; the
// persons of the rows that are shown stand in those.
func (u *loggUtvalg) account(ctx context.Context, l *logg.Logg, command string, f logg.Filter) (telling, error) {
	t, err := tell(ctx, l, f)
	if err != nil || u.utenRad {
		return t, err
	}
	row := &logg.Rad{Slag: logg.Innsyn, Parametre: []logg.Parameter{{Tag: "kommando", Verdi: command}}, Utfall: utfallKomplett,
		Antall: t.rader, Personer: f.Personer}
	for _, p := range []logg.Parameter{{Tag: "konsument", Verdi: u.konsument}, {Tag: "produkt", Verdi: u.produkt},
		{Tag: "fra", Verdi: u.fra}, {Tag: "til", Verdi: u.til}} {
		if p.Verdi != "" {
			row.Parametre = append(row.Parametre, p)
		}
	}
	if u.avslag {
		row.Parametre = append(row.Parametre, logg.Parameter{Tag: "avslag", Verdi: "true"})
	}
	return t, writeOwnRow(ctx, l, row)
}

// tidsrom is the first and the last row of a log.
type tidsrom struct {
	foerste, siste logg.Rad // without their persons
	zone           *time.Location
}

// span finds the first and the last row; false when there is none, or the log cannot be opened, which Verify tells about.
func (l *loggfil) span(ctx context.Context) (s tidsrom, known bool) {
	log, err := l.open()
	if err != nil {
		return s, false
	}
	defer log.Close()
	if s.zone, err = oslo(); err != nil {
		return s, false
	}
	if s.foerste, err = firstRow(ctx, log); err != nil || s.foerste.Nr == 0 {
		return s, false
	}
	// Rows are found by time: looked for ever further back until there are some, few are walked through.
	for back := time.Hour; s.siste.Nr == 0; back *= 2 {
		from := time.Now().Add(-back)
		if from.Before(s.foerste.Tid) {
			from = s.foerste.Tid
		}
		err := log.Soek(ctx, logg.Filter{Fra: from}, func(r *logg.Rad) error {
			s.siste = *r
			s.siste.Personer = nil
			return nil
		})
		if err != nil || s.siste.Nr == 0 && from.Equal(s.foerste.Tid) {
			return s, false
		}
	}
	return s, true
}

// firstRow is the first row that is kept, without its persons; row 0 when there is none.
func firstRow(ctx context.Context, l *logg.Logg) (first logg.Rad, err error) {
	err = l.Soek(ctx, logg.Filter{}, func(r *logg.Rad) error {
		first = *r
		first.Personer = nil
		return errNok
	})
	if errors.Is(err, errNok) {
		err = nil
	}
	return first, err
}

// printable is a text of the log on one line, without what steers a terminal: much of it was written by strangers.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if !strconv.IsPrint(r) {
			return ' '
		}
		return r
	}, s)
}
