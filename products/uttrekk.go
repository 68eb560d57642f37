package products

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"

	"aareg/store"
)

// Uttrekk is an extract that somebody wants: whole arbeidsforhold with all data elements of the register, of an employer,
// of persons, or by id. It is one of Arbeidsgiver, Arbeidstakere and Arbeidsforhold, and is given by the right to the
// product that takes the same, which decides who is found and who is not:
//
//   - Arbeidsgiver: a number of 9 or 11 digits, as § 2.2 takes it. All arbeidsforhold of the employer and, of a unit, of
//     every unit below it;
//   - Arbeidstakere: foedselsnr or D-numbers, as § 2.3 takes them, each with the arbeidsforhold as employee;
//   - Arbeidsforhold: ids, as § 2.6 takes them.
//
// What has no answer with data in it (nobody, protected persons whose data the consumer may not have) is in the sum alone,
// under the statuskode that the product would answer with; somebody who is asked for twice is given twice.
type Uttrekk struct {
	Arbeidsgiver   string
	Arbeidstakere  []uint64
	Arbeidsforhold []uint64
	// Filter keeps arbeidsforhold of an employer or a person; an id is that of one whatever the filter.
	Filter store.Filter
	Form   Uttrekksform

	// Viser says whether a row of answers (Uttrekksfelt.Rett) is inside the consumer's field profile.
	Viser func(rett string) bool
	// Utlever accounts for a part of the extract before its first byte leaves: none does when it fails. Every extract has
	// one part at least, and no part more than some thousand arbeidsforhold.
	Utlever func(Uttrekksdel) error
	// Framdrift is told how many arbeidsforhold have left, after each part; nil: nobody wants to know.
	Framdrift func(antall int)
}

// Uttrekksdel is what leaves at once.
type Uttrekksdel struct {
	Antall int // arbeidsforhold
	// Personer are everybody who is disclosed or was asked for: numbers below 10^11, rising, each once. They are employees,
	// personal employers and opplysningspliktige, also when the profile leaves their numbers out.
	Personer  []uint64
	Beskyttet bool // somebody of them has address protection, and the consumer the right to know
}

// Uttrekkssum is what an extract came to.
type Uttrekkssum struct {
	Antall int // arbeidsforhold
	// Utfall are the answers without data: how many of those who were asked for, by statuskode.
	Utfall map[Statuskode]int
}

// ErrIngenFelt is an extract of which the field profile leaves nothing.
var ErrIngenFelt = errors.New("uttrekk: no data element is inside the field profile")

var (
	errBestilling = errors.New("uttrekk: must be of an employer, of persons or of ids, and of one of them alone")
	errUtlever    = errors.New("uttrekk: nobody accounts for it")
)

// Produkt is the product whose right the extract is given by.
func (u *Uttrekk) Produkt() string {
	switch {
	case u.Arbeidsgiver != "":
		return "hentArbeidsgiver"
	case u.Arbeidstakere != nil:
		return "hentArbeidstaker"
	}
	return "hentArbeidsforhold"
}

// Nummer are the persons that were asked for by their numbers.
func (u *Uttrekk) Nummer() []uint64 {
	if n, ok := personnummer(u.Arbeidsgiver); ok {
		return []uint64{n}
	}
	return u.Arbeidstakere
}

func (u *Uttrekk) check() error {
	given := 0
	for _, is := range []bool{u.Arbeidsgiver != "", u.Arbeidstakere != nil, u.Arbeidsforhold != nil} {
		if is {
			given++
		}
	}
	switch {
	case given != 1:
		return errBestilling
	case u.Utlever == nil || u.Viser == nil:
		return errUtlever
	case u.Arbeidsgiver != "" && !arbeidsgivernr(u.Arbeidsgiver):
		return &InvalidRequest{Tag: "arbeidsgiverId", Problem: arbeidsgivernrProblem}
	}
	return nil
}

