package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"aareg/store"
)

// spoerring is the asking: whom, what and when.
type spoerring struct {
	*valg
	sider     []*side
	questions []*spoersmaal
	dager     []store.Dato
	rapport   *rapport
	mappe     string
	fortell   func(string)
}

// runde is one time that the questions are asked.
type runde struct {
	dag   store.Dato
	flagg []string // of serve, beside those that all have
	hver  int      // every nth question, of those that a consumer is asked
}

// laveGrenser are limits that many answers reach.
var laveGrenser = []string{"--max-arbeidsforhold", "150", "--max-treff", "40"}

// runder are the days, and the last of them once more with low limits.
func (s *spoerring) runder() []runde {
	var all []runde
	for _, day := range s.dager {
		all = append(all, runde{dag: day, hver: 1})
	}
	return append(all, runde{dag: s.dager[len(s.dager)-1], flagg: laveGrenser, hver: 3})
}

func (r *runde) String() string {
	return strings.Join(append([]string{r.dag.String()}, r.flagg...), " ")
}

// konsumentene has all consumers ask both builds, round by round.
func (s *spoerring) konsumentene(ctx context.Context, u *utgangspunkt) error {
	all := konsumenter()
	nyePassord(all)
	for _, side := range s.sider {
		if err := errors.Join(u.skrivOmfang(side), side.leggTil(ctx, all)); err != nil {
			return err
		}
	}
	for _, r := range s.runder() {
		done := lag(s.fortell, "asked as of "+r.String())
		flags := func(side *side) []string {
			return append([]string{"--db", side.path(registerfil), "--konsumenter", side.path(konsumentfil), "--logg", side.path(loggfil),
				"--session", "24h", "--today", r.dag.String()}, r.flagg...)
		}
		err := s.medTjenere(ctx, flags, func(servers [2]*tjener) error {
			for _, k := range all {
				if err := s.spoerAlle(ctx, servers, k, &r); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		done()
	}
	return nil
}

// medTjenere does some work while both builds serve, with flags of each side.
func (s *spoerring) medTjenere(ctx context.Context, flags func(*side) []string, work func([2]*tjener) error) (err error) {
	var servers [2]*tjener
	for i, side := range s.sider {
		if servers[i], err = side.serve(ctx, flags(side)...); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, servers[i].stopp()) }()
	}
	return work(servers)
}

// gjennomDoegnskiftet asks both builds as test doubles, whose day is put forward while they serve: what is kept from
// question to question has to follow. Nobody logs in there, and protected persons are answered with their code.
func (s *spoerring) gjennomDoegnskiftet(ctx context.Context) error {
	defer lag(s.fortell, "asked through the midnight")()
	nobody := &konsument{navn: "dobbel", hver: 4}
	register, err := os.ReadFile(s.sider[0].path(eksportfil))
	if err != nil {
		return err
	}
	return s.medTjenere(ctx, func(*side) []string { return []string{"--test"} }, func(servers [2]*tjener) error {
		for _, t := range servers {
			if err := t.styr(ctx, "/register", register); err != nil {
				return err
			}
		}
		for _, day := range s.dager {
			for _, t := range servers {
				if err := t.styr(ctx, "/today", fmt.Appendf(nil, `{"today": %q}`, day)); err != nil {
					return err
				}
			}
			if err := s.spoerAlle(ctx, servers, nobody, &runde{dag: day, flagg: []string{"through the midnight"}, hver: 1}); err != nil {
				return err
			}
		}
		return nil
	})
}

// styr puts something to a test double.
func (t *tjener) styr(ctx context.Context, path string, body []byte) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodPut, t.styres+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("test double: PUT %s: %s", path, response.Status)
	}
	return nil
}

// taalmodighet is how long an answer is waited for: one that hangs is an error, and no run without end.
const taalmodighet = 10 * time.Minute

// innloggingen is the question with which a consumer logs in; the others are asked in its session.
var innloggingen = &spoersmaal{operasjon: "hentAntallArbeidstakere", felter: []felt{{"orgnr", "210000011"}}}

// spoerAlle has one consumer ask both servers its share of the questions.
func (s *spoerring) spoerAlle(ctx context.Context, servers [2]*tjener, k *konsument, r *runde) error {
	client := &http.Client{Timeout: taalmodighet, Transport: &http.Transport{MaxIdleConnsPerHost: s.samtidig, DisableCompression: true}}
	defer client.CloseIdleConnections()
	var sessions [2]string
	if k.passord != "" {
		for i, t := range servers {
			answer, session, err := spoer(ctx, client, t.base, innloggingen, k.basic(), "")
			if err != nil {
				return err
			}
			if session == "" {
				return fmt.Errorf("%s: %s is not let in: %s", s.sider[i].navn, k.navn, answer.utfall())
			}
			sessions[i] = session
		}
	}
	step := k.hver * r.hver
	var next atomic.Int64
	var asking sync.WaitGroup
	failed := make([]error, s.samtidig)
	for c := range s.samtidig {
		asking.Go(func() {
			for failed[c] == nil && ctx.Err() == nil {
				n := int(next.Add(int64(step))) - step
				if n >= len(s.questions) {
					return
				}
				failed[c] = s.spoerBegge(ctx, client, servers, sessions, k, r, n)
			}
		})
	}
	asking.Wait()
	return errors.Join(failed...)
}

// spoerBegge asks both servers one question at the same time.
func (s *spoerring) spoerBegge(ctx context.Context, client *http.Client, servers [2]*tjener, sessions [2]string, k *konsument, r *runde, n int) error {
	var answers [2]*svar
	var errs [2]error
	var asking sync.WaitGroup
	for i, t := range servers {
		asking.Go(func() { answers[i], _, errs[i] = spoer(ctx, client, t.base, s.questions[n], nil, sessions[i]) })
	}
	asking.Wait()
	for i, err := range errs {
		if err != nil {
			return fmt.Errorf("%s did not answer question %d: %w", s.sider[i].navn, n+1, err)
		}
	}
	if first := s.rapport.ta(k, r, n, answers); first && s.valg.mappe != "" {
		for i, side := range s.sider {
			if err := os.WriteFile(filepath.Join(s.mappe, "ulikt-"+side.navn+".xml"), answers[i].tekst, 0o600); err != nil {
				return err
			}
		}
	}
	return nil
}
