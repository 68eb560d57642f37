package store

import (
	"fmt"
	"slices"

	"aareg/store/sqlite"
)

// stykketabell is a table of lists in pieces, by the statements that write it.
type stykketabell struct{ les, ett, nytt, endre, slett, tom, alle string }

func newStykketabell(navn string) stykketabell {
	return stykketabell{
		les:   `SELECT del, merke, dok FROM ` + navn + ` WHERE del BETWEEN ?1 AND ?1 | 65535 ORDER BY del`,
		ett:   `SELECT dok FROM ` + navn + ` WHERE del = ?1`,
		nytt:  `INSERT INTO ` + navn + ` VALUES (?1, ?2, ?3)`,
		endre: `UPDATE ` + navn + ` SET merke = ?2, dok = ?3 WHERE del = ?1`,
		slett: `DELETE FROM ` + navn + ` WHERE del = ?1`,
		tom:   `DELETE FROM ` + navn + ` WHERE del BETWEEN ?1 AND ?1 | 65535`,
		alle:  `DELETE FROM ` + navn,
	}
}

// stykkehode is what is kept of a whole list beside it: the marks of its entries, together, and the sortering of the
// first. A list without entries has none, and nil.
type stykkehode struct {
	merke uint64
	fra   []byte
}

func (h *stykkehode) add(merke uint64, sortering []byte) {
	if h.merke |= merke; h.fra == nil {
		h.fra = append([]byte{}, sortering...)
	}
}

// stykkeskriver writes whole lists, one after the other, each in its order, into a table that has nothing of them.
type stykkeskriver struct {
	tx     *Tx
	tabell *stykketabell
	ferdig func(liste int64, h stykkehode) error // is told of each list that has been written

	liste, del int64
	stykke     stykke
	hode       stykkehode
}

func (s *stykkeskriver) add(liste int64, p *stykkepost) error {
	if liste != s.liste {
		if err := s.flush(); err != nil {
			return err
		}
		s.liste = liste
	}
	if s.stykke.n == 0 {
		s.stykke.begynn()
	}
	s.hode.add(p.merke, p.sortering)
	if s.stykke.add(p); s.stykke.n == stykkeposter {
		return s.skriv()
	}
	return nil
}

// flush ends the list that has been begun.
func (s *stykkeskriver) flush() error {
	if s.hode.fra == nil {
		return nil
	}
	if err := s.skriv(); err != nil {
		return err
	}
	hode := s.hode
	s.del, s.hode = 0, stykkehode{}
	return s.ferdig(s.liste, hode)
}

// skriv writes the piece that has been begun.
func (s *stykkeskriver) skriv() error {
	if s.stykke.n == 0 {
		return nil
	}
	if s.del > 1<<16-1 {
		return fmt.Errorf("a list has more than %d names", stykkeposter<<16)
	}
	err := s.tx.exec(s.tabell.nytt, s.liste<<16|s.del, int64(s.stykke.merke), s.stykke.dok())
	s.stykke.n = 0
	s.del++
	return err
}

// stykkeplass is a piece of a list as a change finds it. The entries are read of one that changes alone.
type stykkeplass struct {
	del    int64
	merke  uint64
	foerst stykkepost
	endret bool
	poster []stykkepost
}

// repairStykker brings what has changed in a list into its place: gone are entries that it had (of which only the place
// counts), added those that it has now. Only the pieces that they stand in are written, unless one grows to twice its
// size. It returns the head of the list as it is then.
func (t *Tx) repairStykker(tabell *stykketabell, liste int64, gone, added []stykkepost) (h stykkehode, err error) {
	slices.SortFunc(gone, comparePoster)
	slices.SortFunc(added, comparePoster)
	stykker, err := t.stykkeplasser(tabell, liste)
	if err != nil {
		return h, err
	}
	whole := len(stykker) == 0
	for i := range stykker {
		ut, inn := len(gone), len(added)
		if i+1 < len(stykker) {
			next := stykker[i+1].foerst
			ut, _ = slices.BinarySearchFunc(gone, next, comparePoster)
			inn, _ = slices.BinarySearchFunc(added, next, comparePoster)
		}
		if ut+inn == 0 {
			continue
		}
		if err := t.endreStykke(tabell, &stykker[i], gone[:ut], added[:inn]); err != nil {
			return h, err
		}
		gone, added = gone[ut:], added[inn:]
		whole = whole || len(stykker[i].poster) > 2*stykkeposter
	}
	if whole {
		return t.skrivHeleStykkelisten(tabell, liste, stykker, added)
	}
	return t.skrivEndrede(tabell, stykker)
}

