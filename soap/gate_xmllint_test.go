package soap

import (
	"bytes"
	"cmp"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"testing"
)

var (
	// complaint is a line of xmllint about the document of that number. A warning is none.
	complaint = regexp.MustCompile(`(?m)^([0-9]+)\.xml:[0-9]+: ([a-zA-Z/ ]+ error : .*)$`)
	// tooStrict is a complaint that is not Namespaces in XML's: a namespace name need not be read as a URI.
	tooStrict = []byte("is not a valid URI")
	// invalid begins a complaint that is not of well-formedness: what is no valid xml:id is XML all the same.
	invalid = []byte("validity error")
)

// requireXmllint skips a test on a machine without libxml2, unless the tools are required.
func requireXmllint(t testing.TB) {
	t.Helper()
	if _, err := exec.LookPath("xmllint"); err == nil {
		return
	}
	if os.Getenv("AAREG_REQUIRE_TOOLS") == "1" {
		t.Fatal("xmllint is required and not installed (libxml2-utils)")
	}
	t.Skip("SKIPPED: xmllint is not installed (libxml2-utils), there is no second opinion")
}

// xmllint has libxml2, the second opinion, read documents of UTF-8, and gives its first complaint on each, "" for
// none. Their declarations are cut off, since they may name the encoding that a document once had.
func xmllint(t testing.TB, documents [][]byte) []string {
	t.Helper()
	folder := t.TempDir()
	names := make([]string, len(documents))
	for i, document := range documents {
		names[i] = strconv.Itoa(i) + ".xml"
		if rest, err := cutDeclaration(document); err == nil {
			document = rest
		}
		if err := os.WriteFile(filepath.Join(folder, names[i]), document, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	verdicts := make([]string, len(documents))
	for batch := range slices.Chunk(names, 500) {
		command := exec.Command("xmllint", append([]string{"--noout", "--nonet"}, batch...)...)
		command.Dir = folder
		said, err := command.CombinedOutput()
		found := complaint.FindAllSubmatch(said, -1)
		if err != nil && len(found) == 0 {
			t.Fatalf("xmllint: %v\n%s", err, said)
		}
		for _, line := range found {
			if bytes.HasSuffix(line[2], tooStrict) || bytes.HasPrefix(line[2], invalid) {
				continue
			}
			i, _ := strconv.Atoi(string(line[1]))
			verdicts[i] = cmp.Or(verdicts[i], string(bytes.TrimSpace(line[2])))
		}
	}
	return verdicts
}
