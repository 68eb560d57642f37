package soap

import (
	"bytes"
	"encoding/binary"
	"net/http"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// decodeCharset gives the document as UTF-8 without a byte order mark (B4.2). A byte order mark decides before the
// Content-Type's charset, that before the declaration's encoding, and without any of them it is UTF-8 (contract.md
// "Message style"). ISO-8859-1 is read as Windows-1252, which is what old systems mean by it. Nothing is guessed:
// any other charset is a *statusError 415.
func decodeCharset(body []byte, charset string) ([]byte, error) {
	switch {
	case bytes.HasPrefix(body, []byte("\xEF\xBB\xBF")):
		return body[3:], nil
	case bytes.HasPrefix(body, []byte("\xFE\xFF")):
		return decodeUTF16(body[2:], binary.BigEndian)
	case bytes.HasPrefix(body, []byte("\xFF\xFE")):
		return decodeUTF16(body[2:], binary.LittleEndian)
	}
	if charset == "" {
		encoding, _, _ := declaration(body)
		charset = string(encoding)
	}
	switch charset {
	case "", "utf-8", "UTF-8":
		return body, nil
	}
	switch strings.ToLower(charset) {
	case "utf-8":
		return body, nil
	case "iso-8859-1":
		return charmap.Windows1252.NewDecoder().Bytes(body)
	}
	return nil, &statusError{status: http.StatusUnsupportedMediaType, text: "charset not supported"}
}

// decodeUTF16 reads strictly: a half character or a lone surrogate is refused, not replaced.
func decodeUTF16(body []byte, order binary.ByteOrder) ([]byte, error) {
	broken := ugyldigXML("Teksten er ikke gyldig UTF-16.")
	if len(body)%2 != 0 {
		return nil, broken
	}
	text := make([]byte, 0, len(body))
	for ; len(body) > 0; body = body[2:] {
		r := rune(order.Uint16(body))
		if utf16.IsSurrogate(r) {
			if len(body) < 4 {
				return nil, broken
			}
			r = utf16.DecodeRune(r, rune(order.Uint16(body[2:])))
			if r == utf8.RuneError {
				return nil, broken
			}
			body = body[2:]
		}
		text = utf8.AppendRune(text, r)
	}
	return text, nil
}
