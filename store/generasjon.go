package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
)

// A register that is imported is a link to the file of its generation, NAME.g7, so that a new file can take its place
// at once, whoever reads meanwhile. NAME.lock is held by the one import under way; what one that died left behind,
// NAME.g8.ny, the next removes. The generation before is kept, and none older.

const (
	generasjonsmerke = ".g"
	uferdig          = ".ny"
)

// Registersti is the path that a register's files are named by: where links lead, but for the last, which leads to the
// generation in force.
func Registersti(path string) string {
	if base, n, found := cutLast(path, generasjonsmerke); found && n != "" && digits(n, len(n)) {
		if target, err := os.Readlink(base); err == nil && target == filepath.Base(path) {
			return base // the file itself was named
		}
	}
	for range 40 { // as many links as the system follows
		target, err := os.Readlink(path)
		if err != nil {
			return path // no link, or nothing there yet
		}
		if n, ours := strings.CutPrefix(target, filepath.Base(path)+generasjonsmerke); ours && digits(n, len(n)) {
			return path
		}
		if !filepath.IsAbs(target) {
			target = filepath.Join(filepath.Dir(path), target)
		}
		path = target
	}
	return path
}

func cutLast(s, sep string) (before, after string, found bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

// Etterpaa is what went wrong when a change was stored and in force already: what was to be cleared up after it.
type Etterpaa struct{ Err error }

func (e *Etterpaa) Error() string { return fmt.Sprintf("it is stored, but %v", e.Err) }

// Unwrap is what went wrong.
func (e *Etterpaa) Unwrap() error { return e.Err }

// ErrImporterer says that somebody else is importing into the register.
var ErrImporterer = errors.New("another import into this register is under way")

// Laas is the right to change a register's files.
type Laas struct{ f *os.File }

// Lock waits for nobody: ErrImporterer says that another holds it.
func Lock(path string) (*Laas, error) {
	f, err := os.OpenFile(path+".lock", os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("import: %w", err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		f.Close()
		return nil, ErrImporterer
	}
	return &Laas{f}, nil
}

// Unlock ends it. The file stays: removing it would let two hold locks of one name.
func (l *Laas) Unlock() { l.f.Close() }

// generasjonsfiler are the numbers of the generations that have a file, the newest last.
func generasjonsfiler(path string) (numbers []int, err error) {
	names, err := filepath.Glob(escapeGlob(path) + generasjonsmerke + "*")
	for _, name := range names {
		if n, err := strconv.Atoi(strings.TrimPrefix(name, path+generasjonsmerke)); err == nil {
			numbers = append(numbers, n)
		}
	}
	slices.Sort(numbers)
	return numbers, err
}

func escapeGlob(path string) string {
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(path)
}

func generasjonsfil(path string, n int) string {
	return path + generasjonsmerke + strconv.Itoa(n)
}

// Faser are told of as a new generation is made; nil is not told.
type Faser func(fase string)

func (f Faser) at(fase string) {
	if f != nil {
		f(fase)
	}
}

// Replace makes a new generation of the register at path in a file of its own, fills it, checks it and puts it in the
// old one's place, all at once; when anything fails, the register stays as it was. The old generation, if there is
// one, is open to fill (nil otherwise), and the numbers it minted go on. The caller holds the lock.
func Replace(ctx context.Context, path string, told Faser, fill func(t *Tx, old *Tx) error) error {
	old, err := filepath.EvalSymlinks(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("import: %w", err)
	}
	numbers, err := generasjonsfiler(path)
	if err != nil {
		return fmt.Errorf("import: %w", err)
	}
	n := 1
	if len(numbers) > 0 {
		n = numbers[len(numbers)-1] + 1
	}
	file := generasjonsfil(path, n)
	unfinished := file + uferdig
	if err := removeUnfinished(path); err != nil {
		return err
	}
	if err := build(ctx, unfinished, old, told, fill); err != nil {
		return errors.Join(err, removeUnfinished(path))
	}
	told.at("swap")
	if old == path {
		if err := setAside(path); err != nil {
			return fmt.Errorf("import: %w", err)
		}
		old = generasjonsfil(path, 0)
	}
	if err := publish(path, unfinished, file); err != nil {
		return fmt.Errorf("import: %w", err)
	}
	told.at("swapped")
	if err := removeOlder(path, old, file); err != nil {
		return &Etterpaa{err}
	}
	return nil
}

// removeUnfinished removes what an import that died has left.
func removeUnfinished(path string) error {
	names, err := filepath.Glob(escapeGlob(path) + generasjonsmerke + "*" + uferdig + "*")
	for _, name := range names {
		err = errors.Join(err, os.Remove(name))
	}
	if removed := os.Remove(path + uferdig); removed != nil && !errors.Is(removed, fs.ErrNotExist) {
		err = errors.Join(err, removed)
	}
	if err != nil {
		return fmt.Errorf("import: %w", err)
	}
	return nil
}

// publish gives a finished file its name, and sets the link to it. Before the link is set the old generation holds,
// afterwards the new one: nothing lies between.
func publish(path, unfinished, file string) error {
	if err := syncFile(unfinished); err != nil {
		return err
	}
	if err := os.Rename(unfinished, file); err != nil {
		return err
	}
	if err := syncFile(filepath.Dir(path)); err != nil {
		return err
	}
	if err := os.Symlink(filepath.Base(file), path+uferdig); err != nil {
		return err
	}
	if err := os.Rename(path+uferdig, path); err != nil {
		return err
	}
	return syncFile(filepath.Dir(path))
}

// setAside gives a register that is a file by itself, and not a link to one, the name of a generation as well.
func setAside(path string) error {
	c, err := dialFile(path, "")
	if err != nil {
		return err
	}
	defer c.Close()
	busy, err := c.EmptyLog()
	if err != nil {
		return err
	}
	if busy {
		return errors.New("the register in force is being read from its log; try again")
	}
	name := generasjonsfil(path, 0)
	if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) { // of an import that died here
		return err
	}
	return os.Link(path, name)
}

func syncFile(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}

// tidy removes what imports that died have left beside the file in force and the generation before it.
func tidy(path, file string) error {
	before, err := Forrige(path)
	if err == nil {
		err = removeUnfinished(path)
	}
	if err != nil {
		return fmt.Errorf("import: %w", err)
	}
	return removeOlder(path, before, file)
}

// removeOlder removes the generations before the one that was replaced, and files of those that never came into force.
func removeOlder(path, old, file string) error {
	numbers, err := generasjonsfiler(path)
	for _, n := range numbers {
		name := generasjonsfil(path, n)
		if name == old || name == file {
			continue
		}
		err = errors.Join(err, removeRegister(name))
		if n == 0 && file != path { // it was a file by itself, whose log had the name that the link has now
			err = errors.Join(err, removeFiles(path+"-wal", path+"-shm"))
		}
	}
	if err != nil {
		return fmt.Errorf("older generations are not removed: %w", err)
	}
	return nil
}

func removeRegister(name string) error { return removeFiles(name+"-wal", name+"-shm", name) }

func removeFiles(names ...string) (failed error) {
	for _, name := range names {
		if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			failed = errors.Join(failed, err)
		}
	}
	return failed
}

// Forrige is the file of the generation before the one in force, "" when there is none.
func Forrige(path string) (string, error) {
	now, err := filepath.EvalSymlinks(path)
	if err != nil {
		return "", err
	}
	numbers, err := generasjonsfiler(path)
	if err != nil {
		return "", err
	}
	older := false // what is newer than the one in force never came into force
	for _, n := range slices.Backward(numbers) {
		name := generasjonsfil(path, n)
		if older {
			return name, nil
		}
		older = name == now
	}
	return "", nil
}
