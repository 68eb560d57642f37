package main

import (
	"flag"
	"fmt"

	"aareg/store/konsument"
)

const konsumentSperrUsage = `aareg konsument disable ORGNR shuts a consumer out, or one of its logins, and ends its sessions; enable lets it in again.

`

// parseLogin is parseOne of a command that is about a consumer, or about one login of it when the flags name one.
func (k *konsumentKall) parseLogin(name, usage string, args []string) (v *innloggingsvalg, err error) {
	v = &innloggingsvalg{}
	flags := flag.NewFlagSet("konsument "+name, flag.ContinueOnError)
	v.define(flags)
	if err := k.parseOne(flags, usage, args); err != nil {
		return nil, err
	}
	if v.named() {
		return v, v.one()
	}
	return v, nil
}

func (v *innloggingsvalg) named() bool { return v.brukernavn != "" || v.sertifikat }

// sperr disables and enables.
func (k *konsumentKall) sperr(args []string, sperret bool) error {
	name := map[bool]string{true: "disable", false: "enable"}[sperret]
	v, err := k.parseLogin(name, konsumentSperrUsage, args)
	if err != nil {
		return err
	}
	return k.withOne(func(r *konsument.Register, b *konsument.Bilde, c *konsument.Konsument) error {
		if !v.named() {
			if err := r.Endre(c.Nr, func(c *konsument.Konsument) error { c.Sperret = sperret; return nil }); err != nil {
				return err
			}
			fmt.Fprintf(k.stdout, "%s (%s) is %sd\n", c.Navn, c.Orgnr, name)
			return nil
		}
		i, err := v.find(b, c)
		if err != nil {
			return err
		}
		if err := r.EndreInnlogging(i.Nr, func(i *konsument.Innlogging) error { i.Sperret = sperret; return nil }); err != nil {
			return err
		}
		fmt.Fprintf(k.stdout, "login %d (%s) of %s is %sd\n", i.Nr, innloggingsnavn(i), c.Orgnr, name)
		return nil
	})
}

const konsumentRevokeUsage = `aareg konsument revoke ORGNR ends the sessions of a consumer, or of one of its logins, that have begun. They may log in again.

`

func (k *konsumentKall) revoke(args []string) error {
	v, err := k.parseLogin("revoke", konsumentRevokeUsage, args)
	if err != nil {
		return err
	}
	return k.withOne(func(r *konsument.Register, b *konsument.Bilde, c *konsument.Konsument) error {
		logins := b.Innlogginger(c.Nr)
		if v.named() {
			i, err := v.find(b, c)
			if err != nil {
				return err
			}
			logins = []*konsument.Innlogging{i}
		}
		for _, i := range logins {
			if err := r.EndreInnlogging(i.Nr, func(i *konsument.Innlogging) error { i.Etter = max(k.now().Unix(), i.Etter+1); return nil }); err != nil {
				return err
			}
			fmt.Fprintf(k.stdout, "the sessions of login %d (%s) of %s are ended\n", i.Nr, innloggingsnavn(i), c.Orgnr)
		}
		return nil
	})
}

const konsumentRemoveUsage = `aareg konsument remove ORGNR removes a consumer with its logins and rights, for good. The audit log goes on
naming it by its orgnr, but its name, hjemmel and formål are gone, also for those who ask who looked them up. To let nobody
in any more, use aareg konsument disable.

`

func (k *konsumentKall) remove(args []string) error {
	flags := flag.NewFlagSet("konsument remove", flag.ContinueOnError)
	yes := flags.Bool("yes", false, "remove it")
	if err := k.parseOne(flags, konsumentRemoveUsage, args); err != nil {
		return err
	}
	if !*yes {
		return &usageError{"a consumer is removed for good, with its name, hjemmel and formål, which the audit log does not keep: disable it, or say --yes"}
	}
	return k.withOne(func(r *konsument.Register, _ *konsument.Bilde, c *konsument.Konsument) error {
		if err := r.Fjern(c.Nr); err != nil {
			return err
		}
		fmt.Fprintf(k.stdout, "%s (%s) is removed, with its logins\n", c.Navn, c.Orgnr)
		return nil
	})
}
