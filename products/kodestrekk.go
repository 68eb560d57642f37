package products

import (
	"bytes"
	"hash/maphash"
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

// kodestrekker are those that were written last, for all answers, each in the place of its codes. They are less than a
// megabyte together.
var kodestrekker [1 << 10]atomic.Pointer[kodestrekk]

var kodefroe = maphash.MakeSeed()

func (k *koder) plass() *atomic.Pointer[kodestrekk] {
	h := maphash.String(kodefroe, k.yrke.Kode) + uint64(len(k.typ.Kode))<<1
	if k.aOrdningen {
		h++
	}
	return &kodestrekker[h%uint64(len(kodestrekker))]
}

// writeKoder writes an arbeidsforhold's koder, and leaves the groups that they end in open: the agreements, and the agreement.
// avtale is nil when there is none.
func writeKoder(svar *Svar, rad *store.Listerad, avtale *store.Listeavtale) {
	k := koder{typ: rad.Type, aOrdningen: rad.AOrdningen, dialekt: svar.dialekt}
	if avtale != nil {
		k.yrke, k.avtale = avtale.Yrke, true
	}
	plass := k.plass()
	if sist := plass.Load(); sist != nil && sist.koder == k && svar.igjen(sist.strekk) {
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
	if strekk := svar.siden(begin); strekk != nil {
		plass.Store(&kodestrekk{k, bytes.Clone(strekk)})
	}
}
