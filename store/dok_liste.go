package store

import "slices"

// doklisteminne reads of whole documents what lists show, and keeps what it read.
type doklisteminne struct {
	today       Dato
	filter      Filter
	avtaler     []Listeavtale
	permisjoner []Permisjon
}

// les adds to an entry what its document says; kept is whether the filter keeps it. The agreements are read as far as the
// current one, and of what comes after leaves and lay-offs nothing is.
func (m *doklisteminne) les(r *Listerad, u utpakker) (kept bool, err error) {
	if u.number() != dokVersjon {
		u.fail()
	}
	r.ID = u.text()
	r.Type = u.verdi()
	r.AOrdningen = u.verdi().aOrdningen()
	u.text() // opprettet
	r.SistBekreftet = u.tidspunkt().Dato()
	u.text() // sistEndret
	if !m.filter.keeps(m.today, r.Begynt, r.Sluttet, r.AOrdningen) {
		return false, u.err
	}
	r.Avtaler = m.lesAvtaler(&u, r.gjelder(m.today))
	first := len(m.permisjoner)
	for range 2 { // permisjoner, permitteringer
		for range u.count() {
			m.permisjoner = append(m.permisjoner, Permisjon{})
			unpackPermisjon(&u, &m.permisjoner[len(m.permisjoner)-1])
		}
	}
	r.PermisjonOgPermittering = slices.Clip(m.permisjoner[first:])
	newestFirst(r.PermisjonOgPermittering, byStart)
	return true, u.err
}

// lesAvtaler reads agreements as far as the one that is current on a day, and passes the others by.
func (m *doklisteminne) lesAvtaler(u *utpakker, day Dato) []Listeavtale {
	first, found := len(m.avtaler), false
	for range u.count() {
		a := unpackListeavtale(u)
		if !found {
			m.avtaler = append(m.avtaler, a)
			found = a.Periode.Fom <= day
		}
	}
	return slices.Clip(m.avtaler[first:])
}

// unpackListeavtale is unpackDetaljer of what lists show.
func unpackListeavtale(u *utpakker) (a Listeavtale) {
	u.skip(4) // type, arbeidstidsordning, ansettelsesform, avloenningstype
	a.Yrke = u.koder.yrke(u.verdi())
	u.text() // antallTimerPrUke
	u.text() // avtaltArbeidstimerPerUke
	a.Stillingsprosent = u.desimal()
	u.text()  // beregnetAntallTimerPrUke
	u.text()  // antallTimerGammeltAa
	u.skip(4) // sisteStillingsprosentendring, sisteLoennsendring, rapporteringsmaaneder
	a.Periode = Periode{Fom: u.dato(), Tom: u.dato()}
	u.skip(3) // fartsomraade, skipsregister, fartoeystype
	return a
}

// skip passes numbers, dates or codes by.
func (u *utpakker) skip(n int) {
	for range n {
		u.number()
	}
}
