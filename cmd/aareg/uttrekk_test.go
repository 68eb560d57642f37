package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aareg/fixtures"
	"aareg/store"
	"aareg/store/innlesing"
	"aareg/store/konsument"
	"aareg/store/logg"
)

// uttrekksmappe is a folder with the demo register in a file, a consumer who may have extracts of everything, and an audit
// log.
type uttrekksmappe struct {
	*loggmappe
	orgnr string
}

func newUttrekksmappe(t *testing.T, change func(*konsument.Konsument)) *uttrekksmappe {
	t.Helper()
	m := &uttrekksmappe{newLoggmappe(t), ""}
	m.db = filepath.Join(t.TempDir(), "register")
	demo, err := fixtures.Demo()
	m.must(err)
	defer demo.Close()
	var records bytes.Buffer
	m.must(demo.Update(t.Context(), func(tx *store.Tx) error {
		_, err := innlesing.Skriv(tx, &records, nil)
		return err
	}))
	from := writeFile(t, filepath.Join(t.TempDir(), "demo.ndjson"), records.String())
	m.must(importer(t.Context(), []string{"--db", m.db, from}, io.Discard, io.Discard))
	c := newConsumers(t)
	m.konsumenter = c.path
	k := c.add(t, "bruker", func(k *konsument.Konsument, _ *konsument.Innlogging) {
		k.Tilgang, k.Rettigheter.Felter = []konsument.Tilgangsform{konsument.Uttrekk}, append(k.Rettigheter.Felter, "uttrekk")
		if change != nil {
			change(k)
		}
	})
	m.orgnr = k.Orgnr
	return m
}

// uttrekk is one call of aareg uttrekk, with what is typed.
func (m *uttrekksmappe) uttrekk(typed string, args ...string) (stdout, stderr string, err error) {
	m.t.Helper()
	var out, errs bytes.Buffer
	args = append([]string{"--db", m.db, "--konsumenter", m.konsumenter, "--logg", m.fil, "--konsument", m.orgnr, "--today", "2025-06-15"}, args...)
	err = uttrekk(m.t.Context(), args, strings.NewReader(typed), &out, &errs)
	return out.String(), errs.String(), err
}

