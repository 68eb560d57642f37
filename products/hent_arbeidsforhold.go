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
	defer a.Release()
	svar.Person(a.Arbeidstaker.Nummer)
	svar.Person(a.Arbeidsgiver.Nummer)
	svar.Person(a.Opplysningspliktig.Nummer)
	svar.Antall(1)
	svar.Status(protected(a.Gradering, Komplett))
	writeArbeidsforhold(svar, a)
	return nil
}

func writeArbeidsforhold(svar *Svar, a *store.HentetArbeidsforhold) {
	svar.Open(tagArbeidsforhold)
	svar.Open(tagArbeidsforhold)
	svar.Number(tagArbeidsforholdId, a.ArbeidsforholdId)
	svar.Text(tagAgArbeidsforholdId, a.ID)
	svar.Open(tagArbeidsgiver)
	svar.Text(tagArbeidsgiverId, a.Arbeidsgiver.Nummer)
	svar.Text(tagNavn, a.Arbeidsgiver.Navn)
	svar.Close(tagArbeidsgiver)
	svar.Open(tagOpplysningspliktig)
	svar.Text(tagOrgnr, a.Opplysningspliktig.Nummer)
	svar.Text(tagNavn, a.Opplysningspliktig.Navn)
	svar.Close(tagOpplysningspliktig)
	svar.Open(tagArbeidstakerStorA) // sic: capital A
	svar.Text(tagEfnavn, a.Arbeidstaker.Navn)
	svar.Text(tagArbeidstakerId, a.Arbeidstaker.Nummer)
	svar.Close(tagArbeidstakerStorA)
	svar.Dato(tagBegyntdato, a.Ansettelsesperiode.Startdato)
	svar.Dato(tagSluttetdato, a.Ansettelsesperiode.Sluttdato)
	svar.Dato(tagRegistrertFoersteGang, a.Opprettet.Dato())
	svar.Text(tagArbeidsforholdstype, arbeidsforholdstyper.Tekst(a.Type))
	svar.Bool(tagArbeidsforholdInnrapportertEtterAOrdningen, a.AOrdningen())
	svar.Dato(tagDatoSistFunksjoneltOppdatert, a.SistEndret.Dato())
	svar.Dato(tagDatoSistBekreftet, a.SistBekreftet.Dato())
	svar.Open(tagArbeidsavtaler)
	for i := range a.Ansettelsesdetaljer {
		writeArbeidsavtale(svar, &a.Ansettelsesdetaljer[i], a.Maritimt())
	}
	svar.Close(tagArbeidsavtaler)
	writeTimer(svar, a.TimerMedTimeloenn)
	writePermisjonOgPermittering(svar, a.Permisjoner, a.Permitteringer)
	writeUtenlandsopphold(svar, a.Utenlandsopphold)
	svar.Close(tagArbeidsforhold)
	svar.Close(tagArbeidsforhold)
}

func writeArbeidsavtale(svar *Svar, d *store.Ansettelsesdetaljer, maritimt bool) {
	svar.Open(tagArbeidsavtale)
	svar.Text(tagArbeidstidsordning, arbeidstidsordninger.Tekst(d.Arbeidstidsordning))
	svar.Text(tagAvloenningstype, avloenningstyper.Tekst(d.Avloenningstype))
	svar.Text(tagYrkeskode, d.Yrke.Kode)
	svar.Text(tagYrkestittel, yrker.Tekst(d.Yrke))
	svar.Text(tagAvtaltArbeidstimerPerUke, string(d.AvtalteTimer()))
	svar.Text(tagTimerIFullStilling, string(d.TimerIFullStilling()))
	svar.Text(tagStillingsprosent, string(d.AvtaltStillingsprosent))
	writeBeregnedeTimer(svar, d)
	svar.Dato(tagSisteLoennsendringsdato, d.SisteLoennsendring)
	svar.Dato(tagGyldighetsperiodeFom, d.Gyldighetsperiode.Fom)
	svar.Dato(tagGyldighetsperiodeTom, d.Gyldighetsperiode.Tom)
	svar.Text(tagAntallTimerGammeltAa, string(d.AntallTimerGammeltAa))
	svar.Dato(tagEndringsdatoStillingsprosent, d.SisteStillingsprosentendring)
	if maritimt {
		svar.Text(tagFartsomraade, fartsomraader.Tekst(d.Fartsomraade))
		svar.Text(tagSkipsregister, skipsregistre.Tekst(d.Skipsregister))
		svar.Text(tagSkipstype, skipstyper.Tekst(d.Fartoeystype))
	}
	svar.Close(tagArbeidsavtale)
}

func writeTimer(svar *Svar, list []store.TimerMedTimeloenn) {
	if len(list) == 0 {
		return
	}
	svar.Open(tagAntallTimerForTimeloennet)
	for i := range list {
		t := &list[i]
		svar.Open(tagTimerIPerioden)
		writePeriode(svar, t.Startdato, t.Sluttdato)
		svar.Text(tagAntallTimer, string(t.Antall))
		svar.Maaned(tagRapporteringsperiode, t.Rapporteringsmaaned)
		svar.Close(tagTimerIPerioden)
	}
	svar.Close(tagAntallTimerForTimeloennet)
}

func writeUtenlandsopphold(svar *Svar, list []store.Utenlandsopphold) {
	if len(list) == 0 {
		return
	}
	svar.Open(tagUtenlandsopphold)
	for i := range list {
		o := &list[i]
		svar.Open(tagUtenlandsoppholdIPeriode)
		svar.Text(tagLand, land.Tekst(o.Land))
		svar.Maaned(tagRapporteringsperiode, o.Rapporteringsmaaned)
		writePeriode(svar, o.Startdato, o.Sluttdato)
		svar.Close(tagUtenlandsoppholdIPeriode)
	}
	svar.Close(tagUtenlandsopphold)
}
