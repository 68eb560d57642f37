package main

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aareg/store/logg"
)

// numre are all the identity numbers that the log's folder holds.
var numre = []string{ulvNr, ulvFoer, delt, revNr, gaupeNr}

func checkNoNumberIn(t *testing.T, what string, said ...string) {
	t.Helper()
	for _, s := range said {
		for _, n := range numre {
			if strings.Contains(s, n) || strings.Contains(s, n[:6]+" "+n[6:]) {
				t.Errorf("%s prints an identity number", what)
			}
		}
	}
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// TestNoCommandPrintsANumberThatWasNotAskedFor runs every command in every way that shows rows, and those that fail.
func TestNoCommandPrintsANumberThatWasNotAskedFor(t *testing.T) {
	for _, c := range []struct {
		typed string
		args  []string
	}{
		{"", []string{"verify"}}, {"", []string{"anchor"}}, {"", []string{"search"}}, {ulvNr, []string{"search", "--person"}},
		{ulvNr, []string{"innsyn"}}, {ulvNr, []string{"innsyn", "--db", "DB", "--konsumenter", "KONSUMENTER"}},
		{delt, []string{"innsyn", "--db", "DB"}}, // several have had it
		{ulvNr[:10] + "5", []string{"search", "--person"}}, {ulvNr + "1", []string{"innsyn"}},
		{ulvNr, []string{"innsyn", "--db", "NOWHERE"}}, {ulvNr, []string{"search", "--person", "--konsument", "1"}},
		{ulvNr, []string{"slett", "--before", "2025-03-15"}}, {"", []string{"slett", "--before", "2025-03-15", "--yes"}},
	} {
		m := newLoggmappe(t)
		for i, a := range c.args {
			c.args[i] = strings.NewReplacer("DB", m.db, "KONSUMENTER", m.konsumenter).Replace(a)
		}
		out, errs, err := m.run(c.typed, c.args...)
		checkNoNumberIn(t, strings.Join(c.args, " "), out, errs, text(err))
		if out == "" && err == nil {
			t.Errorf("%q prints nothing", c.args)
		}
	}
	m := newLoggmappe(t)
	for _, args := range [][]string{{"search", "--personer"}, {"export"}, {"export", "--format", "cef"}} {
		for _, n := range numre {
			if !strings.Contains(m.mustRun("", args...), n) {
				t.Errorf("%q does not show a number that it is asked for", args)
			}
		}
	}
}

func TestNumberIsNeverAnArgument(t *testing.T) {
	m := newLoggmappe(t)
	for _, command := range []string{"verify", "anchor", "search", "export", "innsyn", "slett"} {
		for _, args := range [][]string{{ulvNr}, {"--person", ulvNr}, {"--person=" + ulvNr}, {"-fra=" + ulvNr}, {ulvNr[:6] + " " + ulvNr[6:]}} {
			out, errs, err := m.run(ulvNr, append([]string{command}, args...)...)
			checkNoNumberIn(t, command, out, errs, text(err))
			var wrong *usageError
			if !errors.As(err, &wrong) || out != "" {
				t.Errorf("%s takes a number as an argument: %v", command, text(err))
			}
		}
	}
	if rows := m.own(""); len(rows) > 0 {
		t.Errorf("%d rows tell of what was refused", len(rows))
	}
}

// TestWhoLooksAPersonUpIsLogged: the row is in the log, with the person, and what is shown does not hold it yet.
func TestWhoLooksAPersonUpIsLogged(t *testing.T) {
	who := systemUser()
	ulv, _ := packNumbers(ulvNr)
	alle, _ := packNumbers(ulvNr, ulvFoer)
	parametre := func(pairs ...string) (p []logg.Parameter) {
		for i := 0; i < len(pairs); i += 2 {
			p = append(p, logg.Parameter{Tag: pairs[i], Verdi: pairs[i+1]})
		}
		return p
	}
	for _, c := range []struct {
		args []string
		want []logg.Rad
	}{
		{[]string{"search"}, nil},
		{[]string{"search", "--avslag", "--konsument", etat}, nil},
		{[]string{"search", "--person", "--fra", "2025-03-30"}, []logg.Rad{{Slag: logg.Innsyn, Bruker: who,
			Parametre: parametre("kommando", "search", "fra", "2025-03-30"), Utfall: "komplett", Antall: 3, Personer: ulv}}},
		{[]string{"search", "--personer", "--avslag", "--konsument", selskap}, []logg.Rad{{Slag: logg.Innsyn, Bruker: who,
			Parametre: parametre("kommando", "search", "konsument", selskap, "avslag", "true"), Utfall: "komplett", Antall: 1}}},
		{[]string{"export", "--person", "--produkt", "hentArbeidstaker"}, []logg.Rad{{Slag: logg.Innsyn, Bruker: who,
			Parametre: parametre("kommando", "export", "produkt", "hentArbeidstaker"), Utfall: "komplett", Antall: 1, Personer: ulv}}},
		{[]string{"innsyn", "--db", "DB", "--til", "2025-03"}, []logg.Rad{{Slag: logg.Innsyn, Bruker: who,
			Parametre: parametre("kommando", "innsyn", "til", "2025-03"), Utfall: "komplett", Antall: 4, Personer: alle}}},
		{[]string{"innsyn", "--without-row"}, nil},
	} {
		m := newLoggmappe(t)
		for i, a := range c.args {
			c.args[i] = strings.Replace(a, "DB", m.db, 1)
		}
		m.mustRun(ulvNr, c.args...)
		if diff := cmp.Diff(c.want, m.own(logg.Innsyn)); diff != "" {
			t.Errorf("%q writes (-want +got):\n%s", c.args, diff)
		}
	}
}

// TestNothingIsShownOfPersonsWhenTheLogCannotBeWritten, unless whoever looks says that there is no row of it.
func TestNothingIsShownOfPersonsWhenTheLogCannotBeWritten(t *testing.T) {
	m := newLoggmappe(t)
	m.breakChain()
	for _, args := range [][]string{{"search", "--person", "--til", "2025-03-30T05:00:00Z"}, {"search", "--personer", "--avslag"},
		{"export", "--avslag"}, {"innsyn", "--til", "2025-03-30T05:00:00Z"}} {
		out, _, err := m.run(ulvNr, args...)
		if !errors.Is(err, logg.ErrBrutt) || out != "" {
			t.Errorf("%q: %v, and shows %d bytes", args, err, len(out))
		}
		if out := m.mustRun(ulvNr, append(args, "--without-row")...); out == "" {
			t.Errorf("%q shows nothing of a broken log", args)
		}
	}
	if out := m.mustRun("", "search", "--konsument", etat); rowsOf(out) != "1 2 5" {
		t.Error("rows without their persons cannot be looked at in a broken log")
	}
}
