package main

import (
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"aareg/soap/testdobbel"
)

var bashBlock = regexp.MustCompile("(?s)```bash\n(.*?)```")

// klienttester stands for the tests of an agency's client: it asks for a person, and for an employer until it gets an
// answer that is no fault.
const klienttester = `#!/usr/bin/env bash
ask() {
  curl -sS -H 'Content-Type: text/xml; charset=utf-8' "$url" -d '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>
    <a:'$1' xmlns:a="http://ws.infotorg.no/xml/NAV/Aareg2/2015-09-21/Aareg2.xsd">'$2'</a:'$1'></e:Body></e:Envelope>'
}
url=$1
ask hentArbeidstaker '<foedselsnr>12838049808</foedselsnr>' | grep -q '>komplett<' || exit 1
until ask hentArbeidsgiver '<arbeidsgiverId>210001018</arbeidsgiverId>' | grep -q '>komplett<'; do asked=$((asked + 1)); [ $asked -lt 3 ] || exit 1; done
`

// TestReadmesContractTestRuns runs README's script as it stands there, but for the ports. It passes with a client that
// asks what it should, and fails with one that does not.
func TestReadmesContractTestRuns(t *testing.T) {
	long(t)
	if _, err := exec.LookPath("curl"); err != nil && os.Getenv("AAREG_REQUIRE_TOOLS") == "" {
		t.Skip("not run: there is no curl on this machine")
	}
	blocks := bashBlock.FindAllStringSubmatch(readme(t), -1)
	if len(blocks) != 1 {
		t.Fatalf("%d scripts found", len(blocks))
	}
	for client, works := range map[string]bool{klienttester: true, strings.Replace(klienttester, "until ask", "true; ask", 1): false} {
		dir := t.TempDir()
		if err := os.Symlink(binary(t), filepath.Join(dir, "aareg")); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "klienttester"), []byte(client), 0o700); err != nil {
			t.Fatal(err)
		}
		script := strings.NewReplacer("127.0.0.1:8080", freeAddress(t), "127.0.0.1:8081", freeAddress(t)).Replace(blocks[0][1])
		cmd := exec.Command("bash", "-c", script)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); (err == nil) != works {
			t.Errorf("the script ended with %v, and said:\n%s", err, out)
		}
		if _, err := os.Stat(filepath.Join(dir, "kontrakt.xml")); (err == nil) != works {
			t.Errorf("its report: %v", err)
		}
	}
}

// freeAddress is a port that nobody listens on.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

var magicOfReadme = regexp.MustCompile("`(\\w+=\\w+)` is `(\\w+)`")

// TestReadmesMagicIdIsOne: what README says of one is in the test double's table, which is asked line by line elsewhere.
func TestReadmesMagicIdIsOne(t *testing.T) {
	said := magicOfReadme.FindAllStringSubmatch(readme(t), -1)
	if len(said) == 0 {
		t.Error("README tells of none")
	}
	for _, id := range said {
		if !slices.ContainsFunc(testdobbel.Tabell(), func(r testdobbel.Rad) bool { return r.Felt == id[1] && r.Kode == id[2] }) {
			t.Errorf("%s is not %s", id[1], id[2])
		}
	}
}
