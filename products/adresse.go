package products

import "aareg/store"

// writeAdresser writes the ten leaves of an employer's two addresses (§§ 2.1, 2.2, 2.4).
func writeAdresser(svar *Svar, forretning, post *store.Adresse) {
	svar.Text("fadresse1", forretning.Linje(1))
	svar.Text("fadresse2", forretning.Linje(2))
	svar.Text("fadresse3", forretning.Linje(3))
	svar.Text("fpostnr", forretning.Postnr)
	svar.Text("fpoststed", forretning.Poststed)
	svar.Text("padresse1", post.Linje(1))
	svar.Text("padresse2", post.Linje(2))
	svar.Text("padresse3", post.Linje(3))
	svar.Text("ppostnr", post.Postnr)
	svar.Text("ppoststed", post.Poststed)
}

// writeArbeidsgiver writes the leaves that §§ 2.1 and 2.2 begin their data with: who the employer is and where.
func writeArbeidsgiver(svar *Svar, today store.Dato, a *store.Arbeidsgiver) {
	svar.Text("orgnr", a.Nummer)
	svar.Text("orgnrHovedenhet", a.Overordnet.Nummer)
	svar.Text("navnHovedenhet", a.Overordnet.Navn)
	svar.Text("navn", a.Navn)
	if a.Person {
		svar.Text("kjoenn", a.Kjoenn)
		svar.alder(a.Alder(today))
	}
	writeAdresser(svar, &a.Forretningsadresse, &a.Postadresse)
}

// alder writes an age, empty when the birth date is not known.
func (s *Svar) alder(years int, known bool) {
	if !known {
		s.Text("alder", "")
		return
	}
	s.Number("alder", int64(years))
}
