package store

import (
	"context"
	"fmt"

	"aareg/store/sqlite"
)

// Personsoek is the search of § 2.5 and of the person form of § 2.4. All criteria given must hold; names hit one and
// the same name, in force or former. Zero is not given; Alder is in whole years, both ends included.
type Personsoek struct {
	Navn               Navn
	Fonetisk           bool
	FoedtFra, FoedtTil Dato
	AlderFra, AlderTil *int
	Kjoenn             string
	Maks               int
	Minne              *Treffminne // nil: the hits have memory of their own
}

// Persontreff is a hit among persons. Navn is the name that matched; Historisk says that it is a former one.
type Persontreff struct {
	Foedselsnr string
	Navn       Navn
	Kjoenn     string
	Historisk  bool
	livsloep
}

// SoekArbeidstakere answers § 2.5: employees by name, at most Maks of them, and how many there are; when there are
// more than Maks, found is Maks + 1, whatever there is beyond.
func (s *Store) SoekArbeidstakere(ctx context.Context, v View, soek Personsoek) (hits []*Persontreff, found int, err error) {
	return s.soekPersoner(ctx, v, &personsoeker{Personsoek: soek, rolle: somArbeidstaker, avbryt: true})
}

// SoekPersonligeArbeidsgivere answers the person form of § 2.4: at most Maks, and how many there are in all.
func (s *Store) SoekPersonligeArbeidsgivere(ctx context.Context, v View, soek Personsoek) (hits []*Persontreff, found int, err error) {
	return s.soekPersoner(ctx, v, &personsoeker{Personsoek: soek, rolle: somArbeidsgiver})
}

func (s *Store) soekPersoner(ctx context.Context, v View, p *personsoeker) (hits []*Persontreff, found int, err error) {
	p.names = newNavnesoek(p.Fonetisk, p.Navn.Etternavn, p.Navn.Fornavn, p.Navn.Mellomnavn)
	p.today, p.merke, p.Minne = v.Today, v.personmerke(p.rolle), p.Minne.ellerNytt()
	if v.Omfang != nil {
		hits, found, err = s.soekInnenfor(ctx, v, p)
	} else {
		err = s.read(ctx, nil, func(r *reader, _ *kodebok) error { return p.soek(ctx, r) })
		hits, found = p.svar()
	}
	switch {
	case err != nil:
		return nil, 0, fmt.Errorf("personsoek: %w", err)
	case found == 0:
		return nil, 0, ErrIngen
	case p.avbryt:
		found = min(found, p.Maks+1)
	}
	return hits, found, nil
}

func (s *Personsoek) keeps(today Dato, l livsloep, kjoenn string) bool {
	alder, known := l.Alder(today)
	switch {
	case s.Kjoenn != "" && s.Kjoenn != kjoenn,
		s.FoedtFra != 0 && (l.Foedt == 0 || l.Foedt < s.FoedtFra),
		s.FoedtTil != 0 && (l.Foedt == 0 || l.Foedt > s.FoedtTil),
		s.AlderFra != nil && (!known || alder < *s.AlderFra),
		s.AlderTil != nil && (!known || alder > *s.AlderTil):
		return false
	}
	return true
}

// innenforsoek is the search in one role within an Omfang: words (?3) or their codes (?2), of persons of some grades (?4)
// who have the role in an arbeidsforhold that the view sees (?5). Few ask within one, and who is inside it the lists of
// names do not know: each name is looked at.
func innenforsoek(finnes string) string {
	return `
	SELECT n.aktoer, n.historisk, n.etternavn, n.fornavn, n.mellomnavn, a.nummer, p.kjoenn, p.foedselsdato, p.doedsdato
	FROM etternavnord o JOIN personnavn n ON n.liste = o.liste JOIN aktoer a ON a.aktoer = n.aktoer
	JOIN person p ON p.aktoer = n.aktoer
	WHERE o.fonetisk = ?2 AND o.ord = ?3 AND ?4 >> a.gradering & 1 AND ` + finnes
}

var (
	arbeidstakersoek = innenforsoek(`a.som_arbeidstaker & ?5 AND ` + arbeidstakerInnenfor + ` AND ` + harInnenfor("arbeidstaker", "?5"))
	arbeidsgiversoek = innenforsoek(`a.som_arbeidsgiver & ?5 AND ` + arbeidsgiverInnenfor + ` AND ` + harInnenfor("arbeidsgiver", "?5"))
)

// personrang is a hit with what it is ranked by.
type personrang struct {
	Persontreff
	treff
}

// soekInnenfor is the search within the view's Omfang.
func (s *Store) soekInnenfor(ctx context.Context, v View, p *personsoeker) (hits []*Persontreff, found int, err error) {
	query := arbeidstakersoek
	if p.rolle == somArbeidsgiver {
		query = arbeidsgiversoek
	}
	var all []*personrang
	err = s.read(ctx, v.Omfang, func(r *reader, _ *kodebok) error {
		all = nil
		args := []any{r.omfang, p.names.fonetisk, p.names.foerst, v.data(), v.visible()}
		return r.each(ctx, query, args, func(row *sqlite.Stmt) error {
			t := new(personrang)
			err := row.Scan(&t.aktoer, &t.Historisk, &t.Navn.Etternavn, &t.Navn.Fornavn, &t.Navn.Mellomnavn,
				&t.Foedselsnr, &t.Kjoenn, &t.Foedt, &t.Doed)
			if err != nil {
				return err
			}
			felt := []string{t.Navn.Etternavn, t.Navn.Fornavn, t.Navn.Mellomnavn}
			keys := nameKeys(felt...)
			hit, whole := p.names.matches(keys.ord, keys.fonetisk)
			if hit && p.keeps(v.Today, t.livsloep, t.Kjoenn) {
				t.treff.historisk, t.whole, t.nummer, t.sortering = t.Historisk, whole, t.Foedselsnr, sortKey(felt...)
				all = append(all, t)
			}
			return nil
		})
	})
	if err != nil || len(all) == 0 {
		return nil, 0, err
	}
	all, found, err = rank(all, p.Maks)
	for _, t := range all {
		hits = append(hits, &t.Persontreff)
	}
	return hits, found, err
}
