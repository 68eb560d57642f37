package oppslag

import (
	"net/http"
	"strconv"

	"aareg/soap"
)

// sidene are what a long answer is shown in, one at a time. Each is a question of its own, about its own rows alone: it
// is logged with whom it shows, and of the others nothing is kept.
type sidene struct {
	Noekkel              string
	Side, Forrige, Neste int // from 1; 0 is none
}

// sisteSide is the last page that there may be of an answer: of whole pages as far as the limits go, and of what was asked
// for, all.
func (o *Oppslag) sisteSide(q spoersmaal) int {
	most := 0
	switch q.produkt.Navn {
	case "hentArbeidsgiver":
		most = o.config.MaksArbeidsforhold
	case "hentTrefflisteArbeidsgiver", "hentTrefflisteArbeidstaker":
		most = o.config.MaksTreff
	}
	if o.config.Rader == 0 || most < o.config.Rader {
		return 1
	}
	last := most / o.config.Rader
	if asked, err := strconv.Atoi(q.felter["maksAntall"]); err == nil && asked > 0 {
		last = min(last, (asked-1)/o.config.Rader+1)
	}
	return last
}

// sidenr is the page of the answer that is asked for: the first when there is no such page.
func (o *Oppslag) sidenr(r *http.Request, q spoersmaal) int {
	n, err := strconv.Atoi(r.URL.Query().Get("side"))
	if err != nil || n < 1 || n > o.sisteSide(q) {
		return 1
	}
	return n
}

// paaSide is the request for a page of the answer.
func (o *Oppslag) paaSide(r *http.Request, nr int) *http.Request {
	return r.WithContext(soap.MedHopp(r.Context(), (nr-1)*o.config.Rader))
}

// sider are the ways to the pages before and after; nil when the answer is all on one.
func (o *Oppslag) sider(s *Svar, q spoersmaal, nr int) *sidene {
	p := sidene{Noekkel: s.Noekkel, Side: nr, Forrige: nr - 1}
	if s.Statuskode == "trunkert" && nr < o.sisteSide(q) {
		p.Neste = nr + 1
	}
	if p.Forrige == 0 && p.Neste == 0 {
		return nil
	}
	return &p
}

// ord are the words of a page's outcome, when it is one of several.
func (p *sidene) ord(words *status, tekst *string) {
	switch {
	case p.Neste > 0:
		words.Forklaring = "Bla videre under listen, eller snevre inn."
	case words.Kode == "komplett":
		words.Tekst, *tekst = "Siste side", "Her slutter svaret; det som kom før, står på sidene foran."
	}
}
