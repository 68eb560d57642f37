package testdobbel

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"aareg/soap"
)

// treff is what a question was found to be.
type treff struct {
	source   string // as X-Aareg-Test tells it: "scenario 2", "magic ikkeTilgang", "register", "refused"
	name     string // of the scenario
	why      string // why nothing else matched
	scenario *Scenario
	instead  error // what is answered in the place of the register's answer
	latency  time.Duration
}

// find is what a question gets: the first scenario that matches it, else its magic, else what the register has.
func (d *Dobbel) find(q soap.Question) treff {
	if q.Operation == "" {
		return treff{source: "refused"}
	}
	q.Leaves = normal(q.Leaves)
	t := d.scenarios.match(q)
	if t.scenario != nil {
		if kode := t.scenario.Statuskode + t.scenario.Feil; kode != "" {
			t.instead = outcome(kode)
		}
		return t
	}
	if kode := magicOf(q); kode != "" {
		return treff{source: "magic " + kode, instead: outcome(kode)}
	}
	t.source = "register"
	return t
}

// normal has arbeidsforholdId without leading zeros, which mean nothing.
func normal(leaves map[string]string) map[string]string {
	leaves = maps.Clone(leaves)
	if id := strings.TrimLeft(leaves["arbeidsforholdId"], "0"); id != "" {
		leaves["arbeidsforholdId"] = id
	}
	return leaves
}

// match is the first scenario that matches and is not used up, which is one use of it; else why none does.
func (s *scenarier) match(q soap.Question) treff {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.set == nil {
		return treff{}
	}
	why, fewest := "no scenario is of this operation", -1
	for i := range s.set.Scenarios {
		c := &s.set.Scenarios[i]
		if c.Operasjon != q.Operation {
			continue
		}
		differs := differing(normal(c.Felt), q.Leaves)
		usedUp := c.Times > 0 && s.used[i] >= c.Times
		switch {
		case len(differs) == 0 && !usedUp:
			s.used[i]++
			return treff{source: fmt.Sprintf("scenario %d", i+1), name: c.Name, scenario: c, latency: c.Latency.draw(s.set.Seed, i, q)}
		case len(differs) == 0 && fewest != 0:
			why, fewest = fmt.Sprintf("scenario %d is used up", i+1), 0
		case fewest < 0 || len(differs) < fewest:
			why, fewest = fmt.Sprintf("no scenario matches; the nearest is scenario %d: %s differs", i+1, strings.Join(differs, ", ")), len(differs)
		}
	}
	return treff{why: why}
}

// differing are the elements whose values are not the wanted ones, in order.
func differing[T comparable](want, got map[string]T) (tags []string) {
	for tag, value := range want {
		if got[tag] != value {
			tags = append(tags, tag)
		}
	}
	slices.Sort(tags)
	return tags
}

// draw is the time that a question waits: always the same of one seed, scenario and question.
func (l latency) draw(seed uint64, scenario int, q soap.Question) time.Duration {
	if l.from == l.to {
		return l.from
	}
	h := sha256.New()
	fmt.Fprintf(h, "%d %d %s", seed, scenario, q.Operation)
	for _, tag := range slices.Sorted(maps.Keys(q.Leaves)) {
		fmt.Fprintf(h, " %s=%q", tag, q.Leaves[tag])
	}
	drawn := binary.BigEndian.Uint64(h.Sum(nil)) % uint64(l.to-l.from+1)
	return l.from + time.Duration(drawn)
}
