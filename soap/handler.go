// Package soap is the border: HTTP and SOAP outside, products inside. It reads questions (one gate checks every byte
// before anything is parsed), finds the operation, decodes the question into its generated type, and wraps what the
// product answers; every error leaves through one exit as a fault or a status. It must not know what an answer
// holds, nor where it is stored, and it never repeats a caller's input, in a fault or in a log.
//
// What the border costs a question, net/http, login and product apart: as a share of the time that a bare loop over the
// question's tokens takes encoding/xml, of a small question (330 bytes, 10 µs) and of one with Brukersesjon, WS-Security
// and Transaksjon (1.1 KB, 35 µs), and in allocations. BenchmarkStage measures it, and a test holds the allocations.
//
//	stage                                        small          with credentials
//	gate: bytes to a checked tree                0.12, 1        0.10, 3
//	envelope, header blocks, elements            0.01, 0        0.03, 4
//	the generated type                           0.02, 1        0.01, 1
//	session id                                   0.00, 0        0.00, 0
//	head of the answer                           0.01, 0        0.00, 0
package soap

import (
	"crypto/rand"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"

	"aareg/soap/tilgang"
	"aareg/store"
	"aareg/store/logg"
	"aareg/wsdl"
)

// Config is what the border is built of.
type Config struct {
	Store *store.Store
	// View is asked once for each question: today's date, and the rights of who asks where there is no Port.
	View func() store.View
	// PublicURL is how clients reach the service, without a path (https://aareg.example.no); the addresses in the
	// WSDL begin with it. "" takes the host of the request that fetched the document.
	PublicURL string
	// TrustedProxies are the peers whose X-Forwarded-Host, X-Forwarded-Proto and Forwarded are believed; none: nobody's.
	TrustedProxies []netip.Prefix
	// Stopping is closed when the program was told to stop: from then on it is not ready. nil never is.
	Stopping <-chan struct{}
	// Dialekt is how operations and tags are spelt; "" is wsdl.Spek.
	Dialekt wsdl.Dialekt
	// MaxArbeidsforhold and MaxTreff are the limits of one answer, see products.Query.
	MaxArbeidsforhold, MaxTreff int
	// Log takes what the border logs; nil is slog.Default.
	Log *slog.Logger
	// Port is who may ask; nil lets everybody ask, with the rights of View, and gives out session ids of login 0.
	Port *tilgang.Port
	// Logg is the audit log, in which the answer to every question of somebody who was let in has a row before it leaves; nil is none.
	Logg *logg.Logg
	// SessionKey signs the session ids of login 0; nil makes one that lives as long as the process.
	SessionKey []byte
	// Now is the clock for session ids and response times; nil is time.Now.
	Now func() time.Time
	// Oppslag is the look-up page, which has the paths from /oppslag on; nil is none. It asks its questions of a handler of
	// its own, with requests of ForSide.
	Oppslag http.Handler
	// Around is a test double's part in every question; nil, as anywhere else, is none.
	Around Around
}

// handler is the service as HTTP sees it.
type handler struct {
	config     Config
	operations map[string]operation
	key        tilgang.Noekkel
	parses     places // for questions that are parsed
	large      places // for questions of a size that no legal one has, until they are answered
	streams    places // for answers that leave in more than one piece
	extracts   places // for extracts that are made
	sessions   sessions

	queries, logins, rows deadlines
	crowd                 crowd
}

// NewHandler is the service: questions, the documents of the contract, and the probes.
func NewHandler(c Config) http.Handler { return newHandler(c, operations) }

func newHandler(c Config, operations map[string]operation) http.Handler {
	return compressed(bare(c, operations))
}

// bare is the service without compression.
func bare(c Config, operations map[string]operation) *handler {
	if c.Log == nil {
		c.Log = slog.Default()
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	h := &handler{config: c, operations: operations, key: c.SessionKey,
		parses: newPlaces(), large: newPlaces(), streams: make(places, maxStreams), extracts: make(places, maxExtracts),
		queries: deadlines{patience: queryPatience}, logins: deadlines{patience: loginPatience}, rows: deadlines{patience: logPatience}}
	if h.key == nil {
		h.key = make([]byte, 32)
		rand.Read(h.key) // never fails
	}
	return h
}

// ServeHTTP answers a question (POST to the endpoint), or gives out a document of the contract (GET), or a page.
func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case wsdl.Endpoint, "/":
		h.serveEndpoint(w, r)
		return
	case livePath, readyPath:
		h.serveProbe(w, r)
		return
	case UttrekkPath, DetaljerPath, BemanningPath:
		if forSide(r) {
			h.serveSide(w, r)
			return
		}
	case tilgangPath:
		if h.config.Port != nil {
			h.serveTilgang(w, r)
			return
		}
	}
	if h.config.Oppslag != nil && (r.URL.Path == oppslagPath || strings.HasPrefix(r.URL.Path, oppslagPath+"/")) {
		h.config.Oppslag.ServeHTTP(w, r)
		return
	}
	document, found := h.config.Dialekt.Document(r.URL.Path, h.base(r))
	switch {
	case found && reads(r.Method):
		serveDocument(w, document)
	case found:
		notAllowed(w, "GET, HEAD")
	case r.URL.Path == "*" || r.URL.Path == "": // OPTIONS * and CONNECT, which name no resource of ours
		notAllowed(w, "POST")
	default:
		http.NotFound(w, r)
	}
}

func (h *handler) serveEndpoint(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.Method == http.MethodPost:
		x := newExchange(h, w, r)
		defer x.release()
		if err := x.run(); err != nil {
			x.fail(err)
		}
	case reads(r.Method) && asksForWSDL(r.URL):
		serveDocument(w, h.config.Dialekt.Flat(h.base(r)))
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
	w.Header().Set("Content-Length", strconv.Itoa(len(document)))
	// A write fails only when the client has gone.
	_, _ = w.Write(document)
}
