package main

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"aareg/store/logg"
)

// verdictOf are the lines of verify but for the file names.
func verdictOf(out string) string {
	return regexp.MustCompile(`(?m)^(log|key) .*\n`).ReplaceAllString(out, "")
}

const (
	sixRows = "rows      6, number 1 to 6\nfrom      2025-03-30T01:30:00+01:00\nto        2025-03-30T07:30:00+02:00\n"
	noneYet = "anchors   none were given: rows that the key's holder has cut off or made anew cannot be seen (--anchors)\n"
	whole   = "whole     every row, head and start are as they were written\n"
)

func TestVerifyTellsWhatItCheckedAndFindsWhatWasChanged(t *testing.T) {
	m := newLoggmappe(t)
	if diff := cmp.Diff(sixRows+noneYet+whole, verdictOf(m.mustRun("", "verify"))); diff != "" {
		t.Errorf("a whole log (-want +got):\n%s", diff)
	}
	m.breakChain()
	out, _, err := m.run("", "verify")
	want := sixRows + noneYet + "WRONG     row 6: " + string(logg.Kjedebrudd) + "\n"
	if diff := cmp.Diff(want, verdictOf(out)); diff != "" || err == nil {
		t.Errorf("a changed row (-want +got), %v:\n%s", err, diff)
	}
}

func TestVerifyFailsWhenNotAllCouldBeChecked(t *testing.T) {
	m := newLoggmappe(t)
	out, _, err := m.run("", "verify", "--logg-noekkel", filepath.Join(t.TempDir(), "none"))
	if err == nil || !strings.Contains(out, "UNCHECKED ") || strings.Contains(out, "whole ") {
		t.Errorf("without the key: %v\n%s", err, out)
	}
	var wrong *usageError
	if _, _, err := m.run("", "verify", "--anchors", m.fil+".none"); !errors.Is(err, os.ErrNotExist) || errors.As(err, &wrong) {
		t.Errorf("anchors that are not there: %v", err)
	}
	for _, text := range []string{"", "\n\n", "anchor\n"} {
		if _, _, err := m.run("", "verify", "--anchors", writeFile(t, filepath.Join(t.TempDir(), "anchors"), text)); err == nil {
			t.Errorf("a file with %q is taken for anchors", text)
		}
	}
}

// TestAnchorFindsALogThatWasPutInTheOldOnesPlace, with the same key, as its holder can: without the anchor it is whole.
func TestAnchorFindsALogThatWasPutInTheOldOnesPlace(t *testing.T) {
	m := newLoggmappe(t)
	anchors := writeFile(t, filepath.Join(t.TempDir(), "anchors"), m.mustRun("", "anchor")+"\n"+m.mustRun("", "anchor"))
	out := m.mustRun("", "verify", "--anchors", anchors)
	if !strings.Contains(out, "anchors   2, the latest of row 6 at ") || !strings.HasSuffix(out, whole) {
		t.Errorf("anchors that hold:\n%s", out)
	}
	for _, name := range []string{m.fil, m.fil + "-wal", m.fil + "-shm"} {
		if err := os.Remove(name); err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
	}
	l, err := logg.Create(m.fil, m.fil+".noekkel")
	m.must(err)
	for _, r := range append(rader(), rader()...) {
		m.must(l.Skriv(t.Context(), &r))
	}
	m.must(l.Close())
	m.mustRun("", "verify")
	if out, _, err := m.run("", "verify", "--anchors", anchors); err == nil || !strings.Contains(out, string(logg.AnkerAvvik)) {
		t.Errorf("a log made anew: %v\n%s", err, out)
	}
}

