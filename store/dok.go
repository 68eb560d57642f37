package store

// The document of an arbeidsforhold: all that no column of its row holds, packed in one blob, because one row read
// and one pass over some 200 bytes is what an answer may cost. Its parts come in the order of the functions below;
// dokVersjon is raised when that changes, together with the schema's version.
const dokVersjon = 2

// The names under which the kodebok keeps the codes of each list.
const (
	kodeverkType          = "arbeidsforholdstype"
	kodeverkArbeidstid    = "arbeidstidsordning"
	kodeverkForm          = "ansettelsesform"
	kodeverkLoenn         = "avloenningstype"
	kodeverkYrke          = "yrke"
	kodeverkFart          = "fartsomraade"
	kodeverkSkipsregister = "skipsregister"
	kodeverkSkipstype     = "skipstype"
	kodeverkPermisjon     = "permisjonOgPermittering"
	kodeverkSluttaarsak   = "sluttaarsak"
	kodeverkVarsling      = "varsling"
	kodeverkOrdning       = "rapporteringsordning"
	kodeverkLand          = "landkode"
	kodeverkDetaljer      = "ansettelsesdetaljer" // Ordinaer, Maritim, …: no list of codes, but few words
	kodeverkPart          = "part"                // Person, Underenhet, …: the same
)

func packArbeidsforhold(p *pakker, a *Arbeidsforhold) {
	p.number(dokVersjon)
	p.text(a.ID)
	p.verdi(kodeverkType, a.Type)
	p.verdi(kodeverkOrdning, a.Rapporteringsordning)
	p.text(string(a.Opprettet))
	p.text(string(a.SistBekreftet))
	p.text(string(a.SistEndret))
	packList(p, a.Ansettelsesdetaljer, packDetaljer)
	packList(p, a.Permisjoner, packPermisjon)
	packList(p, a.Permitteringer, packPermisjon)
	packList(p, a.TimerMedTimeloenn, packTimer)
	packList(p, a.Utenlandsopphold, packUtenlandsopphold)
	p.verdi(kodeverkSluttaarsak, a.Ansettelsesperiode.Sluttaarsak)
	p.verdi(kodeverkVarsling, a.Ansettelsesperiode.Varsling)
	packList(p, a.IdHistorikk, packIdHistorikk)
	packList(p, a.Varsler, packVarsel)
	for _, part := range []Part{a.Arbeidstaker, a.Arbeidssted, a.Opplysningspliktig} {
		p.verdi(kodeverkPart, Kodeverdi{Kode: part.Type})
	}
}

func unpackArbeidsforhold(u *utpakker, a *Arbeidsforhold) error {
	if u.number() != dokVersjon {
		u.fail()
	}
	a.ID = u.text()
	a.Type = u.verdi()
	a.Rapporteringsordning = u.verdi()
	a.Opprettet = u.tidspunkt()
	a.SistBekreftet = u.tidspunkt()
	a.SistEndret = u.tidspunkt()
	a.Ansettelsesdetaljer = unpackList(u, a.Ansettelsesdetaljer, unpackDetaljer)
	a.Permisjoner = unpackList(u, a.Permisjoner, unpackPermisjon)
	a.Permitteringer = unpackList(u, a.Permitteringer, unpackPermisjon)
	a.TimerMedTimeloenn = unpackList(u, a.TimerMedTimeloenn, unpackTimer)
	a.Utenlandsopphold = unpackList(u, a.Utenlandsopphold, unpackUtenlandsopphold)
	a.Ansettelsesperiode.Sluttaarsak = u.verdi()
	a.Ansettelsesperiode.Varsling = u.verdi()
	a.IdHistorikk = unpackList(u, a.IdHistorikk, unpackIdHistorikk)
	a.Varsler = unpackList(u, a.Varsler, unpackVarsel)
	a.Arbeidstaker.Type, a.Arbeidssted.Type, a.Opplysningspliktig.Type = u.verdi().Kode, u.verdi().Kode, u.verdi().Kode
	if u.more() {
		u.fail()
	}
	return u.err
}

