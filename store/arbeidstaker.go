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
		rad := arbeidstakersRad{book: book, navngitt: Navngitt{p.Foedselsnr, p.Navn.Efnavn()}}
		return r.eachSeen(ctx, &arbeidstakersListe, []any{who.aktoer, v.visible()}, func(row *sqlite.Stmt) error {
			kept, err := rad.les(row, v.Today, f)
			if kept {
				p.Arbeidsforhold = append(p.Arbeidsforhold, rad.liste)
			}
			return err
		})
	})
	return p, err
}

// arbeidstakersRad reads rows of arbeidstakersListe, one after the other.
type arbeidstakersRad struct {
	book     *kodebok
	navngitt Navngitt // the person
	hele     Arbeidsforhold
	liste    Listerad // what lists show of the row that was read last
}

// les says whether the filter keeps the row.
func (l *arbeidstakersRad) les(row *sqlite.Stmt, today Dato, f Filter) (bool, error) {
	var dok string
	var giver Navngitt
	a := &l.hele
	a.Permisjoner, a.Permitteringer = nil, nil // those of the row before are in its answer
	a.ArbeidsforholdId = row.Int64(0)
	a.Ansettelsesperiode.Startdato, a.Ansettelsesperiode.Sluttdato = Dato(row.Int64(1)), Dato(row.Int64(2))
	row.Texts(4, &dok, &giver.Nummer, &giver.Navn)
	if err := a.unpack(dok, l.book); err != nil {
		return false, err
	}
	if !f.keeps(today, a.Ansettelsesperiode.Startdato, a.Ansettelsesperiode.Sluttdato, a.AOrdningen()) {
		return false, nil
	}
	l.liste = a.listerad(skjerming(row.Int64(3)))
	l.liste.Arbeidsgiver, l.liste.Arbeidstaker = giver, l.navngitt
	return true, nil
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

// underTallet are the two ways to the arbeidsforhold under a number (?2), of what the view may know of (?3): as the one that
// is shown, else as one that was minted here.
var underTallet = [...]avgrenset{underTall("f.arbeidsforhold_id"), underTall("f.utstedt_id")}

func underTall(kolonne string) avgrenset {
	return avgrens(`SELECT f.skjerming, f.arbeidsforhold_id, f.utstedt_id, f.begyntdato, f.sluttetdato, f.uuid, f.dok,
			t.nummer, t.navn, g.nummer, g.navn, o.nummer, o.navn
		FROM arbeidsforhold f JOIN aktoer t ON t.aktoer = f.arbeidstaker JOIN aktoer g ON g.aktoer = f.arbeidsgiver
		LEFT JOIN aktoer o ON o.aktoer = f.opplysningspliktig
		WHERE ` + kolonne + ` = ?2 AND ?3 >> f.skjerming & 1 [[AND ` + innenfor + `]]`)
}

// Arbeidsforhold answers § 2.6: the arbeidsforhold under a number, shown or minted.
func (s *Store) Arbeidsforhold(ctx context.Context, v View, id int64) (h *HentetArbeidsforhold, err error) {
	err = s.read(ctx, v.Omfang, func(r *reader, book *kodebok) error {
		h = nil
		for i := range underTallet {
			var outcome error
			err := r.eachSeen(ctx, &underTallet[i], []any{id, v.knowable()}, func(row *sqlite.Stmt) error {
				h = new(HentetArbeidsforhold)
				if s := skjerming(row.Int64(0)); !v.sees(s) {
					outcome = v.refusal(s)
					return nil
				}
				return h.les(row, book)
			})
			switch {
			case err != nil:
				return fmt.Errorf("arbeidsforhold: %w", err)
			case h != nil:
				return outcome
			}
		}
		return ErrIngen
	})
	return h, err
}

// les reads a row of underTallet.
func (h *HentetArbeidsforhold) les(row *sqlite.Stmt, book *kodebok) error {
	var dok string
	h.Gradering = skjerming(row.Int64(0)).strictest()
	h.ArbeidsforholdId, h.UtstedtId = row.Int64(1), row.Int64(2)
	h.Ansettelsesperiode.Startdato, h.Ansettelsesperiode.Sluttdato = Dato(row.Int64(3)), Dato(row.Int64(4))
	h.UUID = unpackUUID(row.Bytes(5))
	row.Texts(6, &dok, &h.Arbeidstaker.Nummer, &h.Arbeidstaker.Navn, &h.Arbeidsgiver.Nummer, &h.Arbeidsgiver.Navn,
		&h.Opplysningspliktig.Nummer, &h.Opplysningspliktig.Navn)
	return h.unpack(dok, book)
}
