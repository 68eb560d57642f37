package soap

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime"
	"runtime/debug"
	"strconv"

	"aareg/products"
	"aareg/soap/tilgang"
)

// feilkode is the feilkode of a fault's detail.
type feilkode string

// The codes that the border gives (contract.md "Outcome").
const (
	ugyldigXml          feilkode = "ugyldigXml"
	ugyldigKonvolutt    feilkode = "ugyldigKonvolutt"
	ukjentOperasjon     feilkode = "ukjentOperasjon"
	ugyldigForespoersel feilkode = "ugyldigForespoersel"
	forStor             feilkode = "forStor"

	ugyldigBruker         feilkode = "ugyldigBruker"
	sesjonUtloept         feilkode = "sesjonUtloept"
	ikkeTilgang           feilkode = "ikkeTilgang"
	forMangeForespoersler feilkode = "forMangeForespoersler"

	feilIBackOffice feilkode = "feilIBackOffice"
)

// feilgruppe is the first half of a fault's detail; receiver says that the fault is ours and not the caller's.
type feilgruppe struct {
	kode, tekst string
	receiver    bool
}

var (
	forespoersel = &feilgruppe{kode: "forespoersel", tekst: "Feil i forespørselen"}
	tilgangsfeil = &feilgruppe{kode: "tilgang", tekst: "Feil ved tilgang"}
	system       = &feilgruppe{kode: "system", tekst: "Feil i systemet", receiver: true}
)

var feiltekster = map[feilkode]struct {
	gruppe *feilgruppe
	tekst  string
}{
	ugyldigXml:          {forespoersel, "Forespørselen er ikke gyldig XML"},
	ugyldigKonvolutt:    {forespoersel, "Forespørselen er ikke en gyldig SOAP-konvolutt"},
	ukjentOperasjon:     {forespoersel, "Ukjent operasjon"},
	ugyldigForespoersel: {forespoersel, "Et element i forespørselen er ugyldig eller mangler"},
	forStor:             {forespoersel, "Forespørselen overskrider en grense"},

	ugyldigBruker:         {tilgangsfeil, "Ugyldig brukernavn eller passord"},
	sesjonUtloept:         {tilgangsfeil, "Sesjonen er utløpt"},
	ikkeTilgang:           {tilgangsfeil, "Ikke tilgang"},
	forMangeForespoersler: {tilgangsfeil, "For mange forespørsler"},

	feilIBackOffice: {system, "Feil i Back Office"},
}

// feil is a fault with a detail. melding is Norwegian, names the rule, and never repeats what was sent, but for the
// plain name of an element. rettighet is the right that is missing, and avvist
// who was turned away, for the audit log alone.
type feil struct {
	kode      feilkode
	melding   string
	rettighet string
	avvist    *tilgang.Avvist
}

func (f *feil) Error() string { return string(f.kode) }

// statusError is an answer below SOAP: a status and no envelope.
type statusError struct {
	status int
	text   string
}

func (e *statusError) Error() string { return strconv.Itoa(e.status) + " " + e.text }

// panicError is a panic in a handler.
type panicError struct {
	text  string
	stack []byte
}

func (e *panicError) Error() string { return "panic: " + e.text }

// catchPanic turns a panic into an error. Of its value only the type is kept, unless it is the runtime's or the
// border's own: another one might hold a person's data.
func catchPanic(err *error) {
	switch v := recover().(type) {
	case nil:
	case *keptError:
		*err = v
	case runtime.Error:
		*err = &panicError{v.Error(), debug.Stack()}
	default:
		*err = &panicError{fmt.Sprintf("%T", v), debug.Stack()}
	}
}

// fail is the one way out for every question that was not understood or could not be answered.
func (x *exchange) fail(err error) {
	var (
		below   *statusError
		missing mustUnderstand
		invalid *products.InvalidRequest
		known   *feil
	)
	switch {
	case errors.As(err, &below):
		x.failBelow(below)
	case errors.Is(err, errVersionMismatch):
		x.refused("VersionMismatch")
		x.send(http.StatusInternalServerError, x.version.versionMismatch())
	case errors.As(err, &missing):
		x.refused("MustUnderstand")
		x.send(http.StatusInternalServerError, x.version.mustUnderstand(missing))
	case errors.As(err, &invalid):
		x.fault(&feil{kode: ugyldigForespoersel, melding: "Elementet " + invalid.Tag + " " + invalid.Problem + "."})
	case errors.As(err, &known):
		x.fault(known)
	case x.refusal(err) != nil:
		x.fault(x.refusal(err))
	default:
		x.fault(x.ownFault("question failed", err))
	}
}

func (x *exchange) failBelow(err *statusError) {
	x.refused(strconv.Itoa(err.status))
	if x.innlogget != nil { // it tells how long the answer was, at least
		rad := x.row(strconv.Itoa(err.status), x.askedFor())
		rad.Avslag = true
		if err := x.log(rad); err != nil {
			x.failed("refusal not logged", err)
		}
	}
	h := x.w.Header()
	switch err.status {
	case http.StatusServiceUnavailable:
		h.Set("Retry-After", "1")
	case http.StatusRequestEntityTooLarge:
		h.Set("Connection", "close")
	}
	http.Error(x.w, err.text, err.status)
}

// ownFault is the fault about a failure of ours, which it logs.
func (x *exchange) ownFault(what string, err error) *feil {
	x.failed(what, err)
	return &feil{kode: feilIBackOffice, melding: "Referanse for feilsøking: " + x.reference()}
}

func (x *exchange) fault(f *feil) {
	f = x.logFault(f)
	if !feiltekster[f.kode].gruppe.receiver {
		x.refused(string(f.kode))
	}
	status, fault := x.version.fault(f)
	var header []byte
	if x.sesjonsid != "" {
		header = x.appendHeader(nil)
	}
	x.send(status, message{string(header), fault})
}

// refused logs that a question was refused, without a word of it: its length, and a digest that is the same for the
// same question. The digest is keyed: a question often has nothing secret in it but one identity number, and a plain
// hash would give that away to whoever tries them all.
func (x *exchange) refused(code string) {
	attrs := []slog.Attr{slog.String("referanse", x.reference()), slog.String("feilkode", code)}
	if x.body != nil {
		mac := hmac.New(sha256.New, x.key)
		mac.Write(x.body)
		attrs = append(attrs, slog.Int("bytes", len(x.body)), slog.String("digest", merke(mac.Sum(nil)[:8])))
	}
	x.config.Log.LogAttrs(context.Background(), slog.LevelInfo, "question refused", attrs...)
}

// failed logs a failure of ours, which nothing else in the border does.
func (x *exchange) failed(what string, err error) {
	attrs := []slog.Attr{slog.String("referanse", x.reference()), slog.String("produkt", x.produkt),
		slog.String("cause", err.Error())}
	var panicked *panicError
	if errors.As(err, &panicked) {
		attrs = append(attrs, slog.String("stack", string(panicked.stack)))
	}
	x.config.Log.LogAttrs(context.Background(), slog.LevelError, what, attrs...)
}

// reference is what a fault, the log and the audit log have in common of one question: 12 letters at random.
func (x *exchange) reference() string {
	if x.korrelasjon == "" {
		x.korrelasjon = Tilfeldig(6)
	}
	return x.korrelasjon
}
