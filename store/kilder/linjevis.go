package kilder

import (
	"bufio"
	"bytes"
	"io"
)

// lesJSONfil parts a JSON text into records. Most large files have one record a line; as long as a file does, lines are
// handed over as they stand, and only looked through for where they end and which keys they have: whether they are JSON
// is found when they are read, by several at once. From the first line on that is anything else, the text is walked
// value by value.
func lesJSONfil(fil string, r io.Reader, m *Merknader, post func(raa) error) error {
	l := newJSONleser(fil, m, post)
	lines := bufio.NewReaderSize(r, 256<<10)
	var keys []byte
	for n := 1; ; n++ {
		line, err := lines.ReadSlice('\n')
		if err != nil && err != io.EOF && err != bufio.ErrBufferFull {
			return l.les(io.MultiReader(bytes.NewReader(bytes.Clone(line)), brutt{err}), n)
		}
		text := bytes.TrimRight(line, " \t\r\n")
		whole := false
		if keys, whole = helPost(text, keys[:0]); !whole && len(text) > 0 {
			return l.les(io.MultiReader(bytes.NewReader(bytes.Clone(line)), lines), n)
		}
		if whole {
			l.nr++
			if err := l.record(Sted{fil, n, l.nr}, bytes.Clone(text), keys); err != nil {
				return err
			}
		}
		if err == io.EOF {
			return nil
		}
	}
}

// helPost says whether a line is one object and no envelope, and appends its keys, each with skille behind it.
func helPost(line, keys []byte) ([]byte, bool) {
	if len(line) == 0 || line[0] != '{' {
		return keys, false
	}
	depth, own, keyNext := 0, false, false
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case '"':
			end := tekstslutt(line, i+1)
			if end < 0 {
				return keys, false
			}
			if keyNext {
				key := line[i+1 : end]
				value := bytes.TrimLeft(line[end+1:], " \t:")
				if len(value) == 0 || bytes.IndexByte(key, '\\') >= 0 || innpakning(key, value[0]) {
					return keys, false
				}
				own = own || !vedKonvolutt[string(key)]
				keys = append(append(keys, key...), skille...)
				keyNext = false
			}
			i = end
		case '{', '[':
			depth++
			keyNext = depth == 1 && line[i] == '{'
		case '}', ']':
			if depth--; depth == 0 {
				return keys, own && i == len(line)-1
			}
		case ',':
			keyNext = depth == 1
		default:
			if depth == 0 {
				return keys, false
			}
		}
	}
	return keys, false
}

// tekstslutt is where the text that begins at start ends, -1 when it does not.
func tekstslutt(line []byte, start int) int {
	for at := start; ; at++ {
		next := bytes.IndexByte(line[at:], '"')
		if next < 0 {
			return -1
		}
		at += next
		escapes := 0
		for at-escapes > start && line[at-escapes-1] == '\\' {
			escapes++
		}
		if escapes%2 == 0 {
			return at
		}
	}
}

// innpakning says whether a member wraps records, or would if it had any.
func innpakning(key []byte, first byte) bool {
	return konvolutter[string(key)] && (first == '[' || first == 'n' || first == '{' && string(key) != "arbeidsforhold")
}

// brutt is where a file could not be read on.
type brutt struct{ err error }

func (b brutt) Read([]byte) (int, error) { return 0, b.err }