func comparePoster(p, q stykkepost) int { return p.compare(&q) }

func (t *Tx) stykkeplasser(tabell *stykketabell, liste int64) (stykker []stykkeplass, err error) {
	var leser stykkeleser
	err = t.each(tabell.les, []any{liste << 16}, func(row *sqlite.Stmt) error {
		s := stykkeplass{del: row.Int64(0), merke: uint64(row.Int64(1))}
		leser.begynn(row.Bytes(2))
		if !leser.next() {
			return errDok
		}
		s.foerst = leser.post()
		stykker = append(stykker, s)
		return nil
	})
	return stykker, err
}

// poster are the entries of a piece.
func (t *Tx) poster(tabell *stykketabell, del int64) (poster []stykkepost, err error) {
	var leser stykkeleser
	err = t.each(tabell.ett, []any{del}, func(row *sqlite.Stmt) error {
		leser.begynn(row.Bytes(0))
		for leser.next() {
			poster = append(poster, leser.post())
		}
		return leser.err
	})
	return poster, err
}

// endreStykke changes the entries of a piece. What is to go must be there: a list that says something else than the
// register it was made from is damaged.
func (t *Tx) endreStykke(tabell *stykketabell, s *stykkeplass, gone, added []stykkepost) (err error) {
	if s.poster, err = t.poster(tabell, s.del); err != nil {
		return err
	}
	n := len(s.poster)
	s.poster = slices.DeleteFunc(s.poster, func(p stykkepost) bool {
		_, is := slices.BinarySearchFunc(gone, p, comparePoster)
		return is
	})
	if n-len(s.poster) != len(gone) {
		return errDok
	}
	s.poster = append(s.poster, added...)
	slices.SortFunc(s.poster, comparePoster)
	s.endret = true
	return nil
}

// skrivEndrede writes the pieces that have changed.
func (t *Tx) skrivEndrede(tabell *stykketabell, stykker []stykkeplass) (h stykkehode, err error) {
	var ny stykke
	for i := range stykker {
		s := &stykker[i]
		switch {
		case !s.endret:
		case len(s.poster) == 0:
			if err := t.exec(tabell.slett, s.del); err != nil {
				return h, err
			}
			continue
		default:
			ny.begynn()
			for i := range s.poster {
				ny.add(&s.poster[i])
			}
			s.merke, s.foerst = ny.merke, s.poster[0]
			if err := t.exec(tabell.endre, s.del, int64(s.merke), ny.dok()); err != nil {
				return h, err
			}
		}
		h.add(s.merke, s.foerst.sortering)
	}
	return h, nil
}

// skrivHeleStykkelisten writes all pieces of a list anew, and the rest after them.
func (t *Tx) skrivHeleStykkelisten(tabell *stykketabell, liste int64, stykker []stykkeplass, rest []stykkepost) (h stykkehode, err error) {
	for i := range stykker {
		if s := &stykker[i]; !s.endret {
			if s.poster, err = t.poster(tabell, s.del); err != nil {
				return h, err
			}
		}
	}
	if err := t.exec(tabell.tom, liste<<16); err != nil {
		return h, err
	}
	skriver := stykkeskriver{tx: t, tabell: tabell, ferdig: func(_ int64, hode stykkehode) error { h = hode; return nil }}
	for _, s := range append(stykker, stykkeplass{poster: rest}) {
		for i := range s.poster {
			if err := skriver.add(liste, &s.poster[i]); err != nil {
				return h, err
			}
		}
	}
	return h, skriver.flush()
}
