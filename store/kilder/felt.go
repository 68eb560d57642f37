package kilder

import (
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// lesJSON reads one record. What is wrong with it comes back as a feltfeil.
func lesJSON(tekst []byte, into any, opts ...json.Options) error {
	err := json.Unmarshal(tekst, into, opts...)
	var semantic *json.SemanticError
	var syntactic *jsontext.SyntacticError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &semantic):
		return galVerdi(semantic)
	case !errors.As(err, &syntactic):
		return feil("", "cannot be read as JSON")
	case errors.Is(err, jsontext.ErrDuplicateName):
		return feil(feltsti(syntactic.JSONPointer), "the same key twice")
	case !utf8.Valid(tekst):
		return feil(feltsti(syntactic.JSONPointer), "not valid UTF-8")
	}
	return feil(feltsti(syntactic.JSONPointer), "not valid JSON")
}

func galVerdi(err *json.SemanticError) error {
	path := feltsti(err.JSONPointer)
	var own *feltfeil
	switch {
	case errors.As(err.Err, &own):
		return iFelt(path, own)
	case errors.Is(err, json.ErrUnknownName):
		return feil(path, "a key that does not belong there")
	}
	return feil(path, "has another type or form than it should have")
}

// feltsti writes a JSON pointer as a path: ansettelsesdetaljer[2].yrke.kode. A key that could be data is a question mark.
func feltsti(p jsontext.Pointer) string {
	var path strings.Builder
	for token := range p.Tokens() {
		if token != "" && len(token) <= 7 && strings.Trim(token, "0123456789") == "" {
			path.WriteString("[" + token + "]")
			continue
		}
		if path.Len() > 0 {
			path.WriteByte('.')
		}
		path.WriteString(noekkelnavn(token))
	}
	return path.String()
}

// noekkelnavn is a key as it may be printed: a question mark for one that looks like data.
func noekkelnavn(key string) string {
	if erNavn(key) {
		return key
	}
	return "?"
}

// erNavn says whether a key looks like the name of a field. Some sources have maps with identity numbers or names as
// keys, which must not be printed: a field's name begins with a small letter or _, goes on with letters, and has no
// more than two digits.
func erNavn(key string) bool {
	digits := 0
	for i, c := range key {
		switch {
		case 'a' <= c && c <= 'z', c == '_', i > 0 && ('A' <= c && c <= 'Z' || strings.ContainsRune("æøåÆØÅ", c)):
		case i > 0 && '0' <= c && c <= '9':
			digits++
		default:
			return false
		}
	}
	return key != "" && len(key) <= 80 && digits <= 2
}

// plasser says where a feltfeil happened; other errors stay as they are.
func plasser(err error, r raa) error {
	var field *feltfeil
	if !errors.As(err, &field) {
		return err
	}
	f := &Feil{Sted: r.sted, Felt: field.felt, Problem: field.problem, Raa: r.tekst}
	if r.form != nil {
		f.Form = r.form.navn
	}
	return f
}
