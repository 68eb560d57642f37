package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aareg/wsdl"
)

// checkHTTP sends the HTTP rows of the attacks: methods, media types, lengths and framing.
func checkHTTP(t *testing.T, p *program) {
	expect(t, p, methods())
	expect(t, p, encodings(t))
	expect(t, p, framings())
	for _, a := range framings() {
		if got := p.send(t, a.request); !got.closes {
			t.Errorf("%s: the connection stays open", a.name)
		}
	}
	t.Run("a length of 1e12 is refused at once and the connection closed", func(t *testing.T) {
		var got result
		p.whileGoodAreAnswered(t, func() { // not a byte of the body is ever sent
			got = p.send(t, "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\nContent-Length: 1000000000000\r\n\r\n")
		})
		if got.outcome != "413" || !got.closes {
			t.Errorf("got %q, closed: %v", got.outcome, got.closes)
		}
	})
	t.Run("the same behind Expect is not asked for", func(t *testing.T) {
		conn := p.dial(t)
		defer conn.Close()
		_, err := io.WriteString(conn, "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\nExpect: 100-continue\r\nContent-Length: 1000000000000\r\n\r\n")
		answer, readErr := io.ReadAll(conn)
		if err != nil || readErr != nil || !bytes.HasPrefix(answer, []byte("HTTP/1.1 413 ")) {
			t.Errorf("got %.40q, %v, %v", answer, err, readErr)
		}
	})
	t.Run("headers from outside change nothing", func(t *testing.T) { checkForeignHeaders(t, p) })
	t.Run("forwarded hosts are believed of trusted proxies alone", checkTrustedProxy)
}

func methods() (attacks []attack) {
	for _, method := range []string{"GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "X"} {
		attacks = append(attacks, attack{method + " of the endpoint", get(method, wsdl.Endpoint), "405 POST"})
	}
	for _, path := range []string{"/livez", "/readyz"} {
		attacks = append(attacks,
			attack{"GET of " + path, get("GET", path), "200"},
			attack{"HEAD of " + path, get("HEAD", path), "200"},
			attack{"POST of " + path, strings.Replace(good, wsdl.Endpoint, path, 1), "405 GET, HEAD"})
	}
	return append(attacks,
		attack{"GET of the contract", get("GET", wsdl.Endpoint+"?wsdl"), "200"},
		attack{"PUT of the contract", get("PUT", wsdl.PathWSDL), "405 GET, HEAD"},
		attack{"CONNECT", "CONNECT 127.0.0.1:9 HTTP/1.1\r\nHost: 127.0.0.1:9\r\n\r\n", "405 POST"},
		attack{"OPTIONS of everything", "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", "405 POST"},
		attack{"GET of nothing there", get("GET", "/../../etc/hostname"), "404"},
		attack{"GET of another server", get("GET", "http://127.0.0.1:9/"), "405 POST"})
}

func encodings(t *testing.T) []attack {
	plain := envelope(antall)
	var bomb bytes.Buffer
	packed := gzip.NewWriter(&bomb)
	if _, err := packed.Write(make([]byte, 100<<20)); err != nil {
		t.Fatal(err)
	}
	if err := packed.Close(); err != nil {
		t.Fatal(err)
	}
	return []attack{
		{"JSON", post("application/json", `{"a":1}`), "415"},
		{"form", post("application/x-www-form-urlencoded", "a=b"), "415"},
		{"multipart", post("multipart/form-data; boundary=b", "--b--"), "415"},
		{"no media type", post("", plain), "415"},
		{"gzip bomb", post(textXML, bomb.String(), "Content-Encoding: gzip"), "415"},
		{"br", post(textXML, plain, "Content-Encoding: br"), "415"},
		{"deflate", post(textXML, plain, "Content-Encoding: deflate"), "415"},
		{"gzip behind identity", post(textXML, plain, "Content-Encoding: identity", "Content-Encoding: gzip"), "415"},
	}
}

