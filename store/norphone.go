package store

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// phonetic is the key that a word has in phonetic search: the Norphone code of
// the folded word, after foreign letters have become the Norwegian ones that
// they are spelt with (latinized). Words that fold alike have the same code,
// so a phonetic search finds all that an exact one finds.
//
// Norphone leaves nothing of "Ee" and the like; such a word gets the letter it
// begins with, and a word of nothing but stray accents gets itself. Only the
// empty word has the empty code.
func phonetic(word string) string {
	folded := fold(word)
	latin := latinized(folded)
	if code := norphone(latin); code != "" {
		return code
	}
	if latin == "" {
		return folded
	}
	_, size := utf8.DecodeRuneInString(latin)
	return strings.ToUpper(latin[:size])
}

// norphone is the Norphone code of s, by the rules that Duke's
// NorphoneComparator executes, which are fewer than the ones its comments
// list. It codes a whole string: a blank or hyphen in s is not a border.
func norphone(s string) string {
	letters := []rune(upper(s))
	code := make([]rune, 0, len(letters)+1)
	for i := 0; i < len(letters); {
		code, i = appendSound(code, letters, i)
	}
	return string(code)
}

// appendSound appends what the letter at i sounds like, and returns where the
// next letter to hear is. The cases stand in the order in which Duke tries
// them. A letter that is passed over is still looked at by its neighbours.
func appendSound(code, letters []rune, i int) ([]rune, int) {
	const none = -1
	at, next := letters[i], rune(none)
	if i+1 < len(letters) {
		next = letters[i+1]
	}
	first, last, nextLast := i == 0, i+1 == len(letters), i+2 == len(letters)
	switch {
	case at == next && at != 'A': // doubled
		return code, i + 1
	case isVowel(at) && !first:
		return code, i + 1
	case at == 'A' && next == 'A':
		return append(code, 'Å'), i + 1
	case at == 'C' && (next == 'H' || next == 'K'):
		return append(code, 'K'), i + 2
	case at == 'C':
		return append(code, 'K'), i + 1
	case at == 'D' && next == 'T' && nextLast:
		return append(code, 'T'), i + 2
	case at == 'D' && last && !first && isVowel(letters[i-1]): // silent: Granlid
		return code, i + 1
	case at == 'G' && next == 'H':
		return append(code, 'G'), i + 2
	case at == 'G' && (next == 'J' || next == 'I' && first):
		return append(code, 'J'), i + 2
	case at == 'H' && strings.ContainsRune("JLGR", next):
		return append(code, next), i + 2
	case at == 'K' && (next == 'J' || next == 'I'):
		return append(code, 'X'), i + 2
	case at == 'L' && next == 'D' && nextLast:
		return append(code, 'L'), i + 2
	case at == 'N' && next == 'D':
		return append(code, 'N'), i + 2
	case at == 'P' && next == 'H':
		return append(code, 'F'), i + 2
	case at == 'T' && next == 'H':
		return append(code, 'T'), i + 2
	case at == 'W':
		return append(code, 'V'), i + 1
	case at == 'X':
		return append(code, 'K', 'S'), i + 1
	case at == 'Z':
		return append(code, 'S'), i + 1
	case at == ' ':
		return code, i + 1
	default:
		return append(code, at), i + 1
	}
}

func isVowel(r rune) bool {
	switch r {
	case 'A', 'E', 'I', 'O', 'U', 'Y', 'Å', 'Æ', 'Ø':
		return true
	}
	return false
}

// upper is Java's toUpperCase, where ß becomes SS; strings.ToUpper leaves ß.
func upper(s string) string {
	if isASCII(s) {
		return strings.ToUpper(s)
	}
	return cases.Upper(language.Und).String(s)
}

// latinized writes the letters of a folded word as a Norwegian clerk would:
// ä as æ, š as s, þ as th. Accents that latinLetters does not list fall away;
// letters of other scripts stay.
func latinized(folded string) string {
	if isASCII(folded) {
		return folded
	}
	var b strings.Builder
	b.Grow(len(folded))
	for _, r := range folded {
		latin, listed := latinLetters[r]
		switch {
		case r < utf8.RuneSelf:
			b.WriteRune(r)
		case listed:
			b.WriteString(latin)
		default:
			writeWithoutMarks(&b, r)
		}
	}
	return b.String()
}

func writeWithoutMarks(b *strings.Builder, r rune) {
	for _, part := range norm.NFD.String(string(r)) {
		if latin, listed := latinLetters[part]; listed {
			b.WriteString(latin)
		} else if !unicode.Is(unicode.Mn, part) {
			b.WriteRune(part)
		}
	}
}

// latinLetters maps each lower case letter to the letters it is coded as; ß is
// not among them, because folding has made it ss.
// Removing accents by decomposition would be wrong for Norwegian: it makes å
// an a and leaves ø, đ and ŧ. The curly apostrophes are here because one
// writer's O’Brien is another's O'Brien.
var latinLetters = spelt(map[string]string{
	"æ":  "æäǽǣǟ",
	"ø":  "øöǿőœȫ",
	"å":  "åǻ",
	"y":  "üűǖǘǚǜýÿŷỳȳ",
	"a":  "áàâãăąāǎȁȃ",
	"c":  "çćčĉċ",
	"d":  "ďđð",
	"e":  "éèêëēėęěĕẽȅȇəǝ",
	"g":  "ĝğġģǥǧǵ",
	"h":  "ĥħȟ",
	"i":  "íìîïĩīĭįıǐȉȋ",
	"j":  "ĵǰ",
	"k":  "ķǩĸ",
	"l":  "ĺļľŀł",
	"n":  "ñńņňŋǹ",
	"o":  "óòôõōŏơǒǫǭȍȏȭȯȱ",
	"r":  "ŕŗřȑȓ",
	"s":  "śŝşšș",
	"t":  "ţťțŧ",
	"u":  "úùûũūŭůųưǔȕȗ",
	"w":  "ŵẁẃẅ",
	"z":  "źżžʒǯƶ",
	"th": "þ",
	"ij": "ĳ",
	"dz": "ǆǳ",
	"lj": "ǉ",
	"nj": "ǌ",
	"'":  "’‘ʼ`´",
})

// spelt turns "these letters are spelt so" about, into one entry per letter.
func spelt(letters map[string]string) map[rune]string {
	by := make(map[rune]string)
	for latin, foreign := range letters {
		for _, r := range foreign {
			by[r] = latin
		}
	}
	return by
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
