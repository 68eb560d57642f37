package innlesing_test

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	_ "modernc.org/sqlite" // the driver "sqlite"

	"aareg/store"
)

// dump is all that a register holds, by table, each row as a line. What is only this file's way to say it (row
// numbers, numbers of codes, where lists are cut) is resolved, so that registers that say the same are equal.
type dump map[string][]string

// queries are the tables but the packed ones. Rows are told by kind and number, names by their text in their order.
var queries = map[string]string{
	"register": `SELECT noekkel, CAST(verdi AS BLOB) AS verdi FROM register WHERE noekkel NOT IN ('generasjon', 'innlest', 'antall') ORDER BY 1`,
	"kode":     `SELECT kodeverk, kode, beskrivelse FROM kode ORDER BY 1, 2, 3`,
	"aktoer": `SELECT slag || ':' || nummer AS aktoer, navn, gradering, oppgitt, som_arbeidstaker, som_arbeidsgiver
		FROM aktoer ORDER BY slag, nummer`,
	"tidligere_nummer": `SELECT n.nummer, a.slag || ':' || a.nummer AS aktoer FROM tidligere_nummer n LEFT JOIN aktoer a USING (aktoer)
		ORDER BY n.nummer, a.slag, a.nummer`,
	"person": `SELECT a.nummer, p.kjoenn, p.foedselsdato, p.doedsdato FROM person p LEFT JOIN aktoer a USING (aktoer) ORDER BY a.nummer`,
	"personnavn": `SELECT a.nummer, n.historisk, n.etternavn, n.fornavn, n.mellomnavn, e.ord
		FROM personnavn n LEFT JOIN aktoer a USING (aktoer) LEFT JOIN etternavn e USING (liste) ORDER BY a.nummer, n.navn`,
	"etternavn":    `SELECT ord, fonetisk, merke, fra FROM etternavn ORDER BY ord`,
	"etternavnord": `SELECT o.fonetisk, o.ord, e.ord AS etternavn FROM etternavnord o LEFT JOIN etternavn e USING (liste) ORDER BY 1, 2, 3`,
	"enhet": `SELECT a.nummer, e.enhkode, e.enhtype_beskr, o.nummer AS overordnet, e.fadresse, e.fpostnr, e.fpoststed, e.kommunenr,
			e.kommune, e.landkode, e.land, e.postadresse, e.registreringsdato, e.stiftelsesdato, e.oppstartsdato, e.opphoert,
			e.opphoersdato, e.virksomhetsoverdragelse
		FROM enhet e LEFT JOIN aktoer a USING (aktoer) LEFT JOIN aktoer o ON o.aktoer = e.overordnet ORDER BY a.nummer`,
	"tidligere_overordnet": `SELECT o.nummer AS overordnet, a.nummer, t.til FROM tidligere_overordnet t
		LEFT JOIN aktoer a ON a.aktoer = t.enhet LEFT JOIN aktoer o ON o.aktoer = t.overordnet ORDER BY 2, 1`,
	"enhetsnavn": `SELECT a.slag || ':' || a.nummer AS aktoer, n.historisk, n.fra, n.til, n.tekst, n.ord, n.fonetisk
		FROM enhetsnavn n LEFT JOIN aktoer a USING (aktoer) ORDER BY a.slag, a.nummer, n.navn`,
	"arbeidsforhold": `SELECT f.arbeidsforhold_id, f.utstedt_id, f.uuid, t.slag || ':' || t.nummer AS arbeidstaker,
			g.slag || ':' || g.nummer AS arbeidsgiver, o.slag || ':' || o.nummer AS opplysningspliktig, f.begyntdato, f.sluttetdato, f.skjerming
		FROM arbeidsforhold f LEFT JOIN aktoer t ON t.aktoer = f.arbeidstaker LEFT JOIN aktoer g ON g.aktoer = f.arbeidsgiver
		LEFT JOIN aktoer o ON o.aktoer = f.opplysningspliktig ORDER BY 1`,
	"arbeidstakerantall": `SELECT a.slag || ':' || a.nummer AS aktoer, n.fra, n.dok FROM arbeidstakerantall n
		LEFT JOIN aktoer a USING (aktoer) ORDER BY a.slag, a.nummer, n.fra`,
}