// framings are heads that two readers could take for different requests: each is refused, and the connection closed.
func framings() []attack {
	plain := envelope(antall)
	n := strconv.Itoa(len(plain))
	head := "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\n"
	length, coding := "Content-Length: "+n+"\r\n", "Transfer-Encoding: chunked\r\n"
	chunks := fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(plain), plain)
	return []attack{
		{"Content-Length twice", head + length + length + "\r\n" + plain, "400"},
		{"Content-Length twice, different", head + length + "Content-Length: 5\r\n\r\n" + plain, "400"},
		{"Content-Length as a list", head + "Content-Length: " + n + ", " + n + "\r\n\r\n" + plain, "400"},
		{"Content-Length negative", head + "Content-Length: -1\r\n\r\n" + plain, "400"},
		{"Content-Length with a sign", head + "Content-Length: +" + n + "\r\n\r\n" + plain, "400"},
		{"Content-Length in hex", head + "Content-Length: 0x10\r\n\r\n" + plain, "400"},
		{"Content-Length beyond numbers", head + "Content-Length: 1" + strings.Repeat("0", 30) + "\r\n\r\n" + plain, "400"},
		{"Transfer-Encoding and Content-Length", head + coding + length + "\r\n" + chunks, "400"},
		{"Content-Length and Transfer-Encoding", head + "content-length: 4\r\ntransfer-ENCODING:\tchunked\r\n\r\n" + chunks, "400"},
		{"Transfer-Encoding twice", head + coding + coding + "\r\n" + chunks, "501"},
		{"Transfer-Encoding of two", head + "Transfer-Encoding: gzip, chunked\r\n\r\n" + chunks, "501"},
		{"Transfer-Encoding misspelt", head + "Transfer-Encoding: xchunked\r\n\r\n" + chunks, "501"},
		{"Transfer-Encoding with a space", head + "Transfer-Encoding : chunked\r\n\r\n" + chunks, "400"},
		{"Transfer-Encoding folded", head + "X-A: b\r\n Transfer-Encoding: chunked\r\n" + coding + length + "\r\n" + chunks, "400"},
		{"chunk garbage", head + coding + "\r\nzz\r\n" + plain, "400"},
		{"chunk of a negative length", head + coding + "\r\n-5\r\n" + plain, "400"},
		{"chunks with bare LF", head + coding + "\r\n" + strings.ReplaceAll(chunks, "\r\n", "\n"), "400"},
		{"bare LF", strings.ReplaceAll(head+length, "\r\n", "\n") + "\n" + plain, "400"},
		{"bare LF once", head + "X-A: b\n" + length + "\r\n" + plain, "400"},
		{"CR in a value", head + "X-A: b\rc\r\n" + length + "\r\n" + plain, "400"},
		{"two Hosts", "POST / HTTP/1.1\r\nHost: x\r\nHost: y\r\nContent-Type: text/xml\r\n" + length + "\r\n" + plain, "400"},
		{"no Host", "POST / HTTP/1.1\r\nContent-Type: text/xml\r\n" + length + "\r\n" + plain, "400"},
		{"a Host of markup", "GET /?wsdl HTTP/1.1\r\nHost: a\"><b>\r\n\r\n", "400"},
		{"head of 60 kB", head + "X-A: " + strings.Repeat("a", 60_000) + "\r\n" + length + "\r\n" + plain, "431"},
		{"HTTP/3.0", "GET / HTTP/3.0\r\nHost: x\r\n\r\n", "505"},
	}
}

func checkForeignHeaders(t *testing.T, p *program) {
	headers := []string{"X-SSL-Client-S-DN: CN=admin", "X-Remote-User: admin", "X-Forwarded-For: 127.0.0.1", "X-Forwarded-Host: evil.example",
		"X-Forwarded-Proto: https", "Forwarded: for=127.0.0.1;host=evil.example;proto=https", "Authorization: Basic YWRtaW46YWRtaW4="}
	want, got := p.send(t, good), p.send(t, post(textXML, envelope(antall), headers...))
	if diff := cmp.Diff(bodyOf(want.text), bodyOf(got.text)); diff != "" || got.outcome != komplett {
		t.Errorf("%s (-want +got):\n%s", got.outcome, diff)
	}
	contract := get("GET", wsdl.Endpoint+"?wsdl")
	spoofed := strings.Replace(contract, "\r\n\r\n", "\r\n"+strings.Join(headers, "\r\n")+"\r\n\r\n", 1)
	if diff := cmp.Diff(p.send(t, contract).text, p.send(t, spoofed).text); diff != "" {
		t.Errorf("the contract (-want +got):\n%s", diff)
	}
}

