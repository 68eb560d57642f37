package soap

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"aareg/wsdl/bindings"
)

// stageQuestions are a question as most clients write one, and one that brings its credentials in both ways, and a
// transaction.
var stageQuestions = []struct{ name, document string }{
	{"small", `<?xml version="1.0" encoding="utf-8"?>` + question11("", taker("<foedselsnr>"+nummer+"</foedselsnr>"))},
	{"with credentials", `<?xml version="1.0" encoding="utf-8"?>` + question11(brukersesjon(innloggingOK)+
		`<w:Security xmlns:w="`+securityName.Space+`" s:mustUnderstand="1"><w:UsernameToken><w:Username>bruker</w:Username>`+
		`<w:Password Type="`+passwordText+`">hemmelig</w:Password></w:UsernameToken></w:Security>`+
		transaksjonBlock("<referanse>sak 1</referanse>"), taker("<foedselsnr>"+nummer+"</foedselsnr><lovgivning>ny</lovgivning>"))},
}

// BenchmarkGate reads a question from its bytes to its generated type, in turn with a bare loop over the tokens of
// encoding/xml. x-tokenloop is how many times longer the gate and all that follows it take, median to median.
func BenchmarkGate(b *testing.B) {
	for _, q := range stageQuestions {
		b.Run(q.name, func(b *testing.B) {
			document := []byte(q.document)
			form := formOf(reflect.TypeFor[bindings.HentArbeidstaker]())
			var ours, theirs []time.Duration
			for b.Loop() {
				start := time.Now()
				if _, err := readQuestion(document, &form); err != nil {
					b.Fatal(err)
				}
				between := time.Now()
				if err := tokenLoop(document); err != nil {
					b.Fatal(err)
				}
				ours, theirs = append(ours, between.Sub(start)), append(theirs, time.Since(between))
			}
			b.ReportMetric(float64(median(ours))/float64(median(theirs)), "x-tokenloop")
			b.ReportMetric(float64(median(ours).Nanoseconds()), "ns/question")
		})
	}
}

func median(times []time.Duration) time.Duration {
	slices.Sort(times)
	return times[len(times)/2]
}

// readQuestion is what a question goes through until its product gets it, less HTTP and login.
func readQuestion(document []byte, form *form) (*bindings.HentArbeidstaker, error) {
	p := parsers.Get().(*parser)
	defer p.release()
	root, err := p.gate(document, "utf-8")
	if err != nil {
		return nil, err
	}
	envelope, err := soap11.open(root)
	if err != nil {
		return nil, err
	}
	if err := new(caller).read(envelope.blocks); err != nil {
		return nil, err
	}
	given, err := leaves(make([]leaf, 0, 4), envelope.operation, form.children)
	if err != nil {
		return nil, err
	}
	r := new(bindings.HentArbeidstaker)
	form.fill(reflect.ValueOf(r).Elem(), given)
	return r, nil
}

func tokenLoop(document []byte) error {
	reader := xml.NewDecoder(bytes.NewReader(document))
	for {
		if _, err := reader.Token(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// stages are what a question passes through, one after the other, each with what came before it done.
func stages(document string) []struct {
	name string
	run  func() error
} {
	body := []byte(document)
	root, _ := gate(body, "utf-8")
	envelope, _ := soap11.open(root)
	form := formOf(reflect.TypeFor[bindings.HentArbeidstaker]())
	given, _ := leaves(nil, envelope.operation, form.children)
	few, reader := make([]leaf, 0, 8), newParser()
	h := newHandler(testConfig(io.Discard), testOperations)
	x := &exchange{handler: bare(testConfig(io.Discard), testOperations), version: soap11, caller: new(caller), produkt: "Arbeidstaker"}
	buffer := make([]byte, 0, 4096)
	return []struct {
		name string
		run  func() error
	}{
		{"gate", func() error { defer reader.forget(); _, err := reader.gate(body, "utf-8"); return err }},
		{"envelope", func() error { _, err := soap11.open(root); return err }},
		{"header blocks", func() error { return new(caller).read(envelope.blocks) }},
		{"elements", func() error { _, err := leaves(few, envelope.operation, form.children); return err }},
		{"generated type", func() error { form.fill(reflect.ValueOf(new(bindings.HentArbeidstaker)).Elem(), given); return nil }},
		{"session id", func() error { return x.identify() }},
		{"head of the answer", func() error { x.head(buffer); return nil }},
		{"exchange", func() error {
			r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(document))
			r.Header.Set("Content-Type", xmlType)
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			if w.Code != http.StatusOK {
				return errors.New(w.Body.String())
			}
			return nil
		}},
	}
}

// BenchmarkStage is where a question's time at the border goes.
func BenchmarkStage(b *testing.B) {
	for _, q := range stageQuestions {
		for _, stage := range stages(q.document) {
			b.Run(q.name+"/"+stage.name, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if err := stage.run(); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
