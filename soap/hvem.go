package soap

import (
	"encoding/json"
	"errors"
	"net/http"

	"aareg/soap/tilgang"
	"aareg/store"
)

// tilgangPath is where a login asks what it may: with HTTP Basic or a client certificate, answered in JSON. There is none
// where everybody may ask.
const tilgangPath = "/tilgang"

// hvem is what a login is told of itself.
type hvem struct {
	Orgnr string     `json:"orgnr"`
	Navn  string     `json:"navn"`
	Fra   store.Dato `json:"fra,omitempty"` // the agreement's first day and its last
	Til   store.Dato `json:"til,omitempty"`
	tilgang.Tabell
}

// serveTilgang answers with the rights of whoever asks. Nothing in it is about a person.
func (h *handler) serveTilgang(w http.ResponseWriter, r *http.Request) {
	if !reads(r.Method) {
		notAllowed(w, "GET, HEAD")
		return
	}
	x := newExchange(h, w, r)
	x.caller = new(caller)
	if x.forSide() {
		x.caller.sesjonsid = r.Header.Get(SesjonsidHeader)
	}
	if err := x.enter(); err != nil {
		x.turnAway(err)
		return
	}
	k := x.innlogget.Konsument
	text, err := json.MarshalIndent(hvem{k.Orgnr, k.Navn, k.Fra, k.Til, x.innlogget.Tabell()}, "", "  ")
	if err != nil {
		x.failed("rights not written", err)
		http.Error(w, "internal error", http.StatusInternalServerError)
		return
	}
	if x.forSide() {
		w.Header().Set(SesjonsidHeader, x.sesjonsid)
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	// A write fails only when the client has gone.
	_, _ = w.Write(append(text, '\n'))
}

// enter is identify; like a question it may not bring the connection down. Whoever looks must have the right to.
func (x *exchange) enter() (err error) {
	defer catchPanic(&err)
	if err := x.identify(); err != nil || x.innlogget == nil || !x.forSide() {
		return err
	}
	return x.innlogget.Form()
}

// turnAway answers whoever was not let in, in the same bytes whatever the reason, and logs it as a fault is logged.
func (x *exchange) turnAway(err error) {
	var busy *statusError
	if errors.As(err, &busy) {
		x.failBelow(busy)
		return
	}
	f := x.refusal(err)
	if f == nil {
		x.failed("login failed", err)
		http.Error(x.w, "internal error", http.StatusInternalServerError)
		return
	}
	x.refused(string(f.kode))
	x.logFault(f)
	status := http.StatusUnauthorized
	switch {
	case errors.Is(err, tilgang.ErrForMange):
		status = http.StatusTooManyRequests
	case f.kode == ikkeTilgang:
		status = http.StatusForbidden
	}
	if status == http.StatusTooManyRequests {
		x.w.Header().Set("Retry-After", "900")
	}
	x.w.Header().Set("WWW-Authenticate", `Basic realm="aareg", charset="UTF-8"`)
	http.Error(x.w, http.StatusText(status), status)
}
