package products

import "aareg/store"

// writeAdresser writes the ten leaves of an employer's two addresses (§§ 2.1, 2.2, 2.4).
func writeAdresser(svar *Svar, forretning, post *store.Adresse) {
	svar.linje(tagFadresse1, forretning, 1)
	svar.linje(tagFadresse2, forretning, 2)
	svar.linje(tagFadresse3, forretning, 3)
	svar.Text(tagFpostnr, forretning.Postnr)
	svar.Text(tagFpoststed, forretning.Poststed)
	var ingen *strekkplass
	if len(post.Linjer) == 0 && post.Postnr == "" && post.Poststed == "" { // as most are
		ingen = &ingenPostadresse[svar.dialekt]
	}
	svar.enGang(ingen, func() {
		svar.linje(tagPadresse1, post, 1)
		svar.linje(tagPadresse2, post, 2)
		svar.linje(tagPadresse3, post, 3)
		svar.Text(tagPpostnr, post.Postnr)
		svar.Text(tagPpoststed, post.Poststed)
	})
}

// ingenPostadresse is a postal address of which nothing is known, by dialect.
var ingenPostadresse [2]strekkplass

// linje writes what Adresse.Linje is: line 1, 2 or 3, lines beyond the third behind it after a comma, which are put
// together where they stand.
func (s *Svar) linje(tag *Tag, a *store.Adresse, n int) {
	switch {
	case n > len(a.Linjer):
		s.Text(tag, "")
	case n < 3 || len(a.Linjer) == 3:
		s.Text(tag, a.Linjer[n-1])
	case !s.begrenset || s.shows(tag):
		s.begin(tag)
		s.text(a.Linjer[2])
		for _, more := range a.Linjer[3:] {
			s.text(", ")
			s.text(more)
		}
		s.end(tag, s.room(0), 0)
	}
}

// writeArbeidsgiver writes the leaves that §§ 2.1 and 2.2 begin their data with: who the employer is and where.
func writeArbeidsgiver(svar *Svar, today store.Dato, a *store.Arbeidsgiver) {
	svar.Text(tagOrgnr, a.Nummer)
	svar.Text(tagOrgnrHovedenhet, a.Overordnet.Nummer)
	svar.Text(tagNavnHovedenhet, a.Overordnet.Navn)
	svar.Text(tagNavn, a.Navn)
	if a.Person {
		svar.Text(tagKjoenn, a.Kjoenn)
		svar.alder(a.Alder(today))
	}
	writeAdresser(svar, &a.Forretningsadresse, &a.Postadresse)
}

// alder writes an age, empty when the birth date is not known.
func (s *Svar) alder(years int, known bool) {
	if !known {
		s.Text(tagAlder, "")
		return
	}
	s.Number(tagAlder, int64(years))
}
