package main

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strconv"

	"github.com/beevik/etree"

	"aareg/cmd/bench/load"
	"aareg/wsdl"
)

// questions are questions of one operation: its element, and what may stand in it, one of them for each question.
type questions struct {
	operation string
	leaves    []string // elements of the question, as XML
}

// leaf is an element of a question. The values that are asked for have nothing in them that XML would escape.
func leaf(tag, value string) string { return "<" + tag + ">" + value + "</" + tag + ">" }

// with appends the same elements to every question.
func (q questions) with(more string) questions {
	all := questions{operation: q.operation}
	for _, l := range q.leaves {
		all.leaves = append(all.leaves, l+more)
	}
	return all
}

// target is a server as questions reach it.
type target struct {
	name    string
	process *process
	path    string
	session string // the sesjonsid; "" for none
	gzip    bool   // the client asks for it
}

// envelope is what stands before and after the leaves.
func (t *target) envelope(operation string) (before, after string) {
	head := ""
	if t.session != "" {
		head = `<soap:Header><b:Brukersesjon xmlns:b="http://ws.infotorg.no/xml/Admin/Brukersesjon/2006-07-07/Brukersesjon.xsd">` +
			leaf("sesjonsid", t.session) + `</b:Brukersesjon></soap:Header>`
	}
	return `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/">` + head + `<soap:Body><a:` + operation +
		` xmlns:a="` + wsdl.NamespaceAareg2 + `">`, `</a:` + operation + `></soap:Body></soap:Envelope>`
}

// next makes requests of the questions, drawn at random, the same ones every time.
func (t *target) next(q questions) load.Next {
	before, after := t.envelope(q.operation)
	encoding := ""
	if t.gzip {
		encoding = "Accept-Encoding: gzip\r\n"
	}
	head := fmt.Sprintf("POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: text/xml; charset=utf-8\r\n%sContent-Length: ", t.path, t.process.addr, encoding)
	draw := rand.New(rand.NewPCG(1, 2))
	return func(b []byte) []byte {
		l := q.leaves[draw.IntN(len(q.leaves))]
		b = append(b, head...)
		b = strconv.AppendInt(b, int64(len(before)+len(l)+len(after)), 10)
		b = append(b, "\r\n\r\n"...)
		b = append(b, before...)
		b = append(b, l...)
		return append(b, after...)
	}
}

// ask asks one question as any client would, and returns the answer's bytes.
func (t *target) ask(operation, leaves string) ([]byte, error) {
	before, after := t.envelope(operation)
	resp, err := http.Post("http://"+t.process.addr+t.path, "text/xml; charset=utf-8", bytes.NewReader([]byte(before+leaves+after)))
	if err != nil {
		return nil, fmt.Errorf("ask: %w", err)
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("ask: %s: status %d: %w", operation, resp.StatusCode, err)
	}
	return answer, nil
}

// body is the element within an answer's Body, which must have one of some statuskoder.
func body(answer []byte, statuskoder ...string) (*etree.Element, error) {
	doc := etree.NewDocument()
	if err := doc.ReadFromBytes(answer); err != nil {
		return nil, fmt.Errorf("answer: %w", err)
	}
	root := doc.FindElement("/Envelope/Body/*")
	if root == nil {
		return nil, fmt.Errorf("answer: no envelope")
	}
	kode := root.FindElement("statuskode")
	for _, wanted := range statuskoder {
		if kode != nil && kode.Text() == wanted {
			return root, nil
		}
	}
	return nil, fmt.Errorf("answer: %s without a statuskode of %v", root.Tag, statuskoder)
}
