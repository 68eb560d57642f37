package products

import (
	"strings"
	"testing"
)

// TestCharacterIsWrittenTheSameWhereverItStands: texts are read eight bytes at a time, and no place among them may count.
func TestCharacterIsWrittenTheSameWhereverItStands(t *testing.T) {
	for char, want := range map[string]string{
		"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#xD;", "\t": "\t", "\n": "\n", " ": " ", "%": "%", "=": "=", "?": "?", "\x7f": "\x7f",
		"\x00": "\uFFFD", "\x1f": "\uFFFD", "\uFFFE": "\uFFFD", "\uFFFD": "\uFFFD", "\xff": "\uFFFD", "\x80": "\uFFFD", "\xc3": "\uFFFD",
		"\xc0\xaf": "\uFFFD\uFFFD", "\xe2\x82": "\uFFFD\uFFFD", "\u0080": "\u0080", "å": "å", "߿": "߿", "ࠀ": "ࠀ", "č": "č", "𝄞": "𝄞",
	} {
		for before := range 20 {
			for after := range 20 {
				a, b := strings.Repeat("a", before), strings.Repeat("b", after)
				for between, wanted := range map[string]string{char: want, char + char: want + want, "ø" + char: "ø" + want, "&" + char: "&amp;" + want} {
					got := gjennom(nil, func(s *Svar) { s.Text(tagNavn, a+between+b) })
					if got != "<navn>"+a+wanted+b+"</navn>" {
						t.Errorf("%q behind %d letters and before %d: %q", between, before, after, got)
					}
				}
			}
		}
	}
}

// TestTextOfAnyLengthIsWritten: longer than an answer's buffer, whether it has markup in it or not.
func TestTextOfAnyLengthIsWritten(t *testing.T) {
	for _, length := range []int{flushAt - 100, flushAt + 8<<10, 3 * flushAt} {
		for char, want := range map[string]string{"a": "a", "&": "&amp;", "å": "å", "€": "€"} {
			var sent strings.Builder
			s := NewSvar(&sent, head)
			s.Status(Komplett)
			s.Text(tagNavn, strings.Repeat(char, length))
			rest, _, err := s.End("")
			_, leaf, _ := strings.Cut(sent.String()+string(rest), "</statustekst>")
			if err != nil || leaf != "<navn>"+strings.Repeat(want, length)+"</navn>" {
				t.Errorf("%d of %s: %d bytes, %v", length, char, len(leaf), err)
			}
			s.Release()
		}
	}
}
