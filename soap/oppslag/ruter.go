package oppslag

import (
	"fmt"
	"net/http"
	"net/url"
	"runtime/debug"
)

// hvem is who may see a page where people log in.
type hvem int

const (
	alle      hvem = iota // also who is not logged in
	innlogget             // others are sent to the login page, and come back from there
)

// rute is a pattern of net/http, and what answers it.
type rute struct {
	moenster string
	svar     func(*Oppslag, http.ResponseWriter, *http.Request)
	hvem     hvem
}

// ruter is the whole page. What stands nowhere here is not found.
var ruter = []rute{
	{"GET /oppslag", (*Oppslag).forside, innlogget},
	{"GET /oppslag/logginn", (*Oppslag).visLogginn, alle},
	{"POST /oppslag/logginn", (*Oppslag).loggInn, alle},
	{"POST /oppslag/loggut", (*Oppslag).loggUt, alle},
	{"GET /oppslag/felter", (*Oppslag).felter, innlogget},
	{"POST /oppslag/felter", (*Oppslag).sokFelter, innlogget},
	{"GET /oppslag/kodeverk", (*Oppslag).kodeverk, innlogget},
	{"POST /oppslag/kodeverk", (*Oppslag).sokKodeverk, innlogget},
	{"GET /oppslag/uttrekk", (*Oppslag).visUttrekk, innlogget},
	{uttrekkRute, (*Oppslag).lagUttrekk, innlogget},
	{"GET /oppslag/{operasjon}", (*Oppslag).skjema, innlogget},
	{"POST /oppslag/{operasjon}", (*Oppslag).motta, innlogget},
	{"GET /oppslag/svar/{noekkel}", (*Oppslag).svar, innlogget},
	{"GET /oppslag/statisk/{avtrykk}/{fil...}", (*Oppslag).fil, alle},
	{"/oppslag/", (*Oppslag).ukjent, alle},
}

// menypunkt is a page that every page leads to, beside the products.
type menypunkt struct{ Sti, Tekst string }

// meny are the pages in the menu after the six products.
var meny = []menypunkt{{uttrekkSti, "Uttrekk"}, {"/oppslag/felter", "Felter"}, {"/oppslag/kodeverk", "Kodeverk"}}

// maxSkjema is how long a posted form may be, in bytes: sixteen fields of 256 characters, written with escapes, fit.
const maxSkjema = 64 << 10

// maks is how long what is posted to a route may be.
func (r rute) maks() int64 {
	if r.moenster == uttrekkRute {
		return maxUttrekkskjema
	}
	return maxSkjema
}

// menyFor is the menu for whoever looks.
func menyFor(b besoek) (shown []menypunkt) {
	for _, p := range meny {
		if p.Sti != uttrekkSti || b.kanUttrekk() {
			shown = append(shown, p)
		}
	}
	return shown
}

// rute is the table as a handler.
func (o *Oppslag) rute() (http.Handler, error) {
	mux := http.NewServeMux()
	for _, r := range ruter {
		mux.HandleFunc(r.moenster, func(w http.ResponseWriter, req *http.Request) {
			req.Body = http.MaxBytesReader(w, req.Body, r.maks())
			b := o.gjest(req)
			if o.config.Innlogging && r.hvem == innlogget && b.sesjonsid == "" {
				o.tilLogginn(w, req, b)
				return
			}
			r.svar(o, w, req.WithContext(medGjest(req.Context(), b)))
		})
	}
	cross := http.NewCrossOriginProtection()
	cross.SetDenyHandler(http.HandlerFunc(o.fremmed))
	if o.config.PublicURL != "" {
		u, err := url.Parse(o.config.PublicURL)
		if err != nil {
			return nil, fmt.Errorf("public URL: %w", err)
		}
		if err := cross.AddTrustedOrigin(u.Scheme + "://" + u.Host); err != nil {
			return nil, fmt.Errorf("public URL: %w", err)
		}
	}
	return cross.Handler(mux), nil
}

// csp lets a page use what comes from here, and nothing that stands in the page itself.
const csp = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// omkring sets the headers of every answer. A panic is logged without its value, which might hold a person's data; that of
// an answer that is cut goes on to net/http, which cuts the connection.
func (o *Oppslag) omkring(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Cache-Control", "no-store")
		h.Set("Content-Security-Policy", csp)
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("X-Content-Type-Options", "nosniff")
		defer func() {
			switch v := recover(); v {
			case nil:
			case http.ErrAbortHandler:
				panic(v)
			default:
				o.config.Log.Error("page failed", "type", fmt.Sprintf("%T", v), "stack", string(debug.Stack()))
				o.melding(w, r, http.StatusInternalServerError, "Noe gikk galt", "Feilen er vår. Prøv igjen om litt.")
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// ukjent is the page of an address that there is nothing at.
func (o *Oppslag) ukjent(w http.ResponseWriter, r *http.Request) {
	o.melding(w, r, http.StatusNotFound, "Siden finnes ikke", "Adressen fører ikke til noen side. Begynn på nytt fra forsiden.")
}

// fremmed refuses what was posted from a page of somebody else.
func (o *Oppslag) fremmed(w http.ResponseWriter, r *http.Request) {
	o.melding(w, r, http.StatusForbidden, "Skjemaet kom fra et annet nettsted",
		"Av sikkerhetsgrunner kan skjemaer bare sendes inn fra sidene her. Begynn på nytt fra forsiden.")
}
