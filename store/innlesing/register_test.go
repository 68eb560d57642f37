package innlesing_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"aareg/store/innlesing"
	"aareg/store/kilder"
)

// imported is when imports in tests take place.
var imported = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

// register is a register in a folder of its own.
type register struct {
	t  *testing.T
	db string
}

func newRegister(t *testing.T) *register {
	t.Helper()
	return &register{t, filepath.Join(t.TempDir(), "aareg.db")}
}

// file writes a file of records beside the register.
func (r *register) file(lines ...string) string {
	r.t.Helper()
	f, err := os.CreateTemp(r.t.TempDir(), "*")
	if err != nil {
		r.t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.WriteString(strings.Join(lines, "\n") + "\n"); err != nil {
		r.t.Fatal(err)
	}
	return f.Name()
}

func (r *register) valg(change ...func(*innlesing.Valg)) innlesing.Valg {
	v := innlesing.Valg{DB: r.db, Naa: func() time.Time { return imported }}
	for _, c := range change {
		c(&v)
	}
	return v
}

// full, shrinking and the like are choices of an import.
func full(v *innlesing.Valg)      { v.Full = true }
func shrinking(v *innlesing.Valg) { v.TillatKrymp = true }
func trying(v *innlesing.Valg)    { v.Proev = true }

func withFiles(names ...string) func(*innlesing.Valg) {
	return func(v *innlesing.Valg) { v.Filer = append(v.Filer, names...) }
}

// try imports records, one a line.
func (r *register) try(records []string, change ...func(*innlesing.Valg)) (*innlesing.Sammendrag, error) {
	r.t.Helper()
	return innlesing.Importer(r.t.Context(), r.valg(append(change, withFiles(r.file(records...)))...))
}

// take imports records that must be taken.
func (r *register) take(records []string, change ...func(*innlesing.Valg)) *innlesing.Sammendrag {
	r.t.Helper()
	s, err := r.try(records, change...)
	if err != nil {
		r.t.Fatal(err)
	}
	return s
}

// export is the register as aareg's own NDJSON.
func (r *register) export() []string {
	r.t.Helper()
	var b bytes.Buffer
	n, err := innlesing.Eksporter(r.t.Context(), r.db, &b, nil, nil)
	if err != nil {
		r.t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
	if len(lines) != n {
		r.t.Fatalf("%d records told of, %d written", n, len(lines))
	}
	return lines
}

// again is the register that the import of its export makes.
func (r *register) again() *register {
	r.t.Helper()
	other := newRegister(r.t)
	other.take(r.export())
	return other
}

// dump is all there is in the register.
func (r *register) dump() dump {
	r.t.Helper()
	return dumpOf(r.t, r.db)
}

// line is a post in aareg's own format.
func line(t *testing.T, p kilder.Post) string {
	t.Helper()
	b, err := kilder.Skriv(nil, &p)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSuffix(string(b), "\n")
}
