package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aareg/store"
)

// long leaves a test that takes seconds to make test, which runs all.
func long(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("long: make test runs it")
	}
}

// outcome is what a run of the program printed, and its exit code.
type outcome struct {
	code           int
	stdout, stderr string
}

// runProgram runs the real program to its end.
func runProgram(t testing.TB, stdin []byte, args ...string) outcome {
	t.Helper()
	cmd := exec.Command(binary(t), args...)
	var stdout, stderr bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(stdin), &stdout, &stderr
	var failed *exec.ExitError
	if err := cmd.Run(); err != nil && !errors.As(err, &failed) {
		t.Fatal(err)
	}
	return outcome{cmd.ProcessState.ExitCode(), stdout.String(), stderr.String()}
}

// mustRun is a run that must do what it is told.
func mustRun(t testing.TB, stdin []byte, args ...string) outcome {
	t.Helper()
	o := runProgram(t, stdin, args...)
	if o.code != exitOK {
		t.Fatalf("aareg %s: exit code %d\n%s", args[0], o.code, o.stderr)
	}
	return o
}

func writeFile(t testing.TB, path, text string) string {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// delivery is two units, a person and an arbeidsforhold, as their sources deliver them.
const delivery = `{"organisasjonsnummer":"219900104","navn":"FJELLVIK REDERI AS","organisasjonsform":{"kode":"AS","beskrivelse":"Aksjeselskap"},"registreringsdatoEnhetsregisteret":"1995-02-19","maalform":"Bokmål"}
{"organisasjonsnummer":"219900120","navn":"FJELLVIK KAIANLEGG","organisasjonsform":{"kode":"BEDR","beskrivelse":"Underenhet"},"overordnetEnhet":"219900104","registreringsdatoEnhetsregisteret":"1995-02-19"}
{"navn":[{"fornavn":"Ilter","etternavn":"Ulvehode"}],"kjoenn":[{"kjoenn":"MANN"}],"foedselsdato":[{"foedselsdato":"1994-02-12"}],"adressebeskyttelse":[],"folkeregisteridentifikator":[{"identifikasjonsnummer":"12829499914","status":"I_BRUK","type":"FNR"}]}
{"navArbeidsforholdId":48000401,"navUuid":"5b1c0000-aa01-4bcd-8e00-000000000001","id":"7","type":{"kode":"ordinaertArbeidsforhold","beskrivelse":"Ordinært arbeidsforhold"},"arbeidstaker":{"identer":[{"type":"FOLKEREGISTERIDENT","ident":"12829499914","gjeldende":true}]},"arbeidssted":{"type":"Underenhet","identer":[{"type":"ORGANISASJONSNUMMER","ident":"219900120"}]},"opplysningspliktig":{"type":"Hovedenhet","identer":[{"type":"ORGANISASJONSNUMMER","ident":"219900104"}]},"ansettelsesperiode":{"startdato":"2020-01-01"},"ansettelsesdetaljer":[{"type":"Ordinaer","antallTimerPrUke":37.5,"avtaltStillingsprosent":100.0,"rapporteringsmaaneder":{"fra":"2020-01","til":null}}],"rapporteringsordning":{"kode":"A_ORDNINGEN"},"navVersjon":3}
`

// values are what of the delivery must be in nothing that the program prints.
var values = regexp.MustCompile(`(?i)219900104|219900120|12829499914|48000401|5b1c0000|fjellvik|kaianlegg|ilter|ulvehode|1994-02-12|120294`)

func checkNoValue(t *testing.T, o outcome) {
	t.Helper()
	if found := values.FindString(o.stdout + o.stderr); found != "" {
		t.Errorf("it prints a value of the delivery, of %d letters", len(found))
	}
}

const summary = `generation 2: changed what was delivered

                  read  new  changed  unchanged  removed  skipped
  arbeidsforhold     1    0        1          0        0        0
        personer     1    0        0          1        0        0
         enheter     2    0        0          2        0        0

the register: 1 arbeidsforhold, 1 personer, 2 enheter (2 in force), 0 gamle arbeidsgivere

read as:
  1 × PDL
  2 × enhet
  1 × unknown shape
  1 × v2

delivered, and without a place in the register:
  1 × enhet: maalform
  1 × v2: navVersjon

set aside (1):
  -:5: record 5 (unknown shape): a record of no known shape; its keys: foo
`

const plainLines = "reading\nputting it in force\nin force\n"

func TestSummaryCountsEveryRecordAndNoBarIsDrawnBesideATerminal(t *testing.T) {
	dir := t.TempDir()
	db, aside := filepath.Join(dir, "register"), filepath.Join(dir, "aside")
	mustRun(t, []byte(delivery), "import", "--db", db, "-")
	another := strings.Replace(delivery, `"antallTimerPrUke":37.5`, `"antallTimerPrUke":35.5`, 1)
	another += `{"foo":"Ulvehode"}` + "\n"
	o := mustRun(t, []byte(another), "import", "--db", db, "--skip-bad", aside, "-")
	if diff := cmp.Diff(summary, o.stdout); diff != "" {
		t.Errorf("the summary (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(plainLines, o.stderr); diff != "" {
		t.Errorf("what it says meanwhile (-want +got):\n%s", diff)
	}
	checkNoValue(t, o)
	text, err := os.ReadFile(aside)
	if want := strings.SplitAfter(another, "\n")[4]; err != nil || string(text) != want {
		t.Errorf("the record set aside is not as it was delivered (%v)", err)
	}
	if info, err := os.Stat(aside); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others can read what was set aside (%v)", err)
	}
}

func TestErrorsNameThePlaceAndNoValue(t *testing.T) {
	db := filepath.Join(t.TempDir(), "register")
	mustRun(t, []byte(delivery), "import", "--db", db, "-")
	before := mustRun(t, nil, "export", "--without-log", "--db", db).stdout
	for _, c := range []struct{ name, old, new, says string }{
		{"unit above itself", `"overordnetEnhet":"219900104"`, `"overordnetEnhet":"219900120"`, ":2: record 2 (enhet): overordnetEnhet: "},
		{"person of a number with letters", `"identifikasjonsnummer":"12829499914"`, `"identifikasjonsnummer":"1282949991x"`, ":3: record 3 (PDL): "},
		{"day that is none", `"startdato":"2020-01-01"`, `"startdato":"1994-02-12x"`, ":4: record 4 (v2): ansettelsesperiode.startdato: "},
		{"text for a figure", `"antallTimerPrUke":37.5`, `"antallTimerPrUke":"Ulvehode"`, ":4: record 4 (v2): "},
		{"name for a uuid", `"navUuid":"5b1c0000-aa01-4bcd-8e00-000000000001"`, `"navUuid":"Ulvehode"`, ":4: record 4 (v2): "},
		{"key twice", `"kjoenn":[{"kjoenn":"MANN"}]`, `"navn":[{"etternavn":"Ulvehode"}]`, ":3: record 3"},
		{"quote that does not end", `"etternavn":"Ulvehode"`, `"etternavn":"Ulvehode`, ":3: record 3"},
		{"shape that nobody knows", strings.SplitAfter(delivery, "\n")[2], `{"Ulvehode":"12829499914"}` + "\n", ":3: record 3"},
		{"half a record", delivery[len(delivery)-300:], "", ":4: record 4: the file ends "},
	} {
		t.Run(c.name, func(t *testing.T) {
			file := writeFile(t, filepath.Join(t.TempDir(), "delivery.ndjson"), strings.Replace(delivery, c.old, c.new, 1))
			o := runProgram(t, nil, "import", "--db", db, file)
			if o.code != exitFailed || o.stdout != "" || !strings.Contains(o.stderr, file+c.says) {
				t.Errorf("exit code %d, it says:\n%s%s", o.code, o.stdout, strings.ReplaceAll(o.stderr, file, "FILE"))
			}
			checkNoValue(t, o)
		})
	}
	if after := mustRun(t, nil, "export", "--without-log", "--db", db).stdout; after != before {
		t.Error("an import that failed has changed the register")
	}
}

func TestExitCodesTellDoneFailedAndCalledWrongly(t *testing.T) {
	dir := t.TempDir()
	db, file := filepath.Join(dir, "register"), writeFile(t, filepath.Join(dir, "delivery"), delivery)
	empty := writeFile(t, filepath.Join(dir, "empty"), "")
	mustRun(t, nil, "import", "--db", db, file)
	before := mustRun(t, nil, "export", "--without-log", "--db", db).stdout
	gone := writeFile(t, filepath.Join(dir, "gone"), `{"slett":{"navArbeidsforholdId":48000401}}`+"\n")
	for _, c := range []struct {
		code int
		says string
		args []string
	}{
		{exitOK, "(a trial: nothing is kept)", []string{"import", "--db", db, "--dry-run", "--allow-shrink", gone}},
		{exitFailed, "--allow-shrink", []string{"import", "--db", db, gone}},
		{exitFailed, "no such file", []string{"import", "--db", db, filepath.Join(dir, "none")}},
		{exitFailed, "file exists", []string{"import", "--db", db, "--skip-bad", file, file}},
		{exitFailed, "cannot be read", []string{"import", "--db", file, file}},
		{exitUsage, "--db", []string{"import", file}},
		{exitUsage, "no files", []string{"import", "--db", db}},
		{exitUsage, "--skip-bad-max", []string{"import", "--db", db, "--skip-bad-max", "0", file}},
		{exitUsage, "import --help", []string{"import", "--fast", file}},
		{exitFailed, "is there already", []string{"export", "--without-log", "--db", db, "--out", file}},
		{exitFailed, "no such file", []string{"export", "--without-log", "--db", filepath.Join(dir, "none")}},
		{exitFailed, "cannot be read", []string{"export", "--without-log", "--db", file}},
		{exitUsage, "--db", []string{"export"}},
		{exitUsage, "--logg, --without-log", []string{"export", "--db", db}},
		{exitUsage, "--logg, --without-log", []string{"export", "--without-log", "--db", db, "--logg", file}},
		{exitFailed, "audit log", []string{"export", "--db", db, "--logg", file}},
		{exitUsage, "nothing but flags", []string{"export", "--without-log", "--db", db, "x"}},
		{exitOK, "integrity       ok", []string{"status", "--db", db}},
		{exitFailed, "no such file", []string{"status", "--db", filepath.Join(dir, "none")}},
		{exitFailed, "not a register", []string{"status", "--db", empty}},
		{exitUsage, "--db", []string{"status"}},
		{exitUsage, "--persons", []string{"generate", "--persons", "0"}},
		{exitUsage, "--persons", []string{"generate", "--persons", "9000000"}},
		{exitUsage, "aareg generate", []string{"generate", "10"}},
	} {
		o := runProgram(t, nil, c.args...)
		if o.code != c.code || !strings.Contains(o.stdout+o.stderr, c.says) {
			t.Errorf("%q: exit code %d, want %d; it says:\n%s%s", c.args, o.code, c.code, o.stdout, o.stderr)
		}
		checkNoValue(t, o)
	}
	if after := mustRun(t, nil, "export", "--without-log", "--db", db).stdout; after != before {
		t.Error("the register has changed")
	}
}

func TestSecondImportIsRefusedWhileOneIsUnderWay(t *testing.T) {
	dir := t.TempDir()
	db := filepath.Join(dir, "register")
	mustRun(t, []byte(delivery), "import", "--db", db, "-")
	lock, err := store.Lock(db)
	if err != nil {
		t.Fatal(err)
	}
	o := runProgram(t, []byte(delivery), "import", "--db", db, "-")
	if o.code != exitFailed || !strings.Contains(o.stderr, "another import") {
		t.Errorf("exit code %d: %s", o.code, o.stderr)
	}
	lock.Unlock()
	mustRun(t, []byte(delivery), "import", "--db", db, "-")
}

func TestExportMakesTheSameRegisterAgain(t *testing.T) {
	long(t)
	dir := t.TempDir()
	first, second, out := filepath.Join(dir, "first"), filepath.Join(dir, "second"), filepath.Join(dir, "out")
	generated := mustRun(t, nil, "generate", "--persons", "2000")
	mustRun(t, []byte(generated.stdout), "import", "--db", first, "-")
	exported := mustRun(t, nil, "export", "--without-log", "--db", first)
	mustRun(t, []byte(exported.stdout), "import", "--db", second, "-")
	mustRun(t, nil, "export", "--without-log", "--db", second, "--out", out)
	again, err := os.ReadFile(out)
	if err != nil || string(again) != exported.stdout || len(again) == 0 {
		t.Errorf("of %d bytes exported come %d others (%v)", len(exported.stdout), len(again), err)
	}
	if info, err := os.Stat(out); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others can read the export (%v)", err)
	}
	if bar := strings.ContainsAny(generated.stderr+exported.stderr, "\r\x1b"); bar {
		t.Error("a bar is drawn where there is no terminal")
	}
}

func TestHelpNamesEveryFlag(t *testing.T) {
	flag := regexp.MustCompile(`(?m)^  --([a-z-]+)`)
	for name, want := range map[string]string{
		"import": "allow-shrink db dry-run fetch full skip-bad skip-bad-max", "export": "db logg logg-noekkel out without-log", "status": "db", "generate": "db out persons seed",
	} {
		o := mustRun(t, nil, name, "--help")
		var got []string
		for _, found := range flag.FindAllStringSubmatch(o.stdout, -1) {
			got = append(got, found[1])
		}
		if strings.Join(got, " ") != want || o.stderr != "" || !strings.HasPrefix(o.stdout, "aareg "+name+" ") {
			t.Errorf("%s: %s", name, o.stdout+o.stderr)
		}
	}
}
