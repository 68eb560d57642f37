package main

import (
	"bufio"
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestKilledImportLeavesOneWholeGeneration kills imports, full and incremental in turn, at random moments of all that
// they do. Whatever the moment, the register is whole, is the state before or the state after and no third, and the
// next import works and leaves nothing behind. AAREG_KILLS says how many are killed; more are until there are enough of the
// two kinds that matter, since an import may be at another moment than it was aimed at.
func TestKilledImportLeavesOneWholeGeneration(t *testing.T) {
	if testing.Short() {
		t.Skip("long: make test and make kill run it")
	}
	kills := fromEnvironment(t, "AAREG_KILLS", 20, 4)
	k := newKilling(t, 1500)
	between, swap := 0, 0
	enough := func() bool { return between >= kills*60/100 && swap >= kills*10/100 }
	for i := 0; i < kills || !enough() && i < 3*kills; i++ {
		m := mode(i % 2)
		phase := k.kill(t, m)
		k.checkWhole(t, phase)
		k.checkNext(t, mode(rand.IntN(2)))
		if t.Failed() {
			t.Fatalf("kill %d (%s import, %s)", i+1, m, phase)
		}
		switch phase {
		case whileMade:
			between++
		case inSwap:
			swap++
		}
	}
	for m := range modes {
		t.Logf("%-11s kills: %s", mode(m), histogram(k.killed[m]))
	}
	t.Logf("of %d kills within the swap, %d left the new state in force", swap, k.swapped)
	if !enough() {
		t.Errorf("%d kills: %d between first write and swap, %d within the swap", kills, between, swap)
	}
}

// mode is how a register is imported into.
type mode int

const (
	full mode = iota
	incremental
	modes
)

func (m mode) String() string { return [...]string{"full", "incremental"}[m] }

// phase is what an import was at when it was killed.
type phase int

const (
	beforeWrite phase = iota
	whileMade
	inSwap
	inForce
	phases_
)

func (p phase) String() string {
	return [...]string{"before first write", "between first write and swap", "within the swap", "after the swap"}[p]
}

// shares are how many of the kills each phase shall have, in hundredths.
var shares = [phases_]int{4, 68, 22, 6}

func histogram(killed [phases_]int) string {
	var words []string
	for p, n := range killed {
		words = append(words, fmt.Sprintf("%d %s", n, phase(p)))
	}
	return strings.Join(words, ", ")
}

// killing is a register that goes from one state to the other and back, by imports that are killed or not.
type killing struct {
	db      string
	whole   [2]string // a file with all of a state
	changes [2]string // a file with what leads to a state from the other
	want    [2]string // the sum of a state's export
	now     int       // which state is in force
	nr      int       // and as which generation

	takes   [modes][phases_]time.Duration // how long each phase took last
	killed  [modes][phases_]int
	swapped int // kills within the swap after which the new state was in force
}

func newKilling(t *testing.T, persons int) *killing {
	dir := t.TempDir()
	k := &killing{db: filepath.Join(dir, "db", "register")}
	if err := os.Mkdir(filepath.Dir(k.db), 0o700); err != nil {
		t.Fatal(err)
	}
	made := mustRun(t, nil, "generate", "--persons", strconv.Itoa(persons)).stdout
	mustRun(t, []byte(made), "import", "--db", filepath.Join(dir, "first"), "-")
	lines := slices.Collect(strings.Lines(mustRun(t, nil, "export", "--without-log", "--db", filepath.Join(dir, "first")).stdout))
	whole, changes := twoStates(lines)
	for s := range 2 {
		k.whole[s], k.changes[s] = filepath.Join(dir, fmt.Sprint("whole", s)), filepath.Join(dir, fmt.Sprint("changes", s))
		writeFile(t, k.whole[s], strings.Join(whole[s], ""))
		writeFile(t, k.changes[s], strings.Join(changes[s], ""))
		k.want[s] = sumOf(whole[s])
	}
	mustRun(t, nil, "import", "--db", k.db, k.whole[0])
	k.nr = 1
	for _, m := range []mode{full, full, incremental, incremental} { // learns how long they take
		k.checkNext(t, m)
	}
	return k
}

func (k *killing) export(t *testing.T) string {
	return sumOf(slices.Collect(strings.Lines(mustRun(t, nil, "export", "--without-log", "--db", k.db).stdout)))
}

var generationLine = regexp.MustCompile(`(?m)^generation +(\d+), imported`)

// tell is the generation that status names, of a register that it says is whole.
func (k *killing) tell(t *testing.T) int {
	t.Helper()
	told := mustRun(t, nil, "status", "--db", k.db).stdout
	found := generationLine.FindStringSubmatch(told)
	if found == nil || !strings.Contains(told, "integrity       ok") {
		t.Fatalf("status:\n%s", told)
	}
	n, _ := strconv.Atoi(found[1])
	return n
}

func (k *killing) command(t *testing.T, m mode) *exec.Cmd {
	if m == full {
		return exec.Command(binary(t), "import", "--full", "--db", k.db, k.whole[1-k.now])
	}
	return exec.Command(binary(t), "import", "--db", k.db, k.changes[1-k.now])
}

// aim is the phase that is furthest behind its share.
func (k *killing) aim(m mode) (p phase) {
	total, most := 1, 0
	for _, n := range k.killed[m] {
		total += n
	}
	for q, n := range k.killed[m] {
		if behind := shares[q]*total - 100*n; behind > most {
			p, most = phase(q), behind
		}
	}
	return p
}

// begins are the lines with which an import says that a phase has begun.
var begins = map[string]phase{phases["write"]: whileMade, phases["swap"]: inSwap, phases["swapped"]: inForce}

// kill begins an import and kills it at a random moment of the phase that it aims at. What counts is the phase that the
// import had come to when it died; one that had ended by itself was not killed, and another is.
func (k *killing) kill(t *testing.T, m mode) phase {
	for {
		p := k.aim(m)
		watched := k.watch(t, m, func(begun phase) time.Duration {
			if begun != p {
				return -1
			}
			return time.Duration(rand.Int64N(int64(k.takes[m][p]) + 1))
		})
		if watched.killed {
			k.killed[m][watched.phase]++
			return watched.phase
		}
		if watched.err != nil {
			t.Fatalf("%s import: %v\n%s", m, watched.err, watched.said)
		}
		k.now, k.nr = 1-k.now, k.nr+1
	}
}

// watched is how an import ended.
type watched struct {
	phase  phase
	killed bool
	err    error
	said   string
}

// watch runs an import. When a phase begins, moment says how long from then to the kill; less than 0 is not in this one.
func (k *killing) watch(t *testing.T, m mode, moment func(phase) time.Duration) (w watched) {
	t.Helper()
	cmd := k.command(t, m)
	out, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	since, took := time.Now(), [phases_]time.Duration{}
	kill := func(p phase) {
		if d := moment(p); d >= 0 {
			time.AfterFunc(d, func() { _ = cmd.Process.Kill() }) // one that has ended is not killed
		}
	}
	kill(beforeWrite)
	var said bytes.Buffer
	for lines := bufio.NewScanner(out); lines.Scan(); {
		said.WriteString(lines.Text() + "\n")
		if p, ok := begins[lines.Text()]; ok {
			took[w.phase], since, w.phase = time.Since(since), time.Now(), p
			kill(p)
		}
	}
	w.err = cmd.Wait()
	took[w.phase] = time.Since(since)
	w.killed, w.said = cmd.ProcessState.ExitCode() < 0, said.String()
	if w.err == nil {
		k.takes[m] = took
	}
	if unfinished, _ := filepath.Glob(k.db + ".g*.ny"); w.phase == beforeWrite && len(unfinished) > 0 {
		w.phase = whileMade // it has begun its file, and not said so yet
	}
	return w
}

// checkWhole looks at the register after a kill, and finds out which of the two states it has.
func (k *killing) checkWhole(t *testing.T, p phase) {
	t.Helper()
	generation, s := k.tell(t), slices.Index(k.want[:], k.export(t))
	switch {
	case s < 0:
		t.Fatalf("killed %s: what is in the register is neither the state before nor the one after", p)
	case s == k.now && p == inForce, s != k.now && p < inSwap:
		t.Errorf("killed %s: the state in force is the other one", p)
	case s == k.now && generation != k.nr, s != k.now && generation != k.nr+1:
		t.Errorf("killed %s: generation %d before, %d now", p, k.nr, generation)
	}
	if s != k.now && p == inSwap {
		k.swapped++
	}
	k.now, k.nr = s, generation
}

// checkNext imports what leads to the other state, and looks at what is there then.
func (k *killing) checkNext(t *testing.T, m mode) {
	t.Helper()
	if w := k.watch(t, m, func(phase) time.Duration { return -1 }); w.err != nil {
		t.Fatalf("%s import: %v\n%s", m, w.err, w.said)
	}
	k.now, k.nr = 1-k.now, k.nr+1
	if got := k.export(t); got != k.want[k.now] {
		t.Errorf("%s import: what is in the register is not what was imported", m)
	}
	if got := k.tell(t); got != k.nr {
		t.Errorf("%s import: made generation %d of %d", m, got, k.nr-1)
	}
	checkFiles(t, k.db)
}
