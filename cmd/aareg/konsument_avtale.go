package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"aareg/store"
	"aareg/store/konsument"
)

const konsumentAddUsage = `aareg konsument add ORGNR adds a consumer, with what its agreement says: by flags, from a file, or both (a flag goes before
the file). The file of consumers is made when it is not there. A consumer has no rights until aareg konsument rights gives
them, and no logins until aareg konsument login add does.

An agreement as a file is JSON:

  {"navn": "ETATEN", "hjemmel": "…", "formaal": "…", "behandlingsgrunnlag": "…", "databehandler": "210000003",
   "tilgang": ["api", "web-oppslag", "uttrekk"], "fra": "2026-01-01", "til": "2028-12-31",
   "kontakter": {"avtale": {"navn": "…", "telefon": "…", "epost": "…"}, "endring": {…}, "feil": {…}, "sikkerhetsbrudd": {…}}}

`

// avtaleflagg are the flags that say what an agreement says. Each is a change of what there was.
type avtaleflagg struct{ changes []func(*konsument.Konsument) }

func (a *avtaleflagg) define(flags *flag.FlagSet) {
	a.text(flags, "navn", "the body's `name`", func(k *konsument.Konsument) *string { return &k.Navn })
	a.text(flags, "hjemmel", "the statutory `provision` by which it gets data", func(k *konsument.Konsument) *string { return &k.Hjemmel })
	a.text(flags, "formaal", "the `purpose` that it uses them for", func(k *konsument.Konsument) *string { return &k.Formaal })
	a.text(flags, "behandlingsgrunnlag", "its own legal `basis` for processing them", func(k *konsument.Konsument) *string { return &k.Behandlingsgrunnlag })
	a.text(flags, "databehandler", "the `orgnr` of whoever asks on its behalf, if anybody", func(k *konsument.Konsument) *string { return &k.Databehandler })
	flags.Func("tilgang", "the `ways` of access that it has, with commas: api, web-oppslag, uttrekk (api unless given)", func(list string) error {
		a.changes = append(a.changes, func(k *konsument.Konsument) { k.Tilgang = tilgangsformer(list) })
		return nil
	})
	a.dato(flags, "fra", "the first `date` (yyyy-mm-dd) of the agreement", func(k *konsument.Konsument) *store.Dato { return &k.Fra })
	a.dato(flags, "til", "the last `date` (yyyy-mm-dd) of the agreement", func(k *konsument.Konsument) *store.Dato { return &k.Til })
	a.kontakt(flags, "avtale", "the agreement", func(k *konsument.Kontakter) *konsument.Kontakt { return &k.Avtale })
	a.kontakt(flags, "endring", "changes of the solution", func(k *konsument.Kontakter) *konsument.Kontakt { return &k.Endring })
	a.kontakt(flags, "feil", "faults in the solution", func(k *konsument.Kontakter) *konsument.Kontakt { return &k.Feil })
	a.kontakt(flags, "sikkerhetsbrudd", "breaches of security", func(k *konsument.Kontakter) *konsument.Kontakt { return &k.Sikkerhetsbrudd })
}

func (a *avtaleflagg) text(flags *flag.FlagSet, name, usage string, field func(*konsument.Konsument) *string) {
	flags.Func(name, usage, func(value string) error {
		a.changes = append(a.changes, func(k *konsument.Konsument) { *field(k) = value })
		return nil
	})
}

func (a *avtaleflagg) dato(flags *flag.FlagSet, name, usage string, field func(*konsument.Konsument) *store.Dato) {
	flags.Func(name, usage+`; "" for none`, func(value string) error {
		var d store.Dato
		if err := d.UnmarshalText([]byte(value)); err != nil {
			return err
		}
		a.changes = append(a.changes, func(k *konsument.Konsument) { *field(k) = d })
		return nil
	})
}

func (a *avtaleflagg) kontakt(flags *flag.FlagSet, name, about string, field func(*konsument.Kontakter) *konsument.Kontakt) {
	flags.Func("kontakt-"+name, "whom to reach about "+about+", a `contact` as name; telephone; e-mail (in quotes)", func(value string) error {
		words := strings.Split(value, ";")
		if len(words) != 3 {
			return errors.New("not name, telephone and e-mail with semicolons between them")
		}
		c := konsument.Kontakt{Navn: strings.TrimSpace(words[0]), Telefon: strings.TrimSpace(words[1]), Epost: strings.TrimSpace(words[2])}
		a.changes = append(a.changes, func(k *konsument.Konsument) { *field(&k.Kontakter) = c })
		return nil
	})
}

