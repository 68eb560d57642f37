package products

import (
	"context"

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
	writeArbeidsgiver(svar, q.View.Today, a)
	svar.Text("Kommunenr", a.Forretningsadresse.Kommunenr) // sic: capital K
	svar.Text("kommune", a.Forretningsadresse.Kommune)
	svar.Text("landkode", a.Forretningsadresse.Landkode)
	svar.Text("landtekst", a.Forretningsadresse.Land)
	svar.NorskDato("etablert", a.Registrert)
	svar.Text("enhkode", a.Enhkode)
	svar.Text("enhtypeBeskr", a.EnhtypeBeskr)
	svar.Bool("oppfoert", a.Opphoert) // sic: § 2.2 has oppoert
	svar.NorskDato("virksomhetsoverdragelse", a.Virksomhetsoverdragelse)
	svar.Number("arbeidstakere", int64(arbeidstakere))
	return nil
}
