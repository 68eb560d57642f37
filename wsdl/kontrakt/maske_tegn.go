package kontrakt

import (
	"bytes"
	"html"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	xunicode "golang.org/x/text/encoding/unicode"
)

// lesbar is a document as text: out of UTF-16 with its mark or without, of UTF-8, or else of Windows-1252. Letters and
// digits that are written as character references are resolved, and what XML does not allow becomes U+FFFD.
func lesbar(b []byte) string {
	text := strings.Map(tillatt, strings.TrimSpace(string(iUTF8(b))))
	if !strings.Contains(text, "&#") {
		return text
	}
	return tegnreferanse.ReplaceAllStringFunc(text, opploest)
}

// tegnreferanse is a character by its number.
var tegnreferanse = regexp.MustCompile(`&#(?:[0-9]+|[xX][0-9a-fA-F]+);`)

// opploest is the character that a reference stands for, where it is a letter or a digit: others may be markup.
func opploest(reference string) string {
	if r, _ := utf8.DecodeRuneInString(html.UnescapeString(reference)); unicode.IsLetter(r) || unicode.IsDigit(r) {
		return string(r)
	}
	return reference
}

// tillatt is a character that XML 1.0 allows.
func tillatt(r rune) rune {
	switch {
	case r == '\t' || r == '\n' || r == '\r', r >= 0x20 && r <= 0xD7FF, r >= 0xE000 && r <= 0xFFFD, r >= 0x10000:
		return r
	}
	return utf8.RuneError
}

// iUTF8 is a document's text in UTF-8, without a mark.
func iUTF8(b []byte) []byte {
	from := encoding.Encoding(charmap.Windows1252)
	switch {
	case bytes.HasPrefix(b, []byte("\xFF\xFE")), bytes.HasPrefix(b, []byte("\xFE\xFF")):
		from = xunicode.UTF16(xunicode.BigEndian, xunicode.ExpectBOM)
	case bytes.HasPrefix(b, []byte("\x00<")):
		from = xunicode.UTF16(xunicode.BigEndian, xunicode.IgnoreBOM)
	case bytes.HasPrefix(b, []byte("<\x00")):
		from = xunicode.UTF16(xunicode.LittleEndian, xunicode.IgnoreBOM)
	case utf8.Valid(b):
		return bytes.TrimPrefix(b, []byte("\xEF\xBB\xBF"))
	}
	text, err := from.NewDecoder().Bytes(b)
	if err != nil {
		return []byte("(" + err.Error() + ")")
	}
	return text
}

// utenNumre masks every identity number: eleven digits in a row, or more, which may have one in them; or the eleven in
// their usual two parts.
func utenNumre(s string) string {
	var out strings.Builder
	done := 0
	for i := 0; i < len(s); {
		n := sifre(s[i:])
		switch end := i + n; {
		case n == 0:
			i++
			continue
		case n == 6:
			if gap := mellomrom(s[end:]); gap > 0 && sifre(s[end+gap:]) == 5 {
				n += gap + 5
			}
		}
		if n >= 11 {
			out.WriteString(s[done:i])
			out.WriteString(nummermaske)
			done = i + n
		}
		i += n
	}
	out.WriteString(s[done:])
	return out.String()
}

// sifre is how many digits a text begins with.
func sifre(s string) int {
	n := 0
	for n < len(s) && '0' <= s[n] && s[n] <= '9' {
		n++
	}
	return n
}

// mellomrom is how many bytes there are of what may part the two halves of an identity number.
func mellomrom(s string) int {
	for _, gap := range []string{" ", "\u00a0", ".", "-"} {
		if strings.HasPrefix(s, gap) {
			return len(gap)
		}
	}
	return 0
}
