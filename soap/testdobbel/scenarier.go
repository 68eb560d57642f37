package testdobbel

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"aareg/products"
	"aareg/soap"
	"aareg/wsdl"
)

// Scenarios is a file of scenarios, JSON:
//
//	{"seed": 7, "scenarios": [
//	  {"name": "slow", "operasjon": "hentArbeidstaker", "felt": {"foedselsnr": "12838049808"}, "latency": "100ms-2s"},
//	  {"operasjon": "hentArbeidsgiver", "feil": "ikkeTilgang", "times": 2},
//	  {"operasjon": "hentArbeidsforhold", "dribble": {"bytes": 64, "every": "50ms"}}]}
//
// The first that matches a question decides. A key that nobody knows is an error that tells its place.
type Scenarios struct {
	Seed      uint64     `json:"seed"` // what latency is drawn with
	Scenarios []Scenario `json:"scenarios"`
}

// Scenario is what questions get. At most one of statuskode, feil, transport and http; none of them is the answer as
// always, so that a scenario without any effect says that a question is expected.
type Scenario struct {
	Name       string            `json:"name"`       // for the journal; letters, digits, space and _ . -, no long numbers
	Operasjon  string            `json:"operasjon"`  // of which questions, as the field specification calls it
	Felt       map[string]string `json:"felt"`       // with these values, "" for an element that is not there; none: all
	Statuskode string            `json:"statuskode"` // one without data that the operation uses
	Feil       string            `json:"feil"`       // a feilkode of the contract
	Latency    latency           `json:"latency"`    // before the answer: 200ms, or drawn between two: 100ms-2s
	Dribble    *dribble          `json:"dribble"`    // the answer comes piece by piece
	// Transport is reset (TCP RST), empty (closed without an answer), garbage (bytes that are no XML) or truncated (half
	// of the answer, then closed).
	Transport string `json:"transport"`
	HTTP      int    `json:"http"`  // this status, 400 to 599, without an envelope
	Times     int    `json:"times"` // for so many questions, then as if it were not there: a sequence, which depends on the order
}

type dribble struct {
	Bytes int     `json:"bytes"`
	Every latency `json:"every"`
}

// latency is a time, or two between which one is drawn; at most ten minutes.
type latency struct{ from, to time.Duration }

const longest = 10 * time.Minute

var errLatency = errors.New("not a time like 200ms, or two like 100ms-2s, up to 10m")

// UnmarshalText reads 200ms or 100ms-2s.
func (l *latency) UnmarshalText(text []byte) (err error) {
	from, to, spread := strings.Cut(string(text), "-")
	if l.from, err = time.ParseDuration(from); err != nil {
		return errLatency
	}
	if l.to = l.from; spread {
		l.to, err = time.ParseDuration(to)
	}
	if err != nil || l.from <= 0 || l.to < l.from || l.to > longest {
		return errLatency
	}
	return nil
}

// placedError is a mistake in a body or file of JSON, and where.
type placedError struct{ text string }

func (e *placedError) Error() string { return e.text }

// decode reads JSON strictly. Its errors tell the place by line, column and keys, and never a value.
func decode(text []byte, into any) error {
	err := json.Unmarshal(text, into, json.RejectUnknownMembers(true))
	var semantic *json.SemanticError
	var syntactic *jsontext.SyntacticError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &semantic):
		problem := "not what belongs here"
		switch {
		case errors.Is(semantic.Err, json.ErrUnknownName):
			problem = "unknown key"
		case errors.Is(semantic.Err, errLatency):
			problem = errLatency.Error()
		}
		return placed(text, semantic.ByteOffset, semantic.JSONPointer, problem)
	case errors.As(err, &syntactic):
		return placed(text, syntactic.ByteOffset, syntactic.JSONPointer, "not JSON, or a key given twice")
	}
	return &placedError{"not JSON"}
}

var plainPointer = regexp.MustCompile(`^(/([A-Za-zæøå]{1,40}|[0-9]{1,5}))*$`)

