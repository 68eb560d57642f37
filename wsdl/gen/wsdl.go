package main

import (
	"fmt"

	"aareg/wsdl/felt"

	"github.com/beevik/etree"
)

// The four schemas where the split WSDL finds them: their namespaces' paths,
// relative to its own.
var imports = []struct{ namespace, location string }{
	{nsBrukersesjon, "../../../Admin/Brukersesjon/2006-07-07/Brukersesjon.xsd"},
	{nsTransaksjon, "../../../Admin/Transaksjon/2006-07-07/Transaksjon.xsd"},
	{nsFeil, "../../../Feil/Feil.xsd"},
	{targetXSD, "Aareg2.xsd"},
}

// splitDefinitions builds the WSDL that imports the four schemas. In both
// dialects Aareg2.xsd stands beside it, under that name.
func splitDefinitions(dialekt felt.Dialekt) *document {
	d := newDocument()
	definitions, types := newDefinitions(d)
	schema := child(types, "xsd:schema")
	for _, i := range imports {
		child(schema, "xsd:import", "namespace", i.namespace, "schemaLocation", i.location)
	}
	contract(definitions, dialekt.Operations())
	return d
}

// flatDefinitions builds the WSDL that carries the four schemas inline, without
// imports between them: none refers to another.
func flatDefinitions(dialekt felt.Dialekt, schema *document, schemas map[string][]byte) (*document, error) {
	d := newDocument()
	definitions, types := newDefinitions(d)
	for _, name := range platform {
		s := etree.NewDocument()
		if err := s.ReadFromBytes(schemas[name]); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if s.Root() == nil {
			return nil, fmt.Errorf("%s is empty", name)
		}
		types.AddChild(s.Root().Copy())
	}
	types.AddChild(schema.Root().Copy())
	contract(definitions, dialekt.Operations())
	return d, nil
}

// newDefinitions adds the root and its empty types. The prefixes of the header
// blocks are declared here because clients of node-soap write them literally.
func newDefinitions(d *document) (definitions, types *etree.Element) {
	definitions = child(&d.Element, "definitions", "name", "Aareg2", "targetNamespace", targetWSDL,
		"xmlns", nsWSDL, "xmlns:tns", targetWSDL, "xmlns:soapbind", nsSOAP, "xmlns:xsd", nsSchema,
		"xmlns:aareg2", targetXSD, "xmlns:brukersesjon", nsBrukersesjon,
		"xmlns:transaksjon", nsTransaksjon, "xmlns:feil", nsFeil)
	jaxws := child(definitions, "jaxws:bindings", "xmlns:jaxws", nsJAXWS)
	child(jaxws, "jaxws:enableWrapperStyle").SetText("false")
	return definitions, child(definitions, "types")
}

// contract adds what follows the types: messages, port type, binding, service.
func contract(definitions *etree.Element, operations []felt.Operasjon) {
	message(definitions, "BrukersesjonHode", "Brukersesjon", "brukersesjon:Brukersesjon")
	message(definitions, "TransaksjonHode", "Transaksjon", "transaksjon:Transaksjon")
	message(definitions, "TransaksjonsinfoHode", "Transaksjonsinfo", "transaksjon:Transaksjonsinfo")
	message(definitions, "feil", "feil", "feil:feil")
	for _, o := range operations {
		message(definitions, o.Navn+"Request", "spoersmaal", "aareg2:"+o.Navn)
		message(definitions, o.Navn+"Response", "svar", "aareg2:"+o.Respons)
	}
	portType := child(definitions, "portType", "name", "aareg2PortType")
	for _, o := range operations {
		operation := child(portType, "operation", "name", o.Navn)
		child(operation, "input", "message", "tns:"+o.Navn+"Request")
		child(operation, "output", "name", o.Respons, "message", "tns:"+o.Navn+"Response")
		child(operation, "fault", "name", "feil", "message", "tns:feil")
	}
	binding := child(definitions, "binding", "name", "aareg2Binding", "type", "tns:aareg2PortType")
	child(binding, "soapbind:binding", "style", "document", "transport", httpBinding)
	for _, o := range operations {
		bind(binding, o)
	}
	service := child(definitions, "service", "name", "Aareg2Service")
	port := child(service, "port", "name", "aareg2Port", "binding", "tns:aareg2Binding")
	child(port, "soapbind:address", "location", placeholder)
}

func message(definitions *etree.Element, name, part, element string) {
	child(child(definitions, "message", "name", name), "part", "name", part, "element", element)
}

// bind adds an operation of the binding. The output bears the name of the
// answer's root: without it strong-soap looks for a wrapper and finds nothing.
func bind(binding *etree.Element, o felt.Operasjon) {
	operation := child(binding, "operation", "name", o.Navn)
	child(operation, "soapbind:operation", "soapAction", "")
	input := child(operation, "input")
	header(input, "Brukersesjon")
	header(input, "Transaksjon")
	child(input, "soapbind:body", "use", "literal")
	output := child(operation, "output", "name", o.Respons)
	header(output, "Brukersesjon")
	header(output, "Transaksjonsinfo")
	child(output, "soapbind:body", "use", "literal")
	child(child(operation, "fault", "name", "feil"), "soapbind:fault", "name", "feil", "use", "literal")
}

func header(parent *etree.Element, block string) {
	child(parent, "soapbind:header", "message", "tns:"+block+"Hode", "part", block, "use", "literal")
}
