package store

import (
	"cmp"
	"fmt"
	"slices"
	"unsafe"

	"aareg/store/sqlite"
)

// listeplass is where an entry stands in an employer's list: newest begyntdato first, then by number.
type listeplass struct {
	begynt Dato
	id     int64
}

func (p listeplass) compare(q listeplass) int {
	return cmp.Or(cmp.Compare(q.begynt, p.begynt), cmp.Compare(p.id, q.id))
}

// oppslag is a packed entry of a list, and its place.
type oppslag struct {
	plass listeplass
	pakke []byte
}

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
	// The document is read where it lies: nothing of it outlives the entry.
	u := utpakker{s: unsafe.String(unsafe.SliceData(k.dok), len(k.dok)), koder: l.koder}
	if err := unpackArbeidsforhold(&u, &a); err != nil {
		return o, err
	}
	r := a.listerad(k.skjerming)
	r.Arbeidstaker = Navngitt{string(k.nummer), string(k.navn)}
	l.pakke.b, l.indre.b = l.pakke.b[:0], l.indre.b[:0]
	packListerad(&l.pakke, &l.indre, &r)
	return oppslag{listeplass{k.begynt, k.id}, l.pakke.b}, nil
}

// listeskriver writes lists, employer after employer, in pieces of listedel entries.
type listeskriver struct {
	tx     *Tx
	giver  int64
	del, n int64 // the number of the piece, and of entries in it
	b      []byte
}

func (l *listeskriver) add(giver int64, pakke []byte) error {
	if giver != l.giver {
		if err := l.flush(); err != nil {
			return err
		}
		l.giver, l.del = giver, 0
	}
	l.b = append(l.b, pakke...)
	if l.n++; l.n == listedel {
		return l.flush()
	}
	return nil
}

// flush writes the piece that has been begun.
func (l *listeskriver) flush() error {
	if l.n == 0 {
		return nil
	}
	if l.del > 1<<16-1 {
		return fmt.Errorf("an employer has more than %d arbeidsforhold", listedel<<16)
	}
	err := l.tx.exec(`INSERT INTO arbeidsgiverliste VALUES (?1, ?2)`, l.giver<<16|l.del, l.b)
	l.b, l.n = l.b[:0], 0
	l.del++
	return err
}

// listestykke is a piece of a list as it is stored, and its entries.
type listestykke struct {
	del     int64
	oppslag []oppslag
	endret  bool
}

// repairListe brings the changed entries of an employer's list into their places. Only the pieces that they stand in
// are written, unless one grows to twice its size or the list is short.
func (t *Tx) repairListe(giver int64, changed listeendring) error {
	stykker, err := t.listestykker(giver)
	if err != nil {
		return err
	}
	added, gone, err := t.nyeOppslag(giver, changed)
	if err != nil {
		return err
	}
	whole := len(stykker) < 2
	for i := range stykker {
		s := &stykker[i]
		n := len(s.oppslag)
		s.oppslag = slices.DeleteFunc(s.oppslag, func(o oppslag) bool { return gone[o.plass] })
		s.endret = len(s.oppslag) < n
		until := len(added)
		if i+1 < len(stykker) {
			next := stykker[i+1].oppslag[0].plass
			until, _ = slices.BinarySearchFunc(added, next, func(o oppslag, p listeplass) int { return o.plass.compare(p) })
		}
		if until > 0 {
			s.oppslag, s.endret = append(s.oppslag, added[:until]...), true
			slices.SortFunc(s.oppslag, func(x, y oppslag) int { return x.plass.compare(y.plass) })
			added = added[until:]
		}
		whole = whole || len(s.oppslag) > 2*listedel
	}
	if whole {
		return t.skrivHele(giver, stykker, added)
	}
	return t.skrivStykker(stykker)
}

func (t *Tx) listestykker(giver int64) (stykker []listestykke, err error) {
	err = t.each(`SELECT del, dok FROM arbeidsgiverliste WHERE del BETWEEN ?1 AND ?1 | 65535 ORDER BY del`, []any{giver << 16},
		func(row *sqlite.Stmt) error {
			var s listestykke
			var dok string
			if err := row.Scan(&s.del, &dok); err != nil {
				return err
			}
			u := utpakker{s: dok, koder: t.koder}
			for u.s != "" {
				before := u.s
				entry := utpakker{s: u.text(), koder: t.koder}
				head := entry.listehode()
				plass := listeplass{head.begynt, head.id}
				if u.err != nil || entry.err != nil {
					return errDok
				}
				s.oppslag = append(s.oppslag, oppslag{plass, []byte(before[:len(before)-len(u.s)])})
			}
			stykker = append(stykker, s)
			return nil
		})
	return stykker, err
}

// nyeOppslag are the entries that changed arbeidsforhold have in the list now, in its order, and the places that
// they had.
func (t *Tx) nyeOppslag(giver int64, changed listeendring) (added []oppslag, gone map[listeplass]bool, err error) {
	gone = map[listeplass]bool{}
	leser := newOppslagsleser(t)
	var k listekilde
	for rad, plass := range changed {
		if plass != (listeplass{}) {
			gone[plass] = true
		}
		err := t.each(listerader+` WHERE f.arbeidsforhold = ?1 AND f.arbeidsgiver = ?2`, []any{rad, giver}, func(row *sqlite.Stmt) error {
			if err := k.hent(row); err != nil {
				return err
			}
			o, err := leser.les(&k)
			o.pakke = slices.Clone(o.pakke)
			added = append(added, o)
			return err
		})
		if err != nil {
			return nil, nil, err
		}
	}
	slices.SortFunc(added, func(x, y oppslag) int { return x.plass.compare(y.plass) })
	return added, gone, nil
}

func (t *Tx) skrivHele(giver int64, stykker []listestykke, rest []oppslag) error {
	if err := t.dropListe(giver); err != nil {
		return err
	}
	skriver := listeskriver{tx: t}
	for _, s := range append(stykker, listestykke{oppslag: rest}) {
		for _, o := range s.oppslag {
			if err := skriver.add(giver, o.pakke); err != nil {
				return err
			}
		}
	}
	return skriver.flush()
}

func (t *Tx) skrivStykker(stykker []listestykke) error {
	var b []byte
	for _, s := range stykker {
		if !s.endret {
			continue
		}
		b = b[:0]
		for _, o := range s.oppslag {
			b = append(b, o.pakke...)
		}
		query := `UPDATE arbeidsgiverliste SET dok = ?2 WHERE del = ?1`
		args := []any{s.del, b}
		if len(b) == 0 {
			query, args = `DELETE FROM arbeidsgiverliste WHERE del = ?1`, args[:1]
		}
		if err := t.exec(query, args...); err != nil {
			return err
		}
	}
	return nil
}

func (t *Tx) dropListe(arbeidsgiver int64) error {
	return t.exec(`DELETE FROM arbeidsgiverliste WHERE del BETWEEN ?1 AND ?1 | 65535`, arbeidsgiver<<16)
}
