package kontrakt

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
)

// omInnlogging are the faults that say that the caller was not identified.
var omInnlogging = []string{"ugyldigBruker", "sesjonUtloept"}

// Why an answer is not held against what was expected (Utfall.Udoemt).
const (
	ingenTilgang = "not judged: no access"
	kvoteBrukt   = "not judged: the endpoint wanted no more questions"
	ikkeSpurt    = "not asked: the endpoint wanted no more questions"
	egenAvvist   = "not judged: the credentials of the question itself are not known"
)

// udoemt is why an answer is not held against what was expected, "" when it is: a fault that tells of the login and not
// of the question, and that nobody expected.
func udoemt(q *Spoersmaal, fikk string) string {
	switch {
	case fikk == q.Ventet:
		return ""
	case fikk == "feil:ikkeTilgang":
		return ingenTilgang
	case fikk == "feil:forMangeForespoersler":
		return kvoteBrukt
	case (fikk == "feil:ugyldigBruker" || fikk == "feil:sesjonUtloept") && egenInnlogging(q):
		return egenAvvist
	}
	return ""
}

// egenInnlogging says whether a question has credentials of its own.
func egenInnlogging(q *Spoersmaal) bool {
	k, err := aapne(q.Konvolutt)
	return err == nil && k.innlogget()
}

// utenInnlogging says whether a question has none, and can be given some: it can be read.
func utenInnlogging(q *Spoersmaal) bool {
	k, err := aapne(q.Konvolutt)
	return err == nil && !k.innlogget()
}

// tilgangsfeil is the feilkode of an answer that is a fault about the caller, else "".
func tilgangsfeil(svar Svar) string {
	if !bytes.Contains(svar.Kropp, []byte("Fault")) {
		return ""
	}
	fikk, err := Utfallet(svar.Kropp)
	kode, isFault := strings.CutPrefix(fikk, "feil:")
	if err != nil || !isFault || gruppeAv(kode) != "tilgang" {
		return ""
	}
	return kode
}

// feilkode is that of a fault, "" where it has none.
func feilkode(k *konvolutt) string {
	_, _, detail := deler(k)
	if detail == nil {
		return ""
	}
	return textAt(detail, "feil", "feilkode")
}

// slutt is why no more questions are asked after an answer: an error when the login is refused, so that nothing can be
// judged, or true when the endpoint wants no more questions.
func slutt(q *Spoersmaal, svar Svar) (enough bool, err error) {
	kode := tilgangsfeil(svar)
	switch {
	case "feil:"+kode == q.Ventet:
		return false, nil
	case kode == "forMangeForespoersler":
		return true, nil
	case slices.Contains(omInnlogging, kode) && utenInnlogging(q):
		return false, fmt.Errorf("the endpoint refuses the login, or wants one (%s): nothing can be judged", kode)
	}
	return false, nil
}

// produkttilgang is what a login may ask of one product, as far as its answers tell.
type produkttilgang struct {
	Operasjon, Avsnitt string
	Svart              int // questions that got a statuskode
	Nektet             int // questions that were refused, and not judged
	Spurt              int // questions that were sent
}

// utenTilgang says that the login may not ask the product at all.
func (p *produkttilgang) utenTilgang() bool { return p.Nektet > 0 && p.Svart == 0 }

// navn is the product with its section.
func (p *produkttilgang) navn() string { return "§ " + p.Avsnitt + " " + p.Operasjon }

// hvor is how much of the product was not judged, "" when nothing was refused.
func (p *produkttilgang) hvor() string {
	switch {
	case p.Nektet == 0:
		return ""
	case p.utenTilgang():
		return ingenTilgang
	}
	return fmt.Sprintf("%s to %d of %s", ingenTilgang, p.Nektet, flertall(p.Spurt, "question"))
}

// tilgang is what the answers tell of access, by product, in the order of the table.
func (r *Resultat) tilgang() []*produkttilgang {
	var all []*produkttilgang
	for _, p := range r.produkter() {
		found := &produkttilgang{Operasjon: p.Operasjon, Avsnitt: p.Avsnitt}
		for i := range r.Utfall {
			u := &r.Utfall[i]
			if u.Spoersmaal.Operasjon != p.Operasjon || u.Svar.Status == 0 {
				continue
			}
			found.Spurt++
			switch {
			case u.Udoemt == ingenTilgang:
				found.Nektet++
			case u.Fikk != "" && !strings.HasPrefix(u.Fikk, "feil:"):
				found.Svart++
			}
		}
		all = append(all, found)
	}
	return all
}

// settDekning takes the coverage that a judge has counted; rows of products that the login may not ask do not count.
func (r *Resultat) settDekning(d *Dommer) {
	r.Dekning = d.Dekning()
	for _, p := range r.tilgang() {
		for i := range r.Dekning {
			if r.Dekning[i].Rad.Operasjon == p.Operasjon {
				r.Dekning[i].UtenTilgang = p.utenTilgang()
			}
		}
	}
}

// merkTilgang notes what was not judged because of the login, and which products it may ask.
func (r *Resultat) merkTilgang() {
	var may, mayNot, partly []string
	for _, p := range r.tilgang() {
		switch {
		case p.utenTilgang():
			mayNot = append(mayNot, p.navn())
		case p.Nektet > 0:
			partly = append(partly, p.navn()+": "+p.hvor())
			fallthrough
		case p.Svart > 0:
			may = append(may, p.navn())
		}
	}
	if len(mayNot) > 0 || len(partly) > 0 {
		note := "the login may ask " + oppramsing(may)
		if len(mayNot) > 0 {
			note += "; it may not ask " + oppramsing(mayNot) + ": not judged, and the coverage leaves those rows out"
		}
		r.Merknader = append(append(r.Merknader, note), partly...)
	}
	if n := r.udoemte(egenAvvist); n > 0 {
		r.Merknader = append(r.Merknader, flertall(n, "question")+" with credentials of the question's own got a fault about them, and were not judged")
	}
	if n := r.udoemte(kvoteBrukt) + r.udoemte(ikkeSpurt); n > 0 {
		r.Merknader = append(r.Merknader, fmt.Sprintf("the quota of the login ended the run (forMangeForespoersler): %d of %s were not judged", n,
			flertall(len(r.Utfall), "question")))
	}
}

func oppramsing(names []string) string {
	if len(names) == 0 {
		return "no product"
	}
	return strings.Join(names, ", ")
}

// Spurt is how many questions were asked.
func (r *Resultat) Spurt() int { return len(r.Utfall) - r.udoemte(ikkeSpurt) }

// udoemte counts the questions that were not judged for a reason.
func (r *Resultat) udoemte(hvorfor string) int {
	n := 0
	for i := range r.Utfall {
		if r.Utfall[i].Udoemt == hvorfor {
			n++
		}
	}
	return n
}

// Ufullstendig is why the endpoint cannot pass although nothing may be violated: the run ended before its end, or the
// login may ask no product at all. "" where neither is so.
func (r *Resultat) Ufullstendig() string {
	answered, refused := 0, 0
	for _, p := range r.tilgang() {
		answered, refused = answered+p.Svart, refused+p.Nektet
	}
	switch {
	case r.udoemte(kvoteBrukt)+r.udoemte(ikkeSpurt) > 0:
		return "the quota of the login ended the run before everything was judged"
	case refused > 0 && answered == 0:
		return "the login may ask none of the products that it was tried with: nothing was judged"
	}
	return ""
}
