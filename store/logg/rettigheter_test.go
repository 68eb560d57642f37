package logg

import (
	"bufio"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// nobody is a user without rights, whom root can be for a moment; anybody else is not root already.
const nobody = 65534

func TestReadOnlyLogFailsAndComesBack(t *testing.T) {
	dir := t.TempDir()
	f := filer{filepath.Join(dir, "logg"), filepath.Join(dir, "noekkel")}
	l := f.lag(t)
	skriv(t, l, 100)
	l.Close()
	program := filepath.Join(dir, "barn")
	kopier(t, os.Args[0], program, 0o755)
	c := barnet(t.Context(), program, "readonly", f)
	if os.Geteuid() == 0 {
		c.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
		if err := os.Chmod(filepath.Dir(dir), 0o711); err != nil { // the test's folder, which is root's alone
			t.Fatal(err)
		}
		for _, path := range []string{dir, f.logg, f.noekkel} {
			if err := os.Chown(path, nobody, nobody); err != nil {
				t.Fatal(err)
			}
		}
	}
	rettigheter(t, f, 0o400, 0o500)
	defer rettigheter(t, f, 0o600, 0o700)
	in, err := c.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	c.Stderr = &said
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		c.Wait()
		t.Fatalf("%q %v %s", line, err, said.Bytes())
	}
	rettigheter(t, f, 0o600, 0o700)
	io.WriteString(in, "now\n")
	if err := c.Wait(); err != nil {
		t.Fatalf("%v: %s", err, said.Bytes())
	}
	if r := feilfri(t, f); r.Rader != 101 {
		t.Errorf("%d rows, not 101", r.Rader)
	}
}

func rettigheter(t *testing.T, f filer, file, dir os.FileMode) {
	t.Helper()
	if err := os.Chmod(f.logg, file); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(filepath.Dir(f.logg), dir); err != nil {
		t.Fatal(err)
	}
}

func kopier(t testing.TB, from, to string, mode os.FileMode) {
	t.Helper()
	b, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to, b, mode)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestFilesOfALogAreItsOwners(t *testing.T) {
	l, f := nyLogg(t)
	skriv(t, l, 3)
	if err := l.Soek(t.Context(), Filter{Personer: []uint64{person(1)}}, func(*Rad) error { return nil }); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{f.logg, f.logg + "-wal", f.logg + "-shm", f.logg + ".indeks", f.noekkel} {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode() != 0o600 {
			t.Errorf("%s is %v", filepath.Base(path), info.Mode())
		}
	}
}
