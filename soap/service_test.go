package soap

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/beevik/etree"

	"aareg/products"
	"aareg/store"
	"aareg/wsdl"
	"aareg/wsdl/bindings"
)

// testOperations answer under real names what is needed to see the border work: each is a part like those of
// products, and no more.
var testOperations = map[string]operation{
	"hentArbeidstaker": on(func(_ context.Context, _ products.Query, r *bindings.HentArbeidstaker, svar *products.Svar) error {
		svar.Status(products.Komplett)
		svar.Text(products.NewTag("foedselsnr"), given(r.Foedselsnr))
		svar.Text(products.NewTag("lovgivning"), given(r.Lovgivning))
		return nil
	}),
	"hentTrefflisteArbeidstaker": on(func(_ context.Context, _ products.Query, r *bindings.HentTrefflisteArbeidstaker, svar *products.Svar) error {
		svar.Status(products.Komplett)
		svar.Text(products.NewTag("etternavn"), given(r.Etternavn))
		return nil
	}),
	"hentAntallArbeidstakere": on(func(context.Context, products.Query, *bindings.HentAntallArbeidstakere, *products.Svar) error {
		return &products.InvalidRequest{Tag: "orgnr", Problem: "mangler"}
	}),
	"hentArbeidsgiver": on(func(context.Context, products.Query, *bindings.HentArbeidsgiver, *products.Svar) error {
		return store.ErrUtilgjengelig
	}),
	"hentArbeidsforhold": on(func(context.Context, products.Query, *bindings.HentArbeidsforhold, *products.Svar) error {
		return errors.New("disk I/O error (522)")
	}),
	"hentTrefflisteArbeidsgiver": on(func(context.Context, products.Query, *bindings.HentTrefflisteArbeidsgiver, *products.Svar) error {
		var none *bindings.HentTrefflisteArbeidsgiver
		return errors.New(given(none.Orgnavn))
	}),
}

func given[T ~string](leaf *T) string {
	if leaf == nil {
		return ""
	}
	return string(*leaf)
}

var testNow = time.Unix(1587481958, 0)

// service is the border over real HTTP, and what it logs.
type service struct {
	*httptest.Server
	log *logBuffer
}

type logBuffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

func testConfig(log io.Writer) Config {
	return Config{
		View:       func() store.View { return store.View{Today: store.DatoOf(testNow)} },
		Log:        slog.New(slog.NewJSONHandler(log, nil)),
		SessionKey: []byte("a key for tests"),
		Now:        func() time.Time { return testNow },
	}
}

func newService(t *testing.T, operations map[string]operation) *service {
	t.Helper()
	log := new(logBuffer)
	server := httptest.NewServer(newHandler(testConfig(log), operations))
	t.Cleanup(server.Close)
	return &service{server, log}
}

// reply is an answer, parsed when it has an envelope.
type reply struct {
	status int
	header http.Header
	text   string
	root   *etree.Element
}

func (s *service) do(t *testing.T, r *http.Request) reply {
	t.Helper()
	resp, err := s.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	got := reply{status: resp.StatusCode, header: resp.Header, text: string(text)}
	if strings.Contains(resp.Header.Get("Content-Type"), "xml") {
		doc := etree.NewDocument()
		if err := doc.ReadFromBytes(text); err != nil {
			t.Fatalf("answer is not XML: %v\n%s", err, text)
		}
		got.root = doc.Root()
	}
	return got
}

func (s *service) request(t *testing.T, method, path, contentType, body string) *http.Request {
	t.Helper()
	r, err := http.NewRequest(method, s.URL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if contentType != "" {
		r.Header.Set("Content-Type", contentType)
	}
	return r
}

func (s *service) ask(t *testing.T, contentType, body string) reply {
	t.Helper()
	return s.do(t, s.request(t, http.MethodPost, wsdl.Endpoint, contentType, body))
}

// xmlType is the Content-Type of most clients.
const xmlType = "text/xml; charset=utf-8"

func (s *service) ask11(t *testing.T, body string) reply {
	t.Helper()
	return s.ask(t, xmlType, body)
}

// body is the only element in the answer's Body, printed.
func (r reply) body() string {
	if r.root == nil {
		return r.text
	}
	body := r.root.SelectElement("soap:Body")
	if body == nil || len(body.ChildElements()) != 1 {
		return "not one element in Body"
	}
	return write(body.ChildElements()[0].Copy())
}

// header is the answer's Header, printed; "" when there is none.
func (r reply) soapHeader() string {
	header := r.root.SelectElement("soap:Header")
	if header == nil {
		return ""
	}
	return write(header.Copy())
}

// feil is the detail of a fault: its codes, and its message.
func (r reply) feil() (gruppe, kode, melding string) {
	if r.root == nil {
		return "", "", ""
	}
	detail := r.root.FindElement("//feil:feil")
	if detail == nil {
		return "", "", ""
	}
	text := func(tag string) string { return detail.SelectElement(tag).Text() }
	return text("feilgruppekode"), text("feilkode"), text("feilmelding")
}

// question11 is an envelope with this in its Header and Body.
func question11(header, body string) string { return envelopeIn(soap11.namespace, header, body) }

func question12(header, body string) string { return envelopeIn(soap12.namespace, header, body) }

func envelopeIn(namespace, header, body string) string {
	if header != "" {
		header = "<s:Header>" + header + "</s:Header>"
	}
	return `<s:Envelope xmlns:s="` + namespace + `" xmlns:xsi="` + xsiNamespace + `">` + header +
		"<s:Body>" + body + "</s:Body></s:Envelope>"
}

// taker is the question hentArbeidstaker with these children.
func taker(children string) string {
	return `<a:hentArbeidstaker xmlns:a="` + wsdl.NamespaceAareg2 + `">` + children + `</a:hentArbeidstaker>`
}

// takerAnswer is what the test operation answers it with.
func takerAnswer(foedselsnr, lovgivning string) string {
	return `<aareg2:Arbeidstaker xmlns:aareg2="` + wsdl.NamespaceAareg2 + `"><statuskode>komplett</statuskode>` +
		`<statustekst>Alle opplysninger som ble funnet, er med i svaret.</statustekst>` +
		`<foedselsnr>` + foedselsnr + `</foedselsnr><lovgivning>` + lovgivning + `</lovgivning></aareg2:Arbeidstaker>`
}

const nummer = "12829499914"

// good is a question that is understood.
var good = question11("", taker("<foedselsnr>"+nummer+"</foedselsnr>"))
