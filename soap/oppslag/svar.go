package oppslag

import (
	"errors"
	"html/template"
	"net/http"
)

// svarside is what the page of an answer is drawn from.
type svarside struct {
	Produkt  *Produkt
	Svar     *Svar
	Status   *status // nil for a fault
	Tekst    string  // statustekst
	Innhold  blokk
	Feltfeil *feltfeil // what was wrong with a field, nil for nothing
	Feil     *feilbilde
	Skjemaer []skjemabilde
	Bilder   []template.HTML
	Utvikler []template.HTML
}

// feilbilde is a fault that is about no field.
type feilbilde struct{ Tittel, Tekst, Referanse string }

// svar asks what was kept, anew each time, and shows what was asked and the answer.
func (o *Oppslag) svar(w http.ResponseWriter, r *http.Request) {
	b := gjest(r.Context())
	q, found := o.besoek.hent(b.token, r.PathValue("noekkel"))
	if !found {
		o.vis(w, r, http.StatusGone, "borte", side{Tittel: "Svaret finnes ikke lenger"})
		return
	}
	nr := o.sidenr(r, q)
	s, err := o.spoer(o.paaSide(r, nr), b, q)
	switch {
	case errors.Is(err, errUtloept):
		o.besoek.utloep(b.token)
		o.tilLogginn(w, r, b)
		return
	case r.Context().Err() != nil: // the person has gone
		return
	case err != nil:
		o.config.Log.Error("question failed", "product", q.produkt.Navn, "cause", err.Error())
		o.melding(w, r, http.StatusBadGateway, "Noe gikk galt", "Feilen er vår. Prøv igjen om litt.")
		return
	}
	p := svarside{Produkt: q.produkt, Svar: s, Feltfeil: s.feltfeil(q)}
	p.Skjemaer = q.produkt.tegnSkjemaer(q, p.Feltfeil)
	httpStatus := http.StatusOK
	if s.Feil != nil {
		httpStatus = s.Feil.Status
		if p.Feltfeil == nil {
			title, text, ref := s.Feil.ord()
			p.Feil = &feilbilde{title, text, ref}
		}
	} else {
		if nr == 1 {
			o.utfyll(r, b, s)
		}
		words, ids := statusAv(s.Statuskode), 0
		p.Status, p.Tekst = &words, verdi(s.Rot, "statustekst")
		p.Innhold = leser{q.produkt, s.Rot, b.kan, &ids}.blokk(s.Rot, q.produkt.tre, "", 1)
		if s.Sider = o.sider(s, q, nr); s.Sider != nil {
			s.Sider.ord(p.Status, &p.Tekst)
		}
		if nr == 1 { // a picture of some of the rest would say nothing
			p.Bilder = o.tegn(s, bilder)
		}
	}
	s.Adresse = o.adresse(r)
	p.Utvikler = o.tegn(s, paneler)
	o.vis(w, r, httpStatus, "svar", side{Tittel: q.produkt.Tittel, Side: nr, Feil: s.Feil != nil, Data: p})
}
