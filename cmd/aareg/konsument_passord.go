package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/term"

	"aareg/store/konsument"
)

// readPassword reads a new password: typed twice without being shown where standard input is a terminal, else its first
// line. Errors never hold it.
func (k *konsumentKall) readPassword(ctx context.Context) (string, error) {
	f, ok := k.stdin.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		line, err := bufio.NewReader(io.LimitReader(k.stdin, 4096)).ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return "", fmt.Errorf("password: %w", err)
		}
		return strings.TrimRight(line, "\r\n"), nil
	}
	first, err := k.prompt(ctx, f, "password (not shown): ")
	if err != nil {
		return "", err
	}
	again, err := k.prompt(ctx, f, "once more: ")
	if err != nil {
		return "", err
	}
	if first != again {
		return "", errors.New("password: the two are not the same, and nothing is changed")
	}
	return first, nil
}

// prompt reads a line from a terminal that does not show it.
func (k *konsumentKall) prompt(ctx context.Context, terminal *os.File, text string) (string, error) {
	line, err := readUnseen(ctx, terminal, k.stderr, text)
	if err != nil {
		return "", fmt.Errorf("password: %w, and nothing is changed", err)
	}
	return line, nil
}

// The shortest and the longest password, in characters. A legacy login is typed into systems of that time, of which many
// carry no more than 12; Brukersesjon carries 60.
const (
	minPassord       = 12
	minPassordLegacy = 8
	maxPassord       = 60
	minUlike         = 5 // different characters
	minResten        = 6 // characters beside the words that anybody would try
)

// velkjent is what anybody would try first.
var velkjent = []string{"passord", "password", "hemmelig", "velkommen", "welcome", "sommer", "vinter", "infotorg", "aareg", "admin",
	"qwerty", "asdf", "abcd", "1234567890", "123456", "12345", "1234"}

// checkPassword refuses what cannot be carried, and what is easily guessed.
func checkPassword(password, brukernavn, orgnr string, legacy bool) error {
	shortest := minPassord
	if legacy {
		shortest = minPassordLegacy
	}
	switch n := utf8.RuneCountInString(password); {
	case !utf8.ValidString(password) || strings.ContainsFunc(password, func(c rune) bool { return !unicode.IsPrint(c) }):
		return errors.New("password: holds what is no printable character")
	case strings.TrimSpace(password) != password:
		return errors.New("password: begins or ends with a space, which gets lost on the way")
	case n < shortest || n > maxPassord:
		return fmt.Errorf("password: must have %d to %d characters", shortest, maxPassord)
	}
	different := map[rune]bool{}
	rest := strings.ToLower(password)
	for _, c := range rest {
		different[c] = true
	}
	for _, word := range append([]string{konsument.Fold(brukernavn), orgnr}, velkjent...) {
		rest = strings.ReplaceAll(rest, word, "")
	}
	if len(different) < minUlike || utf8.RuneCountInString(rest) < minResten {
		return errors.New("password: easily guessed: few different characters, or little beside words that anybody would try")
	}
	return nil
}
