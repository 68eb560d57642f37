package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"os"

	"github.com/beevik/etree"
	"github.com/google/go-cmp/cmp"

	"aareg/cmd/bench/naive"
	"aareg/fixtures/generer"
)

// naiveOthers is how many arbeidsforhold the naive copy has beside those of the employers that are asked about.
const naiveOthers = 50_000

// naiveService serves a naive copy; it is a process of its own, as the service is.
func naiveService(args []string) error {
	flags := flag.NewFlagSet("naive", flag.ContinueOnError)
	addr := flags.String("addr", "127.0.0.1:0", "listen on `host:port`")
	db := flags.String("db", "", "the copy is this `file`")
	if err := flags.Parse(args); err != nil {
		return err
	}
	h, err := naive.Open(*db, generer.Dato.String())
	if err != nil {
		return err
	}
	return errors.Join(http.ListenAndServe(*addr, h), h.Close())
}

// startNaive serves a naive copy of a part of the register, which is kept beside it, and checks its answers.
func (b *bench) startNaive(ctx context.Context, employers []string) error {
	file := b.ours.register + ".naive"
	if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
		told("making a naive copy")
		part := naive.Part{Employers: employers, Others: naiveOthers, All: b.drawn.alle}
		if err := naive.Fill(ctx, b.ours.register, file+".new", part); err != nil {
			return errors.Join(err, os.Remove(file+".new"))
		}
		if err := os.Rename(file+".new", file); err != nil {
			return err
		}
	}
	copied, err := naive.Open(file, generer.Dato.String())
	if err != nil {
		return err
	}
	ids, err := copied.IDs()
	if err := errors.Join(err, copied.Close()); err != nil {
		return err
	}
	random := rand.New(rand.NewPCG(5, 6))
	random.Shuffle(len(ids), func(i, j int) { ids[i], ids[j] = ids[j], ids[i] })
	b.naiveIDs = ids
	process, err := b.cores.start(b.self, "naive", "--addr", "ADDR", "--db", file)
	if err != nil {
		return err
	}
	b.running = append(b.running, process)
	b.naive = &target{name: runNaive, process: process, path: "/"}
	return b.checkNaive(employers)
}

const naiveChecked = 200 // arbeidsforhold

// checkNaive asks both for the same, and wants the same.
func (b *bench) checkNaive(employers []string) error {
	for _, q := range []questions{
		about("hentArbeidsforhold", "arbeidsforholdId", b.naiveIDs[:min(naiveChecked, len(b.naiveIDs))]),
		about("hentArbeidsgiver", "arbeidsgiverId", employers),
	} {
		for _, l := range q.leaves {
			ours, err := b.ours.open.content(q.operation, l)
			if err != nil {
				return err
			}
			theirs, err := b.naive.content(q.operation, l)
			if err != nil {
				return err
			}
			if diff := cmp.Diff(ours, theirs); diff != "" {
				return fmt.Errorf("the naive copy answers otherwise (--fresh makes it anew): %s %s (-ours +naive):\n%s", q.operation, l, diff)
			}
		}
	}
	return nil
}

// content is an answer as parsed: tags and texts in order.
func (t *target) content(operation, leaves string) ([]string, error) {
	answer, err := t.ask(operation, leaves)
	if err != nil {
		return nil, err
	}
	root, err := body(answer, "komplett")
	if err != nil {
		return nil, err
	}
	return flat(root, nil), nil
}

func flat(e *etree.Element, list []string) []string {
	list = append(list, e.Tag+" "+e.Text())
	for _, c := range e.ChildElements() {
		list = flat(c, list)
	}
	return append(list, "/"+e.Tag)
}

// naiveRun asks the copy about what it has.
func (b *bench) naiveRun(s shape) run {
	q := s.questions
	if s.id == ettArbeidsforhold {
		q = about("hentArbeidsforhold", "arbeidsforholdId", b.naiveIDs)
	}
	return run{runNaive, b.naive, q, s.connections}
}
