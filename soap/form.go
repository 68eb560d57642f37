package soap

import (
	"encoding/xml"
	"fmt"
	"reflect"
	"strings"

	"aareg/wsdl"
)

// form is the generated type of a request as the border fills it in: for each element that the contract lists the field
// of its tag. Types are looked at once, at the start.
type form struct {
	children []string // as wsdl.RequestChildren lists them; at most 64
	fields   []field  // of each child
}

type field struct {
	index int
	kind  reflect.Type // a pointer to a kind of string
}

// formOf reads a generated type. What it does not know is a mistake that is found when the program starts: it panics.
func formOf(request reflect.Type) form {
	children := wsdl.RequestChildren(rootOf(request))
	if len(children) == 0 || len(children) > 64 {
		panic(fmt.Sprintf("%v: the contract lists %d elements", request, len(children)))
	}
	f := form{children, make([]field, len(children))}
	for i, tag := range children {
		f.fields[i] = fieldOf(request, tag)
	}
	if n := request.NumField(); n != len(children)+1 {
		panic(fmt.Sprintf("%v: %d fields, but the contract lists %d elements", request, n-1, len(children)))
	}
	return f
}

// rootOf is the request's element, which the tag of its field XMLName tells behind a namespace.
func rootOf(request reflect.Type) string {
	name, named := request.FieldByName("XMLName")
	root, ours := strings.CutPrefix(name.Tag.Get("xml"), wsdl.NamespaceAareg2+" ")
	if !named || !ours || name.Type != reflect.TypeFor[xml.Name]() {
		panic(fmt.Sprintf("%v: not the type of a request", request))
	}
	return root
}

func fieldOf(request reflect.Type, tag string) field {
	for i := range request.NumField() {
		f := request.Field(i)
		if name, _, _ := strings.Cut(f.Tag.Get("xml"), ","); name != tag {
			continue
		}
		if f.Type.Kind() != reflect.Pointer || f.Type.Elem().Kind() != reflect.String {
			panic(fmt.Sprintf("%v: the field of %s is %v, not a pointer to a text", request, tag, f.Type))
		}
		return field{i, f.Type}
	}
	panic(fmt.Sprintf("%v: no field for %s", request, tag))
}

// fill lets the fields of a request point at the texts that were given. An element that was not keeps its nil.
func (f *form) fill(request reflect.Value, given []leaf) {
	for i := range given {
		to := f.fields[given[i].at]
		request.Field(to.index).Set(reflect.ValueOf(&given[i].text).Convert(to.kind))
	}
}
