package store

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"aareg/store/sqlite"
)

// navnesoek is a search for names: for each field the words that it must have. It is matched against the keys that
// names were stored with, word for word: every word asked for equals a word of its field, in any order; phonetic
// ones by their codes.
type navnesoek struct {
	fonetisk int        // 1: by codes
	hele     []string   // by field: the folded words asked for, as a key has them
	koder    [][]string // by field: what is compared, the words or their codes
	foerst   string     // the one that the index is asked for
	kuttet   bool       // a second stored field has the word that was cut (kuttedeOrd)
}

func newNavnesoek(fonetisk bool, felt ...string) navnesoek {
	s := navnesoek{}
	if fonetisk {
		s.fonetisk = 1
	}
	for _, f := range felt {
		w := words(f)
		codes := slices.Clone(w)
		for i := range codes {
			if fonetisk {
				codes[i] = phonetic(w[i])
			}
		}
		s.hele, s.koder = append(s.hele, strings.Join(w, " ")), append(s.koder, codes)
	}
	if len(s.koder[0]) > 0 { // the longest word is the rarest, mostly
		s.foerst = slices.MaxFunc(s.koder[0], func(a, b string) int { return cmp.Compare(len(a), len(b)) })
	}
	return s
}

// matches says whether a stored name has every word asked for, and whether every field asked for is the whole field.
func (s *navnesoek) matches(ord, fonetisk string) (hit, whole bool) {
	whole = true
	for i, asked := range s.koder {
		var words, codes string
		words, ord, _ = strings.Cut(ord, feltskille)
		codes, fonetisk, _ = strings.Cut(fonetisk, feltskille)
		if len(asked) == 0 {
			continue
		}
		stored, extra := words, ord
		if s.fonetisk == 1 {
			stored, extra = codes, fonetisk
		}
		if !s.kuttet {
			extra = ""
		}
		for _, code := range asked {
			if !hasWord(stored, code) && !hasWord(extra, code) {
				return false, false
			}
		}
		whole = whole && words == s.hele[i]
	}
	return true, whole
}

// hasWord says whether a word is among those of a key, which one space splits.
func hasWord(key, word string) bool {
	for key != "" {
		var next string
		next, key, _ = strings.Cut(key, " ")
		if next == word {
			return true
		}
	}
	return false
}

// treff is what hits are ranked by: whole-field matches first, then Norwegian order, then the number. Somebody found
// by more than one name counts once, by the name in force if that is among them.
type treff struct {
	aktoer    int64
	historisk bool
	whole     bool
	sortering []byte
	nummer    string
}

func (t *treff) rang() *treff { return t }

func (t *treff) compare(u *treff) int {
	if t.whole != u.whole {
		return first(t.whole)
	}
	return cmp.Or(bytes.Compare(t.sortering, u.sortering), cmp.Compare(t.nummer, u.nummer), cmp.Compare(t.aktoer, u.aktoer))
}

// better compares two names that found the same.
func (t *treff) better(u *treff) bool {
	if t.historisk != u.historisk {
		return u.historisk
	}
	return t.compare(u) < 0
}

func first(is bool) int {
	if is {
		return -1
	}
	return 1
}

// rank keeps one hit for each aktoer, orders them, and cuts them to max; it returns how many there were, ErrIngen
// for none.
func rank[T interface{ rang() *treff }](hits []T, max int) (kept []T, found int, err error) {
	if len(hits) == 0 {
		return nil, 0, ErrIngen
	}
	place := make(map[int64]int, len(hits))
	kept = hits[:0]
	for _, h := range hits {
		at, seen := place[h.rang().aktoer]
		switch {
		case !seen:
			place[h.rang().aktoer] = len(kept)
			kept = append(kept, h)
		case h.rang().better(kept[at].rang()):
			kept[at] = h
		}
	}
	slices.SortFunc(kept, func(a, b T) int { return a.rang().compare(b.rang()) })
	return kept[:min(max, len(kept))], len(kept), nil
}

// Personsoek is the search of § 2.5 and of the person form of § 2.4. All criteria given must hold; names hit one and
// the same name, in force or former. Zero is not given; Alder is in whole years, both ends included.
type Personsoek struct {
	Navn               Navn
	Fonetisk           bool
	FoedtFra, FoedtTil Dato
	AlderFra, AlderTil *int
	Kjoenn             string
	Maks               int
}

