package main

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"

	"aareg/fixtures"
	"aareg/store"
	"aareg/store/innlesing"
)

// verden is what both builds are given: the files that their registers are made of, and what is in these.
type verden struct {
	mappe string
	fra   string // the folder that aareg generate wrote
	*utvalg
	fortellinger *utvalg    // the demo register alone
	skifte       store.Dato // the second of the days
}

// The files of the world.
const (
	demofil     = "demo.ndjson"
	endringsfil = "endringer.ndjson"
)

// lagRegistre has both builds make a register of the same records: a whole one of a made-up one and the demo register's
// stories, and then the changes of a day on top. forskjell is how the registers differ when they are written out, "" for
// not at all.
func lagRegistre(ctx context.Context, v *valg, dir string, sider []*side, fortell func(string)) (w *verden, forskjell string, err error) {
	w = &verden{mappe: dir, fra: filepath.Join(dir, "generert")}
	if err := skrivDemo(ctx, w.path(demofil)); err != nil {
		return nil, "", err
	}
	if w.fortellinger, err = lesUtvalg(w.path(demofil)); err != nil {
		return nil, "", err
	}
	fortell("making the registers")
	if err := sider[0].kall(ctx, "", "generate", "--persons", fmt.Sprint(v.personer), "--seed", fmt.Sprint(v.seed), "--out", w.fra); err != nil {
		return nil, "", err
	}
	for _, s := range sider {
		if err := s.kall(ctx, "", "import", "--db", s.path(registerfil), w.path(demofil), w.fra); err != nil {
			return nil, "", err
		}
	}
	if err := w.endre(ctx, v, sider); err != nil {
		return nil, "", err
	}
	for _, s := range sider {
		if err := s.eksporter(ctx, eksportfil); err != nil {
			return nil, "", err
		}
	}
	if w.utvalg, err = lesUtvalg(sider[0].path(eksportfil)); err != nil {
		return nil, "", err
	}
	forskjell, err = sammeLinjer(sider[0].path(eksportfil), sider[1].path(eksportfil))
	return w, forskjell, err
}

func (w *verden) path(name string) string { return filepath.Join(w.mappe, name) }

func (s *side) eksporter(ctx context.Context, name string) error {
	return s.kall(ctx, "", "export", "--without-log", "--db", s.path(registerfil), "--out", s.path(name))
}

// endre draws changes of what the first build imported, and has both import them.
func (w *verden) endre(ctx context.Context, v *valg, sider []*side) error {
	if err := sider[0].eksporter(ctx, foersteEksport); err != nil {
		return err
	}
	before, err := lesUtvalg(sider[0].path(foersteEksport))
	if err != nil {
		return err
	}
	if w.skifte = v.doegnskifte; w.skifte == 0 {
		w.skifte = before.doegnskifte()
	}
	e := endringer{utvalg: before, Rand: rand.New(rand.NewPCG(v.seed, 1)), skifte: w.skifte}
	if err := e.skriv(w.path(endringsfil)); err != nil {
		return err
	}
	for _, s := range sider {
		if err := s.kall(ctx, "", "import", "--db", s.path(registerfil), w.path(endringsfil)); err != nil {
			return err
		}
	}
	return nil
}

// skrivDemo writes the demo register as aareg's own NDJSON, with the key that it mints numbers with: so both builds mint
// the same.
func skrivDemo(ctx context.Context, path string) error {
	demo, err := fixtures.Demo()
	if err != nil {
		return err
	}
	defer demo.Close()
	var b bytes.Buffer
	err = demo.Update(ctx, func(t *store.Tx) error {
		_, err := innlesing.Skriv(t, &b, nil)
		return err
	})
	if err != nil {
		return err
	}
	return os.WriteFile(path, b.Bytes(), 0o600)
}

// sammeLinjer compares two exports as sets of lines: the order of records is a register's own. What differs first is
// returned, "" when nothing does.
func sammeLinjer(a, b string) (string, error) {
	var lines [2][][]byte
	for i, path := range []string{a, b} {
		text, err := os.ReadFile(path)
		if err != nil {
			return "", err
		}
		lines[i] = bytes.Split(text, []byte("\n"))
		slices.SortFunc(lines[i], bytes.Compare)
	}
	for i := range min(len(lines[0]), len(lines[1])) {
		if !bytes.Equal(lines[0][i], lines[1][i]) {
			return fmt.Sprintf("before: %s\nafter:  %s", lines[0][i], lines[1][i]), nil
		}
	}
	if len(lines[0]) != len(lines[1]) {
		return fmt.Sprintf("before: %d lines\nafter:  %d lines", len(lines[0]), len(lines[1])), nil
	}
	return "", nil
}
