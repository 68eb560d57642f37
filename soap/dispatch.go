package soap

import (
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"aareg/products"
	"aareg/wsdl"
)

// operations is the whole service, in the order of the field specification.
var operations = map[string]operation{
	"hentAntallArbeidstakere":    on(products.HentAntallArbeidstakere),    // § 2.1
	"hentArbeidsgiver":           on(products.HentArbeidsgiver),           // § 2.2
	"hentArbeidstaker":           on(products.HentArbeidstaker),           // § 2.3
	"hentTrefflisteArbeidsgiver": on(products.HentTrefflisteArbeidsgiver), // § 2.4
	"hentTrefflisteArbeidstaker": on(products.HentTrefflisteArbeidstaker), // § 2.5
	"hentArbeidsforhold":         on(products.HentArbeidsforhold),         // § 2.6
}

// operation answers one question out of its checked tokens.
type operation func(ctx context.Context, q products.Query, question xml.TokenReader, svar *products.Svar) error

// on makes an operation of a product's handler: R is the generated type of its request.
func on[R any](handle func(context.Context, products.Query, *R, *products.Svar) error) operation {
	return func(ctx context.Context, q products.Query, question xml.TokenReader, svar *products.Svar) error {
		r := new(R)
		if err := xml.NewTokenDecoder(question).Decode(r); err != nil {
			// The questions are checked before, so this is a mistake of ours; the decoder's text could quote a value.
			return fmt.Errorf("decode the request: %T", err)
		}
		return handle(ctx, q, r, svar)
	}
}

// responseRoot is the operation less "hent".
func responseRoot(operation string) string { return strings.TrimPrefix(operation, "hent") }

// renamed are the operations that the dialects name differently.
var renamed = []struct{ spek, d2015 string }{{"hentAntallArbeidstakere", "hentAntallAnsatte"}} // § 2.1

// inSpek is the field specification's name of an operation, which the table above, the generated types and the lists
// of children know it by. A dialect knows its own names only: of a name that is the other one's, instead is its own.
func inSpek(dialekt wsdl.Dialekt, name string) (spek, instead string) {
	for _, r := range renamed {
		own, other := r.spek, r.d2015
		if dialekt == wsdl.D2015 {
			own, other = other, own
		}
		switch name {
		case own:
			return r.spek, ""
		case other:
			return "", own
		}
	}
	return name, ""
}

// find is the operation that the body's first element names, by its expanded name, and what the field specification
// calls it.
func (h *handler) find(body *element) (op operation, spek string, err error) {
	spek, instead := inSpek(h.config.Dialekt, body.Name.Local)
	op, known := h.operations[spek]
	switch {
	case known && body.Name.Space == wsdl.NamespaceAareg2:
		return op, spek, nil
	case known:
		return nil, "", &feil{kode: ukjentOperasjon,
			melding: fmt.Sprintf("Elementet %s skal være i navnerommet %s.", body.Name.Local, wsdl.NamespaceAareg2)}
	case instead != "":
		return nil, "", &feil{kode: ukjentOperasjon,
			melding: fmt.Sprintf("Elementet %s i Body er ingen operasjon i denne tjenesten; her heter den %s.", body.Name.Local, instead)}
	}
	return nil, "", &feil{kode: ukjentOperasjon,
		melding: fmt.Sprintf("Elementet %s i Body er ingen operasjon i denne tjenesten.", plainName(body.Name.Local))}
}

// leaf is one element of a question that has a value.
type leaf struct {
	tag, text string
}

// maxText is how many characters one parameter may have: the longest are names.
const maxText = 256

// leaves checks an element's children against those that are known, and gives the ones with a value, in the order
// they came. Children are in no namespace or in that of their parent. Empty and nil ones are absent; unknown ones
// that are empty are ignored, since old clients send some by habit. The error is a *products.InvalidRequest that
// names the element, or a *feil about its length.
func leaves(parent *element, known []string) ([]leaf, error) {
	if !parent.blank() {
		return nil, &products.InvalidRequest{Tag: plainName(parent.Name.Local), Problem: "har tekst mellom elementene"}
	}
	var given []leaf
	var seen []string
	for _, child := range parent.Children {
		tag := child.Name.Local
		problem := checkChild(parent, child, known)
		if problem == "" && slices.Contains(seen, tag) {
			problem = "er gitt mer enn én gang"
		}
		if problem != "" {
			return nil, &products.InvalidRequest{Tag: plainName(tag), Problem: problem}
		}
		if !slices.Contains(known, tag) {
			continue
		}
		seen = append(seen, tag)
		text := trim(string(child.Text))
		if utf8.RuneCountInString(text) > maxText {
			return nil, forStort(fmt.Sprintf("Elementet %s har mer enn %d tegn.", tag, maxText))
		}
		if text != "" {
			given = append(given, leaf{tag, text})
		}
	}
	return given, nil
}

// checkChild is the rule that one child breaks, "" for none.
func checkChild(parent, child *element, known []string) string {
	isNil := child.attr(xsiNamespace, "nil")
	switch {
	case child.Name.Space != "" && child.Name.Space != parent.Name.Space:
		return "er i feil navnerom"
	case !slices.Contains(known, child.Name.Local) && (len(child.Children) > 0 || !child.blank()):
		return "er ukjent"
	case len(child.Children) > 0:
		return "kan ikke ha elementer i seg"
	case !slices.Contains([]string{"", "true", "false", "1", "0"}, isNil):
		return "har en ugyldig xsi:nil"
	case (isNil == "true" || isNil == "1") && !child.blank():
		return "må være tomt når xsi:nil er true"
	}
	return ""
}

// plainName is an element's name as a fault may quote it: letters alone, as all tags of the specification are. What
// is longer or has anything else in it, digits above all, is not repeated to the sender.
func plainName(name string) string {
	for _, r := range name {
		if (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') && r != 'ø' && r != '_' {
			return "(ukjent)"
		}
	}
	if len(name) > 48 {
		return "(ukjent)"
	}
	return name
}

// questionTokens are the tokens of a question, for the decoder: its root, and the leaves with a value in no namespace.
type questionTokens struct {
	tokens []xml.Token
}

func newQuestion(root xml.Name, given []leaf) *questionTokens {
	tokens := make([]xml.Token, 0, 2+3*len(given))
	tokens = append(tokens, xml.StartElement{Name: root})
	for _, l := range given {
		name := xml.Name{Local: l.tag}
		tokens = append(tokens, xml.StartElement{Name: name}, xml.CharData(l.text), xml.EndElement{Name: name})
	}
	return &questionTokens{append(tokens, xml.EndElement{Name: root})}
}

// Token is the next token, io.EOF after the last.
func (q *questionTokens) Token() (xml.Token, error) {
	if len(q.tokens) == 0 {
		return nil, io.EOF
	}
	next := q.tokens[0]
	q.tokens = q.tokens[1:]
	return next, nil
}
