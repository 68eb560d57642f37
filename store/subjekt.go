package store

import (
	"context"
	"fmt"

	"aareg/store/sqlite"
)

// rolle is in which role a question asks for somebody.
type rolle int

const (
	somArbeidstaker     rolle = iota // § 2.3, 2.5: persons with an arbeidsforhold as employee
	somArbeidsgiver                  // § 2.2, 2.4: units, personal and old employers
	somArbeidsgiverIDag              // § 2.1: units and personal employers
)

// slag is the set of kinds that can have the role, bit n for kind n.
func (r rolle) slag() int64 {
	switch r {
	case somArbeidstaker:
		return 1 << slagPerson
	case somArbeidsgiverIDag:
		return 1<<slagEnhet | 1<<slagPerson
	}
	return 1<<slagEnhet | 1<<slagPerson | 1<<slagGammel
}

// subjekt is who a number was found to be.
type subjekt struct {
	aktoer    int64
	slag      int
	gradering Gradering
}

// harInnenfor says that somebody (a) has, under a column of arbeidsforhold, one inside the Omfang, of a skjerming in a set.
func harInnenfor(kolonne, sett string) string {
	return `EXISTS (SELECT 1 FROM arbeidsforhold f WHERE f.` + kolonne + ` = a.aktoer AND ` + sett + ` >> f.skjerming & 1 AND ` + innenfor + `)`
}

// kjentSkjerming is the set of skjerming whose arbeidsforhold somebody (a) is known by: those that the view sees (?6), or
// of one whose data it may not have (?5), those that it may know of (?7).
const kjentSkjerming = `iif(?5 >> a.gradering & 1, ?6, ?7)`

// arbeidstakerUnder and arbeidsgiverUnder are whoever has a number (?2) and whoever has had it, of the kinds (?3) and the
// grades (?4) that are asked for, who exist for the view. A unit needs no arbeidsforhold, if a source told of it. All is
// settled by the query, so that whom the view may not know of costs what nobody costs.
var (
	arbeidstakerUnder = avgrens(underNummeret(`a.som_arbeidstaker & ` + kjentSkjerming + `
		[[AND ` + arbeidstakerInnenfor + ` AND ` + harInnenfor("arbeidstaker", kjentSkjerming) + `]]`))
	arbeidsgiverUnder = avgrens(underNummeret(`[[` + arbeidsgiverInnenfor + ` AND]] (a.oppgitt AND a.slag <> 2
			OR a.som_arbeidsgiver & ` + kjentSkjerming + ` [[AND ` + harInnenfor("arbeidsgiver", kjentSkjerming) + `]])`))
)

func underNummeret(finnes string) string {
	finnes = ` AND ?3 >> a.slag & 1 AND ?4 >> a.gradering & 1 AND ` + finnes
	return `SELECT a.aktoer, a.slag, a.gradering FROM aktoer a WHERE a.nummer = ?2` + finnes + `
		UNION ALL SELECT a.aktoer, a.slag, a.gradering FROM tidligere_nummer n JOIN aktoer a USING (aktoer) WHERE n.nummer = ?2` + finnes
}

// finn looks a number up among those in force and former ones, in one role. A person is only found who has the role
// in an arbeidsforhold that exists for the view. Whom the view may not have data of does not count, and is the
// outcome only when nobody else fits ("Who is in the register", "Protected persons").
func (r *reader) finn(ctx context.Context, v View, role rolle, nummer string) (subjekt, error) {
	query := &arbeidsgiverUnder
	if role == somArbeidstaker {
		query = &arbeidstakerUnder
	}
	var found []subjekt
	var outcome error = ErrIngen
	err := r.eachSeen(ctx, query, []any{nummer, role.slag(), v.told(), v.data(), v.visible(), v.knowable()}, func(row *sqlite.Stmt) error {
		var s subjekt
		if err := row.Scan(&s.aktoer, &s.slag, &s.gradering); err != nil {
			return err
		}
		if err := v.protected(s.gradering); err != nil {
			outcome = stricter(outcome, err)
			return nil
		}
		found = append(found, s)
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
