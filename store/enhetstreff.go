package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"aareg/store/sqlite"
)

// Enhetssoek is the organisation form of § 2.4. Kommunenr, Postnr and Fylkenr are those of the first address of
// § 2.2; "" is not given. The fylke of a unit is the first two digits of its kommunenr.
type Enhetssoek struct {
	Navn                       string
	Fonetisk                   bool
	Kommunenr, Postnr, Fylkenr string
	InkluderOpphoerte          bool
	Maks                       int
	Minne                      *Treffminne // nil: the hits have memory of their own
}

// Enhetstreff is a hit among units and old employers. Navn is the name that matched; Historisk says that it is a
// former one. Opphoersdato is 0 also for what ceased on a day that nobody knows.
type Enhetstreff struct {
	Orgnr, OrgnrHovedenhet, Navn    string
	Forretningsadresse, Postadresse Adresse
	Opphoersdato                    Dato
	Enhkode, EnhtypeBeskr           string
	Historisk                       bool
	whole                           bool
}

// enhetssporring is a search as it is asked of entries.
type enhetssporring struct {
	Enhetssoek
	names navnesoek
	today Dato
	sted  bool // it asks where units are
}

// SoekEnheter answers the organisation form of § 2.4: units by name, at most Maks of them, and how many there are.
func (s *Store) SoekEnheter(ctx context.Context, v View, soek Enhetssoek) (hits []*Enhetstreff, found int, err error) {
	soek.Minne = soek.Minne.ellerNytt()
	q := enhetssporring{soek, newNavnesoek(soek.Fonetisk, soek.Navn), v.Today, soek.Kommunenr+soek.Postnr+soek.Fylkenr != ""}
	err = s.read(ctx, v.Omfang, func(r *reader, book *kodebok) (err error) {
		if v.Omfang != nil && v.Omfang.Arbeidsgivere != nil {
			hits, found, err = q.blant(ctx, r)
		} else { // every unit is inside
			hits, found, err = q.iListen(ctx, r, book)
		}
		return err
	})
	if err != nil {
		return nil, 0, fmt.Errorf("enhetssoek: %w", err)
	}
	if found == 0 {
		return nil, 0, ErrIngen
	}
	return hits, found, nil
}

// tar says whether the search has an entry, and whether by the whole name. A unit is shown by one of its names: the one
// in force before former ones, a whole match before others, then the first in order.
func (q *enhetssporring) tar(h *enhetshode) (hit, whole bool) {
	if !q.InkluderOpphoerte && h.opphoertPaa(q.today) || q.sted && !q.der(h) {
		return false, false
	}
	hit, whole = q.passer(h.noekler)
	return hit && (h.andre == "" || !q.annetBedre(h, whole)), whole
}

// passer says whether a name has every word asked for, among its own or as one that was mended (kuttedeOrd), and whether
// these are its own, in their order, and no more.
func (q *enhetssporring) passer(n navnenoekler) (hit, whole bool) {
	key := n.ord
	if q.Fonetisk {
		key = n.fonetisk
	}
	for _, word := range q.names.koder[0] {
		if !harOrd(key, word) {
			return false, false
		}
	}
	egne, hel := strings.CutPrefix(n.ord, q.names.hele[0])
	return true, hel && strings.HasPrefix(egne, feltskille)
}

// harOrd says whether a word stands in a key, in whichever field.
func harOrd(key, word string) bool {
	for from := 0; ; {
		i := strings.Index(key[from:], word)
		if i < 0 {
			return false
		}
		start := from + i
		from = start + len(word)
		if (start == 0 || skiller(key[start-1])) && (from == len(key) || skiller(key[from])) {
			return true
		}
	}
}

func skiller(c byte) bool { return c == ' ' || c == feltskille[0] }

// der says whether the unit is where the search wants it.
func (q *enhetssporring) der(h *enhetshode) bool {
	nr := h.kommune.Kode
	return (q.Kommunenr == "" || q.Kommunenr == nr) && (q.Postnr == "" || q.Postnr == h.postnr) &&
		(q.Fylkenr == "" || q.Fylkenr == nr[:min(2, len(nr))])
}

// annetBedre says whether the unit of a former name is shown by another of its names.
func (q *enhetssporring) annetBedre(h *enhetshode, whole bool) bool {
	for p := (peker{s: h.andre}); p.i < len(p.s); {
		flags := p.number()
		hit, other := q.passer(navnenoekler{p.text(), p.text()})
		if hit && (flags&historiskFlag == 0 || other && !whole || other == whole && flags&foerFlag != 0) {
			return true
		}
	}
	return false
}

// enhetslisten are the pieces of the list of a code (?1) that have an entry of a mark (?2).
const enhetslisten = `SELECT l.dok FROM enhetsord o CROSS JOIN enhetsliste l ON l.del BETWEEN o.liste << 16 AND o.liste << 16 | 65535
	WHERE o.kode = ?1 AND l.merke & ?2 ORDER BY l.del`

