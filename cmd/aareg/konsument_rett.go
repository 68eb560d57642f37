package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"aareg/store"
	"aareg/store/konsument"
)

const konsumentRightsUsage = `aareg konsument rights ORGNR gives a consumer rights, and prints what it changes. What no flag names stays; a profile takes
the place of all rights there were, and the other flags are added to it. aareg konsument show tells what rights come to.

The shipped profiles offentlig, otp and tilsyn are starts for an agreement: aareg konsument profiles tells what each gives,
and why no more, and aareg konsument profiles NAME writes one as JSON, to make one of your own of.

Files of fields, employers and persons have one entry a line; blank lines and what comes after # count for nothing.

`

// rettflagg are the flags of rights, as they were given.
type rettflagg struct {
	profil, produkter, felter                    string
	arbeidsgivere, personer                      string
	fortrolig, strengtFortrolig, doegn, sekundet string
}

func (f *rettflagg) define(flags *flag.FlagSet) {
	flags.StringVar(&f.profil, "profil", "", "give the rights of this `profile`, a shipped one's name or a file, instead of those there were")
	flags.StringVar(&f.produkter, "produkter", "", "let it ask these `products`, with commas, or alle, or ingen")
	flags.StringVar(&f.felter, "felter", "", "show it the rows of answers that stand in this `file` (- is standard input), like hentArbeidstaker/etternavn; a group's path means all of it, and a product's name all of its answer; uttrekk is what only extracts show. Or alle, or ingen")
	flags.StringVar(&f.arbeidsgivere, "arbeidsgivere", "", "show it the employers whose numbers stand in this `file` (- is standard input), units with all below them. Or alle, or ingen")
	flags.StringVar(&f.personer, "personer", "", "show it the employees whose numbers stand in this `file` (- is standard input). Or alle, or ingen")
	flags.StringVar(&f.fortrolig, "fortrolig", "", "what persons with protection grade fortrolig are to it (`setting`): ingen, nobody; kode, somebody without data; data, like others")
	flags.StringVar(&f.strengtFortrolig, "strengt-fortrolig", "", "the same `setting` of strengt fortrolig, also abroad")
	flags.StringVar(&f.doegn, "personer-per-doegn", "", "tell it of at most this `number` of different persons a day, or ubegrenset")
	flags.StringVar(&f.sekundet, "spoersmaal-per-sekund", "", "let it ask at most this `number` of questions a second, or ubegrenset")
}

func (k *konsumentKall) rights(args []string) error {
	var f rettflagg
	flags := flag.NewFlagSet("konsument rights", flag.ContinueOnError)
	f.define(flags)
	if err := k.parseOne(flags, konsumentRightsUsage, args); err != nil {
		return err
	}
	if err := f.check(); err != nil {
		return err
	}
	change, err := k.readRights(&f)
	if err != nil {
		return err
	}
	return k.withOne(func(r *konsument.Register, _ *konsument.Bilde, c *konsument.Konsument) error {
		var before, after konsument.Rettigheter
		err := r.Endre(c.Nr, func(c *konsument.Konsument) error {
			before = c.Rettigheter
			change(&c.Rettigheter)
			after = c.Rettigheter
			return nil
		})
		if err != nil {
			return err
		}
		return k.printChange(c, &before, &after)
	})
}

func (f *rettflagg) check() error {
	fromStdin := 0
	for _, value := range []string{f.profil, f.felter, f.arbeidsgivere, f.personer} {
		if value == "-" {
			fromStdin++
		}
	}
	switch {
	case fromStdin > 1:
		return &usageError{"standard input (-) can only be one thing"}
	case *f == rettflagg{}:
		return &usageError{"which rights? (aareg konsument rights --help tells about flags)"}
	}
	return nil
}

// readRights reads what the flags name, all of it before anything is changed.
func (k *konsumentKall) readRights(f *rettflagg) (change func(*konsument.Rettigheter), err error) {
	var changes []func(*konsument.Rettigheter)
	for _, flag := range []struct {
		name, value string
		read        func(name, value string) (func(*konsument.Rettigheter), error)
	}{
		{"--profil", f.profil, k.readProfil},
		{"--produkter", f.produkter, readProdukter},
		{"--felter", f.felter, k.readFelter},
		{"--arbeidsgivere", f.arbeidsgivere, k.readOmfang(arbeidsgivernummer, func(r *konsument.Rettigheter) *konsument.Omfang { return &r.Arbeidsgivere })},
		{"--personer", f.personer, k.readOmfang(personnummer, func(r *konsument.Rettigheter) *konsument.Omfang { return &r.Personer })},
		{"--fortrolig", f.fortrolig, readInnsyn(func(r *konsument.Rettigheter) *store.Innsyn { return &r.Fortrolig })},
		{"--strengt-fortrolig", f.strengtFortrolig, readInnsyn(func(r *konsument.Rettigheter) *store.Innsyn { return &r.StrengtFortrolig })},
		{"--personer-per-doegn", f.doegn, readKvote(func(r *konsument.Rettigheter) *int { return &r.PersonerPerDoegn })},
		{"--spoersmaal-per-sekund", f.sekundet, readKvote(func(r *konsument.Rettigheter) *int { return &r.SpoersmaalPerSekund })},
	} {
		if flag.value == "" {
			continue
		}
		change, err := flag.read(flag.name, flag.value)
		if err != nil {
			return nil, err
		}
		changes = append(changes, change)
	}
	return func(r *konsument.Rettigheter) {
		for _, change := range changes {
			change(r)
		}
	}, nil
}

