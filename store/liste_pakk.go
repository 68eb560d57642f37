package store

import (
	"encoding/binary"
	"slices"
	"unsafe"
)

// An employer's list is packed in pieces of listedel entries, in the order of the answer. A piece is a checksum, how many
// codes the register had when the piece was written (4 bytes, little-endian), and its entries. An entry is its length,
// so that one that is not shown is passed over, and what is not in its head.
const (
	listedel = 64
	delhode  = kontrollsum + 4
)

// packListerad packs an entry with its length before it; indre is where it is packed first.
func packListerad(p, indre *pakker, r *pakkerad) {
	indre.b = append(indre.b, byte(r.ArbeidsforholdId)) // tells when head and entry do not belong together
	indre.text(r.Arbeidstaker.Nummer)
	indre.text(r.Arbeidstaker.Navn)
	packListeinnhold(indre, r)
	p.text(borrowed(indre.b))
}

// packListeinnhold packs what an employer's list and a person's have alike.
func packListeinnhold(p *pakker, r *pakkerad) {
	p.text(r.ID)
	p.dag(r.SistBekreftet)
	p.verdi(kodeverkType, r.Type)
	packList(p, r.PermisjonOgPermittering, packPermisjon)
	packList(p, r.avtaler, func(p *pakker, a *Listeavtale) {
		p.dag(a.Periode.Fom)
		p.dag(a.Periode.Tom)
		p.verdi(kodeverkYrke, a.Yrke)
		p.text(string(a.Stillingsprosent))
	})
}

// listehode is the head of the entry.
func (r *Listerad) listehode() listehode {
	h := listehode{r.Begynt, r.Sluttet, r.ArbeidsforholdId, uint8(r.skjerming)}
	if r.AOrdningen {
		h.flagg |= aOrdningenFlagg
	}
	return h
}

// radleser unpacks entries: les each into the place of the one before, innhold behind it.
type radleser struct {
	today       Dato
	rad         Listerad
	permisjoner []Permisjon
}

// nummer is the number of the arbeidstaker alone.
func (l *radleser) nummer(h listehode, u *utpakker) string {
	u.hoererTil(h)
	return u.text()
}

func (l *radleser) les(h listehode, u *utpakker) *Listerad {
	l.permisjoner = l.permisjoner[:0]
	u.hoererTil(h)
	l.rad.Arbeidstaker.Nummer = u.text()
	l.rad.Arbeidstaker.Navn = u.text()
	l.innhold(h, u)
	return &l.rad
}

// innhold unpacks what packListeinnhold packed.
func (l *radleser) innhold(h listehode, u *utpakker) {
	r := &l.rad
	r.Begynt, r.Sluttet, r.ArbeidsforholdId = h.begynt, h.sluttet, h.id
	r.skjerming, r.AOrdningen = skjerming(h.flagg&skjermingFlagg), h.flagg&aOrdningenFlagg != 0
	r.ID = u.text()
	r.SistBekreftet = u.dag()
	r.Type = u.verdi()
	r.PermisjonOgPermittering = nil
	if n := u.count(); n > 0 {
		l.permisjoner = slices.Grow(l.permisjoner, n)[:len(l.permisjoner)+n]
		r.PermisjonOgPermittering = slices.Clip(l.permisjoner[len(l.permisjoner)-n:])
		for i := range r.PermisjonOgPermittering {
			unpackPermisjon(u, &r.PermisjonOgPermittering[i])
		}
	}
	r.lesAvtale(u, r.gjelder(l.today))
}

// lesAvtale reads agreements as far as the current one: the newest that has begun on a day; of an arbeidsforhold that is still
// to begin, the first. They come last in the entry: the others are not read.
func (r *Listerad) lesAvtale(u *utpakker, day Dato) {
	n := u.count()
	if r.HarAvtale = n > 0; !r.HarAvtale {
		r.Avtale = Listeavtale{}
		return
	}
	a := &r.Avtale
	for range n {
		a.Periode = Periode{Fom: u.dag(), Tom: u.dag()}
		a.Yrke = u.verdi()
		a.Stillingsprosent = u.desimal()
		if a.Periode.Fom <= day {
			break
		}
	}
	a.Yrke = u.koder.yrke(a.Yrke)
}

// hoererTil is damage unless the entry is that of the head.
func (u *utpakker) hoererTil(h listehode) {
	if !u.more() || u.s[u.at] != byte(h.id) {
		u.fail()
		return
	}
	u.at++
}

// dag packs a date in four bytes, the low one first: quicker to read than dato, which most often is as long.
func (p *pakker) dag(d Dato) { p.b = binary.LittleEndian.AppendUint32(p.b, uint32(d)) }

func (u *utpakker) dag() Dato {
	s, at := u.s, u.at
	if uint(len(s)) < at+4 {
		return Dato(u.fail())
	}
	u.at = at + 4
	return Dato(s[at]) | Dato(s[at+1])<<8 | Dato(s[at+2])<<16 | Dato(s[at+3])<<24
}

// skrivDelhode writes what a piece begins with, when the rest is in it.
func skrivDelhode(del []byte, koder int) {
	binary.LittleEndian.PutUint32(del[kontrollsum:], uint32(koder))
	summer(del)
}

// aapneDel is the entries of a piece, and the number of codes that they were written with.
func aapneDel(del []byte) (oppslag []byte, koder int, err error) {
	b, err := summert(del)
	if err != nil || len(b) < delhode-kontrollsum {
		return nil, 0, errDok
	}
	return b[4:], int(binary.LittleEndian.Uint32(b)), nil
}

// borrowed is bytes as a text that is not copied. It is right as long as they stay where and as they are.
func borrowed(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }
