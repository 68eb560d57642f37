package store

import (
	"bytes"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// Names are compared by keys that are made once, when a name is written, and
// made in the same way of what is asked for. SQLite cannot do it: its LIKE,
// NOCASE and lower know the case of ASCII alone.

// fold is the form in which exact search compares names: NFC and case folded.
// æ, ø, å and all accents stay, so Aasen does not match Åsen. Folding twice
// changes nothing; bytes that are not UTF-8 become U+FFFD.
func fold(s string) string {
	if isASCII(s) {
		return strings.ToLower(s)
	}
	composed := norm.NFC.String(strings.ToValidUTF8(s, "\uFFFD"))
	// A Caser may hold state, so each call has its own.
	folded := cases.Fold().String(composed)
	// Cherokee is folded back and forth; lower case is where it rests.
	return norm.NFC.String(strings.ToLower(folded))
}

// words are the folded words of a name, split at white space of any kind
// (no-break space too) and at hyphens and dashes. It is empty for a name
// that has neither letters nor signs.
func words(s string) []string {
	return strings.FieldsFunc(fold(s), func(r rune) bool {
		return unicode.IsSpace(r) || unicode.Is(unicode.Pd, r)
	})
}

// nynorsk gives the Norwegian alphabet: æ ø å last, aa with å. The tags no and
// nb give the root order (Ås between Abel and Azar) in golang.org/x/text.
var nynorsk = language.MustParse("nn")

// collator is a Collator with the buffer that it writes keys in: neither may
// be shared by goroutines.
type collator struct {
	*collate.Collator
	buffer collate.Buffer
}

var collators = sync.Pool{New: func() any {
	return &collator{Collator: collate.New(nynorsk)}
}}

// sortKey is a key whose byte order is the Norwegian order of the parts, the
// first part first: sortKey(etternavn, fornavn, mellomnavn). A whole part
// sorts before a longer one that begins with it, whatever follows. Capitals
// and å against aa count only between names that are otherwise equal in all
// parts, so HANSEN and Hansen stand among each other by fornavn.
//
// Keys of different versions of golang.org/x/text do not compare.
func sortKey(parts ...string) []byte {
	// A tab has the lowest weight of all that has any. White space within a
	// part becomes one space, so no part can hold a tab.
	clean := make([]string, len(parts))
	for i, part := range parts {
		clean[i] = strings.Join(strings.Fields(part), " ")
	}
	c := collators.Get().(*collator)
	defer collators.Put(c)
	c.buffer.Reset()
	return bytes.Clone(c.KeyFromString(&c.buffer, norm.NFC.String(strings.Join(clean, "\t"))))
}
