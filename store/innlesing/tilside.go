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

// tilside is the file of records that cannot be used. It holds persons: only its owner can read it.
type tilside struct {
	f    *os.File
	w    *bufio.Writer
	left int
	max  int
}

func nyTilside(path string, max int) (*tilside, error) {
	if path == "" {
		return &tilside{}, nil
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, fmt.Errorf("import: --skip-bad: %w", err)
	}
	return &tilside{f: f, w: bufio.NewWriter(f), left: max, max: max}, nil
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
	if _, err := t.w.Write(line.Bytes()); err != nil {
		return fmt.Errorf("import: --skip-bad: %w", err)
	}
	return nil
}

// close may be called again.
func (t *tilside) close() error {
	if t.f == nil {
		return nil
	}
	err := errors.Join(t.w.Flush(), t.f.Sync(), t.f.Close())
	t.f = nil
	if err != nil {
		return fmt.Errorf("not all that was set aside is written: %w", err)
	}
	return nil
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
