package soap

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"unicode/utf8"
)

// seeds are documents that reach every part of the border.
func seeds(f *testing.F) {
	for _, document := range []string{
		good,
		question12("", taker("<foedselsnr>1</foedselsnr>")),
		question11(brukersesjon(innloggingOK)+transaksjonBlock("<referanse>&lt;r&#13;</referanse><visDetaljer>1</visDetaljer>"), taker("")),
		question12(`<u:x xmlns:u="urn:x" s:mustUnderstand="1"/>`, taker("")),
		question11("", operationNamed("hentArbeidsgiver", "")),
		question11("", operationNamed("hentTrefflisteArbeidsgiver", "")),
		question11("", taker("<x y='z'><![CDATA[1]]>&#x41;<!-- c --></x>")),
		envelopeIn("urn:soap", "", ""),
		`<?xml version="1.0" encoding="ISO-8859-1"?><a>` + "\xF8</a>",
		string(utf16Bytes("<a b='c' xmlns:d='e' d:f=''>ø</a>", true)),
		"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
		"<a/><b/>", "<a", "",
	} {
		for _, media := range []string{"text/xml", "application/soap+xml; charset=iso-8859-1", "text/xml; charset=x"} {
			f.Add([]byte(document), media)
		}
	}
}

// FuzzGate holds the gate against two other readers. What it lets in, libxml2 lets in too, in batches; and
// encoding/xml reads the same elements, names, attributes and text.
func FuzzGate(f *testing.F) {
	requireXmllint(f)
	seeds(f)
	for _, document := range illFormed {
		f.Add([]byte(document), "text/xml")
	}
	var batch [][]byte
	judge := func(t testing.TB) {
		for i, complaint := range xmllint(t, batch) {
			if complaint != "" {
				t.Errorf("let in, but libxml2 says %q; add this seed to testdata/fuzz/FuzzGate:\n"+
					"go test fuzz v1\n[]byte(%q)\nstring(\"text/xml\")", complaint, batch[i])
			}
		}
		batch = nil
	}
	f.Cleanup(func() { judge(f) })
	f.Fuzz(func(t *testing.T, document []byte, contentType string) {
		_, charset := mediaType(contentType)
		root, err := gate(document, charset)
		if err != nil {
			var known *feil
			var below *statusError
			if !errors.As(err, &known) && !errors.As(err, &below) {
				t.Fatalf("an error of no known type: %v", err)
			}
			return
		}
		text, err := decodeCharset(document, charset)
		if err != nil || !utf8.Valid(text) {
			t.Fatalf("let in, though not text: %v", err)
		}
		compareContent(t, "the document", text, root)
		if batch = append(batch, bytes.Clone(text)); len(batch) == 500 { // the fuzzer uses its memory again
			judge(t)
		}
	})
}

// FuzzEnvelope asks anything at all: the answer is exactly one envelope, with a fault if and only if the status says
// so, or a status below SOAP without an envelope.
func FuzzEnvelope(f *testing.F) {
	seeds(f)
	config := testConfig(io.Discard)
	config.Log = slog.New(slog.DiscardHandler)
	service := newHandler(config, testOperations)
	f.Fuzz(func(t *testing.T, body []byte, contentType string) {
		r := httptest.NewRequest(http.MethodPost, "/", bytes.NewReader(body))
		r.Header.Set("Content-Type", contentType)
		w := httptest.NewRecorder()
		service.ServeHTTP(w, r)
		switch w.Code {
		case http.StatusUnsupportedMediaType, http.StatusRequestEntityTooLarge:
			return
		case http.StatusOK, http.StatusBadRequest, http.StatusInternalServerError:
		default:
			t.Fatalf("status %d", w.Code)
		}
		root, err := gate(w.Body.Bytes(), "utf-8")
		if err != nil {
			t.Fatalf("the answer does not pass the gate itself: %v\n%s", err, w.Body)
		}
		version, err := versionOf(root)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := version.open(root)
		if err != nil {
			t.Fatalf("the answer is no envelope: %v\n%s", err, w.Body)
		}
		if isFault := answer.operation.Name == version.name("Fault"); isFault != (w.Code != http.StatusOK) {
			t.Fatalf("status %d, fault %v", w.Code, isFault)
		}
	})
}
