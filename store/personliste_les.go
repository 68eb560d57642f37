package store

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"slices"

	"aareg/store/sqlite"
)

// personsoeker is a search in the lists of persons' names. The list of the etternavn that was asked for, whole, comes
// first: when no other name was asked for, all of it stands before all others. The others are read in the order of what
// stands first in them, for as long as a hit may be among the first Maks.
type personsoeker struct {
	Personsoek
	rolle  rolle
	names  navnesoek
	today  Dato
	merke  uint64 // of whom the view sees in the role
	avbryt bool   // hits beyond Maks are not counted, once there is one

	leser stykkeleser

	funnet, hele int            // how many match, and how many wholly
	foerst       []*Persontreff // those that match wholly: all of one list, in its order
	deretter     treffrekke     // those that do not
}

// treffrekke is the first hits in order, at most maks.
type treffrekke struct {
	maks  int
	treff []plassert
	keys  []byte // where the sortering of hits is kept
}

type plassert struct {
	sortering []byte
	*Persontreff
}

// plass is where a hit comes; false when that is after the last one that is shown.
func (t *treffrekke) plass(sortering []byte, nummer string) (int, bool) {
	compare := func(h plassert, _ struct{}) int {
		return cmp.Or(bytes.Compare(h.sortering, sortering), cmp.Compare(h.Foedselsnr, nummer))
	}
	n := len(t.treff)
	if n == 0 || compare(t.treff[n-1], struct{}{}) < 0 { // most come in order
		return n, n < t.maks
	}
	n, _ = slices.BinarySearchFunc(t.treff, struct{}{}, compare)
	return n, n < t.maks
}

func (t *treffrekke) add(at int, sortering []byte, h *Persontreff) {
	start := len(t.keys)
	t.keys = append(t.keys, sortering...)
	t.treff = slices.Insert(t.treff, at, plassert{t.keys[start:], h})
	t.kort(t.maks)
}

// kort keeps no more than maks.
func (t *treffrekke) kort(maks int) {
	t.maks = maks
	t.treff = t.treff[:min(len(t.treff), maks)]
}

// An etternavn's list, if anybody in it is one whom the view sees (?1): that of a whole field (?2), and those of the others
// that have a word (?4) or code of a word (?3).
const (
	helEtternavnliste   = `SELECT liste, fra, ord, fonetisk FROM etternavn WHERE ord = ?2 AND merke & ?1`
	andreEtternavnliste = `SELECT e.liste, e.fra, e.ord, e.fonetisk FROM etternavnord o JOIN etternavn e ON e.liste = o.liste
		WHERE o.fonetisk = ?3 AND o.ord = ?4 AND e.merke & ?1 AND e.ord <> ?2`
	personstykker = `SELECT dok FROM personliste WHERE del BETWEEN ?1 AND ?1 | 65535 AND merke & ?2 ORDER BY del`
)

// etternavnliste is a list of names, and where the first of them stands.
type etternavnliste struct {
	liste int64
	fra   []byte
}

func (p *personsoeker) soek(ctx context.Context, r *reader) error {
	m := p.Minne
	m.tekst, m.personer = m.tekst[:0], m.personer[:0]
	p.funnet, p.hele, p.foerst = 0, 0, m.treff[:0]
	p.deretter = treffrekke{maks: p.Maks, treff: m.rekke[:0], keys: m.noekler[:0]}
	if p.names.foerst == "" { // no word, or none that sounds
		return nil
	}
	lister, err := p.lister(ctx, r, helEtternavnliste, int64(p.merke), p.names.hele[0])
	for _, l := range lister {
		err = cmp.Or(err, p.les(ctx, r, l.liste, true))
	}
	p.deretter.kort(p.Maks - len(p.foerst))
	if err != nil || p.avbryt && p.hele > p.Maks {
		return err
	}
	lister, err = p.lister(ctx, r, andreEtternavnliste, int64(p.merke), p.names.hele[0], p.names.fonetisk, p.names.foerst)
	if err != nil {
		return err
	}
	slices.SortFunc(lister, func(x, y etternavnliste) int {
		return cmp.Or(bytes.Compare(x.fra, y.fra), cmp.Compare(x.liste, y.liste))
	})
	for _, l := range lister {
		if p.ferdig() {
			if _, kept := p.deretter.plass(l.fra, ""); !kept {
				break // and all after it begin later still
			}
		}
		if err := p.les(ctx, r, l.liste, false); err != nil {
			return err
		}
	}
	return nil
}

