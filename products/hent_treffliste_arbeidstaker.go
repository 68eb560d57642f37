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
		Maks:     q.MaxTreff,
	}
	born(&s, &soek, r.Fdato, r.Faarfra, r.Faartil, r.Alderfra, r.Aldertil)
	if maks := number(&s, "maksAntall", r.MaksAntall, antall, "må være et helt tall større enn 0"); maks != nil {
		soek.Maks = min(*maks, q.MaxTreff)
	}
	if s.err != nil {
		return s.err
	}
	hits, found, err := q.Store.SoekArbeidstakere(ctx, q.View, soek)
	if err != nil {
		return err
	}
	svar.Antall(len(hits))
	if svar.Loggfoeres() {
		for _, p := range hits {
			svar.Person(p.Foedselsnr)
		}
	}
	svar.Status(cut(found, len(hits)))
	svar.Open("arbeidstakere")
	svar.Number("antall", int64(len(hits)))
	for _, p := range hits {
		svar.Open("arbeidstaker")
		svar.Text("foedselsnr", p.Foedselsnr)
		svar.Text("etternavn", p.Navn.Etternavn)
		svar.Text("fornavn", p.Navn.Fornavn)
		svar.Text("mellomnavn", p.Navn.Mellomnavn)
		svar.Text("kjoenn", p.Kjoenn)
		svar.alder(p.Alder(q.View.Today))
		historisk := int64(0) // sic: 0 or 1 here, true or false in § 2.4
		if p.Historisk {
			historisk = 1
		}
		svar.Number("historisk", historisk)
		svar.Close("arbeidstaker")
	}
	svar.Close("arbeidstakere")
	return nil
}
