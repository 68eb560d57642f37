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
	defer p.Release()
	svar.Person(p.Foedselsnr)
	svar.Antall(len(p.Arbeidsforhold))
	if svar.Loggfoeres() {
		for i := range p.Arbeidsforhold {
			svar.Person(p.Arbeidsforhold[i].Arbeidsgiver.Nummer)
		}
	}
	svar.Status(protected(p.Gradering, Komplett))
	writeArbeidstaker(svar, q.View.Today, p)
	return nil
}

func writeArbeidstaker(svar *Svar, today store.Dato, p *store.Arbeidstaker) {
	svar.Text(tagFoedselsnr, p.Foedselsnr)
	svar.Text(tagEtternavn, p.Navn.Etternavn)
	svar.Text(tagFornavn, p.Navn.Fornavn)
	svar.Text(tagMellomnavn, p.Navn.Mellomnavn)
	svar.Text(tagKjoenn, p.Kjoenn)
	svar.alder(p.Alder(today))
	svar.Open(tagArbeidsforholdListe)
	svar.Number(tagAntall, int64(len(p.Arbeidsforhold)))
	for i := range p.Arbeidsforhold {
		writeArbeidstakersRad(svar, &p.Arbeidsforhold[i])
	}
	svar.Close(tagArbeidsforholdListe)
}

func writeArbeidstakersRad(svar *Svar, rad *store.Listerad) {
	svar.Open(tagArbeidsforhold) // the row that the document forgot
	svar.Number(tagArbeidsforholdId, rad.ArbeidsforholdId)
	svar.Text(tagAgArbeidsforholdId, rad.ID)
	svar.Open(tagArbeidsgiver)
	svar.Text(tagArbeidsgiverId, rad.Arbeidsgiver.Nummer)
	svar.Text(tagNavn, rad.Arbeidsgiver.Navn)
	svar.Close(tagArbeidsgiver)
	svar.Open(tagArbeidstakerStorA) // sic: capital A
	svar.Text(tagEfnavn, rad.Arbeidstaker.Navn)
	svar.Close(tagArbeidstakerStorA)
	writeArbeidsforholdIListe(svar, rad)
	svar.Close(tagArbeidsforhold)
}
