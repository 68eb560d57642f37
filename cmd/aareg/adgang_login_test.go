package main

import (
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"aareg/store/konsument"
)

// badLogins are ways to be refused. Each brings the user of its own that it is about.
func badLogins(now time.Time) map[string]struct {
	change func(*konsument.Konsument, *konsument.Innlogging)
	proof  func(user string) proof
} {
	type login = struct {
		change func(*konsument.Konsument, *konsument.Innlogging)
		proof  func(user string) proof
	}
	const wrong = "Et-annet-passord-1"
	disabled := func(k *konsument.Konsument, _ *konsument.Innlogging) { k.Sperret = true }
	digest := func(_ *konsument.Konsument, i *konsument.Innlogging) { i.Digest = passord }
	return map[string]login{
		"nothing at all":                 {nil, func(string) proof { return proof{} }},
		"unknown user":                   {nil, func(user string) proof { return httpBasic(user+"-ukjent", passord) }},
		"wrong password in Basic":        {nil, func(user string) proof { return httpBasic(user, wrong) }},
		"wrong password in Brukersesjon": {nil, func(user string) proof { return brukersesjon(user, wrong) }},
		"wrong password in WS-Security":  {nil, func(user string) proof { return wsseText(user, wrong) }},
		"password in lower case":         {nil, func(user string) proof { return httpBasic(user, strings.ToLower(passord)) }},
		"password in upper case":         {nil, func(user string) proof { return httpBasic(user, strings.ToUpper(passord)) }},
		"password with more behind it":   {nil, func(user string) proof { return httpBasic(user, passord+"1") }},
		"no password":                    {nil, func(user string) proof { return httpBasic(user, "") }},
		"no user":                        {nil, func(string) proof { return httpBasic("", passord) }},
		"the hash for the password":      {nil, func(user string) proof { return httpBasic(user, hashed) }},
		"disabled consumer":              {disabled, func(user string) proof { return httpBasic(user, passord) }},
		"disabled consumer, wrong":       {disabled, func(user string) proof { return httpBasic(user, wrong) }},
		"disabled login":                 {func(_ *konsument.Konsument, i *konsument.Innlogging) { i.Sperret = true }, func(user string) proof { return httpBasic(user, passord) }},
		"expired":                        {func(k *konsument.Konsument, _ *konsument.Innlogging) { k.Til = 20240101 }, func(user string) proof { return httpBasic(user, passord) }},
		"not yet valid":                  {func(k *konsument.Konsument, _ *konsument.Innlogging) { k.Fra = 29990101 }, func(user string) proof { return httpBasic(user, passord) }},
		"no password set":                {func(_ *konsument.Konsument, i *konsument.Innlogging) { i.Passord = "" }, func(user string) proof { return httpBasic(user, passord) }},
		"digest without a secret":        {nil, func(user string) proof { return wsseDigest(user, passord, now, user) }},
		"digest of another password":     {digest, func(user string) proof { return wsseDigest(user, wrong, now, user) }},
		"digest too old":                 {digest, func(user string) proof { return wsseDigest(user, passord, now.Add(-time.Hour), user) }},
		"digest of the future":           {digest, func(user string) proof { return wsseDigest(user, passord, now.Add(time.Hour), user) }},
		"digest as text":                 {digest, func(user string) proof { return wsseText(user, "ZGlnZXN0") }},
		"two carriers that disagree": {nil, func(user string) proof {
			p := httpBasic(user, wrong)
			p.block = brukersesjon(user, passord).block
			return p
		}},
		"Basic that is not base64": {nil, func(string) proof {
			return proof{set: func(r *http.Request) { r.Header.Set("Authorization", "Basic ???") }}
		}},
		"a bearer token": {nil, func(string) proof {
			return proof{set: func(r *http.Request) { r.Header.Set("Authorization", "Bearer abc") }}
		}},
		"wrong password and dead session": {nil, func(user string) proof {
			p := sesjon("1750000000.1#AAAAAAAAAAAAAAAAAAAAAAAAAAA")
			p.set = httpBasic(user, wrong).set
			return p
		}},
	}
}

