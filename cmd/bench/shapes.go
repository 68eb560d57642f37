package main

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"aareg/wsdl"
)

// shape is a kind of question: what is asked, by how many at once, and in which ways beside the open service and the
// static bytes.
type shape struct {
	id          string
	questions   questions
	connections int
	logged      bool // also with login and audit log
	gzip        bool // also compressed, and against compress/gzip at its fastest
	naive       bool // also of the naive service
	filtered    bool // also with status, lovgivning and dates
}

const (
	pointClients = 16
	listClients  = 4
)

// filters are those of hentArbeidsgiver, all at once, so that some entries are kept and others are not.
var filters = leaf("statusArbeidsforhold", "aktive") + leaf("lovgivning", "ny") + leaf("datofra", "2016-01-01") + leaf("datotil", "2025-06-01")

// The ids of shapes, which figures name.
const (
	ettArbeidsforhold = "hentArbeidsforhold"
	arbeidstaker7     = "hentArbeidstaker, 7 arbeidsforhold"
	antall40000       = "hentAntallArbeidstakere, 40,000"
	arbeidsgiver1000  = "hentArbeidsgiver, 1000"
	arbeidsgiver5000  = "hentArbeidsgiver, 5000"
	arbeidsgiver40000 = "hentArbeidsgiver, 40,000"
	takereEksakt      = "hentTrefflisteArbeidstaker, 1000 hits"
	takereFonetisk    = "hentTrefflisteArbeidstaker, 1000 hits, phonetic"
	givereEksakt      = "hentTrefflisteArbeidsgiver, 1000 hits"
)

// shapes are those of the table, about what was drawn; hit lists need a server to count hits.
func (d *drawn) shapes(t *target) ([]shape, error) {
	largest := d.arbeidsgivere[0].hva
	list := []shape{
		{id: ettArbeidsforhold, questions: about("hentArbeidsforhold", "arbeidsforholdId", d.arbeidsforhold), connections: pointClients, logged: true, gzip: true, naive: true},
		{id: arbeidstaker7, questions: about("hentArbeidstaker", "foedselsnr", d.arbeidstakere), connections: pointClients, logged: true},
		{id: antall40000, questions: about("hentAntallArbeidstakere", "orgnr", []string{largest}), connections: pointClients, logged: true},
		{id: arbeidsgiver1000, questions: about("hentArbeidsgiver", "arbeidsgiverId", d.arbeidsgivereMed(1000)), connections: listClients, logged: true, gzip: true, naive: true, filtered: true},
		{id: arbeidsgiver5000, questions: about("hentArbeidsgiver", "arbeidsgiverId", d.arbeidsgivereMed(5000)), connections: listClients, gzip: true, filtered: true},
	}
	for _, s := range []struct {
		id, operation, tag, rest string
		from                     []antallet
	}{
		{takereEksakt, "hentTrefflisteArbeidstaker", "etternavn", leaf("fonetisk", "false"), d.etternavn},
		{takereFonetisk, "hentTrefflisteArbeidstaker", "etternavn", leaf("fonetisk", "true"), d.etternavn},
		{givereEksakt, "hentTrefflisteArbeidsgiver", "orgnavn", leaf("inkluderOpphoerte", "true") + leaf("fonetisk", "false"), d.enhetsord},
	} {
		q, err := t.findHits(s.operation, s.tag, s.rest, s.from)
		if err != nil {
			return nil, err
		}
		list = append(list, shape{id: s.id, questions: q, connections: listClients})
	}
	return list, nil
}

func about(operation, tag string, values []string) questions {
	q := questions{operation: operation}
	for _, v := range values {
		q.leaves = append(q.leaves, leaf(tag, v))
	}
	return q
}

// fewEmployers is how many employers of a size are asked about in turn.
const fewEmployers = 8

func (d *drawn) arbeidsgivereMed(n int) []string {
	return names(nearest(d.arbeidsgivere, n, fewEmployers))
}

func names(list []antallet) (names []string) {
	for _, a := range list {
		names = append(names, a.hva)
	}
	return names
}

const (
	hits       = 1000
	candidates = 40
)

