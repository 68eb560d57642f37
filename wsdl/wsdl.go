// Package wsdl is the contract of the service: the WSDL in two forms, the
// schemas, and the names that go over the wire, in two dialects. The documents
// are generated from the field table by wsdl/gen, but for the three platform
// schemas, which are written by hand.
//
// It serves documents and knows names; it must not parse a message or decide
// what an answer contains.
package wsdl

import (
	"bytes"
	_ "embed"
	"encoding/xml"
	"slices"
	"strings"
)

//go:generate go run ./gen -in . -out .

// Namespaces of the wire; each is also the path, below its host, of the
// document that describes it.
const (
	NamespaceAareg2       = "http://ws.infotorg.no/xml/NAV/Aareg2/2015-09-21/Aareg2.xsd"
	NamespaceWSDL         = "http://ws.infotorg.no/xml/NAV/Aareg2/2015-09-21/Aareg2.wsdl"
	NamespaceBrukersesjon = "http://ws.infotorg.no/xml/Admin/Brukersesjon/2006-07-07/Brukersesjon.xsd"
	NamespaceTransaksjon  = "http://ws.infotorg.no/xml/Admin/Transaksjon/2006-07-07/Transaksjon.xsd"
	NamespaceFeil         = "http://ws.infotorg.no/xml/Feil/Feil.xsd"
)

// Prefixes of those namespaces. They never vary in an answer, because
// surviving clients read literal prefixed names.
const (
	PrefixAareg2       = "aareg2"
	PrefixBrukersesjon = "brukersesjon"
	PrefixTransaksjon  = "transaksjon"
	PrefixFeil         = "feil"
)

// Endpoint is the path that takes questions, and with ?wsdl serves Flat.
const Endpoint = "/ws/NAV/Aareg2.pl"

// Paths of the split documents: those of their namespaces.
const (
	PathWSDL         = "/xml/NAV/Aareg2/2015-09-21/Aareg2.wsdl"
	PathAareg2       = "/xml/NAV/Aareg2/2015-09-21/Aareg2.xsd"
	PathBrukersesjon = "/xml/Admin/Brukersesjon/2006-07-07/Brukersesjon.xsd"
	PathTransaksjon  = "/xml/Admin/Transaksjon/2006-07-07/Transaksjon.xsd"
	PathFeil         = "/xml/Feil/Feil.xsd"
)

// Dialekt is a way to spell the contract (contract.md, "What is verified, and
// the 2015 spellings"). Package felt has the same for those who read the table.
type Dialekt string

// The two dialects; the zero value, like any other, is Spek.
const (
	Spek  Dialekt = "spek" // as the field specification prints it
	D2015 Dialekt = "2015" // with what is verified or probable in the real schema
)

var (
	//go:embed Aareg2.wsdl
	split []byte
	//go:embed Aareg2_flat.wsdl
	flat []byte
	//go:embed Aareg2.xsd
	aareg2 []byte
	//go:embed Aareg2_2015.wsdl
	split2015 []byte
	//go:embed Aareg2_2015_flat.wsdl
	flat2015 []byte
	//go:embed Aareg2_2015.xsd
	aareg2015 []byte
	//go:embed Brukersesjon.xsd
	brukersesjon []byte
	//go:embed Transaksjon.xsd
	transaksjon []byte
	//go:embed Feil.xsd
	feil []byte
	//go:embed forespoersler.txt
	forespoersler string
)

// placeholder is the address in the embedded documents, which stands for the
// one of the server that hands them out.
const placeholder = "http://localhost:8080" + Endpoint

// generated are the documents that differ between dialects.
type generated struct{ split, flat, schema []byte }

func (d Dialekt) generated() generated {
	if d == D2015 {
		return generated{split2015, flat2015, aareg2015}
	}
	return generated{split, flat, aareg2}
}

// Document returns the split document of Spek at a URL path, as Dialekt.Document does.
func Document(path, base string) ([]byte, bool) { return Spek.Document(path, base) }

// Flat returns the flat WSDL of Spek, as Dialekt.Flat does.
func Flat(base string) []byte { return Spek.Flat(base) }

// Document returns the split document at a URL path, UTF-8, and whether there
// is one; both dialects have theirs at the same paths. Base is scheme and host of
// the server as the client sees it, without a slash at the end, e.g.
// http://host:8080: the WSDL's soap:address is base and Endpoint. Imports are
// relative, so they follow the host by themselves.
func (d Dialekt) Document(path, base string) ([]byte, bool) {
	switch path {
	case PathWSDL:
		return addressed(d.generated().split, base), true
	case PathAareg2:
		return slices.Clone(d.generated().schema), true
	case PathBrukersesjon:
		return slices.Clone(brukersesjon), true
	case PathTransaksjon:
		return slices.Clone(transaksjon), true
	case PathFeil:
		return slices.Clone(feil), true
	}
	return nil, false
}

// Flat returns the WSDL with all four schemas inline, UTF-8, for ?wsdl: one
// document with nothing to rewrite but the address. Base is as in Document.
func (d Dialekt) Flat(base string) []byte { return addressed(d.generated().flat, base) }

// addressed puts the server's own address into a WSDL.
func addressed(document []byte, base string) []byte {
	var address bytes.Buffer
	// A bytes.Buffer takes every write, so there is no error to handle.
	_ = xml.EscapeText(&address, []byte(base+Endpoint))
	return bytes.Replace(document, []byte(placeholder), address.Bytes(), 1)
}

// children are the request children of each operation, from forespoersler.txt.
var children = parseChildren(forespoersler)

func parseChildren(lists string) map[string][]string {
	found := map[string][]string{}
	for line := range strings.Lines(lists) {
		if words := strings.Fields(line); len(words) > 0 {
			found[words[0]] = words[1:]
		}
	}
	return found
}

// RequestChildren returns the local names of the children that a question may
// have, in the order of the schema, each allowed once; nil for an unknown
// operation. Operation is named as Spek does; the children are those of both
// dialects. The generated types cannot tell an unknown, repeated or nested
// child, so dispatch checks against this list before decoding.
func RequestChildren(operation string) []string {
	return slices.Clone(children[operation])
}