func TestRetentionRemovesRowsAndLeavesAWholeLog(t *testing.T) {
	m := newLoggmappe(t)
	before := m.mustRun("", "anchor")
	later := rader()[1]
	later.Tid = loggdag.AddDate(0, 2, 0)
	l, err := logg.Open(m.fil, m.fil+".noekkel")
	m.must(err)
	m.must(l.Skriv(t.Context(), &later))
	m.must(l.Close())
	m.naa = loggdag.AddDate(1, 0, 0)
	for _, typed := range []string{"no\n", "", "\n", "YES\n"} {
		out, asked, err := m.run(typed, "slett", "--before", "2025-03-31")
		if err == nil || out != "" || !strings.HasPrefix(asked, "rows from before 2025-03-31T00:00:00+02:00, 6 at most,") {
			t.Errorf("answered %q: %v\n%s%s", typed, err, asked, out)
		}
	}
	if got := rowsOf(m.mustRun("", "search")); got != "1 2 3 4 5 6 7" {
		t.Errorf("left are rows %s, though the answer was not yes", got)
	}
	if out := m.mustRun("yes\n", "slett", "--before", "2025-03-31"); out != "6 rows from before 2025-03-31T00:00:00+02:00 removed\n" {
		t.Errorf("it says:\n%s", out)
	}
	if out := m.mustRun("", "slett", "--before", "2025-03-31"); !strings.HasPrefix(out, "0 rows ") { // nothing is left to ask about
		t.Errorf("the second time it says:\n%s", out)
	}
	if got := rowsOf(m.mustRun("", "search")); got != "7 8" {
		t.Errorf("left are rows %s", got)
	}
	removal := m.own(logg.Sletting)
	if len(removal) != 1 || removal[0].Bruker != systemUser() || removal[0].Antall != 6 {
		t.Errorf("the row of the removal: %+v", removal)
	}
	after := m.mustRun("", "anchor")
	dir := t.TempDir()
	m.mustRun("", "verify", "--anchors", writeFile(t, filepath.Join(dir, "both"), "2 "+strings.Repeat("0", 64)+" 2025-03-30T03:00:00Z\n"+before+after))
	if out, _, err := m.run("", "verify", "--anchors", writeFile(t, filepath.Join(dir, "old"), "2 "+strings.Repeat("0", 64)+" 2025-03-30T03:00:00Z\n")); err == nil {
		t.Errorf("nothing vouches for what was removed, and it is whole:\n%s", out)
	}
}

func TestRowsAreNotRemovedBeforeTheirTime(t *testing.T) {
	m := newLoggmappe(t)
	for before, says := range map[string]string{
		"": "neither", "31.03.2025": "neither", "2025-04-23": "later than today", "2025-04-22": "31 days", "2025-04-01": "31 days",
	} {
		out, _, err := m.run("", "slett", "--yes", "--before", before)
		var wrong *usageError
		if !errors.As(err, &wrong) || !strings.Contains(text(err), says) || out != "" {
			t.Errorf("before %q: %v", before, err)
		}
	}
	m.naa = time.Now()
	if got := rowsOf(m.mustRun("", "search")); got != "1 2 3 4 5 6" {
		t.Errorf("left are rows %s", got)
	}
}

func TestHelpOfLoggNamesEveryFlag(t *testing.T) {
	flag := regexp.MustCompile(`(?m)^  --([a-z-]+)`)
	const common = "logg logg-noekkel"
	for name, want := range map[string]string{
		"verify": "anchors " + common, "anchor": common, "slett": "before " + common + " yes",
		"search": "avslag fra konsument " + common + " person personer produkt til without-row",
		"export": "avslag format fra konsument " + common + " person produkt til without-row",
		"innsyn": "db fra konsumenter " + common + " til without-row",
	} {
		var out strings.Builder
		_ = loggKall{strings.NewReader(""), &out, &out, time.Now()}.run(t.Context(), []string{name, "--help"})
		var got []string
		for _, found := range flag.FindAllStringSubmatch(out.String(), -1) {
			got = append(got, found[1])
		}
		if strings.Join(got, " ") != want || !strings.HasPrefix(out.String(), "aareg logg "+name+" ") || !strings.Contains(loggUsage, "aareg logg "+name+" ") {
			t.Errorf("%s:\n%s", name, out.String())
		}
	}
}
