package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// checkNew refuses a file, named by a flag, that is there already.
func checkNew(path, flagName string) error {
	if _, err := os.Lstat(path); path != "" && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s: %s is there already", flagName, path)
	}
	return nil
}

// writeNew writes a file that is not there yet, which only its owner can read. It gets its name when it is whole: half of
// one must not be taken for it.
func writeNew(path, flagName string, write func(io.Writer) error) error {
	if err := checkNew(path, flagName); err != nil {
		return err
	}
	// A name that nobody can foresee, and so nobody can have led elsewhere.
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.ny")
	if err != nil {
		return err
	}
	defer f.Close()
	if err = write(f); err == nil {
		err = f.Sync()
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		os.Remove(f.Name())
	}
	return err
}
