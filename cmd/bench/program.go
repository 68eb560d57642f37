package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// program is what is measured, built: the real one, and the one that serves to anybody. open is "" of one that came
// as a program and not as its source.
type program struct {
	name        string
	aareg, open string
}

const openPackage = "cmd/bench/open"

// checkout is the folder of the module that this program was built from, or is run in.
func checkout(ctx context.Context) (string, error) {
	out, err := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Dir}}", "aareg").Output()
	if err != nil {
		return "", fmt.Errorf("run this in aareg's own checkout: %w", err)
	}
	return strings.TrimSpace(string(out)), nil
}

// build builds both programs of a source tree into a folder. A tree from before this harness has no package open: it
// is put there for the compiler alone.
func build(ctx context.Context, name, tree, own, into string) (p program, err error) {
	p = program{name: name, aareg: filepath.Join(into, name+"-aareg"), open: filepath.Join(into, name+"-open")}
	if err := goBuild(ctx, tree, p.aareg, "./cmd/aareg"); err != nil {
		return p, err
	}
	overlay := filepath.Join(into, name+"-overlay.json")
	text, err := json.Marshal(map[string]map[string]string{"Replace": {
		filepath.Join(tree, openPackage, "main.go"): filepath.Join(own, openPackage, "main.go")}})
	if err != nil {
		return p, err
	}
	if err := os.WriteFile(overlay, text, 0o600); err != nil {
		return p, err
	}
	return p, goBuild(ctx, tree, p.open, "-overlay", overlay, "./"+openPackage)
}

func goBuild(ctx context.Context, tree, into string, args ...string) error {
	cmd := exec.CommandContext(ctx, "go", append([]string{"build", "-o", into}, args...)...)
	cmd.Dir = tree
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("go build in %s: %w: %s", tree, err, out)
	}
	return nil
}

// other is the program that is compared with: a program, the folder of a source tree, or a commit of this repository,
// whose files are unpacked beside.
func other(ctx context.Context, what, own, into string) (program, error) {
	if info, err := os.Stat(what); err == nil {
		path, err := filepath.Abs(what)
		switch {
		case err != nil:
			return program{}, err
		case !info.IsDir():
			return program{name: "before", aareg: path}, nil
		}
		return build(ctx, "before", path, own, into)
	}
	tree := filepath.Join(into, "before")
	if err := os.Mkdir(tree, 0o700); err != nil {
		return program{}, err
	}
	archive := exec.CommandContext(ctx, "git", "archive", "--format=tar", what)
	archive.Dir = own
	tar, err := archive.Output()
	if err != nil {
		return program{}, fmt.Errorf("--compare: neither a file nor a commit: %w", err)
	}
	unpack := exec.CommandContext(ctx, "tar", "-x", "-C", tree)
	unpack.Stdin = bytes.NewReader(tar)
	if out, err := unpack.CombinedOutput(); err != nil {
		return program{}, fmt.Errorf("--compare: %w: %s", err, out)
	}
	return build(ctx, "before", tree, own, into)
}
