package products

import (
	"context"

	"aareg/store"
	"aareg/wsdl/bindings"
)

// HentTrefflisteArbeidstaker answers § 2.5: employees by name.
func HentTrefflisteArbeidstaker(ctx context.Context, q Query, r *bindings.HentTrefflisteArbeidstakerType, svar *Svar) error {
	var s spoerring
	soek := store.Personsoek{
		Navn:     store.Navn{Etternavn: mandatory(&s, "etternavn", r.Etternavn), Fornavn: optional(r.Fornavn), Mellomnavn: optional(r.Mellomnavn)},
		Fonetisk: mandatoryBool(&s, "fonetisk", r.Fonetisk),
		Kjoenn:   code(&s, "kjoenn", r.Kjoenn, "K", "M"),
		Maks:     q.Hopp + q.MaxTreff,
	}
	born(&s, &soek, r.Fdato, r.Faarfra, r.Faartil, r.Alderfra, r.Aldertil)
	if maks := number(&s, "maksAntall", r.MaksAntall, antall, "må være et helt tall større enn 0"); maks != nil {
		soek.Maks = min(*maks, soek.Maks)
	}
	if s.err != nil {
		return s.err
	}
	soek.Minne = store.NewTreffminne()
	defer soek.Minne.Release()
	hits, found, err := q.Store.SoekArbeidstakere(ctx, q.View, soek)
	if err != nil {
		return err
	}
	status := cut(found, len(hits))
	hits = etter(hits, q.Hopp)
	svar.Antall(len(hits))
	if svar.Loggfoeres() {
		for _, p := range hits {
			svar.Person(p.Foedselsnr)
		}
	}
	svar.Status(status)
	writeArbeidstakertreffliste(svar, q.View.Today, hits)
	return nil
}

func writeArbeidstakertreffliste(svar *Svar, today store.Dato, hits []*store.Persontreff) {
	svar.Open(tagArbeidstakere)
	svar.Number(tagAntall, int64(len(hits)))
	for _, p := range hits {
		writeArbeidstakertreff(svar, today, p)
	}
	svar.Close(tagArbeidstakere)
}

func writeArbeidstakertreff(svar *Svar, today store.Dato, p *store.Persontreff) {
	svar.Open(tagArbeidstaker)
	svar.Text(tagFoedselsnr, p.Foedselsnr)
	svar.Text(tagEtternavn, p.Navn.Etternavn)
	svar.Text(tagFornavn, p.Navn.Fornavn)
	svar.Text(tagMellomnavn, p.Navn.Mellomnavn)
	alder, kjent := p.Alder(today)
	writeTreffhale(svar, &treffhale{p.Kjoenn, alder, kjent, p.Historisk})
}