// checkTrustedProxy asks a program that trusts this machine.
func checkTrustedProxy(t *testing.T) {
	p := startProgram(t, "--trusted-proxy", "192.0.2.0/24,::1/128", "--trusted-proxy", "127.0.0.0/8")
	for header, want := range map[string]string{
		"X-A: b": "http://localhost",
		"X-Forwarded-Host: aareg.example.no\r\nX-Forwarded-Proto: https":                       "https://aareg.example.no",
		"X-Forwarded-Host: evil.example, aareg.example.no":                                     "http://aareg.example.no",
		"Forwarded: for=192.0.2.1;host=\"aareg.example.no:8443\";proto=HTTPS":                  "https://aareg.example.no:8443",
		"Forwarded: host=evil.example\r\nForwarded: host=aareg.example.no;proto=https":         "https://aareg.example.no",
		"X-Forwarded-Host: a\"><b>":                                                            "http://localhost",
		"X-Forwarded-Host: aareg.example.no\r\nX-Forwarded-Proto: javascript":                  "http://aareg.example.no",
		"X-Forwarded-Host: aareg.example.no\r\nForwarded: host=evil.example":                   "http://localhost",
		"X-Forwarded-Server: evil.example\r\nX-Original-Host: evil.example\r\nX-Host: evil.ex": "http://localhost",
	} {
		request := strings.Replace(get("GET", wsdl.Endpoint+"?wsdl"), "\r\n\r\n", "\r\n"+header+"\r\n\r\n", 1)
		if diff := cmp.Diff(string(wsdl.Flat(want)), p.send(t, request).text); diff != "" {
			t.Errorf("%s (-want +got):\n%s", header, diff)
		}
	}
}

// checkNothingIsCalled sends every reference that a careless reader would follow to a listener of its own, and a file.
func checkNothingIsCalled(t *testing.T, p *program) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var calls atomic.Int64
	go func() {
		for conn, err := listener.Accept(); err == nil; conn, err = listener.Accept() {
			calls.Add(1)
			conn.Close()
		}
	}()
	const canary = "not-for-anybody"
	file := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(file, []byte(canary), 0o600); err != nil {
		t.Fatal(err)
	}
	expect(t, p, references("http://"+listener.Addr().String()+"/x"))
	for _, a := range references("file://" + file) {
		got := p.send(t, a.request)
		if got.outcome != a.want || strings.Contains(got.text, canary) {
			t.Errorf("%s of a file: %q", a.name, got.outcome)
		}
	}
	listener.Close()
	if n := calls.Load(); n != 0 {
		t.Errorf("%d calls out", n)
	}
}

func references(uri string) []attack {
	block := func(xml string) string { return post(textXML, envelopeOf(soap11NS, xml, antall)) }
	located := strings.Replace(envelope(antall), "<s:Envelope", `<s:Envelope xsi:schemaLocation="urn:x `+uri+`" xsi:noNamespaceSchemaLocation="`+uri+`"`, 1)
	const wsa = `xmlns:w="http://www.w3.org/2005/08/addressing"`
	return []attack{
		{"schemaLocation is ignored", post(textXML, located), komplett},
		{"external DTD", post(textXML, `<!DOCTYPE a SYSTEM "`+uri+`">`+envelope(antall)), notXML},
		{"external entity", post(textXML, `<!DOCTYPE a [<!ENTITY e SYSTEM "`+uri+`">]><a>&e;</a>`), notXML},
		{"external parameter entity", post(textXML, `<!DOCTYPE a [<!ENTITY % e SYSTEM "`+uri+`">%e;]><a/>`), notXML},
		{"stylesheet", post(textXML, `<?xml-stylesheet href="`+uri+`"?>`+envelope(antall)), notXML},
		{"XInclude in the Body", post(textXML, envelope(`<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="`+uri+`"/>`)), unknownOp},
		{"XInclude in a leaf", post(textXML, envelope(element("hentArbeidstaker", `<foedselsnr><i:include xmlns:i="http://www.w3.org/2001/XInclude" href="`+uri+`"/></foedselsnr>`))), badValue},
		{"ReplyTo and FaultTo", block(`<w:ReplyTo ` + wsa + `><w:Address>` + uri + `</w:Address></w:ReplyTo><w:FaultTo ` + wsa + `><w:Address>` + uri + `</w:Address></w:FaultTo>`), komplett},
		{"ReplyTo that must be understood", block(`<w:ReplyTo ` + wsa + ` s:mustUnderstand="1"><w:Address>` + uri + `</w:Address></w:ReplyTo>`), "500 soap:MustUnderstand"},
		{"signature and key references", block(`<d:Signature xmlns:d="http://www.w3.org/2000/09/xmldsig#"><d:SignedInfo><d:Reference URI="` + uri +
			`"/></d:SignedInfo><d:KeyInfo><d:RetrievalMethod URI="` + uri + `"/></d:KeyInfo></d:Signature>`), komplett},
		{"attachment by reference", post(textXML, envelope(element("hentArbeidstaker", `<foedselsnr href="`+uri+`"/>`))), badValue},
	}
}
