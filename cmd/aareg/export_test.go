package main

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aareg/store/logg"
)

// watcher is where an export goes, and has looked into the log when the first byte came.
type watcher struct {
	bytes.Buffer
	m     *loggmappe
	found []logg.Rad
}

func (w *watcher) Write(p []byte) (int, error) {
	if w.Len() == 0 {
		w.found = w.m.own(logg.Eksport)
	}
	return w.Buffer.Write(p)
}

// TestExportIsAccountedForBeforeTheFirstByte, with everybody who is in it, under each of their numbers.
func TestExportIsAccountedForBeforeTheFirstByte(t *testing.T) {
	m := newLoggmappe(t)
	persons, err := packNumbers(revNr, ulvNr, ulvFoer, delt)
	m.must(err)
	want := []logg.Rad{{Slag: logg.Eksport, Bruker: systemUser(), Parametre: []logg.Parameter{{Tag: "db", Verdi: m.db}, {Tag: "out", Verdi: "-"}},
		Utfall: "komplett", Antall: 2, Personer: persons}}
	w := &watcher{m: m}
	m.must(export(t.Context(), []string{"--db", m.db, "--logg", m.fil}, w, io.Discard))
	if diff := cmp.Diff(want, w.found); diff != "" {
		t.Errorf("in the log when the first byte came (-want +got):\n%s", diff)
	}
	if lines := bytes.Count(w.Bytes(), []byte("\n")); lines != 3 {
		t.Errorf("%d records, the register has two and its head", lines)
	}
	out := filepath.Join(t.TempDir(), "out")
	m.must(export(t.Context(), []string{"--db", m.db, "--logg", m.fil, "--out", out}, io.Discard, io.Discard))
	if text, err := os.ReadFile(out); err != nil || !bytes.Equal(text, w.Bytes()) {
		t.Errorf("the file is not what went to standard output (%v)", err)
	}
	if rows := m.own(logg.Eksport); len(rows) != 2 || rows[1].Parametre[1].Verdi != out {
		t.Error("the second export is not accounted for")
	}
}

func TestNothingIsExportedWhenTheLogCannotBeWritten(t *testing.T) {
	m := newLoggmappe(t)
	m.breakChain()
	var stdout bytes.Buffer
	if err := export(t.Context(), []string{"--db", m.db, "--logg", m.fil}, &stdout, io.Discard); !errors.Is(err, logg.ErrBrutt) || stdout.Len() > 0 {
		t.Errorf("with a broken log: %v, and %d bytes", err, stdout.Len())
	}
	out := filepath.Join(t.TempDir(), "out")
	if err := export(t.Context(), []string{"--db", m.db, "--logg", m.fil, "--out", out}, &stdout, io.Discard); !errors.Is(err, logg.ErrBrutt) {
		t.Errorf("to a file: %v", err)
	}
	if left, err := os.ReadDir(filepath.Dir(out)); err != nil || len(left) > 0 {
		t.Errorf("%d files are left of an export that was refused (%v)", len(left), err)
	}
}

func TestExportWithoutLogLeavesNoTraceAndWantsToBeTold(t *testing.T) {
	m := newLoggmappe(t)
	var stdout bytes.Buffer
	m.must(export(t.Context(), []string{"--db", m.db, "--without-log"}, &stdout, io.Discard))
	if stdout.Len() == 0 || len(m.own("")) > 0 {
		t.Errorf("%d bytes exported, and %d rows written", stdout.Len(), len(m.own("")))
	}
	for _, args := range [][]string{{}, {"--without-log", "--logg", m.fil}, {"--without-log", "--logg-noekkel", m.fil}} {
		stdout.Reset()
		err := export(t.Context(), append([]string{"--db", m.db}, args...), &stdout, io.Discard)
		var wrong *usageError
		if !errors.As(err, &wrong) || stdout.Len() > 0 {
			t.Errorf("%q: %v, and %d bytes", args, err, stdout.Len())
		}
	}
}
