package store

import (
	"context"
	"slices"

	"aareg/store/sqlite"
)

// What hentArbeidstaker tells of a person is packed in one row, under the number in force, beside what says for whom the person
// exists in that role: a checksum; number in force, name, kjoenn, and the days of birth and death; then the arbeidsforhold as
// employee, in the order of the answer. An entry is its head, its employer, and what packListeinnhold packs, with its length,
// so that one that is not shown is passed over. Of the employer there is the number of the row alone: a name that changes,
// changes no list.

func packTaker(p *pakker, a *Arbeidstaker) {
	for _, text := range [...]string{a.Foedselsnr, a.Navn.Etternavn, a.Navn.Fornavn, a.Navn.Mellomnavn, a.Kjoenn} {
		p.text(text)
	}
	p.dato(a.Foedt)
	p.dato(a.Doed)
}

func (u *utpakker) taker(a *Arbeidstaker) {
	a.Foedselsnr = u.text()
	a.Navn = Navn{Etternavn: u.text(), Fornavn: u.text(), Mellomnavn: u.text()}
	a.Kjoenn = u.text()
	a.Foedt, a.Doed = u.dato(), u.dato()
}

func packTakerrad(p, indre *pakker, giver int64, r *pakkerad) {
	h := r.listehode()
	p.number(uint64(h.id))
	p.dag(h.begynt)
	p.dag(h.sluttet)
	p.number(uint64(h.flagg))
	p.number(uint64(giver))
	indre.b = indre.b[:0]
	packListeinnhold(indre, r)
	p.text(borrowed(indre.b))
}

// takerhode reads an entry as far as its employer.
func (u *utpakker) takerhode() (h listehode, giver int64) {
	h = listehode{id: int64(u.number()), begynt: u.dag(), sluttet: u.dag(), flagg: uint8(u.number())}
	return h, int64(u.number())
}

// takerrader is how many entries there are.
func (u utpakker) takerrader() (n int) {
	for ; u.more() && u.err == nil; n++ {
		u.takerhode()
		u.text()
	}
	return n
}

// viser says whether an entry is seen, and kept by the filter.
func (u *listeutvalg) viser(h listehode) bool {
	return u.sett&u.holdt>>(h.flagg&7)&1 != 0 && u.rommer(h.begynt, ellerAldri(h.sluttet)) && (u.innenfor == nil || u.innenfor[h.id])
}

// takerenInnenfor are a person's (?2) arbeidsforhold as employee that are inside the Omfang, of what the view may see (?3).
const takerenInnenfor = `SELECT f.arbeidsforhold_id FROM arbeidsforhold f
	WHERE f.arbeidstaker = ?2 AND ?3 >> f.skjerming & 1 AND ` + innenfor

// lesTakerliste reads a row of arbeidstakerUnder.
func (u *utpakker) lesTakerliste(_ subjekt, row *sqlite.Stmt) error {
	b, err := summert(row.Bytes(subjektkolonneantall))
	u.begin(string(b))
	return err
}

// arbeidstaker is the person, with the arbeidsforhold as employee that the view sees and the filter keeps.
func (r *reader) arbeidstaker(ctx context.Context, v View, who subjekt, f Filter, u utpakker) (*Arbeidstaker, error) {
	utvalg := newListeutvalg(v, f)
	if v.Omfang != nil {
		if err := r.lesInnenfor(ctx, &utvalg, takerenInnenfor, []any{r.omfang, who.aktoer, v.visible()}); err != nil {
			return nil, err
		}
	}
	p := takere.Get().(*Arbeidstaker)
	*p = Arbeidstaker{Gradering: who.gradering, Arbeidsforhold: p.Arbeidsforhold, leser: p.leser}
	u.taker(p)
	if u.err != nil {
		return nil, u.err
	}
	return p, r.lesTakerrader(ctx, p, &utvalg, u)
}

// lesTakerrader reads the entries.
func (r *reader) lesTakerrader(ctx context.Context, p *Arbeidstaker, utvalg *listeutvalg, u utpakker) (err error) {
	leser, n := &p.leser, u.takerrader()
	leser.today, leser.rad = utvalg.today, Listerad{Arbeidstaker: Navngitt{p.Foedselsnr, p.Navn.Efnavn()}}
	leser.permisjoner = leser.permisjoner[:0]
	p.Arbeidsforhold = slices.Grow(p.Arbeidsforhold[:0], n)
	innhold := utpakker{koder: u.koder}
	for u.more() {
		h, giver := u.takerhode()
		innhold.begin(u.text())
		if u.err != nil {
			return u.err
		}
		if !utvalg.viser(h) {
			continue
		}
		leser.innhold(h, &innhold)
		if innhold.err != nil {
			return innhold.err
		}
		if leser.rad.Arbeidsgiver, err = r.navngitt(ctx, giver); err != nil {
			return err
		}
		p.Arbeidsforhold = append(p.Arbeidsforhold, leser.rad)
	}
	return nil
}
