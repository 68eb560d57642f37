package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"time"

	"aareg/products"
	"aareg/soap"
	"aareg/soap/tilgang"
	"aareg/store"
	"aareg/store/konsument"
	"aareg/store/logg"
)

const uttrekkUsage = `aareg uttrekk --db REG --konsumenter KONS --logg LOGG --konsument ORGNR --arbeidsgiver ORGNR writes an extract for a consumer whose
agreement has uttrekk: whole arbeidsforhold with every data element of the register that its field profile lets it see, of an
employer with all units below it, of the persons of a list, or by the ids of a list. It is of one moment.

Who is found, and who is not, is as for the product that takes the same (hentArbeidsgiver, hentArbeidstaker, hentArbeidsforhold),
whose right the consumer needs; persons count towards its day. The audit log gets a row before anything is written, one for
some thousand arbeidsforhold, of everybody who is in them. An extract that could not be finished is not put in its file; on
standard output it lacks its end: the row ferdig of csv, the closing tag of xml, the line {"ferdig":true,…} of ndjson.

Identity numbers are read from files or standard input, one a line, and are never arguments; blank lines and what comes after #
count for nothing.

`

// uttrekksvalg are the flags of uttrekk.
type uttrekksvalg struct {
	db, konsumenter, konsument, out             string
	logg                                        loggfil
	arbeidsgiver, arbeidstakere, arbeidsforhold string
	status                                      string
	form                                        products.Uttrekksform
	today                                       store.Dato
}

func (s *uttrekksvalg) flagSet() *flag.FlagSet {
	flags := flag.NewFlagSet("uttrekk", flag.ContinueOnError)
	flags.StringVar(&s.db, "db", "", "the register is in this `file`")
	flags.StringVar(&s.konsumenter, "konsumenter", "", "the consumers are in this `file`")
	s.logg.flags(flags)
	flags.StringVar(&s.konsument, "konsument", "", "make the extract for the consumer with this `orgnr`, under its rights")
	flags.StringVar(&s.arbeidsgiver, "arbeidsgiver", "", "of the employer with this `orgnr`; - reads a number of 9 or 11 digits from standard input")
	flags.StringVar(&s.arbeidstakere, "arbeidstakere", "", "of the persons whose numbers stand in this `file` (- is standard input)")
	flags.StringVar(&s.arbeidsforhold, "arbeidsforhold", "", "of the arbeidsforhold whose ids stand in this `file` (- is standard input)")
	flags.StringVar(&s.status, "status", "alle", "of an employer or persons, only arbeidsforhold with this `status`: aktive or opphoert")
	flags.StringVar(&s.form.Format, "format", "csv", "write this `format`: csv, xml or ndjson")
	flags.BoolVar(&s.form.BOM, "bom", false, "begin csv with a byte order mark, by which Excel knows its letters")
	flags.BoolVar(&s.form.Semikolon, "semikolon", false, "split the columns of csv by semicolon, as Norwegian Excel expects")
	flags.TextVar(&s.today, "today", store.Dato(0), "what is active is so on this `date` (yyyy-mm-dd). Otherwise it is today in Norway")
	flags.StringVar(&s.out, "o", "", "write to this new `file`, which only its owner can read. Otherwise to standard output")
	return flags
}

func (s *uttrekksvalg) check(rest []string) error {
	given := 0
	for _, of := range []string{s.arbeidsgiver, s.arbeidstakere, s.arbeidsforhold} {
		if of != "" {
			given++
		}
	}
	switch {
	case s.db == "" || s.konsumenter == "" || s.logg.fil == "" || s.konsument == "" || len(rest) > 0:
		return &usageError{"--db, --konsumenter, --logg and --konsument must be given, and nothing but flags"}
	case given != 1:
		return &usageError{"--arbeidsgiver, --arbeidstakere, --arbeidsforhold: one of them"}
	case s.form.Format != "csv" && s.form.Format != "xml" && s.form.Format != "ndjson":
		return &usageError{"--format: must be csv, xml or ndjson"}
	case s.form.Format != "csv" && (s.form.BOM || s.form.Semikolon):
		return &usageError{"--bom, --semikolon: go with csv"}
	case s.status != "alle" && s.arbeidsforhold != "":
		return &usageError{"--status: does not go with --arbeidsforhold"}
	}
	return nil
}

