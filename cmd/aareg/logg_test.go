package main

import (
	"bytes"
	"errors"
	"io"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"aareg/store"
	"aareg/store/konsument"
	"aareg/store/logg"
	"aareg/store/sqlite"
)

// Persons of the log, all made up. Ulv is in the register, with a former number; two have had the number delt.
const (
	ulvNr, ulvFoer, delt, revNr, gaupeNr = "12829499914", "21883649874", "29822099635", "05840399895", "12905299938"
	etat, selskap                        = "210000011", "219900104"
)

// loggmappe is a folder with an audit log, a register and consumers.
type loggmappe struct {
	t                    *testing.T
	fil, db, konsumenter string
	naa                  time.Time
}

// loggdag is when the rows of the log were written: long before today, so that they may be removed.
var loggdag = time.Date(2025, 3, 30, 0, 30, 0, 0, time.UTC)

// rader are what the log holds, an hour apart, across the night when Norway's clocks are set.
func rader() []logg.Rad {
	tall := func(numre ...string) []uint64 {
		packed, err := packNumbers(numre...)
		if err != nil {
			panic(err)
		}
		return packed
	}
	rows := []logg.Rad{
		{Slag: logg.Svar, Konsument: 1, Orgnr: etat, Databehandler: selskap, Innlogging: 1, Saksreferanse: "sak " + revNr + "\x1b[2J", Produkt: "hentArbeidstaker",
			Parametre: []logg.Parameter{{Tag: "foedselsnr", Verdi: ulvNr}}, Utfall: "komplett", Rettighet: "produkt hentArbeidstaker", Antall: 2,
			Korrelasjon: "aaaa", Generasjon: 3, Personer: tall(ulvNr)},
		{Slag: logg.Svar, Konsument: 1, Orgnr: etat, Innlogging: 1, Produkt: "hentTrefflisteArbeidstaker", Utfall: "trunkert",
			Rettighet: "produkt hentTrefflisteArbeidstaker", Antall: 3, Korrelasjon: "bbbb", Personer: tall(revNr, ulvNr, gaupeNr)},
		{Slag: logg.Svar, Konsument: 2, Orgnr: selskap, Innlogging: 2, Produkt: "hentArbeidstaker", Utfall: "ikkeTilgang", Avslag: true,
			Rettighet: "produkt hentArbeidstaker", Korrelasjon: "cccc", Personer: tall(ulvFoer)},
		{Slag: logg.Innlogging, Utfall: "ugyldigBruker", Avslag: true, Korrelasjon: "dddd", Adresse: "192.0.2.7:4711"},
		{Slag: logg.Svar, Konsument: 1, Orgnr: etat, Innlogging: 1, Produkt: "hentAntallArbeidstakere", Utfall: "fortrolig", Antall: 0, Korrelasjon: "eeee",
			Personer: tall(delt)},
		{Slag: logg.Eksport, Bruker: "drift (uid 7)", Utfall: "komplett", Antall: 9, Generasjon: 3, Personer: tall(ulvNr, ulvFoer, delt, revNr)},
	}
	for i := range rows {
		rows[i].Tid = loggdag.Add(time.Duration(i) * time.Hour)
	}
	return rows
}

