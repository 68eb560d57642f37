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
