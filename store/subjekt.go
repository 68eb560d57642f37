package store

import (
	"context"
	"database/sql"
	"fmt"
)

// rolle is in which role a question asks for somebody.
type rolle int

const (
	somArbeidstaker     rolle = iota // § 2.3, 2.5: persons with an arbeidsforhold as employee
	somArbeidsgiver                  // § 2.2, 2.4: units, personal and old employers
	somArbeidsgiverIDag              // § 2.1: units and personal employers
)

// subjekt is who a number was found to be.
type subjekt struct {
	aktoer    int64
	slag      int
	gradering Gradering
}

// underNummeret is whoever has a number, and whoever has had it.
const underNummeret = `
	SELECT aktoer, slag, gradering, oppgitt, som_arbeidstaker, som_arbeidsgiver FROM aktoer WHERE nummer = ?1
	UNION ALL SELECT aktoer, slag, gradering, oppgitt, som_arbeidstaker, som_arbeidsgiver
	FROM tidligere_nummer n JOIN aktoer a USING (aktoer) WHERE n.nummer = ?1`

// finn looks a number up among those in force and former ones, in one role. A person is only found who has the role
// in an arbeidsforhold that exists for the view. Whom the view may not have data of does not count, and is the
// outcome only when nobody else fits ("Who is in the register", "Protected persons").
func (r *reader) finn(ctx context.Context, v View, role rolle, nummer string) (subjekt, error) {
	var found []subjekt
	var outcome error = ErrIngen
	err := r.each(ctx, underNummeret, []any{nummer}, func(rows *sql.Rows) error {
		var s subjekt
		var taker, giver int64
		var oppgitt bool
		if err := rows.Scan(&s.aktoer, &s.slag, &s.gradering, &oppgitt, &taker, &giver); err != nil {
			return err
		}
		if s.slag == slagGammel && role != somArbeidsgiver || s.slag != slagPerson && role == somArbeidstaker {
			return nil
		}
		roles, known := giver, oppgitt && s.slag != slagPerson // a unit needs no arbeidsforhold, if a source told of it
		if role == somArbeidstaker {
			roles = taker
		}
		if err := v.protected(s.gradering); err != nil {
			if roles&v.knowable() != 0 {
				outcome = stricter(outcome, err)
			}
			return nil
		}
		if known || roles&v.visible() != 0 {
			found = append(found, s)
		}
		return nil
	})
	switch {
	case err != nil:
		return subjekt{}, fmt.Errorf("nummer: %w", err)
	case len(found) == 0:
		return subjekt{}, outcome
	case len(found) > 1:
		return subjekt{}, ErrIkkeEntydig
	}
	return found[0], nil
}

func stricter(a, b error) error {
	if a == ErrStrengtFortrolig || b == ErrIngen {
		return a
	}
	return b
}
