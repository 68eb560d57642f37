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
	if err != nil {
		return err
	}
	svar.Antall(len(hits))
	if svar.Loggfoeres() {
		for _, t := range hits {
			svar.Person(t.Orgnr)
		}
	}
	svar.Status(cut(found, len(hits)))
	svar.Number("antall", int64(found))
	for _, t := range hits {
		writeArbeidsgivertreff(svar, t)
	}
	return nil
}

// soekEnheter is the search of the organisation form; a criterion of the other form is refused.
func soekEnheter(ctx context.Context, q Query, s *spoerring, r *bindings.HentTrefflisteArbeidsgiverType, fonetisk bool) ([]*store.Enhetstreff, int, error) {
	soek := store.Enhetssoek{
		Navn: optional(r.Orgnavn), Fonetisk: fonetisk, Maks: q.MaxTreff,
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
		return nil, 0, s.err
	}
	return q.Store.SoekEnheter(ctx, q.View, soek)
}

// soekPersonligeArbeidsgivere is the search of the person form. A hit is number and name alone: a personal
// employer's address is a home. inkluderOpphoerte means nothing here.
func soekPersonligeArbeidsgivere(ctx context.Context, q Query, s *spoerring, r *bindings.HentTrefflisteArbeidsgiverType, fonetisk bool) ([]*store.Enhetstreff, int, error) {
	soek := store.Personsoek{Fonetisk: fonetisk, Maks: q.MaxTreff, Kjoenn: code(s, "kjoenn", r.Kjoenn, "K", "M"),
		Navn: store.Navn{Etternavn: optional(r.Etternavn), Fornavn: optional(r.Fornavn), Mellomnavn: optional(r.Mellomnavn)}}
	born(s, &soek, r.Fdato, r.Faarfra, r.Faartil, r.Alderfra, r.Aldertil)
	const other = "kan ikke oppgis sammen med etternavn"
	absent(s, "kommunenr", r.Kommunenr, other)
	absent(s, "postnr", r.Postnr, other)
	absent(s, "fylkenr", r.Fylkenr, other)
	if s.err != nil {
		return nil, 0, s.err
	}
	persons, found, err := q.Store.SoekPersonligeArbeidsgivere(ctx, q.View, soek)
	hits := make([]*store.Enhetstreff, len(persons))
	for i, p := range persons {
		hits[i] = &store.Enhetstreff{Orgnr: p.Foedselsnr, Navn: p.Navn.Efnavn(), Historisk: p.Historisk}
	}
	return hits, found, err
}

func writeArbeidsgivertreff(svar *Svar, t *store.Enhetstreff) {
	svar.Open("arbeidsgiver")
	svar.Text("orgnr", t.Orgnr)
	svar.Text("orgnrHovedenhet", t.OrgnrHovedenhet)
	svar.Text("navn", t.Navn)
	writeAdresser(svar, &t.Forretningsadresse, &t.Postadresse)
	svar.Text("kontorkommunenr", t.Forretningsadresse.Kommunenr)
	svar.Text("kontorkommune", t.Forretningsadresse.Kommune)
	svar.NorskDato("arbeidssted", t.Opphoersdato) // sic: the day it ceased
	svar.Text("enhkode", t.Enhkode)
	svar.Text("enhtypeBeskr", t.EnhtypeBeskr)
	svar.Bool("historisk", t.Historisk)
	svar.Close("arbeidsgiver")
}

func absent[T ~string](s *spoerring, tag string, text *T, problem string) {
	if optional(text) != "" {
		s.refuse(tag, problem)
	}
}
