package products

import (
	"context"

	"aareg/store"
	"aareg/wsdl/bindings"
)

// HentTrefflisteArbeidsgiver answers § 2.4: employers by name, in one of two forms: units by orgnavn, or personal
// employers by etternavn.
func HentTrefflisteArbeidsgiver(ctx context.Context, q Query, r *bindings.HentTrefflisteArbeidsgiverType, svar *Svar) error {
	var s spoerring
	fonetisk := mandatoryBool(&s, "fonetisk", r.Fonetisk)
	orgnavn, etternavn := optional(r.Orgnavn), optional(r.Etternavn)
	form := soekPersonligeArbeidsgivere
	switch {
	case orgnavn == "" && etternavn == "":
		s.refuse("orgnavn", "mangler: orgnavn eller etternavn må oppgis")
	case orgnavn != "" && etternavn != "":
		s.refuse("etternavn", "kan ikke oppgis sammen med orgnavn")
	case orgnavn != "":
		form = soekEnheter
	}
	hits, found, err := form(ctx, q, &s, r, fonetisk)
	defer hits.minne.Release()
	if err != nil {
		return err
	}
	status := cut(found, hits.len())
	hits.enheter, hits.personer = etter(hits.enheter, q.Hopp), etter(hits.personer, q.Hopp)
	svar.Antall(hits.len())
	if svar.Loggfoeres() {
		for _, t := range hits.enheter {
			svar.Person(t.Orgnr)
		}
		for _, p := range hits.personer {
			svar.Person(p.Foedselsnr)
		}
	}
	svar.Status(status)
	writeArbeidsgivertreffliste(svar, hits, found)
	return nil
}

// arbeidsgivertreff are the hits of one form: units, or personal employers.
type arbeidsgivertreff struct {
	minne    *store.Treffminne // that they are in; nil before anything is searched
	enheter  []*store.Enhetstreff
	personer []*store.Persontreff
}

func (t *arbeidsgivertreff) len() int { return len(t.enheter) + len(t.personer) }

// writeArbeidsgivertreffliste writes either form. A hit of a personal employer is number and name alone: the address
// is a home.
func writeArbeidsgivertreffliste(svar *Svar, hits arbeidsgivertreff, found int) {
	svar.Number(tagAntall, int64(found))
	for _, t := range hits.enheter {
		writeArbeidsgivertreff(svar, t, nil)
	}
	for _, p := range hits.personer {
		writeArbeidsgivertreff(svar, &store.Enhetstreff{Orgnr: p.Foedselsnr, Historisk: p.Historisk}, &p.Navn)
	}
}

// soekEnheter is the search of the organisation form; a criterion of the other form is refused.
func soekEnheter(ctx context.Context, q Query, s *spoerring, r *bindings.HentTrefflisteArbeidsgiverType, fonetisk bool) (hits arbeidsgivertreff, found int, err error) {
	soek := store.Enhetssoek{
		Navn: optional(r.Orgnavn), Fonetisk: fonetisk, Maks: q.Hopp + q.MaxTreff,
		Kommunenr:         matching(s, "kommunenr", r.Kommunenr, kommunenr, "må være fire siffer"),
		Postnr:            matching(s, "postnr", r.Postnr, postnr, "må være fire siffer"),
		Fylkenr:           matching(s, "fylkenr", r.Fylkenr, fylkenr, "må være to siffer"),
		InkluderOpphoerte: mandatoryBool(s, "inkluderOpphoerte", r.InkluderOpphoerte),
	}
	const other = "kan ikke oppgis sammen med orgnavn"
	absent(s, "fornavn", r.Fornavn, other)
	absent(s, "mellomnavn", r.Mellomnavn, other)
	absent(s, "fdato", r.Fdato, other)
	absent(s, "faarfra", r.Faarfra, other)
	absent(s, "faartil", r.Faartil, other)
	absent(s, "alderfra", r.Alderfra, other)
	absent(s, "aldertil", r.Aldertil, other)
	absent(s, "kjoenn", r.Kjoenn, other)
	if s.err != nil {
		return hits, 0, s.err
	}
	hits.minne = store.NewTreffminne()
	soek.Minne = hits.minne
	hits.enheter, found, err = q.Store.SoekEnheter(ctx, q.View, soek)
	return hits, found, err
}

// soekPersonligeArbeidsgivere is the search of the person form. inkluderOpphoerte means nothing here.
func soekPersonligeArbeidsgivere(ctx context.Context, q Query, s *spoerring, r *bindings.HentTrefflisteArbeidsgiverType, fonetisk bool) (hits arbeidsgivertreff, found int, err error) {
	soek := store.Personsoek{Fonetisk: fonetisk, Maks: q.Hopp + q.MaxTreff, Kjoenn: code(s, "kjoenn", r.Kjoenn, "K", "M"),
		Navn: store.Navn{Etternavn: optional(r.Etternavn), Fornavn: optional(r.Fornavn), Mellomnavn: optional(r.Mellomnavn)}}
	born(s, &soek, r.Fdato, r.Faarfra, r.Faartil, r.Alderfra, r.Aldertil)
	const other = "kan ikke oppgis sammen med etternavn"
	absent(s, "kommunenr", r.Kommunenr, other)
	absent(s, "postnr", r.Postnr, other)
	absent(s, "fylkenr", r.Fylkenr, other)
	if s.err != nil {
		return hits, 0, s.err
	}
	hits.minne = store.NewTreffminne()
	soek.Minne = hits.minne
	hits.personer, found, err = q.Store.SoekPersonligeArbeidsgivere(ctx, q.View, soek)
	return hits, found, err
}

// writeArbeidsgivertreff writes a hit; person is the name of one that is a person, else nil.
func writeArbeidsgivertreff(svar *Svar, t *store.Enhetstreff, person *store.Navn) {
	svar.Open(tagArbeidsgiver)
	svar.Text(tagOrgnr, t.Orgnr)
	svar.Text(tagOrgnrHovedenhet, t.OrgnrHovedenhet)
	if person != nil {
		svar.efnavn(tagNavn, person)
	} else {
		svar.Text(tagNavn, t.Navn)
	}
	writeAdresser(svar, &t.Forretningsadresse, &t.Postadresse)
	svar.Text(tagKontorkommunenr, t.Forretningsadresse.Kommunenr)
	svar.Text(tagKontorkommune, t.Forretningsadresse.Kommune)
	svar.NorskDato(tagArbeidssted, t.Opphoersdato) // sic: the day it ceased
	form, flagg := store.Kodeverdi{Kode: t.Enhkode, Beskrivelse: t.EnhtypeBeskr}, uint8(strekkEnhet)
	if t.Historisk {
		flagg |= strekkHistorisk
	}
	svar.koder(&store.Kodeverdi{}, &form, flagg, func() {
		svar.Text(tagEnhkode, t.Enhkode)
		svar.Text(tagEnhtypeBeskr, t.EnhtypeBeskr)
		svar.Bool(tagHistorisk, t.Historisk)
		svar.Close(tagArbeidsgiver)
	})
}

func absent[T ~string](s *spoerring, tag string, text *T, problem string) {
	if optional(text) != "" {
		s.refuse(tag, problem)
	}
}