// demogolden is an extract of the demo register that products' tests have read against its stories.
func demogolden(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(root, "products", "testdata", "uttrekk", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestUttrekkWritesTheExtractAndItsRows: of an employer, persons and ids, to standard output and to a file, and each with a
// row in the audit log of everybody in it.
func TestUttrekkWritesTheExtractAndItsRows(t *testing.T) {
	m := newUttrekksmappe(t, nil)
	for _, c := range []struct {
		typed, golden string
		args          []string
		row           logg.Rad
	}{
		{"", "timer_fravaer_utland.csv", []string{"--arbeidsgiver", "210004114"}, logg.Rad{Produkt: "hentArbeidsgiver", Antall: 4,
			Parametre: []logg.Parameter{{Tag: "arbeidsgiverId", Verdi: "210004114"}, {Tag: "format", Verdi: "csv"}},
			Personer:  []uint64{3839949862, 6868749618, 12928349738, 31817949951}}},
		{"# one\n\n098488 49909\n", "overdragelse.xml", []string{"--arbeidstakere", "-", "--format", "xml"}, logg.Rad{Produkt: "hentArbeidstaker", Antall: 3,
			Parametre: []logg.Parameter{{Tag: "antallSpurt", Verdi: "1"}, {Tag: "format", Verdi: "xml"}}, Personer: []uint64{9848849909}}},
		{"48000401\n48000403 # and nobody's\n999\n", "skip.ndjson", []string{"--arbeidsforhold", "-", "--format", "ndjson"}, logg.Rad{Produkt: "hentArbeidsforhold",
			Antall: 2, Parametre: []logg.Parameter{{Tag: "antallSpurt", Verdi: "3"}, {Tag: "format", Verdi: "ndjson"}}, Personer: []uint64{2827249931, 10909849964}}},
	} {
		before := len(m.own(logg.Uttrekk))
		stdout, stderr, err := m.uttrekk(c.typed, c.args...)
		m.must(err)
		if diff := cmp.Diff(demogolden(t, c.golden), stdout); diff != "" {
			t.Errorf("%q (-want +got):\n%s", c.args, diff)
		}
		if !strings.Contains(stderr, " arbeidsforhold in ") || strings.Contains(stderr, "ingen 1") != (c.golden == "skip.ndjson") {
			t.Errorf("%q: it told %q", c.args, stderr)
		}
		rows := m.own(logg.Uttrekk)[before:]
		c.row.Slag, c.row.Konsument, c.row.Orgnr, c.row.Utfall, c.row.Bruker = logg.Uttrekk, 1, m.orgnr, "komplett", systemUser()
		c.row.Rettighet = "produkt " + c.row.Produkt
		if len(rows) != 1 || rows[0].Korrelasjon == "" {
			t.Fatalf("%q: %d rows", c.args, len(rows))
		}
		rows[0].Korrelasjon = ""
		if diff := cmp.Diff(c.row, rows[0]); diff != "" {
			t.Errorf("%q: the row (-want +got):\n%s", c.args, diff)
		}
		out := filepath.Join(t.TempDir(), "ut")
		_, _, err = m.uttrekk(c.typed, append(c.args, "-o", out)...)
		m.must(err)
		info, err := os.Stat(out)
		m.must(err)
		if text, err := os.ReadFile(out); err != nil || string(text) != stdout || info.Mode().Perm() != 0o600 {
			t.Errorf("%q: the file is not what went to standard output, or others may read it (%v)", c.args, err)
		}
		if _, _, err := m.uttrekk(c.typed, append(c.args, "-o", out)...); err == nil {
			t.Errorf("%q: a file that was there was written over", c.args)
		}
	}
}

// TestUttrekkForExcel begins with a byte order mark and splits by semicolon.
func TestUttrekkForExcel(t *testing.T) {
	long(t)
	m := newUttrekksmappe(t, nil)
	stdout, _, err := m.uttrekk("", "--arbeidsgiver", "210004114", "--bom", "--semikolon")
	m.must(err)
	rows, marked := strings.CutPrefix(stdout, "\uFEFF")
	r := csv.NewReader(strings.NewReader(rows))
	r.Comma = ';'
	table, err := r.ReadAll()
	if err != nil || !marked || len(table) < 5 || len(table[0]) < 60 {
		t.Errorf("mark %v, %d rows; %v", marked, len(table), err)
	}
}

// TestUttrekkKeepsToRights: whom the consumer may not see is not in the extract, what its profile leaves out neither, and
// what it may not have at all is refused without a byte.
func TestUttrekkKeepsToRights(t *testing.T) {
	long(t)
	m := newUttrekksmappe(t, func(k *konsument.Konsument) {
		k.Rettigheter.Personer = konsument.Omfang{Nummer: []string{"06868749618"}}
		k.Rettigheter.Felter = []string{"hentArbeidsforhold/arbeidsforhold/arbeidsforhold/Arbeidstaker"}
		k.Rettigheter.Produkter = []string{"hentArbeidsgiver"}
	})
	stdout, _, err := m.uttrekk("", "--arbeidsgiver", "210004114")
	m.must(err)
	want := "radtype,nr,statuskode,arbeidstaker.ident\r\narbeidsforhold,1,komplett,06868749618\r\nferdig,1,,\r\n"
	if diff := cmp.Diff(want, stdout); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for why, args := range map[string][]string{
		"another product": {"--arbeidstakere", "-"},
		"a filter":        {"--arbeidsgiver", "210004114", "--status", "aktive"},
	} {
		stdout, _, err := m.uttrekk("06868749618\n", args...)
		if err == nil || stdout != "" || !strings.Contains(err.Error(), "a right is missing") {
			t.Errorf("%s: %d bytes; %v", why, len(stdout), err)
		}
	}
	if rows := m.own(logg.Uttrekk); len(rows) != 3 || !rows[1].Avslag || !rows[2].Avslag {
		t.Errorf("%d rows, of which the last two are not refusals", len(rows))
	}
}

// TestNothingIsExtractedWhenTheLogCannotBeWritten: no byte, and no file.
func TestNothingIsExtractedWhenTheLogCannotBeWritten(t *testing.T) {
	long(t)
	m := newUttrekksmappe(t, nil)
	m.breakChain()
	stdout, _, err := m.uttrekk("", "--arbeidsgiver", "210004114")
	if !errors.Is(err, logg.ErrBrutt) || stdout != "" {
		t.Errorf("%d bytes; %v", len(stdout), err)
	}
	dir := t.TempDir()
	if _, _, err := m.uttrekk("", "--arbeidsgiver", "210004114", "-o", filepath.Join(dir, "ut")); !errors.Is(err, logg.ErrBrutt) {
		t.Errorf("to a file: %v", err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("%d files are left (%v)", len(left), err)
	}
}

// TestAQuotaCutsTheExtract: it fails, leaves no file, and the day's persons are those of the parts that left.
func TestAQuotaCutsTheExtract(t *testing.T) {
	long(t)
	m := newUttrekksmappe(t, func(k *konsument.Konsument) { k.Rettigheter.PersonerPerDoegn = 3 })
	dir := t.TempDir()
	_, _, err := m.uttrekk("", "--arbeidsgiver", "210004114", "-o", filepath.Join(dir, "ut"))
	if left, _ := os.ReadDir(dir); err == nil || len(left) > 0 {
		t.Errorf("four persons of three a day: %v, and %d files", err, len(left))
	}
	stdout, _, err := m.uttrekk("48000501\n48000502\n", "--arbeidsforhold", "-")
	if err != nil || !strings.Contains(stdout, "\nferdig,2,") {
		t.Errorf("two of three a day: %v", err)
	}
	if _, _, err = m.uttrekk("03839949862\n06868749618\n", "--arbeidstakere", "-"); err != nil {
		t.Errorf("the same two again: %v", err)
	}
	if _, _, err = m.uttrekk("12928349738\n31817949951\n", "--arbeidstakere", "-"); err == nil {
		t.Error("two more are four")
	}
}

// TestUttrekkIsCalledRightOrNotAtAll: wrong calls are refused before anything is opened, and no number is told.
func TestUttrekkIsCalledRightOrNotAtAll(t *testing.T) {
	m := newUttrekksmappe(t, nil)
	for _, c := range []struct {
		typed string
		args  []string
	}{
		{"", nil}, {"", []string{"--arbeidsgiver", "210004114", "--arbeidstakere", "-"}}, {"", []string{"--arbeidsgiver", ulvNr}},
		{"", []string{"--arbeidsgiver", "210004115"}}, {"", []string{"--arbeidsgiver", "210004114", "--format", "xlsx"}},
		{"", []string{"--arbeidsgiver", "210004114", "--format", "xml", "--bom"}}, {"", []string{"--arbeidsgiver", "210004114", "--status", "nye"}},
		{"1\n", []string{"--arbeidsforhold", "-", "--status", "aktive"}}, {"", []string{"--arbeidsgiver", "210004114", "mer"}},
		{ulvNr + "\n" + ulvNr[:10] + "\n", []string{"--arbeidstakere", "-"}}, {"", []string{"--arbeidstakere", "-"}}, {"# nobody\n", []string{"--arbeidsforhold", "-"}},
		{"x", []string{"--arbeidsgiver", "-"}}, {"", []string{"--arbeidsgiver", "-"}},
	} {
		stdout, stderr, err := m.uttrekk(c.typed, c.args...)
		if err == nil || stdout != "" {
			t.Errorf("%q: %d bytes; %v", c.args, len(stdout), err)
		}
		checkNoNumberIn(t, "uttrekk", stderr, text(err))
	}
	if rows := m.own(logg.Uttrekk); len(rows) > 0 {
		t.Errorf("%d rows of extracts that were not made", len(rows))
	}
	m.orgnr = selskap
	if _, _, err := m.uttrekk("", "--arbeidsgiver", "210004114"); err == nil {
		t.Error("an extract was made for nobody")
	}
}

// TestUttrekkOfAPersonalEmployerIsReadFromStandardInput, since the number is a person's.
func TestUttrekkOfAPersonalEmployerIsReadFromStandardInput(t *testing.T) {
	long(t)
	m := newUttrekksmappe(t, func(k *konsument.Konsument) {
		k.Rettigheter.Fortrolig, k.Rettigheter.StrengtFortrolig = store.InnsynKode, store.InnsynData
	})
	stdout, stderr, err := m.uttrekk("30927049801\n", "--arbeidsgiver", "-", "--format", "ndjson")
	m.must(err)
	if strings.Count(stdout, `"statuskode":"strengt_fortrolig"`) != 1 {
		t.Errorf("%d bytes, and it told %q", len(stdout), stderr)
	}
	rows := m.own(logg.Uttrekk)
	if len(rows) != 1 || !rows[0].Beskyttet || !slices.Equal(rows[0].Personer, []uint64{29899949879, 30927049801}) {
		t.Errorf("rows %d", len(rows))
	}
	if _, stderr, err = m.uttrekk("07906749941\n", "--arbeidsgiver", "-"); err != nil || !strings.Contains(stderr, ", fortrolig 1") {
		t.Errorf("it told %q; %v", stderr, err)
	}
}

// TestAnExtractThatIsStoppedFails and writes nothing.
func TestAnExtractThatIsStoppedFails(t *testing.T) {
	long(t)
	m := newUttrekksmappe(t, nil)
	stopped, stop := context.WithCancel(t.Context())
	stop()
	var stdout bytes.Buffer
	args := []string{"--db", m.db, "--konsumenter", m.konsumenter, "--logg", m.fil, "--konsument", m.orgnr, "--arbeidsgiver", "210004114"}
	if err := uttrekk(stopped, args, strings.NewReader(""), &stdout, io.Discard); err == nil || stdout.Len() > 0 {
		t.Errorf("%d bytes; %v", stdout.Len(), err)
	}
}
