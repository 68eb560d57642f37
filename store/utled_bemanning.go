package store

import (
	"cmp"
	"math"
	"slices"
)

// aldri is the day after the last one of what has no end.
const aldri = Dato(math.MaxInt32)

// tilsatt is an arbeidsforhold as it is counted: from its first day until the day after its last.
type tilsatt struct {
	person    int64
	fra, til  Dato
	skjerming skjerming
}

// hendelse is that a bemanning changes on a day, for some rights (bit n for right n): one person comes (1) or goes (-1), or
// there is historikk from then on (0).
type hendelse struct {
	dato    Dato
	retter  uint8
	endring int8
}

// sesMed is for each skjerming the rights that see an arbeidsforhold of it.
var sesMed = [4]uint8{0b1111, 0b1010, 0b1100, 0b1000}

// hendelser are all changes of one bemanning.
type hendelser []hendelse

// finn finds them, by day, given the arbeidsforhold of an employer and all below it, which it sorts.
func (h *hendelser) finn(tilsatte []tilsatt) {
	*h = (*h)[:0]
	h.arbeidstakere(tilsatte)
	h.historikk(tilsatte)
	slices.SortFunc(*h, func(a, b hendelse) int { return cmp.Compare(a.dato, b.dato) })
}

// arbeidstakere finds when persons come and go.
func (h *hendelser) arbeidstakere(tilsatte []tilsatt) {
	slices.SortFunc(tilsatte, func(a, b tilsatt) int {
		return cmp.Or(cmp.Compare(a.person, b.person), cmp.Compare(a.fra, b.fra))
	})
	for len(tilsatte) > 0 {
		n, alike := 1, true
		for ; n < len(tilsatte) && tilsatte[n].person == tilsatte[0].person; n++ {
			alike = alike && tilsatte[n].skjerming == tilsatte[0].skjerming
		}
		if alike { // for nearly everybody
			h.perioder(tilsatte[:n], tilsatte[0].skjerming, sesMed[tilsatte[0].skjerming])
		} else {
			for rett := range skjerming(len(sesMed)) {
				h.perioder(tilsatte[:n], rett, 1<<rett)
			}
		}
		tilsatte = tilsatte[n:]
	}
}

// perioder finds when one person, whose arbeidsforhold are given as they begin, has an active one that a right sees, and adds
// it for all the rights that see the same.
func (h *hendelser) perioder(tilsatte []tilsatt, rett skjerming, retter uint8) {
	var til Dato
	for _, f := range tilsatte {
		switch {
		case f.skjerming&^rett != 0, f.til <= f.fra: // not seen, or never active
			continue
		case f.fra > til:
			if til != 0 {
				*h = append(*h, hendelse{til, retter, -1})
			}
			*h = append(*h, hendelse{f.fra, retter, 1})
		}
		til = max(til, f.til)
	}
	if til != 0 && til != aldri {
		*h = append(*h, hendelse{til, retter, -1})
	}
}

// historikk finds for each skjerming from when there is an ended arbeidsforhold of it.
func (h *hendelser) historikk(tilsatte []tilsatt) {
	first := [...]Dato{aldri, aldri, aldri, aldri}
	for _, f := range tilsatte {
		first[f.skjerming] = min(first[f.skjerming], f.til)
	}
	for s, day := range first {
		if day != aldri {
			*h = append(*h, hendelse{day, sesMed[s], 0})
		}
	}
}

// legg brings a change into what is counted.
func (b *bemanning) legg(h hendelse) {
	if h.endring == 0 {
		b.historikk |= h.retter
	}
	for rett := range b.arbeidstakere {
		if h.retter>>rett&1 != 0 {
			b.arbeidstakere[rett] += int64(h.endring)
		}
	}
}

// dagenEtter is the next day.
func dagenEtter(d Dato) Dato {
	if d%100 < 28 { // in every month
		return d + 1
	}
	return d.AddDays(1)
}
