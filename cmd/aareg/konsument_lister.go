package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"aareg/soap/tilgang"
	"aareg/store"
	"aareg/store/konsument"
)

// readFelter reads a list of rows of answers, or of the extract's own; all are both.
func (k *konsumentKall) readFelter(name, value string) (func(*konsument.Rettigheter), error) {
	var rows []string
	switch value {
	case alle:
		rows = append(konsument.Produkter(), string(konsument.Uttrekk))
	case ingenting:
	default:
		var err error
		rows, err = k.readList(name, value, func(row string) (string, error) {
			if !tilgang.ErRad(row) {
				return "", errors.New("no row of an answer")
			}
			return row, nil
		})
		if err != nil {
			return nil, err
		}
	}
	return func(r *konsument.Rettigheter) { r.Felter = rows }, nil
}

// readOmfang reads whom a consumer may see: everybody, nobody, or the numbers of a list.
func (k *konsumentKall) readOmfang(number func(string) (string, error), field func(*konsument.Rettigheter) *konsument.Omfang) func(name, value string) (func(*konsument.Rettigheter), error) {
	return func(name, value string) (func(*konsument.Rettigheter), error) {
		var o konsument.Omfang
		switch value {
		case alle:
			o.Alle = true
		case ingenting:
		default:
			var err error
			if o.Nummer, err = k.readList(name, value, number); err != nil {
				return nil, err
			}
		}
		return func(r *konsument.Rettigheter) { *field(r) = o }, nil
	}
}

// readList reads the entries of a file, each once, one a line. Errors name the line and never say what is in it.
func (k *konsumentKall) readList(name, file string, entry func(string) (string, error)) ([]string, error) {
	b, err := k.readFile(name, file)
	if err != nil {
		return nil, err
	}
	var entries []string
	seen := map[string]bool{}
	n := 0
	for line := range strings.Lines(strings.TrimPrefix(string(b), "\uFEFF")) {
		n++
		line, _, _ = strings.Cut(line, "#")
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		e, err := entry(line)
		if err != nil {
			return nil, fmt.Errorf("%s: line %d: %w", name, n, err)
		}
		if !seen[e] {
			seen[e] = true
			entries = append(entries, e)
		}
	}
	if len(entries) == 0 {
		return nil, fmt.Errorf("%s: nothing stands in it (%s is a word for none)", name, ingenting)
	}
	return entries, nil
}

// digits are the digits of a number, which people group with spaces.
func digits(s string, lengths ...int) (string, bool) {
	s = strings.ReplaceAll(s, " ", "")
	return s, slices.Contains(lengths, len(s)) && strings.Trim(s, "0123456789") == ""
}

func personnummer(s string) (string, error) {
	number, ok := digits(s, 11)
	if !ok {
		return "", errors.New("not 11 digits")
	}
	return number, nil
}

// arbeidsgivernummer also refuses a mistyped orgnr, with which the consumer would see nobody. Numbers of employers from
// before Enhetsregisteret have no check digit: 9 digits from 300, 301 or 302, or any 11.
func arbeidsgivernummer(s string) (string, error) {
	number, ok := digits(s, 9, 11)
	switch {
	case !ok:
		return "", errors.New("neither 9 nor 11 digits")
	case len(number) == 9 && !store.ValidOrgnr(number) && (number < "300" || number >= "303"):
		return "", errors.New("no orgnr: the check digit is wrong")
	}
	return number, nil
}
