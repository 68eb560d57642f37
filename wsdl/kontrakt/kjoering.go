package kontrakt

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Kjoering is one run: the questions that an endpoint is asked, and who judges.
type Kjoering struct {
	Spoerrer   *Spoerrer
	Dommer     *Dommer
	Dialekt    string // felt.Spek or felt.D2015, for the report
	Spoersmaal []Spoersmaal
	Samtidig   int  // how many questions are under way at a time, at least 1
	UtenWSDL   bool // does not fetch the WSDL
}

// Kjoer asks all questions and judges the answers in the order of the questions, and the WSDL. A question that itself
// breaks the table is reported and not sent. When the endpoint wants no more questions (forMangeForespoersler), the rest
// is not asked, and the result says so. The error says that the endpoint cannot be judged at all: it does not answer two
// questions, it refuses the login, or ctx was done.
func (k *Kjoering) Kjoer(ctx context.Context) (*Resultat, error) {
	own := make([][]Brudd, len(k.Spoersmaal))
	for i := range k.Spoersmaal {
		own[i] = k.Dommer.DoemSpoersmaal(&k.Spoersmaal[i])
	}
	if !slices.ContainsFunc(own, func(found []Brudd) bool { return len(found) == 0 }) {
		return nil, errors.New("there is nothing that can be asked")
	}
	r := &Resultat{Endepunkt: endepunkt(k.Spoerrer.URL), Dialekt: k.Dialekt, Begynt: time.Now()}
	answers := make([]Svar, len(k.Spoersmaal))
	asked, err := k.bank(ctx, own, answers)
	if err != nil {
		return nil, err
	}
	if err := k.spoerResten(ctx, own, asked, answers); err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	for i := range k.Spoersmaal {
		r.Utfall = append(r.Utfall, k.utfall(i, own[i], answers[i]))
	}
	if !k.UtenWSDL {
		r.WSDL, r.Merknader = k.Dommer.DoemWSDL(ctx, k.Spoerrer)
	}
	r.merkFeil()
	r.settDekning(k.Dommer)
	r.merkTilgang()
	r.Tok = time.Since(r.Begynt)
	return r, nil
}

// merkFeil notes how many faults came where nobody said what was expected. They are no violations, and yet a run of
// nothing else, as when a login is missing, says nothing of the register.
func (r *Resultat) merkFeil() {
	faults := 0
	for _, u := range r.Utfall {
		if u.Spoersmaal.Ventet == "" && u.Udoemt == "" && strings.HasPrefix(u.Fikk, "feil:") {
			faults++
		}
	}
	if faults > 0 {
		r.Merknader = append(r.Merknader, flertall(faults, "question")+" without an expected outcome got a fault, which is no violation")
	}
}

// utfall is what came of a question: what is wrong with it itself, or else with its answer.
func (k *Kjoering) utfall(i int, own []Brudd, answer Svar) Utfall {
	q := &k.Spoersmaal[i]
	switch {
	case len(own) == 0 && answer.Feil == ikkeSpurt:
		return Utfall{Spoersmaal: *q, Svar: answer, Udoemt: ikkeSpurt}
	case len(own) == 0:
		return k.Dommer.Doem(q, answer)
	}
	for n := range own {
		own[n].Tekst = "in the question: " + own[n].Tekst
	}
	return Utfall{Spoersmaal: *q, Svar: Svar{Feil: "the question was not sent"}, Brudd: own}
}

// maksSvarene is how many bytes of answers a run keeps: far above any register's, and less than a machine has.
const maksSvarene = 1 << 30

// bank asks a question, and when nothing comes of it another: an endpoint that answers neither is not asked the rest. It
// is how many questions are done with.
func (k *Kjoering) bank(ctx context.Context, own [][]Brudd, answers []Svar) (asked int, err error) {
	silent := 0
	for i := range k.Spoersmaal {
		if len(own[i]) > 0 {
			continue
		}
		answers[i] = k.Spoerrer.Spoer(ctx, &k.Spoersmaal[i])
		if answers[i].Status != 0 {
			return i + 1, nil
		}
		err = fmt.Errorf("the endpoint does not answer: %s", answers[i].Feil)
		if silent++; silent == 2 {
			break
		}
	}
	return 0, err
}

// spoerResten asks the questions from one on, but those with breaches of their own, some at a time; each answer stands
// where its question does. After an answer that ends the run no more are sent; the error is that of a refused login.
func (k *Kjoering) spoerResten(ctx context.Context, own [][]Brudd, from int, answers []Svar) error {
	next := make(chan int)
	var workers sync.WaitGroup
	var kept atomic.Int64
	var slutten slutten
	for i := range from {
		slutten.merk(&k.Spoersmaal[i], answers[i])
	}
	for range max(k.Samtidig, 1) {
		workers.Go(func() {
			for i := range next {
				switch {
				case slutten.naadd():
					answers[i] = Svar{Feil: ikkeSpurt}
				case kept.Load() > maksSvarene:
					answers[i] = Svar{Feil: "not asked: the answers before it are too large to be kept"}
				default:
					answers[i] = k.Spoerrer.Spoer(ctx, &k.Spoersmaal[i])
					kept.Add(int64(len(answers[i].Kropp)))
					slutten.merk(&k.Spoersmaal[i], answers[i])
				}
			}
		})
	}
	for i := from; i < len(k.Spoersmaal); i++ {
		if len(own[i]) == 0 && ctx.Err() == nil {
			next <- i
		}
	}
	close(next)
	workers.Wait()
	return slutten.err
}

// slutten is whether an answer has ended the run, and by which error, if it was one.
type slutten struct {
	mu  sync.Mutex
	nok bool
	err error
}

func (s *slutten) merk(q *Spoersmaal, svar Svar) {
	enough, err := slutt(q, svar)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.nok = s.nok || enough || err != nil
	s.err = cmp.Or(s.err, err)
}

func (s *slutten) naadd() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.nok
}

// endepunkt is an address as it is shown and kept: without user, password, query and fragment, which may be secrets.
func endepunkt(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return (&url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}).String()
}

// Brutt says whether anything is violated that no deviation excuses.
func (r *Resultat) Brutt() bool {
	violations, _ := r.antallBrudd()
	return violations > 0
}
