package logg

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"aareg/store/sqlite"
)

// Filter says which rows are asked for; what is zero asks nothing.
type Filter struct {
	Personer   []uint64  // rows that hold any of these, as numbers below 10^11
	Konsument  string    // orgnr
	Fra, Til   time.Time // from (with it) and to (without it)
	Produkt    string
	Slag       Slag
	BareAvslag bool // only what was refused
}

// passer looks at all of a filter but the persons.
func (f *Filter) passer(r *Rad) bool {
	return (f.Konsument == "" || f.Konsument == r.Orgnr) &&
		(f.Fra.IsZero() || !r.Tid.Before(f.Fra)) && (f.Til.IsZero() || r.Tid.Before(f.Til)) &&
		(f.Produkt == "" || f.Produkt == r.Produkt) && (f.Slag == "" || f.Slag == r.Slag) && (!f.BareAvslag || r.Avslag)
}

// holder says whether a row holds any of the persons asked for.
func (f *Filter) holder(personer []byte) (bool, error) {
	if len(f.Personer) == 0 {
		return true, nil
	}
	found := false
	err := hver(personer, func(p uint64) { found = found || slices.Contains(f.Personer, p) })
	return found, err
}

// Soek visits the rows that a filter asks for, rising by number. An error of visit ends it. The row is visit's to keep.
//
// By person it costs what the person's rows cost, and a look into each row of very many persons, through the index that
// it brings up to date first (the first time: one walk through the whole log; when none can be made, each row is read).
// By time it costs the rows of that time. By anything else it reads every row. It holds no snapshot while it visits: rows
// are never changed, only appended and removed.
func (l *Logg) Soek(ctx context.Context, f Filter, visit func(*Rad) error) error {
	err := l.les(ctx, func(c *sqlite.Conn) error {
		from, to, err := l.rekke(c, f.Fra, f.Til)
		if err != nil {
			return err
		}
		marks := f.merker()
		take := func(r raa) error { return f.ta(r, marks, visit) }
		if len(f.Personer) > 0 {
			numbers, indexed, err := l.slaaOpp(ctx, c, f.Personer, from, to)
			if err != nil {
				return err
			}
			if indexed {
				return enkeltvis(ctx, c, numbers, take)
			}
		}
		return sidevis(ctx, c, from, to, take)
	})
	if err != nil {
		return fmt.Errorf("search the audit log: %w", err)
	}
	return nil
}

// merker are what the content of a row holds that the filter asks for, so that others need not be read.
func (f *Filter) merker() (marks [][]byte) {
	for navn, verdi := range map[string]string{"orgnr": f.Konsument, "produkt": f.Produkt, "slag": string(f.Slag)} {
		if verdi != "" {
			marks = append(marks, felt(navn, verdi))
		}
	}
	if f.BareAvslag {
		marks = append(marks, felt("avslag", true))
	}
	return marks
}

// ta visits a row when the filter asks for it.
func (f *Filter) ta(r raa, marks [][]byte, visit func(*Rad) error) error {
	for _, m := range marks {
		if !bytes.Contains(r.innhold, m) {
			return nil
		}
	}
	held, err := f.holder(r.personer)
	if err != nil {
		return fmt.Errorf("row %d: %w", r.nr, err)
	}
	if !held {
		return nil
	}
	row, err := lesRad(r.nr, r.innhold, r.personer)
	if err != nil {
		return err
	}
	if !f.passer(row) {
		return nil
	}
	return visit(row)
}

// PersonerSiden visits the persons of each answer and extract that a consumer (its number) was given at fra or later,
// in the order of the log; answers that were refused do not count. It costs a look at every row since.
func (l *Logg) PersonerSiden(ctx context.Context, konsument int64, fra time.Time, visit func(personer []uint64) error) error {
	given, refused := append(felt("konsument", konsument), ','), felt("avslag", true) // a comma: utfall always follows
	err := l.les(ctx, func(c *sqlite.Conn) error {
		from, to, err := l.rekke(c, fra, time.Time{})
		if err != nil {
			return err
		}
		return sidevis(ctx, c, from, to, func(r raa) error {
			if len(r.personer) == 0 || !bytes.Contains(r.innhold, given) || bytes.Contains(r.innhold, refused) {
				return nil
			}
			tid, err := tidAv(r.innhold)
			if err == nil && tid.Before(fra) {
				return nil
			}
			personer, unpack := pakkUt(r.personer)
			if err := errors.Join(err, unpack); err != nil {
				return fmt.Errorf("row %d: %w", r.nr, err)
			}
			return visit(personer)
		})
	})
	if err != nil {
		return fmt.Errorf("read the audit log: %w", err)
	}
	return nil
}

