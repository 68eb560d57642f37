package products

import (
	"slices"
	"strconv"
)

// Loggfoer makes the answer collect the persons that it tells of; without it Person does nothing.
func (s *Svar) Loggfoer() { s.loggfoeres = true }

// Loggfoeres says whether persons are collected, so that a handler need not walk a list for nothing.
func (s *Svar) Loggfoeres() bool { return s.loggfoeres }

// Person tells that the answer discloses a person, or that one was asked for: a number of 11 digits, in force or as it
// was asked for; others, like an orgnr, are ignored. It is called before Status, also of a person whose number the
// consumer's tree leaves out. An employer's number from before Enhetsregisteret that has 11 digits cannot be told from a
// person's, and counts as one.
func (s *Svar) Person(nummer string) {
	if !s.loggfoeres || len(nummer) != 11 {
		return
	}
	for _, c := range []byte(nummer) {
		if c < '0' || c > '9' {
			return
		}
	}
	n, err := strconv.ParseUint(nummer, 10, 64)
	if err == nil { // always: the digits are few enough
		s.personer = append(s.personer, n)
	}
}

// Antall tells how many records the answer shows: arbeidsforhold, hits, or the one employer of § 2.1. It is called
// before Status.
func (s *Svar) Antall(n int) { s.antall = n }

// Utlevert is what the answer came to: its statuskode ("" before Status), how many records it shows, and the persons as
// numbers below 10^11, rising, each once. They are valid until Release.
func (s *Svar) Utlevert() (kode Statuskode, antall int, personer []uint64) {
	slices.Sort(s.personer)
	s.personer = slices.Compact(s.personer)
	return s.kode, s.antall, s.personer
}