// Skriv writes the extract to w, out of one snapshot of the register, in bounded memory however long it is. An error means
// that it is cut: what ends a whole one (Uttrekksform) is missing, and nothing has been written when there was no part yet.
// The sum is then what had been gathered. The end of ctx ends it.
func (u *Uttrekk) Skriv(ctx context.Context, s *store.Store, v store.View, w io.Writer) (Uttrekkssum, error) {
	l := &leveranse{u: u, w: w, sum: Uttrekkssum{Utfall: map[Statuskode]int{}}}
	err := u.check()
	if err == nil {
		l.skriver, err = u.Form.skriver(&l.buf, synlige(u.Viser))
	}
	if err != nil {
		return l.sum, err
	}
	if err = l.skriver.begynn(); err == nil {
		err = s.Uttrekk(ctx, v, func(t *store.Uttrekk) error { return l.alle(ctx, t) })
	}
	if l.brutt != nil {
		return l.sum, l.brutt
	}
	if err == nil {
		err = l.skriver.slutt(&l.sum)
	}
	if err == nil {
		err = l.lever()
	}
	return l.sum, err
}

// delPoster is how many arbeidsforhold, together with who was asked for, a part has; delBytes is how large it gets at most,
// but for its last arbeidsforhold.
const (
	delPoster = 1000
	delBytes  = 4 << 20
)

// leveranse is an extract under way.
type leveranse struct {
	u       *Uttrekk
	w       io.Writer
	skriver uttrekksskriver
	buf     bytes.Buffer // the part that has not left
	del     Uttrekksdel
	poster  int // of the part
	begun   bool
	sum     Uttrekkssum
	brutt   error // why a part could not leave; the register must not take it for its own
}

func (l *leveranse) alle(ctx context.Context, t *store.Uttrekk) error {
	if nummer := l.u.Arbeidsgiver; nummer != "" {
		l.person(nummer)
		return l.spurt(t.Arbeidsgiver(ctx, nummer, l.u.Filter, l.post))
	}
	for _, n := range l.u.Arbeidstakere {
		nummer := fmt.Sprintf("%011d", n)
		l.person(nummer)
		if err := l.spurt(t.Arbeidstaker(ctx, nummer, l.u.Filter, l.post)); err != nil {
			return err
		}
	}
	for _, id := range l.u.Arbeidsforhold {
		if err := l.spurt(t.Arbeidsforhold(ctx, int64(id), l.post)); err != nil {
			return err
		}
	}
	return nil
}

// spurt takes what became of one that was asked for.
func (l *leveranse) spurt(err error) error {
	if kode, ok := StatusOf(err); ok && kode != Utilgjengelig && l.brutt == nil {
		l.sum.Utfall[kode]++
		err = nil
	}
	if err != nil {
		return err
	}
	return l.regn()
}

func (l *leveranse) post(a *store.HentetArbeidsforhold) error {
	l.sum.Antall++
	l.del.Antall++
	l.person(a.Arbeidstaker.Nummer)
	l.person(a.Arbeidsgiver.Nummer)
	l.person(a.Opplysningspliktig.Nummer)
	l.del.Beskyttet = l.del.Beskyttet || a.Gradering != store.Ugradert
	if err := l.skriver.post(l.sum.Antall, a); err != nil {
		return err
	}
	return l.regn()
}

// regn counts towards the part, and lets it leave when it is full.
func (l *leveranse) regn() error {
	if l.poster++; l.poster < delPoster && l.buf.Len() < delBytes {
		return nil
	}
	return l.lever()
}

// lever lets what has been gathered leave, once it has been accounted for.
func (l *leveranse) lever() error {
	l.brutt = l.slipp()
	return l.brutt
}

func (l *leveranse) slipp() error {
	if l.del.Antall > 0 || len(l.del.Personer) > 0 || !l.begun {
		slices.Sort(l.del.Personer)
		l.del.Personer = slices.Compact(l.del.Personer)
		if err := l.u.Utlever(l.del); err != nil {
			return err
		}
	}
	if _, err := l.w.Write(l.buf.Bytes()); err != nil {
		return fmt.Errorf("uttrekk: %w", err)
	}
	l.buf.Reset()
	l.del, l.poster, l.begun = Uttrekksdel{Personer: l.del.Personer[:0]}, 0, true
	if l.u.Framdrift != nil {
		l.u.Framdrift(l.sum.Antall)
	}
	return nil
}

// person notes somebody by a number of 11 digits; others are no person's.
func (l *leveranse) person(nummer string) {
	if n, ok := personnummer(nummer); ok {
		l.del.Personer = append(l.del.Personer, n)
	}
}

func personnummer(nummer string) (n uint64, ok bool) {
	if len(nummer) != 11 {
		return 0, false
	}
	n, err := strconv.ParseUint(nummer, 10, 64)
	return n, err == nil
}
