package store

import (
	"context"
	"fmt"

	"aareg/store/sqlite"
)

// Uttrekk is the register as it was at one moment, for an extract: whole arbeidsforhold, as many as there are, one after
// the other. It is good until the function that it was given to returns, and for one goroutine.
type Uttrekk struct {
	view  View
	r     *reader
	koder *kodebok
	post  HentetArbeidsforhold // each one in turn
}

// Uttrekk lets do read one snapshot of the register, from where a view sees it, for as long as it takes; no question waits
// for it. A register in a file can be changed meanwhile, and its log of changes is not emptied as long as the snapshot is
// read; one in memory cannot be changed. The end of ctx ends it.
func (s *Store) Uttrekk(ctx context.Context, v View, do func(*Uttrekk) error) error {
	u := Uttrekk{view: v}
	err := s.read(ctx, v.Omfang, func(r *reader, _ *kodebok) (err error) {
		// What is given cannot be asked for again: it is read with the snapshot's own codes from the start.
		if u.koder, err = r.kodebok(ctx); err == nil {
			err = r.behold()
		}
		u.r = r
		return err
	})
	if err != nil {
		return err
	}
	defer u.r.slipp()
	u.r.c.InterruptOn(ctx)
	defer u.r.c.Uninterrupted()
	if err := do(&u); err != nil {
		if ctx.Err() != nil { // what was under way was interrupted, and may say so in its own way
			return ctx.Err()
		}
		return outcome(err)
	}
	return nil
}

// helePoster are arbeidsforhold of what the view may see (?3), as HentetArbeidsforhold.les reads them.
func helePoster(hvilke string) avgrenset {
	return avgrens(`SELECT ` + helPost + ` FROM arbeidsforhold f
		WHERE ` + hvilke + ` = ?2 AND ?3 >> f.skjerming & 1 [[AND ` + innenfor + `]] ORDER BY f.begyntdato DESC, f.arbeidsforhold_id`)
}

// The order is that of an index, so that nothing is sorted however many there are.
var (
	arbeidsgiversPoster = helePoster("f.arbeidsgiver")
	arbeidstakersPoster = helePoster("f.arbeidstaker")
)

// enhetenOgUnder are an employer (?1) and, of a unit, all units below it, by number after itself.
const enhetenOgUnder = `WITH RECURSIVE under (aktoer) AS (
		SELECT ?1 UNION SELECT e.aktoer FROM under CROSS JOIN enhet e ON e.overordnet = under.aktoer)
	SELECT aktoer FROM under JOIN aktoer USING (aktoer) ORDER BY aktoer <> ?1, nummer`

// Arbeidsgiver calls each with the arbeidsforhold of an employer, as § 2.2 finds it, that the filter keeps: newest
// begyntdato first, then by id. Of a unit those of every unit below it follow, unit by unit. What is given is overwritten
// by the next. Outcomes without data are those of § 2.2.
func (u *Uttrekk) Arbeidsgiver(ctx context.Context, nummer string, f Filter, each func(*HentetArbeidsforhold) error) error {
	who, err := u.r.finn(ctx, u.view, somArbeidsgiver, nummer, nil)
	if err != nil {
		return err
	}
	var units []int64
	err = u.r.each(ctx, enhetenOgUnder, []any{who.aktoer}, func(row *sqlite.Stmt) error {
		units = append(units, row.Int64(0))
		return nil
	})
	if err != nil {
		return fmt.Errorf("uttrekk: units: %w", err)
	}
	for _, unit := range units {
		if err := u.poster(ctx, &arbeidsgiversPoster, unit, f, each); err != nil {
			return err
		}
	}
	return nil
}

// Arbeidstaker calls each with the arbeidsforhold of a person as employee, as § 2.3 finds and orders them. What is given
// is overwritten by the next.
func (u *Uttrekk) Arbeidstaker(ctx context.Context, nummer string, f Filter, each func(*HentetArbeidsforhold) error) error {
	who, err := u.r.finn(ctx, u.view, somArbeidstaker, nummer, nil)
	if err != nil {
		return err
	}
	return u.poster(ctx, &arbeidstakersPoster, who.aktoer, f, each)
}

func (u *Uttrekk) poster(ctx context.Context, query *avgrenset, aktoer int64, f Filter, each func(*HentetArbeidsforhold) error) error {
	err := u.r.eachSeen(ctx, query, []any{aktoer, u.view.visible()}, func(row *sqlite.Stmt) error {
		if err := u.post.les(ctx, u.r, row, u.koder); err != nil {
			return err
		}
		periode := &u.post.Ansettelsesperiode
		if !f.keeps(u.view.Today, periode.Startdato, periode.Sluttdato, u.post.AOrdningen()) {
			return nil
		}
		return each(&u.post)
	})
	if err != nil {
		return fmt.Errorf("uttrekk: %w", err)
	}
	return nil
}

// Arbeidsforhold calls each with the arbeidsforhold under a number, as § 2.6 finds it; what is given is overwritten by the
// next.
func (u *Uttrekk) Arbeidsforhold(ctx context.Context, id int64, each func(*HentetArbeidsforhold) error) error {
	for i := range underTallet {
		found, refused := false, error(nil)
		err := u.r.eachSeen(ctx, &underTallet[i], []any{id, u.view.knowable()}, func(row *sqlite.Stmt) error {
			found = true
			if s := skjerming(row.Int64(0)); !u.view.sees(s) {
				refused = u.view.refusal(s)
				return nil
			}
			return u.post.les(ctx, u.r, row, u.koder)
		})
		switch {
		case err != nil:
			return fmt.Errorf("uttrekk: %w", err)
		case refused != nil:
			return refused
		case found:
			return each(&u.post)
		}
	}
	return ErrIngen
}
