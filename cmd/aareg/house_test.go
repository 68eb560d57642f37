package main

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const root = "../.." // the repository

// layers is which of the project's packages each may import: cmd → soap → products → store, never back, never
// sideways; wsdl and fixtures stand at the side.
var layers = map[string][]string{
	"aareg/cmd/aareg": {"aareg/fixtures", "aareg/fixtures/generer", "aareg/soap", "aareg/soap/oppslag", "aareg/soap/testdobbel", "aareg/products", "aareg/soap/tilgang", "aareg/store",
		"aareg/store/innlesing", "aareg/store/kilder", "aareg/store/konsument", "aareg/store/logg", "aareg/wsdl", "aareg/wsdl/felt", "aareg/wsdl/kontrakt"},
	"aareg/cmd/bench":       {"aareg/cmd/bench/load", "aareg/cmd/bench/naive", "aareg/fixtures/generer", "aareg/wsdl"},
	"aareg/cmd/bench/load":  {},
	"aareg/cmd/bench/naive": {"aareg/store"},
	"aareg/cmd/bench/open":  {"aareg/soap", "aareg/store"},
	// holds two builds against each other; no part of aareg
	"aareg/cmd/likhet":       {"aareg/fixtures", "aareg/fixtures/generer", "aareg/store", "aareg/store/innlesing", "aareg/store/kilder", "aareg/wsdl"},
	"aareg/soap":             {"aareg/products", "aareg/soap/tilgang", "aareg/store", "aareg/store/logg", "aareg/wsdl"},
	"aareg/soap/tilgang":     {"aareg/products", "aareg/store", "aareg/store/konsument", "aareg/store/logg", "aareg/wsdl/felt"},
	"aareg/soap/oppslag":     {"aareg/soap", "aareg/store", "aareg/wsdl", "aareg/wsdl/felt"}, // a client of the border
	"aareg/soap/testdobbel":  {"aareg/fixtures", "aareg/products", "aareg/soap", "aareg/store", "aareg/store/innlesing", "aareg/wsdl"},
	"aareg/soap/interop":     {"aareg/wsdl/bindings"}, // a client of make interop, no part of aareg
	"aareg/products":         {"aareg/store", "aareg/wsdl/bindings"},
	"aareg/store":            {"aareg/store/sqlite"},
	"aareg/store/sqlite":     {},
	"aareg/store/konsument":  {"aareg/store", "aareg/store/sqlite"},
	"aareg/store/logg":       {"aareg/store/sqlite"},
	"aareg/store/innlesing":  {"aareg/store", "aareg/store/kilder"},
	"aareg/store/kilder":     {"aareg/store"},
	"aareg/fixtures/generer": {"aareg/store"},
	"aareg/fixtures":         {"aareg/store", "aareg/wsdl/felt"},
	"aareg/wsdl":             {},
	"aareg/wsdl/bindings":    {},
	"aareg/wsdl/felt":        {},
	"aareg/wsdl/kontrakt":    {"aareg/wsdl", "aareg/wsdl/felt"},
	"aareg/wsdl/gen":         {"aareg/wsdl/felt"},
}

func TestImportsFollowTheLayers(t *testing.T) {
	list := exec.Command("go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, "./...")
	list.Dir = root
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for line := range strings.Lines(string(out)) {
		words := strings.Fields(line)
		allowed, known := layers[words[0]]
		if !known {
			t.Errorf("%s has no place among the layers", words[0])
			continue
		}
		seen++
		for _, imported := range words[1:] {
			if strings.HasPrefix(imported, "aareg/") && !slices.Contains(allowed, imported) {
				t.Errorf("%s may not import %s", words[0], imported)
			}
		}
	}
	if seen != len(layers) {
		t.Errorf("%d packages found, %d have a place", seen, len(layers))
	}
}

// The house's sizes, in lines.
const (
	maxFile     = 300
	maxFunction = 60
)

func TestFilesAndFunctionsKeepTheirSizes(t *testing.T) {
	files := 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".go" || strings.Contains(path, "/bindings/") {
			return err
		}
		files++
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		if n := set.File(file.Pos()).LineCount(); n > maxFile+1 {
			t.Errorf("%s has %d lines", path, n-1)
		}
		for _, decl := range file.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok {
				if n := set.Position(f.End()).Line - set.Position(f.Pos()).Line + 1; n > maxFunction {
					t.Errorf("%s: %s has %d lines", path, f.Name.Name, n)
				}
			}
		}
		return nil
	})
	if err != nil || files < 50 {
		t.Errorf("%d files read: %v", files, err)
	}
}

// topLevel is what may stand in the repository's first folder: the nine that make the project, and what tools look
// for there.
var topLevel = []string{"cmd", "soap", "products", "store", "wsdl", "fixtures", "go.mod", "go.sum", "Makefile", "README.md",
	".ci", ".git", ".gitignore", "LICENSE"}

func TestNothingElseStandsAtTheTop(t *testing.T) {
	list := exec.Command("git", "ls-files")
	list.Dir = root
	out, err := list.Output()
	if err != nil {
		t.Skipf("not a git checkout: %v", err)
	}
	for path := range bytes.Lines(out) {
		if top, _, _ := strings.Cut(strings.TrimSpace(string(path)), "/"); !slices.Contains(topLevel, top) {
			t.Errorf("%s does not belong at the top", top)
		}
	}
}
