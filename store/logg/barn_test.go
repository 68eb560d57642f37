package logg

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"
)

// The test binary runs itself again as a process of its own, with a task and a log in its environment.
const (
	barnOppgave = "AAREG_LOGG_OPPGAVE"
	barnLogg    = "AAREG_LOGG_FIL"
	barnNoekkel = "AAREG_LOGG_NOEKKEL"
)

func barnet(ctx context.Context, program, task string, f filer) *exec.Cmd {
	c := exec.CommandContext(ctx, program)
	c.Env = append(os.Environ(), barnOppgave+"="+task, barnLogg+"="+f.logg, barnNoekkel+"="+f.noekkel)
	return c
}

func barn(task string) {
	l, err := Open(os.Getenv(barnLogg), os.Getenv(barnNoekkel))
	if err == nil {
		switch task {
		case "readonly":
			err = barnReadOnly(l)
		case "full":
			err = barnFull(l)
		default:
			err = barnSkriver(l, task)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// barnSkriver writes rows from four goroutines, as many in all as it is told, and prints the number of each row after
// it was written.
func barnSkriver(l *Logg, rows string) error {
	n, err := strconv.Atoi(rows)
	if err != nil {
		return err
	}
	var done sync.WaitGroup
	var mu sync.Mutex
	var failed error
	for g := range 4 {
		done.Go(func() {
			for i := g; i < n; i += 4 {
				r := prosa(i, person(i), person(i+1))
				err := l.Skriv(context.Background(), r)
				mu.Lock()
				if failed = errors.Join(failed, err); err == nil {
					fmt.Println(r.Nr, r.Korrelasjon)
				}
				mu.Unlock()
			}
		})
	}
	done.Wait()
	return errors.Join(failed, l.Close())
}

// barnReadOnly is run by somebody who may read the log but not write it, until the owner lets them.
func barnReadOnly(l *Logg) error {
	if l.Ready() == nil {
		return errors.New("ready with a file that cannot be written")
	}
	if l.Skriv(context.Background(), prosa(1, person(1))) == nil {
		return errors.New("written to a file that cannot be written")
	}
	found := 0
	if err := l.Soek(context.Background(), Filter{Personer: []uint64{person(1)}}, func(*Rad) error { found++; return nil }); err != nil || found == 0 {
		return fmt.Errorf("a file that can be read is not: %d rows, %w", found, err)
	}
	fmt.Println("refused")
	if _, err := bufio.NewReader(os.Stdin).ReadString('\n'); err != nil {
		return err
	}
	return kommerTilbake(l)
}

// kommerTilbake waits until the log has found by itself that it can be written again, and writes.
func kommerTilbake(l *Logg) error {
	for l.Ready() != nil {
		time.Sleep(10 * time.Millisecond)
	}
	return l.Skriv(context.Background(), prosa(2, person(2)))
}

// barnFull may not make files larger than they are, then it may again: what a full disk does, to one process.
func barnFull(l *Logg) error {
	signal.Ignore(syscall.SIGXFSZ)
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		return err
	}
	info, err := os.Stat(os.Getenv(barnLogg))
	if err != nil {
		return err
	}
	small := limit
	small.Cur = uint64(info.Size())
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &small); err != nil {
		return err
	}
	var many []uint64
	for i := range 30_000 {
		many = append(many, person(i))
	}
	for range 3 {
		if l.Skriv(context.Background(), prosa(1, many...)) == nil {
			return errors.New("written beyond the limit")
		}
		if l.Ready() == nil {
			return errors.New("ready after a write that failed")
		}
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		return err
	}
	return kommerTilbake(l)
}

// rader are all rows of a log by their number.
func rader(t *testing.T, f filer) map[int64]*Rad {
	t.Helper()
	all := map[int64]*Rad{}
	err := f.aapne(t).Soek(t.Context(), Filter{}, func(r *Rad) error {
		all[r.Nr] = r
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestKilledWriterLosesNoRowItTold(t *testing.T) {
	f := nyeFiler(t)
	f.lag(t).Close()
	told := map[int64]string{}
	for kill := range 12 {
		c := barnet(t.Context(), os.Args[0], "1000000", f)
		out, err := c.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		lines, n := bufio.NewScanner(out), 0
		for lines.Scan() {
			var nr int64
			var korrelasjon string
			if _, err := fmt.Sscan(lines.Text(), &nr, &korrelasjon); err != nil {
				continue // the line it was killed in
			}
			told[nr] = korrelasjon
			if n++; n == 20+37*kill {
				c.Process.Kill()
			}
		}
		c.Wait()
	}
	report := feilfri(t, f)
	all := rader(t, f)
	for nr, korrelasjon := range told {
		if all[nr] == nil || all[nr].Korrelasjon != korrelasjon {
			t.Fatalf("row %d was told to be written, and is not there", nr)
		}
	}
	if len(told) < 1000 {
		t.Errorf("only %d rows were told", len(told))
	}
	t.Logf("%d rows told, %d in the log", len(told), report.Rader)
}

func TestTwoProcessesMakeOneChain(t *testing.T) {
	f := nyeFiler(t)
	f.lag(t).Close()
	var writers []*exec.Cmd
	var said [2]bytes.Buffer
	for i := range said {
		c := barnet(t.Context(), os.Args[0], "400", f)
		c.Stderr = &said[i]
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		writers = append(writers, c)
	}
	for i, c := range writers {
		if err := c.Wait(); err != nil {
			t.Errorf("%v: %s", err, said[i].Bytes())
		}
	}
	if r := feilfri(t, f); r.Rader != 800 {
		t.Errorf("%d rows of 800", r.Rader)
	}
}

func TestFileThatMayNotGrowIsWrittenAgainWhenItMay(t *testing.T) {
	f := nyeFiler(t)
	l := f.lag(t)
	skriv(t, l, 5)
	l.Close()
	if out, err := barnet(t.Context(), os.Args[0], "full", f).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if r := feilfri(t, f); r.Rader != 6 {
		t.Errorf("%d rows, not 6", r.Rader)
	}
}
