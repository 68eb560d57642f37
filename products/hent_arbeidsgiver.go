package products

import (
	"context"

	"aareg/store"
	"aareg/wsdl/bindings"
)

const arbeidsgivernrProblem = "må være 9 eller 11 siffer uten mellomrom"

// HentArbeidsgiver answers § 2.2: an employer, its underenheter, and the arbeidsforhold registered on it.
func HentArbeidsgiver(ctx context.Context, q Query, r *bindings.HentArbeidsgiverType, svar *Svar) error {
	nummer, filter, err := arbeidsgiverspoersmaal(r)
	svar.Person(nummer)
	if err != nil {
		return err
	}
	a, err := q.Store.Arbeidsgiver(ctx, q.View, nummer, filter)
	if err != nil {
		return err
	}
	defer a.Liste.Close()
	svar.Person(a.Nummer)
	svar.Antall(vistAv(q, &a.Liste))
	if svar.Loggfoeres() {
		if err := personerIListe(svar, q, &a.Liste); err != nil {
			return err
		}
	}
	svar.Status(protected(a.Gradering, cut(a.Liste.Antall, q.Hopp+q.MaxArbeidsforhold)))
	writeArbeidsgiverMedUnderenheter(svar, q.View.Today, a)
	if !a.Hovedenhet() || a.Liste.AntallTot > 0 {
		return writeArbeidsgiversListe(svar, q, &a.Liste)
	}
	return nil
}

// arbeidsgiverspoersmaal is what the question asks: of whom, the number as it was given unless it is none, and what of the
// list. The error is an *InvalidRequest.
func arbeidsgiverspoersmaal(r *bindings.HentArbeidsgiverType) (nummer string, filter store.Filter, err error) {
	var s spoerring
	mandatory(&s, "arbeidsgiverId", r.ArbeidsgiverId)
	nummer = matching(&s, "arbeidsgiverId", r.ArbeidsgiverId, arbeidsgivernr, arbeidsgivernrProblem)
	filter = store.Filter{
		Status:     parseStatusArbeidsforhold(&s, r.StatusArbeidsforhold),
		Lovgivning: parseLovgivning(&s, r.Lovgivning),
		Fra:        parseDato(&s, "datofra", r.Datofra),
		Til:        parseDato(&s, "datotil", r.Datotil),
	}
	if filter.Til != 0 && filter.Fra > filter.Til {
		s.refuse("datofra", "kan ikke være etter datotil")
	}
	return nummer, filter, s.err
}

// vistAv is how many of the list's arbeidsforhold the answer shows.
func vistAv(q Query, list *store.Liste) int {
	return min(max(list.Antall-q.Hopp, 0), q.MaxArbeidsforhold)
}

// personerIListe tells the audit log who they are about.
func personerIListe(svar *Svar, q Query, list *store.Liste) error {
	nr := 0
	for a, err := range list.Ansettelser(q.Hopp + q.MaxArbeidsforhold) {
		if err != nil {
			return err
		}
		if nr++; nr > q.Hopp {
			svar.Person(a.Arbeidstaker)
		}
	}
	return nil
}

func writeArbeidsgiverMedUnderenheter(svar *Svar, today store.Dato, a *store.HentetArbeidsgiver) {
	writeArbeidsgiver(svar, today, a.Arbeidsgiver)
	svar.Text(tagKommunenr, a.Forretningsadresse.Kommunenr)
	svar.Text(tagKommune, a.Forretningsadresse.Kommune)
	svar.Text(tagLandkode, a.Forretningsadresse.Landkode)
	svar.Text(tagLandtekst, a.Forretningsadresse.Land)
	svar.NorskDato(tagEtablert, a.Etablert)
	svar.Text(tagEnhkode, a.Enhkode)
	svar.Text(tagEnhtypeBeskr, a.EnhtypeBeskr)
	svar.Bool(tagOppoert, a.Opphoert) // sic: § 2.1 has oppfoert
	svar.NorskDato(tagVirksomhetsoverdragelse, a.Virksomhetsoverdragelse)
	svar.Bool(tagArbeidstakere, a.Arbeidstakere)
	svar.Bool(tagHistorikk, a.Historikk)
	if a.Hovedenhet() {
		writeUnderenheter(svar, a.Underenheter)
	}
}

func writeUnderenheter(svar *Svar, units []store.Underenhet) {
	svar.Open(tagUnderenheter)
	svar.Number(tagAntall, int64(len(units)))
	for i := range units {
		u := &units[i]
		svar.Open(tagUnderenhet)
		svar.Text(tagOrgnr, u.Orgnr)
		svar.Text(tagOrgnrHovedenhet, u.OrgnrHovedenhet)
		svar.Text(tagNavn, u.Navn)
		writeAdresser(svar, &u.Forretningsadresse, &u.Postadresse)
		svar.Text(tagKommunenr, u.Forretningsadresse.Kommunenr)
		svar.Text(tagKommune, u.Forretningsadresse.Kommune)
		svar.Bool(tagOppoert, u.Opphoert)
		svar.Text(tagEnhkode, u.Enhkode)
		svar.Text(tagEnhtypeBeskr, u.EnhtypeBeskr)
		svar.Bool(tagHistorisk, u.Historisk)
		svar.Close(tagUnderenhet)
	}
	svar.Close(tagUnderenheter)
}

// writeArbeidsgiversListe writes the list; an error cuts the answer.
func writeArbeidsgiversListe(svar *Svar, q Query, list *store.Liste) error {
	svar.Open(tagArbeidsforholdListe)
	svar.Number(tagAntall, int64(vistAv(q, list)))
	svar.Number(tagAntallTot, int64(list.AntallTot))
	nr, giver := 0, []byte(nil)
	for rad, err := range list.Rader(q.Hopp + q.MaxArbeidsforhold) {
		if err != nil {
			return err
		}
		if nr++; nr > q.Hopp {
			writeArbeidsgiversRad(svar, rad, &giver)
		}
	}
	svar.Close(tagArbeidsforholdListe)
	return nil
}

// writeArbeidsgiversRad writes an arbeidsforhold of the list. giver is how the rows before have written their employer, who
// is the same in all of them.
func writeArbeidsgiversRad(svar *Svar, rad *store.Listerad, giver *[]byte) {
	svar.Open(tagArbeidsforhold)
	svar.Number(tagArbeidsforholdId, rad.ArbeidsforholdId)
	svar.Text(tagAgArbeidsforholdId, rad.ID)
	if !svar.igjen(*giver) {
		begin := svar.her()
		svar.Open(tagArbeidsgiver)
		svar.Text(tagOrgnr, rad.Arbeidsgiver.Nummer)
		svar.Text(tagNavn, rad.Arbeidsgiver.Navn)
		svar.Close(tagArbeidsgiver)
		*giver = append(*giver, svar.siden(begin)...)
	}
	svar.Open(tagArbeidstaker)
	svar.Text(tagEfnavn, rad.Arbeidstaker.Navn)
	svar.Text(tagArbeidstakerId, rad.Arbeidstaker.Nummer)
	svar.Close(tagArbeidstaker)
	writeArbeidsforholdIListe(svar, rad)
	svar.Close(tagArbeidsforhold)
}