func newLoggmappe(t *testing.T) *loggmappe {
	t.Helper()
	dir := t.TempDir()
	m := &loggmappe{t, filepath.Join(dir, "logg"), filepath.Join(dir, "register"), filepath.Join(dir, "konsumenter"),
		time.Date(2025, 4, 22, 7, 0, 0, 0, time.UTC)}
	l, err := logg.Create(m.fil, m.fil+".noekkel")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rader() {
		if err := l.Skriv(t.Context(), &r); err != nil {
			t.Fatal(err)
		}
	}
	m.must(l.Close())
	register, err := store.Create(m.db)
	m.must(err)
	m.must(register.Update(t.Context(), func(tx *store.Tx) error {
		return errors.Join(tx.PutPerson(&store.Person{Foedselsnr: ulvNr, TidligereNumre: []string{ulvFoer, delt}}),
			tx.PutPerson(&store.Person{Foedselsnr: revNr, TidligereNumre: []string{delt}}))
	}))
	m.must(register.Close())
	consumers, err := konsument.Create(m.konsumenter)
	m.must(err)
	_, err = consumers.LeggTil(konsument.Konsument{Orgnr: etat, Navn: "FJELLVIK ETAT", Hjemmel: "eksempelloven § 1", Formaal: "kontroll av ytelser",
		Behandlingsgrunnlag: "artikkel 6 nr. 1 bokstav e", Tilgang: []konsument.Tilgangsform{konsument.API}})
	m.must(err)
	m.must(consumers.Close())
	return m
}

func (m *loggmappe) must(err error) {
	m.t.Helper()
	if err != nil {
		m.t.Fatal(err)
	}
}

// run is one call of aareg logg on the folder's log, with what is typed.
func (m *loggmappe) run(typed string, args ...string) (stdout, stderr string, err error) {
	m.t.Helper()
	var out, errs bytes.Buffer
	k := loggKall{strings.NewReader(typed), &out, &errs, m.naa}
	err = k.run(m.t.Context(), append([]string{args[0], "--logg", m.fil}, args[1:]...))
	return out.String(), errs.String(), err
}

// mustRun is what a call that must succeed prints.
func (m *loggmappe) mustRun(typed string, args ...string) string {
	m.t.Helper()
	out, _, err := m.run(typed, args...)
	if err != nil {
		m.t.Fatalf("aareg logg %s: %v", args[0], err)
	}
	return out
}

// own are the rows that commands have written, without what differs from run to run.
func (m *loggmappe) own(slag logg.Slag) []logg.Rad {
	m.t.Helper()
	l, err := logg.Open(m.fil, m.fil+".noekkel")
	m.must(err)
	defer l.Close()
	var found []logg.Rad
	m.must(l.Soek(m.t.Context(), logg.Filter{Slag: slag, Fra: loggdag.AddDate(0, 1, 0)}, func(r *logg.Rad) error {
		if since := time.Since(r.Tid); since < 0 || since > time.Hour {
			m.t.Errorf("row %d was written %s ago", r.Nr, since)
		}
		r.Nr, r.Tid = 0, time.Time{}
		found = append(found, *r)
		return nil
	}))
	return found
}

// breakChain changes a row, as one does who can write the file and has no key.
func (m *loggmappe) breakChain() {
	m.t.Helper()
	c, err := sqlite.Open(sqlite.URI(m.fil, "mode", "rw"))
	m.must(err)
	defer c.Close()
	m.must(c.Script("UPDATE rad SET personer = x'00' WHERE nr = (SELECT max(nr) FROM rad)"))
}

var numberOfRow = regexp.MustCompile(`(?m)^ *(\d+)  `)

func rowsOf(table string) string {
	var numbers []string
	for _, found := range numberOfRow.FindAllStringSubmatch(table, -1) {
		numbers = append(numbers, found[1])
	}
	return strings.Join(numbers, " ")
}

func TestSearchFindsRowsByWhatIsAskedFor(t *testing.T) {
	m := newLoggmappe(t)
	for _, c := range []struct {
		want, typed string
		args        []string
	}{
		{"1 2 3 4 5 6", "", nil},
		{"1 2 5", "", []string{"--konsument", etat}},
		{"1 3", "", []string{"--produkt", "hentArbeidstaker"}},
		{"3 4", "", []string{"--avslag"}},
		{"1 2 6", ulvNr + "\n", []string{"--person"}},
		{"1 2 6 7", ulvNr[:6] + " " + ulvNr[6:] + "\r\n", []string{"--person"}}, // as people write it; row 7 tells of the search before
		{"1", ulvNr, []string{"--person", "--produkt", "hentArbeidstaker"}},
		{"", gaupeNr, []string{"--person", "--fra", "2025-04"}},
		{"1 2 3 4 5 6", "", []string{"--fra", "2025-03-30", "--til", "2025-03-30"}},
		{"", "", []string{"--til", "2025-03-29"}},
		{"1 2 3 4 5 6", "", []string{"--fra", "2025-03", "--til", "2025-03"}},
		{"3 4", "", []string{"--fra", "2025-03-30T02:30:00Z", "--til", "2025-03-30T06:30:00+02:00"}},
	} {
		if got := rowsOf(m.mustRun(c.typed, append([]string{"search"}, c.args...)...)); got != c.want {
			t.Errorf("%q finds rows %q, want %q", c.args, got, c.want)
		}
	}
}