// rekke is from which row and up to which one (without it) the rows of a time are. Within, there may be others too.
func (l *Logg) rekke(c *sqlite.Conn, fra, til time.Time) (from, to int64, err error) {
	var first, last int64
	if _, err := c.One("SELECT (SELECT min(nr) FROM rad), (SELECT max(nr) FROM rad)", nil, &first, &last); err != nil {
		return 0, 0, err
	}
	from, to = first, last+1
	if last == 0 || fra.IsZero() && til.IsZero() {
		return from, to, nil
	}
	if !fra.IsZero() {
		if from, err = foersteMed(c, first, to, fra.UnixMilli()); err != nil {
			return 0, 0, err
		}
	}
	head, err := lesPunkt(c, l.noekkel, hode)
	if til.IsZero() || err != nil {
		return from, to, nil // a head that is not to be trusted cannot say where to stop
	}
	to, err = foersteMed(c, from, to, til.UnixMilli()+head.etterslep)
	return from, to, err
}

// foersteMed is the first row in [from, to) before which every row is older than a time, by halving.
func foersteMed(c *sqlite.Conn, from, to, millis int64) (int64, error) {
	for from < to {
		middle := from + (to-from)/2
		hittil := int64(math.MaxInt64)
		if _, err := c.One("SELECT hittil FROM rad WHERE nr >= ?1 ORDER BY nr LIMIT 1", []any{middle}, &hittil); err != nil {
			return 0, err
		}
		if hittil >= millis {
			to = middle
		} else {
			from = middle + 1
		}
	}
	return from, nil
}

// raa is a row as it is stored.
type raa struct {
	nr                int64
	innhold, personer []byte
}

// A page of rows is read at once, and visited when it has been read.
const (
	sideRader = 256
	sideBytes = 4 << 20
)

// sidevis visits the rows in [from, to).
func sidevis(ctx context.Context, c *sqlite.Conn, from, to int64, visit func(raa) error) error {
	for from < to {
		page, err := side(c, from, to)
		if err != nil || len(page) == 0 {
			return err
		}
		if err := besoek(ctx, page, visit); err != nil {
			return err
		}
		from = page[len(page)-1].nr + 1
	}
	return nil
}

func besoek(ctx context.Context, page []raa, visit func(raa) error) error {
	for _, r := range page {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := visit(r); err != nil {
			return err
		}
	}
	return nil
}

func side(c *sqlite.Conn, from, to int64) (page []raa, err error) {
	s, err := c.Prepare("SELECT nr, innhold, personer FROM rad WHERE nr >= ?1 AND nr < ?2 ORDER BY nr")
	if err != nil {
		return nil, err
	}
	defer s.Reset()
	if err := s.Bind([]any{from, to}); err != nil {
		return nil, err
	}
	for size := 0; len(page) < sideRader && size < sideBytes; {
		found, err := s.Step()
		if err != nil || !found {
			return page, err
		}
		r := raa{nr: s.Int64(0), innhold: bytes.Clone(s.Bytes(1)), personer: bytes.Clone(s.Bytes(2))}
		size += len(r.innhold) + len(r.personer)
		page = append(page, r)
	}
	return page, nil
}

// enkeltvis visits the rows of these numbers that there are.
func enkeltvis(ctx context.Context, c *sqlite.Conn, numbers []int64, visit func(raa) error) error {
	for _, nr := range numbers {
		r := raa{nr: nr}
		found, err := c.One("SELECT innhold, personer FROM rad WHERE nr = ?1", []any{nr}, &r.innhold, &r.personer)
		if err != nil {
			return err
		}
		if found {
			if err := besoek(ctx, []raa{r}, visit); err != nil {
				return err
			}
		}
	}
	return nil
}
