package kilder

import (
	"strings"

	"aareg/store"
)

// What an arbeidsforhold of the v1 shape says beside who and which. Codes stay bare: their texts are looked up in the
// code lists when they are shown.

func (k *v1) fyll(a *store.Arbeidsforhold, m *Merknader) {
	m.ukjent("", k.Rest)
	m.nevn("sporingsinformasjon", k.Sporingsinformasjon)
	k.Bruksperiode.nevn("bruksperiode.", m)
	a.ID = k.ArbeidsforholdId
	a.Type = kode(k.Type)
	a.Ansettelsesdetaljer = liste(k.Arbeidsavtaler, func(d *v1Avtale) store.Ansettelsesdetaljer { return d.detaljer(m) })
	for i := range k.PermisjonPermitteringer {
		p := k.PermisjonPermitteringer[i].permisjon(m)
		if strings.EqualFold(p.Type.Kode, "permittering") {
			a.Permitteringer = append(a.Permitteringer, p)
		} else {
			a.Permisjoner = append(a.Permisjoner, p)
		}
	}
	a.TimerMedTimeloenn = liste(k.AntallTimerForTimeloennet, func(t *v1Timer) store.TimerMedTimeloenn { return t.timer(m) })
	a.Utenlandsopphold = liste(k.Utenlandsopphold, func(u *v1Utland) store.Utenlandsopphold { return u.opphold(m) })
	a.Varsler = liste(k.Varsler, func(v *v1Varsel) store.Varsel {
		m.ukjent("varsler.", v.Rest)
		return store.Varsel{Entitet: entitet(v.Entitet), Varsling: kode(v.Varslingskode)}
	})
	a.Rapporteringsordning = k.ordning()
	a.Opprettet = store.Tidspunkt(k.Registrert)
	a.SistBekreftet = store.Tidspunkt(k.SistBekreftet)
}

// ordning is the code that the newer services have for innrapportertEtterAOrdningen.
func (k *v1) ordning() store.Kodeverdi {
	switch {
	case k.InnrapportertEtterAOrdningen == nil:
		return store.Kodeverdi{}
	case *k.InnrapportertEtterAOrdningen:
		return kode("A_ORDNINGEN")
	}
	return kode("FOER_A_ORDNINGEN")
}

// entitet is spelt as the newer services spell it. What these do not have stays as it is.
func entitet(s string) string {
	for _, known := range [...]string{"Arbeidsforhold", "Ansettelsesperiode", "Permisjon", "Permittering"} {
		if strings.EqualFold(s, known) {
			return known
		}
	}
	return s
}

// detaljer are those of an agreement. The one figure that there is for hours stands in AntallTimerPrUke, and the
// register lets it stand for both.
func (d *v1Avtale) detaljer(m *Merknader) store.Ansettelsesdetaljer {
	m.ukjent("arbeidsavtaler.", d.Rest)
	m.nevn("arbeidsavtaler.sporingsinformasjon", d.Sporingsinformasjon)
	d.Bruksperiode.nevn("arbeidsavtaler.bruksperiode.", m)
	if d.Bruksperiode.Tom != "" {
		m.bemerk("an arbeidsavtale whose bruksperiode has ended was kept, since it may be the only one of its days")
	}
	return store.Ansettelsesdetaljer{
		Type:                         d.Type,
		Arbeidstidsordning:           kode(d.Arbeidstidsordning),
		Ansettelsesform:              kode(d.Ansettelsesform),
		Yrke:                         kode(d.Yrke),
		AntallTimerPrUke:             store.Desimal(d.AntallTimerPrUke),
		AvtaltStillingsprosent:       store.Desimal(d.Stillingsprosent),
		BeregnetAntallTimerPrUke:     store.Desimal(d.BeregnetAntallTimerPrUke),
		SisteStillingsprosentendring: store.Dato(d.SistStillingsendring),
		SisteLoennsendring:           store.Dato(d.SistLoennsendring),
		Gyldighetsperiode:            d.Gyldighetsperiode.periode("arbeidsavtaler.gyldighetsperiode.", m),
		Fartsomraade:                 kode(d.Fartsomraade),
		Skipsregister:                kode(d.Skipsregister),
		Fartoeystype:                 kode(d.Skipstype),
	}
}

func (p *v1Permisjon) permisjon(m *Merknader) store.Permisjon {
	m.ukjent("permisjonPermitteringer.", p.Rest)
	m.nevn("permisjonPermitteringer.sporingsinformasjon", p.Sporingsinformasjon)
	days := p.Periode.periode("permisjonPermitteringer.periode.", m)
	return store.Permisjon{
		ID: p.PermisjonPermitteringId, Type: kode(p.Type), Startdato: days.Fom, Sluttdato: days.Tom,
		Prosent: store.Desimal(p.Prosent), Varsling: kode(p.Varslingskode),
	}
}

func (t *v1Timer) timer(m *Merknader) store.TimerMedTimeloenn {
	m.ukjent("antallTimerForTimeloennet.", t.Rest)
	m.nevn("antallTimerForTimeloennet.sporingsinformasjon", t.Sporingsinformasjon)
	days := t.Periode.periode("antallTimerForTimeloennet.periode.", m)
	return store.TimerMedTimeloenn{
		Antall: store.Desimal(t.AntallTimer), Startdato: days.Fom, Sluttdato: days.Tom,
		Rapporteringsmaaned: store.Maaned(t.Rapporteringsperiode),
	}
}

func (u *v1Utland) opphold(m *Merknader) store.Utenlandsopphold {
	m.ukjent("utenlandsopphold.", u.Rest)
	m.nevn("utenlandsopphold.sporingsinformasjon", u.Sporingsinformasjon)
	days := u.Periode.periode("utenlandsopphold.periode.", m)
	return store.Utenlandsopphold{
		Land: kode(u.Landkode), Startdato: days.Fom, Sluttdato: days.Tom, Rapporteringsmaaned: store.Maaned(u.Rapporteringsperiode),
	}
}
