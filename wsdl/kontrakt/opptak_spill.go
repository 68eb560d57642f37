package kontrakt

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Spoersmaal are the questions of the recording, for asking them again.
func (o *Opptak) Spoersmaal() []Spoersmaal {
	asked := make([]Spoersmaal, 0, len(o.Par))
	for _, p := range o.Par {
		asked = append(asked, p.Spoersmaal)
	}
	return asked
}

// Avspiller answers questions from a recording, as a Spoerrer does from an endpoint.
type Avspiller struct{ svar map[string]Svar }

// Avspiller is the recording as an endpoint.
func (o *Opptak) Avspiller() *Avspiller {
	a := &Avspiller{map[string]Svar{}}
	for _, p := range o.Par {
		a.svar[noekkel(&p.Spoersmaal)] = p.Svar
	}
	return a
}

// noekkel is what a question is known by: its bytes, credentials apart, and its media type.
func noekkel(q *Spoersmaal) string {
	asked, err := rens(q.Konvolutt)
	if err != nil {
		asked = q.Konvolutt // it is in no recording
	}
	return q.Mediatype + "\n" + string(asked)
}

// Spoer answers as the endpoint did that was recorded.
func (a *Avspiller) Spoer(_ context.Context, q *Spoersmaal) Svar {
	if svar, known := a.svar[noekkel(q)]; known {
		return svar
	}
	return Svar{Feil: "the question is not in the recording"}
}

// Doem judges the recorded answers themselves, without asking anybody: yesterday's answers by today's table.
func (o *Opptak) Doem(d *Dommer) *Resultat {
	r := &Resultat{Endepunkt: o.Endepunkt, Dialekt: o.Dialekt, Begynt: time.Now()}
	for _, p := range o.Par {
		r.Utfall = append(r.Utfall, d.Doem(&p.Spoersmaal, p.Svar))
	}
	r.settDekning(d)
	r.Tok = time.Since(r.Begynt)
	r.merkTilgang()
	r.Merknader = append(r.Merknader, "nothing was asked: the answers are a recording of "+o.Dato.Format(time.DateOnly))
	return r
}

// Hold holds the result of asking the recording's questions against the recorded answers: what differs is a violation
// of the rule fasit, in addition to what d has found. A declared deviation from fasit excuses it as others are excused.
func (o *Opptak) Hold(d *Dommer, r *Resultat) error {
	if len(r.Utfall) != len(o.Par) {
		return errors.New("the result is not one of the recording's questions")
	}
	for i, p := range o.Par {
		u := &r.Utfall[i]
		if u.Udoemt != "" {
			continue
		}
		doing := d.newDom(operasjonTil(p.Spoersmaal))
		for _, b := range Fasit(d.rader, p.Spoersmaal, p.Svar, u.Svar) {
			doing.meld(b.Regel, b.Rad, b.Sti, "%s", b.Tekst)
		}
		found := doing.brudd()
		d.tellBrudd(found)
		u.Brudd = append(u.Brudd, found...)
		u.Spoersmaal.Fasit = p.Svar.Kropp // reports know from it which names to mask
	}
	r.settDekning(d)
	r.Merknader = append(r.Merknader, fmt.Sprintf("held against the recording of %s from %s", o.Endepunkt, o.Dato.Format(time.DateOnly)))
	return nil
}
