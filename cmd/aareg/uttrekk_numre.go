package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
)

// readNumre reads numbers of so many digits from a file (- is standard input), one a line; blank lines and what comes after #
// count for nothing. Errors name the line and never say what is in it. A number is kept in eight bytes, since there may be
// millions.
func readNumre(flagName, file string, stdin io.Reader, least, most int) (numre []uint64, err error) {
	in := stdin
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", flagName, err)
		}
		defer f.Close()
		in = f
	}
	lines := bufio.NewScanner(in)
	for n := 1; lines.Scan(); n++ {
		number, err := readNummer(lines.Text(), least, most)
		if err != nil {
			return nil, fmt.Errorf("%s: line %d: %w", flagName, n, err)
		}
		if number == "" {
			continue
		}
		value, err := strconv.ParseUint(number, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("%s: line %d: not a number", flagName, n) // the error quotes it
		}
		numre = append(numre, value)
	}
	switch {
	case lines.Err() != nil:
		return nil, fmt.Errorf("%s: %w", flagName, lines.Err())
	case len(numre) == 0:
		return nil, fmt.Errorf("%s: no numbers stand in it", flagName)
	}
	return numre, nil
}

// readNummer is the number of a line, "" when there is none.
func readNummer(line string, least, most int) (string, error) {
	line, _, _ = strings.Cut(strings.TrimPrefix(line, "\uFEFF"), "#")
	number := strings.ReplaceAll(strings.TrimSpace(line), " ", "")
	switch {
	case number == "":
		return "", nil
	case len(number) < least || len(number) > most || strings.Trim(number, "0123456789") != "":
		if least == most {
			return "", fmt.Errorf("not %d digits", most)
		}
		return "", fmt.Errorf("not %d to %d digits", least, most)
	}
	return number, nil
}

// readArbeidsgiver reads the number of one employer, which may be a person's, from standard input.
func readArbeidsgiver(stdin io.Reader) (string, error) {
	lines := bufio.NewScanner(stdin)
	for lines.Scan() {
		if line := strings.TrimSpace(lines.Text()); line != "" {
			number, err := arbeidsgivernummer(line)
			if err != nil {
				return "", fmt.Errorf("--arbeidsgiver: %w", err)
			}
			return number, nil
		}
	}
	return "", errors.Join(errors.New("--arbeidsgiver: no number stands on standard input"), lines.Err())
}
