package products

import (
	"context"
	"errors"

	"aareg/store"
	"aareg/wsdl/bindings"
)

// HentArbeidstaker answers § 2.3: one person, and their arbeidsforhold.
func HentArbeidstaker(ctx context.Context, q Query, r *bindings.HentArbeidstakerType, svar *Svar) error {
	const problem = "må være et fødselsnummer eller D-nummer på 11 siffer"
	var s spoerring
	mandatory(&s, "foedselsnr", r.Foedselsnr)
	nummer := matching(&s, "foedselsnr", r.Foedselsnr, foedselsnr, problem)
	svar.Person(nummer)
	filter := store.Filter{
		Status:     parseStatusArbeidsforhold(&s, r.StatusArbeidsforhold),
		Lovgivning: parseLovgivning(&s, r.Lovgivning),
	}
	if s.err != nil {
		return s.err
	}
	p, err := q.Store.Arbeidstaker(ctx, q.View, nummer, filter)
	if errors.Is(err, store.ErrIngen) && !store.ValidFoedselsnr(nummer) {
		return &InvalidRequest{Tag: "foedselsnr", Problem: problem} // a number that breaks the rules, unless somebody has it
	}
	if err != nil {
		return err
	}
	svar.Person(p.Foedselsnr)
	svar.Antall(len(p.Arbeidsforhold))
	if svar.Loggfoeres() {
		for i := range p.Arbeidsforhold {
			svar.Person(p.Arbeidsforhold[i].Arbeidsgiver.Nummer)
		}
	}
	svar.Status(protected(p.Gradering, Komplett))
	svar.Text("foedselsnr", p.Foedselsnr)
	svar.Text("etternavn", p.Navn.Etternavn)
	svar.Text("fornavn", p.Navn.Fornavn)
	svar.Text("mellomnavn", p.Navn.Mellomnavn)
	svar.Text("kjoenn", p.Kjoenn)
	svar.alder(p.Alder(q.View.Today))
	svar.Open("arbeidsforholdListe")
	svar.Number("antall", int64(len(p.Arbeidsforhold)))
	for i := range p.Arbeidsforhold {
		rad := &p.Arbeidsforhold[i]
		svar.Open("arbeidsforhold") // the row that the document forgot
		svar.Number("arbeidsforholdId", rad.ArbeidsforholdId)
		svar.Text("agArbeidsforholdId", rad.ID)
		svar.Open("arbeidsgiver")
		svar.Text("arbeidsgiverId", rad.Arbeidsgiver.Nummer)
		svar.Text("navn", rad.Arbeidsgiver.Navn)
		svar.Close("arbeidsgiver")
		svar.Open("Arbeidstaker") // sic: capital A
		svar.Text("efnavn", rad.Arbeidstaker.Navn)
		svar.Close("Arbeidstaker")
		writeArbeidsforholdIListe(svar, q.View.Today, rad)
		svar.Close("arbeidsforhold")
	}
	svar.Close("arbeidsforholdListe")
	return nil
}
