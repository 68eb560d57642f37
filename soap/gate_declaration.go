package soap

import "bytes"

// cutDeclaration takes away the declaration, which may stand at the very beginning only: parse refuses it elsewhere
// as a processing instruction.
func cutDeclaration(text []byte) ([]byte, error) {
	if !bytes.HasPrefix(text, []byte("<?xml")) {
		return text, nil
	}
	_, rest, valid := declaration(text)
	if !valid {
		return nil, ugyldigXML("XML-deklarasjonen er ikke gyldig.")
	}
	return rest, nil
}

// declaration reads the production XMLDecl of XML 1.0, of version 1.0 alone (B4.4): its encoding, nil when it names
// none, and the text behind it. A text that does not begin with a valid one has none.
func declaration(text []byte) (encoding, rest []byte, valid bool) {
	rest, begins := bytes.CutPrefix(text, []byte("<?xml"))
	version, rest, _ := pseudoAttribute(rest, "version")
	if !begins || string(version) != "1.0" {
		return nil, nil, false
	}
	encoding, rest, named := pseudoAttribute(rest, "encoding")
	if named && !isEncodingName(encoding) {
		return nil, nil, false
	}
	standalone, rest, said := pseudoAttribute(rest, "standalone")
	if said && string(standalone) != "yes" && string(standalone) != "no" {
		return nil, nil, false
	}
	rest, valid = bytes.CutPrefix(bytes.TrimLeft(rest, space), []byte("?>"))
	if !valid {
		return nil, nil, false
	}
	return encoding, rest, true
}

// pseudoAttribute cuts white space, name="value" from the beginning of text; where it does not stand there, it leaves
// the text as it is, for what comes next to refuse.
func pseudoAttribute(text []byte, name string) (value, rest []byte, found bool) {
	after := bytes.TrimLeft(text, space)
	apart := len(after) < len(text)
	after, named := bytes.CutPrefix(after, []byte(name))
	after, given := bytes.CutPrefix(bytes.TrimLeft(after, space), []byte("="))
	after = bytes.TrimLeft(after, space)
	if !apart || !named || !given || len(after) == 0 || after[0] != '"' && after[0] != '\'' {
		return nil, text, false
	}
	value, rest, closed := bytes.Cut(after[1:], after[:1])
	if !closed {
		return nil, text, false
	}
	return value, rest, true
}

// isEncodingName is the production EncName of XML 1.0.
func isEncodingName(name []byte) bool {
	for i, c := range name {
		letter := c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
		if !letter && (i == 0 || (c < '0' || c > '9') && c != '.' && c != '_' && c != '-') {
			return false
		}
	}
	return len(name) > 0
}
