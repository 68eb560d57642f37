package oppslag

// sportabell is the working life in rows: each arbeidsforhold, and below it its agreements and events.
func sportabell(alle []spor) BildeTabell {
	t := BildeTabell{
		Tittel:   "Arbeidsforhold med avtaler, fravær, utenlandsopphold og timer",
		Kolonner: []string{"Arbeidsgiver", "Hva", "Fra og med", "Til og med", "Omfang"},
	}
	for _, s := range alle {
		rad := BildeRad{Celler: []string{s.arbeidsgiver, ellers(s.form, "Arbeidsforhold"), norskDato(s.fra, "ikke oppgitt"), norskDato(s.til, "løper"), ""}}
		if s.id != "" {
			rad.Vei = &BildeVei{"hentArbeidsforhold", "arbeidsforholdId", s.id}
		}
		t.Rader = append(t.Rader, rad)
		for _, a := range s.avtaler {
			t.legg(s.arbeidsgiver, avtaletekst(a), a.fra, a.til, medEnhet(a.prosent, "%"))
		}
		for _, h := range s.hendelser {
			t.legg(s.arbeidsgiver, h.hva(), h.fra, h.til, h.hvorMye())
		}
	}
	return t
}

func (t *BildeTabell) legg(hvem, hva, fra, til, omfang string) {
	t.Rader = append(t.Rader, BildeRad{Celler: []string{hvem, hva, norskDato(fra, "ikke oppgitt"), norskDato(til, "ikke oppgitt"), omfang}})
}

func avtaletekst(a avtale) string {
	if a.yrke == "" {
		return "Avtale"
	}
	return "Avtale: " + a.yrke
}

func (h hendelse) hva() string {
	switch h.slag {
	case permisjon:
		return ellers(h.tekst, "Permisjon")
	case permittering:
		return "Permittering"
	case utland:
		if h.tekst == "" {
			return "Utenlandsopphold"
		}
		return "Utenlandsopphold: " + h.tekst
	default:
		return "Timer"
	}
}

func (h hendelse) hvorMye() string {
	if h.slag == timer {
		return medEnhet(h.omfang, "timer")
	}
	return medEnhet(h.omfang, "%")
}

// naar is the period of an answer as one text.
func naar(fra, til string) string {
	if fra == til && fra != "" {
		return norskDato(fra, "")
	}
	return norskDato(fra, "…") + "–" + norskDato(til, "…")
}
