package store

import (
	"context"
	"fmt"

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
}

// arbeidstakersListe are a person's (?2) arbeidsforhold as employee, of what the view may see (?3).
var arbeidstakersListe = avgrens(`
	SELECT f.arbeidsforhold_id, f.begyntdato, f.sluttetdato, f.skjerming, f.dok, g.nummer, g.navn
	FROM arbeidsforhold f JOIN aktoer g ON g.aktoer = f.arbeidsgiver
	WHERE f.arbeidstaker = ?2 AND ?3 >> f.skjerming & 1 [[AND ` + innenfor + `]] ORDER BY f.begyntdato DESC, f.arbeidsforhold_id`)

// Arbeidstaker answers § 2.3: the person under a number, in force or former, and the arbeidsforhold as employee.
func (s *Store) Arbeidstaker(ctx context.Context, v View, nummer string, f Filter) (p *Arbeidstaker, err error) {
	err = s.read(ctx, v.Omfang, func(r *reader, book *kodebok) error {
		who, err := r.finn(ctx, v, somArbeidstaker, nummer)
		if err != nil {
			return err
		}
		p = &Arbeidstaker{Gradering: who.gradering}
		_, err = r.one(ctx, `SELECT a.nummer, coalesce(n.etternavn, ''), coalesce(n.fornavn, ''), coalesce(n.mellomnavn, ''),
				p.kjoenn, p.foedselsdato, p.doedsdato
			FROM aktoer a JOIN person p USING (aktoer) LEFT JOIN personnavn n ON n.aktoer = a.aktoer AND n.historisk = 0
			WHERE a.aktoer = ?1`, []any{who.aktoer},
			&p.Foedselsnr, &p.Navn.Etternavn, &p.Navn.Fornavn, &p.Navn.Mellomnavn, &p.Kjoenn, &p.Foedt, &p.Doed)
		if err != nil {
			return fmt.Errorf("arbeidstaker: %w", err)
		}
		return r.eachSeen(ctx, &arbeidstakersListe, []any{who.aktoer, v.visible()}, func(row *sqlite.Stmt) error { return p.add(row, book, v, f) })
	})
	return p, err
}

func (p *Arbeidstaker) add(row *sqlite.Stmt, book *kodebok, v View, f Filter) error {
	var a Arbeidsforhold
	var s int
	var dok string
	var giver Navngitt
	err := row.Scan(&a.ArbeidsforholdId, &a.Ansettelsesperiode.Startdato, &a.Ansettelsesperiode.Sluttdato, &s, &dok,
		&giver.Nummer, &giver.Navn)
	if err != nil {
		return err
	}
	if err := a.unpack(dok, book); err != nil {
		return err
	}
	if f.keeps(v.Today, a.Ansettelsesperiode.Startdato, a.Ansettelsesperiode.Sluttdato, a.AOrdningen()) {
		r := a.listerad(skjerming(s))
		r.Arbeidsgiver, r.Arbeidstaker = giver, Navngitt{p.Foedselsnr, p.Navn.Efnavn()}
		p.Arbeidsforhold = append(p.Arbeidsforhold, r)
	}
	return nil
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
}

// underTallet is the arbeidsforhold under a number (?2), of what the view may know of (?3).
var underTallet = avgrens(`SELECT f.arbeidsforhold, f.skjerming FROM arbeidsforhold f
	WHERE (f.arbeidsforhold_id = ?2 OR f.utstedt_id = ?2) AND ?3 >> f.skjerming & 1 [[AND ` + innenfor + `]]`)

// Arbeidsforhold answers § 2.6: the arbeidsforhold under a number, shown or minted.
func (s *Store) Arbeidsforhold(ctx context.Context, v View, id int64) (h *HentetArbeidsforhold, err error) {
	err = s.read(ctx, v.Omfang, func(r *reader, book *kodebok) error {
		var row int64
		var s skjerming
		found, err := r.oneSeen(ctx, &underTallet, []any{id, v.knowable()}, &row, &s)
		switch {
		case err != nil:
			return fmt.Errorf("arbeidsforhold: %w", err)
		case !found:
			return ErrIngen
		case !v.sees(s):
			return v.refusal(s)
		}
		h, err = r.arbeidsforhold(ctx, book, row)
		return err
	})
	return h, err
}

func (r *reader) arbeidsforhold(ctx context.Context, book *kodebok, row int64) (*HentetArbeidsforhold, error) {
	var h HentetArbeidsforhold
	var s int
	var uuid []byte
	var dok string
	_, err := r.one(ctx, `SELECT f.arbeidsforhold_id, coalesce(f.utstedt_id, 0), f.uuid, f.begyntdato, f.sluttetdato, f.skjerming, f.dok,
			t.nummer, t.navn, g.nummer, g.navn, coalesce(o.nummer, ''), coalesce(o.navn, '')
		FROM arbeidsforhold f JOIN aktoer t ON t.aktoer = f.arbeidstaker JOIN aktoer g ON g.aktoer = f.arbeidsgiver
		LEFT JOIN aktoer o ON o.aktoer = f.opplysningspliktig WHERE f.arbeidsforhold = ?1`, []any{row},
		&h.ArbeidsforholdId, &h.UtstedtId, &uuid, &h.Ansettelsesperiode.Startdato, &h.Ansettelsesperiode.Sluttdato, &s, &dok,
		&h.Arbeidstaker.Nummer, &h.Arbeidstaker.Navn, &h.Arbeidsgiver.Nummer, &h.Arbeidsgiver.Navn,
		&h.Opplysningspliktig.Nummer, &h.Opplysningspliktig.Navn)
	if err != nil {
		return nil, fmt.Errorf("arbeidsforhold: %w", err)
	}
	h.Gradering = skjerming(s).strictest()
	h.UUID = unpackUUID(uuid)
	return &h, h.unpack(dok, book)
}
