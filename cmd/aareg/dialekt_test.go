package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/beevik/etree"
	"github.com/google/go-cmp/cmp"

	"aareg/wsdl"
)

// antallsvar asks a started program for the count of an employer, and gives the answer's root and its children.
func antallsvar(t *testing.T, s started, operation string) []string {
	t.Helper()
	question := fmt.Sprintf(`<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><a:%s xmlns:a="%s">`+
		`<orgnr>210000011</orgnr></a:%s></e:Body></e:Envelope>`, operation, wsdl.NamespaceAareg2, operation)
	response, err := http.Post(s.address+wsdl.Endpoint, "text/xml; charset=utf-8", strings.NewReader(question))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	doc := etree.NewDocument()
	if err := doc.ReadFromBytes(answer); err != nil {
		t.Fatal(err)
	}
	root := doc.FindElement("/Envelope/Body/*")
	tags := []string{root.Tag}
	for _, tag := range []string{"Kommunenr", "kommunenr", "oppfoert", "opphoert"} {
		if root.SelectElement(tag) != nil {
			tags = append(tags, tag)
		}
	}
	return tags
}

func TestDialectIsSpekUnlessAskedFor(t *testing.T) {
	for _, c := range []struct {
		args      []string
		operation string
		want      []string
	}{
		{nil, "hentAntallArbeidstakere", []string{"AntallArbeidstakere", "Kommunenr", "oppfoert"}},
		{[]string{"--dialect", "spek"}, "hentAntallArbeidstakere", []string{"AntallArbeidstakere", "Kommunenr", "oppfoert"}},
		{[]string{"--dialect", "2015"}, "hentAntallAnsatte", []string{"AntallAnsatte", "kommunenr", "opphoert"}},
	} {
		s := start(t, c.args...)
		if diff := cmp.Diff(c.want, antallsvar(t, s, c.operation)); diff != "" {
			t.Errorf("%v (-want +got):\n%s", c.args, diff)
		}
		if told := strings.Contains(s.greeting[0], "2015 dialect"); told != (c.operation == "hentAntallAnsatte") {
			t.Errorf("%v: the first line does not tell the dialect: %s", c.args, s.greeting[0])
		}
		s.stop()
	}
	var said bytes.Buffer
	if code := run(context.Background(), []string{"serve", "--dialect", "2021"}, io.Discard, &said); code != exitUsage || !strings.Contains(said.String(), "--dialect") {
		t.Errorf("an unknown dialect: exit code %d, %s", code, said.String())
	}
}
