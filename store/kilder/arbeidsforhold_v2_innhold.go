package kilder

import "aareg/store"

// What an arbeidsforhold of the v2 and dist shapes says beside who and which: member by member, as it is delivered.

func (p *v2Periode) periode(m *Merknader) store.Ansettelsesperiode {
	m.ukjent("ansettelsesperiode.", p.Rest)
	m.nevn("ansettelsesperiode.sporingsinformasjon", p.Sporingsinformasjon)
	return store.Ansettelsesperiode{
		Startdato:   store.Dato(p.Startdato),
		Sluttdato:   store.Dato(p.Sluttdato),
		Sluttaarsak: p.Sluttaarsak.verdi("ansettelsesperiode.sluttaarsak.", m),
		Varsling:    p.Varsling.verdi("ansettelsesperiode.varsling.", m),
	}
}

func (k *v2) fyll(a *store.Arbeidsforhold, m *Merknader) {
	a.ID = k.ID
	a.Type = k.Type.verdi("type.", m)
	a.Ansettelsesdetaljer = liste(k.Ansettelsesdetaljer, func(d *v2Detaljer) store.Ansettelsesdetaljer { return d.detaljer(m) })
	a.Permisjoner = liste(k.Permisjoner, func(p *v2Permisjon) store.Permisjon { return p.permisjon("permisjoner.", m) })
	a.Permitteringer = liste(k.Permitteringer, func(p *v2Permisjon) store.Permisjon { return p.permisjon("permitteringer.", m) })
	a.TimerMedTimeloenn = liste(k.TimerMedTimeloenn, func(t *v2Timer) store.TimerMedTimeloenn { return t.timer(m) })
	a.Utenlandsopphold = liste(k.Utenlandsopphold, func(u *v2Utland) store.Utenlandsopphold { return u.opphold(m) })
	a.IdHistorikk = idHistorikk(k.IdHistorikk, "idHistorikk.", m)
	a.Varsler = liste(k.Varsler, func(v *v2Varsel) store.Varsel {
		m.ukjent("varsler.", v.Rest)
		return store.Varsel{Entitet: v.Entitet, Varsling: v.Varsling.verdi("varsler.varsling.", m)}
	})
	a.Rapporteringsordning = k.Rapporteringsordning.verdi("rapporteringsordning.", m)
	a.Opprettet = store.Tidspunkt(k.Opprettet)
	a.SistBekreftet = store.Tidspunkt(k.SistBekreftet)
	a.SistEndret = store.Tidspunkt(k.SistEndret)
}

// nevn names what the register has no place for.
func (k *v2) nevn(m *Merknader) {
	m.ukjent("", k.Rest)
	m.nevn("navVersjon", k.NavVersjon)
	m.nevn("sporingsinformasjon", k.Sporingsinformasjon)
	k.Bruksperiode.nevn("bruksperiode.", m)
}

func (b *bruksperiode) nevn(path string, m *Merknader) {
	m.ukjent(path, b.Rest)
	m.nevn(path+"fom", b.Fom != "")
	m.nevn(path+"tom", b.Tom != "")
}

func (d *v2Detaljer) detaljer(m *Merknader) store.Ansettelsesdetaljer {
	m.ukjent("ansettelsesdetaljer.", d.Rest)
	m.ukjent("ansettelsesdetaljer.rapporteringsmaaneder.", d.Rapporteringsmaaneder.Rest)
	m.nevn("ansettelsesdetaljer.sporingsinformasjon", d.Sporingsinformasjon)
	return store.Ansettelsesdetaljer{
		Type:                         d.Type,
		Arbeidstidsordning:           d.Arbeidstidsordning.verdi("ansettelsesdetaljer.arbeidstidsordning.", m),
		Ansettelsesform:              d.Ansettelsesform.verdi("ansettelsesdetaljer.ansettelsesform.", m),
		Yrke:                         d.Yrke.verdi("ansettelsesdetaljer.yrke.", m),
		AntallTimerPrUke:             store.Desimal(d.AntallTimerPrUke),
		AvtaltStillingsprosent:       store.Desimal(d.AvtaltStillingsprosent),
		SisteStillingsprosentendring: store.Dato(d.SisteStillingsprosentendring),
		SisteLoennsendring:           store.Dato(d.SisteLoennsendring),
		Rapporteringsmaaneder: store.Rapporteringsmaaneder{
			Fra: store.Maaned(d.Rapporteringsmaaneder.Fra), Til: store.Maaned(d.Rapporteringsmaaneder.Til),
		},
		Fartsomraade:  d.Fartsomraade.verdi("ansettelsesdetaljer.fartsomraade.", m),
		Skipsregister: d.Skipsregister.verdi("ansettelsesdetaljer.skipsregister.", m),
		Fartoeystype:  d.Fartoeystype.verdi("ansettelsesdetaljer.fartoeystype.", m),
	}
}

func (p *v2Permisjon) permisjon(path string, m *Merknader) store.Permisjon {
	m.ukjent(path, p.Rest)
	m.nevn(path+"sporingsinformasjon", p.Sporingsinformasjon)
	return store.Permisjon{
		ID:          p.ID,
		Type:        p.Type.verdi(path+"type.", m),
		Startdato:   store.Dato(p.Startdato),
		Sluttdato:   store.Dato(p.Sluttdato),
		Prosent:     store.Desimal(p.Prosent),
		Varsling:    p.Varsling.verdi(path+"varsling.", m),
		IdHistorikk: idHistorikk(p.IdHistorikk, path+"idHistorikk.", m),
	}
}

func idHistorikk(historikk []v2IdHistorikk, path string, m *Merknader) []store.IdHistorikk {
	return liste(historikk, func(h *v2IdHistorikk) store.IdHistorikk {
		m.ukjent(path, h.Rest)
		m.ukjent(path+"bruksperiode.", h.Bruksperiode.Rest)
		return store.IdHistorikk{ID: h.ID, Fom: store.Tidspunkt(h.Bruksperiode.Fom), Tom: store.Tidspunkt(h.Bruksperiode.Tom)}
	})
}

func (t *v2Timer) timer(m *Merknader) store.TimerMedTimeloenn {
	m.ukjent("timerMedTimeloenn.", t.Rest)
	m.nevn("timerMedTimeloenn.sporingsinformasjon", t.Sporingsinformasjon)
	return store.TimerMedTimeloenn{
		Antall:              store.Desimal(t.Antall),
		Startdato:           store.Dato(t.Startdato),
		Sluttdato:           store.Dato(t.Sluttdato),
		Rapporteringsmaaned: store.Maaned(t.Rapporteringsmaaned),
	}
}

func (u *v2Utland) opphold(m *Merknader) store.Utenlandsopphold {
	m.ukjent("utenlandsopphold.", u.Rest)
	m.nevn("utenlandsopphold.sporingsinformasjon", u.Sporingsinformasjon)
	return store.Utenlandsopphold{
		Land:                u.Land.verdi("utenlandsopphold.land.", m),
		Startdato:           store.Dato(u.Startdato),
		Sluttdato:           store.Dato(u.Sluttdato),
		Rapporteringsmaaned: store.Maaned(u.Rapporteringsmaaned),
	}
}