// iListen searches the list of the longest word. Whole matches come before the others, each in the list's order.
func (q *enhetssporring) iListen(ctx context.Context, r *reader, book *kodebok) ([]*Enhetstreff, int, error) {
	kode := q.names.foerst
	if !q.Fonetisk {
		kode = phonetic(kode)
	}
	asked := uint64(enhetLevende)
	if q.InkluderOpphoerte {
		asked |= enhetBorte
	}
	m := q.Minne
	m.tekst = m.tekst[:0]
	hele, andre := enhetsutvalg{foerst: m.hele[:0]}, enhetsutvalg{foerst: m.andre[:0]}
	var l stykkeleser
	err := r.each(ctx, enhetslisten, []any{kode, int64(asked)}, func(row *sqlite.Stmt) error {
		for l.begynn(row.Bytes(0)); l.next(); {
			if l.merke&asked == 0 {
				continue
			}
			hit, whole, err := q.vurder(&l, book)
			switch {
			case err != nil:
				return err
			case hit && whole:
				hele.add(&l, m, q.Maks)
			case hit:
				andre.add(&l, m, q.Maks)
			}
		}
		return l.err
	})
	if err != nil {
		return nil, 0, err
	}
	m.hele, m.andre = hele.foerst, andre.foerst
	hits, err := q.pakkUt(book)
	return hits, hele.antall + andre.antall, err
}

// vurder is tar of the entry that is read.
func (q *enhetssporring) vurder(l *stykkeleser, book *kodebok) (hit, whole bool, err error) {
	p := peker{s: l.pakke()}
	h := p.enhetshode(l.merke)
	if q.sted {
		h.kommune, h.postnr = p.enhetssted(book)
	}
	if p.damaged {
		return false, false, errDok
	}
	hit, whole = q.tar(&h)
	return hit, whole, nil
}

// enhetsutvalg are the first hits of a kind, copied, and how many there are.
type enhetsutvalg struct {
	antall int
	foerst []enhetskopi
}

// enhetskopi is an entry that was copied.
type enhetskopi struct {
	merke     uint64
	id, pakke string
}

func (u *enhetsutvalg) add(l *stykkeleser, m *Treffminne, maks int) {
	if u.antall++; len(u.foerst) < maks {
		u.foerst = append(u.foerst, enhetskopi{l.merke, m.tekst.kopi(l.id()), m.tekst.kopi(l.pakke())})
	}
}

// innenforEnheter are the names, in a unit's order, with a word or code (?3, codes when ?2 is 1), of the units that
// Arbeidsgivere has inside the Omfang (?1). What is outside is not read, whatever it is called.
const innenforEnheter = `SELECT ` + enhetsnavnkolonner + ` FROM temp.omfang m CROSS JOIN enhetsnavn n ON n.aktoer = m.aktoer ` + enhetsnavnkilder + `
	WHERE m.omfang = ?1 AND m.rolle = ` + rolleArbeidsgiver + ` AND m.aktoer > 0
		AND instr(' ' || replace(iif(?2, n.fonetisk, n.ord), char(31), ' ') || ' ', ' ' || ?3 || ' ')
	ORDER BY m.aktoer, n.navn`

// innenfortreff is a hit, and its place.
type innenfortreff struct {
	plass stykkepost
	*Enhetstreff
}

// blant searches among the units of the Omfang.
func (q *enhetssporring) blant(ctx context.Context, r *reader) ([]*Enhetstreff, int, error) {
	if q.names.foerst == "" {
		return nil, 0, nil
	}
	var found []innenfortreff
	rows := func(scan func(*sqlite.Stmt) error) error {
		return r.each(ctx, innenforEnheter, []any{r.omfang, q.names.fonetisk, q.names.foerst}, scan)
	}
	err := eachEnhet(rows, func(alle enhetsnavnene) error {
		for i := range alle {
			h := alle.hode(i)
			hit, whole := q.tar(&h)
			if !hit {
				continue
			}
			t, err := alle[i].treff(q.today)
			if err != nil {
				return err
			}
			t.whole = whole
			found = append(found, innenfortreff{stykkepost{sortering: alle[i].sortering, id: alle[i].id(i)}, t})
		}
		return nil
	})
	if err != nil {
		return nil, 0, err
	}
	slices.SortFunc(found, func(t, u innenfortreff) int {
		if t.whole != u.whole {
			return first(t.whole)
		}
		return t.plass.compare(&u.plass)
	})
	hits := make([]*Enhetstreff, min(len(found), q.Maks))
	for i := range hits {
		hits[i] = found[i].Enhetstreff
	}
	return hits, len(found), nil
}
