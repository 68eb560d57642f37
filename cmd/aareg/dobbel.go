package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"

	"aareg/soap"
	"aareg/soap/testdobbel"
	"aareg/wsdl"
)

// dobbel are the flags of serve that make it a test double.
type dobbel struct {
	test            bool
	addr, scenarios string
}

func (d *dobbel) flags(flags *flag.FlagSet) {
	flags.BoolVar(&d.test, "test", false, "be a test double: the demo register, and a port from which tests steer what is answered and ask what was asked")
	flags.StringVar(&d.addr, "test-addr", "", "with --test: that port is this `host:port`, on this machine alone. Otherwise 127.0.0.1 and a free port, which is printed")
	flags.StringVar(&d.scenarios, "scenarios", "", "with --test: what to answer otherwise is in this `file`")
}

// check is the rule that the flags break, nil for none.
func (d *dobbel) check(s *settings) error {
	host, _, err := net.SplitHostPort(d.addr)
	switch {
	case !d.test && (d.addr != "" || d.scenarios != ""):
		return &usageError{"--test-addr, --scenarios: only with --test"}
	case d.test && (s.adgang.konsumenter != "" || s.adgang.logg.fil != "" || s.adgang.cert != ""):
		return &usageError{"--test: a test double lets everybody ask and logs nothing: it takes no --konsumenter, no --logg and no --tls-cert"}
	case d.test && s.db != "":
		return &usageError{"--test: a test double never serves real data, so it takes no --db; PUT /register loads synthetic data"}
	case d.addr != "" && err != nil:
		return &usageError{"--test-addr: not host:port"}
	case d.addr != "" && !loopback(host):
		return &usageError{"--test-addr: a test double is steered from this machine alone"}
	}
	return nil
}

// serveDobbel serves questions on one port, and whoever steers them on another.
func serveDobbel(ctx context.Context, s settings, stdout io.Writer, log *slog.Logger) (err error) {
	d, err := testdobbel.New(soap.Config{PublicURL: s.publicURL, TrustedProxies: s.trustedProxies, Dialekt: wsdl.Dialekt(s.dialekt),
		MaxArbeidsforhold: s.maxArbeidsforhold, MaxTreff: s.maxTreff, Stopping: ctx.Done(), Log: log}, s.today)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	if s.dobbel.scenarios != "" {
		text, err := os.ReadFile(s.dobbel.scenarios)
		if err == nil {
			err = d.SetScenarios(text)
		}
		if err != nil {
			return fmt.Errorf("--scenarios: %w", err)
		}
	}
	addr := s.dobbel.addr
	if addr == "" {
		addr = "127.0.0.1:0"
	}
	steered, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	admin := d.Admin()
	stopped := make(chan error, 1)
	go func() { stopped <- serveUntil(ctx, admin, steered) }()
	defer func() { _ = admin.Close(); <-stopped }() // what it was asked is over with the questions
	listener, err := soap.Listen(s.addr)
	if err != nil {
		return errors.Join(err, steered.Close())
	}
	fmt.Fprintf(stdout, "a test double, steered at http://%s/, which tells how\n", steered.Addr())
	s.oppslag = false // a test double has no page
	greet(stdout, s, listener.Addr(), d.View())
	drained, cancel := after(ctx, s.drain)
	defer cancel()
	questions := d.Server()
	defer func() { _ = questions.Close() }() // d.Close waits for the questions under way
	return serveUntil(drained, questions, listener)
}
