package main

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"aareg/wsdl/felt"
	"aareg/wsdl/kontrakt"
)

// kontraktSettings are the flags of kontrakt.
type kontraktSettings struct {
	url                  string
	questions            string
	profile, deviations  string
	dialekt              felt.Dialekt
	user, passwordEnv    string
	passwordFile, system string
	basic, unmasked      bool
	ca                   string
	timeout              time.Duration
	junit, html, json    string
	login                *kontrakt.Innlogging
	declared             map[string]bool // where the user's own deviations are declared
	opptakSettings
}

const kontraktUsage = `aareg kontrakt [flags] URL asks an endpoint (https://host/ws/NAV/Aareg2.pl), this service's or any other, and judges
its answers, its faults and its WSDL against the field specification, row by row.

Without --questions it asks the built-in cases, which are about the demo register. A file of questions for other
registers has a line for each: produkt, id, forventet statuskode. What is expected is a statuskode or a fault, as
feil:ugyldigForespoersel, and may be left out. Files are CSV in UTF-8, with commas.

  hentArbeidstaker, 12838049808, komplett
  hentTrefflisteArbeidstaker, etternavn=Åsen fonetisk=true

A file of deviations has a line for each that is accepted: a rule and a path as the report names them, an operation (*
for all operations, or paths), what is written there instead (a tag for ukjent_element and for the root of an answer in
konvolutt, a type of the field table for format, else nothing), and why.

  regel,operasjon,sti,som,hvorfor
  ukjent_element,hentArbeidsgiver,oppoert,opphoert,so it is called in the schema of 2015
  format,hentArbeidsgiver,historikk,sann_usann_inn,the old parser wants True

What the login may not ask (ikkeTilgang) is not judged, and said to be so; a quota (forMangeForespoersler) ends the run,
and so does a login that is refused.

Exit codes: 0 no violations, 1 violations or not judged, 2 called wrongly.

`

func (s *kontraktSettings) flagSet() *flag.FlagSet {
	flags := flag.NewFlagSet("kontrakt", flag.ContinueOnError)
	flags.StringVar(&s.questions, "questions", "", "ask what stands in this CSV `file`. It may hold people's numbers: keep it as you keep them")
	flags.StringVar(&s.profile, "profile", "strict", "accept nothing with the `profile` strict, and with lenient what the field specification itself is of two minds about")
	flags.StringVar(&s.deviations, "deviations", "", "accept the deviations that stand in this CSV `file`")
	flags.Func("dialect", "judge by the spellings of this `dialect`: spek, the field specification, or 2015, the real schema as far as it is known (spek unless given)", s.setDialekt)
	s.defineAsking(flags)
	s.define(flags)
	flags.StringVar(&s.junit, "junit", "", "write JUnit XML to this `file`")
	flags.StringVar(&s.html, "html", "", "write a page to look at to this `file`")
	flags.StringVar(&s.json, "json", "", "write JSON to this `file`")
	flags.BoolVar(&s.unmasked, "unmasked", false, "show identity numbers, names and addresses in those files as they are")
	return flags
}

// defineAsking are the flags about how an endpoint is asked, which diff-kontrakt has, too.
func (s *kontraktSettings) defineAsking(flags *flag.FlagSet) {
	flags.StringVar(&s.user, "user", "", "log in as this `name` (brukernavn), with the block Brukersesjon in every question that has none: with the password at first, then with the sesjonsid of the answer")
	flags.StringVar(&s.system, "system", "aareg", "and this `name` of a system (systemnavn)")
	flags.StringVar(&s.passwordEnv, "password-env", "", "the password is in this environment `variable`")
	flags.StringVar(&s.passwordFile, "password-file", "", "the password is the first line of this `file`; - is standard input")
	flags.BoolVar(&s.basic, "basic", false, "send name and password as HTTP Basic, too")
	flags.StringVar(&s.ca, "ca", "", "trust the certificates in this PEM `file` besides those of the machine")
	flags.DurationVar(&s.timeout, "timeout", 30*time.Second, "give an answer this `duration`")
}

func (s *kontraktSettings) setDialekt(name string) error {
	s.dialekt = felt.Dialekt(name)
	if s.dialekt != felt.Spek && s.dialekt != felt.D2015 {
		return errors.New("neither spek nor 2015")
	}
	return nil
}

