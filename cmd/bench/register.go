package main

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"
)

// registers makes registers with a program, and keeps them in the user's cache from one run to the next.
type registers struct {
	folder string
	fresh  bool // make them anew
}

// made is a register, and what making it took, now or when it was made.
type made struct {
	file  string
	bytes int64
	took  time.Duration
}

// smallRegister is how many persons the register has by which two programs are told apart.
const smallRegister = 1000

// get is a program's own register of some persons. It is known by what the program makes of a small register, byte for
// byte: a program that would make it otherwise gets another.
func (r registers) get(ctx context.Context, program string, persons int) (m made, err error) {
	key, err := r.key(ctx, program)
	if err != nil {
		return m, err
	}
	m.file = filepath.Join(r.folder, fmt.Sprintf("%d-%s.db", persons, key))
	if r.fresh {
		if err := remove(m.file); err != nil {
			return m, err
		}
	}
	if _, err := os.Stat(m.file); err != nil {
		told("making a register of %d persons", persons)
		began := time.Now()
		if err := generate(ctx, program, m.file+".new", persons); err != nil {
			return m, err
		}
		if err := os.WriteFile(m.file+".took", []byte(time.Since(began).String()), 0o600); err != nil {
			return m, err
		}
		if err := rename(m.file); err != nil {
			return m, err
		}
	}
	info, err := os.Stat(m.file)
	if err != nil {
		return m, err
	}
	m.bytes = info.Size()
	text, err := os.ReadFile(m.file + ".took")
	if err != nil {
		return m, err
	}
	m.took, err = time.ParseDuration(string(text))
	return m, err
}

func generate(ctx context.Context, program, file string, persons int) error {
	if err := remove(file); err != nil {
		return err
	}
	out, err := exec.CommandContext(ctx, program, "generate", "--persons", strconv.Itoa(persons), "--db", file).CombinedOutput()
	if err != nil {
		return fmt.Errorf("generate: %w: %s", err, out)
	}
	return nil
}

// rename gives a whole register its name: the file itself, not the link that the program sets to it.
func rename(file string) error {
	real, err := filepath.EvalSymlinks(file + ".new")
	if err != nil {
		return err
	}
	if err := os.Rename(real, file); err != nil {
		return err
	}
	return remove(file + ".new")
}

// remove removes a register and what lies beside it.
func remove(file string) error {
	files, err := filepath.Glob(file + "*")
	for _, f := range files {
		if err := os.Remove(f); err != nil {
			return err
		}
	}
	return err
}

func (r registers) key(ctx context.Context, program string) (string, error) {
	if err := os.MkdirAll(r.folder, 0o700); err != nil {
		return "", err
	}
	dir, err := os.MkdirTemp(r.folder, "key-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "register")
	if err := generate(ctx, program, file, smallRegister); err != nil {
		return "", err
	}
	return digest(ctx, file)
}

// digest is a hash of the version, the schema and the rows of a register, but of the table register, which holds a key and a time.
func digest(ctx context.Context, file string) (string, error) {
	db, err := sql.Open("sqlite", "file:"+file+"?mode=ro")
	if err != nil {
		return "", err
	}
	defer db.Close()
	hash := sha256.New()
	for _, query := range []string{`PRAGMA user_version`, `SELECT name || coalesce(sql, '') FROM sqlite_schema ORDER BY name`} {
		lines, err := column(ctx, db, query)
		if err != nil {
			return "", err
		}
		fmt.Fprintln(hash, lines)
	}
	tables, err := column(ctx, db, `SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'register' AND name NOT LIKE 'sqlite%' ORDER BY name`)
	if err != nil {
		return "", err
	}
	for _, table := range tables {
		fmt.Fprintln(hash, table)
		if err := eachRow(ctx, db, `SELECT * FROM "`+table+`"`, func(row []any) { fmt.Fprintln(hash, row...) }); err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(hash.Sum(nil)[:8]), nil
}

func eachRow(ctx context.Context, db *sql.DB, query string, each func(row []any)) error {
	r, err := db.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer r.Close()
	columns, err := r.Columns()
	if err != nil {
		return err
	}
	row, into := make([]any, len(columns)), make([]any, len(columns))
	for i := range row {
		into[i] = &row[i]
	}
	for r.Next() {
		if err := r.Scan(into...); err != nil {
			return err
		}
		each(row)
	}
	return r.Err()
}
