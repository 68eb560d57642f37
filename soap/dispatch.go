package soap

import (
	"context"
	"fmt"
	"reflect"
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

// operation is one of the service: the elements that its question may have, and who answers it.
type operation struct {
	children []string
	answer   answerer
}

// answerer answers a question out of its checked elements.
type answerer func(ctx context.Context, q products.Query, given []leaf, svar *products.Svar) error

// on makes an operation of a product's handler: R is the generated type of its request.
func on[R any](handle func(context.Context, products.Query, *R, *products.Svar) error) operation {
	form := formOf(reflect.TypeFor[R]())
	return operation{form.children, func(ctx context.Context, q products.Query, given []leaf, svar *products.Svar) error {
		r := new(R)
		form.fill(reflect.ValueOf(r).Elem(), given)
		return handle(ctx, q, r, svar)
	}}
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
	var none operation
	spek, instead := inSpek(h.config.Dialekt, body.Name.Local)
	op, known := h.operations[spek]
	switch {
	case known && body.Name.Space == wsdl.NamespaceAareg2:
		return op, spek, nil
	case known:
		return none, "", &feil{kode: ukjentOperasjon,
			melding: fmt.Sprintf("Elementet %s skal være i navnerommet %s.", body.Name.Local, wsdl.NamespaceAareg2)}
	case instead != "":
		return none, "", &feil{kode: ukjentOperasjon,
			melding: fmt.Sprintf("Elementet %s i Body er ingen operasjon i denne tjenesten; her heter den %s.", body.Name.Local, instead)}
	}
	return none, "", &feil{kode: ukjentOperasjon,
		melding: fmt.Sprintf("Elementet %s i Body er ingen operasjon i denne tjenesten.", plainName(body.Name.Local))}
}

// leaf is one element of a question that has a value.
type leaf struct {
	tag, text string
	at        int // among the children that are known
}

// maxText is how many characters one parameter may have: the longest are names.
const maxText = 256

// leaves checks an element's children against those that are known, at most 64, and gives the ones with a value, in the
// order they came, appended to given, which is empty. Children are in no namespace or in that of their parent. Empty and
// nil ones are absent; unknown ones that are empty are ignored, since old clients send some by habit. The error is a
// *products.InvalidRequest that names the element, or a *feil about its length.
func leaves(given []leaf, parent *element, known []string) ([]leaf, error) {
	if !parent.blank() {
		return nil, &products.InvalidRequest{Tag: plainName(parent.Name.Local), Problem: "har tekst mellom elementene"}
	}
	var seen uint64 // a bit for each known one
	for child := parent.First; child != nil; child = child.Next {
		at := slices.Index(known, child.Name.Local)
		problem := checkChild(parent, child, at >= 0)
		if problem == "" && at >= 0 && seen&(1<<at) != 0 {
			problem = "er gitt mer enn én gang"
		}
		if problem != "" {
			return nil, &products.InvalidRequest{Tag: plainName(child.Name.Local), Problem: problem}
		}
		if at < 0 {
			continue
		}
		seen |= 1 << at
		text := trim(child.Text)
		if len(text) > maxText && utf8.RuneCountInString(text) > maxText {
			return nil, forStort(fmt.Sprintf("Elementet %s har mer enn %d tegn.", child.Name.Local, maxText))
		}
		if text != "" {
			given = append(given, leaf{known[at], text, at})
		}
	}
	return given, nil
}

// checkChild is the rule that one child breaks, "" for none.
func checkChild(parent, child *element, known bool) string {
	isNil := child.attr(xsiNamespace, "nil")
	switch {
	case child.Name.Space != "" && child.Name.Space != parent.Name.Space:
		return "er i feil navnerom"
	case !known && (child.First != nil || !child.blank()):
		return "er ukjent"
	case child.First != nil:
		return "kan ikke ha elementer i seg"
	case isNil != "" && isNil != "true" && isNil != "false" && isNil != "1" && isNil != "0":
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
