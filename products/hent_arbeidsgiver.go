package products

import (
	"context"

	"aareg/store"
	"aareg/wsdl/bindings"
)

const arbeidsgivernrProblem = "må være 9 eller 11 siffer uten mellomrom"

// HentArbeidsgiver answers § 2.2: an employer, its underenheter, and the arbeidsforhold registered on it.
func HentArbeidsgiver(ctx context.Context, q Query, r *bindings.HentArbeidsgiverType, svar *Svar) error {
	var s spoerring
	mandatory(&s, "arbeidsgiverId", r.ArbeidsgiverId)
	nummer := matching(&s, "arbeidsgiverId", r.ArbeidsgiverId, arbeidsgivernr, arbeidsgivernrProblem)
	svar.Person(nummer)
	filter := store.Filter{
		Status:     parseStatusArbeidsforhold(&s, r.StatusArbeidsforhold),
		Lovgivning: parseLovgivning(&s, r.Lovgivning),
		Fra:        parseDato(&s, "datofra", r.Datofra),
		Til:        parseDato(&s, "datotil", r.Datotil),
	}
	if filter.Til != 0 && filter.Fra > filter.Til {
		s.refuse("datofra", "kan ikke være etter datotil")
	}
	if s.err != nil {
		return s.err
	}
	a, err := q.Store.Arbeidsgiver(ctx, q.View, nummer, filter)
	if err != nil {
		return err
	}
	status := Komplett
	if a.Liste.Antall > q.MaxArbeidsforhold {
		status = Trunkert
	}
	svar.Person(a.Nummer)
	svar.Antall(min(a.Liste.Antall, q.MaxArbeidsforhold))
	if svar.Loggfoeres() {
		for rad := range a.Liste.Rader(q.MaxArbeidsforhold) {
			svar.Person(rad.Arbeidstaker.Nummer)
		}
	}
	svar.Status(protected(a.Gradering, status))
	writeArbeidsgiver(svar, q.View.Today, a.Arbeidsgiver)
	svar.Text("kommunenr", a.Forretningsadresse.Kommunenr)
	svar.Text("kommune", a.Forretningsadresse.Kommune)
	svar.Text("landkode", a.Forretningsadresse.Landkode)
	svar.Text("landtekst", a.Forretningsadresse.Land)
	svar.NorskDato("etablert", a.Etablert)
	svar.Text("enhkode", a.Enhkode)
	svar.Text("enhtypeBeskr", a.EnhtypeBeskr)
	svar.Bool("oppoert", a.Opphoert) // sic: § 2.1 has oppfoert
	svar.NorskDato("virksomhetsoverdragelse", a.Virksomhetsoverdragelse)
	svar.Bool("arbeidstakere", a.Arbeidstakere)
	svar.Bool("historikk", a.Historikk)
	if a.Hovedenhet() {
		writeUnderenheter(svar, a.Underenheter)
	}
	if !a.Hovedenhet() || a.Liste.AntallTot > 0 {
		writeArbeidsgiversListe(svar, q, &a.Liste)
	}
	return nil
}

func writeUnderenheter(svar *Svar, units []store.Underenhet) {
	svar.Open("underenheter")
	svar.Number("antall", int64(len(units)))
	for i := range units {
		u := &units[i]
		svar.Open("underenhet")
		svar.Text("orgnr", u.Orgnr)
		svar.Text("orgnrHovedenhet", u.OrgnrHovedenhet)
		svar.Text("navn", u.Navn)
		writeAdresser(svar, &u.Forretningsadresse, &u.Postadresse)
		svar.Text("kommunenr", u.Forretningsadresse.Kommunenr)
		svar.Text("kommune", u.Forretningsadresse.Kommune)
		svar.Bool("oppoert", u.Opphoert)
		svar.Text("enhkode", u.Enhkode)
		svar.Text("enhtypeBeskr", u.EnhtypeBeskr)
		svar.Bool("historisk", u.Historisk)
		svar.Close("underenhet")
	}
	svar.Close("underenheter")
}

func writeArbeidsgiversListe(svar *Svar, q Query, list *store.Liste) {
	svar.Open("arbeidsforholdListe")
	svar.Number("antall", int64(min(list.Antall, q.MaxArbeidsforhold)))
	svar.Number("antallTot", int64(list.AntallTot))
	for rad := range list.Rader(q.MaxArbeidsforhold) {
		svar.Open("arbeidsforhold")
		svar.Number("arbeidsforholdId", rad.ArbeidsforholdId)
		svar.Text("agArbeidsforholdId", rad.ID)
		svar.Open("arbeidsgiver")
		svar.Text("orgnr", rad.Arbeidsgiver.Nummer)
		svar.Text("navn", rad.Arbeidsgiver.Navn)
		svar.Close("arbeidsgiver")
		svar.Open("arbeidstaker")
		svar.Text("efnavn", rad.Arbeidstaker.Navn)
		svar.Text("arbeidstakerId", rad.Arbeidstaker.Nummer)
		svar.Close("arbeidstaker")
		writeArbeidsforholdIListe(svar, q.View.Today, rad)
		svar.Close("arbeidsforhold")
	}
	svar.Close("arbeidsforholdListe")
}
