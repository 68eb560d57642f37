package kilder

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"aareg/store"
)

// lesSOAP reads one arbeidsforhold of Arbeidsforhold_v3. An employer from before Enhetsregisteret comes with its name,
// which nothing else knows, so it is a record of its own beside the arbeidsforhold.
func lesSOAP(tekst []byte, m *Merknader) ([]Post, error) {
	e, err := lesPost(tekst)
	if err != nil {
		return nil, err
	}
	period := e.alle("ansettelsesPeriode")
	if erstattetRad(e) || len(period) > 0 && len(iKraft(period)) == 0 {
		m.bemerk(erstattet)
		return nil, nil
	}
	l := &soapleser{m: m}
	posts := []Post{{Arbeidsforhold: l.arbeidsforhold(e)}}
	for _, g := range l.gamle {
		posts = append(posts, Post{GammelArbeidsgiver: &g})
	}
	if l.err != nil {
		return nil, l.err
	}
	e.ulest(m)
	return posts, nil
}

func (l *soapleser) arbeidsforhold(e *xmlelement) *store.Arbeidsforhold {
	period := l.ett(e, "ansettelsesPeriode")
	a := &store.Arbeidsforhold{
		ArbeidsforholdId:   l.nummer(e, "arbeidsforholdIDnav"),
		ID:                 l.tekst(e, "arbeidsforholdID"),
		Type:               l.kode(e, "arbeidsforholdstype"),
		Arbeidstaker:       l.arbeidstaker(e),
		Arbeidssted:        l.part(e, "arbeidsgiver", "Underenhet"),
		Opplysningspliktig: l.part(e, "opplysningspliktig", "Hovedenhet"),
		Opprettet:          l.tidspunkt(e, "opprettelsestidspunkt"),
		SistBekreftet:      l.tidspunkt(e, "sistBekreftet"),
		SistEndret:         l.tidspunkt(e, "endringstidspunkt"),
	}
	a.Ansettelsesperiode.Startdato, a.Ansettelsesperiode.Sluttdato = l.periode(l.ett(period, "periode"))
	if a.Ansettelsesperiode.Startdato == 0 {
		l.galt(e, "ansettelsesPeriode.periode.fom", feil("", "missing"))
	}
	l.ordning(e, a)
	for _, row := range iKraft(e.alle("arbeidsavtale")) {
		a.Ansettelsesdetaljer = append(a.Ansettelsesdetaljer, l.avtale(row))
	}
	for _, row := range iKraft(e.alle("permisjonOgPermittering")) {
		p := l.permisjon(row)
		if strings.EqualFold(p.Type.Kode, "permittering") || p.Type.Kode == "" && strings.EqualFold(p.Type.Beskrivelse, "permittering") {
			a.Permitteringer = append(a.Permitteringer, p)
		} else {
			a.Permisjoner = append(a.Permisjoner, p)
		}
	}
	for _, row := range iKraft(e.alle("antallTimerForTimeloennet")) {
		a.TimerMedTimeloenn = append(a.TimerMedTimeloenn, l.timer(row))
	}
	for _, row := range iKraft(e.alle("utenlandsopphold")) {
		a.Utenlandsopphold = append(a.Utenlandsopphold, l.utenlands(row))
	}
	return a
}

func (l *soapleser) avtale(e *xmlelement) store.Ansettelsesdetaljer {
	d := store.Ansettelsesdetaljer{
		Arbeidstidsordning:           l.kode(e, "arbeidstidsordning"),
		Avloenningstype:              l.kode(e, "avloenningstype"),
		Yrke:                         l.kode(e, "yrke"),
		AvtaltArbeidstimerPerUke:     l.desimal(e, "avtaltArbeidstimerPerUke"),
		AvtaltStillingsprosent:       l.desimal(e, "stillingsprosent"),
		BeregnetAntallTimerPrUke:     l.desimal(e, "beregnetAntallTimerPrUke"),
		AntallTimerGammeltAa:         l.desimal(e, "antallTimerGammeltAa"),
		SisteStillingsprosentendring: l.dato(e, "endringsdatoStillingsprosent"),
		SisteLoennsendring:           l.dato(e, "sisteLoennsendringsdato"),
		Gyldighetsperiode: store.Periode{
			Fom: l.datoAttributt(e, "fomGyldighetsperiode"),
			Tom: l.datoAttributt(e, "tomGyldighetsperiode"),
		},
		Fartsomraade:  l.kode(e, "fartsomraade"),
		Skipsregister: l.kode(e, "skipsregister"),
		Fartoeystype:  l.kode(e, "skipstype"),
	}
	if d.BeregnetAntallTimerPrUke == "" { // both spellings are in use
		d.BeregnetAntallTimerPrUke = l.desimal(e, "beregnetAntallTimerPerUke")
	}
	switch xsiType(e) {
	case "", "Arbeidsavtale":
	case "MaritimArbeidsavtale":
		d.Type = "Maritim"
	default:
		l.m.utenPlass("arbeidsavtale.@type")
	}
	return d
}

