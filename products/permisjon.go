package products

import "aareg/store"

// writePermisjonOgPermittering writes leaves and lay-offs as one list, newest first, out of two that each are (§§ 2.2,
// 2.3, 2.6); of one day, those of the first list come first. The group is left out when there are none.
func writePermisjonOgPermittering(svar *Svar, a, b []store.Permisjon) {
	if len(a)+len(b) == 0 {
		return
	}
	svar.Open(tagPermisjonOgPermittering)
	for len(a)+len(b) > 0 {
		from := &a
		if len(a) == 0 || len(b) > 0 && b[0].Startdato > a[0].Startdato {
			from = &b
		}
		writePermisjonIPeriode(svar, &(*from)[0])
		*from = (*from)[1:]
	}
	svar.Close(tagPermisjonOgPermittering)
}

func writePermisjonIPeriode(svar *Svar, p *store.Permisjon) {
	svar.Open(tagPermisjonOgPermitteringIPeriode)
	svar.Text(tagPermisjonsId, p.ID)
	writePeriode(svar, p.Startdato, p.Sluttdato)
	svar.Text(tagPermisjonsprosent, string(p.Prosent))
	svar.Text(tagPermisjonOgPermittering, permisjonstyper.Tekst(p.Type))
	svar.Close(tagPermisjonOgPermitteringIPeriode)
}

func writePeriode(svar *Svar, fom, tom store.Dato) {
	svar.Open(tagPeriode)
	svar.Dato(tagFom, fom)
	svar.Dato(tagTom, tom)
	svar.Close(tagPeriode)
}
