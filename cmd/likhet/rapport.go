package main

import (
	"cmp"
	"fmt"
	"hash/maphash"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"
	"text/tabwriter"

	"aareg/store"
)

// rapport is what came out. It shows what was asked and answered, which is all made up.
type rapport struct {
	questions []*spoersmaal
	skifte    store.Dato
	register  string // what is in it
	forskjell string // between the registers as written out

	mu       sync.Mutex
	seed     maphash.Seed
	svar     int // pairs of answers
	bytes    int // of the answers of one side
	utfall   map[noekkel]int
	ulike    int
	foerste  string // the first that differ, in words
	ubesvart map[string]int
	summer   map[sumnoekkel]uint64 // of answers, to tell which changed overnight, and which with the consumer
}

type noekkel struct{ konsument, operasjon, utfall string }

type sumnoekkel struct {
	konsument string
	day       store.Dato
	n         int
}

func nyRapport(w *verden, questions []*spoersmaal, forskjell string) *rapport {
	return &rapport{questions: questions, skifte: w.skifte, forskjell: forskjell, seed: maphash.MakeSeed(),
		utfall: map[noekkel]int{}, ubesvart: map[string]int{}, summer: map[sumnoekkel]uint64{},
		register: fmt.Sprintf("%d arbeidsforhold, %d personer, %d enheter, %d gamle arbeidsgivere",
			len(w.utvalg.forhold), len(w.personer), len(w.enheter), len(w.gamle))}
}

// visesUlike is how many differing questions are shown.
const visesUlike = 5

// ta takes a pair of answers; first says that it is the first that differs.
func (r *rapport) ta(k *konsument, when *runde, n int, answers [2]*svar) (first bool) {
	before, after := answers[0], answers[1]
	sum, outcome := maphash.Bytes(r.seed, before.tekst), before.utfall()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.svar++
	r.bytes += len(before.tekst)
	r.utfall[noekkel{k.navn, r.questions[n].operasjon, outcome}]++
	if len(when.flagg) == 0 {
		r.summer[sumnoekkel{k.navn, when.dag, n}] = sum
	}
	for _, answer := range answers {
		if code := answer.utfall(); ubesvart[code] {
			r.ubesvart[code]++
		}
	}
	if before.lik(after) {
		return false
	}
	r.ulike++
	if r.ulike <= visesUlike {
		r.foerste += fmt.Sprintf("%s asks as of %s: %s\n%s\n", k.navn, when, r.questions[n].ord(), ulikhet(before, after))
	}
	return r.ulike == 1
}

// omkring is how many bytes are shown about the first that differs.
const omkring = 150

// ulikhet shows where two answers differ first.
func ulikhet(a, b *svar) string {
	if a.status != b.status || a.mediatype != b.mediatype {
		return fmt.Sprintf("  before: HTTP %d %s %s\n  after:  HTTP %d %s %s", a.status, a.mediatype, a.utfall(), b.status, b.mediatype, b.utfall())
	}
	at := 0
	for at < min(len(a.tekst), len(b.tekst)) && a.tekst[at] == b.tekst[at] {
		at++
	}
	show := func(s *svar) string {
		return strings.ToValidUTF8(string(s.tekst[max(0, at-omkring):min(len(s.tekst), at+omkring)]), "?")
	}
	return fmt.Sprintf("  from byte %d of %d and %d\n  before: …%s…\n  after:  …%s…", at, len(a.tekst), len(b.tekst), show(a), show(b))
}

// like says that everything was compared and is the same.
func (r *rapport) like() bool {
	return r.ulike == 0 && r.forskjell == "" && len(r.ubesvart) == 0 && len(r.mangler()) == 0
}

// mangler are products of which no answer had data: their comparison says little.
func (r *rapport) mangler() (missing []string) {
	answered := map[string]bool{}
	for k := range r.utfall {
		answered[k.operasjon] = answered[k.operasjon] || k.utfall == "komplett"
	}
	for _, p := range produkter {
		if !answered[p.operasjon] {
			missing = append(missing, p.operasjon)
		}
	}
	return missing
}

