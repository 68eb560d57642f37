package testdobbel

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"aareg/soap"
)

// Entry is a question that was asked, as the journal keeps it.
type Entry struct {
	Nr        int               `json:"nr"`             // from 1, in the order of the answers
	Time      time.Time         `json:"time"`           // of the answer, by the real clock
	Operasjon string            `json:"operasjon"`      // "" when the question was refused
	Felt      map[string]string `json:"felt"`           // a keyed digest of each value
	Outcome   string            `json:"outcome"`        // statuskode, feilkode, "http 503", or what became of the connection
	Source    string            `json:"source"`         // as X-Aareg-Test tells it
	Name      string            `json:"name,omitempty"` // of the scenario
	Why       string            `json:"why,omitempty"`  // nothing else matched
}

// mostEntries is how many questions the journal keeps; of later ones it only knows how many they were.
const mostEntries = 100_000

// journal keeps what was asked, without a value: they stand as digests with a key that nobody has.
type journal struct {
	key     []byte
	mu      sync.Mutex
	entries []Entry
	missed  int
}

func newJournal() *journal {
	key := make([]byte, 32)
	rand.Read(key) // never fails
	return &journal{key: key}
}

// digests are the keyed digests of values; an empty one is an element that is not there.
func (j *journal) digests(values map[string]string) map[string]string {
	digests := map[string]string{}
	for tag, value := range normal(values) {
		if value == "" {
			digests[tag] = ""
			continue
		}
		mac := hmac.New(sha256.New, j.key)
		fmt.Fprintf(mac, "%s=%s", tag, value)
		digests[tag] = hex.EncodeToString(mac.Sum(nil)[:8])
	}
	return digests
}

func (j *journal) add(q soap.Question, t treff, outcome string) {
	e := Entry{Time: time.Now().UTC(), Operasjon: q.Operation, Felt: j.digests(q.Leaves), Outcome: outcome,
		Source: t.source, Name: t.name, Why: t.why}
	j.mu.Lock()
	defer j.mu.Unlock()
	if len(j.entries) == mostEntries {
		j.missed++
		return
	}
	e.Nr = len(j.entries) + 1
	j.entries = append(j.entries, e)
}

func (j *journal) clear() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.entries, j.missed = nil, 0
}

// journalView is the journal as it is shown.
type journalView struct {
	Entries []Entry `json:"entries"`
	Missed  int     `json:"missed"` // questions that the journal had no room for
}

func (j *journal) view() journalView {
	j.mu.Lock()
	defer j.mu.Unlock()
	return journalView{append([]Entry{}, j.entries...), j.missed}
}

// Claim is what a test says was asked.
type Claim struct {
	Operasjon string            `json:"operasjon"`
	Felt      map[string]string `json:"felt"`   // "" for an element that is not there
	Antall    *int              `json:"antall"` // exactly
	Minst     *int              `json:"minst"`  // at least; 1 when nothing is said
	Maks      *int              `json:"maks"`   // at most
}

// Verdict is whether it was.
type Verdict struct {
	Holds bool   `json:"holds"`
	Found int    `json:"found"`
	Why   string `json:"why,omitempty"`
}

func (c *Claim) problem() string {
	if operasjonOf(c.Operasjon) == nil {
		return "operasjon: there is no such operation"
	}
	for _, n := range []*int{c.Antall, c.Minst, c.Maks} {
		if n != nil && *n < 0 {
			return "antall, minst, maks: 0 or more"
		}
	}
	return feltProblem(c.Operasjon, c.Felt)
}

// verify counts the questions that a claim is about. A journal that has missed some cannot tell.
func (j *journal) verify(c *Claim) Verdict {
	want := j.digests(c.Felt)
	seen := j.view()
	if seen.Missed > 0 {
		return Verdict{Why: "the journal was full and has missed questions: DELETE /journal before the test"}
	}
	v := Verdict{Why: "this operation was not asked"}
	var nearest []string
	for _, e := range seen.Entries {
		if e.Operasjon != c.Operasjon {
			continue
		}
		differs := differing(want, e.Felt)
		if len(differs) == 0 {
			v.Found++
		} else if nearest == nil || len(differs) < len(nearest) {
			nearest = differs
			v.Why = fmt.Sprintf("the nearest question is %d: %s differs", e.Nr, strings.Join(differs, ", "))
		}
	}
	v.Holds = c.holds(v.Found)
	if v.Holds || v.Found > 0 {
		v.Why = ""
	}
	return v
}

func (c *Claim) holds(found int) bool {
	if c.Antall == nil && c.Minst == nil && c.Maks == nil {
		return found >= 1
	}
	return !slices.Contains([]bool{
		c.Antall == nil || found == *c.Antall, c.Minst == nil || found >= *c.Minst, c.Maks == nil || found <= *c.Maks}, false)
}
