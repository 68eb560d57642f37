package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"

	"golang.org/x/term"

	"aareg/store"
)

// identitetsnummer is an argument or a flag's value that looks like one.
var identitetsnummer = regexp.MustCompile(`^(-[^=]*=)?\s*[0-9]{6} ?[0-9]{5}\s*$`)

// checkNoNumber refuses identity numbers among the arguments before anything is made of them, or said of them: others on
// the machine can see arguments, and shells keep them.
func checkNoNumber(args []string) error {
	for _, a := range args {
		if identitetsnummer.MatchString(a) {
			return &usageError{"an identity number is never an argument, which others on the machine can see: it is read from standard input, or asked for"}
		}
	}
	return nil
}

// readNumber reads an identity number: its own line of standard input, or typed unseen on a terminal. Errors never hold it.
func (k loggKall) readNumber(ctx context.Context) (string, error) {
	var line string
	var err error
	if f, ok := k.stdin.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		line, err = readUnseen(ctx, f, k.stderr, "identity number (not shown): ")
	} else {
		line, err = bufio.NewReader(io.LimitReader(k.stdin, 1024)).ReadString('\n')
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return "", fmt.Errorf("identity number: %w", err)
	}
	number := strings.TrimSpace(line)
	if len(number) == 12 && number[6] == ' ' { // as people write it
		number = number[:6] + number[7:]
	}
	if len(number) != 11 || strings.Trim(number, "0123456789") != "" {
		return "", errors.New("identity number: not 11 digits on the first line of standard input")
	}
	return number, nil
}

// readUnseen reads a line that is typed on a terminal, which does not show it. When the program is told to stop, the
// terminal is left as it was.
func readUnseen(ctx context.Context, terminal *os.File, stderr io.Writer, prompt string) (string, error) {
	fd := int(terminal.Fd())
	before, err := term.GetState(fd)
	if err != nil {
		return "", err
	}
	fmt.Fprint(stderr, prompt)
	defer fmt.Fprintln(stderr)
	type typed struct {
		line []byte
		err  error
	}
	done := make(chan typed, 1)
	go func() {
		line, err := term.ReadPassword(fd)
		done <- typed{line, err}
	}()
	select {
	case t := <-done:
		return string(t.line), t.err
	case <-ctx.Done():
		return "", errors.Join(errors.New("stopped"), term.Restore(fd, before))
	}
}

// errSiffer says that a number is nobody's. It is no small matter: nobody will be found to have looked it up.
var errSiffer = errors.New("identity number: the check digits are wrong: it is nobody's number")

func checkDigits(number string) error {
	if !store.ValidFoedselsnr(number) {
		return errSiffer
	}
	return nil
}
