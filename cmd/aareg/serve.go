package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"time"
	_ "time/tzdata" // Europe/Oslo, also where the machine has no time zones

	"aareg/fixtures"
	"aareg/soap"
	"aareg/store"
)

// settings are the flags of serve.
type settings struct {
	db, addr, publicURL string
	today               store.Dato
	maxArbeidsforhold   int
	maxTreff            int
}

const serveUsage = `aareg serve answers questions over SOAP until it is told to stop (SIGTERM or Ctrl-C).

Without --db it serves the demo register: made-up people and employers, in memory, on a fixed day.

Flags:
`

func parseServe(args []string, stderr io.Writer) (settings, error) {
	var s settings
	flags := flag.NewFlagSet("serve", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&s.db, "db", "", "the register, a `file`; none: the demo register")
	flags.StringVar(&s.addr, "addr", "127.0.0.1:8080", "`host:port` to listen on; only this machine unless another host is named")
	flags.StringVar(&s.publicURL, "public-url", "", "`URL` under which clients reach the service, for the WSDL; none: the host they ask for it")
	flags.TextVar(&s.today, "today", store.Dato(0), "answer as of this `date`, yyyy-mm-dd; none: today in Norway, of the demo register its own day")
	flags.IntVar(&s.maxArbeidsforhold, "max-arbeidsforhold", 10_000, "arbeidsforhold in one answer of hentArbeidsgiver, `number`; more: trunkert")
	flags.IntVar(&s.maxTreff, "max-treff", 1000, "hits in one treffliste, `number`; more: trunkert")
	flags.Usage = func() {
		fmt.Fprint(stderr, serveUsage)
		flags.PrintDefaults()
	}
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return s, err
		}
		return s, &usageError{"see aareg serve --help"}
	}
	return s, s.check(flags.Args())
}

func (s *settings) check(rest []string) error {
	host, _, err := net.SplitHostPort(s.addr)
	public, publicErr := url.Parse(s.publicURL)
	switch {
	case len(rest) > 0:
		return &usageError{"takes flags alone; see aareg serve --help"}
	case err != nil:
		return &usageError{"--addr: not host:port"}
	case s.maxArbeidsforhold < 1 || s.maxTreff < 1:
		return &usageError{"--max-arbeidsforhold, --max-treff: must be 1 or more"}
	case s.publicURL != "" && (publicErr != nil || public.Host == "" || public.Scheme != "http" && public.Scheme != "https"):
		return &usageError{"--public-url: not an http or https URL"}
	case s.db != "" && !loopback(host):
		return &usageError{"--addr: a register with real data is served to this machine alone, since nobody has to log in"}
	}
	return nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func serve(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	s, err := parseServe(args, stderr)
	if err != nil {
		return err
	}
	register, view, err := s.open()
	if err != nil {
		return err
	}
	defer register.Close()
	listener, err := net.Listen("tcp", s.addr)
	if err != nil {
		return err
	}
	log := slog.New(slog.NewJSONHandler(stderr, nil))
	server := &http.Server{
		Handler: soap.NewHandler(soap.Config{Store: register, View: view, PublicURL: s.publicURL,
			MaxArbeidsforhold: s.maxArbeidsforhold, MaxTreff: s.maxTreff, Log: log}),
		ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second,
		WriteTimeout: 30 * time.Second, IdleTimeout: 60 * time.Second,
		MaxHeaderBytes: 16 << 10,
		ErrorLog:       slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	greet(stdout, s, listener.Addr(), view())
	return serveUntil(ctx, server, listener)
}

// stopWithin is how long questions under way may take to finish when the program is told to stop.
const stopWithin = 20 * time.Second

func serveUntil(ctx context.Context, server *http.Server, listener net.Listener) error {
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopWithin)
	defer cancel()
	return server.Shutdown(stopping)
}

// open is the register, and from where questions see it. In the demo register protected persons are answered with
// their code; in any other they do not exist (semantics: "Protected persons").
func (s *settings) open() (*store.Store, func() store.View, error) {
	if s.db == "" {
		register, err := fixtures.Demo()
		today := s.today
		if today == 0 {
			today = fixtures.Today
		}
		return register, func() store.View {
			return store.View{Today: today, Fortrolig: store.InnsynKode, StrengtFortrolig: store.InnsynKode}
		}, err
	}
	oslo, err := time.LoadLocation("Europe/Oslo")
	if err != nil {
		return nil, nil, err
	}
	register, err := store.Open(s.db)
	return register, func() store.View {
		if s.today != 0 {
			return store.View{Today: s.today}
		}
		return store.View{Today: store.DatoOf(time.Now().In(oslo))}
	}, err
}

// greet says what is served, where, and how to ask it something.
func greet(stdout io.Writer, s settings, addr net.Addr, v store.View) {
	base := "http://" + addr.String()
	what := "the register in " + s.db
	if s.db == "" {
		what = "the demo register (made-up data, in memory)"
	}
	fmt.Fprintf(stdout, "aareg serves %s as of %s\n  questions  POST %s/ws/NAV/Aareg2.pl\n  contract   GET  %s/ws/NAV/Aareg2.pl?wsdl\n",
		what, v.Today, base, base)
	if s.db == "" {
		fmt.Fprintf(stdout, "ask it:\n%s\n", exampleCurl(base))
	}
}
