package oppslag

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"strings"
)

// kapsel is the cookie that has a visit's token. The prefix has browsers take it from this host over TLS alone, for all of
// it (http://localhost counts as TLS).
const kapsel = "__Host-aareg"

type gjestKey struct{}

func medGjest(ctx context.Context, b besoek) context.Context {
	return context.WithValue(ctx, gjestKey{}, b)
}

// gjest is the visit that a request belongs to, as it was when the request came; the zero value for none.
func gjest(ctx context.Context) besoek {
	b, _ := ctx.Value(gjestKey{}).(besoek)
	return b
}

// gjest finds the visit by the cookie.
func (o *Oppslag) gjest(r *http.Request) besoek {
	c, err := r.Cookie(kapsel)
	if err != nil {
		return besoek{}
	}
	return o.besoek.finn(c.Value)
}

// settKapsel gives the person a visit's token; "" takes it away.
func settKapsel(w http.ResponseWriter, token string) {
	c := &http.Cookie{Name: kapsel, Value: token, Path: "/", Secure: true, HttpOnly: true, SameSite: http.SameSiteStrictMode}
	if token == "" {
		c.MaxAge = -1
	}
	http.SetCookie(w, c)
}

// Why somebody stands before the login page, as its address says it, and in words.
const (
	utloept = "utloept"
	borte   = "borte"
	ute     = "ute"
)

var hvorfor = map[string]string{
	utloept: "Innloggingen gjelder ikke lenger. Logg inn på nytt for å fortsette der du var.",
	borte:   "Du ble logget ut fordi siden ikke ble brukt på 15 minutter. Logg inn på nytt.",
	ute:     "Du er logget ut.",
}

// tilLogginn sends whoever is not logged in to the login page, which leads back to where they were.
func (o *Oppslag) tilLogginn(w http.ResponseWriter, r *http.Request, b besoek) {
	q := url.Values{"til": {o.lokal(r.URL.Path)}}
	switch {
	case b.borte:
		q.Set("hvorfor", borte)
	case b.token != "":
		q.Set("hvorfor", utloept)
	}
	http.Redirect(w, r, "/oppslag/logginn?"+q.Encode(), http.StatusSeeOther)
}

// svarsti is an address of an answer.
var svarsti = regexp.MustCompile(`^/oppslag/svar/[b-v]{32}$`)

// lokal is a path that somebody is sent to after login: one of the page's own, else the front page. No other is repeated.
func (o *Oppslag) lokal(path string) string {
	known := svarsti.MatchString(path) || o.produkt(strings.TrimPrefix(path, "/oppslag/")) != nil
	for _, p := range meny {
		known = known || p.Sti == path
	}
	if !known {
		return "/oppslag"
	}
	return path
}

// logginn is what the login page is drawn from.
type logginn struct {
	Til, Hvorfor, Feil, Brukernavn string
	Sertifikat                     bool // the browser brought one that is believed
}

func (o *Oppslag) visLogginn(w http.ResponseWriter, r *http.Request) {
	if !o.config.Innlogging {
		http.Redirect(w, r, "/oppslag", http.StatusSeeOther)
		return
	}
	q := r.URL.Query()
	o.visLogginnside(w, r, http.StatusOK, logginn{Til: o.lokal(q.Get("til")), Hvorfor: hvorfor[q.Get("hvorfor")]})
}

func (o *Oppslag) visLogginnside(w http.ResponseWriter, r *http.Request, status int, l logginn) {
	l.Sertifikat = r.TLS != nil && len(r.TLS.VerifiedChains) > 0
	o.vis(w, r, status, "logginn", side{Tittel: "Logg inn", Feil: l.Feil != "", Data: l})
}

// loggInn lets somebody in by user name and password, or by the certificate alone, as /tilgang of the border does. A
// new visit begins, with a new token; what the same user had asked before is still there.
func (o *Oppslag) loggInn(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil || !o.config.Innlogging {
		o.melding(w, r, http.StatusBadRequest, "Skjemaet kunne ikke leses", "Begynn på nytt fra forsiden.")
		return
	}
	l := logginn{Til: o.lokal(r.PostForm.Get("til")), Brukernavn: strings.TrimSpace(r.PostForm.Get("brukernavn"))}
	certificate := r.PostForm.Get("maate") == "sertifikat"
	if !certificate && (l.Brukernavn == "" || r.PostForm.Get("passord") == "") {
		l.Feil = "Fyll inn både brukernavn og passord."
		o.visLogginnside(w, r, http.StatusUnprocessableEntity, l)
		return
	}
	var b besoek
	var status int
	if certificate {
		b, status = o.legitimer(r, "", "")
	} else {
		b, status = o.legitimer(r, l.Brukernavn, r.PostForm.Get("passord"))
	}
	if status != http.StatusOK {
		l.Feil = loginFeil[status]
		if l.Feil == "" {
			status, l.Feil = http.StatusServiceUnavailable, "Innlogging er ikke mulig akkurat nå. Prøv igjen om litt."
		}
		o.visLogginnside(w, r, status, l)
		return
	}
	token := o.besoek.begynn(b)
	if before, err := r.Cookie(kapsel); err == nil {
		o.besoek.overta(before.Value, token)
	}
	settKapsel(w, token)
	http.Redirect(w, r, l.Til, http.StatusSeeOther)
}

// loginFeil is what somebody is told who was not let in: as over SOAP one text whatever the reason, and another when there
// were too many.
var loginFeil = map[int]string{
	http.StatusUnauthorized:    "Innloggingen ble ikke godtatt. Sjekk brukernavn og passord.",
	http.StatusTooManyRequests: "Det har vært for mange mislykte innlogginger. Prøv igjen senere.",
	http.StatusForbidden:       "Avtalen til virksomheten omfatter ikke oppslag på nettsiden.",
}

// loggUt ends the visit, and all that is kept of it.
func (o *Oppslag) loggUt(w http.ResponseWriter, r *http.Request) {
	if b := gjest(r.Context()); b.token != "" {
		o.besoek.avslutt(b.token)
	}
	settKapsel(w, "")
	if !o.config.Innlogging {
		http.Redirect(w, r, "/oppslag", http.StatusSeeOther)
		return
	}
	http.Redirect(w, r, "/oppslag/logginn?hvorfor="+ute, http.StatusSeeOther)
}