// The words that stand for everybody and nobody, all and none.
const alle, ingenting, ubegrenset = "alle", "ingen", "ubegrenset"

func (k *konsumentKall) readProfil(name, value string) (func(*konsument.Rettigheter), error) {
	p, shipped := konsument.ProfilMed(value)
	if !shipped {
		b, err := k.readFile(name, value)
		if errors.Is(err, os.ErrNotExist) {
			return nil, fmt.Errorf("%s: %q is neither a shipped profile (offentlig, otp, tilsyn) nor a file", name, value)
		}
		if err != nil {
			return nil, err
		}
		if p, err = konsument.LesProfil(b); err == nil {
			err = checkFelter(p.Rettigheter.Felter)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return func(r *konsument.Rettigheter) { *r = p.Rettigheter }, nil
}

func readProdukter(name, value string) (func(*konsument.Rettigheter), error) {
	var products []string
	switch value {
	case alle:
		products = konsument.Produkter()
	case ingenting:
	default:
		for product := range strings.SplitSeq(value, ",") {
			product = strings.TrimSpace(product)
			if !slices.Contains(konsument.Produkter(), product) || slices.Contains(products, product) {
				return nil, &usageError{fmt.Sprintf("%s: each at most once of %s", name, strings.Join(konsument.Produkter(), ", "))}
			}
			products = append(products, product)
		}
	}
	return func(r *konsument.Rettigheter) { r.Produkter = products }, nil
}

func readInnsyn(field func(*konsument.Rettigheter) *store.Innsyn) func(name, value string) (func(*konsument.Rettigheter), error) {
	return func(name, value string) (func(*konsument.Rettigheter), error) {
		i, err := konsument.ParseInnsyn(value)
		if err != nil {
			return nil, &usageError{name + ": ingen, kode or data"}
		}
		return func(r *konsument.Rettigheter) { *field(r) = i }, nil
	}
}

func readKvote(field func(*konsument.Rettigheter) *int) func(name, value string) (func(*konsument.Rettigheter), error) {
	return func(name, value string) (func(*konsument.Rettigheter), error) {
		n, err := strconv.Atoi(value)
		if value == ubegrenset {
			n, err = konsument.Ubegrenset, nil
		} else if err != nil || n < 0 {
			return nil, &usageError{name + ": a whole number, 0 or more, or " + ubegrenset}
		}
		return func(r *konsument.Rettigheter) { *field(r) = n }, nil
	}
}

const konsumentProfilesUsage = `aareg konsument profiles tells what the shipped profiles give, and why no more; with a NAME it writes that one as JSON.

`

func (k *konsumentKall) profiles(args []string) error {
	flags := flag.NewFlagSet("konsument profiles", flag.ContinueOnError)
	if err := parseFlags(flags, konsumentProfilesUsage, args, k.stdout); err != nil {
		return err
	}
	if flags.NArg() == 0 {
		for _, p := range konsument.Profiler() {
			fmt.Fprintf(k.stdout, "%s\n  %s\n", p.Navn, strings.Join(p.Tekst, "\n  "))
		}
		return nil
	}
	p, shipped := konsument.ProfilMed(flags.Arg(0))
	if !shipped || flags.NArg() > 1 {
		return &usageError{"which profile? offentlig, otp or tilsyn"}
	}
	b, err := p.JSON()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(k.stdout, "%s\n", b)
	return err
}

// printChange prints the rights that are others than before.
func (k *konsumentKall) printChange(c *konsument.Konsument, before, after *konsument.Rettigheter) error {
	w := tabwriter.NewWriter(k.stdout, 0, 0, 2, ' ', 0)
	changed := false
	was := rettlinjer(before)
	for n, now := range rettlinjer(after) {
		if slices.Equal(was[n].verdier, now.verdier) {
			continue
		}
		if !changed {
			fmt.Fprintf(w, "the rights of %s (%s) are changed\n", c.Navn, c.Orgnr)
		}
		changed = true
		fmt.Fprintf(w, "  %s\t%s → %s%s\n", now.navn, brief(was[n].tekst), brief(now.tekst), ulikhet(was[n].verdier, now.verdier))
	}
	if !changed {
		fmt.Fprintf(w, "the rights of %s (%s) were so already\n", c.Navn, c.Orgnr)
	}
	return w.Flush()
}

// brief is a right without the words that explain it.
func brief(text string) string {
	word, _, _ := strings.Cut(text, ":")
	return word
}
