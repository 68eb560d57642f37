package kontrakt

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// brudd are the breaches with nothing in them that may not be shown.
func (m *maske) brudd(all []Brudd) []Brudd {
	all = slices.Clone(all)
	for i := range all {
		b := &all[i]
		b.Tekst = m.setning(m.gjengitt(b))
		b.Sti, b.Avvik = m.setning(b.Sti), m.setning(b.Avvik)
	}
	return all
}

// sitat is a value that the text of a breach quotes.
var sitat = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)

// gjengitt is the text of a breach with the values that it quotes masked by where they stand. What the mask has met is
// not enough: a value may have been cut, or stand in the answer with a comment in its midst. The WSDL's breaches quote
// examples of our own.
func (m *maske) gjengitt(b *Brudd) string {
	if what := innholdAv[sisteTag(b.Sti)]; b.Regel != "fasit" && (b.Regel == "wsdl" || what == aapent) {
		return b.Tekst
	}
	return sitat.ReplaceAllStringFunc(b.Tekst, func(quoted string) string {
		value, err := strconv.Unquote(quoted)
		if err != nil {
			return strconv.Quote(tekstmaske)
		}
		return strconv.Quote(m.verdi(b.Sti, value))
	})
}

// verdi is a value that stands at a path of an answer, masked as the same place in a document is.
func (m *maske) verdi(sti, text string) string {
	tag := sisteTag(sti)
	what, known := innholdAv[tag]
	switch {
	case text == "" || slices.Contains([]string{httpStatus, contentType, rotAttr}, sti) || strings.HasSuffix(sti, navneromAtt):
		return text
	case sti == "":
		return m.dokument(text)
	case strings.HasPrefix(tag, "@"):
		return m.attributt(strings.TrimPrefix(tag, "@"), text)
	case known:
		return m.tall(m.innhold(what, text))
	}
	return m.innhold(ukjent, text)
}

// sisteTag is the tag that a path ends in, in lower case.
func sisteTag(sti string) string { return strings.ToLower(sti[strings.LastIndexByte(sti, '/')+1:]) }
