package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/beevik/etree"

	"aareg/wsdl"
)

func readme(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

var shellBlock = regexp.MustCompile("(?s)```sh\n(.*?)```")

// TestReadmesCommandsAreRun runs what it can of README's commands; the targets of make must be run by CI.
func TestReadmesCommandsAreRun(t *testing.T) {
	ci, err := os.ReadFile(filepath.Join(root, ".ci", "run"))
	if err != nil {
		t.Fatal(err)
	}
	blocks := shellBlock.FindAllStringSubmatch(readme(t), -1)
	if len(blocks) < 4 {
		t.Fatalf("%d blocks of commands found", len(blocks))
	}
	var data [][]string
	for _, block := range blocks {
		if strings.HasPrefix(block[1], "curl") {
			runCurl(t, block[1])
			continue
		}
		for line := range strings.Lines(block[1]) {
			command, _, _ := strings.Cut(line, "#")
			words := commandWords(command)
			if words[0] == "./aareg" {
				data = append(data, words[1:])
				continue
			}
			checkCommand(t, words, string(ci))
		}
	}
	runDataCommands(t, data)
}

// runDataCommands runs README's ways from files to a served register and to the judgement of an endpoint, one command
// after the other in one folder. A server that one starts is asked whether it is ready, and told to stop; what is judged
// is the demo register's.
func runDataCommands(t *testing.T, commands [][]string) {
	t.Helper()
	if len(commands) < 6 {
		t.Errorf("%d commands of aareg found", len(commands))
	}
	t.Chdir(t.TempDir())
	writeFile(t, "passord.txt", passord+"\n")
	writeFile(t, "kunder.txt", "210000011\n")
	writeFile(t, "personer.txt", "12838049808\n")
	judged := demo(t)
	for _, args := range commands {
		args = redirected(t, args)
		for i := range args {
			args[i] = strings.Replace(args[i], "http://127.0.0.1:8080", judged.address, 1)
		}
		if args[0] == "serve" {
			start(t, args[1:]...).stop()
			continue
		}
		var said bytes.Buffer
		if code := run(context.Background(), args, &said, &said); code != exitOK {
			t.Errorf("%v: exit code %d\n%s", args, code, said.String())
		}
	}
}

// redirected is a command whose standard input is the file behind a <, less that.
func redirected(t *testing.T, args []string) []string {
	t.Helper()
	at := slices.Index(args, "<")
	if at < 0 {
		return args
	}
	file, err := os.Open(args[at+1])
	if err != nil {
		t.Fatal(err)
	}
	before := os.Stdin
	os.Stdin = file
	t.Cleanup(func() { os.Stdin = before; file.Close() })
	return args[:at]
}

// commandWords are the words of a command, as a shell splits them: by spaces, but not between quotes.
func commandWords(line string) (found []string) {
	for _, m := range commandWord.FindAllString(line, -1) {
		found = append(found, strings.ReplaceAll(m, `"`, ""))
	}
	return found
}

var commandWord = regexp.MustCompile(`(?:"[^"]*"|[^\s"])+`)

func checkCommand(t *testing.T, words []string, ci string) {
	t.Helper()
	switch {
	case len(words) == 2 && words[0] == "make" && words[1] == "run":
		makefile := exec.Command("make", "--no-print-directory", "--dry-run", "run")
		makefile.Dir = root
		out, err := makefile.Output()
		if got := strings.TrimSpace(string(out)); err != nil || got != "go run ./cmd/aareg serve" {
			t.Errorf("make run does %q (%v), not what the tests start", got, err)
		}
	case len(words) == 2 && words[0] == "make":
		if !regexp.MustCompile(`(?m)^make ` + words[1] + `\b`).MatchString(ci) {
			t.Errorf("CI does not run make %s", words[1])
		}
	case len(words) == 3 && strings.Join(words, " ") == "go build ./cmd/aareg":
		build := exec.Command("go", "build", "-o", t.TempDir(), "./cmd/aareg")
		build.Dir = root
		if err := build.Run(); err != nil {
			t.Errorf("%v: %v", words, err)
		}
	case len(words) > 3 && strings.Join(words[:3], " ") == "go run ./cmd/aareg":
		if code := run(context.Background(), words[3:], io.Discard, io.Discard); code != exitOK {
			t.Errorf("%v: exit code %d", words, code)
		}
	default:
		t.Errorf("nothing runs %v", words)
	}
}

// runCurl runs the question of README as it stands there, at a server of its own.
func runCurl(t *testing.T, command string) {
	t.Helper()
	s := demo(t)
	if want := exampleCurl("http://127.0.0.1:8080") + "\n"; command != want {
		t.Errorf("README's question is not the one that the program prints")
	}
	if _, err := exec.LookPath("curl"); err != nil && os.Getenv("AAREG_REQUIRE_TOOLS") == "" {
		t.Log("not run: there is no curl on this machine")
		return
	}
	out, err := exec.Command("sh", "-c", strings.Replace(command, "http://127.0.0.1:8080", s.address, 1)).Output()
	if err != nil {
		t.Fatalf("curl: %v", err)
	}
	checkAnswer(t, "README's question", out, "komplett")
}

func checkAnswer(t *testing.T, what string, answer []byte, statuskode string) {
	t.Helper()
	doc := etree.NewDocument()
	if err := doc.ReadFromBytes(answer); err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	got := doc.FindElement("/Envelope/Body/*/statuskode")
	if got == nil || got.Text() != statuskode {
		t.Errorf("%s: the answer does not say %s", what, statuskode)
	}
}

var storyRow = regexp.MustCompile("(?m)^\\| `(hent\\w+)` \\| `([^`]+)` \\| `(\\w+)` \\|")

// TestReadmesStoriesAreTrue asks the demo register every question of README's table.
func TestReadmesStoriesAreTrue(t *testing.T) {
	s := demo(t)
	rows := storyRow.FindAllStringSubmatch(readme(t), -1)
	if len(rows) < 15 {
		t.Fatalf("%d stories found", len(rows))
	}
	for _, row := range rows {
		children := ""
		for _, child := range strings.Fields(row[2]) {
			tag, value, _ := strings.Cut(child, "=")
			children += fmt.Sprintf("<%s>%s</%s>", tag, value, tag)
		}
		question := fmt.Sprintf(`<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><a:%s xmlns:a="%s">%s</a:%s></e:Body></e:Envelope>`,
			row[1], wsdl.NamespaceAareg2, children, row[1])
		response, err := http.Post(s.address+wsdl.Endpoint, "text/xml; charset=utf-8", bytes.NewReader([]byte(question)))
		if err != nil {
			t.Fatal(err)
		}
		answer, err := io.ReadAll(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		checkAnswer(t, row[1]+" "+row[2], answer, row[3])
	}
}
