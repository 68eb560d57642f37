package products

import (
	"bytes"
	"sync/atomic"

	"aareg/store"
)

// koder are what an arbeidsforhold in a list says from its type to the yrke of its agreement, which stand together in a row.
type koder struct {
	typ, yrke          store.Kodeverdi
	aOrdningen, avtale bool // avtale: it has an agreement
	dialekt            uint8
}

// kodestrekk is the stretch that they are written as.
type kodestrekk struct {
	koder
	strekk []byte
}

// kodestrekker are the first that were written, for all answers: less than two megabytes together. They stay, each in one of
// the forsoek places that are its own; where others have these, codes are written anew each time. One that gave its place to
// the next would cost more than it saves as soon as two take turns.
var kodestrekker [1 << kodebits]atomic.Pointer[kodestrekk]

const (
	kodebits = 12
	forsoek  = 4
)

// plass is the first place that codes may have.
func (k *koder) plass() uint64 {
	h := uint64(len(k.typ.Kode)) << 2
	if k.aOrdningen {
		h |= 1
	}
	if k.avtale {
		h |= 2
	}
	if n := min(len(k.yrke.Kode), 7); n > 0 {
		h = h<<56 ^ lastWord(k.yrke.Kode, n)
	}
	return (h + uint64(k.dialekt)) * 0x9e3779b97f4a7c15 >> (64 - kodebits)
}

// finn is the stretch of the codes, or else the place that it is to have; neither when all its places are others'.
func (k *koder) finn() (strekk []byte, ledig *atomic.Pointer[kodestrekk]) {
	at := k.plass()
	for i := range uint64(forsoek) {
		plass := &kodestrekker[(at+i)%uint64(len(kodestrekker))]
		switch der := plass.Load(); {
		case der == nil:
			return nil, plass
		case der.koder == *k:
			return der.strekk, nil
		}
	}
	return nil, nil
}

// writeKoder writes an arbeidsforhold's koder, and leaves the groups that they end in open: the agreements, and the agreement.
// avtale is nil when there is none.
func writeKoder(svar *Svar, rad *store.Listerad, avtale *store.Listeavtale) {
	k := koder{typ: rad.Type, aOrdningen: rad.AOrdningen, dialekt: svar.dialekt}
	if avtale != nil {
		k.yrke, k.avtale = avtale.Yrke, true
	}
	strekk, ledig := k.finn()
	if svar.igjen(strekk) {
		return
	}
	begin := svar.her()
	svar.Text(tagArbeidsforholdstype, arbeidsforholdstyper.Tekst(k.typ))
	svar.Bool(tagArbeidsforholdInnrapportertEtterAOrdningen, k.aOrdningen)
	svar.Open(tagArbeidsavtaler)
	if k.avtale {
		svar.Open(tagArbeidsavtale)
		svar.Text(tagYrkeskode, k.yrke.Kode)
		svar.Text(tagYrkestittel, yrker.Tekst(k.yrke))
	}
	if strekk := svar.siden(begin); strekk != nil && ledig != nil {
		ledig.CompareAndSwap(nil, &kodestrekk{k, bytes.Clone(strekk)})
	}
}
