package products

import (
	"context"
	"strconv"

	"aareg/store"
	"aareg/wsdl/bindings"
)

// HentArbeidsforhold answers § 2.6: everything about one arbeidsforhold, newest first in every list.
func HentArbeidsforhold(ctx context.Context, q Query, r *bindings.HentArbeidsforholdType, svar *Svar) error {
	var s spoerring
	mandatory(&s, "arbeidsforholdId", r.ArbeidsforholdId)
	digits := matching(&s, "arbeidsforholdId", r.ArbeidsforholdId, arbeidsforholdId, "må være 1 til 18 siffer")
	if s.err != nil {
		return s.err
	}
	id, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return err
	}
	a, err := q.Store.Arbeidsforhold(ctx, q.View, id)
	if err != nil {
		return err
	}
	svar.Person(a.Arbeidstaker.Nummer)
	svar.Person(a.Arbeidsgiver.Nummer)
	svar.Person(a.Opplysningspliktig.Nummer)
	svar.Antall(1)
	svar.Status(protected(a.Gradering, Komplett))
	svar.Open("arbeidsforhold")
	svar.Open("arbeidsforhold")
	svar.Number("arbeidsforholdId", a.ArbeidsforholdId)
	svar.Text("agArbeidsforholdId", a.ID)
	svar.Open("arbeidsgiver")
	svar.Text("arbeidsgiverId", a.Arbeidsgiver.Nummer)
	svar.Text("navn", a.Arbeidsgiver.Navn)
	svar.Close("arbeidsgiver")
	svar.Open("opplysningspliktig")
	svar.Text("orgnr", a.Opplysningspliktig.Nummer)
	svar.Text("navn", a.Opplysningspliktig.Navn)
	svar.Close("opplysningspliktig")
	svar.Open("Arbeidstaker") // sic: capital A
	svar.Text("efnavn", a.Arbeidstaker.Navn)
	svar.Text("arbeidstakerId", a.Arbeidstaker.Nummer)
	svar.Close("Arbeidstaker")
	svar.Dato("begyntdato", a.Ansettelsesperiode.Startdato)
	svar.Dato("sluttetdato", a.Ansettelsesperiode.Sluttdato)
	svar.Dato("registrertFoersteGang", a.Opprettet.Dato())
	svar.Text("arbeidsforholdstype", a.Type.Tekst("arbeidsforholdstype"))
	svar.Bool("arbeidsforholdInnrapportertEtterAOrdningen", a.AOrdningen())
	svar.Dato("datoSistFunksjoneltOppdatert", a.SistEndret.Dato())
	svar.Dato("datoSistBekreftet", a.SistBekreftet.Dato())
	svar.Open("arbeidsavtaler")
	for i := range a.Ansettelsesdetaljer {
		writeArbeidsavtale(svar, &a.Ansettelsesdetaljer[i], a.Maritimt())
	}
	svar.Close("arbeidsavtaler")
	writeTimer(svar, a.TimerMedTimeloenn)
	writePermisjonOgPermittering(svar, a.PermisjonerOgPermitteringer())
	writeUtenlandsopphold(svar, a.Utenlandsopphold)
	svar.Close("arbeidsforhold")
	svar.Close("arbeidsforhold")
	return nil
}

func writeArbeidsavtale(svar *Svar, d *store.Ansettelsesdetaljer, maritimt bool) {
	svar.Open("arbeidsavtale")
	svar.Text("arbeidstidsordning", d.Arbeidstidsordning.Tekst("arbeidstidsordning"))
	svar.Text("avloenningstype", d.Avloenningstype.Tekst("avloenningstype"))
	svar.Text("yrkeskode", d.Yrke.Kode)
	svar.Text("yrkestittel", d.Yrke.Tekst("yrke"))
	svar.Text("avtaltArbeidstimerPerUke", string(d.AvtalteTimer()))
	svar.Text("timerIFullStilling", string(d.TimerIFullStilling()))
	svar.Text("stillingsprosent", string(d.AvtaltStillingsprosent))
	svar.Text("berAntTimerPerUke", string(d.BeregnedeTimer()))
	svar.Dato("sisteLoennsendringsdato", d.SisteLoennsendring)
	svar.Dato("gyldighetsperiode_fom", d.Gyldighetsperiode.Fom)
	svar.Dato("gyldighetsperiode_tom", d.Gyldighetsperiode.Tom)
	svar.Text("antallTimerGammeltAa", string(d.AntallTimerGammeltAa))
	svar.Dato("endringsdatoStillingsprosent", d.SisteStillingsprosentendring)
	if maritimt {
		svar.Text("fartsomraade", d.Fartsomraade.Tekst("fartsomraade"))
		svar.Text("skipsregister", d.Skipsregister.Tekst("skipsregister"))
		svar.Text("skipstype", d.Fartoeystype.Tekst("skipstype"))
	}
	svar.Close("arbeidsavtale")
}

func writeTimer(svar *Svar, list []store.TimerMedTimeloenn) {
	if len(list) == 0 {
		return
	}
	svar.Open("antallTimerForTimelønnet")
	for i := range list {
		t := &list[i]
		svar.Open("timerIPerioden")
		writePeriode(svar, t.Startdato, t.Sluttdato)
		svar.Text("antallTimer", string(t.Antall))
		svar.Maaned("rapporteringsperiode", t.Rapporteringsmaaned)
		svar.Close("timerIPerioden")
	}
	svar.Close("antallTimerForTimelønnet")
}

func writeUtenlandsopphold(svar *Svar, list []store.Utenlandsopphold) {
	if len(list) == 0 {
		return
	}
	svar.Open("utenlandsopphold")
	for i := range list {
		o := &list[i]
		svar.Open("utenlandsoppholdIPeriode")
		svar.Text("land", o.Land.Tekst("landkode"))
		svar.Maaned("rapporteringsperiode", o.Rapporteringsmaaned)
		writePeriode(svar, o.Startdato, o.Sluttdato)
		svar.Close("utenlandsoppholdIPeriode")
	}
	svar.Close("utenlandsopphold")
}
