package innlesing

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"aareg/store/kilder"
)

// tilside is the file of records that cannot be used. It holds persons: only its owner can read it. A trial makes none.
type tilside struct {
	f    *os.File
	w    *bufio.Writer
	left int
	max  int
}

func nyTilside(v Valg) (*tilside, error) {
	t := &tilside{left: v.TilsideMaks, max: v.TilsideMaks}
	if v.Tilside == "" || v.Proev {
		return t, nil
	}
	f, err := os.OpenFile(v.Tilside, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, fmt.Errorf("import: --skip-bad: %w", err)
	}
	t.f, t.w = f, bufio.NewWriter(f)
	return t, nil
}

// add writes a record as one line.
func (t *tilside) add(f *kilder.Feil) error {
	if t.left--; t.left < 0 {
		return errors.Join(f, fmt.Errorf("more than %d records cannot be used: is the file what it should be?", t.max))
	}
	var line bytes.Buffer
	if json.Compact(&line, f.Raa) != nil {
		line.Reset()
		line.Write(f.Raa)
	}
	line.WriteByte('\n')
	if t.f == nil {
		return nil
	}
	if _, err := t.w.Write(line.Bytes()); err != nil {
		return fmt.Errorf("import: --skip-bad: %w", err)
	}
	return nil
}

// sync has all that was set aside on the disk before the rest is in force.
func (t *tilside) sync() error {
	if t.f == nil {
		return nil
	}
	if err := errors.Join(t.w.Flush(), t.f.Sync()); err != nil {
		return fmt.Errorf("import: --skip-bad: %w", err)
	}
	return nil
}

// close keeps the file of an import that was stored, and no other.
func (t *tilside) close(stored bool) {
	if t.f == nil {
		return
	}
	t.f.Close() // sync has said what was wrong
	if !stored {
		os.Remove(t.f.Name())
	}
}

// skrivHentes writes the keys of what must still be fetched.
func (l *leser) skrivHentes() error {
	if len(l.hentes) == 0 || l.valg.Hentes == "" {
		return nil
	}
	f, err := os.OpenFile(l.valg.Hentes, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("the keys to fetch are not written: %w", err)
	}
	w := bufio.NewWriter(f)
	lines := json.NewEncoder(w)
	for _, k := range l.hentes {
		err = errors.Join(err, lines.Encode(k))
	}
	return errors.Join(err, w.Flush(), f.Sync(), f.Close())
}