func placed(text []byte, offset int64, pointer jsontext.Pointer, problem string) error {
	before := string(text[:min(int(offset), len(text))])
	line := 1 + strings.Count(before, "\n")
	column := len(before) - strings.LastIndex(before, "\n")
	where := string(pointer)
	if !plainPointer.MatchString(where) {
		where = "a key that is not repeated here"
	}
	return &placedError{fmt.Sprintf("line %d, column %d: %s: %s", line, column, where, problem)}
}

// parseScenarios reads a file of scenarios.
func parseScenarios(text []byte) (*Scenarios, error) {
	s := new(Scenarios)
	if err := decode(text, s); err != nil {
		return nil, err
	}
	for i := range s.Scenarios {
		if problem := s.Scenarios[i].problem(); problem != "" {
			return nil, &placedError{fmt.Sprintf("scenario %d: %s", i+1, problem)}
		}
	}
	return s, nil
}

var (
	plainName  = regexp.MustCompile(`^[A-Za-zÆØÅæøå0-9 _.-]{0,64}$`)
	longNumber = regexp.MustCompile(`[0-9]{6}`)
)

// problem is the rule that a scenario breaks, "" for none. It never repeats a value.
func (s *Scenario) problem() string {
	o := operasjonOf(s.Operasjon)
	effects := 0
	for _, given := range []bool{s.Statuskode != "", s.Feil != "", s.Transport != "", s.HTTP != 0} {
		if given {
			effects++
		}
	}
	switch {
	case o == nil:
		return "operasjon: there is no such operation"
	case !plainName.MatchString(s.Name) || longNumber.MatchString(s.Name):
		return "name: letters, digits, space and _ . -, and no number of six digits"
	case effects > 1:
		return "only one of statuskode, feil, transport and http"
	case s.Statuskode == string(products.Komplett) || s.Statuskode == string(products.Trunkert):
		return "statuskode: one with data cannot be told to an answer without"
	case s.Statuskode != "" && !slices.Contains(o.statuskode, products.Statuskode(s.Statuskode)):
		return "statuskode: not one that the operation uses"
	case s.Feil != "" && !slices.Contains(soap.Feilkoder(), s.Feil):
		return "feil: there is no such feilkode"
	case s.Transport != "" && !slices.Contains([]string{"reset", "empty", "garbage", "truncated"}, s.Transport):
		return "transport: reset, empty, garbage or truncated"
	case s.HTTP != 0 && (s.HTTP < 400 || s.HTTP > 599):
		return "http: from 400 to 599"
	case s.Times < 0:
		return "times: 1 or more"
	case s.Dribble != nil && (s.Transport != "" || s.HTTP != 0):
		return "dribble: only an answer can"
	case s.Dribble != nil && (s.Dribble.Bytes < 1 || s.Dribble.Every.from == 0 || s.Dribble.Every.from != s.Dribble.Every.to):
		return "dribble: bytes 1 or more, and every a time like 50ms"
	}
	return feltProblem(s.Operasjon, s.Felt)
}

// feltProblem is what is wrong with the elements that are asked about.
func feltProblem(operasjon string, felt map[string]string) string {
	for _, tag := range slices.Sorted(maps.Keys(felt)) {
		switch {
		case !slices.Contains(wsdl.RequestChildren(operasjon), tag):
			return "felt: an element that the operation does not have"
		case mayBeReal(felt[tag]):
			return "felt: a number that may be a real person's. A test double takes synthetic ones alone, with 40 or more added to the month"
		}
	}
	return ""
}

// scenarier are the scenarios in force.
type scenarier struct {
	mu   sync.Mutex
	text []byte // as they were given
	set  *Scenarios
	used []int // how often each was played
}

func (s *scenarier) put(text []byte) error {
	set, err := parseScenarios(text)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.text, s.set, s.used = text, set, make([]int, len(set.Scenarios))
	return nil
}

func (s *scenarier) clear() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.text, s.set, s.used = nil, nil, nil
}

func (s *scenarier) given() []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.text == nil {
		return []byte(`{"seed":0,"scenarios":[]}`)
	}
	return s.text
}

// SetScenarios puts a file of scenarios in force, in the place of those before. The error tells the place of what is
// wrong, and never a value.
func (d *Dobbel) SetScenarios(text []byte) error { return d.scenarios.put(text) }
