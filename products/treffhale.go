package products

// treffhale is what a hit among persons ends with.
type treffhale struct {
	kjoenn    string
	alder     int
	kjent     bool // the age is
	historisk bool
}

// treffhaler are the ends that have been written, as stretches: a few hundred, some 100 bytes each, by dialect, historisk,
// kjoenn and age.
var treffhaler [2][2][2][128]strekkplass

// plass is the place of an end; nil when it has none.
func (h *treffhale) plass(dialekt uint8) *strekkplass {
	if !h.kjent || h.kjoenn != "K" && h.kjoenn != "M" || uint(h.alder) >= uint(len(treffhaler[0][0][0])) {
		return nil
	}
	historisk, kjoenn := 0, 0
	if h.historisk {
		historisk = 1
	}
	if h.kjoenn == "M" {
		kjoenn = 1
	}
	return &treffhaler[dialekt][historisk][kjoenn][h.alder]
}

// writeTreffhale writes the end of a hit, and closes it.
func writeTreffhale(svar *Svar, h *treffhale) {
	svar.enGang(h.plass(svar.dialekt), func() {
		svar.Text(tagKjoenn, h.kjoenn)
		svar.alder(h.alder, h.kjent)
		historisk := int64(0) // sic: 0 or 1 here, true or false in § 2.4
		if h.historisk {
			historisk = 1
		}
		svar.Number(tagHistorisk, historisk)
		svar.Close(tagArbeidstaker)
	})
}
