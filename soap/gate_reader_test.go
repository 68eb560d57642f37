package soap

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// compareContent compares what the gate made of a document, given in UTF-8, with what encoding/xml makes of it: the
// same elements, names, attributes and text. Prefixes it does not keep.
func compareContent(t testing.TB, name string, document []byte, got *element) {
	t.Helper()
	text, err := cutDeclaration(document)
	if err != nil {
		t.Fatalf("%s: %#v", name, err)
	}
	want, err := readByEncodingXML(text)
	if err != nil {
		if !bytes.ContainsFunc(text, beyondLatin1) { // its names are those of the fourth edition
			t.Errorf("%s: let in, but encoding/xml says %v", name, err)
		}
		return
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty(), blankValues); diff != "" {
		t.Errorf("%s (-encoding/xml +gate):\n%s", name, diff)
	}
}

func beyondLatin1(r rune) bool { return r > 0xFF }

// blankValues compares the values of attributes, and so namespaces too, without regard to which white space is in
// them: encoding/xml leaves it as written.
var blankValues = cmp.Options{
	cmp.Transformer("blank", func(n xml.Name) [2]string { return [2]string{blanks.Replace(n.Space), n.Local} }),
	cmp.Transformer("blank", func(a xml.Attr) [3]string {
		return [3]string{blanks.Replace(a.Name.Space), a.Name.Local, blanks.Replace(a.Value)}
	}),
}

var blanks = strings.NewReplacer("\t", " ", "\n", " ")

// readByEncodingXML is the tree of a document that the gate let in, as encoding/xml reads it.
func readByEncodingXML(text []byte) (*element, error) {
	type parent struct{ element, last *element }
	open := []parent{{element: &element{}}}
	for reader := xml.NewDecoder(bytes.NewReader(text)); ; {
		token, err := reader.Token()
		if errors.Is(err, io.EOF) {
			return open[0].element.First, nil
		}
		if err != nil {
			return nil, err
		}
		top := &open[len(open)-1]
		switch t := token.(type) {
		case xml.StartElement:
			e := &element{Name: t.Name}
			for _, a := range t.Attr {
				if a.Name.Space != "xmlns" && a.Name != (xml.Name{Local: "xmlns"}) {
					e.Attr = append(e.Attr, a)
				}
			}
			if top.last == nil {
				top.element.First = e
			} else {
				top.last.Next = e
			}
			top.last = e
			open = append(open, parent{element: e})
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			top.element.Text += string(t)
		}
	}
}
