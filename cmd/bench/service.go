package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/beevik/etree"

	"aareg/fixtures/generer"
	"aareg/wsdl"
)

// service is a program that serves a register twice: to anybody and without an audit log (open), and as it is shipped, to
// a consumer in session, with every answer in the audit log (logged). open is nil of a program without source.
type service struct {
	program  program
	register string
	open     *target
	logged   *target
}

// unlimited is how many arbeidsforhold one answer may have: more than any employer has.
const unlimited = 1_000_000

func serveArgs(register string) []string {
	return []string{"--db", register, "--addr", "ADDR", "--today", generer.Dato.String(), "--max-arbeidsforhold", strconv.Itoa(unlimited)}
}

// serveOpen serves to anybody; more are arguments of the program's own.
func (c cores) serveOpen(p program, register string, more ...string) (*target, error) {
	process, err := c.start(p.open, append(serveArgs(register), more...)...)
	if err != nil {
		return nil, err
	}
	return &target{name: "open", process: process, path: wsdl.Endpoint}, nil
}

// serveLogged makes a consumer with every right, serves to it, and logs in.
func (c cores) serveLogged(ctx context.Context, p program, register, dir string) (*target, error) {
	who := newConsumer(p, dir)
	if err := who.make(ctx); err != nil {
		return nil, err
	}
	process, err := c.start(p.aareg, loggedArgs(register, who, dir)...)
	if err != nil {
		return nil, err
	}
	t := &target{name: "login and audit log", process: process, path: wsdl.Endpoint}
	if t.session, err = who.login(t); err != nil {
		process.stop()
		return nil, err
	}
	return t, nil
}

// loggedArgs are a server's arguments, each time with an audit log of its own.
func loggedArgs(register string, who consumer, dir string) []string {
	return append([]string{"serve", "--konsumenter", who.file, "--logg", filepath.Join(dir, rand.Text()+".logg")}, serveArgs(register)...)
}

// consumer is who asks, in a file of consumers.
type consumer struct{ program, file, password string }

func newConsumer(p program, dir string) consumer {
	return consumer{program: p.aareg, file: filepath.Join(dir, p.name+"-konsumenter.db"), password: rand.Text()}
}

const (
	consumerOrgnr = "210000011"
	consumerName  = "maaler"
)

// make makes the consumer, with every right and one login.
func (k consumer) make(ctx context.Context) error {
	for _, args := range [][]string{
		{"add", consumerOrgnr, "--navn", "MAALEREN", "--hjemmel", "maaling", "--formaal", "maaling", "--behandlingsgrunnlag", "art. 6 nr. 1 e"},
		{"rights", consumerOrgnr, "--produkter", "alle", "--felter", "alle", "--arbeidsgivere", "alle", "--personer", "alle",
			"--personer-per-doegn", "ubegrenset", "--spoersmaal-per-sekund", "ubegrenset"},
		{"login", "add", consumerOrgnr, "--brukernavn", consumerName},
	} {
		if err := k.run(ctx, args...); err != nil {
			return err
		}
	}
	return nil
}

func (k consumer) run(ctx context.Context, args ...string) error {
	cmd := exec.CommandContext(ctx, k.program, append(append([]string{"konsument"}, args...), "--konsumenter", k.file)...)
	cmd.Stdin = strings.NewReader(k.password + "\n")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("konsument %s: %w: %s", args[0], err, out)
	}
	return nil
}

// login asks once with the password, and returns the session's id.
func (k consumer) login(t *target) (string, error) {
	before, after := t.envelope("hentArbeidsforhold")
	question := before + leaf("arbeidsforholdId", "1") + after
	request, err := http.NewRequest(http.MethodPost, "http://"+t.process.addr+t.path, bytes.NewReader([]byte(question)))
	if err != nil {
		return "", err
	}
	request.Header.Set("Content-Type", "text/xml; charset=utf-8")
	request.SetBasicAuth(consumerName, k.password)
	resp, err := http.DefaultClient.Do(request)
	if err != nil {
		return "", fmt.Errorf("login: %w", err)
	}
	defer resp.Body.Close()
	doc := etree.NewDocument()
	if _, err := doc.ReadFrom(resp.Body); err != nil {
		return "", fmt.Errorf("login: %w", err)
	}
	id := doc.FindElement("/Envelope/Header/Brukersesjon/sesjonsid")
	if id == nil || id.Text() == "" {
		return "", errors.New("login: an answer without a sesjonsid")
	}
	return id.Text(), nil
}
