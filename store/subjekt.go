package store

import (
	"context"
	"fmt"
	"strconv"

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

// arbeidstakerUnder and arbeidsgiverUnder are whoever has a number (?2; ?8 as arbeidstakerliste has it) and whoever has had it, of
// the kinds (?3; only persons are arbeidstakere) and the grades (?4) that are asked for, who exist for the view; enhetUnder is
// that of a number that no person has, enhetIDagUnder of a unit, with what was counted of it by the day (?8). A unit needs no
// arbeidsforhold, if a source told of it. All is settled by the query, so that whom the view may not know of costs what
// nobody costs. What the product tells of whom it finds comes along, since a second statement would cost more than the rest.
var (
	arbeidstakerUnder = avgrens(`SELECT a.aktoer, 2, a.gradering, a.dok FROM arbeidstakerliste a WHERE a.nummer = ?8` + finnesSomTaker + `
		UNION ALL SELECT a.aktoer, 2, a.gradering, a.dok FROM tidligere_nummer n JOIN arbeidstakerliste a USING (aktoer) WHERE n.nummer = ?2` + finnesSomTaker)
	arbeidsgiverUnder = avgrens(`SELECT ` + subjektkolonner + ` FROM aktoer a WHERE a.nummer = ?2` + finnesSomGiver + `
		UNION ALL SELECT ` + subjektkolonner + ` FROM tidligere_nummer n JOIN aktoer a USING (aktoer) WHERE n.nummer = ?2` + finnesSomGiver)
	enhetUnder = avgrens(`SELECT ` + subjektkolonner + `, ` + arbeidsgiverkolonner + ` FROM aktoer a LEFT JOIN enhet e USING (aktoer)
		WHERE a.nummer = ?2` + finnesSomGiver)
	enhetIDagUnder = avgrens(`SELECT ` + subjektkolonner + `, ` + arbeidsgiverkolonner + `, n.fra, n.dok FROM aktoer a JOIN enhet e USING (aktoer)
		LEFT JOIN arbeidstakerantall n ON n.aktoer = a.aktoer AND n.fra <= ?8
		WHERE a.nummer = ?2 AND a.slag = 1` + finnesSomGiver + ` ORDER BY n.fra DESC LIMIT 1`)
)

const subjektkolonner = `a.aktoer, a.slag, a.gradering`

const subjektkolonneantall = 3

// finnesSomTaker and finnesSomGiver say that somebody (a) is of the kinds and grades, and exists for the view in the role.
var (
	finnesSomTaker = ` AND ?4 >> a.gradering & 1 AND a.som_arbeidstaker & ` + kjentSkjerming + `
		[[AND ` + arbeidstakerInnenfor + ` AND ` + harInnenfor("arbeidstaker", kjentSkjerming) + `]]`
	finnesSomGiver = ` AND ?3 >> a.slag & 1 AND ?4 >> a.gradering & 1 AND [[` + arbeidsgiverInnenfor + ` AND]] (a.oppgitt AND a.slag <> 2
			OR a.som_arbeidsgiver & ` + kjentSkjerming + ` [[AND ` + harInnenfor("arbeidsgiver", kjentSkjerming) + `]])`
)

// under is the query for whoever is under a number in the role.
func (r rolle) under(nummer string) *avgrenset {
	switch {
	case r == somArbeidstaker:
		return &arbeidstakerUnder
	case digits(nummer, orgnrlengde) && r == somArbeidsgiverIDag:
		return &enhetIDagUnder
	case digits(nummer, orgnrlengde):
		return &enhetUnder
	}
	return &arbeidsgiverUnder
}

// orgnrlengde is the number of digits of an orgnr. A person's has more.
const orgnrlengde = 9

// personnummer is a number as arbeidstakerliste has it; -1, which nobody has, when it cannot be a person's.
func personnummer(nummer string) int64 {
	n, err := strconv.ParseInt(nummer, 10, 64)
	if err != nil || !digits(nummer, 11) {
		return -1
	}
	return n
}

// finn looks a number up among those in force and former ones, in one role. A person is only found who has the role
// in an arbeidsforhold that exists for the view. Whom the view may not have data of does not count, and is the
// outcome only when nobody else fits ("Who is in the register", "Protected persons"). Of everybody else les reads what
// comes along, unless it is nil; when there is more than one, nobody is found.
func (r *reader) finn(ctx context.Context, v View, role rolle, nummer string, les func(subjekt, *sqlite.Stmt) error) (who subjekt, err error) {
	found := 0
	var outcome error = ErrIngen
	query, args := role.under(nummer), []any{nummer, role.slag(), v.told(), v.data(), v.visible(), v.knowable()}
	switch query {
	case &arbeidstakerUnder:
		args = append(args, personnummer(nummer))
	case &enhetIDagUnder:
		args = append(args, v.Today)
	}
	err = r.eachSeen(ctx, query, args, func(row *sqlite.Stmt) error {
		s := subjekt{aktoer: row.Int64(0), slag: int(row.Int64(1)), gradering: Gradering(row.Int64(2))}
		if err := v.protected(s.gradering); err != nil {
			outcome = stricter(outcome, err)
			return nil
		}
		found++
		who = s
		if les == nil {
			return nil
		}
		return les(s, row)
	})
	switch {
	case err != nil:
		return subjekt{}, fmt.Errorf("nummer: %w", err)
	case found == 0:
		return subjekt{}, outcome
	case found > 1:
		return subjekt{}, ErrIkkeEntydig
	}
	return who, nil
}

func stricter(a, b error) error {
	if a == ErrStrengtFortrolig || b == ErrIngen {
		return a
	}
	return b
}