func (l *soapleser) permisjon(e *xmlelement) store.Permisjon {
	p := store.Permisjon{
		ID:      l.tekst(e, "permisjonsId"),
		Type:    l.kode(e, "permisjonOgPermittering"),
		Prosent: l.desimal(e, "permisjonsprosent"),
	}
	p.Startdato, p.Sluttdato = l.periode(l.ett(e, "permisjonsPeriode"))
	return p
}

func (l *soapleser) timer(e *xmlelement) store.TimerMedTimeloenn {
	t := store.TimerMedTimeloenn{
		Antall:              l.desimal(e, "antallTimer"),
		Rapporteringsmaaned: l.maaned(e, "rapporteringsperiode"),
	}
	t.Startdato, t.Sluttdato = l.periode(l.ett(e, "periode", "timelonnetPeriode"))
	return t
}

func (l *soapleser) utenlands(e *xmlelement) store.Utenlandsopphold {
	u := store.Utenlandsopphold{
		Land:                l.kode(e, "land"),
		Rapporteringsmaaned: l.maaned(e, "rapporteringsperiode"),
	}
	u.Startdato, u.Sluttdato = l.periode(l.ett(e, "periode"))
	return u
}

// ordning is under which rules the arbeidsforhold was reported.
func (l *soapleser) ordning(e *xmlelement, a *store.Arbeidsforhold) {
	const name = "arbeidsforholdInnrapportertEtterAOrdningen"
	switch l.tekst(e, name) {
	case "":
	case "true", "1":
		a.Rapporteringsordning.Kode = "A_ORDNINGEN"
	case "false", "0":
		a.Rapporteringsordning.Kode = "FOER_A_ORDNINGEN"
	default:
		l.galt(e, name, feil("", "neither true nor false"))
	}
}

func (l *soapleser) nummer(e *xmlelement, navn string) int64 {
	text := l.tekst(e, navn)
	n, err := strconv.ParseInt(text, 10, 64)
	switch {
	case text == "":
		l.galt(e, navn, feil("", "missing"))
	case err != nil || n <= 0:
		l.galt(e, navn, feil("", "not a whole number above zero"))
	}
	return n
}

func (l *soapleser) arbeidstaker(e *xmlelement) store.Part {
	party := l.ett(e, "arbeidstaker")
	if party == nil {
		l.galt(e, "arbeidstaker", feil("", "missing"))
		return store.Part{}
	}
	xsiType(party)
	p, err := arbeidstaker("Person", l.ident(party), l.m)
	l.galt(party, "ident", err)
	return p
}

// part is an employer, or who reports for it: an organisation of the kind given, a person, or an employer from before
// Enhetsregisteret, as the number tells that stands there.
func (l *soapleser) part(e *xmlelement, navn, kind string) store.Part {
	party := l.ett(e, navn)
	if party == nil {
		if navn == "arbeidsgiver" {
			l.galt(e, navn, feil("", "missing"))
		}
		return store.Part{}
	}
	xsiType(party)
	for _, number := range []struct{ navn, kind string }{{"orgnummer", kind}, {"arbeidsgivernummer", "Arbeidsgivernummer"}} {
		if text := l.tekst(party, number.navn); text != "" {
			p, err := part(number.kind, text)
			l.galt(party, number.navn, err)
			l.gammel(party, p)
			return p
		}
	}
	p, err := part("Person", l.ident(party))
	l.galt(party, "ident", err)
	return p
}

// gammel keeps the name of an employer from before Enhetsregisteret. Names of others are Enhetsregisteret's to tell.
func (l *soapleser) gammel(party *xmlelement, p store.Part) {
	if p.Type != "Arbeidsgivernummer" {
		return
	}
	g := store.GammelArbeidsgiver{Arbeidsgivernr: p.Ident, Navn: l.tekst(party, "navn")}
	if g.Navn != "" && !slices.Contains(l.gamle, g) {
		l.gamle = append(l.gamle, g)
	}
}

// ident is a person's number, an element within one of the same name.
func (l *soapleser) ident(party *xmlelement) string {
	if inner := l.ett(party, "ident"); len(inner.alle("ident")) > 0 {
		return l.tekst(inner, "ident")
	}
	return l.tekst(party, "ident")
}

// xsiType is the type that an element says it is of, without its prefix.
func xsiType(e *xmlelement) string {
	_, kind, prefixed := strings.Cut(e.attributt("type"), ":")
	if !prefixed {
		return e.attributt("type")
	}
	return kind
}

// galt keeps what is wrong with what stands under a name in an element: the first holds.
func (l *soapleser) galt(e *xmlelement, navn string, err error) {
	var inner *feltfeil
	if l.err == nil && errors.As(err, &inner) {
		l.err = feil(strings.TrimPrefix(e.sti(true)+"."+navn, "."), inner.problem)
	}
}
