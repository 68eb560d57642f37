package oppslag

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"aareg/soap"
)

// The extract's page, and where its form is posted.
const (
	uttrekkSti  = "/oppslag/uttrekk"
	uttrekkRute = "POST " + uttrekkSti
)

// maxUttrekkskjema is how long that form may be, in bytes: some sixty thousand persons, a line each.
const maxUttrekkskjema = 1 << 20

// uttrekkside is what the page is drawn from.
type uttrekkside struct {
	*uttrekkskjema
	Avslag *feilbilde // why there is no extract, nil for nothing
}

// visUttrekk shows the form, to whoever may have extracts.
func (o *Oppslag) visUttrekk(w http.ResponseWriter, r *http.Request) {
	b := gjest(r.Context())
	if !b.kanUttrekk() {
		o.melding(w, r, http.StatusForbidden, "Du har ikke tilgang til dette", "Avtalen til virksomheten omfatter ikke uttrekk.")
		return
	}
	o.visUttrekkside(w, r, http.StatusOK, uttrekkside{uttrekkskjema: tomtUttrekk(b)})
}

func (o *Oppslag) visUttrekkside(w http.ResponseWriter, r *http.Request, status int, p uttrekkside) {
	o.vis(w, r, status, "uttrekk", side{Tittel: "Uttrekk", Feil: len(p.Feil) > 0 || p.Avslag != nil, Data: p})
}

// lagUttrekk has the border make the extract, and sends it on as a file. The border decides anew whether it may be made;
// what it refuses is told above the form.
func (o *Oppslag) lagUttrekk(w http.ResponseWriter, r *http.Request) {
	var long *http.MaxBytesError
	if err := r.ParseForm(); errors.As(err, &long) {
		o.melding(w, r, http.StatusRequestEntityTooLarge, "Listen er for lang", "Del den opp, og lag et uttrekk av hver del.")
		return
	} else if err != nil {
		o.melding(w, r, http.StatusBadRequest, "Skjemaet kunne ikke leses", "Begynn på nytt fra forsiden.")
		return
	}
	b := gjest(r.Context())
	p := uttrekkside{uttrekkskjema: lesUttrekkskjema(b, r.PostForm)}
	order := p.bestilling()
	if len(p.Feil) > 0 {
		o.visUttrekkside(w, r, http.StatusUnprocessableEntity, p)
		return
	}
	n, err := o.lastNed(w, r, b, order)
	switch {
	case n.begun && err != nil:
		panic(http.ErrAbortHandler) // a file that ended like any other would be taken for whole
	case n.begun:
		return
	}
	s := &Svar{SvarXML: n.body.String()}
	if err == nil {
		err = s.les(&n.answer)
	}
	switch {
	case errors.Is(err, errUtloept):
		o.besoek.utloep(b.token)
		o.tilLogginn(w, r, b)
	case err != nil || s.Feil == nil:
		o.config.Log.Error("extract failed", "status", n.status, "cause", fmt.Sprint(err))
		o.melding(w, r, http.StatusBadGateway, "Noe gikk galt", "Feilen er vår. Prøv igjen om litt.")
	default:
		title, text, ref := s.Feil.ord()
		p.Avslag = &feilbilde{title, text, ref}
		o.visUttrekkside(w, r, s.Feil.Status, p)
	}
}

var errAvbrutt = errors.New("the border cut its answer")

// lastNed asks the border for the extract, which it sends on as it comes, for as long as that takes: the limits of the
// server are made for short answers.
func (o *Oppslag) lastNed(w http.ResponseWriter, r *http.Request, b besoek, order soap.Uttrekksbestilling) (*nedlasting, error) {
	n := &nedlasting{answer: answer{header: http.Header{}}, to: w, fil: "uttrekk-" + o.config.Today().String() + "." + order.Format}
	body, err := json.Marshal(order)
	if err != nil {
		return n, err
	}
	// All of the request has been read. Past its time net/http would take the person for gone.
	if err := http.NewResponseController(w).SetReadDeadline(time.Time{}); err != nil {
		return n, err
	}
	if o.sendTil(n, r, http.MethodPost, soap.UttrekkPath, string(body), func(h http.Header) { h.Set(soap.SesjonsidHeader, b.sesjonsid) }) {
		return n, errAvbrutt
	}
	return n, nil
}

// nedlasting is an answer of the border that goes on to the browser as a file, when it is an extract; another one is kept.
type nedlasting struct {
	answer
	to    http.ResponseWriter
	fil   string // its name, which tells nothing but the day
	begun bool
}

// How an extract is written: the browser must take each piece of pieceBytes within pieceTime, however long all of it takes.
const (
	pieceBytes = 256 << 10
	pieceTime  = 30 * time.Second
)

func (n *nedlasting) Write(p []byte) (written int, err error) {
	n.WriteHeader(http.StatusOK)
	if n.status != http.StatusOK {
		return n.body.Write(p)
	}
	if !n.begun {
		n.begun = true
		h := n.to.Header()
		h.Set("Content-Type", n.header.Get("Content-Type"))
		h.Set("Content-Disposition", `attachment; filename="`+n.fil+`"`)
	}
	deadline := http.NewResponseController(n.to)
	for piece := range slices.Chunk(p, pieceBytes) {
		if err := deadline.SetWriteDeadline(time.Now().Add(pieceTime)); err != nil {
			return written, err
		}
		one, err := n.to.Write(piece)
		if written += one; err != nil {
			return written, err
		}
	}
	return written, nil
}
