package products

import "aareg/store"

// writeArbeidsforholdIListe writes what an arbeidsforhold in a list says after its parties (§§ 2.2, 2.3). Its
// arbeidsavtaler are the current one alone: history is § 2.6's.
func writeArbeidsforholdIListe(svar *Svar, today store.Dato, rad *store.Listerad) {
	svar.Dato(tagBegyntdato, rad.Begynt)
	svar.Dato(tagSluttetdato, rad.Sluttet)
	svar.Dato(tagDatoSistBekreftet, rad.SistBekreftet)
	avtale := rad.Avtale(today)
	writeKoder(svar, rad, avtale)
	if avtale != nil {
		svar.Text(tagStillingsprosent, string(avtale.Stillingsprosent))
		svar.Dato(tagGyldighetsperiodeTom, avtale.Periode.Tom)
		svar.Close(tagArbeidsavtale)
	}
	svar.Close(tagArbeidsavtaler)
	writePermisjonOgPermittering(svar, rad.PermisjonOgPermittering, nil)
}

var ingenAvtale store.Listeavtale

// writeKoder writes an arbeidsforhold's codes, and leaves the groups that they end in open: the agreements, and the agreement.
// avtale is nil when there is none.
func writeKoder(svar *Svar, rad *store.Listerad, avtale *store.Listeavtale) {
	flagg := uint8(0)
	if rad.AOrdningen {
		flagg |= strekkAOrdningen
	}
	if avtale != nil {
		flagg |= strekkAvtale
	} else {
		avtale = &ingenAvtale
	}
	svar.koder(&rad.Type, &avtale.Yrke, flagg, func() {
		svar.Text(tagArbeidsforholdstype, arbeidsforholdstyper.Tekst(rad.Type))
		svar.Bool(tagArbeidsforholdInnrapportertEtterAOrdningen, rad.AOrdningen)
		svar.Open(tagArbeidsavtaler)
		if flagg&strekkAvtale != 0 {
			svar.Open(tagArbeidsavtale)
			svar.Text(tagYrkeskode, avtale.Yrke.Kode)
			svar.Text(tagYrkestittel, yrker.Tekst(avtale.Yrke))
		}
	})
}
