package products

import "aareg/store"

// writeArbeidsforholdIListe writes what an arbeidsforhold in a list says after its parties (§§ 2.2, 2.3). Its
// arbeidsavtaler are the current one alone: history is § 2.6's.
func writeArbeidsforholdIListe(svar *Svar, rad *store.Listerad) {
	svar.Dato(tagBegyntdato, rad.Begynt)
	svar.Dato(tagSluttetdato, rad.Sluttet)
	svar.Dato(tagDatoSistBekreftet, rad.SistBekreftet)
	writeKoder(svar, rad)
	if rad.HarAvtale {
		svar.Text(tagStillingsprosent, string(rad.Avtale.Stillingsprosent))
		svar.Dato(tagGyldighetsperiodeTom, rad.Avtale.Periode.Tom)
		svar.Close(tagArbeidsavtale)
	}
	svar.Close(tagArbeidsavtaler)
	writePermisjonOgPermittering(svar, rad.PermisjonOgPermittering, nil)
}

// writeKoder writes an arbeidsforhold's codes, and leaves the groups that they end in open: the agreements, and the agreement.
func writeKoder(svar *Svar, rad *store.Listerad) {
	flagg := uint8(0)
	if rad.AOrdningen {
		flagg |= strekkAOrdningen
	}
	if rad.HarAvtale {
		flagg |= strekkAvtale
	}
	svar.koder(&rad.Type, &rad.Avtale.Yrke, flagg, func() {
		svar.Text(tagArbeidsforholdstype, arbeidsforholdstyper.Tekst(rad.Type))
		svar.Bool(tagArbeidsforholdInnrapportertEtterAOrdningen, rad.AOrdningen)
		svar.Open(tagArbeidsavtaler)
		if rad.HarAvtale {
			svar.Open(tagArbeidsavtale)
			svar.Text(tagYrkeskode, rad.Avtale.Yrke.Kode)
			svar.Text(tagYrkestittel, yrker.Tekst(rad.Avtale.Yrke))
		}
	})
}
