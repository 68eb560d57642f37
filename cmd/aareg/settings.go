package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"aareg/store"
	"aareg/wsdl"
)

// settings are the flags of serve.
type settings struct {
	db, addr, publicURL string
	trustedProxies      []netip.Prefix
	dialekt             string
	today               store.Dato
	maxArbeidsforhold   int
	maxTreff            int
	oppslag             bool
	drain               time.Duration
	adgang              adgang
	dobbel              dobbel
}

const serveUsage = `aareg serve answers questions over SOAP until it is told to stop (SIGTERM or Ctrl-C).

Without --db it serves the demo register: made-up people and employers, in memory, on a fixed day.

`

// flagSet is the flags of serve, and where their values go.
func (s *settings) flagSet() *flag.FlagSet {
	flags := flag.NewFlagSet("serve", flag.ContinueOnError)
	flags.StringVar(&s.db, "db", "", "the register is in this `file`. It is served to those in --konsumenter, and who asks what is in --logg")
	flags.StringVar(&s.addr, "addr", "127.0.0.1:8080", "listen on `host:port`. Without a host, on this machine alone; 0.0.0.0 is all networks")
	flags.StringVar(&s.publicURL, "public-url", "", "write this `URL` (https://host) in the WSDL. Otherwise it is the host that the WSDL is fetched from")
	flags.Func("trusted-proxy", "believe X-Forwarded-For, X-Forwarded-Host, X-Forwarded-Proto and Forwarded from this `network` (192.0.2.0/24). May be given more than once, or as a list with commas", s.trust)
	flags.StringVar(&s.dialekt, "dialect", string(wsdl.Spek), "spell operations and tags in this `dialect`: spek, as the field specification prints them, or 2015, with what is verified or probable in the real schema of 2015")
	flags.TextVar(&s.today, "today", store.Dato(0), "answer as of this `date` (yyyy-mm-dd). Otherwise it is today in Norway, and the demo register's own day")
	flags.IntVar(&s.maxArbeidsforhold, "max-arbeidsforhold", 10_000, "give at most this `number` of arbeidsforhold in one answer of hentArbeidsgiver. If there are more, it is cut (trunkert)")
	flags.IntVar(&s.maxTreff, "max-treff", 1000, "give at most this `number` of hits in a treffliste. If there are more, it is cut (trunkert)")
	flags.BoolVar(&s.oppslag, "oppslag", true, "give people a page to look things up, /oppslag; =false: questions over SOAP alone")
	flags.DurationVar(&s.drain, "drain", 0, "when told to stop, go on answering for this `duration` (5s) while /readyz says no, so that a load balancer turns away")
	s.adgang.flags(flags)
	s.dobbel.flags(flags)
	return flags
}

// parseServe reads the flags. flag.ErrHelp says that help was asked for, and has been printed.
func parseServe(args []string, stdout io.Writer) (settings, error) {
	var s settings
	flags := s.flagSet()
	if err := parseFlags(flags, serveUsage, args, stdout); err != nil {
		return s, err
	}
	if host, port, err := net.SplitHostPort(s.addr); err == nil && host == "" {
		s.addr = net.JoinHostPort("127.0.0.1", port)
	}
	return s, s.check(flags.Args())
}

func printFlag(stdout io.Writer, f *flag.Flag) {
	value, text := flag.UnquoteUsage(f)
	fmt.Fprintf(stdout, "  --%s %s\n      %s", f.Name, value, text)
	if f.DefValue != "" && f.DefValue != "0" && f.DefValue != "0s" && f.DefValue != "false" {
		fmt.Fprintf(stdout, " (%s unless given)", f.DefValue)
	}
	fmt.Fprintln(stdout)
}

// trust reads one --trusted-proxy.
func (s *settings) trust(list string) error {
	for text := range strings.SplitSeq(list, ",") {
		network, err := netip.ParsePrefix(strings.TrimSpace(text))
		if err != nil {
			return errors.New("not a network like 192.0.2.0/24")
		}
		s.trustedProxies = append(s.trustedProxies, network)
	}
	return nil
}

func (s *settings) check(rest []string) error {
	host, _, err := net.SplitHostPort(s.addr)
	public, publicErr := url.Parse(s.publicURL)
	switch {
	case len(rest) > 0:
		return &usageError{"takes flags alone; see aareg serve --help"}
	case err != nil:
		return &usageError{"--addr: not host:port"}
	case s.dialekt != string(wsdl.Spek) && s.dialekt != string(wsdl.D2015):
		return &usageError{"--dialect: must be spek or 2015"}
	case s.maxArbeidsforhold < 1 || s.maxTreff < 1:
		return &usageError{"--max-arbeidsforhold, --max-treff: must be 1 or more"}
	case s.drain < 0:
		return &usageError{"--drain: must be 0 or more"}
	case s.publicURL != "" && (publicErr != nil || !bare(public)):
		return &usageError{"--public-url: not an http or https URL of a host alone"}
	}
	if err := s.dobbel.check(s); err != nil {
		return err
	}
	return s.adgang.check(s.db, host)
}

// bare says whether a URL is a scheme and a host, and nothing that could stand in the way of a path.
func bare(u *url.URL) bool {
	return (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && (u.Path == "" || u.Path == "/") &&
		u.User == nil && u.RawQuery == "" && u.Fragment == ""
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
