package main

import (
	"errors"
	"flag"
	"io"
	"io/fs"
	"net"
	"os"
	"time"

	"aareg/soap"
	"aareg/soap/tilgang"
	"aareg/store/konsument"
	"aareg/store/logg"
)

// adgang are the flags of serve that say who may ask, where the audit log is, and how the connection is kept secret.
type adgang struct {
	konsumenter         string
	logg                loggfil
	session             time.Duration
	cert, key, clientCA string
	plain               bool
}

func (a *adgang) flags(flags *flag.FlagSet) {
	flags.StringVar(&a.konsumenter, "konsumenter", "", "who may ask is in this `file`, which aareg konsument makes. Demanded with --db; without it anybody may ask")
	a.logg.flags(flags)
	flags.Lookup("logg").Usage += ", made when it is not there. Demanded with --db"
	flags.DurationVar(&a.session, "session", time.Hour, "a session lasts for this `duration`")
	flags.StringVar(&a.cert, "tls-cert", "", "serve over TLS with the certificate in this PEM `file`, and with those it stands on. It is read anew when it changes")
	flags.StringVar(&a.key, "tls-key", "", "the certificate's key is in this PEM `file`")
	flags.StringVar(&a.clientCA, "client-ca", "", "believe client certificates that are signed by one in this PEM `file`. Their organisation number names the consumer")
	flags.BoolVar(&a.plain, "plain-http", false, "with --konsumenter, serve beyond this machine without TLS: passwords and personal data are readable on the way, unless something before it has TLS")
}

// check is the rule that the flags break, nil for none.
func (a *adgang) check(db, host string) error {
	switch {
	case db != "" && a.konsumenter == "":
		return &usageError{"--db: a register is served to consumers alone: name them with --konsumenter (aareg konsument add makes the file)"}
	case db != "" && a.logg.fil == "":
		return &usageError{"--db: whoever asks is logged: name the audit log with --logg"}
	case a.logg.noekkel != "" && a.logg.fil == "":
		return &usageError{"--logg-noekkel: only with --logg"}
	case a.session < time.Minute:
		return &usageError{"--session: must be a minute or more"}
	case (a.cert == "") != (a.key == ""):
		return &usageError{"--tls-cert, --tls-key: the one needs the other"}
	case a.clientCA != "" && (a.cert == "" || a.konsumenter == ""):
		return &usageError{"--client-ca: only with --tls-cert and --konsumenter"}
	case a.konsumenter != "" && a.cert == "" && !a.plain && !loopback(host):
		return &usageError{"--addr: beyond this machine passwords go over TLS: --tls-cert and --tls-key, or --plain-http when something before it has TLS"}
	}
	return nil
}

// open puts who may ask, and the audit log, into the service's configuration. close ends both.
func (a *adgang) open(c *soap.Config) (closeAll func() error, err error) {
	var open []io.Closer
	closeAll = func() (err error) {
		for _, o := range open {
			err = errors.Join(err, o.Close())
		}
		return err
	}
	if a.logg.fil != "" {
		if c.Logg, err = openLogg(a.logg.fil, a.logg.key()); err != nil {
			return nil, err
		}
		open = append(open, c.Logg)
		if err := c.Logg.Ready(); err != nil { // one that is broken opens too, to be read
			return nil, errors.Join(err, closeAll())
		}
	}
	if a.konsumenter == "" {
		return closeAll, nil
	}
	konsumenter, err := konsument.Open(a.konsumenter)
	if err != nil {
		return nil, errors.Join(err, closeAll())
	}
	open = append(open, konsumenter)
	if c.Port, err = tilgang.New(tilgang.Config{Konsumenter: konsumenter, Logg: c.Logg, Levetid: a.session}); err != nil {
		return nil, errors.Join(err, closeAll())
	}
	return closeAll, nil
}

// listen listens, over TLS when there is a certificate.
func (a *adgang) listen(addr string) (net.Listener, error) {
	if a.cert == "" {
		return soap.Listen(addr)
	}
	config, err := soap.TLS(a.cert, a.key, a.clientCA)
	if err != nil {
		return nil, err
	}
	return soap.ListenTLS(addr, config)
}

// openLogg opens the audit log, and makes it when neither it nor its key is there. A key without its log is the trace of
// a log that was removed: then none is made, which would hide it.
func openLogg(path, noekkel string) (*logg.Logg, error) {
	_, noLogg := os.Stat(path)
	_, noKey := os.Stat(noekkel)
	switch {
	case !errors.Is(noLogg, fs.ErrNotExist):
		return logg.Open(path, noekkel)
	case errors.Is(noKey, fs.ErrNotExist):
		return logg.Create(path, noekkel)
	}
	return nil, errors.New("audit log: its key is there and it is not: put it back, or name another log and another key")
}
