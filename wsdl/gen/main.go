// Command gen writes everything that follows from the field table: the schema
// Aareg2.xsd, the contract Aareg2.wsdl and its flat form, the same three of the
// 2015 dialect, the lists of request children, FELTER.md for people, and by way
// of gowsdl the bindings.
//
//	go run ./wsdl/gen            from the top of the module
//	go generate ./wsdl           the same
//
// It must run when all of that is gone, so of this module it imports the table
// alone; and XML is built as trees, never from text.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"slices"

	"aareg/wsdl/felt"
)

// platform names the hand-written schemas that the flat WSDL carries inline,
// in the order in which it does.
var platform = []string{"Brukersesjon.xsd", "Transaksjon.xsd", "Feil.xsd"}

func main() {
	log.SetFlags(0)
	in := flag.String("in", "wsdl", "folder with the hand-written schemas")
	out := flag.String("out", "wsdl", "folder to write to")
	flag.Parse()
	if err := run(*in, *out); err != nil {
		log.Fatalf("gen: %v", err)
	}
}

func run(in, out string) error {
	schemas := map[string][]byte{}
	for _, name := range platform {
		text, err := os.ReadFile(filepath.Join(in, name))
		if err != nil {
			return err
		}
		schemas[name] = text
	}
	files, err := documents(schemas)
	if err != nil {
		return err
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(out, name), text, 0o644); err != nil {
			return err
		}
	}
	return bindings(out)
}

// documents returns every generated file but the bindings, by name.
func documents(schemas map[string][]byte) (map[string][]byte, error) {
	files := map[string][]byte{"FELTER.md": felterMarkdown(felt.Table()), "forespoersler.txt": requestChildren(felt.Table())}
	for dialekt, stem := range map[felt.Dialekt]string{felt.Spek: "Aareg2", felt.D2015: "Aareg2_2015"} {
		schema, err := schemaOf(dialekt, dialekt.Table())
		if err != nil {
			return nil, err
		}
		flat, err := flatDefinitions(dialekt, schema, schemas)
		if err != nil {
			return nil, err
		}
		for name, doc := range map[string]*document{stem + ".xsd": schema, stem + ".wsdl": splitDefinitions(dialekt), stem + "_flat.wsdl": flat} {
			if files[name], err = doc.bytes(); err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
		}
	}
	return files, nil
}

// bindings has gowsdl write package bindings from the flat WSDL in folder out.
// It races with itself, so it gets a process and a single thread of its own.
func bindings(out string) error {
	if err := os.MkdirAll(filepath.Join(out, "bindings"), 0o755); err != nil {
		return err
	}
	cmd := exec.Command("go", "tool", "gowsdl", "-d", out, "-p", "bindings", "-o", "bindings.go",
		filepath.Join(out, "Aareg2_flat.wsdl"))
	cmd.Env = append(os.Environ(), "GOMAXPROCS=1")
	if said, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("gowsdl: %w\n%s", err, said)
	}
	return comment(filepath.Join(out, "bindings", "bindings.go"))
}

// bindingsComment is what gowsdl does not write: what its package is for.
const bindingsComment = `// Package bindings has the Go types of the contract and a client for it. Request
// types are read by the border and the products; answers are not written with
// them, since they drop empty elements. Nothing here is written by hand.
`

// comment puts the package comment into the file that gowsdl wrote.
func comment(file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	before, after, found := bytes.Cut(text, []byte("\npackage bindings\n"))
	if !found {
		return fmt.Errorf("%s is not package bindings", file)
	}
	text = slices.Concat(before, []byte("\n"+bindingsComment+"package bindings\n"), after)
	return os.WriteFile(file, text, 0o644)
}
