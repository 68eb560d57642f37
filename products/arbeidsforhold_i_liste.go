package products

import "aareg/store"

// writeArbeidsforholdIListe writes what an arbeidsforhold in a list says after its parties (§§ 2.2, 2.3). Its
// arbeidsavtaler are the current one alone: history is § 2.6's.
func writeArbeidsforholdIListe(svar *Svar, today store.Dato, rad *store.Listerad) {
	svar.Dato("begyntdato", rad.Begynt)
	svar.Dato("sluttetdato", rad.Sluttet)
	svar.Dato("datoSistBekreftet", rad.SistBekreftet)
	svar.Text("arbeidsforholdstype", rad.Type.Tekst("arbeidsforholdstype"))
	svar.Bool("arbeidsforholdInnrapportertEtterAOrdningen", rad.AOrdningen)
	svar.Open("arbeidsavtaler")
	if avtale := rad.Avtale(today); avtale != nil {
		svar.Open("arbeidsavtale")
		svar.Text("yrkeskode", avtale.Yrke.Kode)
		svar.Text("yrkestittel", avtale.Yrke.Tekst("yrke"))
		svar.Text("stillingsprosent", string(avtale.Stillingsprosent))
		svar.Dato("gyldighetsperiode_tom", avtale.Periode.Tom)
		svar.Close("arbeidsavtale")
	}
	svar.Close("arbeidsavtaler")
	writePermisjonOgPermittering(svar, rad.PermisjonOgPermittering)
}
