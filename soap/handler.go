// Package soap is the border: HTTP and SOAP outside, products inside. It reads questions (one gate checks every byte
// before anything is parsed), finds the operation, decodes the question into its generated type, and wraps what the
// product answers; every error leaves through one exit as a fault or a status. It must not know what an answer
// holds, nor where it is stored, and it never repeats a caller's input, in a fault or in a log.
package soap

import (
	"crypto/rand"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"runtime"
	"strings"
	"time"

	"github.com/klauspost/compress/gzhttp"
	"github.com/klauspost/compress/gzip"

	"aareg/store"
	"aareg/wsdl"
)

// Config is what the border is built of.
type Config struct {
	Store *store.Store
	// View is asked once for each question: today's date, and the rights of who asks.
	View func() store.View
	// PublicURL is how clients reach the service, without a path (https://aareg.example.no); the addresses in the
	// WSDL begin with it. "" takes the host of the request that fetched the document.
	PublicURL string
	// MaxArbeidsforhold and MaxTreff are the limits of one answer, see products.Query.
	MaxArbeidsforhold, MaxTreff int
	// Log takes what the border logs; nil is slog.Default.
	Log *slog.Logger
	// SessionKey signs session ids, the same for every replica; nil makes one that lives as long as the process.
	SessionKey []byte
	// Now is the clock for session ids and response times; nil is time.Now.
	Now func() time.Time
}

// handler is the service as HTTP sees it.
type handler struct {
	config     Config
	operations map[string]operation
	key        sessionKey
	parses     chan struct{} // a place for each question that is parsed
}

// compressFrom is the size in bytes from which an answer is worth gzip: one packet.
const compressFrom = 1500

// NewHandler is the service: questions, and the documents of the contract.
func NewHandler(c Config) http.Handler { return newHandler(c, operations) }

func newHandler(c Config, operations map[string]operation) http.Handler {
	if c.Log == nil {
		c.Log = slog.Default()
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	h := &handler{config: c, operations: operations, key: c.SessionKey,
		parses: make(chan struct{}, 4*runtime.GOMAXPROCS(0))}
	if h.key == nil {
		h.key = make([]byte, 32)
		rand.Read(h.key) // never fails
	}
	compress, err := gzhttp.NewWrapper(gzhttp.MinSize(compressFrom), gzhttp.EnableZstd(false),
		gzhttp.CompressionLevel(gzip.BestSpeed))
	if err != nil {
		panic(err) // the options above are constants
	}
	return compress(h)
}

// ServeHTTP answers a question (POST to the endpoint), or gives out a document of the contract (GET).
func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == wsdl.Endpoint || r.URL.Path == "/" {
		h.serveEndpoint(w, r)
		return
	}
	document, found := wsdl.Document(r.URL.Path, h.base(r))
	switch {
	case found && reads(r.Method):
		serveDocument(w, document)
	case found:
		notAllowed(w, "GET, HEAD")
	case reads(r.Method) || r.Method == http.MethodPost:
		http.NotFound(w, r)
	default:
		notAllowed(w, "POST")
	}
}

func (h *handler) serveEndpoint(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.Method == http.MethodPost:
		x := newExchange(h, w, r)
		if err := x.run(); err != nil {
			x.fail(err)
		}
	case reads(r.Method) && asksForWSDL(r.URL):
		serveDocument(w, wsdl.Flat(h.base(r)))
	default:
		notAllowed(w, "POST")
	}
}

func reads(method string) bool { return method == http.MethodGet || method == http.MethodHead }

func notAllowed(w http.ResponseWriter, allow string) {
	w.Header().Set("Allow", allow)
	http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
}

// asksForWSDL takes ?wsdl in any case, as clients write it.
func asksForWSDL(u *url.URL) bool {
	name, _, _ := strings.Cut(u.RawQuery, "&")
	return strings.EqualFold(strings.TrimSuffix(name, "="), "wsdl")
}

func serveDocument(w http.ResponseWriter, document []byte) {
	w.Header().Set("Content-Type", "text/xml; charset=utf-8")
	// A write fails only when the client has gone.
	_, _ = w.Write(document)
}

// plainHost is a Host header that may be repeated in a document: a name or an address, and maybe a port.
var plainHost = regexp.MustCompile(`^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?$`)

// base is what the addresses in a document begin with.
func (h *handler) base(r *http.Request) string {
	switch {
	case h.config.PublicURL != "":
		return strings.TrimSuffix(h.config.PublicURL, "/")
	case !plainHost.MatchString(r.Host):
		return "http://localhost"
	case r.TLS != nil:
		return "https://" + r.Host
	}
	return "http://" + r.Host
}
