package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"time"
	_ "time/tzdata" // Europe/Oslo, also where the machine has no time zones

	"aareg/fixtures"
	"aareg/soap"
	"aareg/soap/oppslag"
	"aareg/store"
	"aareg/wsdl"
	"aareg/wsdl/felt"
)

func serve(ctx context.Context, args []string, stdout, stderr io.Writer) (err error) {
	s, err := parseServe(args, stdout)
	if err != nil {
		return err
	}
	log := slog.New(slog.NewJSONHandler(stderr, nil))
	if s.dobbel.test {
		return serveDobbel(ctx, s, stdout, log)
	}
	register, view, err := s.open()
	if err != nil {
		return err
	}
	defer register.Close()
	following := follow(ctx, register, log)
	defer following()
	config := soap.Config{Store: register, View: view, PublicURL: s.publicURL, TrustedProxies: s.trustedProxies,
		Dialekt: wsdl.Dialekt(s.dialekt), MaxArbeidsforhold: s.maxArbeidsforhold, MaxTreff: s.maxTreff, Stopping: ctx.Done(),
		Log: log}
	closeAdgang, err := s.adgang.open(&config)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closeAdgang()) }()
	if s.oppslag {
		if config.Oppslag, err = lookUp(config, s.historier()); err != nil {
			return err
		}
	}
	listener, err := s.adgang.listen(s.addr)
	if err != nil {
		return err
	}
	server := soap.NewServer(config)
	greet(stdout, s, listener.Addr(), view())
	drained, cancel := after(ctx, s.drain)
	defer cancel()
	return serveUntil(drained, server, listener)
}

// How many hits or arbeidsforhold one page shows, so that it is there at once and tells of no more persons than need be,
// and how many one may see of an answer page by page.
const (
	onPage   = 50
	maxPaged = 1000
)

// lookUp is the page where a person looks. It asks a service of its own, so that neither takes the places of the other.
func lookUp(c soap.Config, stories []oppslag.Historie) (http.Handler, error) {
	short := c
	short.MaxArbeidsforhold, short.MaxTreff = min(c.MaxArbeidsforhold, onPage), min(c.MaxTreff, onPage)
	return oppslag.New(oppslag.Config{Service: soap.NewHandler(short), Rader: onPage,
		MaksArbeidsforhold: min(c.MaxArbeidsforhold, maxPaged), MaksTreff: min(c.MaxTreff, maxPaged),
		Innlogging: c.Port != nil, Today: func() store.Dato { return c.View().Today },
		Dialekt: felt.Dialekt(c.Dialekt), PublicURL: c.PublicURL, Log: c.Log, Historier: stories})
}

// after is done that long after ctx is.
func after(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	late, cancel := context.WithCancel(context.WithoutCancel(ctx))
	context.AfterFunc(ctx, func() { time.AfterFunc(d, cancel) })
	return late, cancel
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
	if err := server.Shutdown(stopping); err != nil {
		return fmt.Errorf("stopped, and questions under way did not finish within %s", stopWithin)
	}
	return nil
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
	scheme, host := "http", addr.String()
	if s.adgang.cert != "" {
		scheme = "https"
	}
	if tcp, ok := addr.(*net.TCPAddr); ok && tcp.IP.IsUnspecified() {
		host = fmt.Sprintf("127.0.0.1:%d", tcp.Port)
	}
	base := scheme + "://" + host
	what := "the register in " + s.db
	if s.db == "" {
		what = "the demo register (made-up data, in memory)"
	}
	if s.dialekt == string(wsdl.D2015) {
		what += " in the 2015 dialect"
	}
	fmt.Fprintf(stdout, "aareg serves %s as of %s\n  questions  POST %s/ws/NAV/Aareg2.pl\n  contract   GET  %s/ws/NAV/Aareg2.pl?wsdl\n  probes     GET  %s/livez, %s/readyz\n",
		what, v.Today, base, base, base, base)
	if s.oppslag {
		fmt.Fprintf(stdout, "  look up    GET  %s/oppslag\n", base)
	}
	if s.adgang.konsumenter == "" {
		fmt.Fprintf(stdout, "ask it:\n%s\n", exampleCurl(base))
	}
}