func packDetaljer(p *pakker, d *Ansettelsesdetaljer) {
	p.verdi(kodeverkDetaljer, Kodeverdi{Kode: d.Type})
	p.verdi(kodeverkArbeidstid, d.Arbeidstidsordning)
	p.verdi(kodeverkForm, d.Ansettelsesform)
	p.verdi(kodeverkLoenn, d.Avloenningstype)
	p.verdi(kodeverkYrke, d.Yrke)
	p.text(string(d.AntallTimerPrUke))
	p.text(string(d.AvtaltArbeidstimerPerUke))
	p.text(string(d.AvtaltStillingsprosent))
	p.text(string(d.BeregnetAntallTimerPrUke))
	p.text(string(d.AntallTimerGammeltAa))
	p.dato(d.SisteStillingsprosentendring)
	p.dato(d.SisteLoennsendring)
	p.maaned(d.Rapporteringsmaaneder.Fra)
	p.maaned(d.Rapporteringsmaaneder.Til)
	p.dato(d.Gyldighetsperiode.Fom)
	p.dato(d.Gyldighetsperiode.Tom)
	p.verdi(kodeverkFart, d.Fartsomraade)
	p.verdi(kodeverkSkipsregister, d.Skipsregister)
	p.verdi(kodeverkSkipstype, d.Fartoeystype)
}

func unpackDetaljer(u *utpakker, d *Ansettelsesdetaljer) {
	d.Type = u.verdi().Kode
	d.Arbeidstidsordning = u.verdi()
	d.Ansettelsesform = u.verdi()
	d.Avloenningstype = u.verdi()
	d.Yrke = u.verdi()
	d.AntallTimerPrUke = u.desimal()
	d.AvtaltArbeidstimerPerUke = u.desimal()
	d.AvtaltStillingsprosent = u.desimal()
	d.BeregnetAntallTimerPrUke = u.desimal()
	d.AntallTimerGammeltAa = u.desimal()
	d.SisteStillingsprosentendring = u.dato()
	d.SisteLoennsendring = u.dato()
	d.Rapporteringsmaaneder.Fra = u.maaned()
	d.Rapporteringsmaaneder.Til = u.maaned()
	d.Gyldighetsperiode.Fom = u.dato()
	d.Gyldighetsperiode.Tom = u.dato()
	d.Fartsomraade = u.verdi()
	d.Skipsregister = u.verdi()
	d.Fartoeystype = u.verdi()
}

func packPermisjon(p *pakker, l *Permisjon) {
	p.text(l.ID)
	p.verdi(kodeverkPermisjon, l.Type)
	p.dato(l.Startdato)
	p.dato(l.Sluttdato)
	p.text(string(l.Prosent))
	p.verdi(kodeverkVarsling, l.Varsling)
	packList(p, l.IdHistorikk, packIdHistorikk)
}

func unpackPermisjon(u *utpakker, l *Permisjon) {
	l.ID = u.text()
	l.Type = u.verdi()
	l.Startdato = u.dato()
	l.Sluttdato = u.dato()
	l.Prosent = u.desimal()
	l.Varsling = u.verdi()
	l.IdHistorikk = unpackList(u, l.IdHistorikk, unpackIdHistorikk)
}

func packTimer(p *pakker, t *TimerMedTimeloenn) {
	p.text(string(t.Antall))
	p.dato(t.Startdato)
	p.dato(t.Sluttdato)
	p.maaned(t.Rapporteringsmaaned)
}

func unpackTimer(u *utpakker, t *TimerMedTimeloenn) {
	t.Antall = u.desimal()
	t.Startdato = u.dato()
	t.Sluttdato = u.dato()
	t.Rapporteringsmaaned = u.maaned()
}

func packUtenlandsopphold(p *pakker, o *Utenlandsopphold) {
	p.verdi(kodeverkLand, o.Land)
	p.dato(o.Startdato)
	p.dato(o.Sluttdato)
	p.maaned(o.Rapporteringsmaaned)
}

func unpackUtenlandsopphold(u *utpakker, o *Utenlandsopphold) {
	o.Land = u.verdi()
	o.Startdato = u.dato()
	o.Sluttdato = u.dato()
	o.Rapporteringsmaaned = u.maaned()
}

func packIdHistorikk(p *pakker, h *IdHistorikk) {
	p.text(h.ID)
	p.text(string(h.Fom))
	p.text(string(h.Tom))
}

func unpackIdHistorikk(u *utpakker, h *IdHistorikk) {
	h.ID = u.text()
	h.Fom = u.tidspunkt()
	h.Tom = u.tidspunkt()
}

func packVarsel(p *pakker, v *Varsel) {
	p.text(v.Entitet)
	p.verdi(kodeverkVarsling, v.Varsling)
}

func unpackVarsel(u *utpakker, v *Varsel) {
	v.Entitet = u.text()
	v.Varsling = u.verdi()
}
