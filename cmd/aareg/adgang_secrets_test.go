package main

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"aareg/store"
	"aareg/store/konsument"
)

// TestNoSecretReachesALog asks with every login and proof, good and bad, through the real program, and searches all that
// it printed and logged, and the files of consumers and of the audit log, for passwords and sessions; and what it
// printed for everybody in the register.
func TestNoSecretReachesALog(t *testing.T) {
	long(t)
	c := newConsumers(t)
	c.add(t, "bruker", func(k *konsument.Konsument, _ *konsument.Innlogging) { k.Rettigheter.Fortrolig = store.InnsynKode })
	c.add(t, "liten", func(k *konsument.Konsument, _ *konsument.Innlogging) { k.Rettigheter.Produkter = nil })
	log := filepath.Join(t.TempDir(), "logg.db")
	p := startProgram(t, "--konsumenter", c.path, "--logg", log, "--trusted-proxy", "127.0.0.0/8")
	base := "http://" + p.address
	const slip = "Hemmelig-i-feil-felt-1"
	var sessions []string
	n := 0
	for _, name := range append(subjects[0][:], subjects[1][2]) {
		for _, pr := range []proof{brukersesjon("bruker", passord), httpBasic("bruker", slip), wsseText(slip, passord), httpBasic("liten", passord),
			sesjon("1750000000.1#AAAAAAAAAAAAAAAAAAAAAAAAAAA")} {
			n++
			got := answerTo(t, http.DefaultClient, base, question(t, name), from(fmt.Sprintf("10.0.0.%d", n), pr))
			if got.sesjonid != "" {
				sessions = append(sessions, got.sesjonid)
			}
		}
	}
	if len(sessions) == 0 {
		t.Fatal("no session came back")
	}
	if code := p.stop(t); code != exitOK {
		t.Fatalf("exit code %d: %s", code, p.said.String())
	}
	files, err := filepath.Glob(filepath.Join(filepath.Dir(log), "*"))
	if err != nil || len(files) == 0 {
		t.Fatal("there is no audit log")
	}
	files = append(files, c.path, c.path+"-wal")
	hidden := append(sessions, passord, slip)
	for _, file := range files {
		checkFile(t, file, hidden)
	}
	said := p.said.String()
	if len(said) == 0 {
		t.Error("refusals left no line")
	}
	for _, secret := range hidden {
		if strings.Contains(said, secret) {
			t.Error("a secret is in the log")
		}
	}
	known, found := secrets(t), 0
	for _, word := range words(said) {
		if known[word] {
			found++
		}
	}
	if found > 0 {
		t.Errorf("%d words of the log are a number or a name of the register", found)
	}
}

// checkFile searches a file, if it is there, and whether others may read it.
func checkFile(t *testing.T, file string, hidden []string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	for _, secret := range hidden {
		if strings.Contains(string(text), secret) {
			t.Errorf("%s holds a secret", filepath.Base(file))
		}
	}
	if info, err := os.Stat(file); err == nil && info.Mode().Perm()&0o077 != 0 {
		t.Errorf("others may read %s", filepath.Base(file))
	}
}