const table = `     row  time                           consumer          product                     outcome                persons  correlation                       right
       1  2025-03-30T01:30:00.000+01:00  210000011         hentArbeidstaker            komplett                     1  aaaa                              produkt hentArbeidstaker
       2  2025-03-30T03:30:00.000+02:00  210000011         hentTrefflisteArbeidstaker  trunkert                     3  bbbb                              produkt hentTrefflisteArbeidstaker
       3  2025-03-30T04:30:00.000+02:00  219900104         hentArbeidstaker            ikkeTilgang                  1  cccc                              lacks produkt hentArbeidstaker
       4  2025-03-30T05:30:00.000+02:00  -                 innlogging                  ugyldigBruker                0  dddd                              lacks -
       5  2025-03-30T06:30:00.000+02:00  210000011         hentAntallArbeidstakere     fortrolig                    1  eeee                              -
       6  2025-03-30T07:30:00.000+02:00  drift (uid 7)     eksport                     komplett                     4  -                                 -
`

func TestSearchShowsWhoWasToldWhatInNorwaysTime(t *testing.T) {
	m := newLoggmappe(t)
	if diff := cmp.Diff(table, m.mustRun("", "search")); diff != "" {
		t.Errorf("the table (-want +got):\n%s", diff)
	}
	withNumbers := m.mustRun("", "search", "--personer", "--produkt", "hentTrefflisteArbeidstaker")
	if want := " " + revNr + " " + ulvNr + " " + gaupeNr + "\n"; !strings.HasSuffix(withNumbers, want) {
		t.Error("--personer does not show the numbers of the row's persons")
	}
}

func TestPeriodsAreNorwaysDaysAndMonths(t *testing.T) {
	for s, want := range map[string][2]string{
		"2025-03-30":           {"2025-03-29T23:00:00Z", "2025-03-30T22:00:00Z"},
		"2025-10":              {"2025-09-30T22:00:00Z", "2025-10-31T23:00:00Z"},
		"2025-03-30T00:30:00Z": {"2025-03-30T00:30:00Z", "2025-03-30T00:30:00Z"},
	} {
		from, after, err := readPeriode(s)
		if got := [2]string{from.UTC().Format(time.RFC3339), after.UTC().Format(time.RFC3339)}; got != want || err != nil {
			t.Errorf("%s is %v, want %v (%v)", s, got, want, err)
		}
	}
	for _, s := range []string{"", "2025", "2025-02-29", "2025-13", "30.03.2025", "2025-03-30 10:00"} {
		if _, _, err := readPeriode(s); err == nil {
			t.Errorf("%q is taken for a time", s)
		}
	}
}

func TestExportWritesEveryRowWithAllThatIsInIt(t *testing.T) {
	m := newLoggmappe(t)
	for format, write := range map[string]func(io.Writer, *logg.Rad) error{"json": logg.SkrivJSON, "cef": logg.SkrivCEF} {
		var want bytes.Buffer
		for i, r := range rader() {
			if r.Nr = int64(i + 1); r.Orgnr == etat {
				m.must(write(&want, &r))
			}
		}
		got := m.mustRun("", "export", "--format", format, "--konsument", etat)
		if diff := cmp.Diff(want.String(), got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", format, diff)
		}
	}
}
