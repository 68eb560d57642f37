package store

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Any text folds to valid UTF-8 that folds to itself, whatever its case or
// composition was; and phonetic search finds all that exact search finds.
func FuzzFold(f *testing.F) {
	for _, seed := range []string{
		"", "HANSEN", "Åse", "A\u030ASE", "\u212Bse", "Æsøy-Østby", "Čáhppe", "straße", "İlker", "ǰ", "ΐ", "\u0345\u0301", "ﬃ", "ŉ",
		"Berg\u00A0Hansen", "Anne–Lise", "O’Brien", "Ee", "\u0301", "\xff\xc3", "각", "\u1E9E\u0323", "08\xb7\x81Ꮶ.\xd5\xef", strings.Repeat("a\u0301\u0323", 40),
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		folded := fold(s)
		if !utf8.ValidString(folded) {
			t.Fatalf("%q folds to %q, which is not UTF-8", s, folded)
		}
		if again := fold(folded); again != folded {
			t.Fatalf("%q folds to %q, and that to %q", s, folded, again)
		}
		if utf8.ValidString(s) && fold(norm.NFD.String(s)) != folded {
			t.Fatalf("%q folds otherwise when decomposed", s)
		}
		if phonetic(s) != phonetic(folded) {
			t.Fatalf("%q has the code %q, but folded %q", s, phonetic(s), phonetic(folded))
		}
		split := words(s)
		if !slices.Equal(split, words(folded)) {
			t.Fatalf("%q splits into %q, but folded into %q", s, split, words(folded))
		}
		for _, word := range split {
			if word == "" || phonetic(word) == "" {
				t.Fatalf("%q has the word %q with the code %q", s, word, phonetic(word))
			}
		}
	})
}
