package store

import "strings"

// Omfang is whom a view may see at all, by numbers in force or former. What is outside does not exist for it, exactly
// like the protected without the right (semantics.md "Protected persons"):
//   - a person who is employee must be among Personer;
//   - an employer must be among Arbeidsgivere, or be a unit below one that is; a personal employer must besides be among
//     Personer, unless Arbeidsgivere names it;
//   - an opplysningspliktig who is a person must be among Personer, or named by Arbeidsgivere.
//
// A list that is nil is everybody. An Omfang is not changed once a view has it: what it comes to in a register is kept.
//
// A number that several have or have had names each of them. Units that are said of what is inside stay: the
// opplysningspliktig of an arbeidsforhold and the unit above an employer are shown wherever they stand themselves.
type Omfang struct {
	Arbeidsgivere []string // orgnr, and numbers of personal employers
	Personer      []string
}

// avgrenset is a query in two forms. ?1 is always the number that the reader has given the Omfang of the question.
type avgrenset struct{ alle, innenfor string }

// avgrens makes the two forms of a query: what stands between [[ and ]] is only asked for views with an Omfang, so that
// for all others there is nothing to ask and nothing that a plan must allow for.
func avgrens(query string) (q avgrenset) {
	for {
		before, rest, found := strings.Cut(query, "[[")
		q.alle += before
		q.innenfor += before
		if !found {
			return q
		}
		only, after, _ := strings.Cut(rest, "]]")
		q.innenfor += only
		query = after
	}
}

// The roles in which an aktoer can be inside an Omfang, as temp.omfang has them.
const (
	rolleArbeidstaker = "1"
	rolleArbeidsgiver = "2"
)

// Conditions that somebody is inside the Omfang (?1). Minus a slag is everybody of that slag. What depends on no row
// comes first: it is looked up once.
const (
	somTaker = `EXISTS (SELECT 1 FROM temp.omfang WHERE omfang = ?1 AND rolle = ` + rolleArbeidstaker + ` AND aktoer = `
	somGiver = `EXISTS (SELECT 1 FROM temp.omfang WHERE omfang = ?1 AND rolle = ` + rolleArbeidsgiver + ` AND aktoer = `

	// of somebody a as employee, and as employer
	arbeidstakerInnenfor = `(` + somTaker + `-2) OR ` + somTaker + `a.aktoer))`
	arbeidsgiverInnenfor = `(` + somGiver + `a.aktoer) OR ` + somGiver + `-a.slag))`

	// of an arbeidsforhold f whose employer is inside, and of any f
	parteneInnenfor = `(` + somTaker + `-2) OR ` + somTaker + `f.arbeidstaker))
		AND (` + somTaker + `-2) OR f.opplysningspliktig IS NULL
			OR (SELECT slag FROM aktoer o WHERE o.aktoer = f.opplysningspliktig) <> 2
			OR ` + somTaker + `f.opplysningspliktig) OR ` + somGiver + `f.opplysningspliktig))`
	innenfor = parteneInnenfor + `
		AND (` + somGiver + `f.arbeidsgiver) OR ` + somGiver + `(SELECT -slag FROM aktoer g WHERE g.aktoer = f.arbeidsgiver)))`
)
