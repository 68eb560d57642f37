package store

import (
	"context"
	"sync"

	"aareg/store/sqlite"
)

// Liste is an employer's arbeidsforhold, already cut down to what the view may see; Rader gives those that the filter
// keeps. It is the register as it was when it was asked: a short list has been copied out; a long one is read as it is
// given, from a snapshot that it keeps open on a connection of its own. Whoever has asked for it must close it.
type Liste struct {
	// Antall is how many the filter keeps, AntallTot how many there are, both of those the view may see.
	Antall, AntallTot int
	// Aktive says whether one of them is active today, Opphoerte whether one has ended.
	Aktive, Opphoerte bool

	utvalg       listeutvalg
	giver        int64
	arbeidsgiver Navngitt
	koder        *kodebok
	minne        *listeminne // nil when it is closed
	stroem       *reader     // keeps the snapshot; nil when the list has been copied
}

// kopierMaks is how many pieces are copied out of a register in a file, some 300 KB. One in memory is always copied out,
// since a snapshot of it keeps everybody from changing it.
const kopierMaks = 64

// listeminne is what the answers of lists are read into, one after the other.
type listeminne struct {
	viste []vist // what is shown; of a list that is not copied, of the row of heads that is read
	deler []byte // the pieces that have something to show, or the one that is read
	slutt []int  // where each ends
	leser radleser
}

var listeminner = sync.Pool{New: func() any { return new(listeminne) }}

// Close gives back what the list holds. Nothing that it gave may be used afterwards.
func (l *Liste) Close() {
	if l.stroem != nil {
		l.stroem.slipp()
		l.stroem = nil
	}
	if l.minne != nil {
		listeminner.Put(l.minne)
		l.minne = nil
	}
}

const (
	listehoder = `SELECT dok FROM arbeidsgiverhode WHERE rad BETWEEN ?1 AND ?1 | 65535 ORDER BY rad`
	listedeler = `SELECT del, dok FROM arbeidsgiverliste WHERE del BETWEEN ?1 AND ?2 ORDER BY del`
)

// liste reads an employer's list. It is the last that a question may ask, since the list may keep the reader. It costs two
// statements, a row for each hoderad of all entries, and a row for each piece that has something to show (and for those
// between that are stepped over); one that is not copied costs the pieces, and the heads again, when it is read.
func (r *reader) liste(ctx context.Context, l *Liste) (err error) {
	l.minne = listeminner.Get().(*listeminne)
	defer func() {
		if err != nil {
			l.Close()
		}
	}()
	t := newOpptelling(l.utvalg, l.minne.viste)
	memory := r.utgave.vfs != ""
	err = r.each(ctx, listehoder, []any{l.giver << 16}, func(row *sqlite.Stmt) error {
		if t.visteDeler > kopierMaks && !memory { // it will not be copied, but gone through again
			t.viste, t.bareAntall = t.viste[:0], true
		}
		return t.les(row.Bytes(0))
	})
	l.minne.viste = t.viste
	if err != nil {
		return err
	}
	l.Antall, l.AntallTot, l.Aktive, l.Opphoerte = t.antall, t.antallTot, t.aktive(), t.opphoerte()
	if t.visteDeler <= kopierMaks || memory {
		return l.kopier(ctx, r)
	}
	if err := r.behold(); err != nil {
		return err
	}
	l.stroem = r
	return nil
}

// kopier copies the pieces that have something to show.
func (l *Liste) kopier(ctx context.Context, r *reader) error {
	m := l.minne
	m.deler, m.slutt = m.deler[:0], m.slutt[:0]
	d := delleser{r: r, giver: l.giver}
	defer d.slutt()
	last := -1
	for i := range m.viste {
		if int(m.viste[i].del) == last {
			continue
		}
		last = int(m.viste[i].del)
		b, err := l.del(ctx, &d, last)
		if err != nil {
			return err
		}
		m.deler = append(m.deler, b...)
		m.slutt = append(m.slutt, len(m.deler))
	}
	return nil
}

// del is the entries of a piece where SQLite holds them. Codes that are newer than the kodebok are read first.
func (l *Liste) del(ctx context.Context, d *delleser, nr int) ([]byte, error) {
	b, err := d.les(nr)
	if err != nil {
		return nil, err
	}
	b, koder, err := aapneDel(b)
	if err == nil && koder > len(l.koder.verdier) {
		l.koder, err = d.r.kodebok(ctx)
	}
	return b, err
}

// listenInnenfor are the arbeidsforhold of an employer's list (?2) that are inside the Omfang, of what the view may see (?3).
const listenInnenfor = `SELECT f.arbeidsforhold_id FROM arbeidsforhold f
	WHERE f.arbeidsgiver = ?2 AND ?3 >> f.skjerming & 1 AND ` + parteneInnenfor

// lesInnenfor has a list keep to the arbeidsforhold that a query finds.
func (r *reader) lesInnenfor(ctx context.Context, u *listeutvalg, query string, args []any) error {
	u.innenfor = map[int64]bool{}
	return r.each(ctx, query, args, func(row *sqlite.Stmt) error {
		u.innenfor[row.Int64(0)] = true
		return nil
	})
}