func tilgangsformer(list string) (forms []konsument.Tilgangsform) {
	for form := range strings.SplitSeq(list, ",") {
		forms = append(forms, konsument.Tilgangsform(strings.TrimSpace(form)))
	}
	return forms
}

func (a *avtaleflagg) apply(k *konsument.Konsument) {
	for _, change := range a.changes {
		change(k)
	}
}

func (k *konsumentKall) add(args []string) error {
	var a avtaleflagg
	var file string
	flags := flag.NewFlagSet("konsument add", flag.ContinueOnError)
	flags.StringVar(&file, "file", "", "the agreement is in this JSON `file`; - is standard input")
	a.define(flags)
	if err := k.parseOne(flags, konsumentAddUsage, args); err != nil {
		return err
	}
	c := konsument.Konsument{Tilgang: []konsument.Tilgangsform{konsument.API}}
	if file != "" {
		var err error
		if c, err = k.readAvtale(file); err != nil {
			return err
		}
	}
	c.Orgnr = k.orgnr
	a.apply(&c)
	r, err := k.openOrCreate()
	if err != nil {
		return err
	}
	defer r.Close()
	nr, err := r.LeggTil(c)
	if err != nil {
		return err
	}
	fmt.Fprintf(k.stdout, "consumer %d: %s (%s) is added\n", nr, c.Navn, c.Orgnr)
	return nil
}

func (k *konsumentKall) openOrCreate() (*konsument.Register, error) {
	r, err := konsument.Open(k.fil)
	if errors.Is(err, fs.ErrNotExist) {
		return konsument.Create(k.fil)
	}
	return r, err
}

// readAvtale reads an agreement from a file that people write, with the rights in it, if there are any.
func (k *konsumentKall) readAvtale(file string) (konsument.Konsument, error) {
	b, err := k.readFile("--file", file)
	if err != nil {
		return konsument.Konsument{}, err
	}
	c, err := konsument.LesAvtale(b)
	switch {
	case err != nil:
		return c, fmt.Errorf("--file: %w", err)
	case c.Orgnr != "" && c.Orgnr != k.orgnr:
		return c, errors.New("--file: the agreement is that of another orgnr")
	case len(c.Tilgang) == 0:
		c.Tilgang = []konsument.Tilgangsform{konsument.API}
	}
	if err := checkFelter(c.Rettigheter.Felter); err != nil {
		return c, fmt.Errorf("--file: %w", err)
	}
	return c, nil
}

// maxInput is the largest file that is read whole, in bytes: lists of persons may be long.
const maxInput = 64 << 20

// readFile reads a file that a flag names, or standard input for -.
func (k *konsumentKall) readFile(flagName, file string) ([]byte, error) {
	in := k.stdin
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", flagName, err)
		}
		defer f.Close()
		in = f
	}
	b, err := io.ReadAll(io.LimitReader(in, maxInput+1))
	if err == nil && len(b) > maxInput {
		err = fmt.Errorf("larger than %d bytes", maxInput)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", flagName, err)
	}
	return b, nil
}

const konsumentChangeUsage = `aareg konsument change ORGNR changes what a consumer's agreement says. What no flag names stays.

`

func (k *konsumentKall) change(args []string) error {
	var a avtaleflagg
	flags := flag.NewFlagSet("konsument change", flag.ContinueOnError)
	a.define(flags)
	if err := k.parseOne(flags, konsumentChangeUsage, args); err != nil {
		return err
	}
	if len(a.changes) == 0 {
		return &usageError{"what is to be changed? (aareg konsument change --help tells about flags)"}
	}
	return k.withOne(func(r *konsument.Register, _ *konsument.Bilde, c *konsument.Konsument) error {
		if err := r.Endre(c.Nr, func(c *konsument.Konsument) error { a.apply(c); return nil }); err != nil {
			return err
		}
		fmt.Fprintf(k.stdout, "the agreement of %s is changed\n", c.Orgnr)
		return nil
	})
}