// skriv prints the report.
func (r *rapport) skriv(to io.Writer) error {
	w := tabwriter.NewWriter(to, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "the register: %s\nthe midnight before %s\n\n", r.register, r.skifte)
	r.skrivUtfall(w, "product", func(k noekkel) string { return k.operasjon })
	r.skrivUtfall(w, "consumer", func(k noekkel) string { return k.konsument })
	r.skrivFormer(w)
	fmt.Fprintf(w, "%d answers of each, %d MB; %d of %d changed overnight, %d of %d with the right to protected persons\n", r.svar, r.bytes>>20,
		r.endret(func(k sumnoekkel) sumnoekkel { k.day = k.day.AddDays(1); return k }), len(r.questions),
		r.endret(func(k sumnoekkel) sumnoekkel { k.konsument = "ingen"; return k }), len(r.questions))
	if missing := r.mangler(); len(missing) > 0 {
		fmt.Fprintf(w, "NO ANSWER WITH DATA: %s\n", strings.Join(missing, ", "))
	}
	if len(r.ubesvart) > 0 {
		fmt.Fprintf(w, "NOT ANSWERED: %v\n", r.ubesvart)
	}
	if r.forskjell != "" {
		fmt.Fprintf(w, "THE REGISTERS DIFFER as they are written out:\n%s\n", r.forskjell)
	} else {
		fmt.Fprintln(w, "the registers are the same as they are written out")
	}
	if r.ulike > 0 {
		fmt.Fprintf(w, "%d ANSWERS DIFFER. The first:\n%s", r.ulike, r.foerste)
	} else {
		fmt.Fprintln(w, "0 answers differ")
	}
	return w.Flush()
}

// skrivUtfall prints how many answers had which outcome.
func (r *rapport) skrivUtfall(w io.Writer, what string, group func(noekkel) string) {
	counts, totals := map[string]map[string]int{}, map[string]int{}
	for k, n := range r.utfall {
		if counts[group(k)] == nil {
			counts[group(k)] = map[string]int{}
		}
		counts[group(k)][k.utfall] += n
		totals[k.utfall] += n
	}
	outcomes := slices.SortedFunc(maps.Keys(totals), func(a, b string) int { return cmp.Or(totals[b]-totals[a], cmp.Compare(a, b)) })
	fmt.Fprintf(w, "%s\t%s\n", what, strings.Join(outcomes, "\t"))
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		fmt.Fprint(w, name)
		for _, outcome := range outcomes {
			fmt.Fprintf(w, "\t%d", counts[name][outcome])
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintln(w)
}

// skrivFormer prints how many combinations of elements each product was asked with.
func (r *rapport) skrivFormer(w io.Writer) {
	forms, asked := map[string]map[string]int{}, map[string]int{}
	for _, q := range r.questions {
		if forms[q.operasjon] == nil {
			forms[q.operasjon] = map[string]int{}
		}
		forms[q.operasjon][q.form()]++
		asked[q.operasjon]++
	}
	fmt.Fprintln(w, "product\tquestions\tcombinations of elements")
	for _, p := range produkter {
		fmt.Fprintf(w, "%s\t%d\t%d\n", p.operasjon, asked[p.operasjon], len(forms[p.operasjon]))
	}
	fmt.Fprintln(w)
}

// endret is how many questions of the consumer with all rights had another answer than their twin.
func (r *rapport) endret(twin func(sumnoekkel) sumnoekkel) int {
	changed := map[int]bool{}
	for k, sum := range r.summer {
		if k.konsument != "data" {
			continue
		}
		if other, asked := r.summer[twin(k)]; asked && other != sum {
			changed[k.n] = true
		}
	}
	return len(changed)
}