// parseKontrakt reads the flags, which may come before the URL or after it.
func parseKontrakt(args []string, stdout io.Writer) (*kontraktSettings, error) {
	s := &kontraktSettings{dialekt: felt.Spek}
	flags := s.flagSet()
	if len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		args = append(args[1:len(args):len(args)], args[0])
	}
	if err := parseFlags(flags, kontraktUsage, args, stdout); err != nil {
		return nil, err
	}
	if flags.NArg() > 1 {
		return nil, &usageError{"more than one endpoint, or flags on both sides of it (aareg kontrakt --help tells about flags)"}
	}
	s.url = flags.Arg(0)
	if err := s.opptakSettings.check(s.url, s.questions); err != nil {
		return nil, err
	}
	if err := s.check(); err != nil {
		return nil, err
	}
	return s, s.readLogin()
}

func (s *kontraktSettings) check() error {
	at, err := url.Parse(s.url)
	switch {
	case s.url != "" && (err != nil || at.Scheme != "http" && at.Scheme != "https" || at.Host == ""):
		return &usageError{"the endpoint is not an http or https URL"}
	case at.User != nil:
		return &usageError{"the URL holds credentials, which others on this machine can read: --user and --password-env are for them"}
	case s.profile != "strict" && s.profile != "lenient":
		return &usageError{"--profile: strict or lenient"}
	case s.timeout <= 0:
		return &usageError{"--timeout: must be more than 0"}
	case s.passwordEnv != "" && s.passwordFile != "":
		return &usageError{"--password-env, --password-file: one of them"}
	case (s.user != "") != (s.passwordEnv != "" || s.passwordFile != ""):
		return &usageError{"--user goes with --password-env or --password-file"}
	case s.basic && s.user == "":
		return &usageError{"--basic: whose name and password? --user"}
	}
	return nil
}

// readLogin reads the password from where it is. It is neither a flag's value, which others can see, nor in an error.
func (s *kontraktSettings) readLogin() error {
	if s.user == "" {
		return nil
	}
	password, known := os.LookupEnv(s.passwordEnv)
	if s.passwordEnv != "" && !known {
		return &usageError{"--password-env: there is no such variable in the environment"}
	}
	if s.passwordFile != "" {
		in := os.Stdin
		if s.passwordFile != "-" {
			f, err := os.Open(s.passwordFile)
			if err != nil {
				return fmt.Errorf("--password-file: %w", err)
			}
			defer f.Close()
			in = f
		}
		line, err := bufio.NewReader(io.LimitReader(in, 4096)).ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("--password-file: %w", err)
		}
		password = strings.TrimRight(line, "\r\n")
	}
	s.login = &kontrakt.Innlogging{Systemnavn: s.system, Brukernavn: s.user, Passord: password}
	if err := s.login.Check(); err != nil {
		return &usageError{err.Error()}
	}
	return nil
}

// avvik are the deviations that are accepted: the file's, and those of the profile.
func (s *kontraktSettings) avvik() ([]kontrakt.Avvik, error) {
	var accepted []kontrakt.Avvik
	s.declared = map[string]bool{}
	if s.deviations != "" {
		f, err := os.Open(s.deviations)
		if err != nil {
			return nil, fmt.Errorf("--deviations: %w", err)
		}
		defer f.Close()
		accepted, err = kontrakt.LesAvvik(f, filepath.Base(s.deviations), s.dialekt.Operations(), s.dialekt.Table())
		if err != nil {
			return nil, fmt.Errorf("--deviations: %w", err)
		}
		for _, a := range accepted {
			s.declared[a.Kilde] = true
		}
	}
	if s.profile == "lenient" {
		accepted = append(accepted, kontrakt.Lempelig(s.dialekt.Table())...)
	}
	return accepted, nil
}

// spoerrer is who asks: it follows no redirection, which would be another endpoint, and no proxy for this machine.
func (s *kontraktSettings) spoerrer() (*kontrakt.Spoerrer, error) {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = samtidig
	if s.ca != "" {
		pem, err := os.ReadFile(s.ca)
		if err != nil {
			return nil, fmt.Errorf("--ca: %w", err)
		}
		pool, err := x509.SystemCertPool()
		if err != nil {
			pool = x509.NewCertPool()
		}
		if !pool.AppendCertsFromPEM(pem) {
			return nil, errors.New("--ca: no certificate in the file")
		}
		transport.TLSClientConfig = &tls.Config{RootCAs: pool}
	}
	asking := &kontrakt.Spoerrer{URL: s.url, Klient: &http.Client{Transport: transport, Timeout: s.timeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	if s.login != nil {
		asking.Innlogging, asking.Skjult = s.login, s.login.Skjult()
	}
	if s.basic {
		asking.Bruker, asking.Passord = s.login.Brukernavn, s.login.Passord
	}
	return asking, nil
}
