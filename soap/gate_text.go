package soap

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// appendResolved appends text with its references resolved and its line ends made one (XML 1.0 sections 2.11, 4.1). Of
// what is written, and not referred to, a character of blanks becomes a blank.
func appendResolved(to []byte, raw, blanks string) ([]byte, error) {
	for {
		plain, reference, found := strings.Cut(raw, "&")
		from := len(to)
		to = appendLines(to, plain)
		for i, c := range to[from:] {
			if strings.IndexByte(blanks, c) >= 0 {
				to[from+i] = ' '
			}
		}
		if !found {
			return to, nil
		}
		name, rest, closed := strings.Cut(reference, ";")
		r, known := referred(name)
		if !closed || !known {
			return nil, ugyldigXML("En referanse er ikke avsluttet, eller viser til noe som ikke er et tegn i XML.")
		}
		to, raw = utf8.AppendRune(to, r), rest
	}
}

// referred is the character that a reference stands for, the name being what is between & and ;. There is no DTD, so
// there are no entities but the five (B4.3, B4.5).
func referred(name string) (rune, bool) {
	number, isNumber := strings.CutPrefix(name, "#")
	if !isNumber {
		r, known := entities[name]
		return r, known
	}
	base := 10
	if hex, isHex := strings.CutPrefix(number, "x"); isHex {
		number, base = hex, 16
	}
	n, err := strconv.ParseUint(number, base, 32)
	return rune(n), err == nil && n <= utf8.MaxRune && isChar(rune(n)) // B4.3, after references
}

var entities = map[string]rune{"lt": '<', "gt": '>', "amp": '&', "apos": '\'', "quot": '"'}

// appendLines appends text with each CR LF, and each CR alone, as LF.
func appendLines(to []byte, text string) []byte {
	for {
		line, rest, found := strings.Cut(text, "\r")
		to = append(to, line...)
		if !found {
			return to
		}
		to = append(to, '\n')
		text = strings.TrimPrefix(rest, "\n")
	}
}

// containsAny says whether one of a few bytes is in text: quicker than strings.ContainsAny, which makes a set of them.
func containsAny(text, bytes string) bool {
	for i := range len(bytes) {
		if strings.IndexByte(text, bytes[i]) >= 0 {
			return true
		}
	}
	return false
}

// attributeValue is the value of an attribute as XML 1.0 section 3.3.3 normalises it without a DTD.
func attributeValue(raw string) (string, error) {
	if !containsAny(raw, "&\t\r\n") {
		return raw, nil
	}
	value, err := appendResolved(make([]byte, 0, len(raw)), raw, "\t\n")
	return string(value), err
}
