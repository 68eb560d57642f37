package kontrakt

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"aareg/wsdl/felt"
)

// Svarer answers questions: an endpoint (Spoerrer), or a recording of one (Avspiller). It is asked by several at a time.
type Svarer interface {
	Spoer(ctx context.Context, q *Spoersmaal) Svar
}

// Sammenlikning is two that are asked the same questions, to see where their answers differ.
type Sammenlikning struct {
	A, B       Svarer
	Rader      []felt.Rad // of the table that the answers follow
	Samtidig   int        // how many questions are under way at a time, at least 1
	UansettRad bool       // takes an element that only stands at another place among those beside it for the same
}

// Forskjell is a question that was answered differently.
type Forskjell struct {
	Spoersmaal Spoersmaal
	A, B       Svar
	Ulikheter  []Ulikhet
}

// Kjoer asks both all questions. What differs stands in the order of the questions. The error says that an endpoint
// does not answer the first question, or that ctx was done.
func (s *Sammenlikning) Kjoer(ctx context.Context, questions []Spoersmaal) ([]Forskjell, error) {
	if len(questions) == 0 {
		return nil, nil
	}
	for i, side := range []Svarer{s.A, s.B} {
		if _, recorded := side.(*Avspiller); recorded {
			continue // what it does not answer is a difference
		}
		if first := side.Spoer(ctx, &questions[0]); first.Status == 0 {
			return nil, fmt.Errorf("%c does not answer: %s", "AB"[i], first.Feil)
		}
	}
	all := make([]Forskjell, len(questions))
	next := make(chan int)
	var workers sync.WaitGroup
	for range max(s.Samtidig, 1) {
		workers.Go(func() {
			for i := range next {
				all[i] = s.en(ctx, questions[i])
			}
		})
	}
	for i := range questions {
		if ctx.Err() != nil {
			break
		}
		next <- i
	}
	close(next)
	workers.Wait()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return slices.DeleteFunc(all, func(f Forskjell) bool { return len(f.Ulikheter) == 0 }), nil
}

// en asks both one question. Answers that are the same are let go of: all of them at a time may be many megabytes.
func (s *Sammenlikning) en(ctx context.Context, q Spoersmaal) Forskjell {
	f := Forskjell{Spoersmaal: q, A: s.A.Spoer(ctx, &q), B: s.B.Spoer(ctx, &q)}
	f.Ulikheter = Ulikheter(s.Rader, operasjonTil(q), f.A, f.B)
	if s.UansettRad {
		f.Ulikheter = slices.DeleteFunc(f.Ulikheter, func(u Ulikhet) bool { return u.Flyttet })
	}
	if len(f.Ulikheter) == 0 {
		return Forskjell{}
	}
	return f
}
