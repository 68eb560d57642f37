package store

import (
	"encoding/binary"
	"hash/crc32"
)

// What filters, views and counts ask of an entry of an employer's list lies apart from the entry, in its head: so that
// which entries an answer shows, and how many there are, is known before one of them is read. The heads of a list are
// packed in the list's order, many to a row: a checksum, then each column of all of them, all numbers little-endian.
// A row has the heads of whole pieces.
const (
	hoderad    = 1024          // heads in a row, at most
	hodelengde = 4 + 4 + 8 + 1 // bytes of begynt, sluttet, id and flagg
)

// listehode is the head of an entry.
type listehode struct {
	begynt, sluttet Dato
	id              int64 // arbeidsforholdId
	flagg           uint8
}

// The flags of a head: its skjerming, whether it is reported under a-ordningen, and whether a piece begins with it.
const (
	skjermingFlagg  = 3
	aOrdningenFlagg = 4
	nyDelFlagg      = 8
)

func (h listehode) plass() listeplass { return listeplass{h.begynt, h.id} }

// summer writes the checksum of what comes after it.
func summer(b []byte) { binary.LittleEndian.PutUint32(b, crc32.Checksum(b[kontrollsum:], castagnoli)) }

// summert is what comes after a checksum that is right.
func summert(b []byte) ([]byte, error) {
	if len(b) < kontrollsum || binary.LittleEndian.Uint32(b) != crc32.Checksum(b[kontrollsum:], castagnoli) {
		return nil, errDok
	}
	return b[kontrollsum:], nil
}

func packHoder(b []byte, list []listehode) []byte {
	b = append(b[:0], make([]byte, kontrollsum)...)
	for i := range list {
		b = binary.LittleEndian.AppendUint32(b, uint32(list[i].begynt))
	}
	for i := range list {
		b = binary.LittleEndian.AppendUint32(b, uint32(list[i].sluttet))
	}
	for i := range list {
		b = binary.LittleEndian.AppendUint64(b, uint64(list[i].id))
	}
	for i := range list {
		b = append(b, list[i].flagg)
	}
	summer(b)
	return b
}

// hoder is a row of heads that is read, column by column.
type hoder struct{ begynt, sluttet, id, flagg []byte }

func unpackHoder(rad []byte) (h hoder, err error) {
	b, err := summert(rad)
	if err != nil {
		return h, err
	}
	n := len(b) / hodelengde
	if len(b) != n*hodelengde || n == 0 || b[16*n]&nyDelFlagg == 0 {
		return h, errDok
	}
	return hoder{b[:4*n], b[4*n : 8*n], b[8*n : 16*n], b[16*n:]}, nil
}

func (h *hoder) hode(i int) listehode {
	return listehode{
		begynt:  Dato(binary.LittleEndian.Uint32(h.begynt[4*i:])),
		sluttet: Dato(binary.LittleEndian.Uint32(h.sluttet[4*i:])),
		id:      int64(binary.LittleEndian.Uint64(h.id[8*i:])),
		flagg:   h.flagg[i],
	}
}

// dager are the first day of an entry, and the last.
func (h *hoder) dager(i int) (begynt, sluttet Dato) {
	begynt = Dato(binary.LittleEndian.Uint32(h.begynt[4*i:]))
	return begynt, ellerAldri(Dato(binary.LittleEndian.Uint32(h.sluttet[4*i:])))
}

// ellerAldri is the last day, as it is compared.
func ellerAldri(sluttet Dato) Dato {
	if sluttet == 0 {
		return aldri
	}
	return sluttet
}

// vist is an entry that is shown: its head, and where the entry stands.
type vist struct {
	listehode
	nr  uint8 // among the entries of its piece, of which there are at most 2 * listedel
	del uint16
}

// opptelling goes through the heads of a list. It counts those that the view sees, and finds those that the filter keeps.
type opptelling struct {
	listeutvalg
	antall, antallTot int
	slutt             periode // the first end of what is seen, and the last end of what has begun
	viste             []vist  // what is shown, of all rows together or, when somebody empties it in between, of the last
	visteDeler        int     // pieces with something that is shown, or as many of them as tell that they are many
	del, nr           int     // the piece and the entry of it that were counted last
	bareAntall        bool    // what is shown is counted, and not found
}

// periode is two days, as they are compared.
type periode struct{ fra, til Dato }

func newOpptelling(u listeutvalg, viste []vist) opptelling {
	return opptelling{listeutvalg: u, slutt: periode{fra: aldri, til: -1}, viste: viste[:0], del: -1}
}

// les goes through a row of heads.
func (t *opptelling) les(rad []byte) error {
	h, err := unpackHoder(rad)
	if err != nil {
		return err
	}
	for i, flagg := range h.flagg {
		t.nr++
		if flagg&nyDelFlagg != 0 {
			t.del, t.nr = t.del+1, 0
		}
		if t.sett>>(flagg&7)&1 == 0 || t.innenfor != nil && !t.innenfor[h.hode(i).id] {
			continue
		}
		begynt, sluttet := h.dager(i)
		t.antallTot++
		t.slutt.fra = min(t.slutt.fra, sluttet)
		if begynt <= t.today {
			t.slutt.til = max(t.slutt.til, sluttet)
		}
		if t.holdt>>(flagg&7)&1 != 0 && t.rommer(begynt, sluttet) {
			if t.antall++; !t.bareAntall {
				t.vis(h.hode(i))
			}
		}
	}
	return nil
}

func (t *opptelling) vis(h listehode) {
	if n := len(t.viste); n == 0 || int(t.viste[n-1].del) != t.del {
		t.visteDeler++
	}
	t.viste = append(t.viste, vist{h, uint8(t.nr), uint16(t.del)})
}

// aktive says whether one of those that the view sees is active, opphoerte whether one has ended.
func (t *opptelling) aktive() bool    { return t.slutt.til >= t.today }
func (t *opptelling) opphoerte() bool { return t.slutt.fra < t.today }

// listeutvalg is which entries a view sees, and which of these a filter keeps, as what is quick to compare.
type listeutvalg struct {
	today       Dato
	sett, holdt uint8          // the flags that are seen, and that the filter keeps, as sets: bit n for n
	innenfor    map[int64]bool // the numbers of those inside the view's Omfang; nil: all
	grenser
}

func newListeutvalg(v View, f Filter) listeutvalg {
	u := listeutvalg{today: v.Today, grenser: f.grenser(v.Today)}
	for flagg := range uint8(nyDelFlagg) {
		if v.sees(skjerming(flagg & skjermingFlagg)) {
			u.sett |= 1 << flagg
		}
		if f.Lovgivning.keeps(flagg&aOrdningenFlagg != 0) {
			u.holdt |= 1 << flagg
		}
	}
	return u
}

// grenser are the days of a filter: the last to begin, the first and the last to end.
type grenser struct{ begyntTil, sluttetFra, sluttetTil Dato }

func (f Filter) grenser(today Dato) grenser {
	g := grenser{begyntTil: aldri, sluttetFra: f.Fra, sluttetTil: aldri}
	if f.Til != 0 {
		g.begyntTil = f.Til
	}
	switch f.Status {
	case Aktive:
		g.begyntTil, g.sluttetFra = min(g.begyntTil, today), max(g.sluttetFra, today)
	case Opphoerte:
		g.sluttetTil = today - 1 // which may be no day, but then none lies between
	}
	return g
}

// rommer says whether what begins and ends so is kept; what has not ended does aldri.
func (g *grenser) rommer(begynt, sluttet Dato) bool {
	return begynt <= g.begyntTil && g.sluttetFra <= sluttet && sluttet <= g.sluttetTil
}
