package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"aareg/store"
)

// fromEnvironment is what a variable of the environment says, or else the usual number, or the one of -short.
func fromEnvironment(t *testing.T, variable string, usual, short int) int {
	t.Helper()
	text := os.Getenv(variable)
	switch {
	case text == "" && testing.Short():
		return short
	case text == "":
		return usual
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		t.Fatalf("%s is no number", variable)
	}
	return n
}

var arbeidsforholdId = regexp.MustCompile(`"navArbeidsforholdId":\d+`)

// twoStates makes of a register one where half of the records have another value, some arbeidsforhold are gone and some
// have come, and says what leads from each to the other.
func twoStates(lines []string) (whole, changes [2][]string) {
	add := func(s, i int, line string) {
		whole[s] = append(whole[s], line)
		if i%4 < 2 || i%50 < 2 {
			changes[s] = append(changes[s], line)
		}
	}
	for i, line := range lines {
		other := line
		isArbeidsforhold := strings.HasPrefix(line, `{"arbeidsforhold"`)
		switch {
		case isArbeidsforhold && i%50 < 2: // one state has it, the other has not
			add(i%50, i, line)
			deleted := `{"slett":{` + arbeidsforholdId.FindString(line) + "}}\n"
			changes[1-i%50] = append(changes[1-i%50], deleted)
			continue
		case i%4 > 1:
		case isArbeidsforhold:
			other = strings.ReplaceAll(line, `"avtaltStillingsprosent":`, `"avtaltStillingsprosent":1`)
		default:
			other = strings.Replace(strings.Replace(line, `"navn":"`, `"navn":"NYE `, 1), `"etternavn":"`, `"etternavn":"Ny `, 1)
		}
		add(0, i, line)
		add(1, i, other)
	}
	for s := range 2 { // the head tells how many records follow
		whole[s][0] = poster.ReplaceAllString(whole[s][0], fmt.Sprintf(`"poster":%d`, len(whole[s])-1))
		changes[s] = slices.DeleteFunc(changes[s], func(line string) bool { return strings.HasPrefix(line, `{"register"`) })
	}
	return whole, changes
}

var poster = regexp.MustCompile(`"poster":[0-9]+`)

// sumOf is a sum of what the lines say, in whatever order.
func sumOf(lines []string) string {
	sum := sha256.Sum256([]byte(strings.Join(slices.Sorted(slices.Values(lines)), "")))
	return hex.EncodeToString(sum[:])
}

var generationFile = regexp.MustCompile(`^register\.g(\d+)(-wal|-shm)?$`)

// checkFiles looks for what should not be beside a register: files that are not finished, or of generations other than
// the one in force and the one before.
func checkFiles(t *testing.T, db string) {
	t.Helper()
	inForce, err := os.Readlink(db)
	if err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(filepath.Dir(db))
	if err != nil {
		t.Fatal(err)
	}
	before := map[string]bool{}
	for _, e := range entries {
		found := generationFile.FindStringSubmatch(e.Name())
		switch {
		case found != nil && "register.g"+found[1] != inForce:
			before[found[1]] = true
		case found == nil && e.Name() != "register" && e.Name() != "register.lock":
			t.Errorf("%s was left", e.Name())
		}
		if info, err := e.Info(); err != nil || info.Mode().IsRegular() && info.Mode().Perm() != 0o600 {
			t.Errorf("%s can be read by others (%v)", e.Name(), err)
		}
	}
	newest, _ := strconv.Atoi(strings.TrimPrefix(inForce, "register.g"))
	for text := range before {
		if n, _ := strconv.Atoi(text); n > newest || len(before) > 1 {
			t.Errorf("in force is %s, and there are files of generation %s", inForce, text)
		}
	}
}

func TestImportRemovesWhatOneThatDiedLeft(t *testing.T) {
	for _, flags := range [][]string{{"--full"}, {}} {
		t.Run(strings.Join(append(flags, "import"), " "), func(t *testing.T) {
			db := filepath.Join(t.TempDir(), "register")
			for range 2 {
				mustRun(t, []byte(delivery), "import", "--full", "--db", db, "-")
			}
			for _, left := range []string{".g0", ".g3", ".g4.ny", ".g4.ny-journal"} {
				writeFile(t, db+left, "")
			}
			if err := os.Symlink("register.g3", db+".ny"); err != nil {
				t.Fatal(err)
			}
			if told := mustRun(t, nil, "status", "--db", db).stdout; !strings.Contains(told, "generation before register.g1,") {
				t.Errorf("status takes what never came into force for the generation before:\n%s", told)
			}
			mustRun(t, []byte(delivery), slices.Concat([]string{"import"}, flags, []string{"--db", db, "-"})...)
			checkFiles(t, db)
			mustRun(t, nil, "status", "--db", db)
		})
	}
}

// TestFirstImportIntoAFileOfItsOwnKeepsItAsTheGenerationBefore: a register that no import made is a file, and no link to
// one; an import may have died when it had given that file a second name.
func TestFirstImportIntoAFileOfItsOwnKeepsItAsTheGenerationBefore(t *testing.T) {
	db := filepath.Join(t.TempDir(), "register")
	register, err := store.Create(db)
	if err != nil {
		t.Fatal(err)
	}
	register.Close()
	if err := os.Link(db, db+".g0"); err != nil {
		t.Fatal(err)
	}
	mustRun(t, []byte(delivery), "import", "--full", "--db", db, "-")
	checkFiles(t, db)
	if told := mustRun(t, nil, "status", "--db", db).stdout; !strings.Contains(told, "generation before register.g0,") {
		t.Errorf("status:\n%s", told)
	}
}
