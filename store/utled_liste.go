package store

import (
	"bytes"
	"cmp"
	"slices"

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

// oppslag is a packed entry of a list, and its head.
type oppslag struct {
	hode  listehode
	pakke []byte
}

// listestykke is a piece of a list as it is stored, and its entries.
type listestykke struct {
	oppslag []oppslag
	endret  bool
}

// repairListe brings the changed entries of an employer's list into their places. Only the pieces that they stand in
// are written, unless one grows to twice its size or is emptied, or the list is short.
func (t *Tx) repairListe(giver int64, changed listeendring) error {
	rader, stykker, err := t.listestykker(giver)
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
		until := len(added)
		if i+1 < len(stykker) {
			next := stykker[i+1].oppslag[0].hode.plass()
			until, _ = slices.BinarySearchFunc(added, next, func(o oppslag, p listeplass) int { return o.hode.plass().compare(p) })
		}
		s.endre(gone, added[:until])
		added = added[until:]
		whole = whole || len(s.oppslag) == 0 || len(s.oppslag) > 2*listedel
	}
	if whole {
		return t.skrivHele(giver, stykker, added)
	}
	if err := t.skrivStykker(giver, stykker); err != nil {
		return err
	}
	return t.skrivHoder(giver, stykker, rader)
}

func (s *listestykke) endre(gone map[listeplass]bool, added []oppslag) {
	n := len(s.oppslag)
	s.oppslag = slices.DeleteFunc(s.oppslag, func(o oppslag) bool { return gone[o.hode.plass()] })
	s.endret = len(s.oppslag) < n || len(added) > 0
	if len(added) > 0 {
		s.oppslag = append(s.oppslag, added...)
		slices.SortFunc(s.oppslag, compareOppslag)
	}
}

func compareOppslag(x, y oppslag) int { return x.hode.plass().compare(y.hode.plass()) }

// listestykker are the rows of an employer's heads, and its pieces with their entries.
func (t *Tx) listestykker(giver int64) (rader [][]byte, stykker []listestykke, err error) {
	var list []listehode
	err = t.each(listehoder, []any{giver << 16}, func(row *sqlite.Stmt) error {
		rader = append(rader, slices.Clone(row.Bytes(0)))
		h, err := unpackHoder(row.Bytes(0))
		for i := range h.flagg {
			list = append(list, h.hode(i))
		}
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	err = t.each(listedeler, []any{giver << 16, giver<<16 | 65535}, func(row *sqlite.Stmt) error {
		b, _, err := aapneDel(row.Bytes(1))
		if err != nil {
			return err
		}
		var s listestykke
		u := utpakker{s: string(b)}
		for n := 0; u.more(); n++ {
			begin := u.at
			u.text()
			if u.err != nil || len(list) == 0 || (list[0].flagg&nyDelFlagg != 0) != (n == 0) {
				return errDok
			}
			s.oppslag = append(s.oppslag, oppslag{list[0], []byte(u.s[begin:u.at])})
			list = list[1:]
		}
		stykker = append(stykker, s)
		return nil
	})
	if err == nil && len(list) > 0 {
		err = errDok
	}
	return rader, stykker, err
}

// nyeOppslag are the entries that changed arbeidsforhold have in the list now, in its order, and the places that
// they had.
func (t *Tx) nyeOppslag(giver int64, changed listeendring) (added []oppslag, gone map[listeplass]bool, err error) {
	gone = map[listeplass]bool{}
	leser := newOppslagsleser(t)
	var k listekilde
	for id, plass := range changed {
		if plass != (listeplass{}) {
			gone[plass] = true
		}
		err := t.each(listerader+` WHERE f.arbeidsforhold_id = ?1 AND f.arbeidsgiver = ?2`, []any{id, giver}, func(row *sqlite.Stmt) error {
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
	slices.SortFunc(added, compareOppslag)
	return added, gone, nil
}

func (t *Tx) skrivHele(giver int64, stykker []listestykke, rest []oppslag) error {
	if err := t.dropListe(giver); err != nil {
		return err
	}
	skriver := newListeskriver(t)
	skriver.koder = len(t.koder.verdier)
	for _, s := range append(stykker, listestykke{oppslag: rest}) {
		for _, o := range s.oppslag {
			if err := skriver.add(giver, o); err != nil {
				return err
			}
		}
	}
	return skriver.slutt()
}

func (t *Tx) skrivStykker(giver int64, stykker []listestykke) error {
	var b []byte
	for nr, s := range stykker {
		if !s.endret {
			continue
		}
		b = append(b[:0], make([]byte, delhode)...)
		for _, o := range s.oppslag {
			b = append(b, o.pakke...)
		}
		skrivDelhode(b, len(t.koder.verdier))
		if err := t.exec(`UPDATE arbeidsgiverliste SET dok = ?2 WHERE del = ?1`, giver<<16|int64(nr), b); err != nil {
			return err
		}
	}
	return nil
}

// skrivHoder brings the rows of heads in step with the pieces. Only those that differ from what they were are written.
func (t *Tx) skrivHoder(giver int64, stykker []listestykke, rader [][]byte) error {
	skriver := hodeskriver{skriv: func(nr int64, rad []byte) error {
		if nr < int64(len(rader)) && bytes.Equal(rad, rader[nr]) {
			return nil
		}
		return t.exec(`INSERT OR REPLACE INTO arbeidsgiverhode VALUES (?1, ?2)`, giver<<16|nr, rad)
	}}
	var list []listehode
	for _, s := range stykker {
		list = list[:0]
		for _, o := range s.oppslag {
			list = append(list, o.hode)
		}
		if err := skriver.add(list); err != nil {
			return err
		}
	}
	if err := skriver.flush(); err != nil {
		return err
	}
	return t.exec(`DELETE FROM arbeidsgiverhode WHERE rad BETWEEN ?1 AND ?2`, giver<<16|skriver.nr, giver<<16|65535)
}

func (t *Tx) dropListe(arbeidsgiver int64) error {
	if err := t.exec(`DELETE FROM arbeidsgiverliste WHERE del BETWEEN ?1 AND ?1 | 65535`, arbeidsgiver<<16); err != nil {
		return err
	}
	return t.exec(`DELETE FROM arbeidsgiverhode WHERE rad BETWEEN ?1 AND ?1 | 65535`, arbeidsgiver<<16)
}