// bestilling is the extract that the flags ask for, with all that is read from files.
func (s *uttrekksvalg) bestilling(stdin io.Reader) (*products.Uttrekk, error) {
	u := &products.Uttrekk{Form: s.form}
	switch s.status {
	case "alle":
	case "aktive", "aktiv":
		u.Filter.Status = store.Aktive
	case "opphoert":
		u.Filter.Status = store.Opphoerte
	default:
		return nil, &usageError{"--status: must be alle, aktive or opphoert"}
	}
	var err error
	switch {
	case s.arbeidstakere != "":
		u.Arbeidstakere, err = readNumre("--arbeidstakere", s.arbeidstakere, stdin, 11, 11)
	case s.arbeidsforhold != "":
		u.Arbeidsforhold, err = readNumre("--arbeidsforhold", s.arbeidsforhold, stdin, 1, 18)
	case s.arbeidsgiver == "-":
		u.Arbeidsgiver, err = readArbeidsgiver(stdin)
	default:
		if u.Arbeidsgiver, err = arbeidsgivernummer(s.arbeidsgiver); err != nil {
			err = &usageError{"--arbeidsgiver: " + err.Error()}
		}
	}
	return u, err
}

func uttrekk(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) error {
	if err := checkNoNumber(args); err != nil {
		return err
	}
	var s uttrekksvalg
	flags := s.flagSet()
	if err := parseFlags(flags, uttrekkUsage, args, stdout); err != nil {
		return err
	}
	if err := s.check(flags.Args()); err != nil {
		return err
	}
	u, err := s.bestilling(stdin)
	if err != nil {
		return err
	}
	l, err := openLogg(s.logg.fil, s.logg.key())
	if err != nil {
		return err
	}
	defer l.Close()
	konsumenter, err := konsument.Open(s.konsumenter)
	if err != nil {
		return err
	}
	defer konsumenter.Close()
	port, err := tilgang.New(tilgang.Config{Konsumenter: konsumenter, Logg: l})
	if err != nil {
		return err
	}
	k, err := port.ForKonsument(s.konsument)
	if err != nil {
		return fmt.Errorf("--konsument: %w", err)
	}
	korrelasjon := soap.Tilfeldig(6)
	if err := k.Uttrekk(ctx, u, logg.Rad{Bruker: systemUser(), Korrelasjon: korrelasjon}); err != nil {
		return fmt.Errorf("%w (reference %s)", err, korrelasjon)
	}
	if err := s.write(ctx, u, k, stdout, stderr); err != nil {
		return fmt.Errorf("%w (reference %s)", err, korrelasjon)
	}
	return nil
}

// write writes the extract, tells how far it is, and what it came to.
func (s *uttrekksvalg) write(ctx context.Context, u *products.Uttrekk, k *tilgang.Innlogget, stdout, stderr io.Writer) error {
	today := s.today
	if today == 0 {
		oslo, err := time.LoadLocation("Europe/Oslo")
		if err != nil {
			return err
		}
		today = store.DatoOf(time.Now().In(oslo))
	}
	register, err := store.Open(s.db)
	if err != nil {
		return err
	}
	defer register.Close()
	p := newProgress(stderr, -1, "arbeidsforhold")
	u.Framdrift = func(n int) { p.add(n - int(p.done)) }
	var sum products.Uttrekkssum
	write := func(w io.Writer) error {
		var err error
		sum, err = u.Skriv(ctx, register, k.View(today), w)
		return err
	}
	if s.out == "" {
		err = write(stdout)
	} else {
		err = writeNew(s.out, "-o", write)
	}
	p.end()
	if errors.Is(err, context.Canceled) {
		err = errors.New("stopped: the extract is not whole")
	}
	if err == nil {
		tellUttrekk(stderr, &sum, time.Since(p.start))
	}
	return err
}

// tellUttrekk tells what an extract came to: how much, how fast, and how many who were asked for had no data in it.
func tellUttrekk(stderr io.Writer, sum *products.Uttrekkssum, took time.Duration) {
	fmt.Fprintf(stderr, "%d arbeidsforhold in %s (%.0f/s)", sum.Antall, took.Round(time.Millisecond), float64(sum.Antall)/took.Seconds())
	for _, kode := range []products.Statuskode{products.Ingen, products.IkkeEntydig, products.FortroligKode, products.StrengtFortrolig} {
		if n := sum.Utfall[kode]; n > 0 {
			fmt.Fprintf(stderr, ", %s %d", kode, n)
		}
	}
	fmt.Fprintln(stderr)
}
