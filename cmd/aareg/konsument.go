package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"text/tabwriter"
	"time"

	"aareg/store"
	"aareg/store/konsument"
)

const konsumentUsage = `aareg konsument says who may ask, and what: consumers (bodies with an agreement), their logins and their rights.

Usage:
  aareg konsument add ORGNR       add a consumer; it has no rights and no logins yet
  aareg konsument change ORGNR    change what its agreement says
  aareg konsument rights ORGNR    give rights, and take them away
  aareg konsument profiles        tell about the shipped profiles, from which rights are made
  aareg konsument login add|remove ORGNR
                                  add a login (which asks for its password), or remove one
  aareg konsument password ORGNR  set a login's password
  aareg konsument list            list the consumers
  aareg konsument show ORGNR      show an agreement, its logins, and what its rights come to
  aareg konsument disable ORGNR   let nobody in, or not one login, until enable
  aareg konsument enable ORGNR    and let them in again
  aareg konsument revoke ORGNR    end the sessions that have begun; the logins stay
  aareg konsument remove ORGNR    remove a consumer with its logins

All but profiles need --konsumenter FILE. A server that serves with the file sees a change at the next question. Passwords and identity
numbers are typed unseen, or read from standard input or a file; they are never arguments.

aareg konsument rights --help tells about the flags of rights, and so do the others.
`

// konsumentKall is one call of aareg konsument: where it reads and writes, and what all its commands are told.
type konsumentKall struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	now            func() time.Time
	fil, orgnr     string
}

// konsumentCmd is the subcommand konsument.
func konsumentCmd(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) error {
	k := &konsumentKall{stdin: stdin, stdout: stdout, stderr: stderr, now: time.Now}
	return k.run(ctx, args)
}

func (k *konsumentKall) run(ctx context.Context, args []string) error {
	if err := checkNoNumber(args); err != nil {
		return err
	}
	if len(args) == 0 {
		return &usageError{"what? add, change, rights, profiles, login, password, list, show, disable, enable, revoke or remove (aareg konsument --help tells about them)"}
	}
	rest := args[1:]
	switch args[0] {
	case "add":
		return k.add(rest)
	case "change":
		return k.change(rest)
	case "rights":
		return k.rights(rest)
	case "login":
		return k.login(ctx, rest)
	case "password":
		return k.password(ctx, rest)
	case "profiles":
		return k.profiles(rest)
	case "list":
		return k.list(rest)
	case "show":
		return k.show(rest)
	case "disable":
		return k.sperr(rest, true)
	case "enable":
		return k.sperr(rest, false)
	case "revoke":
		return k.revoke(rest)
	case "remove":
		return k.remove(rest)
	case "help", "-h", "-help", "--help":
		fmt.Fprint(k.stdout, konsumentUsage)
		return nil
	}
	return &usageError{fmt.Sprintf("there is no %q (aareg konsument --help tells what there is)", args[0])}
}

// parse reads the flags of one of the commands, of which --konsumenter is common to all, and the consumer's orgnr, which
// may come before the flags or after them.
func (k *konsumentKall) parse(flags *flag.FlagSet, usage string, args []string) error {
	flags.StringVar(&k.fil, "konsumenter", "", "the consumers are in this `file`")
	if len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		args = append(args[1:len(args):len(args)], args[0])
	}
	if err := parseFlags(flags, usage, args, k.stdout); err != nil {
		return err
	}
	k.orgnr = flags.Arg(0)
	switch {
	case flags.NArg() > 1:
		return &usageError{"more than one orgnr, or flags on both sides of it (aareg " + flags.Name() + " --help tells about flags)"}
	case k.fil == "":
		return &usageError{"--konsumenter: which file of consumers?"}
	}
	return nil
}

// parseOne is parse of a command that is about one consumer.
func (k *konsumentKall) parseOne(flags *flag.FlagSet, usage string, args []string) error {
	if err := k.parse(flags, usage, args); err != nil {
		return err
	}
	if !store.ValidOrgnr(k.orgnr) {
		return &usageError{"which consumer? an orgnr has 9 digits, of which the last is a check digit"}
	}
	return nil
}

// with opens the file of consumers for one piece of work.
func (k *konsumentKall) with(work func(r *konsument.Register, b *konsument.Bilde) error) error {
	r, err := konsument.Open(k.fil)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("--konsumenter: %w (aareg konsument add makes it)", err)
	}
	if err != nil {
		return err
	}
	b, err := r.Bilde()
	if err == nil {
		err = work(r, b)
	}
	return errors.Join(err, r.Close())
}

// withOne is with for work on the consumer that was named.
func (k *konsumentKall) withOne(work func(r *konsument.Register, b *konsument.Bilde, c *konsument.Konsument) error) error {
	return k.with(func(r *konsument.Register, b *konsument.Bilde) error {
		c := b.MedOrgnr(k.orgnr)
		if c == nil {
			return fmt.Errorf("there is no consumer %s", k.orgnr)
		}
		return work(r, b, c)
	})
}

// today is the day in Norway, by which agreements run.
func (k *konsumentKall) today() (store.Dato, error) {
	zone, err := oslo()
	if err != nil {
		return 0, err
	}
	return store.DatoOf(k.now().In(zone)), nil
}

// gyldighet says in words whether an agreement is in force on a day.
func gyldighet(c *konsument.Konsument, today store.Dato) string {
	switch {
	case c.Sperret:
		return "no: disabled"
	case c.Fra > today:
		return "no: begins " + c.Fra.String()
	case c.Til != 0 && c.Til < today:
		return "no: ended " + c.Til.String()
	case c.Til != 0:
		return "yes, until " + c.Til.String()
	}
	return "yes"
}

const konsumentListUsage = `aareg konsument list --konsumenter FILE lists the consumers.

`

func (k *konsumentKall) list(args []string) error {
	if err := k.parse(flag.NewFlagSet("konsument list", flag.ContinueOnError), konsumentListUsage, args); err != nil {
		return err
	}
	if k.orgnr != "" {
		return &usageError{"list takes no orgnr; show does"}
	}
	today, err := k.today()
	if err != nil {
		return err
	}
	return k.with(func(_ *konsument.Register, b *konsument.Bilde) error {
		w := tabwriter.NewWriter(k.stdout, 0, 0, 2, ' ', 0)
		fmt.Fprintln(w, "orgnr\tname\tin force\tprofile\tproducts\tlogins")
		for _, c := range b.Konsumenter() {
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%d\t%d\n", c.Orgnr, c.Navn, gyldighet(c, today), orNone(c.Rettigheter.Profil),
				len(c.Rettigheter.Produkter), len(b.Innlogginger(c.Nr)))
		}
		return w.Flush()
	})
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}