// dumpOf reads the register that is in force at a path.
func dumpOf(t *testing.T, path string) dump {
	t.Helper()
	db := open(t, path)
	d := dump{"dok": documents(t, path), "arbeidsgiverliste": lists(t, db), "arbeidstakerliste": employees(t, db)}
	for table, query := range queries {
		d[table] = rows(t, db, query)
	}
	d["enhetsliste"], d["personliste"] = unitsFound(t, path, db), personsFound(t, path, db)
	return d
}

func open(t *testing.T, path string) *sql.DB {
	t.Helper()
	file, err := filepath.EvalSymlinks(path)
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", "file:"+file+"?mode=rw")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func rows(t *testing.T, db *sql.DB, query string) (lines []string) {
	t.Helper()
	found, err := db.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer found.Close()
	names, err := found.Columns()
	if err != nil {
		t.Fatal(err)
	}
	values, into := make([]any, len(names)), make([]any, len(names))
	for i := range values {
		into[i] = &values[i]
	}
	for found.Next() {
		if err := found.Scan(into...); err != nil {
			t.Fatal(err)
		}
		var line strings.Builder
		for i, v := range values {
			fmt.Fprintf(&line, "%s=%s ", names[i], cell(v))
		}
		lines = append(lines, line.String())
	}
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	return lines
}

func cell(v any) string {
	switch v := v.(type) {
	case []byte:
		return fmt.Sprintf("%x", v)
	case string:
		return fmt.Sprintf("%q", v)
	}
	return fmt.Sprint(v)
}

// documents are the arbeidsforhold as they are unpacked, by their number.
func documents(t *testing.T, path string) (lines []string) {
	t.Helper()
	var found []*store.Arbeidsforhold
	err := store.Read(t.Context(), path, func(tx *store.Tx) error {
		return tx.AlleArbeidsforhold(func(a *store.Arbeidsforhold) error {
			found = append(found, a)
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(found, func(x, y *store.Arbeidsforhold) int { return int(x.ArbeidsforholdId - y.ArbeidsforholdId) })
	for _, a := range found {
		text, err := json.Marshal(a)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, string(text))
	}
	return lines
}

// diff says how two registers differ, but for tables that are not asked about.
func diff(want, got dump, but ...string) string {
	left, right := dump{}, dump{}
	for table := range want {
		if w, g := want[table], got[table]; !slices.Contains(but, table) && !slices.Equal(w, g) {
			left[table], right[table] = differing(w, g)
		}
	}
	return cmp.Diff(left, right)
}

// differing are the lines that are not in both, at most a few; of lines that stand in another order, all.
func differing(want, got []string) (left, right []string) {
	const most = 12
	left, right = missing(want, got), missing(got, want)
	if len(left)+len(right) == 0 {
		return want, got
	}
	return left[:min(len(left), most)], right[:min(len(right), most)]
}

// missing are the lines that other does not have, or does not have as often.
func missing(lines, other []string) (left []string) {
	have := map[string]int{}
	for _, line := range other {
		have[line]++
	}
	for _, line := range lines {
		if have[line]--; have[line] < 0 {
			left = append(left, line)
		}
	}
	return left
}

// intact fails for a register that SQLite finds anything wrong with, or that counts itself wrong.
func intact(t *testing.T, path string) {
	t.Helper()
	err := store.Read(t.Context(), path, func(tx *store.Tx) error {
		kept, err := tx.SistAntall()
		if err != nil {
			return err
		}
		counted, err := tx.Antall()
		counted.UkjentePersoner, kept.UkjentePersoner = 0, 0 // are counted when they are asked for
		if diff := cmp.Diff(counted, kept); diff != "" {
			t.Errorf("the counts that are kept (-counted +kept):\n%s", diff)
		}
		return errors.Join(err, tx.Integrity())
	})
	if err != nil {
		t.Error(err)
	}
}
