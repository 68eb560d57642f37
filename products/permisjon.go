package products

import "aareg/store"

// writePermisjonOgPermittering writes leaves and lay-offs, newest first (§§ 2.2, 2.3, 2.6); the group is left out
// when there are none.
func writePermisjonOgPermittering(svar *Svar, list []store.Permisjon) {
	if len(list) == 0 {
		return
	}
	svar.Open("permisjonOgPermittering")
	for i := range list {
		p := &list[i]
		svar.Open("permisjonOgPermitteringIPeriode")
		svar.Text("permisjonsId", p.ID)
		writePeriode(svar, p.Startdato, p.Sluttdato)
		svar.Text("permisjonsprosent", string(p.Prosent))
		svar.Text("permisjonOgPermittering", p.Type.Tekst("permisjonOgPermittering"))
		svar.Close("permisjonOgPermitteringIPeriode")
	}
	svar.Close("permisjonOgPermittering")
}

func writePeriode(svar *Svar, fom, tom store.Dato) {
	svar.Open("periode")
	svar.Dato("fom", fom)
	svar.Dato("tom", tom)
	svar.Close("periode")
}