// findHits asks for the words that about a thousand names have, and takes those whose hits are nearest to a thousand:
// how many names sound alike, and who is an employee, only the service knows.
func (t *target) findHits(operation, tag, rest string, from []antallet) (questions, error) {
	near := nearestOf(from, hits, candidates)
	var found []antallet
	for _, word := range near {
		n, err := t.countHits(operation, leaf(tag, word.hva)+rest)
		if err != nil {
			return questions{}, err
		}
		found = append(found, antallet{word.hva, n})
	}
	return about(operation, tag, names(nearest(found, hits, fewEmployers))).with(rest), nil
}

func (t *target) countHits(operation, leaves string) (int, error) {
	answer, err := t.ask(operation, leaves)
	if err != nil {
		return 0, err
	}
	root, err := body(answer, "komplett", "trunkert", "ingen")
	if err != nil {
		return 0, err
	}
	for _, path := range []string{"antall", "arbeidstakere/antall"} {
		if antall := root.FindElement(path); antall != nil {
			return strconv.Atoi(antall.Text())
		}
	}
	return 0, nil
}

// The static handler sends one in alike of the answers to the first questions, in turn: of those that follow one another in
// length, so that its answers are as long as the service's.
const (
	looked = 31 * alike
	alike  = 8
)

// typical are answers of all lengths that the questions have.
func (t *target) typical(q questions) (answers [][]byte, err error) {
	for _, l := range q.leaves[:min(looked, len(q.leaves))] {
		answer, err := t.ask(q.operation, l)
		if err != nil {
			return nil, err
		}
		if _, err := body(answer, "komplett", "trunkert"); err != nil {
			return nil, err
		}
		answers = append(answers, answer)
	}
	return evenly(answers), nil
}

// evenly are one in alike of the answers, by length; all of few.
func evenly(answers [][]byte) (few [][]byte) {
	if len(answers) <= alike {
		return answers
	}
	slices.SortStableFunc(answers, func(a, b []byte) int { return cmp.Compare(len(a), len(b)) })
	for i := alike / 2; i < len(answers); i += alike {
		few = append(few, answers[i])
	}
	return few
}

// static serves typical answers of a shape in turn, from its own process.
func (b *bench) static(s shape, from *target) (*target, error) {
	answers, err := from.typical(s.questions)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.id, err)
	}
	folder, err := os.MkdirTemp(b.dir, "answer-")
	if err != nil {
		return nil, err
	}
	for i, answer := range answers {
		if err := os.WriteFile(filepath.Join(folder, strconv.Itoa(i)), answer, 0o600); err != nil {
			return nil, err
		}
	}
	process, err := b.cores.start(b.self, "static", "--addr", "ADDR", "--answers", folder)
	if err != nil {
		return nil, err
	}
	return &target{name: "static", process: process, path: "/answer"}, nil
}

// The names of runs, which figures name.
const (
	runStatic       = "static bytes"
	runOpen         = "open"
	runLogged       = "login and audit log"
	runFiltered     = "filtered"
	runGzip         = "gzip"
	runGzipStatic   = "static bytes, compress/gzip level 1"
	runNaive        = "naive"
	runBefore       = "before"
	runBeforeLogged = "before, login and audit log"
)

// runs are the ways that a shape is asked in, the static bytes first.
func (b *bench) runs(s shape, static *target) []run {
	r := func(name string, t *target) run { return run{name, t, s.questions, s.connections} }
	list := []run{r(runStatic, static), r(runOpen, b.ours.open)}
	zipped := func(t *target, path string) *target {
		return &target{name: t.name, process: t.process, path: path, session: t.session, gzip: true}
	}
	if s.filtered {
		with := r(runFiltered, b.ours.open)
		with.questions = s.questions.with(filters)
		list = append(list, with)
	}
	if s.logged {
		list = append(list, r(runLogged, b.ours.logged))
	}
	if s.gzip {
		list = append(list, r(runGzip, zipped(b.ours.open, wsdl.Endpoint)), r(runGzipStatic, zipped(static, gzipPath)))
	}
	if s.naive && b.naive != nil {
		list = append(list, b.naiveRun(s))
	}
	if b.before != nil && b.before.open != nil {
		list = append(list, r(runBefore, b.before.open))
	}
	if b.before != nil && (s.logged || b.before.open == nil) {
		if !s.logged {
			list = append(list, r(runLogged, b.ours.logged))
		}
		list = append(list, r(runBeforeLogged, b.before.logged))
	}
	return list
}
