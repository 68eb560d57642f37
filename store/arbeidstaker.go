package store

import (
	"context"
	"fmt"
	"sync"

	"aareg/store/sqlite"
)

// Arbeidstaker is the answer of § 2.3.
type Arbeidstaker struct {
	Foedselsnr string // the number in force
	Navn       Navn
	Kjoenn     string
	Gradering  Gradering // of a person whose data the view may have
	livsloep
	Arbeidsforhold []Listerad // those that the filter keeps, newest begyntdato first, then by id

	leser radleser // by which they were read
}

// takere are those that were given back, for their memory.
var takere = sync.Pool{New: func() any { return new(Arbeidstaker) }}

// mangeJobber is how many arbeidsforhold there may be memory for in one that is given back.
const mangeJobber = 1 << 8

// Release gives it back: nothing but its texts may be used afterwards.
func (a *Arbeidstaker) Release() {
	if cap(a.Arbeidsforhold) <= mangeJobber {
		takere.Put(a)
	}
}

// Arbeidstaker answers § 2.3: the person under a number, in force or former, and the arbeidsforhold as employee. Who has used it
// should release it.
func (s *Store) Arbeidstaker(ctx context.Context, v View, nummer string, f Filter) (p *Arbeidstaker, err error) {
	err = s.read(ctx, v.Omfang, func(r *reader, book *kodebok) error {
		p = nil
		u := utpakker{koder: book}
		who, err := r.finn(ctx, v, somArbeidstaker, nummer, u.lesTakerliste)
		if err != nil {
			return err
		}
		if p, err = r.arbeidstaker(ctx, v, who, f, u); err != nil {
			return fmt.Errorf("arbeidstaker: %w", err)
		}
		return nil
	})
	return p, err
}

// unpack reads the document of the arbeidsforhold; a yrke that came without a title gets one that is known.
func (a *Arbeidsforhold) unpack(dok string, book *kodebok) error {
	u := utpakker{s: dok, koder: book}
	if err := unpackArbeidsforhold(&u, a); err != nil {
		return err
	}
	for i := range a.Ansettelsesdetaljer {
		d := &a.Ansettelsesdetaljer[i]
		d.Yrke = book.yrke(d.Yrke)
	}
	return nil
}

// HentetArbeidsforhold is the answer of § 2.6: the arbeidsforhold, the names of its parties, and its strictest
// protection grade, of those whose data the view may have.
type HentetArbeidsforhold struct {
	Arbeidsforhold
	Arbeidstaker, Arbeidsgiver, Opplysningspliktig Navngitt
	Gradering                                      Gradering

	giver, pliktig int64 // the rows of the last two
}

// helPost are the columns of an arbeidsforhold (f) that HentetArbeidsforhold.les reads.
const helPost = `f.skjerming, f.arbeidsforhold_id, f.utstedt_id, f.begyntdato, f.sluttetdato, f.uuid,
	f.arbeidsgiver, f.opplysningspliktig, f.dok, f.takernummer, f.takernavn`

// underTallet are the two ways to the arbeidsforhold under a number (?2), of what the view may know of (?3): as the one that
// is shown, else as one that was minted here.
var underTallet = [...]avgrenset{underTall("f.arbeidsforhold_id"), underTall("f.utstedt_id")}

func underTall(kolonne string) avgrenset {
	return avgrens(`SELECT ` + helPost + ` FROM arbeidsforhold f WHERE ` + kolonne + ` = ?2 AND ?3 >> f.skjerming & 1 [[AND ` + innenfor + `]]`)
}

// hentede are those that were given back, for their memory.
var hentede = sync.Pool{New: func() any { return new(HentetArbeidsforhold) }}

// Release gives it back: nothing but its texts may be used afterwards.
func (h *HentetArbeidsforhold) Release() {
	h.Arbeidsgiver, h.Opplysningspliktig, h.giver, h.pliktig = Navngitt{}, Navngitt{}, 0, 0 // see lesPart
	hentede.Put(h)
}

// Arbeidsforhold answers § 2.6: the arbeidsforhold under a number, shown or minted. Who has used it should release it.
func (s *Store) Arbeidsforhold(ctx context.Context, v View, id int64) (h *HentetArbeidsforhold, err error) {
	err = s.read(ctx, v.Omfang, func(r *reader, book *kodebok) error {
		h = nil
		for i := range underTallet {
			found, outcome := false, error(nil)
			err := r.eachSeen(ctx, &underTallet[i], []any{id, v.knowable()}, func(row *sqlite.Stmt) error {
				found = true
				if s := skjerming(row.Int64(0)); !v.sees(s) {
					outcome = v.refusal(s)
					return nil
				}
				h = hentede.Get().(*HentetArbeidsforhold)
				return h.les(ctx, r, row, book)
			})
			switch {
			case err != nil:
				h = nil
				return fmt.Errorf("arbeidsforhold: %w", err)
			case found:
				return outcome
			}
		}
		return ErrIngen
	})
	return h, err
}

// les reads a row with the columns of helPost.
func (h *HentetArbeidsforhold) les(ctx context.Context, r *reader, row *sqlite.Stmt, book *kodebok) (err error) {
	var dok string
	h.Gradering = skjerming(row.Int64(0)).strictest()
	h.ArbeidsforholdId, h.UtstedtId = row.Int64(1), row.Int64(2)
	h.Ansettelsesperiode.Startdato, h.Ansettelsesperiode.Sluttdato = Dato(row.Int64(3)), Dato(row.Int64(4))
	h.UUID = unpackUUID(row.Bytes(5))
	row.Texts(8, &dok, &h.Arbeidstaker.Nummer, &h.Arbeidstaker.Navn)
	if err = h.lesPart(ctx, r, &h.Arbeidsgiver, &h.giver, row.Int64(6)); err == nil {
		err = h.lesPart(ctx, r, &h.Opplysningspliktig, &h.pliktig, row.Int64(7))
	}
	if err != nil {
		return err
	}
	return h.unpack(dok, book)
}

// lesPart reads a party, unless the row before, of the same snapshot, had the same one: an extract of an employer does.
func (h *HentetArbeidsforhold) lesPart(ctx context.Context, r *reader, part *Navngitt, known *int64, aktoer int64) (err error) {
	if aktoer != *known {
		*part, err = r.navngitt(ctx, aktoer)
		*known = aktoer
	}
	return err
}
