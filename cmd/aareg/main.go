// Command aareg answers the six legacy SOAP products of the Norwegian Aa-register. The package holds flags, wiring
// and exit codes, one file for each subcommand, and makes no decisions of its own.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
)

const usage = `aareg answers the six legacy SOAP products of the Norwegian Aa-register.

Usage:
  aareg serve          serve a register over SOAP; without --db, the demo register
  aareg import         read files of today's sources into a register
  aareg export         write a register out, for import
  aareg uttrekk        write an extract for a consumer, under its rights: csv, xml or ndjson
  aareg konsument      say who may ask, and what: consumers, their logins and rights
  aareg logg           read, check and prune the audit log: verify, anchor, search, export, innsyn, slett
  aareg status         tell of a register: generation, age, counts, sizes, integrity
  aareg generate       write a made-up register of any size, for import
  aareg kontrakt       judge an endpoint, this or any other, against the field specification
  aareg diff-kontrakt  show where two endpoints or recordings answer differently
  aareg version        print the version

aareg serve --help tells about the flags of serve, and so do the others.
`

// Exit codes: done, failed, and called wrongly.
const (
	exitOK     = 0
	exitFailed = 1
	exitUsage  = 2
)

func main() {
	if len(os.Args) > 1 && os.Args[1] == "import" {
		background()
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run is the whole program: a subcommand's name and its flags in, an exit code out.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	if len(args) == 0 {
		fmt.Fprint(stderr, usage)
		return exitUsage
	}
	if err := checkNoNumber(args); err != nil {
		fmt.Fprintf(stderr, "aareg: %s\n", err)
		return exitUsage
	}
	var err error
	switch args[0] {
	case "serve":
		err = serve(ctx, args[1:], stdout, stderr)
	case "import":
		err = importer(ctx, args[1:], stdout, stderr)
	case "export":
		err = export(ctx, args[1:], stdout, stderr)
	case "uttrekk":
		err = uttrekk(ctx, args[1:], os.Stdin, stdout, stderr)
	case "status":
		err = status(ctx, args[1:], stdout)
	case "generate":
		err = generate(ctx, args[1:], stdout, stderr)
	case "konsument":
		err = konsumentCmd(ctx, args[1:], os.Stdin, stdout, stderr)
	case "logg":
		err = auditLog(ctx, args[1:], stdout, stderr)
	case "kontrakt":
		err = judgeEndpoint(ctx, args[1:], stdout)
	case "diff-kontrakt":
		err = diffKontrakt(ctx, args[1:], stdout)
	case "version", "--version":
		version(stdout)
	case "help", "-h", "--help":
		fmt.Fprint(stdout, usage)
	default:
		fmt.Fprintf(stderr, "aareg: there is no %q\n\n%s", args[0], usage)
		return exitUsage
	}
	if err == nil || errors.Is(err, flag.ErrHelp) {
		return exitOK
	}
	fmt.Fprintf(stderr, "aareg %s: %s\n", args[0], utenNumre(strings.TrimPrefix(err.Error(), args[0]+": ")))
	var wrong *usageError
	if errors.As(err, &wrong) {
		return exitUsage
	}
	return exitFailed
}

// usageError is a call that cannot be understood.
type usageError struct{ problem string }

func (e *usageError) Error() string { return e.problem }
