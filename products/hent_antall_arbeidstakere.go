package products

import (
	"context"

	"aareg/store"
	"aareg/wsdl/bindings"
)

// HentAntallArbeidstakere answers § 2.1: an employer, and how many persons have an active arbeidsforhold there.
func HentAntallArbeidstakere(ctx context.Context, q Query, r *bindings.HentAntallArbeidstakereType, svar *Svar) error {
	var s spoerring
	mandatory(&s, "orgnr", r.Orgnr)
	nummer := matching(&s, "orgnr", r.Orgnr, arbeidsgivernr, arbeidsgivernrProblem)
	svar.Person(nummer)
	if s.err != nil {
		return s.err
	}
	a, arbeidstakere, err := q.Store.AntallArbeidstakere(ctx, q.View, nummer)
	if err != nil {
		return err
	}
	svar.Person(a.Nummer)
	svar.Antall(1)
	svar.Status(protected(a.Gradering, Komplett))
	writeAntallArbeidstakere(svar, q.View.Today, a, arbeidstakere)
	return nil
}

func writeAntallArbeidstakere(svar *Svar, today store.Dato, a *store.Arbeidsgiver, arbeidstakere int) {
	writeArbeidsgiver(svar, today, a)
	svar.Text(tagKommunenrStorK, a.Forretningsadresse.Kommunenr) // sic: capital K
	svar.Text(tagKommune, a.Forretningsadresse.Kommune)
	svar.Text(tagLandkode, a.Forretningsadresse.Landkode)
	svar.Text(tagLandtekst, a.Forretningsadresse.Land)
	svar.NorskDato(tagEtablert, a.Registrert)
	svar.Text(tagEnhkode, a.Enhkode)
	svar.Text(tagEnhtypeBeskr, a.EnhtypeBeskr)
	svar.Bool(tagOppfoert, a.Opphoert) // sic: § 2.2 has oppoert
	svar.NorskDato(tagVirksomhetsoverdragelse, a.Virksomhetsoverdragelse)
	svar.Number(tagArbeidstakere, int64(arbeidstakere))
}
