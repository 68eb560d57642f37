package store

import "context"

// bemanning is what is counted ahead of an employer and all units below it, as it is on one day, for each of the four rights
// that a view can have (View.rett).
type bemanning struct {
	arbeidstakere [4]int64 // persons with an active arbeidsforhold, each once
	historikk     uint8    // bit n: right n sees one that has ended
}

// rett is the protection that the view has the right to data of: it sees the arbeidsforhold that have no other.
func (v View) rett() (rett skjerming) {
	for _, s := range [...]skjerming{1, 2} {
		if v.sees(s) {
			rett |= s
		}
	}
	return rett
}

// packBemanning packs a day on which a bemanning changes. A row of arbeidstakerantall is some of them, each with how much its
// date is beyond that of the one before, as numbers yyyymmdd. When all rights see as many persons come or go, and historikk
// stays, what follows is that number; else 0, the numbers that the four see, and historikk. The first day of a row has the
// row's date, and changes a bemanning of nobody: it tells all.
func packBemanning(p *pakker, before, now bemanning) {
	change := now.arbeidstakere[0] - before.arbeidstakere[0]
	alike := change != 0 && now.historikk == before.historikk
	for rett, n := range now.arbeidstakere {
		alike = alike && n-before.arbeidstakere[rett] == change
	}
	if alike {
		p.signed(change)
		return
	}
	p.number(0)
	for rett, n := range now.arbeidstakere {
		p.signed(n - before.arbeidstakere[rett])
	}
	p.number(uint64(now.historikk))
}

// unpackBemanning is the bemanning of a day, of a row whose first day is fra.
func unpackBemanning(dok string, fra, today Dato) (b bemanning, err error) {
	u := utpakker{s: dok}
	for u.more() {
		if fra += u.dato(); fra > today {
			break
		}
		if change := u.signed(); change != 0 {
			for rett := range b.arbeidstakere {
				b.arbeidstakere[rett] += change
			}
			continue
		}
		for rett := range b.arbeidstakere {
			b.arbeidstakere[rett] += u.signed()
		}
		b.historikk = uint8(u.number())
	}
	return b, u.err
}

// signed is a number of either sign, packed as one twice its size.
func (p *pakker) signed(n int64) { p.number(uint64(n<<1 ^ n>>63)) }

func (u *utpakker) signed() int64 {
	n := u.number()
	return int64(n>>1) ^ -int64(n&1)
}

// under is a unit (?2) and all units below it.
const under = `WITH RECURSIVE under (aktoer) AS
	(SELECT ?2 UNION SELECT e.aktoer FROM enhet e JOIN under u ON e.overordnet = u.aktoer) `

// aktivtDer and opphoertDer are the arbeidsforhold at these units that are active on the day (?3), and those that
// have ended before it, of what the view may see (?4). What is below a unit that is inside an Omfang is inside, too.
const (
	aktivtDer = `FROM under u JOIN arbeidsforhold f ON f.arbeidsgiver = u.aktoer
		WHERE f.begyntdato <= ?3 AND (f.sluttetdato = 0 OR f.sluttetdato >= ?3) AND ?4 >> f.skjerming & 1 [[AND ` + parteneInnenfor + `]]`
	opphoertDer = `FROM under u JOIN arbeidsforhold f ON f.arbeidsgiver = u.aktoer
		WHERE f.sluttetdato <> 0 AND f.sluttetdato < ?3 AND ?4 >> f.skjerming & 1 [[AND ` + parteneInnenfor + `]]`
)

// What is counted ahead is of all persons. When only some are inside an Omfang, antallArbeidstakere counts those with an
// active arbeidsforhold at a unit or any unit below it, each once, and aktivOgHistorikk tells whether there is an active
// arbeidsforhold, and an ended one.
var (
	antallArbeidstakere = avgrens(under + `SELECT count(DISTINCT f.arbeidstaker) ` + aktivtDer)
	aktivOgHistorikk    = avgrens(under + `SELECT EXISTS (SELECT 1 ` + aktivtDer + `), EXISTS (SELECT 1 ` + opphoertDer + `)`)
)

// utvalg says whether only some persons are inside the view's Omfang. Which employers are changes no count: what is below
// one that is inside is inside.
func (v View) utvalg() bool { return v.Omfang != nil && v.Omfang.Personer != nil }

func (r *reader) antallArbeidstakere(ctx context.Context, v View, a *Arbeidsgiver) (antall int, err error) {
	if v.utvalg() {
		_, err = r.oneSeen(ctx, &antallArbeidstakere, []any{a.aktoer, v.Today, v.visible()}, &antall)
		return antall, err
	}
	b := a.bemanning
	if !a.enhet {
		b, err = r.bemanning(ctx, v.Today, a.aktoer)
	}
	return int(b.arbeidstakere[v.rett()]), err
}

func (r *reader) aktivOgHistorikk(ctx context.Context, v View, aktoer int64) (aktiv, historikk bool, err error) {
	if v.utvalg() {
		_, err = r.oneSeen(ctx, &aktivOgHistorikk, []any{aktoer, v.Today, v.visible()}, &aktiv, &historikk)
		return aktiv, historikk, err
	}
	b, err := r.bemanning(ctx, v.Today, aktoer)
	return b.arbeidstakere[v.rett()] > 0, b.historikk>>v.rett()&1 != 0, err
}

// bemanning is what was counted ahead for a day: the last row that begins by then has it. Before the first, nobody was there.
func (r *reader) bemanning(ctx context.Context, today Dato, aktoer int64) (bemanning, error) {
	var fra Dato
	var dok string
	_, err := r.one(ctx, `SELECT fra, dok FROM arbeidstakerantall WHERE aktoer = ?1 AND fra <= ?2 ORDER BY fra DESC LIMIT 1`,
		[]any{aktoer, today}, &fra, &dok)
	if err != nil {
		return bemanning{}, err
	}
	return unpackBemanning(dok, fra, today)
}

// AntallArbeidstakere answers § 2.1: the employer under an orgnr or the number of a person, and how many persons
// have an active arbeidsforhold there or, of a hovedenhet, in any unit below it.
func (s *Store) AntallArbeidstakere(ctx context.Context, v View, nummer string) (a *Arbeidsgiver, antall int, err error) {
	err = s.read(ctx, v.Omfang, func(r *reader, _ *kodebok) error {
		if a, err = r.finnArbeidsgiver(ctx, v, somArbeidsgiverIDag, nummer); err != nil || a.Opphoert {
			return err
		}
		antall, err = r.antallArbeidstakere(ctx, v, a)
		return err
	})
	return a, antall, err
}