// Persontreff is a hit among persons. Navn is the name that matched; Historisk says that it is a former one.
type Persontreff struct {
	Foedselsnr string
	Navn       Navn
	Kjoenn     string
	Historisk  bool
	livsloep
	treff
}

// personsoek is the search in one role: words (?3) or their codes (?2), of persons of some grades (?4) who have the role in
// an arbeidsforhold that the view sees (?5).
func personsoek(finnes string) avgrenset {
	return avgrens(`
	SELECT n.aktoer, n.historisk, n.etternavn, n.fornavn, n.mellomnavn, n.ord, n.fonetisk, n.sortering, a.nummer,
		p.kjoenn, p.foedselsdato, p.doedsdato
	FROM etternavnord o JOIN personnavn n ON n.navn = o.navn JOIN aktoer a ON a.aktoer = n.aktoer
	JOIN person p ON p.aktoer = n.aktoer
	WHERE o.fonetisk = ?2 AND o.ord = ?3 AND ?4 >> a.gradering & 1 AND ` + finnes)
}

var (
	arbeidstakersoek = personsoek(`a.som_arbeidstaker & ?5 [[AND ` + arbeidstakerInnenfor + ` AND ` + harInnenfor("arbeidstaker", "?5") + `]]`)
	arbeidsgiversoek = personsoek(`a.som_arbeidsgiver & ?5 [[AND ` + arbeidsgiverInnenfor + ` AND ` + harInnenfor("arbeidsgiver", "?5") + `]]`)
)

// SoekArbeidstakere answers § 2.5: employees by name, at most Maks of them, and how many there are.
func (s *Store) SoekArbeidstakere(ctx context.Context, v View, soek Personsoek) ([]*Persontreff, int, error) {
	return s.soekPersoner(ctx, v, soek, &arbeidstakersoek)
}

// SoekPersonligeArbeidsgivere answers the person form of § 2.4.
func (s *Store) SoekPersonligeArbeidsgivere(ctx context.Context, v View, soek Personsoek) ([]*Persontreff, int, error) {
	return s.soekPersoner(ctx, v, soek, &arbeidsgiversoek)
}

func (s *Store) soekPersoner(ctx context.Context, v View, soek Personsoek, query *avgrenset) (hits []*Persontreff, found int, err error) {
	names := newNavnesoek(soek.Fonetisk, soek.Navn.Etternavn, soek.Navn.Fornavn, soek.Navn.Mellomnavn)
	err = s.read(ctx, v.Omfang, func(r *reader, _ *kodebok) error {
		hits = nil
		return r.eachSeen(ctx, query, []any{names.fonetisk, names.foerst, v.data(), v.visible()}, func(row *sqlite.Stmt) error {
			t := new(Persontreff)
			var ord, fonetisk string
			err := row.Scan(&t.aktoer, &t.Historisk, &t.Navn.Etternavn, &t.Navn.Fornavn, &t.Navn.Mellomnavn, &ord, &fonetisk,
				&t.sortering, &t.Foedselsnr, &t.Kjoenn, &t.Foedt, &t.Doed)
			if err != nil {
				return err
			}
			hit, whole := names.matches(ord, fonetisk)
			if hit && soek.keeps(v.Today, t) {
				t.treff.historisk, t.whole, t.nummer = t.Historisk, whole, t.Foedselsnr
				hits = append(hits, t)
			}
			return nil
		})
	})
	if err != nil {
		return nil, 0, fmt.Errorf("personsoek: %w", err)
	}
	return rank(hits, soek.Maks)
}

func (s *Personsoek) keeps(today Dato, t *Persontreff) bool {
	alder, known := t.Alder(today)
	switch {
	case s.Kjoenn != "" && s.Kjoenn != t.Kjoenn,
		s.FoedtFra != 0 && (t.Foedt == 0 || t.Foedt < s.FoedtFra),
		s.FoedtTil != 0 && (t.Foedt == 0 || t.Foedt > s.FoedtTil),
		s.AlderFra != nil && (!known || alder < *s.AlderFra),
		s.AlderTil != nil && (!known || alder > *s.AlderTil):
		return false
	}
	return true
}
