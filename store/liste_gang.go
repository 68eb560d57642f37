package store

import (
	"context"
	"errors"
	"iter"

	"aareg/store/sqlite"
)

// delleser reads pieces of a list, in their order.
type delleser struct {
	r     *reader
	giver int64
	s     *sqlite.Stmt // nil before the first
	staar int          // the piece that was read last
}

// langtFrem is how many pieces further on the next one is sought and not stepped to.
const langtFrem = 8

func (d *delleser) les(nr int) ([]byte, error) {
	if d.s == nil || nr > d.staar+langtFrem {
		if err := d.begynn(nr); err != nil {
			return nil, err
		}
	}
	for {
		more, err := d.s.Step()
		if err != nil {
			return nil, err
		}
		if !more {
			return nil, errDok
		}
		d.r.arbeid.rader++
		if d.staar = int(d.s.Int64(0) & 65535); d.staar > nr {
			return nil, errDok
		}
		if d.staar == nr {
			return d.s.Bytes(1), nil
		}
	}
}

func (d *delleser) begynn(nr int) (err error) {
	d.slutt()
	if d.s, err = d.r.c.Prepare(listedeler); err != nil {
		return err
	}
	d.r.arbeid.setninger++
	return d.s.Bind([]any{d.giver<<16 | int64(nr), d.giver<<16 | 65535})
}

// slutt ends it; nothing that it read may be used afterwards.
func (d *delleser) slutt() {
	if d.s != nil {
		d.s.Reset()
	}
}

// errNok ends a walk whose caller has enough.
var errNok = errors.New("enough")

// hver visits the first of the entries that are shown, at most max; the utpakker has the entry.
func (l *Liste) hver(max int, visit func(listehode, *utpakker) error) error {
	if l.stroem != nil {
		return l.stroemmen(max, visit)
	}
	neste, start := 0, 0
	g := gang{l: l, les: func(int) ([]byte, error) {
		b := l.minne.deler[start:l.minne.slutt[neste]]
		neste, start = neste+1, l.minne.slutt[neste]
		return b, nil
	}}
	return g.viste(l.minne.viste[:min(max, len(l.minne.viste))], visit)
}

// stroemmen is hver of a list that has not been copied. The patience of a question is for asking: how long an answer may be
// written, the border decides.
func (l *Liste) stroemmen(max int, visit func(listehode, *utpakker) error) error {
	ctx := context.Background()
	d := delleser{r: l.stroem, giver: l.giver}
	defer d.slutt()
	g := gang{l: l, les: func(nr int) ([]byte, error) {
		b, err := l.del(ctx, &d, nr)
		l.minne.deler = append(l.minne.deler[:0], b...)
		return l.minne.deler, err
	}}
	t := newOpptelling(l.utvalg, nil)
	return l.stroem.each(ctx, listehoder, []any{l.giver << 16}, func(row *sqlite.Stmt) error {
		before := t.antall
		t.viste = l.minne.viste[:0]
		err := t.les(row.Bytes(0))
		l.minne.viste = t.viste
		if err != nil {
			return err
		}
		if err := g.viste(t.viste[:min(max-before, len(t.viste))], visit); err != nil {
			return err
		}
		if t.antall >= max {
			return errNok
		}
		return nil
	})
}

// gang is a walk through the pieces of a list.
type gang struct {
	l       *Liste
	les     func(del int) ([]byte, error)
	del     int      // how many pieces have been begun, the one that is read the last
	nr      int      // how many of its entries have been read
	u       utpakker // its other entries
	oppslag utpakker // the entry that is visited
}

func (g *gang) viste(viste []vist, visit func(listehode, *utpakker) error) error {
	for i := range viste {
		v := &viste[i]
		if int(v.del)+1 != g.del {
			b, err := g.les(int(v.del))
			if err != nil {
				return err
			}
			g.del, g.nr, g.u = int(v.del)+1, 0, utpakker{s: borrowed(b)}
		}
		for ; g.nr < int(v.nr); g.nr++ {
			g.u.text()
		}
		g.nr++
		g.oppslag = utpakker{s: g.u.text(), koder: g.l.koder}
		if err := visit(v.listehode, &g.oppslag); err != nil {
			return err
		}
	}
	return nil
}

// Rader are the entries that the filter keeps, newest begyntdato first, then by id; at most max of them. The entry
// yielded is overwritten by the next. An error (ErrUtilgjengelig) ends them before their end: the register cannot be
// read, or is damaged.
func (l *Liste) Rader(max int) iter.Seq2[*Listerad, error] {
	return func(yield func(*Listerad, error) bool) {
		leser := &l.minne.leser
		leser.today, leser.rad = l.utvalg.today, Listerad{Arbeidsgiver: l.arbeidsgiver}
		err := l.hver(max, func(h listehode, u *utpakker) error {
			rad := leser.les(h, u)
			if u.err == nil && !yield(rad, nil) {
				return errNok
			}
			return u.err
		})
		if err != nil && err != errNok {
			yield(nil, outcome(err))
		}
	}
}

// Ansettelse is who is employed, by number in force, from the first day to the last; 0 is unknown, or none.
type Ansettelse struct {
	Arbeidstaker    string
	Begynt, Sluttet Dato
}

// Ansettelser are these of the same entries, for who asks for these alone. A number is overwritten by the next.
func (l *Liste) Ansettelser(max int) iter.Seq2[Ansettelse, error] {
	return func(yield func(Ansettelse, error) bool) {
		err := l.hver(max, func(h listehode, u *utpakker) error {
			nummer := l.minne.leser.nummer(h, u)
			if u.err == nil && !yield(Ansettelse{nummer, h.begynt, h.sluttet}, nil) {
				return errNok
			}
			return u.err
		})
		if err != nil && err != errNok {
			yield(Ansettelse{}, outcome(err))
		}
	}
}
