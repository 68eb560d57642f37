// Command interop asks the service all questions through the types and the
// client that gowsdl wrote, and writes what these hold of each answer, as
// built_client.py describes: interop ADDRESS QUESTIONS ANSWERS. It is one of
// the clients of make interop, which builds it with package bindings written
// anew from the WSDL that the service gives out. It is no part of aareg.
package main

import (
	"bufio"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"reflect"
	"runtime/debug"
	"strings"

	"aareg/wsdl/bindings"

	"github.com/hooklift/gowsdl/soap"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 4 {
		log.Fatal("usage: interop ADDRESS QUESTIONS ANSWERS")
	}
	if err := run(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		log.Fatal(err)
	}
	fmt.Println("gowsdl", version())
}

// version is that of the module that the generated client is built on.
func version() string {
	info, _ := debug.ReadBuildInfo()
	for _, module := range info.Deps {
		if module.Path == "github.com/hooklift/gowsdl" {
			return module.Version
		}
	}
	return "of no version"
}

func run(address, questions, answers string) error {
	asked, err := os.ReadFile(questions)
	if err != nil {
		return err
	}
	out, err := os.Create(answers)
	if err != nil {
		return err
	}
	defer out.Close()
	buffered := bufio.NewWriter(out)
	client := soap.NewClient(address)
	asker := asker{bindings.NewAareg2PortType(client), buffered}
	for line := range strings.Lines(string(asked)) {
		words := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if words[0] == "header" {
			err = addHeader(client, words[1], words[2:])
		} else {
			err = asker.ask(words[1], words[2] == "spoil", words[3:])
		}
		if err != nil {
			return err
		}
	}
	return errors.Join(buffered.Flush(), out.Close())
}

// addHeader has the client send a header block with all questions that follow.
func addHeader(client *soap.Client, name string, children []string) error {
	blocks := map[string]any{"Brukersesjon": new(bindings.BrukersesjonType), "Transaksjon": new(bindings.TransaksjonType)}
	block, known := blocks[name]
	if !known {
		return fmt.Errorf("no header block %s", name)
	}
	client.AddHeader(block)
	return set(reflect.ValueOf(block).Elem(), children)
}

type asker struct {
	port bindings.Aareg2PortType
	out  io.Writer
}

// ask calls the port's method for an operation and writes the answer.
func (a asker) ask(operation string, spoil bool, children []string) error {
	method := reflect.ValueOf(a.port).MethodByName("H" + operation[1:])
	if !method.IsValid() {
		return fmt.Errorf("no operation %s", operation)
	}
	question := reflect.New(method.Type().In(0).Elem())
	if err := set(question.Elem(), children); err != nil {
		return err
	}
	returned := method.Call([]reflect.Value{question})
	if err, failed := returned[1].Interface().(error); failed {
		return a.fault(err)
	}
	fmt.Fprintln(a.out, "answer")
	a.walk("", returned[0])
	if spoil {
		returned[0].Interface().(*bindings.ArbeidsgiverSvarType).ArbeidsforholdListe.Arbeidsforhold[1].Begyntdato = nil
		fmt.Fprintln(a.out, "spoiled")
		a.walk("", returned[0])
	}
	return nil
}

// detail is what gowsdl's client asks of a type for a fault's detail.
type detail struct {
	Feil *bindings.FeilType `xml:"http://ws.infotorg.no/xml/Feil/Feil.xsd feil"`
}

func (d *detail) ErrorString() string { return d.Feil.Feilmelding }
func (d *detail) HasData() bool       { return d.Feil != nil }

// fault writes a fault. The client reads no fault that comes with HTTP status 500, as all do: it hands over the bytes,
// and its envelope reads them.
func (a asker) fault(err error) error {
	var answered *soap.HTTPError
	if !errors.As(err, &answered) {
		return err
	}
	fault, feil := new(soap.SOAPFault), new(detail)
	fault.Detail = feil
	envelope := soap.SOAPEnvelopeResponse{Body: soap.SOAPBodyResponse{Content: new(struct{}), Fault: fault}}
	if err := xml.Unmarshal(answered.ResponseBody, &envelope); err != nil {
		return fmt.Errorf("fault: %w", err)
	}
	fmt.Fprintf(a.out, "fault\t%s\t%s\n", fault.Code, escaped.Replace(fault.String))
	a.walk("", reflect.ValueOf(feil.Feil))
	return nil
}

// set sets the children, given by name and text in turn, of a generated struct.
func set(object reflect.Value, children []string) error {
	fields := map[string]reflect.Value{}
	for i := range object.NumField() {
		fields[tag(object.Type().Field(i))] = object.Field(i)
	}
	for i := 0; i+1 < len(children); i += 2 {
		field, known := fields[children[i]]
		if !known {
			return fmt.Errorf("%s has no %s", object.Type(), children[i])
		}
		if field.Kind() == reflect.Pointer {
			field.Set(reflect.New(field.Type().Elem()))
			field = field.Elem()
		}
		field.SetString(children[i+1])
	}
	return nil
}

// walk writes the leaves of the body, in the order of their type; what is nil is not there.
func (a asker) walk(path string, value reflect.Value) {
	for value.Kind() == reflect.Pointer {
		value = value.Elem()
	}
	if value.Kind() == reflect.String {
		fmt.Fprintf(a.out, "body\t%s\t%s\n", path, escaped.Replace(value.String()))
		return
	}
	empty := true
	for i := range value.NumField() {
		for position, child := range elements(value.Type().Field(i), value.Field(i)) {
			empty = false
			a.walk(fmt.Sprintf("%s/%s[%d]", path, tag(value.Type().Field(i)), position+1), child)
		}
	}
	if empty {
		fmt.Fprintf(a.out, "body\t%s\n", path)
	}
}

// elements are those that one field of a generated struct has.
func elements(field reflect.StructField, value reflect.Value) []reflect.Value {
	switch {
	case field.Name == "XMLName" || value.Kind() == reflect.Pointer && value.IsNil():
		return nil
	case value.Kind() != reflect.Slice:
		return []reflect.Value{value}
	}
	var entries []reflect.Value
	for i := range value.Len() {
		entries = append(entries, value.Index(i))
	}
	return entries
}

// tag is the local name of the element that a field of a generated struct is for.
func tag(field reflect.StructField) string {
	name, _, _ := strings.Cut(field.Tag.Get("xml"), ",")
	return name
}

var escaped = strings.NewReplacer(`\`, `\\`, "\t", `\t`, "\n", `\n`, "\r", `\r`)