// TestBadLoginsAreToldTheSame: whatever is wrong with a login, what comes back is the same, byte for byte.
func TestBadLoginsAreToldTheSame(t *testing.T) {
	long(t)
	c := newConsumers(t)
	ways := badLogins(time.Now())
	users, n := map[string]string{}, 0
	for way, w := range ways {
		n++
		users[way] = fmt.Sprintf("bruker-%d", n)
		c.add(t, users[way], w.change)
	}
	s := start(t, "--konsumenter", c.path, "--logg", filepath.Join(t.TempDir(), "logg.db"), "--trusted-proxy", "127.0.0.0/8")
	q, first := question(t, subjects[0][2]), ""
	for way, w := range ways {
		p, n := w.proof(users[way]), len(users)
		got := answerTo(t, http.DefaultClient, s.address, q, from("10.0.0."+strings.TrimPrefix(users[way], "bruker-"), p))
		if first == "" {
			first = got.body
		}
		if got.kode != "ugyldigBruker" || got.status != http.StatusInternalServerError || got.body != first {
			t.Errorf("%s: %d %s, or other bytes than the rest (%d ways)", way, got.status, got.kode, n)
		}
	}
	t.Logf("%d ways of a bad login, one answer of %d bytes", len(ways), len(first))
}

// TestSessionsEnd: a session is good on another replica and after a restart, and ends when its login is disabled, its
// password is changed or it is revoked; then, and when it was tampered with, there is one fault in the same bytes.
func TestSessionsEnd(t *testing.T) {
	c := newConsumers(t)
	c.add(t, "bruker", nil)
	log := filepath.Join(t.TempDir(), "logg.db")
	s, replica := start(t, "--konsumenter", c.path, "--logg", log), start(t, "--konsumenter", c.path, "--logg", log)
	q := question(t, subjects[0][2])
	ask := func(address, id string) told { return answerTo(t, http.DefaultClient, address, q, sesjon(id)) }
	logIn := func() string {
		t.Helper()
		got := answerTo(t, http.DefaultClient, s.address, q, brukersesjon("bruker", passord))
		if got.kode != "komplett" || got.sesjonid == "" {
			t.Fatalf("credentials: %s", got.kode)
		}
		return got.sesjonid
	}
	id := logIn()
	for name, address := range map[string]string{"here": s.address, "on a replica": replica.address} {
		if got := ask(address, id); got.kode != "komplett" || got.sesjonid != id {
			t.Errorf("%s: %s, the same session %v", name, got.kode, got.sesjonid == id)
		}
	}
	s.stop()
	s = start(t, "--konsumenter", c.path, "--logg", log)
	if got := ask(s.address, id); got.kode != "komplett" {
		t.Errorf("after a restart: %s", got.kode)
	}
	ended := ask(s.address, id[:len(id)-1]+"A")
	if again := ask(s.address, id[:len(id)-1]+"B"); ended.kode != "sesjonUtloept" && again.kode != "sesjonUtloept" {
		t.Errorf("tampered with: %s", ended.kode)
	}
	ended = ask(s.address, "1750000000.1#AAAAAAAAAAAAAAAAAAAAAAAAAAA")
	b, err := c.Bilde()
	if err != nil {
		t.Fatal(err)
	}
	nr := b.Bruker("bruker").Nr
	another, err := konsument.Hash("Et-annet-passord-1")
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*konsument.Innlogging) error{
		"revoked":          func(i *konsument.Innlogging) error { i.Etter = max(time.Now().Unix(), i.Etter+1); return nil },
		"disabled":         func(i *konsument.Innlogging) error { i.Sperret = true; return nil },
		"password changed": func(i *konsument.Innlogging) error { i.Passord = another; return nil },
	} {
		id := logIn()
		if err := c.EndreInnlogging(nr, change); err != nil {
			t.Fatal(err)
		}
		if got := ask(s.address, id); got.kode != "sesjonUtloept" || got.body != ended.body {
			t.Errorf("%s: %s, or other bytes", name, got.kode)
		}
		if err := c.EndreInnlogging(nr, func(i *konsument.Innlogging) error { i.Sperret, i.Passord = false, hashed; return nil }); err != nil {
			t.Fatal(err)
		}
	}
}
