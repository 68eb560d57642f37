package store

import (
	"fmt"

	"aareg/store/sqlite"
)

// listerader are the arbeidsforhold as oppslagsleser reads them.
const listerader = `SELECT f.arbeidsgiver, f.arbeidsforhold_id, f.begyntdato, f.sluttetdato, f.skjerming, f.dok, a.nummer, a.navn
	FROM arbeidsforhold f JOIN aktoer a ON a.aktoer = f.arbeidstaker`

// listekilde is a row of listerader.
type listekilde struct {
	giver, id         int64
	begynt, sluttet   Dato
	skjerming         skjerming
	dok, nummer, navn []byte
}

// hent reads the row. Its texts lie where SQLite holds them, until the next row.
func (k *listekilde) hent(row *sqlite.Stmt) error {
	k.dok, k.nummer, k.navn = row.Bytes(5), row.Bytes(6), row.Bytes(7)
	return row.Scan(&k.giver, &k.id, &k.begynt, &k.sluttet, &k.skjerming)
}

// oppslagsleser packs arbeidsforhold into entries of lists; the bytes of one are overwritten by the next.
type oppslagsleser struct {
	koder        *kodebok
	pakke, indre pakker
}

func newOppslagsleser(t *Tx) *oppslagsleser {
	return &oppslagsleser{koder: t.koder, pakke: pakker{kode: t.kode}, indre: pakker{kode: t.kode}}
}

func (l *oppslagsleser) les(k *listekilde) (o oppslag, err error) {
	var a Arbeidsforhold
	a.ArbeidsforholdId, a.Ansettelsesperiode.Startdato, a.Ansettelsesperiode.Sluttdato = k.id, k.begynt, k.sluttet
	u := utpakker{s: borrowed(k.dok), koder: l.koder} // nothing of it outlives the entry
	if err := unpackArbeidsforhold(&u, &a); err != nil {
		return o, err
	}
	r := a.pakkerad(k.skjerming)
	r.Arbeidstaker = Navngitt{string(k.nummer), string(k.navn)}
	l.pakke.b, l.indre.b = l.pakke.b[:0], l.indre.b[:0]
	packListerad(&l.pakke, &l.indre, &r)
	return oppslag{r.listehode(), l.pakke.b}, nil
}

// listeskriver writes lists, employer after employer: pieces of listedel entries, and their heads.
type listeskriver struct {
	tx    *Tx
	koder int // how many codes the entries know
	giver int64
	del   int64  // the number of the piece that has been begun
	b     []byte // the piece
	list  []listehode
	hoder hodeskriver
}

func newListeskriver(t *Tx) *listeskriver {
	l := &listeskriver{tx: t}
	l.hoder.skriv = func(nr int64, rad []byte) error {
		return t.exec(`INSERT INTO arbeidsgiverhode VALUES (?1, ?2)`, l.giver<<16|nr, rad)
	}
	return l
}

func (l *listeskriver) add(giver int64, o oppslag) error {
	if giver != l.giver {
		if err := l.slutt(); err != nil {
			return err
		}
		l.giver = giver
	}
	if len(l.list) == 0 {
		l.b = append(l.b[:0], make([]byte, delhode)...)
	}
	l.b, l.list = append(l.b, o.pakke...), append(l.list, o.hode)
	if len(l.list) == listedel {
		return l.flush()
	}
	return nil
}

// flush writes the piece that has been begun.
func (l *listeskriver) flush() error {
	if len(l.list) == 0 {
		return nil
	}
	if l.del > 1<<16-1 {
		return fmt.Errorf("an employer has more than %d arbeidsforhold", listedel<<16)
	}
	skrivDelhode(l.b, l.koder)
	if err := l.tx.exec(`INSERT INTO arbeidsgiverliste VALUES (?1, ?2)`, l.giver<<16|l.del, l.b); err != nil {
		return err
	}
	err := l.hoder.add(l.list)
	l.list = l.list[:0]
	l.del++
	return err
}

// slutt writes what has been begun of a list, and ends it.
func (l *listeskriver) slutt() error {
	if err := l.flush(); err != nil {
		return err
	}
	err := l.hoder.flush()
	l.del, l.hoder.nr = 0, 0
	return err
}

// hodeskriver packs the heads of a list into rows, and has them written.
type hodeskriver struct {
	skriv func(nr int64, rad []byte) error
	nr    int64 // the number of the row that has been begun
	list  []listehode
	b     []byte
}

// add adds the heads of a piece.
func (s *hodeskriver) add(stykke []listehode) error {
	if len(s.list)+len(stykke) > hoderad {
		if err := s.flush(); err != nil {
			return err
		}
	}
	for i, h := range stykke {
		h.flagg &^= nyDelFlagg
		if i == 0 {
			h.flagg |= nyDelFlagg
		}
		s.list = append(s.list, h)
	}
	return nil
}

// flush writes the row that has been begun.
func (s *hodeskriver) flush() error {
	if len(s.list) == 0 {
		return nil
	}
	s.b = packHoder(s.b, s.list)
	err := s.skriv(s.nr, s.b)
	s.list = s.list[:0]
	s.nr++
	return err
}
