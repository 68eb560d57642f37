package store

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
)

// navnesoek is a search for names: for each field the words that it must have. It is matched against the keys that
// names were stored with, word for word: every word asked for equals a word of its field, in any order; phonetic
// ones by their codes.
type navnesoek struct {
	fonetisk int        // 1: by codes
	hele     []string   // by field: the folded words asked for, as a key has them
	koder    [][]string // by field: what is compared, the words or their codes
	foerst   string     // the one that the index is asked for
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
	return s.matchesFields(0, len(s.koder), ord, fonetisk)
}

// matchesFields is matches of some fields, those from one on and before another, by a key of them alone.
func (s *navnesoek) matchesFields(from, before int, ord, fonetisk string) (hit, whole bool) {
	whole = true
	keys := ord
	if s.fonetisk == 1 {
		keys = fonetisk
	}
	for i := from; i < before; i++ {
		var stored, words string
		stored, keys, _ = strings.Cut(keys, feltskille)
		for _, code := range s.koder[i] {
			if !hasWord(stored, code) {
				return false, false
			}
		}
		words, ord, _ = strings.Cut(ord, feltskille)
		whole = whole && (len(s.koder[i]) == 0 || words == s.hele[i])
	}
	return true, whole
}

// hasWord says whether a word is among those of a key, which one space splits.
func hasWord(key, word string) bool {
	for len(key) >= len(word) && key != "" {
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
