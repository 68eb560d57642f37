package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"aareg/wsdl/felt"

	"github.com/google/go-cmp/cmp"
)

// written are the generated files, relative to folder wsdl.
var written = []string{"Aareg2.wsdl", "Aareg2.xsd", "Aareg2_2015.wsdl", "Aareg2_2015.xsd", "Aareg2_2015_flat.wsdl", "Aareg2_flat.wsdl",
	"FELTER.md", "bindings/bindings.go", "forespoersler.txt"}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestGeneratedIsFresh generates everything anew, from a folder that holds the
// hand-written schemas alone, and compares it with what lies in the tree.
func TestGeneratedIsFresh(t *testing.T) {
	in, out := t.TempDir(), t.TempDir()
	for _, name := range platform {
		if err := os.WriteFile(filepath.Join(in, name), []byte(read(t, "../"+name)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := run(in, out); err != nil {
		t.Fatal(err)
	}
	for _, name := range written {
		if diff := cmp.Diff(read(t, "../"+name), read(t, filepath.Join(out, name))); diff != "" {
			t.Errorf("%s is stale: go generate ./wsdl (-in the tree +generated):\n%s", name, diff)
		}
	}
	for folder, want := range map[string][]string{out: {"Aareg2.wsdl", "Aareg2.xsd", "Aareg2_2015.wsdl", "Aareg2_2015.xsd",
		"Aareg2_2015_flat.wsdl", "Aareg2_flat.wsdl", "FELTER.md", "bindings", "forespoersler.txt"}, "../bindings": {"bindings.go"}} {
		if diff := cmp.Diff(want, names(t, folder)); diff != "" {
			t.Errorf("files in %s (-want +got):\n%s", filepath.Base(folder), diff)
		}
	}
}

func names(t *testing.T, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, e := range entries {
		found = append(found, e.Name())
	}
	return found
}

// schemaText is a dialect's schema as generated from the rows.
func schemaText(t *testing.T, dialekt felt.Dialekt, rows []felt.Rad) string {
	t.Helper()
	d, err := schemaOf(dialekt, rows)
	if err != nil {
		return "refused: " + err.Error()
	}
	text, err := d.bytes()
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestEachChangedRowChangesTheSchema spoils every row in turn, in the table of
// its product; a table that was changed without generating anew therefore fails
// TestGeneratedIsFresh.
func TestEachChangedRowChangesTheSchema(t *testing.T) {
	tried := map[string]int{}
	for _, dialekt := range []felt.Dialekt{felt.Spek, felt.D2015} {
		table := dialekt.Table()
		for _, o := range dialekt.Operations() {
			product := slices.Concat(felt.Select(table, o.Navn, felt.Request), felt.Select(table, o.Navn, felt.Respons))
			product = felt.Declared(product)
			want := schemaText(t, dialekt, product)
			for i, r := range product {
				for how, rows := range sabotage(product, i) {
					tried[how]++
					if schemaText(t, dialekt, rows) == want {
						t.Errorf("%s %s %s: %s, and the schema is the same", r.Operasjon, r.Retning, r.Sti, how)
					}
				}
			}
		}
	}
	t.Logf("noticed: %v", tried)
	for _, how := range []string{"renamed", "retyped", "recounted", "swapped", "dropped"} {
		if tried[how] == 0 {
			t.Errorf("no row was %s", how)
		}
	}
}

// sabotage returns copies of the rows with row i renamed, retyped, of another
// number, dropped, and swapped with the row before it.
func sabotage(rows []felt.Rad, i int) map[string][]felt.Rad {
	edit := func(change func(*felt.Rad)) []felt.Rad {
		spoiled := slices.Clone(rows)
		change(&spoiled[i])
		return spoiled
	}
	spoiled := map[string][]felt.Rad{
		"renamed":   edit(func(r *felt.Rad) { r.Tag, r.Sti = r.Tag+"X", r.Sti+"X" }),
		"retyped":   edit(func(r *felt.Rad) { r.Type = map[bool]string{true: "aar", false: "fylkenr"}[r.Type == "fylkenr"] }),
		"recounted": edit(func(r *felt.Rad) { r.Antall = map[bool]string{true: "1", false: "0..n"}[r.Repeats()]; r.Blokk = "" }),
		"dropped":   slices.Delete(slices.Clone(rows), i, i+1),
	}
	if before := rows[max(i-1, 0)]; i > 0 && before.Retning == rows[i].Retning && before.Parent() == rows[i].Parent() {
		swapped := slices.Clone(rows)
		swapped[i-1], swapped[i] = swapped[i], swapped[i-1]
		spoiled["swapped"] = swapped
	}
	return spoiled
}

func TestUnknownTypeIsRefused(t *testing.T) {
	rows := felt.Table()
	rows[0].Type = "farge"
	want := `refused: hentAntallArbeidstakere request orgnr: no form for type "farge"`
	if diff := cmp.Diff(want, schemaText(t, felt.Spek, rows)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestFelterHasEveryRowWithItsDialectAndItsRemark(t *testing.T) {
	var want []string
	for _, r := range felt.Table() {
		want = append(want, strings.Join([]string{"`" + r.Sti + "`", cell(r.Dialekt2015()), cell(r.Merknad)}, " | "))
	}
	var got []string
	for line := range strings.Lines(read(t, "../FELTER.md")) {
		if cells := strings.Split(strings.TrimSpace(line), " | "); strings.HasPrefix(line, "| `") {
			last := append([]string{strings.TrimPrefix(cells[0], "| ")}, cells[len(cells)-2:]...)
			got = append(got, strings.TrimSuffix(strings.Join(last, " | "), " |"))
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("rows (-table +FELTER.md):\n%s", diff)
	}
}

func TestPlatformSchemaThatIsNoXMLIsRefused(t *testing.T) {
	for _, text := range []string{"", "ikke xml <", "<a>"} {
		schemas := map[string][]byte{"Brukersesjon.xsd": []byte(text), "Transaksjon.xsd": []byte("<b/>"), "Feil.xsd": []byte("<c/>")}
		if _, err := documents(schemas); err == nil {
			t.Errorf("%q passed as a schema", text)
		}
	}
}