// ferdig says that it is known that there are more hits than are shown, and that none need be counted.
func (p *personsoeker) ferdig() bool { return p.avbryt && p.funnet > p.Maks }

// lister are lists whose etternavn has every word asked for.
func (p *personsoeker) lister(ctx context.Context, r *reader, query string, args ...any) (lister []etternavnliste, err error) {
	err = r.each(ctx, query, args, func(row *sqlite.Stmt) error {
		if len(p.names.koder[0]) > 1 {
			if hit, _ := p.names.matchesFields(0, 1, string(row.Bytes(2)), string(row.Bytes(3))); !hit {
				return nil
			}
		}
		lister = append(lister, etternavnliste{row.Int64(0), bytes.Clone(row.Bytes(1))})
		return nil
	})
	return lister, err
}

// errFerdig ends the reading of a list in which no more is looked for.
var errFerdig = errors.New("no more is looked for")

// les reads a list; hel says that its etternavn is, whole, the one that was asked for.
func (p *personsoeker) les(ctx context.Context, r *reader, liste int64, hel bool) error {
	err := r.each(ctx, personstykker, []any{liste << 16, int64(p.merke)}, func(row *sqlite.Stmt) error {
		p.leser.begynn(row.Bytes(0))
		for p.leser.next() {
			if p.leser.merke&p.merke == 0 {
				continue
			}
			post := lesPersonpost(p.leser.pakke())
			hit, whole := p.treffer(&post, hel)
			more := !hit || p.ta(&post, hel, whole)
			if post.rest.damaged {
				return errDok
			}
			if !more {
				return errFerdig
			}
		}
		return p.leser.err
	})
	if err == errFerdig {
		return nil
	}
	return err
}

// treffer says whether an entry is a hit: of a name that matches, and the one to show when several do; and whether every
// field asked for is the whole field.
func (p *personsoeker) treffer(post *personpost, hel bool) (hit, whole bool) {
	whole = true
	if len(p.names.koder[1])+len(p.names.koder[2]) > 0 {
		if hit, whole = p.names.matchesFields(1, 3, post.ord, post.fonetisk); !hit {
			return false, false
		}
	}
	whole = whole && hel
	return p.keeps(p.today, post.livsloep, post.kjoenn()) && !post.bedre(&p.names, whole), whole
}

// ta takes the entry as a hit; false when no other in its list can be among those shown or counted.
func (p *personsoeker) ta(post *personpost, hel, whole bool) (more bool) {
	p.funnet++
	if whole {
		if p.hele++; p.hele <= p.Maks {
			p.foerst = append(p.foerst, p.treff(post))
			return true
		}
		return !p.avbryt
	}
	at, shown := p.deretter.plass(p.leser.sortering, foedselsnrAv(p.leser.id()))
	if shown {
		p.deretter.add(at, p.leser.sortering, p.treff(post))
	}
	return shown || hel || !p.ferdig()
}

// treff is the entry as a hit.
func (p *personsoeker) treff(post *personpost) *Persontreff {
	t := enTil(&p.Minne.personer)
	id, pakke := p.leser.bevart(&p.Minne.tekst)
	*t = Persontreff{Foedselsnr: foedselsnrAv(id), Navn: post.visNavn(pakke), Kjoenn: post.kjoenn(), Historisk: post.historisk(), livsloep: post.livsloep}
	return t
}

// svar are the hits to show, and how many there are. They are in Minne, which has its memory back with them.
func (p *personsoeker) svar() (hits []*Persontreff, found int) {
	hits = p.foerst
	for _, h := range p.deretter.treff {
		hits = append(hits, h.Persontreff)
	}
	p.Minne.treff, p.Minne.rekke, p.Minne.noekler = hits, p.deretter.treff, p.deretter.keys
	return hits, p.funnet
}
