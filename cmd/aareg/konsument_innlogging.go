package main

import (
	"context"
	"errors"
	"flag"
	"fmt"

	"aareg/store/konsument"
)

const konsumentLoginUsage = `aareg konsument login add ORGNR adds a login: a user name with a password, which is asked for, or the client certificate that
holds the consumer's orgnr. aareg konsument login remove ORGNR removes it.

A password is typed twice on a terminal, unseen; otherwise it is the first line of standard input. It has 12 to 60
characters, of a legacy login 8 to 60.

`

// innloggingsvalg are the flags that say which login.
type innloggingsvalg struct {
	brukernavn               string
	sertifikat               bool
	legacy, digest, noDigest bool
}

func (v *innloggingsvalg) define(flags *flag.FlagSet) {
	flags.StringVar(&v.brukernavn, "brukernavn", "", "the login with this user `name`, whatever its case")
	flags.BoolVar(&v.sertifikat, "sertifikat", false, "the login with a client certificate")
}

// one says whether the flags name one login.
func (v *innloggingsvalg) one() error {
	if (v.brukernavn != "") == v.sertifikat {
		return &usageError{"which login? --brukernavn or --sertifikat"}
	}
	return nil
}

// find is the login of the consumer that the flags name.
func (v *innloggingsvalg) find(b *konsument.Bilde, c *konsument.Konsument) (*konsument.Innlogging, error) {
	i := b.Bruker(v.brukernavn)
	if v.sertifikat {
		i = b.Sertifikat(c.Orgnr)
	}
	if i == nil || i.Konsument != c.Nr {
		return nil, fmt.Errorf("consumer %s has no such login", c.Orgnr)
	}
	return i, nil
}

func (k *konsumentKall) login(ctx context.Context, args []string) error {
	what, rest := "", args
	if len(args) > 0 {
		what, rest = args[0], args[1:]
	}
	switch what {
	case "add", "remove":
	case "-h", "-help", "--help":
		what, rest = "add", args
	default:
		return &usageError{"login add or login remove?"}
	}
	var v innloggingsvalg
	flags := flag.NewFlagSet("konsument login", flag.ContinueOnError)
	v.define(flags)
	if what == "add" {
		flags.BoolVar(&v.legacy, "legacy", false, "let the password in too when it is right in capitals, as the platform did: clients of that time may send it in any case. Set it in capitals then")
		flags.BoolVar(&v.digest, "digest", false, "allow a WS-Security password digest, for which the password itself must be stored beside its hash")
	}
	if err := k.parseOne(flags, konsumentLoginUsage, rest); err != nil {
		return err
	}
	if err := v.one(); err != nil {
		return err
	}
	if v.sertifikat && (v.legacy || v.digest) {
		return &usageError{"--legacy and --digest are about passwords, which a certificate has none of"}
	}
	return k.withOne(func(r *konsument.Register, b *konsument.Bilde, c *konsument.Konsument) error {
		if what == "add" {
			return k.addLogin(ctx, r, b, c, &v)
		}
		i, err := v.find(b, c)
		if err != nil {
			return err
		}
		if err := r.FjernInnlogging(i.Nr); err != nil {
			return err
		}
		fmt.Fprintf(k.stdout, "login %d (%s) of %s is removed, and its sessions with it\n", i.Nr, innloggingsnavn(i), c.Orgnr)
		return nil
	})
}

func (k *konsumentKall) addLogin(ctx context.Context, r *konsument.Register, b *konsument.Bilde, c *konsument.Konsument, v *innloggingsvalg) error {
	i := konsument.Innlogging{Konsument: c.Nr, Slag: konsument.MedSertifikat}
	if !v.sertifikat {
		i.Slag, i.Brukernavn, i.Legacy = konsument.MedPassord, v.brukernavn, v.legacy
		if b.Bruker(i.Brukernavn) != nil {
			return errors.New("the user name is taken") // before a password is asked for
		}
		if err := k.setPassword(ctx, c, &i, v.digest); err != nil {
			return err
		}
	}
	nr, err := r.LeggTilInnlogging(i)
	if err != nil {
		return err
	}
	fmt.Fprintf(k.stdout, "login %d (%s) of %s (%s) is added\n", nr, innloggingsnavn(&i), c.Navn, c.Orgnr)
	return nil
}

// setPassword reads a password and puts it into a login.
func (k *konsumentKall) setPassword(ctx context.Context, c *konsument.Konsument, i *konsument.Innlogging, digest bool) error {
	password, err := k.readPassword(ctx)
	if err != nil {
		return err
	}
	if err := checkPassword(password, i.Brukernavn, c.Orgnr, i.Legacy); err != nil {
		return err
	}
	i.Digest = ""
	if digest {
		i.Digest = password
	}
	i.Passord, err = konsument.Hash(password)
	return err
}

const konsumentPasswordUsage = `aareg konsument password ORGNR --brukernavn NAME sets a login's password, and ends its sessions. The password is typed twice on
a terminal, unseen; otherwise it is the first line of standard input.

`

func (k *konsumentKall) password(ctx context.Context, args []string) error {
	var v innloggingsvalg
	flags := flag.NewFlagSet("konsument password", flag.ContinueOnError)
	flags.StringVar(&v.brukernavn, "brukernavn", "", "the login with this user `name`, whatever its case")
	flags.BoolVar(&v.digest, "digest", false, "allow a WS-Security password digest from now on, for which the password itself must be stored; a login that was allowed it stays so")
	flags.BoolVar(&v.noDigest, "no-digest", false, "and from now on not")
	if err := k.parseOne(flags, konsumentPasswordUsage, args); err != nil {
		return err
	}
	if v.brukernavn == "" || v.digest && v.noDigest {
		return &usageError{"--brukernavn: whose password? and at most one of --digest and --no-digest"}
	}
	return k.withOne(func(r *konsument.Register, b *konsument.Bilde, c *konsument.Konsument) error {
		i, err := v.find(b, c)
		if err != nil {
			return err
		}
		set := *i
		if err := k.setPassword(ctx, c, &set, v.digest || i.Digest != "" && !v.noDigest); err != nil {
			return err
		}
		err = r.EndreInnlogging(i.Nr, func(i *konsument.Innlogging) error {
			i.Passord, i.Digest = set.Passord, set.Digest
			return nil
		})
		if err != nil {
			return err
		}
		fmt.Fprintf(k.stdout, "login %d (%s) of %s has a new password; its sessions are ended\n", i.Nr, i.Brukernavn, c.Orgnr)
		return nil
	})
}
