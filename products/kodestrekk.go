package products

import (
	"bytes"
	"sync/atomic"

	"aareg/store"
)

// kodestrekk is the stretch that an arbeidsforhold in a list is written as from its type to the yrke of its agreement, which
// stand together in a row: codes with their texts, most of a row's letters.
type kodestrekk struct {
	typ, yrke store.Kodeverdi
	flagg     uint8
	strekk    []byte
}

// The flags of a kodestrekk: an arbeidsforhold that is reported under a-ordningen, one that has an agreement, and the dialect.
const (
	strekkAOrdningen = 1 << iota
	strekkAvtale
	strekk2015
)

// kodestrekker are the first that were written, for all answers: less than two megabytes together. They stay, each in one of
// the forsoek places that are its own; where others have these, codes are written anew each time. One that gave its place to
// the next would cost more than it saves as soon as two take turns.
var kodestrekker [1 << kodebits]atomic.Pointer[kodestrekk]

const (
	kodebits = 12
	forsoek  = 4
)

// kodeplass is the first place that codes may have.
func kodeplass(typ, yrke *store.Kodeverdi, flagg uint8) uint64 {
	h := uint64(len(typ.Kode))<<3 | uint64(flagg)
	if n := min(len(yrke.Kode), 7); n > 0 {
		h = h<<56 ^ lastWord(yrke.Kode, n)
	}
	return h * 0x9e3779b97f4a7c15 >> (64 - kodebits)
}

// finnKoder is the stretch of codes, or else the place that it is to have; neither when all its places are others'.
func finnKoder(typ, yrke *store.Kodeverdi, flagg uint8) (strekk []byte, ledig *atomic.Pointer[kodestrekk]) {
	at := kodeplass(typ, yrke, flagg)
	for i := range uint64(forsoek) {
		plass := &kodestrekker[(at+i)%uint64(len(kodestrekker))]
		switch der := plass.Load(); {
		case der == nil:
			return nil, plass
		case der.flagg == flagg && der.yrke == *yrke && der.typ == *typ:
			return der.strekk, nil
		}
	}
	return nil, nil
}

var ingenAvtale store.Listeavtale

// writeKoder writes an arbeidsforhold's codes, and leaves the groups that they end in open: the agreements, and the agreement.
// avtale is nil when there is none.
func writeKoder(svar *Svar, rad *store.Listerad, avtale *store.Listeavtale) {
	flagg := svar.dialekt * strekk2015
	if rad.AOrdningen {
		flagg |= strekkAOrdningen
	}
	if avtale != nil {
		flagg |= strekkAvtale
	} else {
		avtale = &ingenAvtale
	}
	strekk, ledig := finnKoder(&rad.Type, &avtale.Yrke, flagg)
	if svar.igjen(strekk) {
		return
	}
	begin := svar.her()
	svar.Text(tagArbeidsforholdstype, arbeidsforholdstyper.Tekst(rad.Type))
	svar.Bool(tagArbeidsforholdInnrapportertEtterAOrdningen, rad.AOrdningen)
	svar.Open(tagArbeidsavtaler)
	if flagg&strekkAvtale != 0 {
		svar.Open(tagArbeidsavtale)
		svar.Text(tagYrkeskode, avtale.Yrke.Kode)
		svar.Text(tagYrkestittel, yrker.Tekst(avtale.Yrke))
	}
	if strekk := svar.siden(begin); strekk != nil && ledig != nil {
		ledig.CompareAndSwap(nil, &kodestrekk{rad.Type, avtale.Yrke, flagg, bytes.Clone(strekk)})
	}
}
