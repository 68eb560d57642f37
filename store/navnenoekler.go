package store

import "strings"

// navnelinje is how long a line of a unit's name is: Enhetsregisteret cut longer names there, also inside a word,
// and copies join the lines with a space.
const navnelinje = 35

// kuttedeOrd is the word of a unit's name that such a cut may have gone through, made whole; "" for none. It is kept
// beside the name's own words and finds the name, too.
func kuttedeOrd(navn string) string {
	runes := []rune(navn)
	if len(runes) <= navnelinje+1 || runes[navnelinje] != ' ' {
		return ""
	}
	before, after := string(runes[:navnelinje]), string(runes[navnelinje+1:])
	before = before[strings.LastIndexAny(before, " -")+1:]
	after, _, _ = strings.Cut(strings.ReplaceAll(after, "-", " "), " ")
	return before + after
}

// navnenoekler are what a name is matched by: its words and their phonetic codes, words split by space, fields by
// feltskille.
type navnenoekler struct{ ord, fonetisk string }

const feltskille = "\x1f"

func wordKeys(words []string) navnenoekler {
	codes := make([]string, len(words))
	for i, w := range words {
		codes[i] = phonetic(w)
	}
	return navnenoekler{strings.Join(words, " "), strings.Join(codes, " ")}
}

func nameKeys(fields ...string) navnenoekler {
	ord, fonetisk := make([]string, len(fields)), make([]string, len(fields))
	for i, field := range fields {
		k := wordKeys(words(field))
		ord[i], fonetisk[i] = k.ord, k.fonetisk
	}
	return navnenoekler{strings.Join(ord, feltskille), strings.Join(fonetisk, feltskille)}
}

// eachWord runs a statement for each word, and for each code, of a name's first fields.
func (t *Tx) eachWord(query string, navn int64, keys navnenoekler, fields int) error {
	for fonetisk, key := range []string{keys.ord, keys.fonetisk} {
		for _, field := range strings.SplitN(key, feltskille, fields+1)[:fields] {
			for _, w := range strings.Fields(field) {
				if err := t.exec(query, fonetisk, w, navn); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
