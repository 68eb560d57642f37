package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"aareg/store/sqlite"
)

// builderSettings make a file that nobody reads yet: should the import die, it is thrown away, so there is no journal
// and nothing waits for the disk.
const builderSettings = `PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA main.locking_mode = EXCLUSIVE;
	PRAGMA temp_store = FILE; PRAGMA threads = 2; `

func build(ctx context.Context, unfinished, old string, told Faser, fill func(t, old *Tx) error) error {
	f, err := os.OpenFile(unfinished, os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("import: %w", err)
	}
	f.Close() // nothing was written
	c, err := dialFile(unfinished, "")
	if err != nil {
		return fmt.Errorf("import: %w", err)
	}
	defer func() {
		if c != nil {
			c.Close()
		}
	}()
	if err := c.Script(builderSettings + heading + schema + mottaAnkomne); err != nil {
		return fmt.Errorf("import: %w", err)
	}
	t := newTx(ctx, c)
	t.ny, t.beroert.alt = true, true // everything is made, once, when all is in
	t.told = told
	if err := t.fillFrom(old, told, fill); err != nil {
		return outcome(err)
	}
	told.at("check")
	if err := t.quickCheck(); err != nil {
		return err
	}
	if err := c.Script("PRAGMA journal_mode = WAL"); err != nil {
		return fmt.Errorf("import: %w", outcome(err))
	}
	c.Close()
	c = nil
	return nil
}

// fillFrom fills a new register beside an old one ("" for none).
func (t *Tx) fillFrom(old string, told Faser, fill func(t, old *Tx) error) error {
	key, err := nyUtstedelsesnoekkel()
	if err != nil {
		return err
	}
	if err := t.exec(setVerdi, "utstedelsesnoekkel", key); err != nil {
		return err
	}
	if old == "" {
		return t.run(func(t *Tx) error { told.at("write"); return fill(t, nil) })
	}
	if err := t.exec(`ATTACH ?1 AS forrige`, sqlite.URI(old, "mode", "ro")); err != nil {
		return err
	}
	t.forrige = true
	return lesFil(t.ctx, old, func(before *Tx) error {
		if err := t.inherit(before); err != nil {
			return err
		}
		err := t.run(func(t *Tx) error { told.at("write"); return fill(t, before) })
		// The one who may write closes the old file last, and clears away the log beside it.
		t.forrige = false
		return errors.Join(err, t.c.Script(`DETACH forrige`))
	})
}

// lesFil reads a register's file in one snapshot, without opening it for questions.
func lesFil(ctx context.Context, file string, read func(*Tx) error) error {
	c, err := dialFile(file, "") // a log beside it may have to be read in
	if err != nil {
		return err
	}
	defer c.Close()
	t := newTx(ctx, c)
	if err := t.heading(eldsteLest); err != nil {
		return err
	}
	if err := c.Script("BEGIN"); err != nil {
		return err
	}
	defer func() { _ = c.Script("ROLLBACK") }() // it has only read
	if err := t.loadKoder(); err != nil {
		return err
	}
	return read(t)
}

// dialFile connects one who writes.
func dialFile(file, vfs string) (*sqlite.Conn, error) {
	c, err := sqlite.Open(sqlite.URI(file, where(vfs)...))
	if err != nil {
		return nil, err
	}
	if err := c.Script(connSettings); err != nil {
		c.Close()
		return nil, err
	}
	return c, nil
}

// heading refuses what is no register, or one of an older version than that, or a newer one.
func (t *Tx) heading(eldste int) error {
	var id, version int
	if _, err := t.one("PRAGMA application_id", nil, &id); err != nil {
		return fmt.Errorf("not a register, or not one that can be read now: %w", err)
	}
	if _, err := t.one("PRAGMA user_version", nil, &version); err != nil {
		return outcome(err)
	}
	return checkHeading(id, version, eldste)
}

// Amend changes the register at path in place, all at once or not at all. The caller holds the lock.
func Amend(ctx context.Context, path string, told Faser, change func(*Tx) error) error {
	file, err := filepath.EvalSymlinks(path)
	if err != nil {
		return fmt.Errorf("import: %w", err)
	}
	if err := tidy(path, file); err != nil {
		return err
	}
	c, err := dialFile(file, "")
	if err != nil {
		return fmt.Errorf("import: %w", outcome(err))
	}
	defer c.Close()
	t := newTx(ctx, c)
	if err := t.heading(schemaVersion); err != nil {
		return fmt.Errorf("import: %w", err)
	}
	t.told = told
	told.at("write")
	if err := t.run(change); err != nil {
		return outcome(err)
	}
	told.at("swapped")
	// What was removed lies in the log until the log is emptied. Readers of older snapshots may hold it open; the next
	// change empties it then.
	if _, err := c.EmptyLog(); err != nil {
		return &Etterpaa{fmt.Errorf("the log is not emptied: %w", outcome(err))}
	}
	return nil
}

// inherit takes over what the register knows of itself: its key, its count of minted numbers, its generation, and its
// codes, whose numbers go on, so that documents of the two can be compared.
func (t *Tx) inherit(old *Tx) error {
	err := old.each(`SELECT noekkel, verdi FROM register`, nil, func(row *sqlite.Stmt) error {
		return t.exec(setVerdi, string(row.Bytes(0)), slices.Clone(row.Bytes(1)))
	})
	if err != nil {
		return err
	}
	return t.exec(`INSERT INTO kode SELECT * FROM forrige.kode`)
}

// Generasjon is which state of the register this is, counted from 1, and when it was imported.
type Generasjon struct {
	Nummer  int
	Innlest time.Time
}

// NyGenerasjon counts the state that this change makes.
func (t *Tx) NyGenerasjon(now time.Time) (int, error) {
	g, err := t.Generasjon()
	if err != nil {
		return 0, err
	}
	if err := t.exec(setVerdi, "generasjon", strconv.Itoa(g.Nummer+1)); err != nil {
		return 0, err
	}
	return g.Nummer + 1, t.exec(setVerdi, "innlest", now.UTC().Format(time.RFC3339))
}

// Generasjon is the state that is read; number 0 was never imported.
func (t *Tx) Generasjon() (g Generasjon, err error) {
	var number, when string
	if _, err := t.one(getVerdi, []any{"generasjon"}, &number); err != nil {
		return g, err
	}
	if _, err := t.one(getVerdi, []any{"innlest"}, &when); err != nil || number == "" {
		return g, err
	}
	if g.Nummer, err = strconv.Atoi(number); err != nil {
		return g, errDok
	}
	if g.Innlest, err = time.Parse(time.RFC3339, when); err != nil {
		return g, errDok
	}
	return g, nil
}

// quickCheck has SQLite look through the whole file, but for whether indexes and tables say the same.
func (t *Tx) quickCheck() error {
	var verdict string
	if _, err := t.one(`PRAGMA quick_check(1)`, nil, &verdict); err != nil || verdict != "ok" {
		return errors.Join(errors.New("the register is damaged: integrity check failed"), err)
	}
	return nil
}

// AmendForrige changes the generation before the one in force, which nobody asks any more. One that this program cannot
// change is removed. The caller holds the lock.
func AmendForrige(ctx context.Context, path string, change func(*Tx) error) error {
	file, err := Forrige(path)
	if err != nil || file == "" {
		return err
	}
	// A server may still have one open that was a file by itself, under another name and with another log.
	if file != generasjonsfil(path, 0) && Amend(ctx, file, nil, change) == nil {
		return nil
	}
	return removeRegister(file)
}
